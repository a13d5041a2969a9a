package assessment

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"partnershipbot/knowledge"
)

// Outcome is the result of an assessment. It is indicative: the decision is the Council's.
type Outcome string

// These are the outcomes.
const (
	FormalLegalPartnership Outcome = "formal_legal_partnership"
	ContractForServices    Outcome = "contract_for_services"
	DiscussionForum        Outcome = "discussion_forum"
	NotAPartnership        Outcome = "not_a_partnership"
	LimitedInvolvement     Outcome = "limited_involvement"
	NotAppropriate         Outcome = "not_appropriate"
	MoreInformationNeeded  Outcome = "more_information_needed"
	WithConditions         Outcome = "appropriate_with_conditions"
	Appropriate            Outcome = "appropriate"
)

// outcomes are all of these, by how far they let the Council go.
var outcomes = []Outcome{
	Appropriate, WithConditions, MoreInformationNeeded, LimitedInvolvement,
	DiscussionForum, ContractForServices, FormalLegalPartnership, NotAPartnership, NotAppropriate,
}

// Outcomes returns all outcomes, the one that lets the Council go furthest first. The caller must
// not change it.
func Outcomes() []Outcome { return outcomes }

// RuleID names one row of the table of rules.
type RuleID string

// Rule gives an outcome when any of its tests holds. A rule without tests always holds.
type Rule struct {
	ID      RuleID
	Outcome Outcome
	When    []Test
	// Clauses say why, in addition to those of the deciding facts.
	Clauses []knowledge.ClauseID
}

// Test holds when any of Facts is answered with any of Words.
type Test struct {
	Facts []FactID
	Words []Value
}

// Rules returns the table of rules; the first that holds gives the outcome. The caller must not
// change it.
func Rules() []Rule { return rules }

var threeTests = []FactID{AddedValue, ValueForMoney, GoodGovernance}

var fourResources = []FactID{ResourceTime, ResourceAssets, ResourceKnowledge, ResourceMoney}

// gates are all the facts that must be known before a partnership is appropriate.
var gates = []FactID{
	FormalLegalEntity, ThirdPartyDelivers, DiscussionForumOnly, SharedResponsibility, ImprovesWellbeing,
	InvitedOutOfCourtesy, ContributionClear,
	AddedValue, ValueForMoney, GoodGovernance, ImprovesOutcomes,
	ResourceTime, ResourceAssets, ResourceKnowledge, ResourceMoney, CanContributeFully,
}

// safeguards are the facts that become conditions, except [CouncilIsLead].
var safeguards = []FactID{
	AgreementOrTerms, CouncilRoleClear, ResponsibilitiesClear, RisksEvaluated, FinancialRegulations,
	ComplaintsWhistleblower, ActionsClear, RepresentativesNamed, ConflictsDeclared, EqualitiesArranged,
	InformationSharing,
}

// unmet are the tests whose facts become conditions.
var unmet = []Test{
	{gates, []Value{Partly}},
	{safeguards, []Value{Partly, No, Unknown}},
	{[]FactID{CouncilIsLead}, []Value{Unknown}},
}

var rules = []Rule{
	{ID: "formal-legal-entity", Outcome: FormalLegalPartnership,
		When: []Test{{[]FactID{FormalLegalEntity}, []Value{Yes}}}},
	{ID: "third-party-delivers", Outcome: ContractForServices,
		When: []Test{{[]FactID{ThirdPartyDelivers}, []Value{Yes}}}},
	{ID: "forum-only", Outcome: DiscussionForum,
		When: []Test{{[]FactID{DiscussionForumOnly}, []Value{Yes}}}},
	{ID: "definition-not-met", Outcome: NotAPartnership,
		When: []Test{{[]FactID{SharedResponsibility, ImprovesWellbeing}, []Value{No}}}},
	{ID: "courtesy-or-unclear", Outcome: LimitedInvolvement,
		When: []Test{
			{[]FactID{InvitedOutOfCourtesy}, []Value{Yes}},
			{[]FactID{ContributionClear}, []Value{No}},
		}},
	{ID: "test-failed", Outcome: NotAppropriate,
		When: []Test{{append(threeTests[:3:3], ImprovesOutcomes), []Value{No}}}},
	{ID: "cannot-resource", Outcome: NotAppropriate,
		When: []Test{{append(fourResources[:4:4], CanContributeFully), []Value{No}}}},
	{ID: "not-yet-known", Outcome: MoreInformationNeeded,
		When: []Test{{gates, []Value{Unknown}}}},
	{ID: "conditions-to-meet", Outcome: WithConditions, When: unmet},
	{ID: "all-in-place", Outcome: Appropriate,
		Clauses: []knowledge.ClauseID{clauseAppropriate, clauseDemonstrate, clauseResource}},
}

// Version tells one set of rules from another: the date of the last change of meaning and a
// hash of everything that decides.
func Version() string { return version }

var version = func() string {
	meaning := []any{rules, riskConditions}
	for _, f := range facts { // correcting a spelling mistake in a question does not make a new set of rules
		meaning = append(meaning, f.ID, f.Part, f.Words, f.Many, f.Explained, f.Condition, f.Clauses)
	}
	data, err := json.Marshal(meaning)
	if err != nil {
		panic("rules as JSON: " + err.Error())
	}
	sum := sha256.Sum256(data)
	return "2026-11-23 (" + hex.EncodeToString(sum[:4]) + ")"
}()
