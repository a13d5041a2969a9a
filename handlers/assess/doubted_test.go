package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
)

// What is ticked with a maybe is put back as counted, and not as left out as well.
func TestDoubtedTick(t *testing.T) {
	t.Parallel()
	for typed, doubt := range map[string]string{
		"1, 3 maybe":                    "You said “3 maybe”, and I have counted it.",
		"1 and 2, well and 3 maybe":     "You said “3 maybe”, and I have counted it.",
		"1, not sure about 3":           "You said “not sure about 3”, and I have counted it.",
		"1, and the mayor is very keen": "I did not understand “the mayor is very keen”, so I have left it out for now.",
	} {
		d := deskAt(t, "necessity")
		said := d.types(author, typed)
		d.sees(said, "I took that as: Why it is necessary: Government requires it", "Right?", doubt)
		if strings.Contains(doubt, "counted") && strings.Contains(said, "left it out") {
			t.Errorf("%q is counted and left out: %s", typed, said)
		}
	}
}

// Ticks that contradict each other are asked after, wherever in a reply they stand.
func TestContraryTicks(t *testing.T) {
	t.Parallel()
	d := deskAt(t, "safeguards")
	d.sees(d.types(author, "number 9, and 10 i think, 13 and 12"), "In place: Representatives named", "You ticked both that there is one and that none is needed. I will ask you which it is.")
	d.sees(d.types(author, "yes"), "You ticked both", "Which is it?", "There is an Information Sharing Agreement.")
	d.sees(d.types(author, "not needed"), "Not applicable: Information Sharing Agreement")
	for _, there := range []string{"information_sharing", "information_sharing partly"} {
		d := deskAt(t, "safeguards")
		done := handlers.Action{Verb: "assess.done", Arg: string(d.draft(author).ID) + " safeguards"}
		d.sees(d.does(author, done, map[string][]string{"safeguards.2": {there, "information_sharing not_applicable"}}), "You ticked both", "Which is it?")
	}
}
