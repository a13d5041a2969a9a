package llm

import (
	"strings"
	"unicode/utf8"
)

// A surname alone, "ask Jones about it", looks like any word in capitals. It is taken for
// a name if it is no everyday word and does not stand where a place or a thing would.

// lone reports whether a word is a surname without a title or a first name.
func (r *Redactor) lone(ws []token, i int) bool {
	w := ws[i]
	if r.everyday == nil || utf8.RuneCountInString(w.key) < 3 || places[w.key] || r.ordinarily(w) || !r.unknown(w) {
		return false
	}
	before, first := token{}, i == 0 || strings.ContainsAny(w.gap, ".?!\n")
	if !first {
		before = ws[i-1]
	}
	after, last := token{}, i+1 == len(ws) || !ws[i+1].follows()
	if !last {
		after = ws[i+1]
	}
	switch {
	case !w.capital():
		return addressing[before.key] && w.follows()
	case w.text == strings.ToUpper(w.text): // an abbreviation, or shouted
		return false
	case after.capital() && !ordinary[after.key], organisations[after.key]: // a body's name
		return false
	case first:
		return strings.HasSuffix(w.text, "'s") || strings.HasSuffix(w.text, "’s") || minding[after.key]
	case before.capital() && !ordinary[before.key] && w.follows() && !isTitle(before): // the end of a body's name
		return false
	}
	return !locating[before.key] && !determiners[before.key]
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

// minding words have a person for their subject.
var minding = set(`wants says said asks asked needs gets thinks agrees agreed claims complained denied insists knows likes
objects objected refuses refused resigned suggested suggests told tells voted wrote`)

// places around Biddulph, and others that councils speak of.
var places = set(`
alsager audley barlaston betley biddulph birmingham blackpool bradeley brindley britain brown buxton cheadle cheddleton cheshire chester
congleton crewe derby derbyshire endon england europe gillow hanley horton ipstones kidsgrove knypersley leek lichfield
liverpool london longnor longton macclesfield manchester moorlands mow newcastle newchapel nottingham packmoor potteries
rudyard rushton sandbach scotland shropshire stafford staffordshire stoke stone stourbridge tamworth tunstall uttoxeter wales
werrington wetley wolverhampton
`)
