package assessment

import (
	"slices"
	"strings"
)

// Suggestion is an answer read by rule from a person's own words. It is put to the person and
// counts only once confirmed.
type Suggestion struct {
	Fact   FactID
	Answer Answer
	// Because is the piece of the text that it rests on, as typed.
	Because string
}

// Suggest reads from a free description what it plainly says, at most one suggestion per fact,
// in the order of asking. It suggests nothing about what is denied, doubted, supposed, asked or
// said both ways. It takes time linear in the length of the text.
func Suggest(text string) []Suggestion {
	list := tokens(text)
	found := append(names(text, list), readPhrases(text, list, func(r *reading) bool { return !r.reply })...)
	return inOrder(found)
}

// ReadAnswer reads a typed reply to one step, about the facts of that step alone. It
// understands what [Suggest] does, and shorter replies that only the question makes plain. It
// does not handle a plain yes or no, nor a step answered in free text.
func ReadAnswer(step Step, text string) []Suggestion {
	return inOrder(readPhrases(text, tokens(text), func(r *reading) bool { return slices.Contains(step.Facts, r.fact) }))
}

func inOrder(list []Suggestion) []Suggestion {
	slices.SortStableFunc(list, func(x, y Suggestion) int { return position[x.Fact] - position[y.Fact] })
	return list
}

// readPhrases returns what the wanted phrases say, except where they contradict each other.
func readPhrases(text string, list []token, wanted func(*reading) bool) []Suggestion {
	type said struct {
		words []Value
		at    span
	}
	by := map[FactID]*said{}
	for _, m := range find(list, wanted) {
		if m.reads.word == "" || doubtful(text, list, m) {
			continue
		}
		at := evidence(text, list, m.span)
		s, ok := by[m.reads.fact]
		if !ok {
			by[m.reads.fact] = &said{[]Value{m.reads.word}, at}
			continue
		}
		if !slices.Contains(s.words, m.reads.word) {
			s.words = append(s.words, m.reads.word)
			s.at = s.at.join(at)
		}
	}
	var all []Suggestion
	for id, s := range by {
		f := facts[position[id]]
		given := Answer{Word: s.words[0]}
		switch {
		case f.Many:
			given = Answer{Set: slices.DeleteFunc(slices.Clone(f.Words), func(v Value) bool { return !slices.Contains(s.words, v) })}
		case len(s.words) > 1:
			continue
		}
		all = append(all, Suggestion{id, given, s.at.in(text, list)})
	}
	return all
}

// maxBecause is how much of a person's words is put back to them, in bytes.
const maxBecause = 140

// evidence is the thought in which a match stands, or the match alone if that is too long.
func evidence(text string, list []token, s span) span {
	if c := clause(list, s); len(strings.TrimSpace(c.in(text, list))) <= maxBecause {
		return c
	}
	return s
}
