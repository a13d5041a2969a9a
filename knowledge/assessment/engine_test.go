package assessment_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// good returns a proposal with nothing against it, except that changes replaces some of its
// answers.
func good(t *testing.T, changes string) assessment.Answers {
	t.Helper()
	const facts = `{"title":"Youth hub","partners":"County","aim":"A hub","status":"new","formal_legal_entity":"no",
		"third_party_delivers_service":"no","discussion_forum_only":"no","shared_responsibility":"yes","improves_wellbeing":"yes",
		"necessity":["funder_requires"],"invited_out_of_courtesy":"no","contribution_clear":"yes","added_value":"yes",
		"value_for_money":"yes","good_governance":"yes","improves_outcomes":"yes","improves_outcomes_how":"More youth work",
		"resources":{"time":"yes","assets":"not_needed","knowledge":"yes","money":"yes"},"can_contribute_fully":"yes",
		"agreement_or_tor":"yes","council_role_clear":"yes","responsibilities_clear":"yes","council_is_lead":"no",
		"risks_evaluated":"yes","financial_regulations":"yes","complaints_whistleblowing":"yes","actions_clear":"yes",
		"representatives_named":"yes","conflicts_declared":"yes","eia_arranged":"yes","information_sharing":"not_applicable"}`
	var merged, change map[string]any
	for text, into := range map[string]*map[string]any{facts: &merged, changes: &change} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	for key, v := range change {
		if inner, ok := merged[key].(map[string]any); ok {
			maps.Copy(inner, v.(map[string]any))
			continue
		}
		merged[key] = v
	}
	data, err := json.Marshal(merged)
	if err != nil {
		t.Fatal(err)
	}
	var a assessment.Answers
	if err := json.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestEvaluate(t *testing.T) {
	tests := []struct {
		name, changes string
		outcome       assessment.Outcome
		deciding      []assessment.FactID
		conditions    []assessment.FactID
		gaps          []assessment.FactID
		restsOnAll    bool
	}{
		{name: "all in place", changes: `{}`, outcome: assessment.Appropriate},
		{name: "legal entity", changes: `{"formal_legal_entity":"yes","third_party_delivers_service":"yes"}`,
			outcome: assessment.FormalLegalPartnership, deciding: []assessment.FactID{"formal_legal_entity"}},
		{name: "a decisive answer wins over an earlier unknown, which is listed",
			changes: `{"formal_legal_entity":"unknown","added_value":"no","value_for_money":"no","good_governance":"no"}`,
			outcome: assessment.NotAppropriate, deciding: []assessment.FactID{"added_value", "value_for_money", "good_governance"},
			gaps: []assessment.FactID{"formal_legal_entity"}},
		{name: "contract", changes: `{"third_party_delivers_service":"yes","discussion_forum_only":"yes"}`,
			outcome: assessment.ContractForServices, deciding: []assessment.FactID{"third_party_delivers_service"}},
		{name: "forum", changes: `{"discussion_forum_only":"yes","shared_responsibility":"no"}`,
			outcome: assessment.DiscussionForum, deciding: []assessment.FactID{"discussion_forum_only"}},
		{name: "definition", changes: `{"improves_wellbeing":"no","contribution_clear":"no"}`,
			outcome: assessment.NotAPartnership, deciding: []assessment.FactID{"improves_wellbeing"}},
		{name: "courtesy", changes: `{"invited_out_of_courtesy":"yes","contribution_clear":"no","added_value":"no"}`,
			outcome: assessment.LimitedInvolvement, deciding: []assessment.FactID{"invited_out_of_courtesy", "contribution_clear"}},
		{name: "one of three tests fails", changes: `{"value_for_money":"no"}`,
			outcome: assessment.NotAppropriate, deciding: []assessment.FactID{"value_for_money"}, restsOnAll: true},
		{name: "outcomes not improved", changes: `{"improves_outcomes":"no"}`,
			outcome: assessment.NotAppropriate, deciding: []assessment.FactID{"improves_outcomes"}},
		{name: "no money", changes: `{"resources":{"money":"no"}}`,
			outcome: assessment.NotAppropriate, deciding: []assessment.FactID{"resources.money"}},
		{name: "cannot contribute, and a test not known", changes: `{"added_value":"unknown","can_contribute_fully":"no"}`,
			outcome: assessment.NotAppropriate, deciding: []assessment.FactID{"can_contribute_fully"},
			gaps: []assessment.FactID{"added_value"}},
		{name: "unknown", changes: `{"resources":{"time":"unknown"},"agreement_or_tor":"no"}`,
			outcome: assessment.MoreInformationNeeded, deciding: []assessment.FactID{"resources.time"},
			gaps: []assessment.FactID{"resources.time"}},
		{name: "not demonstrated", changes: `{"improves_outcomes_how":"  "}`,
			outcome: assessment.WithConditions, deciding: []assessment.FactID{"improves_outcomes"},
			conditions: []assessment.FactID{"improves_outcomes"}},
		{name: "conditions", changes: `{"shared_responsibility":"partly","eia_arranged":"unknown","council_is_lead":"unknown","information_sharing":"no"}`,
			outcome:    assessment.WithConditions,
			deciding:   []assessment.FactID{"shared_responsibility", "council_is_lead", "eia_arranged", "information_sharing"},
			conditions: []assessment.FactID{"shared_responsibility", "council_is_lead", "eia_arranged", "information_sharing"}},
		{name: "necessity never decides", changes: `{"necessity":[]}`, outcome: assessment.Appropriate},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := assessment.Evaluate(good(t, tt.changes))
			var conditions []assessment.FactID
			for _, c := range r.Conditions {
				conditions = append(conditions, c.Fact)
			}
			type verdict struct {
				Outcome                    assessment.Outcome
				Deciding, Conditions, Gaps []assessment.FactID
				RestsOnAll                 bool
			}
			want := verdict{tt.outcome, tt.deciding, tt.conditions, tt.gaps, tt.restsOnAll}
			got := verdict{r.Outcome, r.Deciding, conditions, r.ToFindOut, r.RestsOnAll}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if len(r.Clauses) == 0 {
				t.Error("the result rests on no clause")
			}
		})
	}
}

// TestOpen checks that what the Council would have to see to if it joined is listed, whatever the outcome.
func TestOpen(t *testing.T) {
	for _, tt := range []struct {
		changes string
		want    []assessment.FactID
	}{
		{`{}`, nil},
		{`{"good_governance":"unknown","financial_regulations":"no","council_is_lead":"unknown"}`,
			[]assessment.FactID{assessment.GoodGovernance, assessment.CouncilIsLead, assessment.FinancialRegulations}},
		{`{"value_for_money":"no","resources":{"time":"partly"},"improves_outcomes_how":""}`,
			[]assessment.FactID{assessment.ValueForMoney, assessment.ImprovesOutcomes, assessment.ResourceTime}},
		{`{"formal_legal_entity":"unknown","discussion_forum_only":"yes","agreement_or_tor":"partly"}`,
			[]assessment.FactID{assessment.FormalLegalEntity, assessment.AgreementOrTerms}},
	} {
		if diff := cmp.Diff(tt.want, assessment.Open(good(t, tt.changes))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.changes, diff)
		}
	}
	unasked := assessment.Answers{assessment.AddedValue: {Word: assessment.No}}
	if open := assessment.Open(unasked); !slices.Contains(open, assessment.FinancialRegulations) || !slices.Contains(open, assessment.AddedValue) {
		t.Errorf("what was never asked is not open: %v", open)
	}
}

// TestRiskDuty checks that whether the Council leads decides the wording of the duty on risk.
func TestRiskDuty(t *testing.T) {
	for lead, want := range map[string]string{
		"yes": "effective management of risk", "no": "minimum standards", "unknown": "understood and evaluated",
	} {
		r := assessment.Evaluate(good(t, `{"risks_evaluated":"no","council_is_lead":"`+lead+`"}`))
		i := slices.IndexFunc(r.Conditions, func(c assessment.Condition) bool { return c.Fact == assessment.RisksEvaluated })
		if i < 0 || !strings.Contains(r.Conditions[i].Text, want) {
			t.Errorf("lead %s: conditions %v lack %q", lead, r.Conditions, want)
		}
	}
}

// plain is the table of outcomes once more, written independently of the engine's tables.
func plain(a assessment.Answers) assessment.Outcome {
	word := func(id assessment.FactID) assessment.Value {
		v := a[id].Word
		if v == "" {
			return assessment.Unknown
		}
		if id == assessment.ImprovesOutcomes && v == assessment.Yes && a[id].Text == "" {
			return assessment.Partly
		}
		return v
	}
	any := func(v assessment.Value, ids ...assessment.FactID) bool {
		return slices.ContainsFunc(ids, func(id assessment.FactID) bool { return word(id) == v })
	}
	gates := strings.Fields("formal_legal_entity third_party_delivers_service discussion_forum_only shared_responsibility " +
		"improves_wellbeing invited_out_of_courtesy contribution_clear added_value value_for_money good_governance " +
		"improves_outcomes resources.time resources.assets resources.knowledge resources.money can_contribute_fully")
	safeguards := strings.Fields("agreement_or_tor council_role_clear responsibilities_clear risks_evaluated " +
		"financial_regulations complaints_whistleblowing actions_clear representatives_named conflicts_declared eia_arranged " +
		"information_sharing")
	ids := func(words []string) (all []assessment.FactID) {
		for _, w := range words {
			all = append(all, assessment.FactID(w))
		}
		return all
	}
	switch {
	case any("yes", "formal_legal_entity"):
		return assessment.FormalLegalPartnership
	case any("yes", "third_party_delivers_service"):
		return assessment.ContractForServices
	case any("yes", "discussion_forum_only"):
		return assessment.DiscussionForum
	case any("no", "shared_responsibility", "improves_wellbeing"):
		return assessment.NotAPartnership
	case any("yes", "invited_out_of_courtesy"), any("no", "contribution_clear"):
		return assessment.LimitedInvolvement
	case any("no", "added_value", "value_for_money", "good_governance", "improves_outcomes"),
		any("no", "resources.time", "resources.assets", "resources.knowledge", "resources.money", "can_contribute_fully"):
		return assessment.NotAppropriate
	case any("unknown", ids(gates)...):
		return assessment.MoreInformationNeeded
	case any("partly", ids(gates)...), any("partly", ids(safeguards)...), any("no", ids(safeguards)...),
		any("unknown", ids(safeguards)...), any("unknown", "council_is_lead"):
		return assessment.WithConditions
	}
	return assessment.Appropriate
}

// TestEvaluateAgainstPlainRules compares the engine with the rules written plainly, over
// answers drawn so that every outcome is common.
func TestEvaluateAgainstPlainRules(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	seen := map[assessment.Outcome]int{}
	for range 10_000 {
		a := good(t, `{}`)
		for range r.IntN(4) {
			f := assessment.Facts()[r.IntN(len(assessment.Facts()))]
			if len(f.Words) == 0 || f.Many {
				continue
			}
			given := assessment.Answer{Word: f.Words[r.IntN(len(f.Words))]}
			if f.Explained && r.IntN(2) == 0 {
				given.Text = "how"
			}
			a[f.ID] = given
			if r.IntN(5) == 0 {
				delete(a, f.ID)
			}
		}
		got, want := assessment.Evaluate(a).Outcome, plain(a)
		if got != want {
			t.Fatalf("seed %d: %s, want %s, for %v", seed, got, want, a)
		}
		seen[got]++
		if early, ok := assessment.Decided(a); ok && early != want {
			t.Fatalf("seed %d: said to be decided as %s, but comes to %s, for %v", seed, early, want, a)
		}
	}
	if len(seen) != len(outcomes) {
		t.Errorf("only these outcomes were seen: %v", seen)
	}
}

func TestAnswersJSON(t *testing.T) {
	a := good(t, `{"notes":{"added_value":"see the bid","resources.time":"two days a month"}}`)
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var back assessment.Answers
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, back, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

func TestAnswersJSONRefuses(t *testing.T) {
	tests := []struct{ text, want string }{
		{`{"added_value":"maybe"}`, `added_value: "maybe" is not an answer: want one of yes, partly, no, unknown`},
		{`{"formal_legal_entity":"partly"}`, `formal_legal_entity: "partly" is not an answer: want one of yes, no, unknown`},
		{`{"necessity":["yes"]}`, `necessity: "yes" is not an answer: want a list of government_requires, funder_requires`},
		{`{"necessity":"yes"}`, `necessity: "yes" is not an answer: want a list of`},
		{`{"resources":{"cash":"yes"}}`, `no fact "resources.cash"`},
		{`{"resources":"yes"}`, `resources: want an object`},
		{`{"resources":{"money":"maybe"}}`, `resources.money: "maybe" is not an answer: want one of yes, partly, no, unknown, not_needed`},
		{`{"weather":"fine"}`, `no fact "weather"`},
		{`{"status":""}`, `status: "" is not an answer: want one of new, existing`},
		{`{"title":7}`, `title: 7 is not an answer: want text`},
		{`{"notes":{"weather":"x"}}`, `no fact "weather"`},
		{`{"improves_outcomes_how":7}`, `want text`},
		{`[]`, `want an object`},
	}
	for _, tt := range tests {
		var a assessment.Answers
		err := json.Unmarshal([]byte(tt.text), &a)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.text, err, tt.want)
		}
	}
}

// FuzzAnswersJSON: whatever answers are read come to the outcome of the rules as they are put
// plainly, and can be read again. The rules themselves are no data: answers are all that the
// engine reads.
func FuzzAnswersJSON(f *testing.F) {
	for _, seed := range []string{`{"status":"new","resources":{"time":"yes"},"necessity":[],"notes":{"aim":"n"}}`,
		`{"improves_outcomes_how":"x"}`, `{"improves_outcomes":"yes","improves_outcomes_how":""}`, `null`, `{"title":null}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var a assessment.Answers
		if json.Unmarshal(data, &a) != nil {
			return
		}
		if got, want := assessment.Evaluate(a).Outcome, plain(a); got != want && !hasBlankHow(a) {
			t.Errorf("%s, want %s, for %s", got, want, data)
		}
		again, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var back assessment.Answers
		if err := json.Unmarshal(again, &back); err != nil {
			t.Fatalf("%s: %v", again, err)
		}
	})
}

// hasBlankHow reports an explanation that is only spaces, which plain does not trim.
func hasBlankHow(a assessment.Answers) bool {
	how := a[assessment.ImprovesOutcomes].Text
	return how != "" && strings.TrimSpace(how) == ""
}

func TestSteps(t *testing.T) {
	seen := map[assessment.FactID]bool{}
	for _, s := range assessment.Steps() {
		for _, id := range s.Facts {
			if seen[id] {
				t.Errorf("%s is asked twice", id)
			}
			seen[id] = true
		}
	}
	for _, f := range assessment.Facts() {
		if !seen[f.ID] {
			t.Errorf("%s is never asked", f.ID)
		}
		if got := assessment.StepOf(f.ID); !slices.Contains(got.Facts, f.ID) {
			t.Errorf("StepOf(%s) is %s", f.ID, got.ID)
		}
	}
	// One more step may be taken to say how outcomes are improved.
	if turns := len(assessment.Steps()) - 1 + 1; turns > 18 {
		t.Errorf("the longest path takes %d turns after the title, want at most 18", turns)
	}
}

func TestTraceQuotesWhatItNames(t *testing.T) {
	p := knowledge.Biddulph()
	for _, changes := range []string{`{}`, `{"value_for_money":"no"}`, `{"eia_arranged":"no"}`, `{"added_value":"unknown"}`} {
		trace, err := assessment.NewTrace(p, good(t, changes))
		if err != nil {
			t.Fatal(err)
		}
		quoted := map[knowledge.ClauseID]bool{}
		for _, passage := range trace.Passages {
			quoted[passage.Clause] = true
			if !p.Contains(passage.Quote) {
				t.Errorf("%q is not in the protocol", passage.Quote)
			}
		}
		for _, id := range trace.Grounds {
			if !quoted[id] {
				t.Errorf("%s: %s is named and not quoted", changes, id)
			}
		}
	}
}
