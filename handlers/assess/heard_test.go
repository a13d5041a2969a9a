package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// What is said in the person's own words is suggested at each question that it is about,
// and nothing of it counts by itself.
func TestSuggestions(t *testing.T) {
	d := newDesk(t)
	d.does(author, handlers.Action{Verb: handlers.AssessStart, Arg: "new"}, nil)
	d.types(author, "Towpath")
	d.types(author, "The canal trust")
	d.sees(d.types(author, "It's a brand new scheme to look after the towpath. It's not a company. The lottery requires partners, and we "+
		"haven't got the officers for it. There's no agreement yet."),
		"From what you told me (“It's a brand new scheme", "I would say: New. If that is right, choose it.", "[New]", "[Existing]")
	if n := len(d.draft(author).Answers); n != 3 {
		t.Fatalf("%d answers count, want 3", n)
	}
	d.sees(d.types(author, "that's right"), "(“It's not a company”)", "I would say: No.")
	if got := d.draft(author).Answers[assessment.Status].Word; got != assessment.New {
		t.Errorf("confirmed as %q", got)
	}
	// Answered otherwise, the answer counts.
	d.sees(d.types(author, "not sure"), "simply deliver")
	if got := d.draft(author).Answers[assessment.FormalLegalEntity].Word; got != assessment.Unknown {
		t.Errorf("answered not sure, stored %q", got)
	}
	said := d.walkOn(author, "necessity", nil, "")
	d.sees(said, "Please check it, then say “done”:", "An outside funder requires it (“The lottery requires partners”)")
	d.types(author, "2")
	said = d.walkOn(author, "resources", nil, "")
	d.sees(said, "- Time: No (“we haven't got the officers for it”)")
	form := d.last["@U1"][len(d.last["@U1"])-1].Parts
	var chosen []string
	for _, p := range form {
		if p.Form != nil {
			for _, f := range p.Form.Fields {
				for _, o := range f.Options {
					if o.Chosen {
						chosen = append(chosen, f.Label+" "+o.Label)
					}
				}
			}
		}
	}
	if strings.Join(chosen, ";") != "Time No" {
		t.Errorf("chosen beforehand: %v", chosen)
	}
	if d.draft(author).Answers.Given(assessment.ResourceTime) {
		t.Error("a suggestion counts")
	}
}

func TestTakenAs(t *testing.T) {
	unhurried(t)
	d := deskAt(t, "resources")
	no := "we haven't got the officers for it"
	d.sees(d.types(author, no), "I took that as: Time: No. Right?", "[Yes]", "[No, ask me again]")
	if d.draft(author).Answers.Given(assessment.ResourceTime) {
		t.Fatal("it counts before it is confirmed")
	}
	before := d.bytes(author)
	d.sees(d.types(author, "what is a partnership?"), answered, "I took that as: Time: No. Right?")
	if d.bytes(author) != before {
		t.Error("a question in the middle has changed the draft")
	}
	d.sees(d.taps(author, "No, ask me again"), "not taken that as your answer", "Can the Council put in")
	if d.draft(author).Answers.Given(assessment.ResourceTime) {
		t.Fatal("it counts although it was refused")
	}
	wrong, _ := d.find(author, "No, ask me again")
	if out := d.turnNow(handlers.Turn{Person: author, Action: wrong}); len(out) != 0 {
		t.Errorf("a second tap: %v", out)
	}
	d.sees(d.does(author, wrong, nil), "about something you said earlier", "Can the Council put in")
	// Said otherwise at once.
	d.types(author, no)
	d.sees(d.types(author, "no, time yes, money yes"), "Still to answer: Assets, Knowledge, Can contribute fully")
	d.sees(d.types(author, "we're overcommitted"), "I took that as: Can contribute fully: No. Right?")
	d.sees(d.types(author, "yes"), "That settles it")
	got := d.draft(author).Answers
	if a := got[assessment.CanContributeFully]; a.Word != assessment.No || a.Note != "we're overcommitted" {
		t.Errorf("stored %+v", a)
	}
	if got[assessment.ResourceTime].Word != assessment.Yes {
		t.Errorf("time is %+v", got[assessment.ResourceTime])
	}
	// At the summary as well.
	d.sees(d.types(author, "actually, there's no money"), "I took that as: Money: No. Right?")
	d.types(author, "right")
	d.sees(d.taps(author, "Submit"), "Stored as")
	if got := d.record("PA-2026-0001").Answers[assessment.ResourceMoney].Word; got != assessment.No {
		t.Errorf("money is %q", got)
	}
}

// What is added to a yes is put back in its turn; a "yes, but" confirms nothing.
func TestTakenAsAndMore(t *testing.T) {
	unhurried(t)
	d := deskAt(t, "third_party_delivers_service")
	d.types(author, "there's no money")
	d.sees(d.types(author, "yes, but not in that way"), "I have not changed anything", "Money: No. Right?")
	if d.draft(author).Answers.Given(assessment.ResourceMoney) {
		t.Error("a yes, but counts as a yes")
	}
	d.types(author, "there's no money")
	d.sees(d.types(author, "yes, and we haven't got the officers"), "I took that as: Time: No. Right?")
	d.sees(d.types(author, "yes, and that won't change"), "simply deliver")
	got := d.draft(author).Answers
	if note := got[assessment.ResourceTime].Note; note != "we haven't got the officers\nthat won't change" {
		t.Errorf("noted %q", note)
	}
	if got[assessment.ResourceMoney].Word != assessment.No || got[assessment.ResourceTime].Word != assessment.No {
		t.Errorf("stored %+v", got)
	}
}

// Words about another question are put back too, and the open one stays open.
func TestTakenAsAnother(t *testing.T) {
	d := deskAt(t, "third_party_delivers_service")
	d.sees(d.types(author, "there's no money, no officers"), "I took that as:", "- Time: No", "- Money: No", "Right?")
	d.sees(d.types(author, "yes"), "simply deliver")
	got := d.draft(author).Answers
	if got[assessment.ResourceTime].Word != assessment.No || got[assessment.ResourceMoney].Word != assessment.No || got.Given(assessment.ThirdPartyDelivers) {
		t.Errorf("stored %+v", got)
	}
}

// The words that belong to a yes are taken as they are, unless they say something else.
func TestDemonstrated(t *testing.T) {
	d := deskAt(t, "improves_outcomes")
	d.sees(d.types(author, "yes"), "How would it?")
	d.sees(d.types(author, "back"), "Can you show how")
	d.sees(d.types(author, "yes"), "How would it?")
	d.sees(d.types(author, "Counts went up"), "Can the Council put in")
	if a := d.draft(author).Answers[assessment.ImprovesOutcomes]; a.Word != assessment.Yes || a.Text != "Counts went up" {
		t.Errorf("stored %+v", a)
	}
}

// What somebody says when they begin need not be said again.
func TestToldAtTheStart(t *testing.T) {
	d := newDesk(t)
	d.sees(d.types(author, "We have been asked to join a scheme called Towpath Together, in partnership with the Rotary Club and the high school."),
		"[Start an assessment with this]")
	d.sees(d.types(author, "yes"), "[Use “Towpath Together”]")
	d.sees(d.types(author, "yes"), "Who would the partners be", "[Use “the Rotary Club, the high school”]")
	d.sees(d.types(author, "The Rotary Club alone"), "What is it for?")
	got := d.draft(author).Answers
	if got[assessment.Title].Text != "Towpath Together" || got[assessment.Partners].Text != "The Rotary Club alone" {
		t.Errorf("stored %+v", got)
	}
}

// longWords is a text as long as Slack lets anybody type.
var longWords = strings.TrimSpace(strings.Repeat("We have talked about the towpath and who would sweep it, and nobody knew. ", 540))

// A text as long as Slack lets anybody type is read and kept whole.
func TestLongWords(t *testing.T) {
	unhurried(t)
	d := deskAt(t, "aim")
	d.types(author, longWords)
	d.sees(d.types(author, "new"), "formally constituted")
	if got := d.draft(author).Answers[assessment.Aim].Text; got != longWords {
		t.Errorf("%d of %d bytes were kept", len(got), len(longWords))
	}
}

// BenchmarkLongWords is how long a step takes behind such a text; reading it must keep
// nobody waiting.
func BenchmarkLongWords(b *testing.B) {
	d := newDesk(b)
	d.walk(author, "aim", nil)
	d.types(author, longWords)
	for b.Loop() {
		d.types(author, "why do you ask?")
	}
}

// Where yes is no answer of its own, it is about what is suggested; where it is one, and something else is
// suggested, it is asked back.
func TestYesToASuggestion(t *testing.T) {
	d := newDesk(t)
	d.walk(author, "status", assessment.Answers{assessment.Aim: {Text: "A path. It is a new partnership, not a company."}})
	d.sees(d.types(author, "yes"), "formally constituted", "I would say: No")
	if got := d.draft(author).Answers[assessment.Status].Word; got != assessment.New {
		t.Errorf("stored %q", got)
	}
	for _, tt := range []struct {
		typed []string
		want  assessment.Value
	}{
		{[]string{"yes"}, ""}, {[]string{"yes", "yes"}, assessment.Yes}, {[]string{"ok", "I agree"}, assessment.No}, {[]string{"correct", "2"}, assessment.No},
		{[]string{"yes that's right"}, assessment.No}, {[]string{"1"}, assessment.Yes}, {[]string{"yes, it would be a company"}, assessment.Yes}, {[]string{"no"}, assessment.No},
	} {
		d := newDesk(t)
		d.walk(author, "formal_legal_entity", assessment.Answers{assessment.Aim: {Text: "A path. It is a new partnership, not a company."}})
		for i, typed := range tt.typed {
			if said := d.types(author, typed); len(tt.typed) > 1 && i == 0 {
				d.sees(said, "I had suggested “No”. Is your answer yes, or do you agree with that?")
			}
		}
		if got := d.draft(author).Answers[assessment.FormalLegalEntity].Word; got != tt.want {
			t.Errorf("%q is %q", tt.typed, got)
		}
	}
}

// What was put back and not meant is not suggested again.
func TestRefusedIsNotSuggested(t *testing.T) {
	d := deskAt(t, "third_party_delivers_service")
	d.sees(d.types(author, "no, and there's no money"), "I took that as: Money: No. Right?")
	d.sees(d.types(author, "no"), "not taken that as your answer", "Is it only a forum")
	if said := d.walkOn(author, "resources", nil, ""); strings.Contains(said, "Money: No") {
		t.Errorf("suggested again: %s", said)
	}
}
