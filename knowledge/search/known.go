package search

import (
	"slices"
	"strings"

	"partnershipbot/knowledge"
)

// The phrasebook was written for one text. Another council's is read beside that text, clause by
// clause: what people ask about a clause they also ask about one that reads nearly the same,
// wherever it stands, even if it says the opposite; what the phrasebook itself says of a clause
// is true only of one that reads the same.

const (
	// nearlyFrom is the share of their words that two clauses must have in common to be nearly
	// the same: people ask the same about them.
	nearlyFrom = 0.7
	// leastNaming is how many words a clause must have for a name to be found in it, and
	// longestName how long that may be.
	leastNaming, longestName = 6, 40
	// written names the council whose text the phrasebook was written for, and writtenKind what
	// kind of council it is. Another that adopts the text puts its own name there.
	written, writtenKind = "Biddulph", "Town Council"
)

var councilKinds = []string{writtenKind, "Parish Council", "City Council", "Community Council"}

// known says what of a text the phrasebook knows.
type known struct {
	own, here *knowledge.Protocol          // the one that the phrasebook was written for, and the text
	number    map[knowledge.ClauseID]int32 // of the clause that reads nearly as the one of this id
	same      map[knowledge.ClauseID]bool  // those that read the same; of a list, with what is around it
	local     *strings.Replacer            // puts the council's own name in place of the other's
}

// knownIn compares a text with the one that the phrasebook was written for.
func knownIn(p *knowledge.Protocol) known {
	own := knowledge.Biddulph()
	k := known{own, p, make(map[knowledge.ClauseID]int32), make(map[knowledge.ClauseID]bool), localName(own, p)}
	there, here := k.readClauses(own, k.local), k.readClauses(p, strings.NewReplacer())
	taken := make([]bool, len(here))
	for _, alike := range []func(a, b readClause) bool{
		func(a, b readClause) bool { return a.id == b.id && a.sameAs(b) },
		readClause.sameAs,
		func(a, b readClause) bool { return a.id == b.id && a.nearly(b) },
		readClause.nearly,
		func(a, b readClause) bool { return a.act != "" && a.act == b.act },
	} {
		for _, c := range there {
			if _, ok := k.number[c.id]; ok {
				continue
			}
			n := slices.IndexFunc(here, func(h readClause) bool { return !taken[h.at] && alike(c, h) })
			if n >= 0 {
				taken[n], k.number[c.id] = true, int32(n)
				k.same[c.id] = c.sameAs(here[n]) && slices.Equal(c.around, here[n].around)
			}
		}
	}
	return k
}

// meant returns the numbers by which a part of the phrasebook names clauses, and whether what it
// says of its clause is true here. A part whose opening words the one text does not have is for
// the other; if that does not have them either, there are no numbers.
func (k known) meant(e entry) (number map[knowledge.ClauseID]int32, same bool) {
	opens := func(p *knowledge.Protocol) bool {
		c, err := p.Clause(e.id)
		return err == nil && strings.HasPrefix(c.Text, e.opening)
	}
	if opens(k.own) {
		return k.number, k.same[e.id]
	}
	if !opens(k.here) {
		return nil, false
	}
	number = make(map[knowledge.ClauseID]int32)
	for _, s := range k.here.Sections() {
		for _, c := range s.Clauses {
			number[c.ID] = int32(len(number))
		}
	}
	return number, true
}

// Recognised counts the clauses of a text that read as those the phrasebook was written for.
func Recognised(p *knowledge.Protocol) (same, of int) {
	for _, ok := range knownIn(p).same {
		if ok {
			same++
		}
	}
	for _, s := range p.Sections() {
		of += len(s.Clauses)
	}
	return same, of
}

// readClause is a clause as it is compared.
type readClause struct {
	id           knowledge.ClauseID
	at           int      // its number
	act          string   // of a line that says who approved the text: what they did
	text, leadIn []string // in words
	around       []string // the words of a whole list and of the paragraphs before and after it
}

// sameAs reports whether two clauses have the same words, in a list of the same words.
func (c readClause) sameAs(d readClause) bool {
	return slices.Equal(c.text, d.text) && slices.Equal(c.leadIn, d.leadIn)
}

// nearly reports whether two clauses have most words in common.
func (c readClause) nearly(d readClause) bool {
	return inCommon(c.text, d.text) >= nearlyFrom && inCommon(c.leadIn, d.leadIn) >= nearlyFrom
}

// inCommon returns the share of two texts that is the same words, or more than that if it is
// less than nearlyFrom: 1 if both are empty.
func inCommon(a, b []string) float64 {
	switch most := 2 * float64(min(len(a), len(b))) / float64(len(a)+len(b)); {
	case len(a)+len(b) == 0:
		return 1
	case most < nearlyFrom:
		return most // before the words are looked at, which takes long
	}
	left := make(map[string]int)
	for _, w := range a {
		left[w]++
	}
	both := 0
	for _, w := range b {
		if left[w] > 0 {
			both++
		}
		left[w]--
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

// acts are what is done when a text is approved, by the word that such a line begins with.
var acts = map[string]string{"Considered": "consider", "Reviewed": "consider", "Approved": "adopt", "Adopted": "adopt", "Amended": "adopt"}

// readClauses reads the clauses of a protocol, in their order.
func (known) readClauses(p *knowledge.Protocol, local *strings.Replacer) []readClause {
	var all []readClause
	for _, s := range p.Sections() {
		for i, c := range s.Clauses {
			r := readClause{id: c.ID, at: len(all), text: words(local.Replace(c.Text)), leadIn: words(local.Replace(c.LeadIn))}
			if !s.Headed() {
				first, _, _ := strings.Cut(c.Text, " ")
				r.act = acts[first]
			}
			if len(c.Introduces) > 0 {
				r.around = words(local.Replace(surrounded(s.Clauses, i)))
			}
			all = append(all, r)
		}
	}
	return all
}

// surrounded returns a list with the paragraphs before and after it.
func surrounded(clauses []knowledge.Clause, list int) string {
	var text []string
	for _, c := range clauses {
		if d := c.Paragraph - clauses[list].Paragraph; d >= -1 && d <= 1 {
			text = append(text, c.Text)
		}
	}
	return strings.Join(text, "\n")
}

// localName finds the name under which a council has adopted the text: what stands in some
// clause where the text names the council it was written for.
func localName(own, p *knowledge.Protocol) *strings.Replacer {
	for _, s := range own.Sections() {
		for _, c := range s.Clauses {
			if strings.Count(c.Text, written) != 1 || len(words(c.Text)) < leastNaming {
				continue
			}
			for _, kind := range councilKinds {
				before, after, _ := strings.Cut(strings.ReplaceAll(c.Text, writtenKind, kind), written)
				if name, ok := named(p, before, after); ok {
					return strings.NewReplacer(written, name, writtenKind, kind)
				}
			}
		}
	}
	return strings.NewReplacer()
}

// named finds a clause that begins and ends with given words, and returns what stands between.
func named(p *knowledge.Protocol, before, after string) (string, bool) {
	for _, s := range p.Sections() {
		for _, c := range s.Clauses {
			rest, begins := strings.CutPrefix(c.Text, before)
			if name, ends := strings.CutSuffix(rest, after); begins && ends && name != "" && len(name) <= longestName {
				return name, true
			}
		}
	}
	return "", false
}
