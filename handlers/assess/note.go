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

// A note belongs to one fact. Until that is answered it waits in the draft, because an
// entry among the answers may count as one.

func (s scene) noteOn(id assessment.FactID) string {
	if n := s.draft.Answers[id].Note; n != "" {
		return n
	}
	return s.draft.Notes[id]
}

func (s *scene) setNote(id assessment.FactID, note string) {
	if s.draft.Answers.Given(id) {
		given := s.draft.Answers[id]
		given.Note = note
		s.keep(id, given)
		return
	}
	s.draft.Notes = with(s.draft.Notes, id, note)
}

// keep puts an answer in place of the one there is.
func (s *scene) keep(id assessment.FactID, given assessment.Answer) {
	s.draft.Answers = s.draft.Answers.Clone()
	s.draft.Answers[id] = given
}

// sayFirst has something said before what is put.
func (s *scene) sayFirst(part handlers.Part) {
	s.before = slices.Concat(s.before, []handlers.Part{part})
}

// with is a map with one entry changed, or without it where that is empty. The map that it
// is made of stays as it is: it belongs to what is stored.
func with[V comparable](m map[assessment.FactID]V, id assessment.FactID, v V) map[assessment.FactID]V {
	changed := map[assessment.FactID]V{}
	maps.Copy(changed, m)
	changed[id] = v
	if v == *new(V) {
		delete(changed, id)
	}
	return changed
}

// give stores an answer. Its note holds the words that came with it: they are added to what
// was noted before, and go when the answer changes, as they may contradict the new one.
func (s *scene) give(id assessment.FactID, given assessment.Answer) {
	had, note, words := s.draft.Answers[id], s.noteOn(id), s.draft.Beside[id]
	if s.draft.Answers.Given(id) && (had.Word != given.Word || !slices.Equal(had.Set, given.Set)) && note != "" {
		note = linesOff(note, words)
		s.sayFirst(noteAfter(id, words, note))
		words = ""
	}
	if given.Note = bareNote(given.Note); !holds(note, given.Note) {
		words = joined(words, given.Note)
	}
	given.Note = joined(note, given.Note)
	s.draft.Notes = with(s.draft.Notes, id, "")
	s.keep(id, given)
	s.draft.Beside = with(s.draft.Beside, id, words)
}

// noteAfter says what happened to the note on an answer that was changed.
func noteAfter(id assessment.FactID, gone, kept string) handlers.Part {
	f, _ := assessment.Lookup(id)
	if kept == "" {
		return handlers.Note("The note “" + handlers.Shorten(gone, maxShown) + "” came with your earlier answer, so I have taken it off.")
	}
	return handlers.Note("Your note on “" + f.Label + "” stays: “" + handlers.Shorten(kept, maxShown) + "”. Say “remove the note on " +
		strings.ToLower(f.Label) + "” if it no longer fits.")
}

// holds reports whether a note has all the lines of another, as they stand there. A part of
// a line is another note.
func holds(note, lines string) bool { return strings.Contains("\n"+note+"\n", "\n"+lines+"\n") }

// linesOff takes lines off a note, each once.
func linesOff(note, lines string) string {
	left := strings.Split(note, "\n")
	for line := range strings.Lines(lines) {
		if i := slices.Index(left, strings.TrimSuffix(line, "\n")); i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
	}
	return strings.Trim(strings.Join(left, "\n"), "\n")
}

// forgetBeside drops the words that were to be a note on an answer, where the person turns
// to something else before giving one.
func (s *scene) forgetBeside(step assessment.Step) {
	for _, id := range step.Facts {
		words := s.draft.Beside[id]
		if words == "" || s.draft.Answers.Given(id) {
			continue
		}
		s.setNote(id, linesOff(s.noteOn(id), words))
		s.draft.Beside = with(s.draft.Beside, id, "")
		s.sayFirst(handlers.Note("I have not kept " + quoted(words) + ", as you gave no answer with it."))
	}
}

// joined adds to a note, saying nothing twice.
func joined(had, more string) string {
	switch {
	case more == "" || holds(had, more):
		return had
	case had == "":
		return more
	}
	return had + "\n" + more
}

// note asks for a note on the open step, or which fact it is about.
func (a *Assess) note(_ context.Context, s scene) (handlers.Effect, error) {
	step, ok := assessment.FindStep(assessment.StepID(s.arg(0)))
	if !ok || len(step.Facts) > 1 {
		return a.choose(s, step, ok, Note, "What is the note about?"), nil
	}
	id := step.Facts[0]
	f, _ := assessment.Lookup(id)
	parts := []handlers.Part{handlers.Text("Type your note on “" + f.Label + "”. I keep all of it with the answer.")}
	minor := []handlers.Choice{{Label: "No note", Action: s.action(handlers.AssessGoOn), Words: []string{"cancel", "back", "none", "no"}}}
	if had := s.noteOn(id); had != "" {
		parts = append(parts, handlers.Note("So far: "+handlers.Shorten(had, maxShown)+"\nWhat you type now will be added."))
		minor = append(minor, handlers.Choice{Label: "Remove the note", Action: s.action(Unnote, string(id)), Words: []string{"remove", "remove it", "delete"}})
	}
	return s.write("Add a note", oneInput(f.Label, ""), s.action(Noted, string(id)), append(parts, handlers.ChooseMinor(minor...))...), nil
}

// write has the person write something: in a window where there are any, else as what
// is typed next.
func (s scene) write(title string, inputs []handlers.Input, save handlers.Action, prompt ...handlers.Part) handlers.Effect {
	e := s.Tell(prompt...)
	if s.Trigger != "" {
		e.Replies[0].Window = &handlers.Window{Trigger: s.Trigger, Title: title, Save: save, Inputs: inputs}
	}
	save.Arg += " " + inTalk
	s.desk.Draft, s.desk.Awaits = s.draft.ID, save
	e.Conversations = []handlers.Conversation{s.desk}
	return e
}

// oneInput takes words, with those that stand there now.
func oneInput(label, now string) []handlers.Input {
	return []handlers.Input{{ID: handlers.TextInput, Label: label, Kind: handlers.LinesInput, Value: now}}
}

// What is awaited and typed in the conversation, not in a window, may be something else
// than what is awaited. inTalk says where it was typed; asSaid goes before words that the
// person has said are what was awaited.
const (
	inTalk = "typed"
	asSaid = "said"
)

// maxAside is the longest text that is asked about, in bytes: it has to fit into a button.
const maxAside = 600

// instead handles what is typed in place of the awaited words: a command is obeyed, and the
// person is asked about what may be a question.
func (a *Assess) instead(ctx context.Context, s scene, awaited string) (handlers.Effect, bool, error) {
	if s.arg(1) != inTalk {
		return handlers.Effect{}, false, nil
	}
	if keeping.MatchString(handlers.Fold(s.Text)) {
		return a.unwritten(s), true, nil
	}
	if act, ok := offered(a.openReply(s).Parts, s.Text); ok && slices.Contains([]string{Why, Back, Later, Stop, ToSummary, Skip}, act.Verb) {
		s.args = strings.Fields(act.Arg)[1:]
		return handlers.Taken(a.steps()[act.Verb](ctx, s))
	}
	if len(s.Text) > maxAside || !isQuestion(wordsWanted, true, s.Text) && !maybeAsked(s.Text) {
		return handlers.Effect{}, false, nil
	}
	return s.whether(awaited, s.arg(0)), true, nil
}

// unwritten goes on without the words that were awaited.
func (a *Assess) unwritten(s scene) handlers.Effect {
	s.short = true
	return a.put(s, handlers.Text("All right. Nothing has changed."))
}

// whether asks if words are a question, or are to be written down under a fact.
func (s scene) whether(awaited, fact string) handlers.Effect {
	ask := "Is that a question, or shall I write it down?"
	if s.changing || s.arg(1) == inTalk {
		ask += " “cancel” leaves all as it was."
	}
	e := s.Tell(handlers.Text(ask), handlers.Choose(
		handlers.Choice{Label: "It is a question", Action: handlers.Action{Verb: handlers.AskQuestion, Arg: s.Text},
			Words: []string{"question", "a question", "it's a question", "ask"}},
		handlers.Choice{Label: "Write it down", Action: s.action(awaited, fact, asSaid, s.Text),
			Words: []string{"note", "my note", "a note", "it's my note", "it's a note", "write it", "yes"}}))
	s.desk.Told = s.Text
	e.Conversations = []handlers.Conversation{s.desk}
	return e
}

// wordsWanted stands for any step that is answered in free text.
var wordsWanted, _ = assessment.FindStep(assessment.StepID(assessment.Aim))

// awaitedText is what was typed, or was said before to be what was awaited.
func (s scene) awaitedText() string {
	if s.arg(1) == asSaid {
		if parts := strings.SplitN(s.Action.Arg, " ", 4); len(parts) == 4 {
			return strings.TrimSpace(parts[3])
		}
	}
	return strings.TrimSpace(s.Text)
}

// noted keeps a note and goes on where the person was.
func (a *Assess) noted(ctx context.Context, s scene) (handlers.Effect, error) {
	if e, ok, err := a.instead(ctx, s, Noted); ok || err != nil {
		return e, err
	}
	f, ok := assessment.Lookup(assessment.FactID(s.arg(0)))
	text := bareNote(s.awaitedText())
	if !ok || text == "" {
		return a.put(s), nil
	}
	note := joined(s.noteOn(f.ID), text)
	if len(note) > maxAnswer {
		return a.put(s, handlers.Text("That is longer than I can keep. Please say it more briefly.")), nil
	}
	s.setNote(f.ID, note)
	s.short = true
	return a.put(s, handlers.Text("Noted on “"+f.Label+"”: "+handlers.Shorten(text, maxShown))), nil
}

func (a *Assess) unnote(_ context.Context, s scene) (handlers.Effect, error) {
	f, ok := assessment.Lookup(assessment.FactID(s.arg(0)))
	if !ok {
		return a.put(s), nil
	}
	s.setNote(f.ID, "")
	s.draft.Beside = with(s.draft.Beside, f.ID, "")
	s.short = true
	return a.put(s, handlers.Text("The note on “"+f.Label+"” is removed.")), nil
}

// cutNote reads "note: …" typed at a step.
func cutNote(text string) (note string, ok bool) {
	note = bareNote(text)
	return note, note != "" && note != strings.TrimSpace(text)
}

// bareNote is a note without the word for it in front.
func bareNote(text string) string { return strings.TrimSpace(noteWord.ReplaceAllString(text, "")) }

var noteWord = regexp.MustCompile(`(?i)^\s*((please )?(add )?(a |my )?note\s*:\s*)+`)

// unnoting asks to take a note off: "remove the note on time", "take the note off time",
// "no note".
var unnoting = regexp.MustCompile(`(?i)^\W*(?:please |can you |could you |and )*(?:remove|delete|drop|clear|erase|cancel|get rid of|take(?: off| away| out)?|scrap|no|without)\s+` +
	`(?:(?:the|my|that|this|any|a) )?notes?(?: (?:off|away|out))?(?:\s*$|\W*$|\s+(?:on|off|from|about|for|to|of|out of|at)?\s*(.*))`)

// unnotes takes off the note that is named, the one on the open step, or the only one there
// is; or asks which.
func (a *Assess) unnotes(ctx context.Context, s scene, o open) (handlers.Effect, bool, error) {
	m := unnoting.FindStringSubmatch(s.Text)
	if m == nil {
		return handlers.Effect{}, false, nil
	}
	var noted []assessment.FactID
	for _, f := range assessment.Facts() {
		if s.noteOn(f.ID) != "" {
			noted = append(noted, f.ID)
		}
	}
	id, named := labelled(m[1])
	if f := assessment.FactID(id); named && slices.Contains(noted, f) {
		noted = []assessment.FactID{f}
	} else if facts := o.step.Facts; len(facts) == 1 && slices.Contains(noted, facts[0]) && m[1] == "" {
		noted = facts
	}
	if len(noted) == 1 && (!named || string(noted[0]) == string(id)) {
		s.args = []string{string(noted[0])}
		return handlers.Taken(a.unnote(ctx, s))
	}
	var choices []handlers.Choice
	for _, id := range noted {
		f, _ := assessment.Lookup(id)
		choices = append(choices, handlers.Choice{Label: handlers.Shorten(f.Label+": "+s.noteOn(id), handlers.MaxLabel), Action: s.action(Unnote, string(id)), Words: []string{handlers.Fold(f.Label)}})
	}
	if len(choices) == 0 {
		return a.put(s, handlers.Text("There is no note to take off.")), true, nil
	}
	return s.Tell(handlers.Text("Which note shall I take off?"), handlers.Choose(choices...), handlers.ChooseMinor(leaveIt(s))), true, nil
}
