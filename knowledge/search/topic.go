package search

import "slices"

// pointer is a document that a clause points to, and the names it goes by. What has one of the words
// in about is about the document if the clause answers it; if there are none, anything is.
type pointer struct {
	name         string
	pointer      int
	names, about [][]int32
	says         [][]int32 // the names before a word of saying
	each         bool      // each partnership may have its own
}

// pointers returns the documents whose clause the protocol has in the same words.
func (ix *Index) pointers(book *phrasebook, k known) []pointer {
	var found []pointer
	for _, d := range book.documents {
		if k.same[d.id] {
			p := pointer{name: d.name, pointer: int(k.number[d.id]), names: ix.stems(d.names), about: ix.stems(d.about), each: d.each}
			for _, name := range d.names {
				for _, verb := range saying {
					p.says = append(p.says, ix.stems([]string{name + " " + verb})...)
				}
			}
			found = append(found, p)
		}
	}
	return found
}

// stems turns the words of phrases into the numbers of their stems.
func (ix *Index) stems(phrases []string) [][]int32 {
	numbered := make([][]int32, len(phrases))
	for i, p := range phrases {
		for _, w := range words(p) {
			numbered[i] = append(numbered[i], ix.model.lexicon.look(w, false).number)
		}
	}
	return numbered
}

// says reports whether a text contains one of the phrases.
func says(text []token, phrases [][]int32) bool { return firstOf(text, phrases) >= 0 }

// firstOf returns where a text first has one of the phrases, or -1.
func firstOf(text []token, phrases [][]int32) int {
	for i := range text {
		for _, p := range phrases {
			if i+len(p) <= len(text) && slices.EqualFunc(text[i:i+len(p)], p, func(t token, n int32) bool { return t.number == n && n != unknown }) {
				return i
			}
		}
	}
	return -1
}

// contentsOf are words that ask for a document itself, or for what it says; so does its name before
// one of saying.
var (
	contentsOf = phrases("what is in, what in, contents, contain, contains, wording, text of, copy, copies, link, show me, show us, send me, send us",
		"give me, where can i, where can we, where do i, where do we, where is, where are, can i see, can i read, can i have",
		"can we see, can we have, do you have, do you hold, have you, download, print, template")
	saying = []string{"say", "have to say", "state"}
)

// showPointers shows first the clauses that point to the documents that a question is about; if the
// protocol is silent, no others.
func (ix *Index) showPointers(m *message, f finding) finding {
	docs := ix.pointedTo(m, f)
	if len(docs) == 0 {
		return f
	}
	if f.Silent {
		f.shown = nil
	}
	var pointers []int
	for _, d := range docs {
		f.Documents, pointers = append(f.Documents, Named{d.name, d.each}), ix.add(pointers, d.pointer)
	}
	f.shown = append(pointers, slices.DeleteFunc(f.shown, func(c int) bool { return slices.Contains(pointers, c) })...)
	return f
}

// pointedTo finds the documents that a question is about: those whose contents it asks for, or
// those of the Council's that it names or is about, if the clause pointing there is among the answers
// or, of those that it names, if there is no answer.
func (ix *Index) pointedTo(m *message, f finding) []pointer {
	named := ix.namedIn(m.text)
	says := func(d pointer) bool { return says(m.text, d.says) }
	if len(named) > 0 && (hasOne(m.all, contentsOf) || slices.ContainsFunc(named, says)) {
		return named
	}
	if len(named) > 0 {
		return slices.DeleteFunc(named, func(d pointer) bool {
			return d.each || !f.Silent && !slices.Contains(f.shown[:min(len(named), len(f.shown))], d.pointer)
		})
	}
	for _, d := range ix.documents {
		if !d.each && !f.Silent && len(f.shown) > 0 && f.shown[0] == d.pointer && d.isAbout(m.text) {
			return []pointer{d}
		}
	}
	return nil
}

// isAbout reports whether a text that the document's clause answers is about the document.
func (d pointer) isAbout(text []token) bool { return len(d.about) == 0 || says(text, d.about) }

// namedIn returns the documents that a text names, in its order.
func (ix *Index) namedIn(text []token) []pointer {
	var named []pointer
	for _, d := range ix.documents {
		if says(text, d.names) {
			named = append(named, d)
		}
	}
	slices.SortStableFunc(named, func(a, b pointer) int { return firstOf(text, a.names) - firstOf(text, b.names) })
	return named
}
