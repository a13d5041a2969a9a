package search_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// TestDialect checks that what is written as it is spoken is answered like what is written
// well.
func TestDialect(t *testing.T) {
	ix, _ := newIndex(t)
	for _, tc := range [][2]string{
		{"wots a partnership", "what is a partnership"},
		{"wot is a partnership", "what is a partnership"},
		{"wat is a partnership", "what is a partnership"},
		{"wots a parntership", "what is a partnership"},
		{"wot happens if sumone blows teh wistle", "what happens if someone blows the whistle"},
		{"dus da council av to assess risks wen it joins", "does the council have to assess risks when it joins"},
		{"shud ppl declare an interest", "should people declare an interest"},
		{"wich code do councillors follow", "which code do councillors follow"},
		{"we dont av owt in writing", "we do not have anything in writing"},
		{"photos of kids, can we send em to the other group", "photos of kids, can we send them to the other group"},
	} {
		got, want := ix.Ask(tc[0], nil), ix.Ask(tc[1], nil)
		if got.Silent || len(got.Passages) == 0 || len(want.Passages) == 0 || got.Passages[0] != want.Passages[0] {
			t.Errorf("%q: silent %v, %+v; want as for %q: %+v", tc[0], got.Silent, got.Passages, tc[1], want.Passages)
		}
	}
}

// TestUncovered checks that a question that is not covered is named beside the answer to
// another in the same message, and met with silence if it comes in the next message.
func TestUncovered(t *testing.T) {
	ix, _ := newIndex(t)
	for _, tc := range []struct {
		ask  string
		want []string
	}{
		{"who represents us? and who pays?", []string{"who pays"}},
		{"Do we need an agreement, and how long does it last?", []string{"how long does it last"}},
		{"Who speaks for us at the meetings and what is the fee?", []string{"what is the fee"}},
		{"How are complaints dealt with, and how many weeks do we get?", []string{"how many weeks do we get"}},
		{"Do we need it in writing and who signs it?", []string{"who signs it"}},
		{"what about complaints, and which bank do they use?", []string{"which bank do they use"}},
		{"How do we deal with complaints, and are whistleblowers supported?", nil},
		{"What is a partnership and when is one appropriate?", nil},
		{"Is an SLA enough or do we need ToR", nil}, // the clause that is shown answers both
	} {
		got := ix.Ask(tc.ask, nil)
		if diff := cmp.Diff(tc.want, got.Uncovered); diff != "" || got.Silent || len(got.Passages) == 0 {
			t.Errorf("Ask(%q): silent %v, uncovered (-want +got):\n%s", tc.ask, got.Silent, diff)
		}
	}
	for _, tc := range [][2]string{
		{"who represents us?", "and who pays?"},
		{"do we need an agreement?", "and how much does it cost?"},
		{"how are complaints dealt with?", "and how many weeks do we get?"},
	} {
		if a := ix.Ask(tc[1], tc[:1]); !a.Silent {
			t.Errorf("Ask(%q) after %q is answered: %+v", tc[1], tc[0], a.Passages)
		}
	}
	if a := ix.Ask("and officers?", []string{"which code of conduct do councillors follow?"}); a.Silent {
		t.Error("a follow-up that is covered is not answered")
	}
}

// TestSaidOfSilence checks that an answer names a category only if the question plainly asks
// for it.
func TestSaidOfSilence(t *testing.T) {
	ix, _ := newIndex(t)
	for _, ask := range []string{"can we put their crest on our van?", "are minutes published?", "can we use their logo",
		"does the partnership need insurance?", "which partnerships are we in now?", "who is liable?", "must the partnership agreement be signed?",
		"do we need a lease", "do we need a mascot?", "may we lend them a marquee?"} {
		a := ix.Ask(ask, nil)
		for _, kind := range []search.Category{search.Amount, search.Time, search.Name, search.Procedure, search.Law} {
			if !a.Silent || a.Lacks == ix.Ask(plainest[kind], nil).Lacks {
				t.Errorf("Ask(%q): silent %v, %q", ask, a.Silent, a.Lacks)
			}
		}
	}
	seen := make(map[string]bool)
	for _, ask := range plainest {
		lacks := ix.Ask(ask, nil).Lacks
		if lacks == "" || seen[lacks] {
			t.Errorf("Ask(%q): %q", ask, lacks)
		}
		seen[lacks] = true
	}
}

// plainest ask for nothing but what a category lacks.
var plainest = map[search.Category]string{
	search.Amount: "how much money may a partnership spend a year?", search.Time: "how many weeks is the deadline?",
	search.Name: "what is the name of the lead officer?", search.Procedure: "what are the steps of the procedure for leaving a partnership?",
	search.Law: "which law applies to partnerships?",
}

// joining is the clause on joining a partnership.
const joining = "when-is-partnership-working-appropriate.3"

// classes are kinds of question that were once answered with the wrong clause.
var classes = []struct {
	want   knowledge.ClauseID // the first clause; "silent", or an intent
	others bool               // more may be shown
	asks   []string
}{
	{"silent", true, []string{"when did the council last meet", "when was the last council meeting?", "what day was the previous committee?"}},
	{"contents", true, []string{"what are the sections", "what are the chapters"}},
	{"who_are_you", true, []string{"can we trust the bot?", "is the bot to be relied on?"}},
	{"definition-of-a-partnership.3", true, []string{"is a grant to a charity a partnership?", "is giving the theatre a donation a partnership?", "what is a partnership? 3"}},
	{"introduction.3", true, []string{"what's the protocol for", "what is this document meant for?"}},
	{"roles-of-councillors-and-officers.4.6", false, []string{"is it all right to leave out the small groups?", "may we shut the little societies out?"}},
	{"roles-of-councillors-and-officers.4.4", false, []string{"one bloke on the group does all the talking, what can we do?", "a lady on the board does all of the talking"}},
	{"managing-partnerships.9.12", false, []string{"do reps have to say if they own the land being discussed?", "the vicar on our group has a stake in the hall"}},
	{"equalities-and-data-protection.1", false, []string{"what about disabled access", "is there anything about wheelchairs"}},
	// What is told by its scene, without the protocol's word for it.
	{"equalities-and-data-protection.2", true, []string{"can I pass the volunteers' phone numbers to the church", "sharing a mailing list with the chamber of trade"}},
	{"managing-partnerships.3", true, []string{"who looks after stewards and barriers at a joint do", "someone could fall off that stage. which of us is responsible"}},
	{"managing-partnerships.9.2", true, []string{"it's all going too fast for me", "we only got the papers this morning", "can we go away and think about it"}},
	{"managing-partnerships.9.4", true, []string{"everybody's covering their own backs since the float fell over"}},
	{"managing-partnerships.9.9", true, []string{"he keeps interrupting and calling people idiots", "she belittles the young ones every time",
		"do we just let him carry on being horrible"}},
	{"roles-of-councillors-and-officers.3.2", true, []string{"spent 8 grand and nobody looked at what happened to it"}},
	{"roles-of-councillors-and-officers.3.3", true, []string{"a young mum had a cracking idea and they shut her down"}},
	{"roles-of-councillors-and-officers.4.2", true, []string{"Bill used to be an engineer but they never ask him"}},
	{"roles-of-councillors-and-officers.4.3", true, []string{"do the bowling club count as much as the county council", "are brownies as important as the NHS in this"}},
	{"roles-of-councillors-and-officers.4.7", true, []string{"frosty atmosphere since the row"}},
	{"roles-of-councillors-and-officers.4.8", true, []string{"not one thank you for the scouts who did all the clearing"}},
	{"managing-partnerships.5", true, []string{"what should be going through our heads before we commit"}},
	{"introduction.2.1", true, []string{"why involve other people", "why can't we just get on with it without anybody else"}},
	{"managing-partnerships.9.10", true, []string{"could a 12 year old understand it"}},
	{"managing-partnerships.9.11", true, []string{"is it hush hush"}},
	// Everyday words that nothing had been asked with.
	{"managing-partnerships.9.9", true, []string{"a condescending man on the board", "he snubbed us all"}},
	{"managing-partnerships.9.6", true, []string{"all they do is procrastinate"}},
	{"managing-partnerships.6", true, []string{"can the office juggle another one"}},
	{"equalities-and-data-protection.1", true, []string{"transgender folk"}},
	// Abbreviations, and forms that a partnership in law has.
	{"equalities-and-data-protection.1", true, []string{"eq ia"}},
	{"managing-partnerships.1", true, []string{"MOU needed?"}},
	{"introduction.3", true, []string{"so it isn't an LLP"}},
	// What comes near a clause that does not say it.
	{"silent", true, []string{"do we do a climate assessment", "which languages must papers be in", "should the partnership have a constitution", "do internal auditors look at this",
		"what did we decide on the canal thing"}},
	{joining, true, []string{"does the council have to pay for the partnership"}},
	{"assess", true, []string{"ought the town council to be part of the hub?", "should the council join the Staffordshire Moorlands Chamber of Trade?",
		"The canal trust wants us to chip in for a new towpath and sit on their board. Can we?", "Shall we sign up to the Heaton Drovers' Fellowship?"}},
	{"person", true, []string{"is Cllr Jones a good representative?", "is councillor Oakes a decent chair?"}},
	{"opinion", true, []string{"what's your favourite partnership"}},
	{"roles-of-councillors-and-officers.3", false, []string{"paragraph 3 of roles", "third paragraph of roles"}},
}

// TestClasses checks the answers to all classes.
func TestClasses(t *testing.T) {
	ix, _ := newIndex(t)
	for _, tc := range classes {
		for _, ask := range tc.asks {
			a := ix.Ask(ask, nil)
			got := knowledge.ClauseID(a.Intent)
			switch {
			case a.Intent != search.Question:
			case a.Silent:
				got = "silent"
			case len(a.Passages) > 0:
				got = a.Passages[0].Clause
			}
			if got != tc.want || !tc.others && len(a.Passages) > 1 {
				t.Errorf("Ask(%q) = %s, %d passages; want %s", ask, got, len(a.Passages), tc.want)
			}
			if a.Intent == search.Assess && (a.Silent || !slices.ContainsFunc(a.Passages, func(p knowledge.Passage) bool { return p.Clause == joining })) {
				t.Errorf("Ask(%q): silent %v, %+v", ask, a.Silent, a.Passages)
			}
		}
	}
	if a := ix.Ask("what is the definition of councillor", nil); a.Unexplained != "councillor" {
		t.Errorf("the definition of councillor: %+v", a)
	}
}

// unhurried leaves a test out with -short, as for the race detector: it has no concurrency to check.
func unhurried(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
}
