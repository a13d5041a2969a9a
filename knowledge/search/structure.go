package search

import (
	"slices"
	"strconv"
	"strings"

	"partnershipbot/knowledge"
)

// People may ask for parts of the protocol by position: "read paragraph 3 of Managing
// Partnerships", "show me the section on equalities", "what does section 9 say".

// heading is a section as it can be asked for.
type heading struct {
	first   knowledge.ClauseID
	clauses []knowledge.Clause
	name    []placeWord // the words of its title that say something
}

// placeWord is a word and its stem, by which two are the same.
type placeWord struct {
	text string
	stem int32
}

func (w placeWord) same(v placeWord) bool {
	return w.text == v.text || w.stem == v.stem && w.stem != unknown
}

// mostPlaceWords is how long a message can be and still ask for a place: a story that mentions
// a section is about something else.
const mostPlaceWords = 14

var (
	sectionWords   = wordSet("section sections chapter part bit heading headed")
	numberedWords  = wordSet("section chapter part article clause appendix annex annexe schedule")
	paragraphWords = wordSet("paragraph para paragraphs paras par")
	pointWords     = wordSet("point bullet item")
	showing        = wordSet("show read quote give open see display print recite tell say says what whats find view")
	placeWords     = wordSet("me us the a an in of on about under from for to is does do out loud whole full entire text " +
		"protocol document number no and again let can i you which called titled named entitled covering dealing with aloud " +
		"please hello hi hey there thanks thank ta kindly could would want like")
	statutes = wordSet("act acts law laws regulations regulation statute legislation")
	ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
		"eighth": 8, "ninth": 9, "tenth": 10, "last": last, "final": last, "closing": last, "opening": 1}
	numerals = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
		"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
)

// telling returns those of some words that do more than ask for a place.
func (l *lexicon) telling(ws []string) []placeWord {
	telling := make([]placeWord, 0, len(ws))
	for _, w := range ws {
		if !placeWords[w] {
			telling = append(telling, placeWord{w, stemOf(l, w)})
		}
	}
	return telling
}

// newHeadings lists the sections of the protocol that have a heading.
func (ix *Index) newHeadings() []heading {
	var all []heading
	for _, s := range ix.protocol.Sections() {
		if !s.Headed() {
			continue
		}
		all = append(all, heading{s.Clauses[0].ID, s.Clauses, ix.model.lexicon.telling(words(s.Title))})
	}
	return all
}

// place answers a message that asks for a part of the protocol by its position.
func (ix *Index) place(message string) (Answer, bool) {
	ws := strings.FieldsFunc(strings.ToLower(message), func(r rune) bool { return !isWord(r) && r != '.' })
	for i := range ws {
		ws[i] = strings.Trim(ws[i], ".")
	}
	ws = slices.DeleteFunc(ws, func(w string) bool { return w == "" })
	if len(ws) > mostPlaceWords {
		return Answer{}, false
	}
	if slices.ContainsFunc(ws, func(w string) bool { return statutes[w] }) {
		return Answer{}, false
	}
	if len(ws) > 2 && ws[0] == "what" && ws[1] == "is" && (ws[2] == "a" || ws[2] == "an") {
		return Answer{}, false // it asks what one is, though a section may be called so
	}
	paragraph, ws := ordinal(ws, paragraphWords)
	point, ws := ordinal(ws, pointWords)
	at, rest := ix.heading(ws, paragraph != 0 || point != 0)
	missing := Answer{Intent: Question, Silent: true, Category: Part}
	switch {
	case at >= 0 && paragraph != 0:
		return ix.standing(ix.headings[at], paragraph, point, missing), true
	case at >= 0 && point != 0 && idle(rest):
		return ix.pointed(ix.headings[at], point, missing), true
	case paragraph != 0 && idle(rest):
		return missing, true
	case at >= 0 && point == 0 && slices.ContainsFunc(rest, func(w string) bool { return sectionWords[w] || showing[w] }) && idle(rest):
		return Answer{Intent: Question, Section: ix.headings[at].first}, true
	case at < 0 && numbered(rest):
		return missing, true
	}
	return Answer{}, false
}

// last is the ordinal that stands for the last of its kind.
const last = 1 << 16

// standing quotes the clause at a paragraph or, if point is not 0, at a point of it.
func (ix *Index) standing(h heading, paragraph, point int, missing Answer) Answer {
	if paragraph == last {
		paragraph = h.clauses[len(h.clauses)-1].Paragraph
	}
	whole := slices.DeleteFunc(slices.Clone(h.clauses), func(c knowledge.Clause) bool { return c.Paragraph != paragraph })
	if point != 0 {
		h.clauses = whole
		return ix.pointed(h, point, missing)
	}
	return ix.nth(whole, 1, missing)
}

// pointed quotes one of the points of a section, numbered throughout.
func (ix *Index) pointed(h heading, point int, missing Answer) Answer {
	points := slices.DeleteFunc(slices.Clone(h.clauses), func(c knowledge.Clause) bool { return c.Point == 0 })
	return ix.nth(points, point, missing)
}

// nth quotes one of some clauses, counted from 1.
func (ix *Index) nth(of []knowledge.Clause, n int, missing Answer) Answer {
	if n == last {
		n = len(of)
	}
	if n < 1 || n > len(of) {
		return missing
	}
	at := slices.IndexFunc(ix.clauses, func(k clause) bool { return k.id == of[n-1].ID })
	return Answer{Intent: Question, Passages: ix.passages([]int{at}), Gloss: ix.clauses[at].gloss}
}

// heading finds the section that words name. Either all the telling words of its title stand
// together, or the words speak of a section or a paragraph, or gave the number of one (placed),
// and their other telling words are in that title alone. rest is what remains.
func (ix *Index) heading(ws []string, placed bool) (at int, rest []string) {
	telling := ix.model.lexicon.telling(ws)
	for i, h := range ix.headings {
		for from := 0; from+len(h.name) <= len(telling); from++ {
			if slices.EqualFunc(telling[from:from+len(h.name)], h.name, placeWord.same) {
				return i, placeTexts(slices.Delete(telling, from, from+len(h.name)))
			}
		}
	}
	subject := slices.DeleteFunc(slices.Clone(telling), func(w placeWord) bool { return showing[w.text] || sectionWords[w.text] })
	placed = placed || slices.ContainsFunc(telling, func(w placeWord) bool { return sectionWords[w.text] || paragraphWords[w.text] })
	if len(subject) == 0 || !placed {
		return -1, placeTexts(telling)
	}
	found := -1
	for i, h := range ix.headings {
		if slices.ContainsFunc(subject, func(w placeWord) bool { return !slices.ContainsFunc(h.name, w.same) }) {
			continue
		}
		if found >= 0 {
			return -1, placeTexts(telling) // it does not say which of two
		}
		found = i
	}
	if found >= 0 {
		telling = slices.DeleteFunc(telling, func(w placeWord) bool { return slices.Contains(subject, w) })
	}
	return found, placeTexts(telling)
}

func placeTexts(ws []placeWord) []string {
	texts := make([]string, len(ws))
	for i, w := range ws {
		texts[i] = w.text
	}
	return texts
}

func stemOf(l *lexicon, w string) int32 { return l.look(w, false).number }

// idle reports whether words ask for a place and nothing else.
func idle(rest []string) bool {
	return !slices.ContainsFunc(rest, func(w string) bool {
		return !showing[w] && !sectionWords[w] && !paragraphWords[w] && !pointWords[w] && !placeWords[w]
	})
}

// numbered reports whether words ask for a part by a number or a letter: "show section 9",
// "read appendix B".
func numbered(rest []string) bool {
	for i, w := range rest {
		if numberedWords[w] && i+1 < len(rest) && label(rest[i+1]) {
			return idle(slices.Delete(slices.Clone(rest), i, i+2)) && i > 0
		}
	}
	return false
}

// label reports whether a word can number a part.
func label(w string) bool {
	return ordinals[w] > 0 || numerals[w] > 0 || len(w) == 1 || strings.ContainsAny(w, "0123456789") || strings.Trim(w, "ivx") == ""
}

// ordinal finds the number before or after one of the words for a kind of place, and removes
// both. It returns 0 if there is none.
func ordinal(ws []string, kinds map[string]bool) (n int, rest []string) {
	value := func(w string) int {
		if n := max(ordinals[w], numerals[w]); n > 0 {
			return n
		}
		n, err := strconv.Atoi(strings.TrimRight(w, "stndrh"))
		if err != nil || n < 0 {
			return 0
		}
		return n
	}
	for i, w := range ws {
		if !kinds[w] {
			continue
		}
		if i+1 < len(ws) && value(ws[i+1]) > 0 {
			return value(ws[i+1]), slices.Delete(slices.Clone(ws), i, i+2)
		}
		if i > 0 && value(ws[i-1]) > 0 {
			return value(ws[i-1]), slices.Delete(slices.Clone(ws), i-1, i+1)
		}
	}
	return 0, ws
}
