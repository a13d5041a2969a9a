package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// Courtesy around an answer or a command takes nothing from it.
func TestCourteous(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, tt := range []struct{ place, typed, sees string }{
		{"safeguards", "1 and 9, thank you", "- In place: Agreement or Terms of Reference, Representatives named"},
		{"safeguards", "3 and 5 if you would be so kind", "- In place: All partners' responsibilities, Risks evaluated"},
		{"safeguards", "all of them, my dear, many thanks", "partnership is appropriate."},
		{"necessity", "3 and 4 if you'd be so good", "Has the Council been invited"},
		{"good_governance", "my answers so far, if you please", "Your answers so far:"},
		{"good_governance", "go back, if you don't mind", "used economically"},
		{"good_governance", "yes, my dear", "Can you show how"},
		{"summary", "do send it along", "Stored as PA-2026-"},
		{"summary", "kindly submit it, if you would", "Stored as PA-2026-"},
		{"title", "thank you my dear, most helpful", "You're welcome."},
		{"aim", "you're very kind", "You're welcome."},
		{"resources", "yes to all, thanks very much", "Tick everything"},
	} {
		d := deskAt(t, tt.place)
		d.sees(d.types(author, tt.typed), tt.sees)
		if d.drafts(author) == 1 {
			for id, given := range d.draft(author).Answers {
				if given.Note != "" {
					t.Errorf("%s, %q: the note on %s is %q", tt.place, tt.typed, id, given.Note)
				}
			}
		}
	}
}

// What was understood is confirmed and refused in ordinary words.
func TestSettled(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for typed, right := range map[string]bool{
		"Oh no, that is not what I meant at all": false, "I should not think so, my dear": false, "Oh no": false, "goodness, no": false, "no it isn't": false,
		"you've got that wrong": false, "certainly not": false, "not what I said": false, "heavens no": false, "no, you misunderstood me": false, "quite the opposite": false,
		"I would not have thought so": false, "no that's wrong": false, "you have got hold of the wrong end of the stick, my dear": false,
		"oh yes": true, "yes that's what I meant": true, "that's what I said": true, "yes, quite right": true, "I suppose so": true, "spot on, thank you": true, "exactly": true,
	} {
		d := deskAt(t, "shared_responsibility")
		d.sees(d.types(author, "I think so"), "Shared responsibility: Yes. Right?")
		said := d.types(author, typed)
		if got := d.draft(author); (got.Answers[assessment.SharedResponsibility].Word == assessment.Yes) != right || got.Heard != nil {
			t.Errorf("%q: %v, %s", typed, got.Answers[assessment.SharedResponsibility], said)
		} else if !right {
			d.sees(said, "I have not taken that as your answer.", "Would the organisations share")
		}
	}
}

// A no is heard in the words in which people say it, in doubt or not.
func TestBritishNoes(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for typed, note := range map[string]string{
		"Goodness me, no, nothing so grand as that": "nothing so grand as that",
		"Heavens, no": "", "I should hope not!": "", "I shouldn't have thought so, no": "", "I would not have thought so": "", "No, I should not say so.": "",
		"Good lord, no. It is only a club": "It is only a club", "not in the slightest": "", "By no means": "", "oh dear me no": "", "I couldn't say that, no": "",
	} {
		d := deskAt(t, "formal_legal_entity")
		if strings.Contains(d.types(author, typed), "Formal legal partnership: No. Right?") {
			d.types(author, "yes")
		}
		if got := d.draft(author).Answers[assessment.FormalLegalEntity]; got.Word != assessment.No || got.Note != note {
			t.Errorf("%q: %+v", typed, got)
		}
	}
}

// An answer before a question is not dropped without a word.
func TestAnswerBeforeQuestion(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for typed, said := range map[string]string{
		"yes and can i ask, who is liable if it goes wrong": "yes", "no, and what is an LLP?": "no", "Not sure, but who decides?": "Not sure",
		"yes. Also, can I just ask whether we need a lawyer": "yes",
	} {
		d := deskAt(t, "formal_legal_entity")
		d.sees(d.types(author, typed), answered, "I have not taken your “"+said+"” as an answer yet", "formally constituted")
		if d.draft(author).Answers.Given(assessment.FormalLegalEntity) {
			t.Errorf("%q is an answer", typed)
		}
	}
}

// Whoever writes whole sentences is led where they would like to go, and nothing is answered for
// them.
func TestWholeSentences(t *testing.T) {
	unhurried(t)
	for typed, sees := range map[string]string{
		"Oh dear, could you go back please?":                                                "formally constituted",
		"I would like to go back one question":                                              "formally constituted",
		"Would you mind going back one?":                                                    "formally constituted",
		"May I go back to the previous question, please?":                                   "formally constituted",
		"Oh dear, I think I have gone wrong. Could you go back please?":                     "formally constituted",
		"Oh dear, I think I have gone wrong. Could you go back to the partners please?":     "Who would the partners be",
		"I should like to change the partners":                                              "Who would the partners be",
		"I am sorry, I would like to change what I said about the partners":                 "Who would the partners be",
		"I would like to stop now, thank you":                                               "Discarding cannot be undone",
		"I think I will stop there for today, dear":                                         "Saved.",
		"I shall have to finish this later, my tea is ready":                                "Saved.",
		"I am afraid I do not understand the question":                                      "In plain words",
		"I'm not sure what you are asking me":                                               "In plain words",
		"Would the other party simply deliver a service? I am sorry, I do not follow, dear": "simply deliver",
		"I would rather come back to this one":                                              "forum or group",
		"I am sorry":                                                                        "simply deliver",
		"I am":                                                                              "did not catch that",
		"Oh dear I have put the wrong partners":                                             "did not catch that",
	} {
		d := newDesk(t)
		d.walk(author, "third_party_delivers_service", nil)
		d.sees(d.types(author, typed), sees)
		if got := d.draft(author); sees != "forum or group" && got.Answers.Given("third_party_delivers_service") || got.Heard != nil {
			t.Errorf("%q answers: %v, %v", typed, got.Answers["third_party_delivers_service"], got.Heard)
		}
	}
}

// A sceptic is told what a question rests on, what becomes of the answers, and that none is owed.
func TestSceptic(t *testing.T) {
	unhurried(t)
	for typed, sees := range map[string]string{
		"is that in the protocol?": "contract for services", "where does it say that?": "contract for services", "says who?": "contract for services",
		"which bit of the protocol is this from": "contract for services", "according to whom": "contract for services", "where's that in the protocol": "contract for services",
		"what if I don't know": "If you do not know, say “not sure”", "do I have to answer this": "If you do not know, say “not sure”", "is this one optional?": "If you do not know",
		"what happens next": "Submitting stores your answers",
	} {
		d := newDesk(t)
		d.walk(author, "third_party_delivers_service", nil)
		d.sees(d.types(author, typed), sees, "simply deliver a service")
	}
}

// What stands around a name, or around whom it is with, is no part of it.
func TestWithoutLead(t *testing.T) {
	unhurried(t)
	for typed, want := range map[string]string{
		"I think we should call it the Biddulph Heritage Open Day.": "The Biddulph Heritage Open Day", "Let's call it Canal path": "Canal path", "it's called “Food bank”": "Food bank",
		"The name is Bike repair, thank you": "Bike repair", "Well, we'd call it the Green Gym": "The Green Gym", "Canal path, thanks": "Canal path", "Ducks we love": "Ducks we love",
	} {
		d := newDesk(t)
		d.types(author, "assess")
		d.sees(d.types(author, typed), "Who would the partners be")
		if got := d.draft(author).Answers[assessment.Title].Text; got != want {
			t.Errorf("%q: the title is %q", typed, got)
		}
	}
	for typed, want := range map[string]string{
		"It would be the Biddulph and District Genealogy and Historical Society, and the Museum, thank you.": "The Biddulph and District Genealogy and Historical Society, and the Museum",
		"they're the Scouts and Age UK": "The Scouts and Age UK", "It depends on the County": "", "it would be silly to say": "", "The Museum. Thank you very much.": "The Museum",
	} {
		d := newDesk(t)
		d.walk(author, "partners", nil)
		said := d.types(author, typed)
		if got := d.draft(author).Answers[assessment.Partners].Text; got != want {
			t.Errorf("%q: the partners are %q: %s", typed, got, said)
		}
	}
}

// Who asks the bot to go back is led there, also where any words are an answer.
func TestBegging(t *testing.T) {
	unhurried(t)
	for _, typed := range []string{"Could I go back to the partners, please?", "I should like to change the partners", "May I change what I said about the partners?"} {
		d := newDesk(t)
		d.walk(author, "aim", nil)
		d.sees(d.types(author, typed), "Who would the partners be", "A Partners")
		d.types(author, "The Museum")
		if got := d.draft(author).Answers; got[assessment.Partners].Text != "The Museum" || got[assessment.Aim].Text != "" {
			t.Errorf("%q: %+v", typed, got)
		}
	}
}
