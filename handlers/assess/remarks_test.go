package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// places are questions of every kind. At "how", a yes waits for words that show it.
var places = strings.Fields("title aim status shared_responsibility necessity improves_outcomes how resources safeguards summary")

// What people say beside the question, in any mood, is answered at a question of any kind, and
// is never taken for an answer; what comes next is said.
func TestRemarks(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := newDesk(t)
	remarks := map[string][]string{
		"There is no hurry. I keep your answers for 90 days": {"hang on, the phone's ringing", "let me think about it", "is there a deadline?", "one moment please", "does it save?"},
		"You're welcome.":                         {"thanks love", "ta", "ok thanks", "Cheers duck"},
		"I am here.":                              {"hello?", "are you still there?", "is this working?", "ey up duck"},
		"I cannot decide that for you.":           {"what would you put?", "just put whatever", "you decide", "what do the other councillors say?"},
		"Sorry, I know that this can be tedious.": {"this is taking forever", "bloody hell", "I give up", "not being funny but that's a daft question", "what's the point of all this?"},
		"No harm done.":                           {"oops", "sorry wrong button"},
		"the clerk can give you a copy":           {"can I print this?", "could you email me a copy"},
		"yours alone":                             {"can my wife finish this?"},
		"Your answers":                            {"you've asked me that already", "I already said that", "what did I say for the first one?", "what's the result so far?", "how am I doing?", "how many more?"},
	}
	for _, place := range places {
		who := handlers.PersonID("P " + place)
		d.at(who, place)
		before := d.draft(who)
		for want, all := range remarks {
			if want == "Your answers" && place == "title" {
				continue // there are none
			}
			for _, typed := range all {
				said, after := d.types(who, typed), d.draft(who)
				if !strings.Contains(said, want) || !strings.Contains(said, "[Stop]") || inShort(after.Answers) != inShort(before.Answers) || after.Heard != nil {
					t.Errorf("%s, %q: %s%s", place, typed, inShort(after.Answers), said)
				}
			}
		}
	}
}

// Who would rather not answer, or has to find out first, leaves it open.
func TestDeclined(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := newDesk(t)
	for _, typed := range []string{"I'm not comfortable answering that", "I'd rather not say", "that's commercially sensitive", "none of your business", "that's above my pay grade",
		"ooh I'd have to check with Margaret", "I need to ask the clerk first", "I don't have that information to hand", "that's for the committee to decide", "can I come back to it?"} {
		for place, want := range map[string]string{
			"title": "I cannot go on without this one", "aim": "Is this a new partnership", "status": "I cannot go on without this one", "shared_responsibility": "I keep “Shared responsibility” as “Not sure”",
			"necessity": "never decides the result", "improves_outcomes": "as “Not sure”", "how": "as “Partly” for now", "resources": "I keep “Resources” as “Not sure”",
		} {
			who := handlers.PersonID("P " + place + " " + typed)
			d.at(who, place)
			if said, got := d.types(who, typed), d.draft(who).Answers; !strings.Contains(said, want) || strings.Contains(inShort(got), typed) {
				t.Errorf("%s, %q: %s\n%s", place, typed, inShort(got), said)
			}
		}
	}
}

// Words that may be said to the bot are put back, or offered to be kept, where words of the
// person's own are wanted. What is plainly an answer is not asked after.
func TestPersonal(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := newDesk(t)
	for place, ways := range map[string]map[string]string{
		"title":    {"I'm only a new councillor": "[Keep “I'm only", "it started last year, I think": "[Keep “it", "You Can Bike Too": "[Keep “You", "my eyes aren't what they were, can you make it bigger": "[Keep “my", "See the town bloom": "", "Wellbeing for all": ""},
		"partners": {"we haven't asked anybody": "[Keep “we", "the trust and us": "", "The Youth Club": ""},
		"aim":      {"it's complicated": "[Keep “it's", "see the attached document": "[Keep “see", "I want the towpath clean so that more people walk on it": "", "it would keep the path clean": "", "Read with children": "", "we want a bus": ""},
		"improves_outcomes": {"I'm only a new councillor": "I took that as Yes, with these words", "my ward would get a bus": "I took that as Yes, with these words", "I shouldn't think so": "I took that as: Improves outcomes for Biddulph: No",
			"I'd have thought so": "Improves outcomes for Biddulph: Yes. Right?", "see the attached document": "I did not catch that", "forty more children would come": "", "it's going to bring jobs": "", "both of us do it": "Right?", "the trust does it all": "Right?", "More youth work in the evenings": "", "only if the county agrees": "Right?", "yeah go on then": "Right?"},
		"how":                   {"my ward would get a bus": "I took that as Yes, with these words", "as far as I know": "I need a few words here", "see the attached document": "I need a few words here", "people came": "", "it gets lonely people out": ""},
		"status":                {"it started last year, I think": "New or existing: Existing. Right?", "I'm only a new councillor": "I did not catch that"},
		"shared_responsibility": {"you bet": "", "course it is": "", "nobody knows": "", "affirmative": "", "not on your nelly": "", "sort of": "", "in a manner of speaking": "I did not catch that", "?": "In plain words"},
	} {
		for typed, want := range ways {
			who := handlers.PersonID("P " + place + " " + typed)
			d.at(who, place)
			before := len(d.draft(who).Answers)
			said, after := d.types(who, typed), d.draft(who)
			if taken := len(after.Answers) > before || place == "how" && after.Answers[assessment.ImprovesOutcomes].Text != ""; taken != (want == "") || !strings.Contains(said, want) {
				t.Errorf("%s, %q: taken %v: %s", place, typed, taken, said)
			}
			if strings.HasPrefix(want, "[Keep") && strings.Contains(typed, "You Can") {
				if d.types(who, "keep it"); d.draft(who).Answers[assessment.Title].Text != typed {
					t.Errorf("%q is not kept: %s", typed, inShort(d.draft(who).Answers))
				}
			}
		}
	}
}

// A statement of how is a yes that is shown, as the question asks for; what denies it, is
// empty or speaks of the question never counts as one.
func TestDemonstrates(t *testing.T) {
	unhurried(t)
	shows := []string{"forty more children would come to the hall", "the flood wall protects the market", "people get fewer falls on the path"}
	empty := []string{"it would make things worse", "this is taking ages", "that's a daft question", "we've been asked this already", "it speaks for itself",
		"tbh lol", "same as the aim", "obviously it would", "it just would", "it goes without saying", "there would be no difference", "I already told you that",
		"because it would do", "what a silly question", "it's a complete waste of money", "everyone knows it would"}
	for _, typed := range shows {
		d := deskAt(t, "improves_outcomes")
		d.sees(d.types(author, typed), "Can the Council put in")
		if got := d.draft(author).Answers[assessment.ImprovesOutcomes]; got.Word != assessment.Yes || got.Text != typed {
			t.Errorf("%q is %+v", typed, got)
		}
	}
	for _, typed := range empty {
		for _, before := range []string{"", "yes"} {
			d := deskAt(t, "improves_outcomes")
			if before != "" {
				d.types(author, before)
			}
			said := d.types(author, typed)
			if got := d.draft(author); got.Answers[assessment.ImprovesOutcomes].Text != "" || strings.Contains(said, "Can the Council put in") ||
				got.Heard != nil && got.Heard.Answers[assessment.ImprovesOutcomes].Word == assessment.Yes {
				t.Errorf("%q after %q is %+v: %s", typed, before, got.Answers[assessment.ImprovesOutcomes], said)
			}
		}
		d := deskAt(t, "improves_outcomes")
		d.types(author, "yes, "+typed)
		if got := d.draft(author).Answers[assessment.ImprovesOutcomes]; got.Text != "" {
			t.Errorf("yes, and %q shows it: %+v", typed, got)
		}
	}
}
