package assess

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// What waits to be confirmed waits until it is confirmed, refused or replaced, whatever is said in
// between.

// unsettled takes what neither confirms nor refuses in so many words what was understood. What
// is said instead of it, and another answer, take its place; else it still waits.
func (a *Assess) unsettled(ctx context.Context, s scene, step assessment.Step, asking bool) (handlers.Effect, error) {
	had := s.draft.Heard
	if m, ok := mendOf(s.Text); ok && m.marked && m.fact.ID == "" && m.said != "" && !had.Note { // "sorry, meant partly"
		s.Text = m.said
	}
	_, _, yes := firstWord(s.Text, []assessment.Value{assessment.Yes})
	rest := afterNo(s.Text)
	switch {
	case rest != s.Text:
		s.refuse()
		s.Text, s.draft.Heard = rest, nil
		if e, ok, err := a.answersClerk(ctx, s, a.open(s.draft)); ok || err != nil {
			return e, err
		}
		if e, ok := a.read(s, step, asking); ok {
			return e, nil
		}
		return a.put(s, handlers.Text("All right, I have not taken that as your answer. I did not understand "+quoted(rest)+". Here is the question again:")), nil
	case had.Note && goingOn.MatchString(s.Text):
		s.draft.Heard = &assessment.Heard{Text: joined(had.Text, strings.TrimSpace(s.Text)), Note: true}
		return a.put(s), nil
	case !had.Note && !yes:
		reads := s
		reads.draft.Heard, reads.waits, reads.waitsAt = nil, had, step
		e, ok := a.read(reads, step, asking)
		switch {
		case ok && len(e.Drafts) > 0 && e.Drafts[0].Heard != nil:
			return a.together(s, step, e.Drafts[0]), nil
		case ok && (len(e.Drafts) > 0 || listens(s.draft)):
			return e, nil
		}
	}
	return a.put(s, handlers.Text("Sorry, I did not understand that, so I have not changed anything. This still waits for your yes or no:")), nil
}

// together puts back what was answered now with what still waits: else the next question would be
// answered before it is seen.
func (a *Assess) together(s scene, step assessment.Step, now assessment.Draft) handlers.Effect {
	read := s.withWords(*now.Heard, step)
	for id, given := range now.Answers {
		if !same(given, s.had[id]) {
			read[id] = given
		}
	}
	text, plain := now.Heard.Text, now.Heard.Plain
	if len(read) > len(now.Heard.Answers) {
		plain = true
	} else {
		read = now.Heard.Answers
	}
	s.draft.Heard, s.waits = &assessment.Heard{Text: text, Answers: read, Plain: plain}, nil
	return a.put(s)
}

// goingOn begins what is said besides.
var goingOn = regexp.MustCompile(`(?i)^\W*(?:and|also|plus|oh and|as well as)\b`)

// stillWaits has what waits to be confirmed wait on, beside what is understood now, but for what
// was answered or understood otherwise. Of the two, each answer keeps its own words.
func (s *scene) stillWaits() {
	if s.waits == nil {
		return
	}
	left, now := s.waits.Answers.Clone(), s.draft.Heard
	maps.DeleteFunc(left, func(id assessment.FactID, _ assessment.Answer) bool { return !same(s.draft.Answers[id], s.had[id]) })
	if now != nil {
		left = without(left, now.Answers)
	}
	switch {
	case len(left) == 0:
	case now == nil:
		s.draft.Heard = &assessment.Heard{Text: s.waits.Text, Answers: left, Plain: s.waits.Plain}
	default:
		read := s.withWords(*now, s.waitsAt)
		maps.Copy(read, s.withWords(assessment.Heard{Text: s.waits.Text, Answers: left, Plain: s.waits.Plain}, s.waitsAt))
		s.draft.Heard = &assessment.Heard{Text: joined(s.waits.Text, now.Text), Answers: read, Plain: true}
	}
}

// withWords are answers with the words that each was understood of, where those say more.
func (s scene) withWords(h assessment.Heard, step assessment.Step) assessment.Answers {
	read, notes := h.Answers.Clone(), map[assessment.FactID]string{}
	if len(step.Facts) > 1 && !h.Plain {
		notes = s.wordsOn(h.Text, step)
	}
	for id, given := range read {
		switch {
		case h.Plain || given.Text != "" || given.Note != "":
			continue
		case len(step.Facts) > 1:
			given.Note = notes[id]
		default:
			given.Note = h.Text
		}
		read[id] = given
	}
	return read
}

// answered has nothing wait any more that is about a step.
func (s *scene) answered(step assessment.Step) {
	if s.waits != nil {
		left := *s.waits
		left.Answers = left.Answers.Clone()
		maps.DeleteFunc(left.Answers, func(id assessment.FactID, _ assessment.Answer) bool { return slices.Contains(step.Facts, id) })
		s.waits = &left
	}
}
