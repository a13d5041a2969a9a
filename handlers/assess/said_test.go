package assess_test

import (
	"slices"
	"strings"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// How people say yes, no and the like to one question. want is the word that counts at once
// or, behind a question mark, the one that is put back; "which" is asked back.
func TestSaid(t *testing.T) {
	unhurried(t)
	const gate, plain, courtesy = assessment.StepID("shared_responsibility"), assessment.StepID("formal_legal_entity"), assessment.StepID("invited_out_of_courtesy")
	for _, tt := range []struct {
		step        assessment.StepID
		typed, want string
	}{
		// Signs.
		{gate, ":+1:", "yes"}, {gate, ":thumbsup:", "yes"}, {gate, "👍", "yes"}, {gate, "👍🏽", "yes"}, {gate, ":+1::skin-tone-3:", "yes"},
		{gate, ":white_check_mark:", "yes"}, {gate, "✅", "yes"}, {gate, ":-1:", "no"}, {gate, ":thumbsdown:", "no"}, {gate, "👎", "no"}, {gate, "❌", "no"},
		{gate, ":x:", "no"}, {gate, "🤷", "unknown"}, {gate, "🤷‍♂️", "unknown"}, {gate, ":shrug:", "unknown"}, {gate, "👍👍", "yes"}, {gate, "✔️", "yes"},
		{gate, "👍 because the county agreed", "yes"}, {gate, ":+1: the county agreed", "yes"}, {gate, "👍 but not the money side", "?partly"}, {gate, "👍 they do", "yes"},
		{plain, ":+1:", "yes"}, {plain, ":-1: 🙂", "no"},
		// A yes or a no that is taken back in part.
		{gate, "no, but they share some of it", "?partly"}, {gate, "yes but not the money side", "?partly"}, {gate, "yes but the district council has drifted away", "?partly"},
		{gate, "yes I think so but not the money side", "?partly"}, {gate, "yes, they do but not all of it", "?partly"}, {gate, "yes, though the county does most", "?partly"},
		{gate, "yes apart from the money", "?partly"}, {gate, "no, they share some of it though", "?partly"}, {gate, "yes, not the money", "?partly"},
		{gate, "I suppose so but it is all down to the county", "?partly"}, {gate, "yes, but not fully", "partly"}, {gate, "not exactly, but they agree things", "?partly"},
		{plain, "no but it is becoming a charity", "which"}, {plain, "yes but only on paper", "which"}, {"discussion_forum_only", "not exactly, but they mostly just talk", "which"},
		{plain, "partly, it has a charity in it", "which"},
		{gate, "yes, because they agreed but it took years", "yes"}, {gate, "no, they decide but we pay", "no"}, {gate, "yes, only the county pays less", "?partly"},
		{gate, "no, only the county decides", "no"}, {gate, "definitely not", "no"}, {gate, "certainly not, the county decides", "no"}, {gate, "partly, but not the money", "partly"},
		// Without a pause.
		{courtesy, "no no we are very much part of it", "?no"}, {gate, "oh yes definately they do the lot together", "?yes"}, {gate, "no they just talk", "?no"},
		{"discussion_forum_only", "no they just talk", "which"},
		// By rule.
		{gate, "Yes I think so dear", "?yes"}, {gate, "naw", "no"}, {gate, "nah", "no"}, {gate, "aye", "yes"}, {gate, "not mainly", "?no"}, {gate, "don't think so", "?no"},
		{gate, "I don't believe so", "?no"}, {gate, "on paper yes", "?yes"}, {gate, "yes on paper", "?yes"}, {gate, "mostly y", "partly"}, {gate, "mostly yes", "partly"},
		{gate, "yes mostly", "partly"}, {gate, "ok", "?yes"}, {gate, "bit of both", "partly"}, {gate, "yep", "yes"}, {gate, "yup", "yes"}, {gate, "nope", "no"},
		{gate, "correct", "yes"}, {gate, "it is", "yes"}, {gate, "it isn't", "no"}, {gate, "it isnt", "no"}, {gate, "it isn’t", "no"}, {gate, "we do", "yes"}, {gate, "we don't", "no"},
		{gate, "they do", "yes"}, {gate, "they do not", "no"}, {gate, "yes there is", "yes"}, {gate, "no, there isn't", "no"}, {gate, "I'd say so", "yes"}, {gate, "not yet", "?no"},
		{gate, "in progress", "partly"}, {gate, "being drafted", "partly"}, {gate, "it's being drawn up", "partly"}, {gate, "still being agreed", "partly"}, {gate, "some of it", "partly"},
		{gate, "not all of it", "partly"}, {gate, "no idea", "unknown"}, {gate, "haven't a clue", "unknown"}, {gate, "I haven't got a clue", "unknown"}, {gate, "search me", "unknown"},
		{gate, "I really don't know", "unknown"}, {gate, "i think they do", "?yes"}, {gate, "no i dont think they do", "?no"}, {gate, "definitely yes please love", "yes"},
		{gate, "Yes - except the county", "?partly"}, {gate, "I don't think they do", "?no"}, {gate, "I reckon so", "?yes"}, {gate, "it depends", "?unknown"}, {gate, "to be fair yes", "yes"},
		{gate, "that's a no from me", "no"}, {gate, "yeah pretty much", "partly"}, {gate, "more yes than no", "partly"}, {gate, "no but yeah", "?partly"}, {gate, "they dont", "no"},
		{gate, "no problem", ""}, {gate, "no comment", ""}, {gate, "nothing but talk", "?no"}, {plain, "it isn't a company", "?no"}, {plain, "haven't the foggiest", "unknown"}, {plain, "its not a company no", "?no"}, {gate, "usually", "partly"}, {gate, "yes they usually do", "?partly"},
		// A hedge anywhere in a yes makes it a partly; one behind a "because" does not.
		{gate, "I reckon they do share it, mostly", "?partly"}, {gate, "yes they share it to some extent", "?partly"}, {gate, "they share it mostly", "?partly"}, {gate, "yes, the county mostly agrees", "?partly"},
		{gate, "by and large yes", "partly"}, {gate, "yes for the most part", "partly"}, {gate, "on the whole", "partly"}, {gate, "yes, mainly because the county agreed", "yes"}, {gate, "yes because they mostly agree", "yes"},
		// What says the opposite of the word before it is asked after.
		{gate, "no, they share everything equally", "which"}, {gate, "nah, all muck in", "which"}, {gate, "all muck in", "?yes"}, {plain, "no, the trust is a charity", "no"},
		// New or existing, as people say it.
		{"status", "its a new un", "new"}, {"status", "nope its new", "new"}, {"status", "no, brand new", "new"}, {"status", "it would be a completely new group", "new"},
		{"status", "we've had it years", "existing"}, {"status", "we're already in it", "existing"}, {"status", "it's been going a while", "existing"}, {"status", "they've run it for ten years now", "existing"},
		{"status", "new members joined last year", ""},
	} {
		t.Run(string(tt.step)+" "+tt.typed, func(t *testing.T) {
			d := deskAt(t, tt.step)
			said := d.types(author, tt.typed)
			draft, id := d.draft(author), assessment.FactID(tt.step)
			got := string(draft.Answers[id].Word)
			if draft.Heard != nil {
				got = "?" + string(draft.Heard.Answers[id].Word)
			} else if strings.Contains(said, "Is that a yes or a no?") && draft.Notes[id] == tt.typed {
				got = "which"
			}
			if got != tt.want {
				t.Errorf("is %q, want %q: %s", got, tt.want, said)
			}
		})
	}
}

// The reasons are read with or without how sure the person is of them; what says something
// of another question too is not taken as its answer.
func TestReasonsSaid(t *testing.T) {
	unhurried(t)
	const three, four = assessment.CommunityPriority, assessment.CapacityOrExpertise
	for typed, want := range map[string][]assessment.Value{
		"3 and 4 i think": {three, four}, "3 and maybe 4": {three, four}, "probably 3, possibly 4": {three, four}, "definitely 4": {four}, "4 please": {four},
		"because nobody else can do it and we dont have the staff": {four}, "we don't have enough people": {four}, "the funder says so and it's cheaper": {assessment.FunderRequires, assessment.BetterValueWithOthers}, "3, and it's cheaper": {three, assessment.BetterValueWithOthers},
		"i'm not sure, maybe 4": {four}, "mainly 4": {four}, "none really": {}, "none of them": {}, "not sure": {}, "don't know": {},
		"the third one": {three}, "three and four": {three, four}, "third and fourth": {three, four}, "numbers three, four": {three, four}, "two or three of them": nil, "just one": nil,
	} {
		d := deskAt(t, "necessity")
		said := d.types(author, typed)
		if d.draft(author).Heard != nil {
			said += d.types(author, "yes")
		}
		got := d.draft(author).Answers
		if got.Given(assessment.Necessity) != (want != nil) || !slices.Equal(got[assessment.Necessity].Set, want) || got.Given(assessment.ResourceTime) {
			t.Errorf("%q is %v: %s", typed, got[assessment.Necessity], said)
		}
	}
}

// A reason in words is added to those that are ticked, unless it says that it stands alone.
func TestReasonAdded(t *testing.T) {
	unhurried(t)
	const three, four, five = assessment.CommunityPriority, assessment.CapacityOrExpertise, assessment.BetterValueWithOthers
	for typed, want := range map[string][]assessment.Value{
		"yep couldnt do it on our own": {three, four, five}, "we don't have the staff": {three, four, five}, "only that we couldn't do it on our own": {four}, "4": {four},
	} {
		d := deskAt(t, "necessity")
		d.types(author, "3 and 5")
		d.types(author, "back")
		said := d.types(author, typed)
		if d.draft(author).Heard != nil {
			said = d.types(author, "yes")
		}
		if got := d.draft(author).Answers[assessment.Necessity].Set; !slices.Equal(got, want) {
			t.Errorf("%q makes it %v: %s", typed, got, said)
		}
	}
}

// An existing partnership is spoken of as what it is.
func TestExisting(t *testing.T) {
	existing := assessment.Answers{assessment.Status: {Word: assessment.Existing}}
	d := newDesk(t)
	d.sees(d.walk(author, "improves_wellbeing", existing), "Do its outcomes improve")
	d.walkOn(author, "improves_outcomes", existing, "")
	d.sees(d.types(author, "yes"), "How does it?")
	d.types(author, "people came")
	d.sees(d.types(author, "why do you ask?"), "The Council takes part in a partnership only if")
	for _, f := range assessment.Facts() {
		for _, text := range []string{f.Question, f.FindOut, f.Decides} {
			if got := " " + strings.ToLower(assessment.Wording(text, assessment.Existing)); strings.Contains(got, " would ") || strings.Contains(got, " join ") {
				t.Errorf("%s reads, of an existing one: %s", f.ID, got)
			}
		}
	}
}

// The reasons that are suggested are ticked, so that Done keeps them.
func TestSuggestedReasons(t *testing.T) {
	unhurried(t)
	for aim, want := range map[string]assessment.Value{
		"the funder requires a partnership": assessment.FunderRequires,
		"it is cheaper together":            assessment.BetterValueWithOthers,
		"the lottery requires partners":     assessment.FunderRequires,
		"None of us can afford it alone":    assessment.CapacityOrExpertise,
		"we could not fund it on our own":   assessment.CapacityOrExpertise,
	} {
		d := deskAt(t, "aim")
		said := d.walkOn(author, "necessity", nil, d.types(author, aim))
		if !strings.Contains(said, "Please check it") {
			t.Errorf("%q suggests nothing: %s", aim, said)
		}
		d.types(author, "done")
		if got := d.draft(author).Answers[assessment.Necessity].Set; !slices.Equal(got, []assessment.Value{want}) {
			t.Errorf("%q and done store %v, want %s", aim, got, want)
		}
	}
}
