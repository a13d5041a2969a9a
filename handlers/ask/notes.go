package ask

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"partnershipbot/handlers"
)

const (
	// maxShown is how much of an earlier question is repeated, in characters.
	maxShown = 150
	// maxNotes is how many of the clerk's notes are shown with one answer, and
	// maxCandidates how many are compared with a question.
	maxNotes      = 2
	maxCandidates = 25
	// notesListed is how many notes the clerk sees listed at once.
	notesListed = 10
)

// wording is how a note reads now, who says so and since when.
func wording(i handlers.Inquiry) (said string, by handlers.PersonID, on string) {
	if i.Note == "" {
		return i.Reply, i.Clerk, handlers.DateOf(i.Replied).String()
	}
	return i.Note, i.Editor, handlers.DateOf(i.Edited).String()
}

// notes shows how the clerk answered similar questions, the most similar first, as
// the clerk's words and never the protocol's.
func (a *Ask) notes(ctx context.Context, req handlers.Request, text string) ([]handlers.Part, error) {
	kept, err := a.store.NotesLike(ctx, req.Team, func() []string { return a.index.Terms(text) }, maxCandidates)
	if err != nil {
		return nil, err
	}
	type note struct {
		handlers.Inquiry
		share float32
	}
	asked := make([]string, len(kept))
	for n, i := range kept {
		asked[n] = i.Text
	}
	var alike []note
	for n, share := range a.index.Alike(text, asked) {
		if share > 0 {
			alike = append(alike, note{kept[n], share})
		}
	}
	slices.SortStableFunc(alike, func(a, b note) int {
		return cmp.Or(cmp.Compare(b.share, a.share), b.Replied.Compare(a.Replied), cmp.Compare(a.ID, b.ID))
	})
	var parts []handlers.Part
	for _, n := range alike[:min(maxNotes, len(alike))] {
		said, by, on := wording(n.Inquiry)
		parts = append(parts,
			handlers.Text("On "+on+" the clerk answered “"+handlers.Shorten(n.Text, maxShown)+
				"”. These are the clerk's words, not the protocol's:"),
			handlers.From(by), handlers.List(said))
	}
	return parts, nil
}

// list lists the clerk's notes, newest first, a page at a time.
func (a *Ask) list(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	kept, err := a.store.Notes(ctx, req.Team)
	if err != nil {
		return handlers.Effect{}, err
	}
	if len(kept) == 0 {
		return req.Tell(handlers.Text("You have no notes. When you reply to a question, you can keep the reply as one.")), nil
	}
	slices.SortFunc(kept, func(a, b handlers.Inquiry) int {
		return cmp.Or(b.Replied.Compare(a.Replied), cmp.Compare(a.ID, b.ID))
	})
	from, err := strconv.Atoi(req.Action.Arg)
	if err != nil || from < 0 || from >= len(kept) { // forged, or withdrawn in the meantime
		from = 0
	}
	var choices []handlers.Choice
	for _, i := range kept[from:min(from+notesListed, len(kept))] {
		choices = append(choices, handlers.Choice{Label: handlers.Shorten(i.Text, 70), Action: handlers.Action{Verb: Note, Arg: string(i.ID)}})
	}
	parts := []handlers.Part{
		handlers.Heading("Your notes, newest first"),
		handlers.Text("Each is shown, under the clerk's name, to anyone who asks something similar. Choose one to read, change or withdraw it."),
		handlers.ChooseFirst(choices...),
	}
	if next := from + notesListed; next < len(kept) {
		parts = append(parts, handlers.ChooseMinor(handlers.Choice{Label: "Earlier notes", Words: []string{"more", "earlier", "next"},
			Action: handlers.Action{Verb: handlers.AskNotes, Arg: strconv.Itoa(next)}}))
	}
	return req.Tell(parts...), nil
}

// onNote finds the note that the clerk means, for the clerk alone.
func (a *Ask) onNote(h func(context.Context, handlers.Request, handlers.Inquiry) (handlers.Effect, error)) handlers.Handler {
	return a.onInquiry(func(ctx context.Context, req handlers.Request, i handlers.Inquiry) (handlers.Effect, error) {
		if !i.Kept {
			return req.Tell(handlers.Text("That note has been withdrawn.")), nil
		}
		return h(ctx, req, i)
	})
}

// note shows one note.
func (a *Ask) note(_ context.Context, req handlers.Request, i handlers.Inquiry) (handlers.Effect, error) {
	said, by, on := wording(i)
	id := string(i.ID)
	return req.Tell(
		handlers.Text("Your note on this question:"), handlers.List(i.Text),
		handlers.Text("Since "+on+" it has read:"), handlers.From(by), handlers.List(said),
		handlers.Choose(
			handlers.Choice{Label: "Change it", Words: []string{"change", "edit"}, Action: handlers.Action{Verb: NoteEdit, Arg: id}},
			handlers.Choice{Label: "Withdraw it", Words: []string{"withdraw"}, Danger: true, Action: handlers.Action{Verb: NoteWithdraw, Arg: id}},
			handlers.Choice{Label: "All notes", Words: []string{"back", "notes"}, Action: handlers.Action{Verb: handlers.AskNotes}},
		)), nil
}

// edit asks for a note's new wording.
func (a *Ask) edit(ctx context.Context, req handlers.Request, i handlers.Inquiry) (handlers.Effect, error) {
	said, _, _ := wording(i)
	save := handlers.Action{Verb: NoteSave, Arg: string(i.ID)}
	e, err := a.await(ctx, req, save,
		handlers.Text("The note on “"+handlers.Shorten(i.Text, maxShown)+"” now reads:"), handlers.List(said),
		handlers.Text("Please type how it should read. The person who asked keeps the reply that you sent. “cancel” leaves it as it is."),
		handlers.ChooseMinor(handlers.Choice{Label: "Leave it", Words: []string{"no", "cancel", "back"},
			Action: handlers.Action{Verb: Note, Arg: string(i.ID)}}))
	if err == nil && req.Trigger != "" {
		e.Replies[0].Window = &handlers.Window{Trigger: req.Trigger, Title: "Change the note", Save: save,
			Inputs: []handlers.Input{{ID: handlers.TextInput, Label: "The note", Kind: handlers.LinesInput, Value: said}}}
	}
	return e, err
}

// save keeps a note's new wording, under the name of whoever typed it.
func (a *Ask) save(ctx context.Context, req handlers.Request, i handlers.Inquiry) (handlers.Effect, error) {
	text := strings.TrimSpace(req.Text)
	if text == "" {
		return a.edit(ctx, req, i)
	}
	i.Note, i.Editor, i.Edited, i.Terms = text, req.Person, req.At, a.index.Terms(i.Text)
	e, err := a.note(ctx, req, i)
	e.Inquiries = []handlers.Inquiry{i}
	return e, err
}

// withdraw stops a note from being shown to others.
func (a *Ask) withdraw(_ context.Context, req handlers.Request, i handlers.Inquiry) (handlers.Effect, error) {
	i.Kept = false
	e := req.Tell(handlers.Text("The note is withdrawn. The person who asked keeps your reply."),
		handlers.ChooseMinor(handlers.Choice{Label: "All notes", Words: []string{"notes"}, Action: handlers.Action{Verb: handlers.AskNotes}}))
	e.Inquiries = []handlers.Inquiry{i}
	return e, nil
}

// about shows what would be sent to the clerk where somebody says "ask the clerk about
// insurance": their own words, kept as a question of theirs.
func (a *Ask) about(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	text := req.Action.Arg
	if text == "" { // it was asked for, and awaited
		text, _ = handlers.CutOpening(req.Text, "ask the clerk")
	}
	text = strings.TrimSpace(text)
	if said := handlers.Fold(text); slices.Contains(thatQuestion, said) {
		req.Action.Arg = ""
		return a.preview(ctx, req)
	} else if someQuestion.MatchString(said) || bareYes(said) {
		return a.whichQuestion(req), nil
	}
	text = handlers.Sentence(text)
	found := found{Answer: a.index.Ask(text, req.Conversation.Questions)}
	q := handlers.Question{
		ID: questionID(req.ID, req.At), Person: req.Person, At: req.At, Text: text, After: found.After, Silent: found.Silent,
		Clauses: found.clauses(), Protocol: a.protocol.Version(),
	}
	c := req.Conversation
	c.LastQuestion = q.ID
	e := a.show(req, q)
	e.Questions, e.Conversations = []handlers.Question{q}, []handlers.Conversation{c}
	return e, nil
}

// thatQuestion is how people mean the question they have just asked.
var thatQuestion = []string{"", "this", "that", "it", "please", "this please", "that please", "it please", "for me", "for me please",
	"about this", "about that", "about it", "about this please", "about that please", "about it please", "my question", "the question", "this question", "that question"}
