package assess

import (
	"fmt"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// maxTicks is how many things are offered to tick in one list: Slack draws ten.
const maxTicks = 6

// question draws a step with its answers and what else can be done.
func question(s scene, step assessment.Step) []handlers.Part {
	f, _ := assessment.Lookup(step.Facts[0])
	ask, help := f.Question, f.Help
	switch {
	case step.Ask != "":
		ask, help = step.Ask, ""
	case f.Part == assessment.Safeguard:
		ask = "Is this true today? " + f.Question + "."
	}
	parts := []handlers.Part{
		handlers.Note(progress(step)),
		handlers.Text(assessment.Wording(ask, s.status())),
	}
	if help != "" {
		parts = append(parts, handlers.Text(help))
	}
	if said := handlers.AnswerText(f, s.draft.Answers); said != "" && len(step.Facts) == 1 {
		parts = append(parts, handlers.Note("Your answer so far: "+handlers.Shorten(said, maxShown)))
	}
	switch {
	case step.Ticks:
		parts = append(parts, handlers.Part{Form: ticks(s, step)})
	case len(step.Facts) > 1:
		parts = append(parts, handlers.Part{Form: picks(s, step)})
	case f.Many:
		parts = append(parts, handlers.Part{Form: reasons(s, step, f)})
	case len(f.Words) > 0:
		parts = append(parts, handlers.Choose(answers(s, step, f)...))
	}
	return append(parts, handlers.ChooseMinor(controls(s, step)...))
}

// progress says where the person is. The title is not counted.
func progress(step assessment.Step) string {
	switch n := step.Number() - 1; {
	case n < 0:
		return "Changing one answer"
	case n == 0:
		return "First, a name for it"
	default:
		return fmt.Sprintf("Question %d of at most %d", n, len(assessment.Steps())-1)
	}
}

func (s scene) action(verb string, args ...string) handlers.Action {
	return handlers.Action{Verb: verb, Arg: strings.Join(append([]string{string(s.draft.ID)}, args...), " ")}
}

func answers(s scene, step assessment.Step, f assessment.Fact) []handlers.Choice {
	var choices []handlers.Choice
	for _, v := range f.Words {
		choices = append(choices, handlers.Choice{
			Label: v.Label(), Action: s.action(Answer, string(step.ID), string(v)), Words: spoken[v],
		})
	}
	return choices
}

func done(s scene, step assessment.Step) handlers.Choice {
	return handlers.Choice{Label: "Done", Action: s.action(Done, string(step.ID)), Primary: true,
		Words: []string{"done", "that's all", "finished"}}
}

// ticks asks a group as "tick what is true", in lists that fit a phone.
func ticks(s scene, step assessment.Step) *handlers.Form {
	form := &handlers.Form{Done: done(s, step)}
	for i, id := range step.Facts {
		if i%maxTicks == 0 {
			form.Fields = append(form.Fields, handlers.Field{
				ID: fmt.Sprintf("%s.%d", step.ID, i/maxTicks+1), Label: "Tick what is true today", Many: true})
		}
		f, _ := assessment.Lookup(id)
		field := &form.Fields[len(form.Fields)-1]
		field.Options = append(field.Options, handlers.Option{
			Value: string(id), Label: assessment.Wording(f.Question, s.status()), Words: []string{handlers.Fold(f.Label)},
			Chosen: s.draft.Answers[id].Word == assessment.Yes,
		})
	}
	return form
}

// picks asks for one word for each fact of a group.
func picks(s scene, step assessment.Step) *handlers.Form {
	form := &handlers.Form{Done: done(s, step)}
	for _, id := range step.Facts {
		f, _ := assessment.Lookup(id)
		field := handlers.Field{ID: string(id), Label: f.Label}
		for _, v := range f.Words {
			field.Options = append(field.Options, handlers.Option{
				Value: string(v), Label: v.Label(), Words: spoken[v], Chosen: s.draft.Answers[id].Word == v,
			})
		}
		form.Fields = append(form.Fields, field)
	}
	return form
}

// reasons asks for any number of the words of one fact.
func reasons(s scene, step assessment.Step, f assessment.Fact) *handlers.Form {
	field := handlers.Field{ID: string(f.ID), Label: f.Label, Many: true}
	for _, v := range f.Words {
		o := handlers.Option{Value: string(v), Label: v.Label(), Words: spoken[v]}
		for _, chosen := range s.draft.Answers[f.ID].Set {
			o.Chosen = o.Chosen || chosen == v
		}
		field.Options = append(field.Options, o)
	}
	return &handlers.Form{Fields: []handlers.Field{field}, Done: done(s, step)}
}

// controls are always there, as small choices or typed words.
func controls(s scene, step assessment.Step) []handlers.Choice {
	var choices []handlers.Choice
	if _, ok := assessment.Before(step.ID); ok {
		choices = append(choices, handlers.Choice{Label: "Back", Action: s.action(Back), Words: []string{"go back", "previous"}})
	}
	if len(step.Facts) > 1 {
		choices = append(choices, handlers.Choice{Label: "Not sure about any", Words: spoken[assessment.Unknown],
			Action: s.action(Answer, string(step.ID), string(assessment.Unknown))})
	}
	return append(choices,
		handlers.Choice{Label: "Why do you ask?", Action: s.action(Why, string(step.ID)),
			Words: []string{"why", "why do you ask", "why do you need that", "why do you need to know"}},
		handlers.Choice{Label: "Finish later", Action: s.action(Later),
			Words: []string{"later", "save", "save and finish later", "pause"}},
		handlers.Choice{Label: "Stop", Action: s.action(Stop), Words: []string{"quit", "cancel", "exit", "abandon"}},
	)
}

// summary shows every answer and the outcome they lead to, before anything is stored.
func summary(s scene) []handlers.Part {
	r := assessment.Evaluate(s.draft.Answers)
	advice := assessment.Advise(r.Outcome)
	parts := []handlers.Part{
		handlers.Heading("Your answers, before you submit them"),
		handlers.List(handlers.AnswerLines(s.draft.Answers, maxShown)...),
		handlers.Text("On these answers: " + assessment.Wording(advice.Says, s.status())),
		handlers.Note(assessment.Indicative + " Nothing is stored as a result until you submit it."),
	}
	if _, open := assessment.Next(s.draft.Answers); open {
		parts[0] = handlers.Heading("That settles it: no further answer can change the outcome")
	}
	return append(parts, closing(s)...)
}

// closing are the choices that go with the summary.
func closing(s scene) []handlers.Part {
	var minor []handlers.Choice
	if _, open := assessment.Next(s.draft.Answers); open {
		minor = append(minor, handlers.Choice{Label: "Carry on answering", Action: s.action(CarryOn),
			Words: []string{"carry on", "go on", "continue"}})
	}
	return []handlers.Part{
		handlers.Choose(
			handlers.Choice{Label: "Submit", Action: s.action(Submit), Primary: true,
				Words: []string{"yes", "send", "submit it", "ok", "okay"}},
			handlers.Choice{Label: "Change an answer", Action: s.action(Change), Words: []string{"change", "edit", "no"}},
		),
		handlers.ChooseMinor(append(minor,
			handlers.Choice{Label: "Back", Action: s.action(Back), Words: []string{"go back", "previous"}},
			handlers.Choice{Label: "Finish later", Action: s.action(Later), Words: []string{"later", "save", "pause"}},
			handlers.Choice{Label: "Stop", Action: s.action(Stop), Words: []string{"quit", "cancel", "exit"}},
		)...),
	}
}
