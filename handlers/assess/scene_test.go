package assess

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// TestSceneCopied: whatever is done to a copy of a scene, the scene itself stays as it was.
func TestSceneCopied(t *testing.T) {
	ticks := assessment.StepOf(assessment.AgreementOrTerms)
	if !ticks.Ticks {
		t.Fatalf("%q is no list of ticks", ticks.ID)
	}
	open := func() scene {
		draft := assessment.Draft{
			Answers: assessment.Answers{ticks.Facts[0]: {Word: assessment.Yes, Note: "as it was"}},
			Notes:   map[assessment.FactID]string{ticks.Facts[1]: "as it was"},
			Beside:  map[assessment.FactID]string{ticks.Facts[1]: "as it was"},
		}
		s := newScene(handlers.Request{}, handlers.Conversation{}, draft)
		s.before = append(make([]handlers.Part, 0, 4), handlers.Text("as it was"))
		return s
	}
	for name, change := range map[string]func(*scene){
		"a new answer":        func(s *scene) { s.give(assessment.Aim, assessment.Answer{Text: "now"}) },
		"another answer":      func(s *scene) { s.give(ticks.Facts[0], assessment.Answer{Word: assessment.No}) },
		"a note":              func(s *scene) { s.setNote(ticks.Facts[0], "now") },
		"a note of no answer": func(s *scene) { s.setNote(assessment.Aim, "now") },
		"words beside":        func(s *scene) { s.forgetBeside(ticks) },
		"the rest": func(s *scene) {
			s.Text = "no to the rest"
			s.takeRest(ticks)
		},
		"ticked and not needed": func(s *scene) {
			id := string(assessment.AgreementOrTerms)
			s.Values = map[string][]string{"ticks": {id, tickValue(assessment.AgreementOrTerms, assessment.NotApplicable)}}
			s.takeTicks(ticks)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open()
			changed := s
			if change(&changed); cmp.Equal(changed.draft, s.draft) {
				t.Fatal("nothing was changed")
			}
			if diff := cmp.Diff(open().draft, s.draft); diff != "" {
				t.Errorf("the scene that was copied (-was +is):\n%s", diff)
			}
		})
	}
	s := open()
	first, second := s, s
	first.sayFirst(handlers.Text("one"))
	second.sayFirst(handlers.Text("two"))
	if diff := cmp.Diff([]handlers.Part{handlers.Text("as it was"), handlers.Text("one")}, first.before); diff != "" {
		t.Errorf("what is said before, in one of two copies (-want +got):\n%s", diff)
	}
}
