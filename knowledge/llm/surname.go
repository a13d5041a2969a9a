package llm

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A surname alone, "ask Jones about it", looks like any word in capitals. It is taken for
// a name if it is no everyday word and does not stand where a place or a thing would.

// lone reports whether a word is a surname without a title or a first name.
func (r *Redactor) lone(ws []token, i int) bool {
	w := ws[i]
	if r.everyday == nil || utf8.RuneCountInString(w.key) < 3 {
		return false
	}
	word := alsoNames[w.key] // a name if it is in capitals where no other word is
	if word && notAlone[w.key] || !word && (places[w.key] || r.ordinarily(w) || !r.unknown(w)) {
		return false
	}
	before, first := token{}, i == 0 || strings.ContainsAny(w.gap, ".?!\n")
	if !first {
		before = ws[i-1]
	}
	after := token{}
	if i+1 < len(ws) && ws[i+1].follows() {
		after = ws[i+1]
	}
	switch {
	case !w.capital():
		return !word && (minding[after.key] && !r.jumbles[sorted(w.key)] || w.follows() && (addressing[before.key] || related[before.key] && !inflected(w)))
	case w.text == strings.ToUpper(w.text): // an abbreviation, or shouted
		return false
	case after.capital() && !ordinary[after.key], organisations[after.key]: // a body's name
		return false
	case first:
		return r.subject(ws, i)
	case before.capital() && !modal[before.key] && w.follows() && !isTitle(before): // the end of a body's name
		return false
	case word && !acts(ws, i+1) && !(modal[before.key] && !after.capital()): // "can Drew represent us"
		return false
	}
	return !locating[before.key] && !determiners[before.key]
}

// subject reports whether the first word of a sentence is who does something: its capital
// says nothing.
func (r *Redactor) subject(ws []token, i int) bool {
	w := ws[i]
	switch {
	case strings.HasSuffix(w.text, "'s") || strings.HasSuffix(w.text, "’s"):
		return true
	case i+1 == len(ws):
		return false
	case !alsoNames[w.key] && r.jumbles[sorted(w.key)]: // "Waht is"
		return false
	}
	next := ws[i+1]
	if !next.follows() { // "Khan, our treasurer": of a person
		return strings.TrimSpace(next.gap) == "," && (determiners[next.key] || next.key == "who")
	}
	firm := next.key == "and" && i+2 < len(ws) && kin[ws[i+2].key]
	plural := strings.HasSuffix(w.key, "s") && modal[next.key]
	return firm || acts(ws, i+1) && !plural && !dialect[w.key]
}

// acts reports whether a sentence goes on at ws[i] with what a person does, or ends.
func acts(ws []token, i int) bool {
	if i >= len(ws) || !ws[i].follows() {
		return true
	}
	k := ws[i].key
	return modal[k] || minding[k] || verbs[k] || strings.HasSuffix(k, "ed") && len(k) > 4
}

func inflected(t token) bool {
	return strings.HasSuffix(t.key, "s") || strings.HasSuffix(t.key, "ed") || strings.HasSuffix(t.key, "ing")
}

// family reports a surname that is nothing else, or a family of that name.
func family(t token) bool {
	if surnames[t.key] {
		return t.capital() || utf8.RuneCountInString(t.key) > 3
	}
	return t.capital() && surnames[strings.TrimSuffix(t.key, "s")]
}

// nameLike reports two names in capitals, the first of which is a word as well: "Will
// Young", "Bill Stone".
func (r *Redactor) nameLike(ws []token) bool {
	if len(ws) < 2 || !alsoNames[ws[0].key] || !ws[0].capital() || !ws[1].capital() || !ws[1].follows() || r.body(ws, 2) {
		return false
	}
	second := ws[1]
	if strings.ToUpper(ws[0].text) == ws[0].text || organisations[second.key] || firstNames[second.key] {
		return false
	}
	if alsoNames[second.key] || family(second) {
		return true
	}
	return r.strange(second) && !places[second.key] && !notAlone[ws[0].key] && (r.everyday == nil || !r.ordinarily(second))
}

// sorted is a word's letters in order, by which one that is jumbled is known.
func sorted(w string) string {
	rs := []rune(w)
	slices.Sort(rs)
	return string(rs)
}

// ordinarily reports an everyday word, or one that is made of one.
func (r *Redactor) ordinarily(t token) bool {
	for _, part := range letters.FindAllString(t.key, -1) {
		if len(part) > 1 && !r.everyday[part] && !r.everyday[stem(part)] && !r.everyday[strings.TrimSuffix(part, "s")] {
			return false
		}
	}
	return true
}

// addressing words have a person for their object, in lower case too; locating ones a
// place.
var (
	addressing = set("ask tell told asked email phone ring contact asking telling emailed rang phoned")
	locating   = set("in at near around outside within across via towards between beside behind throughout")
)

// related words come before a name in lower case.
var related = set(`neighbour wife husband brother sister friend colleague mate boss uncle aunt cousin son daughter nephew niece`)

// modal words come after a subject, and before one in a question.
var modal = set(`is was has had does did do can could should would will shall must may might have want wants wanted wasn't isn't
hasn't doesn't didn't can't couldn't shouldn't won't wouldn't`)

// kin words end a firm's name.
var kin = set(`sons son daughters brothers bros co partners family`)

// dialect words begin a question.
var dialect = set(`wot wat wots wats whats hows wheres whos hoo ow wen wich wud shud cud dus duz`)

// minding words have a person for their subject.
var minding = set(`wants says said asks asked needs gets thinks agrees agreed claims complained denied insists knows likes
objects objected refuses refused resigned suggested lied lies reckons suggests told tells voted wrote`)

// places around Biddulph, and others that councils speak of.
var places = set(`
alsager audley barlaston betley biddulph birmingham blackpool bradeley brindley britain brown buxton cheadle cheddleton cheshire chester
congleton crewe derby derbyshire endon england europe gillow hanley horton ipstones kidsgrove knypersley leek lichfield
liverpool london longnor longton macclesfield manchester moorlands mow newcastle newchapel nottingham packmoor potteries
rudyard rushton sandbach scotland shropshire stafford staffordshire stoke stone stourbridge tamworth tunstall uttoxeter wales
werrington wetley wolverhampton
`)
