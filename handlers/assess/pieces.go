package assess

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// A reply about several things at once is read as a whole, then piece by piece, so that
// nothing in it is dropped without a word.

// pieces are the thoughts of a text.
func pieces(text string) []string { return pieceEnd.Split(text, -1) }

var pieceEnd = regexp.MustCompile(`(?i)[,;.!?\n]+|\b(?:and|but)\b`)

// ticked reads the numbers with which a reply to a list begins, and what follows them
// with the names of what its numbers stand for.
func (s scene) ticked(text string, step assessment.Step) (found []assessment.Suggestion, rest string) {
	f := step.First()
	if !step.Ticks && !f.Many {
		return nil, text
	}
	form := formOf(s, step)
	values, rest := form.HearTicks(unhedged(text))
	if values == nil && step.Ticks && !numbers.MatchString(text) {
		return nil, text
	}
	rest = inNames(rest, form, step)
	if values == nil {
		return nil, rest
	}
	s.Values = values
	s.take(step)
	for _, id := range step.Facts {
		found = append(found, assessment.Suggestion{Fact: id, Answer: s.draft.Answers[id]})
	}
	return found, rest
}

// unhedged leaves out with what certainty something is said, but for a "maybe".
func unhedged(text string) string { return hedges.ReplaceAllString(text, "") }

var (
	hedges = regexp.MustCompile(`(?i)\b(i|we) (would )?(think|guess|suppose|believe|reckon|say)\b|\b(i'd say|probably|presumably|definitely|certainly|please|i'm (pretty|fairly|quite) sure)\b`)
	maybes = regexp.MustCompile(`(?i)\b(maybe|perhaps|possibly|might be|could be|mainly|mostly|largely|really|(i'm )?not sure)\b`)
)

var figures = regexp.MustCompile(`\d+`)

// inNames puts the names of facts in place of the numbers under which they are ticked.
func inNames(text string, form *handlers.Form, step assessment.Step) string {
	if !step.Ticks {
		return text
	}
	var names []string
	for _, field := range form.Fields {
		for _, o := range field.Options {
			id, _, _ := strings.Cut(o.Value, " ")
			f, _ := assessment.Lookup(assessment.FactID(id))
			names = append(names, f.Label)
		}
	}
	return figures.ReplaceAllStringFunc(text, func(n string) string {
		if i, err := strconv.Atoi(n); err == nil && i >= 1 && i <= len(names) {
			return names[i-1]
		}
		return n
	})
}

// carried reads what is merely named after another thing of the same step, and so has the
// same answer: "we have plenty of time and the money". What is to be ticked is ticked by its
// name.
func (s scene) carried(text string, step assessment.Step) (found []assessment.Suggestion) {
	if len(step.Facts) < 2 {
		return nil
	}
	var last assessment.Value
	for _, piece := range pieces(text) {
		if step.Ticks {
			last = assessment.Yes
		}
		said := s.saidIn(piece, step)
		if id, ok := namedIn(step, piece); ok && len(said) == 0 && last != "" {
			said = []assessment.Suggestion{{Fact: id, Answer: assessment.Answer{Word: last}}}
		}
		if len(said) > 0 {
			last = said[len(said)-1].Answer.Word
		}
		found = append(found, said...)
	}
	return found
}

// saidIn is what one piece by itself says about a step. A bare "no" among other pieces is
// about nothing in particular.
func (s scene) saidIn(piece string, step assessment.Step) []assessment.Suggestion {
	if h, ok := hintedOf(piece); ok && slices.Contains(step.Facts, h.Fact) {
		return []assessment.Suggestion{h}
	}
	piece = unhedged(echoed.ReplaceAllString(piece, "$1"))
	said := s.said(forReason.ReplaceAllString(piece, ""), step)
	if len(said) > 1 && len(said) == len(asked(s, step)) && !ofAll.MatchString(piece) {
		said = nil
	}
	return slices.Concat(said, assessment.ReadAnswer(step, piece))
}

// hintedOf reads a name with an answer in doubt behind it: "assets I think so".
func hintedOf(piece string) (h assessment.Suggestion, ok bool) {
	words := strings.Fields(handlers.Fold(piece))
	for n := 1; n < len(words); n++ {
		if f, named := exactly(strings.Join(words[:n], " ")); named && !f.Many {
			if v, hinted := assessment.Hinted(strings.Join(words[n:], " "), f.Words); hinted {
				return assessment.Suggestion{Fact: f.ID, Answer: assessment.Answer{Word: v}}, true
			}
		}
	}
	return h, false
}

// wordsOn are the words of a reply to several things at once that are a note on each: what says
// more of it than the answer, without what is said of the others.
func (s scene) wordsOn(text string, step assessment.Step) map[assessment.FactID]string {
	notes := map[assessment.FactID]string{}
	for _, clause := range clauseEnd.Split(text, -1) {
		parts := pieces(clause) // each of its own, or one that names several
		if slices.ContainsFunc(parts, func(part string) bool { return len(s.factsIn(part, step)) == 0 }) {
			parts = []string{clause}
		}
		for _, part := range parts {
			part = strings.TrimSpace(part)
			_, filled := picks(s, step).Read(part)
			_, mends := mendOf(part)
			_, hinted := hintedOf(part)
			if filled || mends || hinted || part == "" || commanded(part) {
				continue
			}
			for _, id := range s.factsIn(part, step) {
				notes[id] = joined(notes[id], part)
			}
		}
	}
	return notes
}

// factsIn are the facts of a step of which a text says something, or names them.
func (s scene) factsIn(text string, step assessment.Step) (ids []assessment.FactID) {
	for _, h := range s.saidIn(text, step) {
		ids = append(ids, h.Fact)
	}
	for _, piece := range pieces(text) {
		if id, ok := namedIn(step, piece); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

var (
	clauseEnd = regexp.MustCompile(`(?i)[,;.!?\n]+|\bbut\b`)
	// forReason begins the reason of an answer.
	forReason = regexp.MustCompile(`(?i)\s+(?:because|since|cos|cause|coz|due to|thanks to)\b.*`)
)

// echoed is a yes before a fuller answer, and once more behind it: "yes we have time yes".
var echoed = regexp.MustCompile(`(?i)^\W*(?:yes|yeah|yep|aye)\b\W*(\b.+?)(?:\W+(?:yes|yeah|yep|aye))?\W*$`)

// ofAll are words that refer to all that is asked, or to the rest.
var ofAll = regexp.MustCompile(`(?i)\b(all|everything|rest|others?|none|nothing)\b`)

// namedIn finds the one fact of a step that a piece names.
func namedIn(step assessment.Step, piece string) (assessment.FactID, bool) {
	var names [][]string
	for _, id := range step.Facts {
		f, _ := assessment.Lookup(id)
		names = append(names, namesOf(f))
	}
	i, ok := handlers.Called(piece, names)
	if !ok {
		return "", false
	}
	return step.Facts[i], true
}

// reservations are what is to be said of what was put back, beside the answers: what of it was
// said in doubt, contradicts itself, or was not understood.
func (s scene) reservations(h assessment.Heard, step assessment.Step) (said []handlers.Part) {
	if !isAbout(h, step) {
		return nil
	}
	if doubt := s.doubted(h, step); doubt != "" {
		said = append(said, handlers.Note("You said “"+handlers.Shorten(doubt, maxShown)+"”, and I have counted it. If it should not count, say “no” and choose again."))
	}
	if s.contrary(h, step) != "" {
		said = append(said, handlers.Note(tickedBoth+" I will ask you which it is."))
	}
	if missed := s.missed(h.Text, step); missed != "" {
		said = append(said, handlers.Note("I did not understand “"+handlers.Shorten(missed, maxShown)+"”, so I have left it out for now."))
	}
	return said
}

// doubted is the part of what was put back that was said in doubt and counted: "1, 4 maybe".
func (s scene) doubted(h assessment.Heard, step assessment.Step) string {
	var doubts []string
	for _, piece := range pieces(h.Text) {
		if piece != h.Text && s.isDoubt(piece, step) {
			doubts = append(doubts, strings.TrimSpace(piece))
		}
	}
	return strings.Join(doubts, "; ")
}

// isDoubt reports whether a piece of a reply about reasons names some of them with a "maybe".
func (s scene) isDoubt(piece string, step assessment.Step) bool {
	f := step.First()
	bare := maybes.ReplaceAllString(unhedged(piece), "")
	if !f.Many || !halfMeant.MatchString(piece) || handlers.Fold(bare) == "" {
		return false
	}
	_, ok := formOf(s, step).Read(bare)
	return ok
}

// missed is the part of a reply about several things at once that was not understood.
func (s scene) missed(text string, step assessment.Step) string {
	if len(step.Facts) == 0 || onlySays(text) {
		return ""
	}
	if f := step.First(); len(step.Facts) == 1 && !f.Many {
		return ""
	}
	if _, signed := signs(formOf(s, step), text); signed && len(step.Facts) == 1 {
		return ""
	}
	_, rest := s.ticked(text, step)
	var left []string
	for _, piece := range pieces(rest) {
		_, named := namedIn(step, piece)
		if len(strings.Fields(piece)) > 1 && !named && !s.isDoubt(piece, step) && len(s.saidIn(piece, step)) == 0 && len(assessment.Suggest(piece)) == 0 {
			left = append(left, strings.TrimSpace(piece))
		}
	}
	return strings.Join(left, "; ")
}
