package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// Whoever does not see what is asked is told in plain words, at a question of any kind.
func TestPlainly(t *testing.T) {
	unhurried(t)
	for _, step := range []assessment.StepID{"title", "aim", "formal_legal_entity", "necessity", "resources", "safeguards"} {
		d := deskAt(t, step)
		before := len(d.draft(author).Answers)
		for _, typed := range []string{"explain it in plain english", "example", "what does that mean", "what does that mean?", "I don't understand the question",
			"explain", "can you explain this?", "i don’t understand", "give me an example", "for example?", "what do you mean by that?", "in plain words please", "I'm confused"} {
			said := d.types(author, typed)
			if !strings.Contains(said, "In plain words:") || strings.Contains(said, answered) || !strings.Contains(said, "[Why do you ask?]") {
				t.Errorf("%s, %q: %s", step, typed, said)
			}
		}
		if n := len(d.draft(author).Answers); n != before {
			t.Errorf("%s: something was stored", step)
		}
	}
	for _, f := range assessment.Facts() {
		if f.Plain() == "" {
			t.Errorf("%s is not explained", f.ID)
		}
	}
}

// Where the person is, and what they have said, is told on request; the question stays.
func TestProgressOnRequest(t *testing.T) {
	unhurried(t)
	for _, step := range []assessment.StepID{"aim", "added_value", "resources"} {
		d := deskAt(t, step)
		before := d.draft(author)
		for _, typed := range []string{"where are we up to", "where are we up to?", "how many questions are left", "how many more questions?", "how long will this take", "what have I said so far",
			"my answers", "show me my answers", "summary", "what are we talking about", "how much longer", "where am I?", "can you remind me what this is about"} {
			d.sees(d.types(author, typed), "This is about “A Proposal”.", "questions are left", "Your answers so far:", "[Why do you ask?]")
			if after := d.draft(author); len(after.Answers) != len(before.Answers) || after.At != before.At {
				t.Errorf("%s: %q changed something", step, typed)
			}
		}
		d.sees(d.types(author, "can someone else finish this for me"), "yours alone", "90 days", "[Why do you ask?]")
		d.sees(d.types(author, "can I pass this to the clerk?"), "yours alone")
	}
}

// Skipping keeps an answer that stands, and makes none where none can be.
func TestSkipped(t *testing.T) {
	unhurried(t)
	for _, word := range []string{"skip", "pass", "next", "skip this one", "move on"} {
		d := newDesk(t)
		d.sees(d.walk(author, "title", nil), "called?")
		d.sees(d.types(author, word), "I cannot go on without this one", "called?")
		d.types(author, "Towpath")
		d.sees(d.types(author, word), "What is it for?")
		d.sees(d.types(author, word), "Is this a new partnership")
		d.sees(d.types(author, word), "I cannot go on without this one", "Is this a new partnership")
		d.walkOn(author, "shared_responsibility", nil, "")
		d.types(author, "go back")
		d.sees(d.types(author, word), "Your answer on “Only a discussion forum” stays as it was.", "share the responsibility")
		if got := d.draft(author).Answers[assessment.DiscussionForumOnly].Word; got != assessment.No {
			t.Errorf("%s has made it %q", word, got)
		}
		d.sees(d.types(author, word), "I keep “Shared responsibility” as “Not sure”", "economic or social")
		if got := d.draft(author).Answers[assessment.SharedResponsibility].Word; got != assessment.Unknown {
			t.Errorf("%s has made it %q", word, got)
		}
		d.walkOn(author, "necessity", nil, "")
		d.sees(d.types(author, word), "never decides the result", "None of these. Right?")
		d.types(author, "no")
		d.walkOn(author, "resources", nil, "")
		d.types(author, "time yes")
		d.sees(d.types(author, word), "I keep “Resources” as “Not sure”")
		if got := d.draft(author).Answers; got[assessment.ResourceTime].Word != assessment.Yes || got[assessment.ResourceMoney].Word != assessment.Unknown {
			t.Errorf("%s has made them %v", word, got)
		}
	}
}

// People say in many ways that they want to go back, by one question or more.
func TestGoingBack(t *testing.T) {
	unhurried(t)
	for typed, sees := range map[string]string{
		"undo": "simply deliver", "previous question": "simply deliver", "previous": "simply deliver", "back a question": "simply deliver", "go back please": "simply deliver",
		"can we go back": "simply deliver", "go back two questions": "formally constituted", "back 2": "formally constituted", "2 back": "formally constituted",
		"go back 3 steps": "Is this a new partnership", "back 20": "first question",
		"go back to the new or existing question": "Is this a new partnership", "I made a mistake": "simply deliver", "change my last answer": "simply deliver",
	} {
		d := deskAt(t, "discussion_forum_only")
		d.sees(d.types(author, typed), sees)
	}
	for _, typed := range []string{"start over", "start again", "can we start again please", "start from the beginning"} {
		d := deskAt(t, "discussion_forum_only")
		before := d.bytes(author)
		d.sees(d.types(author, typed), "Shall I begin again", "[Begin again]")
		if d.bytes(author) != before {
			t.Error("begun again unasked")
		}
		d.sees(d.types(author, "no"), "only a forum")
		d.types(author, typed)
		d.sees(d.types(author, "yes"), "What is the proposal called?")
		if got := d.draft(author); len(got.Answers) != 0 || d.drafts(author) != 1 {
			t.Errorf("left over: %+v", got)
		}
	}
}

// What is said to the dialogue is no answer, and an answer is not said to the dialogue.
func TestNoSaying(t *testing.T) {
	unhurried(t)
	for _, aim := range []string{"Start again where the old scheme stopped", "Back to work", "Next steps for the hall", "Show the town what we can do", "Undo the damage to the towpath",
		"Pass on old skills", "Examples of good work", "Whatever the town needs"} {
		d := deskAt(t, "aim")
		d.types(author, aim)
		if got := d.draft(author).Answers[assessment.Aim].Text; got != aim {
			t.Errorf("%q is taken as something else: %s", aim, d.said["@U1"])
		}
	}
}

// People say in many ways that they have to go, and ask what is left.
func TestLeaving(t *testing.T) {
	unhurried(t)
	for typed, sees := range map[string]string{
		"I need to go": "Saved.", "brb": "Saved.", "I'll do it tomorrow": "Saved.", "save it": "Saved.", "I've got to dash": "Saved.", "finish it later": "Saved.",
		"what's left": "questions are left", "what is left": "questions are left",
	} {
		d := deskAt(t, "shared_responsibility")
		if said := d.types(author, typed); !strings.Contains(said, sees) {
			t.Errorf("%q: %s", typed, said)
		}
	}
}

// More of the words that people answer with. What is put back stands behind a question mark.
func TestPlainerWords(t *testing.T) {
	unhurried(t)
	for _, tt := range []struct {
		step        assessment.StepID
		typed, want string
	}{
		{"shared_responsibility", "course not", "no"},
		{"shared_responsibility", "far from it", "no"},
		{"shared_responsibility", "not necessarily", "?no"},
		{"improves_outcomes", "idk tbh", "unknown"},
		{"shared_responsibility", "yes and no", "?partly"},
		{"shared_responsibility", "mmm not sure tbh", "unknown"},
		{"discussion_forum_only", "not really, we'd all be mucking in", "?no"},
		{"status", "it started last year", "?existing"},
		{"status", "never been done before", "?new"},
	} {
		d := deskAt(t, tt.step)
		said := d.types(author, tt.typed)
		now := d.draft(author)
		got := string(now.Answers[assessment.FactID(tt.step)].Word)
		if now.Heard != nil {
			got = "?" + string(now.Heard.Answers[assessment.FactID(tt.step)].Word)
		}
		if got != tt.want {
			t.Errorf("%q is %q, want %q: %s", tt.typed, got, tt.want, said)
		}
	}
}

// What is asked about the assessment itself is answered by what the bot knows of it.
func TestAboutTheQuestions(t *testing.T) {
	t.Parallel()
	for says, typed := range map[string][]string{
		"At most 13 questions are left": {"how many more questions are there", "how many questions are still to come", "how many more of these are there"},
		"contract for services":         {"what would happen if I said yes", "what happens if I say yes", "what if i tick yes", "what would it mean if we said yes"},
		"for the Council to decide":     {"who decides this anyway", "who makes the decision", "who has the final say on this"},
	} {
		for _, text := range typed {
			d := deskAt(t, "third_party_delivers_service")
			if said := d.types(author, text); !strings.Contains(said, says) || strings.Contains(said, answered) || !strings.Contains(said, "Question 5") {
				t.Errorf("%q: %s", text, said)
			}
		}
	}
}
