package assessment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/knowledge/assessment"
)

// inShort writes suggestions as "fact=answer" words, as the tables have them.
func inShort(list []assessment.Suggestion) string {
	var all []string
	for _, s := range list {
		v := string(s.Answer.Word)
		if s.Answer.Text != "" {
			v = "“" + s.Answer.Text + "”"
		}
		if s.Answer.Set != nil {
			v = fmt.Sprint(s.Answer.Set)
		}
		all = append(all, string(s.Fact)+"="+v)
	}
	return strings.Join(all, " ")
}

func TestSuggest(t *testing.T) {
	tests := []struct{ text, want string }{
		{"the canal trust wants us to look after the towpath with them and the county, we haven't got the officers for it, the lottery requires partners",
			"partners=“the canal trust, the county” aim=“look after the towpath” necessity=[funder_requires] resources.time=no"},
		{"The county, highways and the water board want us to join a flood group.", "partners=“The county, highways, the water board” status=new"},
		{"We've been asked by the county, highways and the water board to clear the brook.", "partners=“the county, highways, the water board”"},
		{"We can't afford it alone.", "necessity=[capacity_or_expertise]"},
		// What it is.
		{"It's a new thing. It's not a company.", "status=new formal_legal_entity=no"}, {"new scheme, and no money", "status=new resources.money=no"},
		{"we all share the work", "shared_responsibility=yes"}, {"they share the costs", ""}, {"It would sell new things", ""},
		{"It's not a company, just neighbours working together.", "formal_legal_entity=no"},
		{"A new charity is being set up to run the museum.", "formal_legal_entity=yes"},
		{"They plan to set up a CIO for it.", "formal_legal_entity=yes"},
		{"It will be a limited company.", "formal_legal_entity=yes"},
		{"We are forming an LLP with the developer.", "formal_legal_entity=yes"},
		{"The hospice is a charity.", ""},
		{"The partner is a limited company, we would stay as we are.", ""},
		{"Not a company or a charity, nothing of the kind", "formal_legal_entity=no"},
		{"It won't be a company, it will be a charity.", ""}, // said both ways
		{"They would run the café for us.", "third_party_delivers_service=yes"},
		{"they'd just cut the grass on our behalf", "third_party_delivers_service=yes"},
		{"We would pay them to empty the bins", "third_party_delivers_service=yes"},
		{"They would not run the café for us.", ""},
		{"We would run it for them.", ""},
		{"Would they run the café for us?", ""},
		{"If they would run the café for us we'd be happy.", ""},
		{"To mend the bandstand together. It is new.", "status=new"},
		{"This would be entirely new, so far as I know.", ""}, // in doubt
		{"It is new to most of us.", ""},
		{"It is not new.", ""},
		{"It is a new roof that they want.", ""},
		{"It's more than a contract", "third_party_delivers_service=no"},
		{"it's just a talking shop", "discussion_forum_only=yes"},
		{"It is only a forum for discussion about transport.", "discussion_forum_only=yes"},
		{"It's not just a talking shop, they build things.", "discussion_forum_only=no"},
		{"It is more than a talking shop.", "discussion_forum_only=no"},
		{"Some say it's just a talking shop.", ""},
		{"I'm not sure whether it's just a talking shop", ""},
		{"It's just a talking shop, or maybe not.", ""},
		{"They share responsibility for the work with us.", "shared_responsibility=yes"},
		{"We would have no say", "shared_responsibility=no"},
		{"Decisions would be made jointly.", "shared_responsibility=yes"},
		{"There is no benefit to Biddulph.", "improves_wellbeing=no"},
		{"It would improve the wellbeing of residents in the north end.", "improves_wellbeing=yes"},
		// New or existing.
		{"We've been a member since 2011.", "status=existing"},
		{"The existing partnership is up for renewal.", "status=existing"},
		{"we want to renew the agreement with the bowls club", "status=existing"},
		{"Our existing staff would help.", ""},
		{"It's a brand new scheme.", "status=new"},
		{"It is a new partnership, not a company, and we would not be the lead.", "status=new formal_legal_entity=no council_is_lead=no"},
		{"It is a new partnership, not a new idea.", ""},
		{"It is a new partnership, not really.", ""},
		{"The housing association has asked us to join.", "partners=“The housing association” status=new"},
		{"The museum is new and the existing staff are lovely", ""},
		// Why.
		{"The funder requires it.", "necessity=[funder_requires]"},
		{"The heritage fund insists on a partnership and it's cheaper together.", "necessity=[funder_requires better_value]"},
		{"The funder requires a report every month.", ""},
		{"If the funder requires partners, we'll think again.", ""},
		{"The lottery doesn't require partners.", ""},
		{"We couldn't do it on our own.", "necessity=[capacity_or_expertise]"},
		{"It is required by law.", "necessity=[government_requires]"},
		{"No single organisation is responsible for the brook.", "necessity=[community_priority]"},
		// What the invitation was for.
		{"We've been asked out of courtesy.", "invited_out_of_courtesy=yes"},
		{"The county says we've been asked out of courtesy.", ""},
		{"They just want our name on it", "invited_out_of_courtesy=yes"},
		{"we weren't invited out of courtesy", "invited_out_of_courtesy=no"},
		{"It's not clear what we would bring.", "contribution_clear=no"},
		// The tests.
		{"None of us could do this alone.", "necessity=[capacity_or_expertise] added_value=yes"},
		{"It duplicates what we already do.", "added_value=no"},
		{"It's a waste of money.", "value_for_money=no"},
		{"It is good value for money.", "value_for_money=yes"},
		{"The partnership is very well run.", "good_governance=yes"},
		{"The trust's own office is well run.", ""},
		{"the scheme is a complete shambles", "good_governance=no"},
		// What it takes.
		{"We don't have enough staff to do it.", "resources.time=no"},
		{"There's no money.", "resources.money=no"},
		{"no money, no officers", "resources.time=no resources.money=no"},
		{"No money is needed from us.", "resources.money=not_needed"},
		{"The county council has no money.", ""},
		{"They have no money.", ""},
		{"There's no money worries.", ""},
		{"Our budget is spent.", "resources.money=no"},
		{"We have the money for it and we can spare the officers.", "resources.time=yes resources.money=yes"},
		{"We might not have the officers.", ""},
		{"Have we got the officers for it?", ""},
		{"we haven't got the officers' names yet", ""},
		{"They can use our town hall.", "resources.assets=yes"},
		{"We've got too much on already.", "can_contribute_fully=no"},
		{"Last year we had too much on already.", ""},
		// What is in place.
		{"There's no agreement yet.", "agreement_or_tor=no"},
		{"Terms of reference have been agreed, and the county would lead it.", "agreement_or_tor=yes council_is_lead=no"},
		{"The agreement is still being drafted.", "agreement_or_tor=partly"},
		{"We would be the lead body.", "council_is_lead=yes"},
		{"There is no risk assessment.", "risks_evaluated=no"},
		{"We haven't decided who would represent us.", "representatives_named=no"},
		{"No personal data is shared.", "information_sharing=not_applicable"},
		// Names.
		{"A scheme called Towpath Together.", "title=“Towpath Together”"},
		{"it's called “Brook & Bridges”, a clean-up", "title=“Brook & Bridges”"},
		{"The meeting was called off", ""},
		{"A man called Sam rang.", ""},
		{"The aim is to restore the old bandstand and its steps.", "aim=“restore the old bandstand and its steps”"},
		{"Friends of Mill Meadow would like us to plant an orchard", "partners=“Friends of Mill Meadow” aim=“plant an orchard”"},
		{"Sam from next door wants us to plant an orchard", "aim=“plant an orchard”"},
		{"It is in partnership with the Rotary Club, the high school and Leek Town Council.", "partners=“the Rotary Club, the high school, Leek Town Council”"},
		{"We fell out with the county.", ""},
		// What only sounds like an answer.
		{"The trust has set up a company to run its shop.", ""},
		{"The charity was set up in 1980.", ""},
		{"We would set up a company picnic. It is a charity event.", ""},
		{"It isn't as though we have no money.", ""},
		{"We have no money to lose.", ""},
		{"We've no time to lose, let's go", ""},
		{"There is no money in canals these days.", ""},
		{"They say we have no officers for it.", ""},
		{"It was just a talking shop, now it does real work.", ""},
		{"We only meet twice a year.", ""},
		{"The trust's budget is spent.", ""},
		{"The school would run a café for the council staff.", ""},
		{"The lottery requires it in writing.", ""},
		{"we have an agreement in principle", ""},
		{"It's good value for money, they say.", ""},
		{"The risks have been assessed but not evaluated.", ""},
		{"The group is called the same thing everywhere.", ""},
		{"The project is named after our late mayor.", ""},
		{"We joined in the singing.", ""},
		{"We joined in 2012.", "status=existing"},
		{"He has been a member of staff for years.", ""},
		{"I've been a member since 1990.", ""},
		{"The county council would be the lead partner.", ""},
		{"Biddulph Town Council would be the lead partner.", "council_is_lead=yes"},
		{"A group called the Friends of Mill Meadow wants us to join", "partners=“the Friends of Mill Meadow” status=new"},
		{"", ""},
		{"hello", ""},
		{"???", ""},
	}
	for _, tt := range tests {
		list := assessment.Suggest(tt.text)
		if diff := cmp.Diff(tt.want, inShort(list)); diff != "" {
			t.Errorf("%s\n(-want +got):\n%s", tt.text, diff)
		}
		sound(t, tt.text, list)
	}
}

// TestReadAnswer reads replies that the question makes plain.
func TestReadAnswer(t *testing.T) {
	tests := []struct{ step, text, want string }{
		{"resources", "we haven't got the officers for it", "resources.time=no"},
		{"resources", "no money but plenty of officers", "resources.time=yes resources.money=no"},
		{"resources", "we've the time, we lack the expertise, and no money is needed", "resources.time=yes resources.knowledge=no resources.money=not_needed"},
		{"resources", "they can use our hall, we can't afford it though", ""},
		{"resources", "we're overcommitted", "can_contribute_fully=no"},
		{"resources", "it's just a talking shop", ""}, // about another fact
		{"formal_legal_entity", "it's a registered charity", "formal_legal_entity=yes"},
		{"formal_legal_entity", "not a company", "formal_legal_entity=no"},
		{"formal_legal_entity", "just an informal group", "formal_legal_entity=no"},
		{"third_party_delivers_service", "we'd do it together", "third_party_delivers_service=no"},
		{"third_party_delivers_service", "they'd run the café for us", "third_party_delivers_service=yes"},
		{"discussion_forum_only", "talking shop", "discussion_forum_only=yes"},
		{"discussion_forum_only", "they actually do things", "discussion_forum_only=no"},
		{"discussion_forum_only", "a good deal of talk, but we do roll our sleeves up as well", "discussion_forum_only=no"},
		{"discussion_forum_only", "there's a lot of talking but they also clear the paths", "discussion_forum_only=no"},
		{"discussion_forum_only", "talk, but some planting too", ""},
		{"discussion_forum_only", "they talk, and they get things done", "discussion_forum_only=no"},
		{"discussion_forum_only", "it is all talk", "discussion_forum_only=yes"},
		{"necessity", "Nobody has told us that we must. But Biddulph folk have asked for it for years and we could never afford it by ourselves", "necessity=[community_priority capacity_or_expertise]"},
		{"necessity", "the townsfolk are crying out for it", "necessity=[community_priority]"},
		{"necessity", "we could not ever run this on our own", "necessity=[capacity_or_expertise]"},
		{"shared_responsibility", "it's all down to them", "shared_responsibility=no"},
		{"necessity", "the funder needs it and we lack the expertise", "necessity=[funder_requires capacity_or_expertise]"},
		{"necessity", "funder", "necessity=[funder_requires]"},
		{"invited_out_of_courtesy", "they genuinely need our help", "invited_out_of_courtesy=no"},
		{"contribution_clear", "not entirely clear", "contribution_clear=partly"},
		{"contribution_clear", "it isn't clear", "contribution_clear=no"},
		{"good_governance", "it's a shambles", "good_governance=no"},
		{"value_for_money", "too expensive", "value_for_money=no"},
		{"added_value", "it duplicates the library's club", "added_value=no"},
		{"status", "we've been in it since 2015", "status=existing"},
		{"safeguards", "there's no agreement yet, the county would lead", "agreement_or_tor=no council_is_lead=no"},
		{"title", "it's called Green Lanes", ""}, // free text is taken as it is
		{"status", "maybe new", ""},
	}
	for _, tt := range tests {
		step, ok := assessment.FindStep(assessment.StepID(tt.step))
		if !ok {
			t.Fatalf("no step %q", tt.step)
		}
		list := assessment.ReadAnswer(step, tt.text)
		if diff := cmp.Diff(tt.want, inShort(list)); diff != "" {
			t.Errorf("%s: %s\n(-want +got):\n%s", tt.step, tt.text, diff)
		}
		sound(t, tt.text, list)
	}
}

// TestSuggestKeepsTheWords checks that what a suggestion rests on is shown as it was typed.
func TestSuggestKeepsTheWords(t *testing.T) {
	const text = "Hello!  We haven’t got the OFFICERS for it — and the funder requires it."
	want := []assessment.Suggestion{
		{Fact: assessment.Necessity, Answer: assessment.Answer{Set: []assessment.Value{assessment.FunderRequires}}, Because: "the funder requires it"},
		{Fact: assessment.ResourceTime, Answer: assessment.Answer{Word: assessment.No}, Because: "We haven’t got the OFFICERS for it"},
	}
	if diff := cmp.Diff(want, assessment.Suggest(text)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FuzzSuggest checks that any text is read without a panic, and that suggestions are sound.
func FuzzSuggest(f *testing.F) {
	for _, seed := range []string{
		"the canal trust wants us to look after the towpath with them and the county", "it's called “X", "to", "with", "us to", "n't 's '",
		"we have no no no .. money", "partners are and and,", "the aim is to \xff\xfe", "council council town council", strings.Repeat("we have ", 500),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sound(t, text, assessment.Suggest(text))
		for _, step := range assessment.Steps() {
			sound(t, text, assessment.ReadAnswer(step, text))
		}
	})
}

// TestSuggestLongText checks that a text as long as Slack allows takes no noticeable time.
func TestSuggestLongText(t *testing.T) {
	for _, piece := range []string{
		"we have not got the ", "the trust would run and ", "to with us to and ", "it is called ", "a ", "the funder requires partners, ", "?? ", "“",
	} {
		text := strings.Repeat(piece, 40_000/len(piece))
		start := time.Now()
		assessment.Suggest(text)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%q, repeated: %v", piece, took)
		}
	}
}

func BenchmarkSuggest(b *testing.B) {
	const text = "the canal trust wants us to look after the towpath with them and the county, we haven't got the officers for it, the lottery requires partners"
	b.ReportAllocs()
	for b.Loop() {
		assessment.Suggest(text)
	}
}

// sound checks what is true of every suggestion: it is an answer that the fact takes, and rests
// on words of the text.
func sound(t *testing.T, text string, list []assessment.Suggestion) {
	t.Helper()
	for i, s := range list {
		f, ok := assessment.Lookup(s.Fact)
		a := assessment.Answers{s.Fact: s.Answer}
		switch {
		case !ok || !a.Given(s.Fact):
			t.Errorf("%q: no answer to %q: %v", text, s.Fact, s.Answer)
		case s.Answer.Word != "" && !slices.Contains(f.Words, s.Answer.Word):
			t.Errorf("%q: %s is answered %q", text, s.Fact, s.Answer.Word)
		case s.Because == "" || !strings.Contains(text, s.Because):
			t.Errorf("%q: %s rests on %q", text, s.Fact, s.Because)
		case i > 0 && list[i-1].Fact == s.Fact:
			t.Errorf("%q: %s is suggested twice", text, s.Fact)
		}
	}
}
