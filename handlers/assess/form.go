package assess

import (
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// take reads what was ticked or picked.
func (s *scene) take(step assessment.Step) {
	if step.Ticks {
		s.takeTicks(step)
	} else {
		s.takePicks(step)
	}
}

// filled goes on after a form, or asks for what is left of it.
func (a *Assess) filled(s scene, step assessment.Step, before ...handlers.Part) handlers.Effect {
	if s.both != "" {
		s.aside()
		s.draft.At, s.draft.Last = assessment.StepID(s.both), step.ID
		return a.put(s, handlers.Text(tickedBoth+" Which is it?"))
	}
	if _, decided := assessment.Decided(s.draft.Answers); len(step.Open(s.draft.Answers)) > 0 && (!decided || s.draft.CarryOn) {
		s.aside()
		return a.put(s, before...)
	}
	return a.goneOn(s, step, before...)
}

// tickedBoth says that two ticks contradict each other.
const tickedBoth = "You ticked both that there is one and that none is needed."

// contrary is the fact of which a reply that was put back ticks both, so that it is in neither.
func (s scene) contrary(h assessment.Heard, step assessment.Step) assessment.FactID {
	if !step.Ticks || !isAbout(h, step) {
		return ""
	}
	values, _ := formOf(s, step).HearTicks(unhedged(h.Text))
	if values == nil {
		return ""
	}
	s.Values = values
	s.take(step)
	return s.both
}

// vague reports whether several things are answered by one vague word: "a bit".
func (s scene) vague(step assessment.Step) bool {
	v, ok := plainWord(s.Text, assessment.Gates())
	return ok && v == assessment.Partly && len(step.Facts) > 1 && handlers.Fold(s.Text) != "partly"
}

// unticked says what a typed reply leaves of the ticks that were shown with a list: what it does
// not name is taken off, and what says that something is not needed stands.
func (s scene) unticked(step assessment.Step) (said []handlers.Part) {
	form := formOf(s, step)
	if s.Text == "" || form == nil || !form.Fields[0].Many || s.begun(step) {
		return nil
	}
	var off, on, now []string
	for _, field := range form.Fields {
		for _, o := range field.Options {
			switch ticked := slices.Contains(s.Values[field.ID], o.Value); {
			case o.Chosen && !ticked:
				off = append(off, o.Label)
			case o.Chosen && o.Apart:
				on = append(on, o.Label)
			case o.Apart && ticked && excepting.MatchString(s.Text):
				now = append(now, o.Label)
			}
		}
	}
	if len(off) > 0 {
		said = append(said, handlers.Text("No longer ticked: "+strings.Join(off, "; ")+"."))
	}
	if len(on) > 0 {
		said = append(said, handlers.Text("Still ticked: "+strings.Join(on, "; ")+"."))
	}
	if len(now) > 0 {
		said = append(said, handlers.Text("Ticked as well, as you did not except it: "+strings.Join(now, "; ")+"."))
	}
	return said
}

// filledIn puts back a form that was answered vaguely or with a question mark: "all?".
func (a *Assess) filledIn(s scene, step assessment.Step, filled assessment.Answers) handlers.Effect {
	read := assessment.Answers{}
	for _, id := range step.Facts {
		now := filled[id]
		if fits(assessment.Suggestion{Fact: id, Answer: now}) && !same(now, s.draft.Answers[id]) {
			read[id] = assessment.Answer{Word: now.Word, Set: now.Set}
		}
	}
	if len(read) == 0 {
		return a.notRead(s, step, true)
	}
	s.draft.Heard = &assessment.Heard{Text: s.Text, Answers: read, Plain: true}
	return a.put(s)
}

// takeTicks reads a form of ticks: what is ticked is true. What is not is a no, unless
// the person was not sure of it before.
func (s *scene) takeTicks(step assessment.Step) {
	var ticked []string
	for _, values := range s.Values {
		ticked = append(ticked, values...)
	}
	stand := s.begun(step)
	for _, id := range step.Facts {
		given := assessment.Answer{Word: s.draft.Answers[id].Word}
		there := slices.Contains(ticked, string(id))
		partly := slices.Contains(ticked, tickValue(id, assessment.Partly))
		spared := slices.Contains(ticked, tickValue(id, assessment.NotApplicable))
		switch {
		case stand && given.Word != "" && !there:
			continue
		case spared && (there || partly):
			s.both = id // it cannot be
			given.Word = ""
		case there:
			given.Word = assessment.Yes
		case spared:
			given.Word = assessment.NotApplicable
		case partly:
			given.Word = assessment.Partly
		case given.Word != assessment.Unknown:
			given.Word = assessment.No
		}
		s.give(id, given)
	}
	if s.both != "" {
		note := s.draft.Answers[s.both].Note
		s.draft.Answers = without(s.draft.Answers, assessment.Answers{s.both: {}})
		s.setNote(s.both, note)
	}
}

// begun reports whether some of a list were answered by name, and the others are typed now: then
// those stand.
func (s scene) begun(step assessment.Step) bool {
	open := len(step.Open(s.draft.Answers))
	return s.Text != "" && open > 0 && open < len(step.Facts)
}

// takePicks reads a form in which a word, or any number of words, is picked for each
// fact. What the fact does not allow is passed over.
func (s *scene) takePicks(step assessment.Step) {
	for _, id := range step.Facts {
		f, _ := assessment.Lookup(id)
		given := assessment.Answer{Word: s.draft.Answers[id].Word}
		for _, v := range s.Values[string(id)] {
			switch v := assessment.Value(v); {
			case !slices.Contains(f.Words, v):
			case f.Many:
				given.Set = append(given.Set, v)
			default:
				given.Word = v
			}
		}
		if f.Many || given.Word != "" {
			s.give(id, given)
		}
	}
}
