package llm

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"partnershipbot/knowledge"
)

// Redactor takes names, addresses and numbers out of what people write, by sending only
// what is none: words that the protocol and everyday questions to it are made of. Anything
// else, be it a name, an address, a number, a place or a rare word, goes. Of the known words
// that people are called by, too ("Mark", "Penny Lane"), it lets through what stands as
// other words do. It is immutable and safe for concurrent use.
type Redactor struct {
	spell  func(string) (string, bool)
	proper map[string]bool // words that may have a capital within a sentence
}

// NewRedactor makes a redactor. spell gives a word as it is known, and reports whether it
// is; nil for one that knows no word, so that nothing at all of a question is sent.
func NewRedactor(p *knowledge.Protocol, spell func(string) (string, bool)) *Redactor {
	r := &Redactor{spell: spell, proper: make(map[string]bool)}
	learn := func(text string) {
		for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			r.proper[strings.ToLower(w)] = true
		}
	}
	learn(p.Title())
	for _, s := range p.Sections() {
		learn(s.Title)
		for _, c := range s.Clauses {
			learn(c.Text)
		}
	}
	return r
}

// What stands for that which is not sent.
const (
	someName   = "[name]"
	someNumber = "[number]"
)

// Redact gives a text in known words, in lower case, with [name] and [number] in place of
// all else. Redacting twice changes nothing more.
func (r *Redactor) Redact(text string) string { return r.all([]string{text})[0] }

// all redacts texts that belong together: a known word that is a name in one of them is one
// in the others.
func (r *Redactor) all(texts []string) []string {
	read := make([][]piece, len(texts))
	for i, text := range texts {
		read[i] = r.read(text)
	}
	named := make(map[string]bool)
	for changed := true; changed; {
		changed = false
		for _, ps := range read {
			changed = r.name(ps, named) || changed
		}
	}
	out := make([]string, len(texts))
	for i, ps := range read {
		out[i] = join(ps)
	}
	return out
}

// piece is a word of a text.
type piece struct {
	text    string // a known word, or what stands for others
	key     string // what it was written as, in lower case
	taken   bool   // what is not sent
	capital bool   // that says something
	first   bool   // of a sentence
	after   string // the punctuation after it
}

// read splits a text into pieces, and takes out all that is not made of known words.
func (r *Redactor) read(text string) []piece {
	text = strings.Map(seen, strings.ToValidUTF8(text, "?"))
	var ps []piece
	first := true
	for _, chunk := range strings.Fields(text) {
		core := strings.TrimLeft(chunk, `"'“‘(-–—*_~`)
		core = strings.TrimRight(core, `"'”’).,;:!?…-–—*_~`)
		if core == "" { // a dash
			if len(ps) > 0 && ps[len(ps)-1].after == "" {
				ps[len(ps)-1].after = ","
			}
			continue
		}
		initial, _ := utf8.DecodeRuneInString(core)
		said, taken := r.say(core)
		for _, w := range said {
			ps = append(ps, piece{text: w, key: strings.ToLower(core), taken: taken, capital: unicode.IsUpper(initial), first: first})
			first = false
		}
		last := &ps[len(ps)-1]
		last.after = tail(chunk)
		first = strings.ContainsAny(last.after, ".!?") && !titles[last.key]
	}
	capitals(ps)
	spoken(ps)
	return ps
}

// capitals forgets the capitals of a text that is in capitals as a whole, or in which Every
// Word Has One. In any other, a word in capitals that had to be put right may be a name.
func capitals(ps []piece) {
	small, all := 0, 0
	for _, p := range ps {
		if !p.taken && !p.first && !names[p.text] && !titles[p.key] {
			all++
			if !p.capital {
				small++
			}
		}
	}
	for i := range ps {
		p := &ps[i]
		switch {
		case 2*small < all:
			p.capital = false
		case p.capital && !p.first && !p.taken && (!strings.HasPrefix(p.key, p.text) || p.key == "a"):
			p.text, p.taken = someName, true
		}
	}
}

// say gives what is sent for what stands between two spaces, and reports whether it stands
// for something else.
func (r *Redactor) say(core string) (said []string, taken bool) {
	key := strings.ToLower(core)
	switch {
	case core == someName, core == someNumber:
		return []string{core}, true
	case core == "&":
		return []string{"and"}, false
	case titles[key]:
		return []string{key}, false
	case strings.ContainsFunc(core, unicode.IsDigit):
		return []string{someNumber}, true
	case strings.ContainsFunc(core, strange) || r.spell == nil:
		return []string{someName}, true
	}
	known, ok := r.spell(core)
	said = strings.Fields(known)
	initial := func(w string) bool { return len(w) == 1 && w != "a" && w != "i" }
	if !ok || slices.ContainsFunc(said, initial) {
		return []string{someName}, true
	}
	return said, false
}

// strange reports what no word has: an address, a link or an id does.
func strange(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune(`'’-/`, r) }

// seen drops what is not seen, which could part a name in two.
func seen(r rune) rune {
	if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) {
		return -1
	}
	return r
}

// tail is the punctuation that a chunk ends in and that tells sentences apart.
func tail(chunk string) string {
	end := strings.TrimRight(chunk, `"'”’)*_~`)
	if last, _ := utf8.DecodeLastRuneInString(end); strings.ContainsRune(".,;:!?…", last) {
		return string(last)
	}
	return ""
}

// spoken takes out numbers that are said digit by digit.
func spoken(ps []piece) {
	const least = 4 // "one, two or three" are fewer
	for i := 0; i < len(ps); {
		n := 0
		for i+n < len(ps) && numerals[ps[i+n].key] {
			n++
		}
		if n >= least {
			for j := range n {
				ps[i+j].text, ps[i+j].taken = someNumber, true
			}
		}
		i += n + 1
	}
}

// name takes out known words that are names where they stand, and adds those that are names
// by themselves to named. It reports whether there were any.
func (r *Redactor) name(ps []piece, named map[string]bool) (changed bool) {
	for i := range ps {
		p := &ps[i]
		if p.taken {
			continue
		}
		var before, next piece
		if i > 0 && (beside(ps[i-1].after) || titles[ps[i-1].key]) {
			before = ps[i-1]
		}
		if i > 1 && before.text == "and" && names[p.text] && !auxiliary[p.text] {
			before = ps[i-2] // "Hawkins and Wood"
		}
		if i+1 < len(ps) && beside(p.after) {
			next = ps[i+1]
		}
		if r.isName(*p, before, next) || named[p.text] && !auxiliary[p.text] {
			if names[p.text] {
				named[p.text] = true
			}
			p.text, p.taken, changed = someName, true, true
		}
	}
	return changed
}

// beside reports whether a name may go on behind a mark: "Salt, Wood and Hill".
func beside(mark string) bool { return mark == "" || mark == "," }

// isName reports whether a known word is a name between its neighbours.
func (r *Redactor) isName(p, before, next piece) bool {
	switch {
	case short[before.key] && !titles[p.key] && (p.capital || !plain[p.text]):
		return true
	case !names[p.text]:
		return p.capital && (titles[before.key] && !r.proper[p.text] ||
			!p.first && !r.proper[p.text] && p.key != "i" && !titles[p.key] && strings.ToUpper(p.text) != p.text)
	case p.capital:
		return !(p.first && auxiliary[p.text] && subjects[next.text])
	case titles[before.key] && !auxiliary[p.text], addressed[before.key] && !determined[next.text], acting[next.key] && before.key == "":
		return true
	}
	return before.taken || next.taken || names[before.text] || names[next.text]
}

// join puts the pieces together; of several in a row that are not sent it says one.
func join(ps []piece) string {
	var out strings.Builder
	for i, p := range ps {
		if i+1 < len(ps) && p.taken && p.after == "" && ps[i+1].taken && ps[i+1].text == p.text {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(p.text + p.after)
	}
	return out.String()
}
