package assess_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/handlers/assess"
	"partnershipbot/knowledge/assessment"
)

// A question in the middle of every step, of what is asked beside the steps and of the
// summary is answered, the same comes again, and the stored draft is the same to the byte.
func TestQuestionInTheMiddle(t *testing.T) {
	unhurried(t)
	d := newDesk(t)
	middle := func(name string) {
		t.Helper()
		dm := handlers.Direct(author).Conversation()
		before, open := d.bytes(author), d.last[dm][len(d.last[dm])-1]
		said := d.types(author, "what is a partnership?")
		if after := d.bytes(author); after != before {
			t.Errorf("%s: the draft has changed\n%s\n%s", name, before, after)
		}
		again := d.last[dm][len(d.last[dm])-1]
		if !strings.Contains(said, answered) || lastChoices(again) != lastChoices(open) {
			t.Errorf("%s: was\n%s\nand then\n%s", name, text(open), text(again))
		}
	}
	d.does(author, handlers.Action{Verb: handlers.AssessStart, Arg: "new"}, nil)
	for _, step := range assessment.Steps() {
		middle(string(step.ID))
		if step.ID == "improves_outcomes" {
			d.sees(d.taps(author, "Yes"), "How would it?")
			middle("how")
		}
		d.answer(author, step, nil)
	}
	middle("the summary")
}

// lastChoices is what can be chosen in a reply, in words.
func lastChoices(r handlers.Reply) string {
	var said []string
	for line := range strings.Lines(text(handlers.Reply{Parts: r.Parts})) {
		if strings.HasPrefix(line, "[") || strings.HasPrefix(line, "( )") {
			said = append(said, line)
		}
	}
	return strings.Join(said, "")
}

// How many questions there are at most falls when an answer makes some needless, and
// rises again when that is taken back.
func TestFewerQuestions(t *testing.T) {
	d := newDesk(t)
	d.sees(d.walk(author, "third_party_delivers_service", nil), "Question 5 of at most 17")
	d.sees(d.types(author, "not sure"), "Question 6 of at most 16")
	d.sees(d.types(author, "why"), "Question 6 of at most 16")
	d.taps(author, "Back")
	d.sees(d.types(author, "no"), "Question 6 of at most 17")
	d.types(author, "there's no money")
	d.sees(d.types(author, "yes"), "Question 6 of at most 11")
	d.sees(d.walkOn(author, "contribution_clear", nil, ""), "Question 11\nIs it clear")
	d.sees(d.types(author, "yes"), "That settles it")
	d.sees(d.taps(author, "Carry on answering"), "Question 12 of at most 17")
}

func TestNotes(t *testing.T) {
	unhurried(t)
	d := deskAt(t, "necessity")
	long := strings.Repeat("The clerk saw to it. ", 1000) + "The end"
	d.sees(d.taps(author, "Add a note"), "Type your note on “Why it is necessary”")
	said := d.types(author, long)
	d.sees(said, "Noted on “Why it is necessary”", "Why is a partnership needed?")
	if len(said) > 2000 {
		t.Errorf("%d bytes are shown of a long note", len(said))
	}
	if d.draft(author).Answers.Given(assessment.Necessity) {
		t.Error("a note counts as an answer")
	}
	d.types(author, "1 and 2")
	d.sees(d.types(author, "note: the mayor asked"), "Noted", "invited")
	d.taps(author, "Add a note")
	d.sees(d.types(author, "and the bishop"), "the mayor asked\nand the bishop")
	d.types(author, "no, they need us")
	d.taps(author, "Back")
	d.taps(author, "Add a note")
	d.sees(d.taps(author, "Remove the note"), "is removed", "invited")
	d.types(author, "no")
	d.taps(author, "Add a note")
	d.sees(d.taps(author, "No note"), "Is it clear how the Council can contribute")
	d.walkOn(author, "resources", nil, "")
	d.taps(author, "Add a note")
	d.taps(author, "Money: not answered")
	d.types(author, "Budget of 2027, the treasurer, by May")
	d.walkOn(author, "", assessment.Answers{assessment.ResourceMoney: {Word: assessment.Partly}}, "")
	d.sees(d.taps(author, "Submit"), "Secure the money", "Note: Budget of 2027, the treasurer, by May")
	got := d.record("PA-2026-0001").Answers
	for id, want := range map[assessment.FactID]string{
		assessment.Necessity: long, assessment.InvitedOutOfCourtesy: "", assessment.ResourceMoney: "Budget of 2027, the treasurer, by May",
	} {
		if got[id].Note != want {
			t.Errorf("the note on %s is %.60q", id, got[id].Note)
		}
	}
}

// A note that is part of another one is a note of its own; the same one again is not, and
// what came with an answer goes alone.
func TestNotesByLine(t *testing.T) {
	unhurried(t)
	d := deskAt(t, "added_value")
	for _, note := range []string{"Note 136, or is it so", "Note 136", "136", "Note 136"} {
		d.types(author, "note: "+note)
	}
	const lines = "Note 136, or is it so\nNote 136\n136"
	if got := d.draft(author).Notes[assessment.AddedValue]; got != lines {
		t.Errorf("noted: %q", got)
	}
	d.types(author, "no, is it so")
	if got := d.draft(author).Answers[assessment.AddedValue].Note; got != lines+"\nis it so" {
		t.Errorf("noted on the answer: %q", got)
	}
	d.does(author, handlers.Action{Verb: assess.Change, Arg: string(d.draft(author).ID) + " added_value"}, nil)
	d.taps(author, "Yes")
	if got := d.draft(author).Answers[assessment.AddedValue].Note; got != lines {
		t.Errorf("left on another answer: %q", got)
	}
}

// While a note is awaited a command is obeyed, and what may be a question is asked about.
func TestNoteOrElse(t *testing.T) {
	d := deskAt(t, "third_party_delivers_service")
	note := func() string { return d.draft(author).Notes[assessment.ThirdPartyDelivers] }
	for typed, want := range map[string]string{
		"stop": "What shall I do with", "why?": "a contract for services", "later": "Saved", "back": "simply deliver", "drafts": "You have an assessment under way",
	} {
		d.does(author, handlers.Action{Verb: handlers.AssessGoOn, Arg: string(d.draft(author).ID)}, nil)
		d.taps(author, "Add a note")
		d.sees(d.types(author, typed), want)
		if note() != "" {
			t.Errorf("%q became a note", typed)
		}
	}
	const asked = "does the county\nknow of it?"
	d.does(author, handlers.Action{Verb: handlers.AssessGoOn, Arg: string(d.draft(author).ID)}, nil)
	d.taps(author, "Add a note")
	d.sees(d.types(author, asked), "Is that a question")
	if note() != "" {
		t.Error("noted unasked")
	}
	if act, _ := d.find(author, "It is a question"); act != (handlers.Action{Verb: "ask.question", Arg: asked}) {
		t.Errorf("asks %+v", act)
	}
	d.sees(d.taps(author, "Write it down"), "Noted on", "simply deliver")
	if note() != asked {
		t.Errorf("noted %q", note())
	}
	// In a window only a note can be typed.
	d.does(author, handlers.Action{Verb: assess.Unnote, Arg: string(d.draft(author).ID) + " third_party_delivers_service"}, nil)
	d.turn(handlers.Turn{Person: author, Text: "stop", Action: handlers.Action{Verb: assess.Noted, Arg: string(d.draft(author).ID) + " third_party_delivers_service"}})
	if note() != "stop" {
		t.Errorf("noted %q", note())
	}
}

// What cannot be understood is said in few lines, and changes nothing.
func TestMisheard(t *testing.T) {
	unhurried(t)
	d := newDesk(t)
	d.does(author, handlers.Action{Verb: handlers.AssessStart, Arg: "new"}, nil)
	for _, step := range assessment.Steps() {
		f := step.First()
		if len(f.Words) > 0 && !f.Explained {
			before := d.bytes(author)
			said := d.types(author, "purple elephants")
			d.sees(said, "I did not catch that")
			if n := strings.Count(said, "( )"); (n > 0) != (step.Ticks || f.Many || len(step.Facts) > 1) { // a form is put again
				t.Errorf("%s: %d lines of a list: %s", step.ID, n, said)
			} else if n = strings.Count(said, "\n") - n; n > 12 {
				t.Errorf("%s: %d lines: %s", step.ID, n, said)
			}
			if after := d.bytes(author); after != before {
				t.Errorf("%s: the draft has changed", step.ID)
			}
			// What was on offer is still understood.
			d.sees(d.types(author, "why"), "[Why do you ask?]")
			d.types(author, "purple elephants")
		}
		switch {
		case step.Ticks:
			d.types(author, "all")
		case len(step.Facts) > 1:
			d.sees(d.types(author, "time yes, money yes"), "Still to answer: Assets, Knowledge, Can contribute fully")
			d.types(author, "yes to all")
		case f.Many:
			d.types(author, "2 and 3")
		case f.ID == assessment.Status:
			d.types(author, "existing")
		case len(f.Words) == 0:
			d.types(author, "Some words")
		case f.Explained:
			d.types(author, "Yes, we have counted them")
		default:
			d.types(author, string(good(f.ID)))
		}
	}
	d.sees(d.types(author, "purple elephants"), "I did not catch that", "ready to be submitted")
	d.sees(d.types(author, "submit"), "Stored as PA-2026-0001")
	if r := d.record("PA-2026-0001"); r.Trace.Outcome != assessment.Appropriate || r.Answers[assessment.ResourceMoney].Word != assessment.Yes {
		t.Errorf("stored %+v", r.Answers)
	}
}

func TestOldButtons(t *testing.T) {
	d := deskAt(t, "formal_legal_entity")
	old, _ := d.find(author, "Yes")
	d.sees(d.taps(author, "No"), "simply deliver a service")

	// The very same tap made twice says nothing; later it is refused kindly, like another.
	before := d.bytes(author)
	no := handlers.Action{Verb: old.Verb, Arg: strings.TrimSuffix(old.Arg, "yes") + "no"}
	if out := d.turnNow(handlers.Turn{Person: author, Action: no}); len(out) != 0 || d.bytes(author) != before {
		t.Errorf("a second tap: %v", out)
	}
	d.sees(d.does(author, no, nil), "already answered “Formal legal partnership”", "simply deliver a service")
	d.sees(d.does(author, old, nil), "already answered “Formal legal partnership”", "simply deliver a service")
	if got := d.draft(author).Answers[assessment.FormalLegalEntity].Word; got != assessment.No {
		t.Errorf("an old button counts: %s", got)
	}
	// So is a form, also an old one.
	d.walkOn(author, "safeguards", nil, "")
	form := handlers.Action{Verb: assess.Done, Arg: string(d.draft(author).ID) + " resources"}
	if out := d.turnNow(handlers.Turn{Person: author, Action: form, Values: map[string][]string{"resources.time": {"yes"}}}); len(out) != 0 {
		t.Errorf("a second tap: %v", out)
	}
	d.sees(d.does(author, form, map[string][]string{"resources.time": {"yes"}}), "already answered “Resources”")
	d.sees(d.does(author, form, map[string][]string{"resources.time": {"no"}}), "already answered “Resources”")
	// Somebody else's, or one that has ended.
	d.sees(d.does(other, old, nil), "no longer open")
	d.walkOn(author, "", nil, "")
	submit, _ := d.find(author, "Submit")
	d.taps(author, "Submit")
	if out := d.turnNow(handlers.Turn{Person: author, Action: submit}); len(out) != 0 {
		t.Errorf("a second tap on Submit: %v", out)
	}
	d.sees(d.does(author, submit, nil), "submitted as PA-2026-0001")
	note := handlers.Action{Verb: assess.Noted, Arg: strings.Fields(submit.Arg)[0] + " title"}
	d.turn(handlers.Turn{Person: author, Action: note, Text: "in a window"})
	d.sees(d.said["@U1"], "submitted as PA-2026-0001", "was not kept")
	d.sees(d.does(author, old, nil), "no longer open")
}

// Every button belongs to what it stands under, and on an older copy does nothing but show
// where the conversation is.
func TestOldCopies(t *testing.T) {
	unhurried(t)
	d := deskAt(t, "status")
	back, _ := d.find(author, "Back")
	skip := handlers.Action{Verb: assess.Skip, Arg: string(d.draft(author).ID) + " aim"}
	d.types(author, "new")
	why, _ := d.find(author, "Why do you ask?")
	d.types(author, "no")
	for _, old := range []handlers.Action{back, skip} {
		answers := d.draft(author).Answers
		d.sees(d.does(author, old, nil), "Here is where we are:", "simply deliver a service")
		if diff := cmp.Diff(answers, d.draft(author).Answers); diff != "" {
			t.Error(diff)
		}
	}
	d.sees(d.does(author, why, nil), "About “Formal legal partnership”:", "simply deliver a service")
	now, _ := d.find(author, "Back")
	d.sees(d.does(author, now, nil), "formally constituted")
	if out := d.turnNow(handlers.Turn{Person: author, Action: now}); len(out) != 0 {
		t.Errorf("a second tap on Back: %v", out)
	}

	// A summary is submitted as it was shown.
	d.walkOn(author, "", nil, d.types(author, "no"))
	submit, _ := d.find(author, "Submit")
	d.taps(author, "Back")
	d.types(author, "all but risks")
	d.sees(d.does(author, submit, nil), "have changed since that summary", "Not yet in place: Risks evaluated")
	if records, err := d.store.Records(t.Context(), team, author, "", 2); err != nil || len(records) > 0 {
		t.Errorf("stored %v, %v", records, err)
	}
	d.sees(d.taps(author, "Submit"), "Stored as PA-2026-0001")
}

// Two devices at once on one draft: the last tap counts, and both see where it stands.
func TestTwoDevices(t *testing.T) {
	d := deskAt(t, "formal_legal_entity")
	yes, _ := d.find(author, "Yes")
	no, _ := d.find(author, "No")
	d.does(author, yes, nil)
	d.turnNow(handlers.Turn{Person: author, Action: no})
	d.sees(d.said["@U1"], "Your last tap counts. Formal legal partnership: No.", "simply deliver a service")
	if got := d.draft(author).Answers[assessment.FormalLegalEntity].Word; got != assessment.No {
		t.Errorf("the last tap does not count: %s", got)
	}

	// So it does where the first has settled the outcome, or asks for words.
	d.walkOn(author, "shared_responsibility", nil, "")
	no, _ = d.find(author, "No")
	yes, _ = d.find(author, "Yes")
	d.sees(d.does(author, no, nil), "That settles it")
	d.turnNow(handlers.Turn{Person: author, Action: yes})
	d.sees(d.said["@U1"], "Your last tap counts. Shared responsibility: Yes.", "well-being")

	// Truly at once: one of them wins, each time, and the draft goes one step on.
	for range 5 {
		step, _ := assessment.Next(d.draft(author).Answers)
		yes, _ := d.find(author, "Not sure")
		no, _ := d.find(author, string(good(step.Facts[0]).Label()))
		var wg sync.WaitGroup
		for i, a := range []handlers.Action{yes, no} {
			turn := handlers.Turn{ID: string(step.ID) + string(rune('a'+i)), Team: team, Person: author, Place: handlers.Direct(author), At: d.now, Action: a}
			wg.Go(func() {
				if _, err := d.store.Accept(t.Context(), turn); err != nil {
					t.Error(err)
				}
				if _, err := d.service.Handle(t.Context(), turn); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		got := d.draft(author)
		if w := got.Answers[step.Facts[0]].Word; w != assessment.Unknown && w != good(step.Facts[0]) {
			t.Fatalf("%s: %q", step.ID, w)
		}
		if next, _ := assessment.Next(got.Answers); next.ID == "necessity" {
			break
		}
		d.now = d.now.Add(time.Minute)
		d.does(author, handlers.Action{Verb: handlers.AssessGoOn, Arg: string(got.ID)}, nil)
	}
}

// Free text is never taken for a command or a question that it is not.
func TestFreeText(t *testing.T) {
	d := newDesk(t)
	d.does(author, handlers.Action{Verb: handlers.AssessStart, Arg: "new"}, nil)
	d.types(author, "Canal path")
	d.types(author, "The canal trust")
	d.sees(d.types(author, "Would give families somewhere to walk, and can bring visitors"), "new partnership")
	d.taps(author, "Back")
	d.sees(d.types(author, "what counts as a partnership"), answered, "What is it for?")
	d.sees(d.taps(author, "Skip"), "new partnership")
	if got := d.draft(author).Answers[assessment.Aim].Text; !strings.HasPrefix(got, "Would give") {
		t.Errorf("skipping has changed the answer to %q", got)
	}
}

func TestBeginInAChannel(t *testing.T) {
	d := newDesk(t)
	thread := handlers.Place{Channel: "C1", Thread: "1.5"}
	d.turn(handlers.Turn{Person: author, Place: thread, Action: handlers.Action{Verb: handlers.AssessStart, Arg: "told should we join the canal trust?"}})
	d.sees(d.said["C1/1.5"], "direct message")
	d.sees(d.said["@U1"], "What is the proposal called?", "[Use “Canal trust”]")
	d.sees(d.taps(author, "Use “Canal trust”"), "Who would the partners be")
	d.walkOn(author, "", assessment.Answers{assessment.FormalLegalEntity: {Word: assessment.Yes}}, "")
	d.sees(d.taps(author, "Submit"), "Stored as PA-2026-0001", "[Share here]", "without your answers and notes")
	share, _ := d.find(author, "Share here")

	d.sees(d.does(other, share, nil), "I can't find a result")
	d.taps(author, "Share here")
	card := d.said["C1/1.5"]
	d.sees(card, "Canal trust", "formally constituted legal partnership", "The decision is the Council's", "PA-2026-0001")
	if strings.Contains(card, "A Partners") {
		t.Errorf("the card says too much: %s", card)
	}
	n := len(d.last["C1/1.5"])
	d.sees(d.does(author, share, nil), "shared in that thread already")
	if len(d.last["C1/1.5"]) != n {
		t.Error("it was shared twice")
	}
}
