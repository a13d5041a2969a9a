package assess_test

import (
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

const trustWants = "The canal trust wants us to look after the towpath with them. We'd decide everything together, and there's no money for it."

// A story is offered an assessment that begins with it, and is not lost however long it is.
func TestStory(t *testing.T) {
	unhurried(t)
	for name, story := range map[string]string{"short": trustWants, "long": trustWants + strings.Repeat(" It is a long path, and nobody sweeps it.", 200)} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.sees(d.types(author, "tell me what counts"), answered)
			d.sees(d.types(author, story), "That sounds like a proposal", "[Start an assessment with this]", "[Look in the protocol]")
			if d.drafts(author) > 0 {
				t.Error("a draft is begun unasked")
			}
			start, _ := d.find(author, "Start an assessment with this")
			if len(start.Arg) > 1000 {
				t.Errorf("%d bytes in a button", len(start.Arg))
			}
			d.sees(d.types(author, "yes"), "What is the proposal called?")
			d.types(author, "Towpath")
			d.types(author, "The canal trust")
			d.sees(d.said["@U1"], "What is it for?", "[Use “The canal trust wants us")
			d.types(author, "yes")
			d.taps(author, "Existing")
			d.walkOn(author, "shared_responsibility", nil, "")
			d.sees(d.said["@U1"], "From what you told me (“We'd decide everything together”)")
			if got := d.draft(author).Answers[assessment.Aim].Text; got != story {
				t.Errorf("%d of %d bytes are kept", len(got), len(story))
			}
			if c, err := d.store.Conversation(t.Context(), team, "@U1"); err != nil || c.Told != "" {
				t.Errorf("kept twice: %d bytes, %v", len(c.Told), err)
			}
			// Another story, while one is under way, is no answer to what is asked.
			d.taps(author, "Finish later")
			d.sees(d.types(author, "the county wants us to join a flood group with them"), "That sounds like a proposal")
			d.sees(d.taps(author, "Start an assessment with this"), "What is the proposal called?")
			if d.drafts(author) != 2 {
				t.Errorf("%d drafts", d.drafts(author))
			}
		})
	}
}

// A proposal is known by what it says, however it is put.
func TestStories(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, story := range []string{
		"We would like to set up a youth club with the YMCA",
		"The council is planning to run a warm hub jointly with the churches",
		"we've been invited to look after the towpath together with the trust",
		"We have had an invitation from the county to help run the library",
		"Our council proposes a joint market with Leek and Congleton",
		"We’d like to share a handyman together with two parishes",
		"Good morning, hope you're well. The canal trust has asked whether we would join their towpath group.",
		"Dear bot, the scouts have enquired whether the council might help run the hut. Kind regards",
		"Sorry to bother you but the rugby club was asking if we'd go in with them on the changing rooms",
		"The Canal Trust would clear the towpath with volunteers. The Council would pay for the gravel, and both decide what comes first.",
	} {
		d.sees(d.types(author, story), "That sounds like a proposal", "[Start an assessment with this]")
	}
	for _, none := range []string{
		"We want to know how conflicts with partners are dealt with", "The council wants to leave the tourism group it shares with Leek",
		"we would like to complain about working with the county", "The council would be grateful if you would say what a partnership is, please",
	} {
		d.sees(d.types(author, none), answered)
	}
}

// What somebody asks to be assessed is what the assessment begins with.
func TestAssessThis(t *testing.T) {
	unhurried(t)
	t.Parallel()
	const patrols = "Dog warden patrols. A firm would be paid by the Council to patrol the parks twice a week and to issue fines, and the Council would set the routes and read a report every month"
	for _, tt := range []struct{ typed, name, aim string }{
		{"assess: " + patrols, "Dog warden patrols", patrols},
		{"please assess this proposal: " + patrols, "Dog warden patrols", patrols},
		{"can you assess this: the canal trust wants us to fund a towpath", "Canal trust", "the canal trust wants us to fund a towpath"},
		{"could you assess the following. " + patrols, "Dog warden patrols", patrols},
		{"assess Canal towpath with the Canal Trust", "Canal towpath with the Canal Trust", ""},
		{patrols + ". Can you assess it please?", "Dog warden patrols", patrols},
		{"A firm would run dog patrols, can you assess it", "", "A firm would run dog patrols"},
		{"start an assessment of the Leek market", "Leek market", ""},
		{"assess it", "", ""},
		{"can you assess a partnership for us", "", ""},
	} {
		d := newDesk(t)
		said := d.types(author, tt.typed)
		d.sees(said, "What is the proposal called?")
		if use := "[Use “" + tt.name; tt.name != "" {
			d.sees(said, use+"”]")
		} else {
			d.lacks(said, use)
		}
		d.types(author, "A name")
		said = d.types(author, "The county and the trust")
		if tt.aim == "" {
			d.lacks(said, "[Use “")
			continue
		}
		d.types(author, "yes")
		if got := d.draft(author).Answers[assessment.Aim].Text; got != tt.aim {
			t.Errorf("%q: %q", tt.typed, got)
		}
	}
	for _, typed := range []string{"can you assess how partners contribute?", "how do you assess a partnership?", "who assesses the risks, and can you assess them"} {
		d := newDesk(t)
		d.sees(d.types(author, typed), answered)
	}
}

// What asks, or is said among others, is no story.
func TestNoStory(t *testing.T) {
	d := newDesk(t)
	for _, said := range []string{
		"the canal trust wants us to join, should we go along with it?", "tell me when the council is asked to join a partnership with others",
		"Good morning, hope you're well. Tell me what happens when the county has asked whether we would join",
		"Hello. I wonder whether we would join the canal trust or not", "A resident has asked whether we could publish what the partnership spends",
		"I want to know whether the county can ask us to join", "who wants us to join the canal trust partnership", "the trust wants us",
		"Value for money is one of the three things that matter here",
	} {
		d.sees(d.types(author, said), answered)
	}
	out := d.turn(handlers.Turn{Person: author, Text: trustWants, Place: handlers.Place{Channel: "C1", Thread: "1"}})
	for _, r := range out {
		if strings.Contains(text(r), "sounds like") {
			t.Errorf("among others: %s", text(r))
		}
	}
}

// A story is read in no time, however long it is and wherever in it a question may begin.
func TestStoryOfManyParts(t *testing.T) {
	unhurried(t)
	d := newDesk(t)
	for _, part := range []string{", and so on", ", is it", ", is it so that we go", ", who has the key"} {
		for _, long := range []int{3_900, 20_000} {
			begun := time.Now()
			d.types(author, "We have been asked to join the canal group"+strings.Repeat(part, long/len(part)))
			if took := time.Since(begun); took > 2*time.Second {
				t.Errorf("%q, %d bytes: %v", part, long, took)
			}
		}
	}
}
