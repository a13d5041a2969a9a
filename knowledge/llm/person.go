package llm

import "strings"

// name takes out known words that are names where they stand, and adds those that can be names
// on their own to named. It reports whether it took any out.
func (r *Redactor) name(ps []piece, named map[string]bool) (changed bool) {
	for i := range ps {
		p := &ps[i]
		if p.taken || !r.isPerson(ps, i) && (!named[p.text] || auxiliary[p.text]) {
			continue
		}
		if isName(p.text) {
			named[p.text] = true
		}
		p.text, p.taken, changed = someName, true, true
	}
	return changed
}

// near returns the piece so many places from another one, or none if there is not one in the
// same part of the sentence: "Salt, Wood and Hill" goes on after a comma.
func near(ps []piece, i, by int) piece {
	step := 1
	if by < 0 {
		step = -1
	}
	for at := i; at != i+by; at += step {
		left := min(at, at+step)
		if left < 0 || left+1 >= len(ps) || !joins[ps[left].after] && !titles[ps[left].key] {
			return piece{}
		}
	}
	return ps[i+by]
}

// joins are the marks that a name may continue after.
var joins = map[string]bool{"": true, ",": true}

// has reports whether a piece is of a set, as it was written or as it is sent.
func (p piece) has(set map[string]bool) bool { return set[p.text] || set[p.key] }

// takes reports whether a piece has an object, as a verb does: "email the bill".
func (p piece) takes(next piece) bool { return p.after == "" && determined[next.text] }

// follows reports whether a piece can stand behind the name of somebody of whom something is asked.
func (p piece) follows() bool {
	return p.none() || plain[p.text] || p.has(acting) || p.has(modal) || strings.HasSuffix(p.text, "ed")
}

// none reports whether there is no piece.
func (p piece) none() bool { return p.text == "" }

// isPerson reports whether a known word is a name, judging by its neighbours.
func (r *Redactor) isPerson(ps []piece, i int) bool {
	p, before, next := ps[i], near(ps, i, -1), near(ps, i, 1)
	switch {
	case before.has(short) && !titles[p.key] && (p.capital || !plain[p.text] || isName(p.text) && !councillors[before.text]):
		return true
	case p.has(given):
		return p.capital || !determining[before.text]
	case !isName(p.text):
		return p.capital && (titles[before.key] && !r.proper[p.text] ||
			!p.first && !r.proper[p.text] && !titles[p.key] && p.text != "i")
	case p.capital && p.first && auxiliary[p.text]:
		return !subjects[next.text] && !r.known.Beside(p.text, next.text)
	case p.capital, r.paired(ps, i):
		return true
	case auxiliary[p.text]:
		return titles[before.key] && (next.has(acting) || next.has(modal) || near(ps, i, -2).has(questioning)) ||
			r.calledWill(p, before, next, r.introduced(ps, i))
	case titles[before.key]:
		return true
	case either[p.text]:
		return !r.ordinary(p, before, next, r.introduced(ps, i))
	}
	return r.isFamily(p, before, next, r.introduced(ps, i))
}

// introduced reports whether what comes before a piece says that a name follows.
func (r *Redactor) introduced(ps []piece, i int) bool {
	before, two := near(ps, i, -1), near(ps, i, -2)
	return before.has(introducing) || onwards[two.text+"+"+before.text] || onwards[two.key+"+"+before.key]
}

// paired reports whether a piece is one of two names: "Hawkins and Wood", "between Rose and Bill".
func (r *Redactor) paired(ps []piece, i int) bool {
	before, two, three := near(ps, i, -1), near(ps, i, -2), near(ps, i, -3)
	and := func(p piece) bool { return p.text == "and" || p.text == "or" }
	name := func(p piece) bool { return p.text == someName || isName(p.text) }
	switch {
	case and(before) && (two.text == "me" || three.text == "between" && name(two)):
		return true
	case determining[before.text], r.known.Beside(before.text, ps[i].text):
		return false
	case before.text == "between" && and(near(ps, i, 1)) && name(near(ps, i, 2)):
		return true
	}
	return and(before) && two.text == someName || and(near(ps, i, 1)) && near(ps, i, 2).text == someName
}

// calledWill reports whether "will" or "may" is a name rather than an auxiliary.
func (r *Redactor) calledWill(p, before, next piece, introduced bool) bool {
	switch {
	case introduced, before.none() && next.taken:
		return true
	case next.none() && !before.none() && !subjects[before.text]: // "can we trust will?"
		return true
	case r.known.Beside(before.text, p.text) && before.after == "":
		return false
	case before.has(questioning), before.after == "," && (next.taken || p.after == ","):
		return true
	case subjects[next.text]:
		return false
	case next.has(acting), next.has(modal):
		return true
	}
	return before.none() && !r.known.Beside(p.text, next.text)
}

// ordinary reports whether a word that is a given name as often is used as a word.
func (r *Redactor) ordinary(p, before, next piece, introduced bool) bool {
	switch {
	case determining[before.text]:
		return true
	case introduced:
		return p.takes(next)
	case before.taken, next.taken, next.has(acting) && before.none():
		return false
	case family[next.text]:
		return r.known.Beside(p.text, next.text)
	case p.takes(next), before.text == "i", numerals[before.text], compounds[before.text+"+"+p.text], compounds[p.text+"+"+next.text]:
		return true
	}
	left, right := r.known.Beside(before.text, p.text), r.known.Beside(p.text, next.text)
	switch {
	case before.none():
		return right && !next.has(modal)
	case before.text == "and", before.text == "or":
		return left || right
	case before.text == "to": // "to mark it", but not "give it to mark"
		return left && right
	}
	return left
}

// isFamily reports whether a word that is mostly an ordinary one is a name.
func (r *Redactor) isFamily(p, before, next piece, introduced bool) bool {
	switch {
	case before.taken, kin[next.text]:
		return true
	case p.takes(next):
		return false
	case introduced:
		return next.has(acting) || !r.known.Beside(p.text, next.text)
	case isName(before.text) && !r.known.Beside(before.text, p.text), isName(next.text) && !r.known.Beside(p.text, next.text):
		return true
	case r.known.Beside(before.text, p.text), r.known.Beside(p.text, next.text):
		return false
	}
	return before.has(questioning) && next.follows() || before.none() && next.has(acting)
}
