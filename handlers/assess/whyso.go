package assess

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/search"
)

// explained is what can be asked of the summary in the words that ask it of a result.
var explained = map[search.Intent]func(r assessment.Record, asked string) []handlers.Part{
	search.ResultWhy:        handlers.Why,
	search.ResultNext:       func(r assessment.Record, _ string) []handlers.Part { return handlers.NextSteps(handlers.Case{}, r) },
	search.ResultClauses:    func(r assessment.Record, _ string) []handlers.Part { return handlers.Clauses(r) },
	search.ResultConditions: func(r assessment.Record, _ string) []handlers.Part { return handlers.AllToDo(handlers.Case{}, r) },
}

// because says what of the person's words a suggestion rests on, or what was understood; where
// nothing was suggested, what the question is for.
func (a *Assess) because(ctx context.Context, s scene) (handlers.Effect, error) {
	o := a.open(s.draft)
	if o.kind == confirming {
		return a.put(s, handlers.Text("You said: "+quoted(s.draft.Heard.Text)+". That is all it rests on, and nothing counts until you say that it is right.")), nil
	}
	hints := s.hints()
	var lines []string
	for _, id := range o.step.Facts {
		if h, ok := hints[id]; ok {
			f, _ := assessment.Lookup(id)
			lines = append(lines, f.Label+": you told me "+because(h))
		}
	}
	switch {
	case len(lines) > 0:
		return a.put(s, handlers.Text("Only from your own words, which I may have read wrongly:"), handlers.List(lines...)), nil
	case o.asks():
		s.args = []string{string(o.step.ID)}
		return a.why(ctx, s)
	}
	return a.put(s), nil
}

// whySo says at the summary why the answers so far lead to their outcome, and what follows.
func (a *Assess) whySo(_ context.Context, s scene, o open) (handlers.Effect, bool, error) {
	explain, ok := explained[search.Said(s.Text, search.OfResult...)]
	if !ok || o.kind != reviewing {
		return handlers.Effect{}, false, nil
	}
	r := assessment.Record{Answers: s.allAnswers(), Versions: assessment.Present(a.protocol)}
	var err error
	if r.Trace, err = assessment.NewTrace(a.protocol, r.Answers); err != nil {
		return handlers.Effect{}, false, err
	}
	return s.Tell(append(explain(r, s.Text), closing(s)...)...), true, nil
}

// whyNumber asks for the reason of a question, or of a line of what is open, by its number.
var whyNumber = regexp.MustCompile(`^(?:(?:but|and|so|ok|sorry) )*(?:why|explain|(?:what's|what is) the (?:point|reason|use)(?: (?:of|for|behind))?)(?: (?:do|did|does|is|was|have|are|you|i|we|ask|asked|need|want|about|for|the|me|to|answer|know|say))*` +
	` (?:(number|no|nr|question|q|line|point|row|item|tick|one) ?)?(\d{1,2}|` + handlers.Numerals + `)(?: (?:is|was|asked|needed|there|important|necessary|relevant|matters?|please|for|so))*$`)

// whyOf says why a question or a line is asked that is named by its number or, where something is
// asked, by its name: "why number 10?", "why the money?".
func (a *Assess) whyOf(_ context.Context, s scene, o open) (e handlers.Effect, ok bool, err error) {
	if o.kind == deciding || len(s.Text) > longestSaying {
		return e, false, nil
	}
	said := handlers.Fold(handlers.Curt(s.Text))
	if m := whyNumber.FindStringSubmatch(said); m != nil {
		n := handlers.Number(m[2])
		ids := s.numbered(o.step, n, m[1])
		if len(ids) == 0 {
			return a.put(s, handlers.Text(fmt.Sprintf("I have no question %d.", n))), true, nil
		}
		return handlers.Taken(a.reason(s, ids))
	}
	name, asks := strings.CutPrefix(said, "why ")
	f, named := exactly(strings.TrimPrefix(name, "do you ask about "))
	if !asks || !named || !o.asks() {
		return e, false, nil
	}
	return handlers.Taken(a.reason(s, []assessment.FactID{f.ID}))
}

// numbered are the facts behind a number: of a line of what is open, unless it is called a question,
// or of a question.
func (s scene) numbered(open assessment.Step, n int, called string) []assessment.FactID {
	if len(open.Facts) > 1 && called != "question" && called != "q" {
		var lines []assessment.FactID
		for _, field := range formOf(s, open).Fields {
			if !field.Many {
				lines = append(lines, assessment.FactID(field.ID))
				continue
			}
			for _, o := range field.Options {
				id, _, _ := strings.Cut(o.Value, " ")
				lines = append(lines, assessment.FactID(id))
			}
		}
		if n <= len(lines) {
			return lines[n-1 : n]
		}
	}
	steps := assessment.Steps()
	i := slices.IndexFunc(steps, func(step assessment.Step) bool { return step.Number() == n+1 }) // the title is not counted
	if i < 0 {
		return nil
	}
	return steps[i].Facts
}

// reason says what answers decide and what they rest on, and puts what is open again.
func (a *Assess) reason(s scene, ids []assessment.FactID) (handlers.Effect, error) {
	f, _ := assessment.Lookup(ids[0])
	called := f.Label
	if len(ids) > 1 {
		called = assessment.StepOf(f.ID).Called()
	}
	parts := []handlers.Part{handlers.Note("About “" + called + "”:"), handlers.Text(cmp.Or(f.Decides, assessment.Wording(f.Plain(), s.status())))}
	for _, clause := range f.Clauses[:min(1, len(f.Clauses))] {
		p, err := a.protocol.Passage(clause)
		if err != nil {
			return handlers.Effect{}, err
		}
		parts = append(parts, handlers.Quote(p))
	}
	if a.open(s.draft).kind == reviewing {
		return s.Tell(append(parts, closing(s)...)...), nil
	}
	return a.put(s, parts...), nil
}
