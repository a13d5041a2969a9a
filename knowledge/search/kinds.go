package search

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A clause may be about the very thing that a question asks about, and not give what it asks for: a
// clause that wants complaints handled says neither on which form nor by whom.

// A question can ask for these kinds of things. The first that fits counts. The plain ones no clause
// gives that has none of the words, whatever else the question says.
var plainKinds = []kind{
	{about: Procedure, of: wordSet("form forms format template proforma layout"), by: wordSet("agreement"),
		asks: regexp.MustCompile(`\b(what|which|a|any|the|complaints?|blank|standard|application|declaration) forms?( for|$)|\bwhat form\b|\b(format|template|proforma|layout)\b`)},
	{about: Procedure, of: wordSet("measure measured calculate calculated score scored grade graded rate rated rating mark quantify quantified weighed weighted"), by: wordSet("evidence monitor"),
		asks: regexp.MustCompile(`\bhow\b.*\b(measured?|calculated?|scored?|graded?|rated?|quantif(y|ied)|weighed|weighted)\b|\bwhat (score|mark|rating|grade)\b`)},
	{about: Name, of: wordSet("to with"),
		asks: regexp.MustCompile(`\bwho(m)?\b.*\b(to|with)$|\bto whom\b|^(and )?who to\b`),
		but:  regexp.MustCompile(`\b(appl(y|ies)|accountable|answerable|listen|matters?|belongs?|mean|share|work|partner|deal|represents?)\b`)},
	{about: Name, of: wordSet("who"),
		asks: regexp.MustCompile(`\bwho (\w+ )?(completes?|fills?|signs?|writes?|drafts?|chairs?|hosts?|scores?|measures?|picks?|chooses?|selects?|appoints?|nominates?)\b`)},
	{about: Detail, of: wordSet("where room venue place address location office"), by: wordSet("agreement"),
		asks: regexp.MustCompile(`^(and )?where (is|are|do|does|can|should|must|will)\b|\b(which|what) (room|venue|place|address|location|office)\b`),
		but:  regexp.MustCompile(`\b(says?|said|stand|sit|fit|find|read|see|protocol|document|it|this|that|mention(s|ed)?|clause|paragraph|start|begin|buck|lies?|rests?|leaves? (us|me)|draw|drawn|line|ends?|stops?|goes? from|go wrong)\b`)},
	{about: Detail, of: wordSet("lend lends lending lent loan loans borrow borrows borrowing"),
		asks: regexp.MustCompile(`\b(lend|lends|lending|lent|loan|loans|borrow|borrows|borrowing)\b.*\b(money|cash|funds|quid|pounds|hundreds?|thousands?)\b|\b(money|cash) loans?\b`)},
	{about: Detail, of: wordSet("owns own"), asks: regexp.MustCompile(`\bwho (\w+ )?owns?\b`),
		but: regexp.MustCompile(`\bowns? (up|the (risks?|problems?|actions?|process|strategy|protocol))\b`)},
	{about: Detail, of: wordSet("see sees seen read reads view inspect access look looks"), by: wordSet("transparent open demonstrate"),
		asks: regexp.MustCompile(`^(and |but |so )?(who|can|could|may|might|does|will|would|is)\b.*\b(sees?|reads?|views?|inspects?|access|looks? at) (it|them|that|(the|an|our) (agreement|terms of reference|paperwork))$`)},
	{about: Detail, of: wordSet("recorded kept filed stored held"), asks: regexp.MustCompile(`^(and |but |so )?(is|are) (it|that|they) (recorded|kept|filed|stored|held)( (any|some)where| on file)?$`)},
	{about: Procedure, of: wordSet("leave quit exit withdraw out away"),
		asks: regexp.MustCompile(`^(and |but |so )?(how )?(can|could|may|do|should) (we|i|you|they|the council)\b.*\b(leave|quit|exit|withdraw from|(get|pull|back) out of|walk away from) (it|one|that|(a|the|this) partnership)$`)},
	{about: Procedure, of: wordSet("declare register submit apply lodge file"), by: wordSet("mechanism protocol"),
		asks: regexp.MustCompile(`^how (do|can|should|would|must) (i|we|you|they|councillors|members) (declare|register|submit|apply|lodge|file)\b`)},
}

// These give way to what people are known to ask of a clause.
var otherKinds = []kind{
	{about: Detail, of: wordSet("if"), asks: ifNot, by: wordSet("if where unless")},
	{about: Amount, of: wordSet("how"), asks: regexp.MustCompile(`\bhow much\b`)},
	{about: Amount, of: wordSet("how"), asks: regexp.MustCompile(`\bhow many\b`), by: wordSet("one two three four five six")},
	{about: Time, of: wordSet("how"), asks: regexp.MustCompile(`\bhow (often|frequently)\b`), by: wordSet("times stages always")},
	{about: Time, of: wordSet("how"), asks: regexp.MustCompile(`\bhow long\b`), by: wordSet("limited term")},
	{about: Time, of: wordSet("when how"), asks: regexp.MustCompile(`\bwhen\b|\bhow (soon|quickly)\b`),
		by: wordSet("before after when whenever times stages point december november")},
	{about: Name, of: wordSet("who whom whose"), asks: regexp.MustCompile(`\bwho(m|se)?\b`), but: regexp.MustCompile(`\b(who says|says who)\b`), // the protocol does
		by: wordSet("council councillors officers committee government funders partner partners members representatives agencies individuals people " +
			"communities community residents businesses organisations organisation party bodies")},
}

// kind is something that a question can ask for.
type kind struct {
	about     Category
	of        map[string]bool // words of which a question after it has one
	asks, but *regexp.Regexp  // how it is asked for, and not
	by        map[string]bool // words of which a clause that gives it has one
}

// recurring is the kind of thing that says at which times something is done.
var recurring = kind{about: Time, by: wordSet("times stages always whenever")}

// kindOf returns what a message asks for, if it is of one of the kinds.
func kindOf(all []sentence, kinds []kind) (kind, bool) {
	for _, k := range kinds {
		for _, s := range all {
			if !slices.ContainsFunc(s.words, func(w word) bool { return k.of[w.text] || k.of[w.typed] }) {
				continue
			}
			text, typed := spell(s.words), typed(s.words)
			if (k.asks.MatchString(text) || typed != text && k.asks.MatchString(typed)) && (k.but == nil || !k.but.MatchString(text)) {
				return k, true
			}
		}
	}
	return kind{}, false
}

// typed joins words as they were typed: "format" is none of the words that people use of a clause, and
// taken for another.
func typed(ws []word) string {
	said := make([]string, len(ws))
	for i, w := range ws {
		said[i] = cmp.Or(w.typed, w.text)
	}
	return strings.Join(said, " ")
}

// given returns what a question asks for, if it is of a certain kind, and whether the likeliest
// clause has something of that kind.
func (ix *Index) given(all []sentence, e *estimate) (given bool, about Category) {
	k, ok := kindOf(all, plainKinds)
	if !ok {
		k, ok = kindOf(all, otherKinds)
	}
	return ok && ix.gives(k, ix.best(e)), k.about
}

// gives reports whether a clause has something of a kind. What a council has added to
// the text may give anything of which it has figures.
func (ix *Index) gives(k kind, c int) bool {
	return slices.ContainsFunc(ix.clauses[c].shown, func(w string) bool {
		return k.by[w] || !ix.clauses[c].asked && strings.ContainsAny(w, "0123456789")
	})
}

// weighKind makes silence likelier if a question plainly asks for a kind of thing that the likeliest
// clause does not give.
func (ix *Index) weighKind(all []sentence, e *estimate) {
	if e.silent >= silentFrom || !ix.clauses[ix.best(e)].asked {
		return
	}
	if k, ok := kindOf(all, plainKinds); ok && !ix.gives(k, ix.best(e)) {
		e.silent, e.about, e.withheld = shifted(e.silent, withheldOdds), k.about, true
	}
}

// withheldOdds is by how much, in log-odds: enough to outweigh what is known of the thing itself.
const withheldOdds = 6
