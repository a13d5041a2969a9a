package llm

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"partnershipbot/knowledge"
)

// Redactor takes names and contact details out of what people write. It goes by the
// look of words, and so misses some names (one in lower case that is no common first
// name, say) and takes some things for names that are none; the words of the
// protocol are never taken for one without a title before them. It is immutable and
// safe for concurrent use.
type Redactor struct {
	words    map[string]bool // the protocol's, in lower case, and their stems
	everyday map[string]bool // other words that are no names; nil if there is no list
	jumbles  map[string]bool // the letters of both, sorted
}

// NewRedactor makes a redactor that knows the protocol's words. A surname that stands
// alone is told from other words in capitals by a list of everyday words in lower case;
// without one, nil, it is left standing.
func NewRedactor(p *knowledge.Protocol, everyday map[string]bool) *Redactor {
	r := &Redactor{words: make(map[string]bool), everyday: everyday, jumbles: make(map[string]bool)}
	learn := func(s string) {
		for _, w := range letters.FindAllString(strings.ToLower(s), -1) {
			r.words[w], r.words[stem(w)] = true, true
		}
	}
	learn(p.Title())
	for _, s := range p.Sections() {
		learn(s.Title)
		for _, c := range s.Clauses {
			learn(c.Text)
		}
	}
	for _, known := range []map[string]bool{r.words, everyday, ordinary} {
		for w := range known {
			if utf8.RuneCountInString(w) > 3 {
				r.jumbles[sorted(w)] = true
			}
		}
	}
	return r
}

// Redact replaces addresses, numbers and names by words in brackets, such as
// "[email]". Redacting twice changes nothing more.
func (r *Redactor) Redact(text string) string { return r.all([]string{text})[0] }

const (
	month  = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*`
	dayOf  = `\d{1,2}(?:st|nd|rd|th)?[ \t]*(?:of[ \t]+)?[ \t/.-][ \t]*(?:\d{1,2}|` + month + `)[ \t/.,-]+`
	spoken = `(?:oh|nought|zero|one|two|three|four|five|six|seven|eight|nine|double|treble|triple)`
	dated  = month + `[ \t]+\d{1,2}(?:st|nd|rd|th)?`
)

// patterns are applied in this order: an address in Slack's brackets goes before the
// same address bare, and an e-mail address before its domain.
var patterns = []struct {
	find *regexp.Regexp
	put  string
}{
	{regexp.MustCompile(`<[@#!][^<>]*>`), "[id]"},
	{regexp.MustCompile(`<(?i:https?|mailto|tel):[^<>]*>`), "[link]"},
	{regexp.MustCompile(`\S+[@＠﹫]\S*|[@＠﹫]\S+`), "[email]"},
	{regexp.MustCompile(`(?i)[\w.+-]+[ \t]*[(\[][ \t]*at[ \t]*[)\]][ \t]*[\w-]+(?:[ \t]*(?:\.|[(\[]?[ \t]*\bdot\b[ \t]*[)\]]?)[ \t]*[a-z]{2,})+`), "[email]"},
	{regexp.MustCompile(`(?i)\b[\w.+-]+(?:[ \t]+dot[ \t]+[\w-]+)*[ \t]+at[ \t]+[\w-]+(?:[ \t]*[(\[]?[ \t]*\bdot\b[ \t]*[)\]]?[ \t]*[a-z]{2,})+`), "[email]"},
	// The same in words: "jane dot bloggs at mail", "jane.bloggs at biddulph gov uk".
	{regexp.MustCompile(`(?i)\b[\w-]+(?:[ \t]*\bdot\b[ \t]*[\w-]+|[._][\w-]+)+[ \t]+at[ \t]+[\w-]+(?:[ \t]+(?:dot[ \t]+)?(?:gov|co|com|org|net|uk)\b)*`), "[email]"},
	{regexp.MustCompile(`(?i)\b[\w.-]+[ \t]+at[ \t]+(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|btinternet|live)\b(?:[ \t]+(?:dot[ \t]+)?(?:com|co|uk)\b)*`), "[email]"},
	{regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://\S*|\bwww\.\S+`), "[link]"},
	{regexp.MustCompile(`(?i)\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|uk|gov|io|co|info|eu)\b(?:[/:?]\S*)?`), "[link]"},
	// A date of birth is one said to be so, or one of the last century.
	{regexp.MustCompile(`(?i)\b(born|birth|birthday|dob|d\.o\.b\.?)((?:[ \t:,-]|\b(?:on|in|is|was|the)\b){1,8})(?:(?:` + dayOf + `|` + dated + `[ \t,]+)\d{2,4}|\d{4}-\d\d-\d\d|` + dated + `\b|\d{1,2}(?:st|nd|rd|th)?[ \t]+(?:of[ \t]+)?` + month + `\b|(?:19|20)\d\d\b)`), "${1}${2}[date]"},
	{regexp.MustCompile(`(?i)\b(?:(?:` + dayOf + `|` + dated + `[ \t,]+)19\d\d|19\d\d-\d\d-\d\d)\b`), "[date]"},
	// A National Insurance number.
	{regexp.MustCompile(`(?i)\b[a-z]{2}(?:[ \t-]?\d){6}[ \t-]?[a-d]\b`), "[number]"},
	// Nine digits or more, however spaced: no amount is written so, and a telephone
	// number, a bank account with its sort code, or a card is.
	{regexp.MustCompile(`[+(]{0,2}\p{Nd}(?:[ \t().-]{0,3}\p{Nd}){8,}`), "[phone]"},
	// Six digits or more in words.
	{regexp.MustCompile(`(?i)\b(?:` + spoken + `[ \t,-]+){5,}` + spoken + `\b`), "[phone]"},
	// A shorter one after a word that says what it is, or spaced as no amount is.
	{regexp.MustCompile(`(?i)\b(tel|telephone|phone|mobile|mob|fax|ring|call|dial|text|ext|extension)((?:[ \t.:,(-]|\b(?:me|us|him|her|them|on|at|no|number|is)\b){1,10})\d(?:[ \t().-]{0,3}\d){3,}`), "${1}${2}[phone]"},
	{regexp.MustCompile(`(^|[^\pL\p{Nd}£$€.,/-])(?:(?:\d{3}|0\d{3,4})[ \t-]\d{3}|\d{3}[ \t-]\d{4}|\d{2}[ \t]\d{2}[ \t]\d{2}|\d{2}[ \t]\d{4})\b`), "${1}[phone]"},
	{regexp.MustCompile(`(?i)\b[a-z]{1,2}\d[a-z\d]?[ \t]*\d[a-z]{2}\b`), "[postcode]"},
	{regexp.MustCompile(`\b[UWCDGTSB](?:0[A-Z0-9]{3,}|[A-Z]*\d[A-Z0-9]{6,}|[A-Z0-9]{6,}\d[A-Z0-9]*)\b`), "[id]"},
}

// all redacts texts that belong together: a surname that one of them gives away by a
// title is a name in the others.
func (r *Redactor) all(texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = clean(t)
	}
	// Taking one thing out can bring others together, and a name found late may
	// stand earlier. Every round that changes something leaves fewer words.
	seen := make(map[string]bool)
	for changed := true; changed; {
		changed = false
		for i, t := range out {
			next := t
			for _, p := range patterns {
				next = p.find.ReplaceAllString(next, p.put)
			}
			next = r.names(next, seen)
			changed = changed || next != t
			out[i] = next
		}
	}
	return out
}

// clean drops what is not seen, which could part a name in two unseen.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r) && r != '\n' && r != '\t':
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}

var letters = regexp.MustCompile(`\pL+`)

var nameWord = regexp.MustCompile(`[\pL\pM]+(?:['’.-][\pL\pM]+)*`)

// token is a word of the text and what stands between it and the word before.
type token struct {
	text, key, gap string // key is in lower case, without a possessive
	from, to       int
}

func tokens(s string) []token {
	var out []token
	end := 0
	for _, at := range nameWord.FindAllStringIndex(s, -1) {
		w := s[at[0]:at[1]]
		key := strings.ReplaceAll(strings.ToLower(w), "’", "'")
		out = append(out, token{w, strings.TrimSuffix(key, "'s"), s[end:at[0]], at[0], at[1]})
		end = at[1]
	}
	return out
}

func (t token) capital() bool {
	first, _ := utf8.DecodeRuneInString(t.text)
	return unicode.IsUpper(first)
}

// follows reports a word that only spaces part from the one before, or the full stop
// of an abbreviation.
func (t token) follows() bool {
	return t.gap != "" && strings.Trim(strings.TrimPrefix(t.gap, "."), " \t") == "" && t.gap != "."
}

// joined reports a word after "Smith," or "Smith &".
func (t token) joined() bool {
	g := strings.TrimSpace(t.gap)
	return g == "," || g == "&"
}

// known reports a word of the protocol, or of bodies and places.
func (r *Redactor) known(t token) bool {
	if organisations[t.key] || organisations[strings.TrimSuffix(t.key, "s")] {
		return true
	}
	for _, part := range letters.FindAllString(t.key, -1) {
		if len(part) > 1 && !r.words[part] && !r.words[stem(part)] {
			return false
		}
	}
	return utf8.RuneCountInString(t.key) > 1
}

// strange reports a capitalised word that may be part of a name.
func (r *Redactor) strange(t token) bool {
	return t.capital() && !r.known(t) && !ordinary[t.key] && !isTitle(t)
}

// shouted reports a word all in capitals that may be a surname by itself, as in
// minutes: "Cllr Jane GARVEY". An abbreviation is short or has no vowel.
func (r *Redactor) shouted(t token) bool {
	return utf8.RuneCountInString(t.key) >= 4 && t.text == strings.ToUpper(t.text) &&
		strings.ContainsAny(t.key, "aeiouy") && r.strange(t)
}

// calm reports a text that is not written in capitals as a whole.
func calm(s string) bool {
	capitals, small := 0, 0
	for _, w := range letters.FindAllString(s, -1) {
		switch {
		case len(w) > 1 && w == strings.ToUpper(w):
			capitals++
		case w == strings.ToLower(w):
			small++
		}
	}
	return small > 0 && small >= capitals || small == 0 && capitals == 1
}

func isTitle(t token) bool { return personal[t.key] || roles[t.key] }

// names replaces what looks like a person's name, and adds the strange words of each
// to seen.
func (r *Redactor) names(s string, seen map[string]bool) string {
	var out strings.Builder
	done := 0
	words := tokens(s)
	quiet := calm(s)
	for i := 0; i < len(words); {
		from, to := r.person(words[i:], seen)
		if to == 0 && quiet && (r.shouted(words[i]) || r.lone(words, i)) {
			to = 1
		}
		if to == 0 {
			i++
			continue
		}
		for _, w := range words[i+from : i+to] {
			if r.strange(w) && utf8.RuneCountInString(w.key) > 2 {
				seen[w.key] = true
			}
		}
		out.WriteString(s[done:words[i+from].from])
		out.WriteString("[person]")
		done = words[i+to-1].to
		i += to
	}
	out.WriteString(s[done:])
	return out.String()
}

// person says which words at the beginning of ws are a name: none if to is 0.
func (r *Redactor) person(ws []token, seen map[string]bool) (from, to int) {
	first := ws[0]
	switch {
	case isTitle(first):
		return r.titled(ws)
	case r.nameLike(ws):
		n := 2 + r.run(ws, 2)
		return 0, n
	case len(ws) > 2 && alsoNames[first.key] && !verbal[first.key] && ws[1].key == "and" && ws[1].follows() &&
		firstNames[ws[2].key] && ws[2].follows():
		return 0, 1 // "sue and dave"
	case family(first) && !r.body(ws, 1):
		return 0, 1 + r.run(ws, 1)
	case firstNames[first.key]:
		n := 1
		if r.surname(ws, 1) {
			n++
		}
		n += r.run(ws, n)
		if !first.capital() {
			n += r.partner(ws, n)
		}
		return 0, n
	case seen[first.key]:
		return 0, 1 + r.run(ws, 1)
	case !r.strange(first):
		return 0, 0
	}
	n := 1 + r.run(ws, 1)
	if n < 2 || r.body(ws, n) {
		return 0, 0
	}
	return 0, n
}

// body reports a run that goes on at ws[i] with a known word in capitals: a body's name,
// "Severn Trent Water".
func (r *Redactor) body(ws []token, i int) bool {
	return i < len(ws) && ws[i].follows() && ws[i].capital() && r.known(ws[i]) && !ordinary[ws[i].key]
}

// surname reports a word after a first name that may be the surname, in lower case
// too, and is no verb as far as can be told: "john runs the club".
func (r *Redactor) surname(ws []token, i int) bool {
	if i >= len(ws) || !ws[i].follows() || !r.unknown(ws[i]) {
		return false
	}
	w := ws[i]
	if w.capital() {
		return true
	}
	object := i+1 < len(ws) && ws[i+1].follows() && determiners[ws[i+1].key]
	return !verbs[w.key] && !(inflected(w) && object)
}

// partner counts the words of a whole name in lower case after "tom and" or "tom &".
func (r *Redactor) partner(ws []token, i int) int {
	n := 0
	if i < len(ws) && ws[i].key == "and" && ws[i].follows() {
		n++
	} else if i >= len(ws) || strings.TrimSpace(ws[i].gap) != "&" {
		return 0
	}
	first := i + n
	if first < len(ws) && (n == 0 || ws[first].follows()) && r.unknown(ws[first]) &&
		!verbs[ws[first].key] && r.surname(ws, first+1) {
		return n + 2
	}
	return 0
}

func (r *Redactor) unknown(t token) bool {
	return !r.known(t) && !ordinary[t.key] && !isTitle(t) && !verbs[t.key]
}

// titled finds the name after a title, and those joined to it: "Cllrs Lea and Moss".
func (r *Redactor) titled(ws []token) (from, to int) {
	n := 1
	for n < len(ws) && isTitle(ws[n]) && ws[n].follows() {
		n++ // "Mr Mayor", "Councillor Mrs"
	}
	title := ws[n-1]
	from = n
	if personal[ws[0].key] {
		from = 0
	}
	if n == len(ws) || !ws[n].follows() || ordinary[ws[n].key] && len(ws[n].key) > 1 {
		return 0, 0
	}
	name := ws[n] // or an initial, which may be the A of "A. Smith"
	switch {
	case r.strange(name), short[title.key] && (name.capital() || !r.known(name)):
	case alsoNames[name.key] && name.capital() && strings.ToUpper(name.text) != name.text:
	case family(name), firstNames[name.key]:
	case alsoNames[name.key] && !notAlone[name.key] && !name.capital() && acts(ws, n+1): // "councillor green should"
	default:
		return 0, 0
	}
	n++
	// "Will May": the second word may be an English one as well.
	if n < len(ws) && ws[n].follows() && alsoNames[ws[n].key] && ws[n].capital() {
		n++
	}
	n += r.run(ws, n)
	for n < len(ws) {
		next := n
		if ws[n].key == "and" && ws[n].follows() {
			next++
		} else if !ws[n].joined() {
			break
		}
		if next == len(ws) || next > n && !ws[next].follows() || !r.strange(ws[next]) {
			break
		}
		n = next + 1
		n += r.run(ws, n)
	}
	return from, n
}

// run counts the strange words that follow on one another from ws[i].
func (r *Redactor) run(ws []token, i int) int {
	n := 0
	for i+n < len(ws) && ws[i+n].follows() && r.strange(ws[i+n]) {
		n++
	}
	return n
}
