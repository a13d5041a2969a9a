package llm

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"partnershipbot/knowledge"
)

// Redactor removes names, addresses and numbers from what people write, by sending only words
// that cannot be any of these: those that the protocol, and everyday questions about it, are
// made of. Everything else goes, be it a name, an address, a number, a place or a rare word. A
// known word that people are also called by ("Mark", "Penny Lane") stays only where it is used
// like an ordinary word. A Redactor is immutable and safe for concurrent use.
type Redactor struct {
	known  Vocabulary
	proper map[string]bool // words that may have a capital within a sentence
}

// Vocabulary is the words that may be sent.
type Vocabulary interface {
	// Spell returns a word in its known spelling, and reports whether it is known.
	Spell(word string) (known string, ok bool)
	// Beside reports whether two words are known to stand side by side.
	Beside(word, next string) bool
}

// NewRedactor makes a redactor. Without a vocabulary no word is known, so that nothing of a
// question but titles is sent.
func NewRedactor(p *knowledge.Protocol, known Vocabulary) *Redactor {
	r := &Redactor{known: known, proper: make(map[string]bool)}
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

// These stand in for what is not sent.
const (
	someName   = "[name]"
	someNumber = "[number]"
)

// Redact returns a text in known words and in lower case, with [name] and [number] in place of
// everything else. Redacting twice changes nothing more.
func (r *Redactor) Redact(text string) string { return r.all([]string{text})[0] }

// all redacts texts that belong together: a known word that is a name in one of them is a name
// in the others.
func (r *Redactor) all(texts []string) []string {
	read := make([][]piece, len(texts))
	for i, text := range texts {
		read[i] = merged(r.read(text))
	}
	named := make(map[string]bool)
	for changed := true; changed; {
		changed = false
		for i, ps := range read {
			changed = r.name(ps, named) || changed
			read[i] = merged(ps)
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
	text    string // a known word, or what stands in for others
	key     string // what was written, in lower case
	taken   bool   // it is not to be sent
	capital bool   // it has a capital that means something
	first   bool   // of a sentence
	after   string // the punctuation after it
}

// read splits a text into pieces, and takes out everything that is not made of known words.
func (r *Redactor) read(text string) []piece {
	text = strings.Map(seen, strings.ToValidUTF8(text, "?"))
	text = spacedDot.ReplaceAllString(spacedAt.ReplaceAllString(bracketed.ReplaceAllString(text, " $1 "), " at "), " dot $1")
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
		for j, w := range said {
			ps = append(ps, piece{text: w, key: strings.ToLower(core), taken: taken, capital: j == 0 && unicode.IsUpper(initial), first: first})
			first = false
		}
		last := &ps[len(ps)-1]
		last.after = tail(chunk)
		first = strings.ContainsAny(last.after, ".!?") && !titles[last.key]
	}
	capitals(ps)
	spoken(ps)
	addresses(ps)
	return ps
}

// The signs of an address that somebody has taken apart.
var (
	bracketed = regexp.MustCompile(`(?i)\s*[\[({<]\s*(at|dot)\s*[\])}>]\s*`)
	spacedAt  = regexp.MustCompile(`\s*@\s+`)
	spacedDot = regexp.MustCompile(`(?i)(?:\s+\.\s*|\.\s+)(com|org|net|co|gov)\b`)
)

// capitals ignores the capitals of a text that is written in capitals, or in which Every Word
// Has One. In any other text, a word with a capital whose spelling had to be corrected may be a
// name.
func capitals(ps []piece) {
	small, all := 0, 0
	for _, p := range ps {
		if !p.taken && !p.first && !isName(p.text) && !titles[p.key] {
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

// say returns what is sent in place of a chunk of text without spaces, and reports whether that
// is only a placeholder.
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
	case strings.ContainsFunc(core, strange) || r.known == nil:
		return []string{someName}, true
	}
	known, ok := r.known.Spell(core)
	if together := apostrophes.Replace(core); !ok && together != core { // "can't" is known as "cant"
		known, ok = r.known.Spell(together)
	}
	said = strings.Fields(known)
	initial := func(w string) bool { return len(w) == 1 && w != "a" && w != "i" }
	if !ok || slices.ContainsFunc(said, initial) {
		return []string{someName}, true
	}
	return said, false
}

var apostrophes = strings.NewReplacer("'", "", "’", "")

// strange reports a character that no word has, but an address, a link or an id does.
func strange(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune(`'’-/`, r) }

// seen drops invisible characters, which could split a name in two.
func seen(r rune) rune {
	if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) {
		return -1
	}
	return r
}

// tail returns the punctuation at the end of a chunk that marks off a sentence or a part of
// one.
func tail(chunk string) string {
	end := strings.TrimRight(chunk, `"'”’)*_~`)
	if last, _ := utf8.DecodeLastRuneInString(end); strings.ContainsRune(".,;:!?…", last) {
		return string(last)
	}
	return ""
}

// spoken takes out numbers given digit by digit: three digits without a mark between them, or
// four words of any number. "One, two or three" are fewer.
func spoken(ps []piece) {
	for i := 0; i < len(ps); i++ {
		n, bare := 0, 0
		for ; i+n < len(ps) && (ps[i+n].has(numerals) || ps[i+n].text == someNumber); n++ {
			if bare == n && ps[i+n].has(digits) && (n == 0 || ps[i+n-1].after == "") {
				bare++
			}
		}
		if n >= 4 || bare >= 3 {
			for j := range n {
				ps[i+j].text, ps[i+j].taken = someNumber, true
			}
		}
		i += n
	}
}

// addresses takes out those that are spelt out: "jo at example dot org".
func addresses(ps []piece) {
	for i := range ps {
		if i == 0 || !ps[i].has(dots) || i+1 == len(ps) || !ps[i+1].has(domains) {
			continue
		}
		from := i - 1
		for at := false; from > 1 && (ps[from-1].has(dots) || ps[from-1].has(dashes) || !at && ps[from-1].text == "at"); from -= 2 {
			at = at || ps[from-1].text == "at"
		}
		for j := from; j <= i+1; j++ {
			if ps[j].text != "at" {
				ps[j].text, ps[j].taken = someName, true
			}
		}
	}
}

// merged makes one placeholder of a row of them of one kind, so that names are judged by the same
// neighbours when a text is redacted again.
func merged(ps []piece) []piece {
	out := ps[:0]
	for i, p := range ps {
		if i+1 < len(ps) && p.taken && p.after == "" && ps[i+1].taken && ps[i+1].text == p.text {
			continue
		}
		out = append(out, p)
	}
	return out
}

// join puts the pieces together.
func join(ps []piece) string {
	var out strings.Builder
	for i, p := range ps {
		if i > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(p.text + p.after)
	}
	return out.String()
}
