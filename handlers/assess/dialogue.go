package assess

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// maxAnswer is the longest text taken as an answer, in bytes: more than Slack lets a
// person type in one message.
const maxAnswer = 160_000

// maxShown is how much of an answer is shown back, in characters, and maxQuotes how
// many clauses are quoted at once: what a phone shows without much scrolling.
const (
	maxShown  = 200
	maxQuotes = 3
)

// Typed takes what is typed while a step is open.
func (a *Assess) Typed(ctx context.Context, req handlers.Request) (handlers.Effect, bool, error) {
	s, open, err := a.underWay(ctx, req)
	if err != nil || !open {
		return handlers.Effect{}, false, err
	}
	step, asking := current(s.draft)
	if handlers.IsQuestion(req.Text) {
		return handlers.Effect{}, false, nil
	}
	if !asking {
		parts := append([]handlers.Part{handlers.Text("I did not catch that. " + s.title() + " is ready to be submitted.")}, closing(s)...)
		return say(req, parts...), true, nil
	}
	f, _ := assessment.Lookup(step.Facts[0])
	switch {
	case len(f.Words) == 0:
		return a.store1(s, step, assessment.Answer{Text: strings.TrimSpace(req.Text)}), true, nil
	case len(step.Facts) == 1 && !f.Many:
		if v, rest, ok := readWord(req.Text, f.Words); ok {
			return a.store1(s, step, withReason(f, v, rest, s.draft.Answers[f.ID])), true, nil
		}
		if f.Explained {
			return a.store1(s, step, withReason(f, assessment.Yes, req.Text, s.draft.Answers[f.ID])), true, nil
		}
	case !f.Many:
		if _, _, ok := readWord(req.Text, []assessment.Value{assessment.Unknown}); ok {
			return a.storeAll(s, step, assessment.Unknown), true, nil
		}
	}
	return a.put(s, handlers.Text("I did not catch that as an answer. "+hint(step, f))), true, nil
}

// hint says what can be typed for a step.
func hint(step assessment.Step, f assessment.Fact) string {
	switch {
	case step.Ticks || f.Many:
		return "You can type the numbers of what is true, such as “1, 3 and 4”, or “all” or “none”."
	case len(step.Facts) > 1:
		return "You can type “yes to all”, one answer for each in order, or “time yes, money no”."
	}
	labels := make([]string, len(f.Words))
	for i, v := range f.Words {
		labels[i] = v.Label()
	}
	last := len(labels) - 1
	return "You can say " + strings.Join(labels[:last], ", ") + " or " + labels[last] + "."
}

// withReason keeps words given beside an answer: as its explanation where one is
// asked for, else as a note.
func withReason(f assessment.Fact, v assessment.Value, rest string, had assessment.Answer) assessment.Answer {
	given := assessment.Answer{Word: v, Note: had.Note}
	rest = strings.TrimSpace(rest)
	switch {
	case f.Explained && (v == assessment.Yes || v == assessment.Partly):
		given.Text = rest
		if rest == "" {
			given.Text = had.Text
		}
	case rest != "":
		given.Note = rest
	}
	return given
}

// Resume puts the open step again.
func (a *Assess) Resume(ctx context.Context, req handlers.Request) ([]handlers.Reply, error) {
	s, open, err := a.underWay(ctx, req)
	if err != nil || !open {
		return nil, err
	}
	parts := append([]handlers.Part{handlers.Note("Back to " + s.title() + ":")}, a.open(s)...)
	return []handlers.Reply{{To: req.Private(), Slot: slot, Parts: parts}}, nil
}

// underWay finds the draft that is open where the person speaks.
func (a *Assess) underWay(ctx context.Context, req handlers.Request) (scene, bool, error) {
	if req.Conversation.Draft == "" {
		return scene{}, false, nil
	}
	d, err := a.store.Draft(ctx, req.Team, req.Conversation.Draft)
	if errors.Is(err, handlers.ErrNotFound) {
		return scene{}, false, nil
	}
	return scene{Request: req, desk: req.Conversation, draft: d}, err == nil, err
}

// store1 stores the answer to a step of one fact and goes on.
func (a *Assess) store1(s scene, step assessment.Step, given assessment.Answer) handlers.Effect {
	if len(given.Text) > maxAnswer || len(given.Note) > maxAnswer {
		return a.put(s, handlers.Text("That is longer than I can keep. Please say it more briefly."))
	}
	f, _ := assessment.Lookup(step.Facts[0])
	if len(f.Words) == 0 && given.Text == "" {
		return a.put(s, handlers.Text("Please type a few words."))
	}
	s.draft.Answers = s.draft.Answers.Clone()
	s.draft.Answers[f.ID] = given
	if f.Explained && given.Word == assessment.Yes && given.Text == "" {
		return a.askHow(s, step)
	}
	return a.goneOn(s, step)
}

// storeAll gives every fact of a step the same word.
func (a *Assess) storeAll(s scene, step assessment.Step, v assessment.Value) handlers.Effect {
	s.draft.Answers = s.draft.Answers.Clone()
	for _, id := range step.Facts {
		s.draft.Answers[id] = assessment.Answer{Word: v, Note: s.draft.Answers[id].Note}
	}
	return a.goneOn(s, step)
}

// goneOn shows in the old message what was answered, and puts the next step.
func (a *Assess) goneOn(s scene, step assessment.Step) handlers.Effect {
	s.draft.At = ""
	e := a.put(s)
	answered := make([]string, 0, len(step.Facts))
	for _, id := range step.Facts {
		f, _ := assessment.Lookup(id)
		if said := handlers.AnswerText(f, s.draft.Answers); said != "" {
			answered = append(answered, handlers.Shorten(f.Label+": "+said, maxShown))
		}
	}
	e.Replies = append([]handlers.Reply{closed(s, handlers.Note("Answered"), handlers.List(answered...))}, e.Replies...)
	return e
}

// askHow asks for the words that a yes must be demonstrated with. It is the same step
// once more: what is typed is taken as the explanation.
func (a *Assess) askHow(s scene, step assessment.Step) handlers.Effect {
	s.draft.At = step.ID
	e := a.put(s)
	parts := []handlers.Part{
		handlers.Text("How would it? Please say it in a sentence or two. The protocol asks that it be demonstrated, so " +
			"without it this counts as “partly”, and setting out how becomes a condition."),
		handlers.Choose(handlers.Choice{Label: "I can't say yet", Words: []string{"skip", "can't say", "not yet"},
			Action: s.action(Answer, string(step.ID), string(assessment.Partly))}),
		handlers.ChooseMinor(controls(s, step)...),
	}
	e.Replies[len(e.Replies)-1].Parts = parts
	return e
}

// answer takes a chosen answer, if its step is still the open one.
func (a *Assess) answer(_ context.Context, s scene) (handlers.Effect, error) {
	step, ok := assessment.FindStep(assessment.StepID(s.arg(0)))
	v := assessment.Value(s.arg(1))
	if !ok {
		return a.put(s), nil
	}
	f, _ := assessment.Lookup(step.Facts[0])
	if now, open := current(s.draft); !open || now.ID != step.ID {
		return a.stale(s, step, s.draft.Answers[f.ID].Word == v), nil
	}
	switch {
	case len(step.Facts) > 1 && v == assessment.Unknown:
		return a.storeAll(s, step, v), nil
	case len(step.Facts) > 1 || !slices.Contains(f.Words, v) || f.Many:
		return a.put(s), nil
	}
	return a.store1(s, step, withReason(f, v, "", s.draft.Answers[f.ID])), nil
}

// stale answers a tap on a question that is no longer open. A second tap on the same
// answer changes nothing and says nothing.
func (a *Assess) stale(s scene, step assessment.Step, same bool) handlers.Effect {
	if same {
		return handlers.Effect{}
	}
	f, _ := assessment.Lookup(step.Facts[0])
	return a.put(s, handlers.Text(fmt.Sprintf("You have already answered “%s”. You can change it in the summary, or with "+
		"Back. Here is where we are:", f.Label)))
}

// done takes a form.
func (a *Assess) done(_ context.Context, s scene) (handlers.Effect, error) {
	step, ok := assessment.FindStep(assessment.StepID(s.arg(0)))
	if !ok {
		return a.put(s), nil
	}
	if now, open := current(s.draft); !open || now.ID != step.ID {
		return a.stale(s, step, len(step.Open(s.draft.Answers)) == 0), nil
	}
	s.draft.Answers = s.draft.Answers.Clone()
	if step.Ticks {
		s.takeTicks(step)
	} else {
		s.takePicks(step)
	}
	missing := step.Open(s.draft.Answers)
	if _, decided := assessment.Decided(s.draft.Answers); len(missing) > 0 && !decided {
		labels := make([]string, len(missing))
		for i, id := range missing {
			f, _ := assessment.Lookup(id)
			labels[i] = f.Label
		}
		return a.put(s, handlers.Text("Still to answer here: "+strings.Join(labels, ", ")+".")), nil
	}
	return a.goneOn(s, step), nil
}

// takeTicks reads a form of ticks: what is ticked is true. What is not is a no, unless
// the person has said something finer about it before.
func (s scene) takeTicks(step assessment.Step) {
	var ticked []string
	for _, values := range s.Values {
		ticked = append(ticked, values...)
	}
	for _, id := range step.Facts {
		given := s.draft.Answers[id]
		switch {
		case slices.Contains(ticked, string(id)):
			given.Word = assessment.Yes
		case given.Word == assessment.Yes || given.Word == "":
			given.Word = assessment.No
		}
		s.draft.Answers[id] = given
	}
}

// takePicks reads a form in which a word, or any number of words, is picked for each
// fact. What the fact does not allow is passed over.
func (s scene) takePicks(step assessment.Step) {
	for _, id := range step.Facts {
		f, _ := assessment.Lookup(id)
		given := s.draft.Answers[id]
		given.Set = nil
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
			s.draft.Answers[id] = given
		}
	}
}

// why quotes what a step rests on and says what the answer decides.
func (a *Assess) why(_ context.Context, s scene) (handlers.Effect, error) {
	step, ok := current(s.draft)
	if !ok {
		return a.put(s), nil
	}
	first, _ := assessment.Lookup(step.Facts[0])
	parts := []handlers.Part{handlers.Text(first.Decides)}
	var places []string
	var shown []knowledge.ClauseID
	for _, id := range step.Facts {
		f, _ := assessment.Lookup(id)
		for _, clause := range f.Clauses[:min(1, len(f.Clauses))] {
			p, err := a.protocol.Passage(clause)
			if err != nil {
				return handlers.Effect{}, err
			}
			places = append(places, f.Label+": "+p.Citation)
			if !slices.Contains(shown, clause) {
				shown = append(shown, clause)
				parts = append(parts, handlers.Quote(p))
			}
		}
	}
	if len(shown) > maxQuotes {
		parts = []handlers.Part{parts[0], handlers.Text("Each rests on its own part of the protocol:"), handlers.List(places...)}
	}
	return a.put(s, parts...), nil
}

func (a *Assess) goOn(_ context.Context, s scene) (handlers.Effect, error) {
	return a.put(s), nil
}

func (a *Assess) carryOn(_ context.Context, s scene) (handlers.Effect, error) {
	s.draft.CarryOn = true
	return a.put(s), nil
}

// back goes to the step before the open one, or from the summary to the last answer.
func (a *Assess) back(_ context.Context, s scene) (handlers.Effect, error) {
	now, open := current(s.draft)
	before, ok := assessment.Before(now.ID)
	if !open {
		before, ok = lastAnswered(s.draft.Answers)
	}
	if !ok {
		return a.put(s, handlers.Text("This is where it begins.")), nil
	}
	s.draft.At = before.ID
	return a.put(s), nil
}

func lastAnswered(a assessment.Answers) (last assessment.Step, ok bool) {
	for _, step := range assessment.Steps() {
		if len(step.Open(a)) == 0 {
			last, ok = step, true
		}
	}
	return last, ok
}

func (a *Assess) later(_ context.Context, s scene) (handlers.Effect, error) {
	s.desk.Draft = ""
	e := say(s.Request, handlers.Text("Saved. Say “assess” when you want to go on with "+s.title()+"."))
	e.Conversations = []handlers.Conversation{s.desk}
	return e, nil
}

func (a *Assess) stop(_ context.Context, s scene) (handlers.Effect, error) {
	return say(s.Request,
		handlers.Text("Keep "+s.title()+" for later, or discard it? Discarding cannot be undone."),
		handlers.Choose(
			handlers.Choice{Label: "Keep it for later", Action: s.action(Later), Words: []string{"keep", "later", "save"}},
			handlers.Choice{Label: "Discard it", Action: s.action(Discard), Danger: true, Words: []string{"discard", "delete", "yes"}},
			handlers.Choice{Label: "Go on", Action: s.action(GoOn), Words: []string{"carry on", "continue", "no", "back"}},
		)), nil
}

func (a *Assess) discard(_ context.Context, s scene) (handlers.Effect, error) {
	s.desk.Draft = ""
	e := say(s.Request, handlers.Text("Discarded. Nothing was stored."))
	e.Replies = append([]handlers.Reply{closed(s, handlers.Text("This assessment was discarded."))}, e.Replies...)
	e.Dropped = []assessment.Draft{s.draft}
	e.Conversations = []handlers.Conversation{s.desk}
	return e, nil
}

// change puts one step or answer again, or asks which.
func (a *Assess) change(_ context.Context, s scene) (handlers.Effect, error) {
	step, ok := assessment.FindStep(assessment.StepID(s.arg(0)))
	var choices []handlers.Choice
	switch {
	case ok && len(step.Facts) == 1:
		s.draft.At = step.ID
		return a.put(s), nil
	case ok:
		for _, id := range step.Facts {
			f, _ := assessment.Lookup(id)
			choices = append(choices, handlers.Choice{Label: f.Label, Action: s.action(Change, string(id))})
		}
	default:
		for _, step := range assessment.Steps() {
			if len(step.Open(s.draft.Answers)) < len(step.Facts) {
				f, _ := assessment.Lookup(step.Facts[0])
				choices = append(choices, handlers.Choice{Label: cmp.Or(step.Label, f.Label), Action: s.action(Change, string(step.ID))})
			}
		}
	}
	return say(s.Request, handlers.Text("Which answer do you want to change?"), handlers.Choose(choices...),
		handlers.ChooseMinor(handlers.Choice{Label: "None", Action: s.action(GoOn), Words: []string{"back", "cancel", "none of them"}})), nil
}
