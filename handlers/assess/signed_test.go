package assess_test

import (
	"slices"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// What a reply to the list of safeguards says by name counts as it is said, a no never as a tick,
// and the others are still asked.
func TestNamedNo(t *testing.T) {
	unhurried(t)
	t.Parallel()
	tests := []struct {
		typed string
		fact  assessment.FactID
		want  assessment.Value
	}{
		{"eia no", assessment.EqualitiesArranged, assessment.No},
		{"eia: no", assessment.EqualitiesArranged, assessment.No},
		{"no eia", assessment.EqualitiesArranged, assessment.No},
		{"the eia is a no", assessment.EqualitiesArranged, assessment.No},
		{"conflicts: no", assessment.ConflictsDeclared, assessment.No},
		{"no conflicts", assessment.ConflictsDeclared, assessment.No},
		{"financial regulations no", assessment.FinancialRegulations, assessment.No},
		{"no complaints procedure yet", assessment.ComplaintsWhistleblower, assessment.No},
		{"gdpr - no", assessment.InformationSharing, assessment.No},
		{"nope to risks", assessment.RisksEvaluated, assessment.No},
		{"reps named: not yet", assessment.RepresentativesNamed, assessment.No},
		{"tor not sure", assessment.AgreementOrTerms, assessment.Unknown},
		{"no isa needed", assessment.InformationSharing, assessment.NotApplicable},
		{"whistleblowing: nope", assessment.ComplaintsWhistleblower, assessment.No},
		{"we have no risk register", assessment.RisksEvaluated, assessment.No},
		{"eia yes", assessment.EqualitiesArranged, assessment.Yes},
	}
	for _, tt := range tests {
		d := deskAt(t, "safeguards")
		d.sees(d.types(author, tt.typed), "So far: ", "Tick what else is true, or say “nothing else”.")
		got := d.draft(author).Answers
		for _, id := range assessment.StepOf(tt.fact).Facts {
			want := assessment.Value("")
			if id == tt.fact {
				want = tt.want
			}
			if got[id].Word != want {
				t.Errorf("%q: %s is %q, want %q", tt.typed, id, got[id].Word, want)
			}
		}
		d.types(author, "1 and 2") // what was named stands
		if want := tt.want; tt.fact != assessment.AgreementOrTerms && d.draft(author).Answers[tt.fact].Word != want {
			t.Errorf("%q, then 1 and 2: it is %q", tt.typed, d.draft(author).Answers[tt.fact].Word)
		}
	}
}

// The name of the open question, or of one of its answers, with a no is a no.
func TestNamedNoAlone(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, tt := range []struct {
		step  assessment.StepID
		typed string
		want  assessment.Value
	}{
		{"formal_legal_entity", "company no", assessment.No}, {"formal_legal_entity", "charity: no", assessment.No},
		{"discussion_forum_only", "talking shop - no", assessment.No}, {"discussion_forum_only", "forum: nope", assessment.No},
		{"third_party_delivers_service", "contract no", assessment.No}, {"shared_responsibility", "sharing no", assessment.No},
		{"value_for_money", "vfm partly", assessment.Partly}, {"invited_out_of_courtesy", "courtesy yes", assessment.Yes},
		{"status", "new no", assessment.Existing}, {"status", "existing: no", assessment.New}, {"status", "not new", assessment.Existing},
		{"status", "no, existing", assessment.Existing},
	} {
		d := deskAt(t, tt.step)
		d.sees(d.types(author, tt.typed), ": "+tt.want.Label()+". Right?")
	}
}

// A reason that is denied by name is no reason, whatever words its name has in it.
func TestDeniedReason(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for typed, want := range map[string][]assessment.Value{
		"government no": nil, "funder: no": nil, "no government": nil, "not the government": nil, "2 no": nil, "not 1 and 2": nil,
		"value no, capacity no": nil, "communities: no": nil, "communities want it: no": nil,
		"government no, funder yes":                      {assessment.FunderRequires},
		"1 yes, 2 no":                                    {assessment.GovernmentRequires},
		"better value, but not the funder":               {assessment.BetterValueWithOthers},
		"funder no and government no but communities":    {assessment.CommunityPriority},
		"not the government but the community and value": {assessment.CommunityPriority, assessment.BetterValueWithOthers},
	} {
		d := deskAt(t, "necessity")
		d.sees(d.types(author, typed), "I took that as: Why it is necessary: ", "Right?")
		if d.draft(author).Answers.Given(assessment.Necessity) {
			t.Errorf("%q counts before it is confirmed", typed)
		}
		d.lacks(d.said["@U1"], "I did not understand")
		d.types(author, "yes")
		if got := d.draft(author).Answers[assessment.Necessity]; !slices.Equal(got.Set, want) || got.Note != "" {
			t.Errorf("%q: %v, want %v", typed, got, want)
		}
	}
}

// A note on one of several things is what was said of it, and not what was said of the others, what
// was left out or what put it right.
func TestNotesOfSeveral(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, tt := range []struct {
		place, typed, then string
		want               map[assessment.FactID]string
	}{
		{"resources", "time yes, money no because we spent it on the hall, assets dunno", "", map[assessment.FactID]string{assessment.ResourceMoney: "money no because we spent it on the hall"}},
		{"resources", "plenty of time. no money, we spent it all. assets dunno", "actually money is partly", map[assessment.FactID]string{assessment.ResourceTime: "plenty of time"}},
		{"resources", "time yes and money yes and assets I think so, the rest yes", "", nil},
		{"resources", "skip time, money I think so, go back", "", nil},
		{"safeguards", "risks partly because the register is old, eia I think so", "", map[assessment.FactID]string{assessment.RisksEvaluated: "risks partly because the register is old"}},
	} {
		d := deskAt(t, tt.place)
		d.sees(d.types(author, tt.typed), "Right?")
		if tt.then != "" {
			d.sees(d.types(author, tt.then), "Money: Partly", "Right?")
		}
		d.types(author, "yes")
		for id, given := range d.draft(author).Answers {
			if given.Note != tt.want[id] {
				t.Errorf("%q: the note on %s is %q, want %q", tt.typed, id, given.Note, tt.want[id])
			}
		}
	}
}

// Names and answers in any order are a whole answer to a form, and leave nothing over.
func TestFormByName(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for typed, want := range map[string]map[assessment.FactID]assessment.Value{
		"time yes, assets yes, knowledge yes, money yes, fully yes": {assessment.ResourceMoney: assessment.Yes, assessment.CanContributeFully: assessment.Yes},
		"fully yes, money no, knowledge yes, assets yes, time yes":  {assessment.ResourceMoney: assessment.No, assessment.CanContributeFully: assessment.Yes},
		"time: yes. assets: yes. knowledge: partly. money: yes. contribute fully: partly": {assessment.ResourceKnowledge: assessment.Partly,
			assessment.CanContributeFully: assessment.Partly},
	} {
		d := deskAt(t, "resources")
		d.lacks(d.types(author, typed), "did not understand", "Right?")
		for id, v := range want {
			if got := d.draft(author).Answers[id]; got.Word != v || got.Note != "" {
				t.Errorf("%q: %s is %v", typed, id, got)
			}
		}
	}
}
