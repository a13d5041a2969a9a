package assessment

import (
	"strings"

	"partnershipbot/knowledge"
)

// FactID names one thing that is asked. The four resources are facts of their own,
// "resources.time" and so on.
type FactID string

// These are the facts, in the order in which they are asked. An id is never removed or given
// another meaning, because stored answers refer to it.
const (
	Title                   FactID = "title"
	Partners                FactID = "partners"
	Aim                     FactID = "aim"
	Status                  FactID = "status"
	FormalLegalEntity       FactID = "formal_legal_entity"
	ThirdPartyDelivers      FactID = "third_party_delivers_service"
	DiscussionForumOnly     FactID = "discussion_forum_only"
	SharedResponsibility    FactID = "shared_responsibility"
	ImprovesWellbeing       FactID = "improves_wellbeing"
	Necessity               FactID = "necessity"
	InvitedOutOfCourtesy    FactID = "invited_out_of_courtesy"
	ContributionClear       FactID = "contribution_clear"
	AddedValue              FactID = "added_value"
	ValueForMoney           FactID = "value_for_money"
	GoodGovernance          FactID = "good_governance"
	ImprovesOutcomes        FactID = "improves_outcomes"
	ResourceTime            FactID = "resources.time"
	ResourceAssets          FactID = "resources.assets"
	ResourceKnowledge       FactID = "resources.knowledge"
	ResourceMoney           FactID = "resources.money"
	CanContributeFully      FactID = "can_contribute_fully"
	AgreementOrTerms        FactID = "agreement_or_tor"
	CouncilRoleClear        FactID = "council_role_clear"
	ResponsibilitiesClear   FactID = "responsibilities_clear"
	CouncilIsLead           FactID = "council_is_lead"
	RisksEvaluated          FactID = "risks_evaluated"
	FinancialRegulations    FactID = "financial_regulations"
	ComplaintsWhistleblower FactID = "complaints_whistleblowing"
	ActionsClear            FactID = "actions_clear"
	RepresentativesNamed    FactID = "representatives_named"
	ConflictsDeclared       FactID = "conflicts_declared"
	EqualitiesArranged      FactID = "eia_arranged"
	InformationSharing      FactID = "information_sharing"
)

// Value is one word that a fact can be answered with.
type Value string

// These are the words. In conversation, Unknown is "Not sure".
const (
	Yes           Value = "yes"
	Partly        Value = "partly"
	No            Value = "no"
	Unknown       Value = "unknown"
	New           Value = "new"
	Existing      Value = "existing"
	NotNeeded     Value = "not_needed"
	NotApplicable Value = "not_applicable"

	GovernmentRequires    Value = "government_requires"
	FunderRequires        Value = "funder_requires"
	CommunityPriority     Value = "community_priority"
	CapacityOrExpertise   Value = "capacity_or_expertise"
	BetterValueWithOthers Value = "better_value"
)

// Part is the role of a fact in the rules.
type Part string

// These are the parts. Classification facts and gates must both be known before a partnership
// is found appropriate; safeguards can be put in place afterwards.
const (
	Proposal       Part = "proposal"
	Classification Part = "classification"
	Gate           Part = "gate"
	Safeguard      Part = "safeguard"
	Remark         Part = "remark" // stated in the result, never decides
)

// Fact is one thing that is asked.
type Fact struct {
	ID   FactID
	Part Part
	// Label is the fact in two to five words, for summaries and lists.
	Label string
	// Question is asked in conversation. In all texts, a pair in braces such as
	// "{join|continue}" gives the wording for a new partnership before the bar and for an
	// existing one after it.
	Question string
	// Help is one more sentence for the person, or empty.
	Help string
	// Words are the answers allowed, in the order of the buttons; none for free text.
	Words []Value
	// Many means that any number of Words may hold at once, or none.
	Many bool
	// Explained means that a yes or a partly should come with words of the person's own.
	Explained bool
	// Spared is what is true instead if the fact does not apply; empty for most facts.
	Spared string
	// Decides says in one sentence what the answer leads to ("Why do you ask?").
	Decides string
	// Condition is what must be put in place if the answer is not a plain yes. FindOut is what
	// must be found out if the answer is Unknown.
	Condition, FindOut string
	// Clauses are what the fact rests on, the most telling first.
	Clauses []knowledge.ClauseID
}

// Wording chooses between the two wordings of a text in braces.
func Wording(text string, status Value) string {
	for {
		before, rest, ok := strings.Cut(text, "{")
		if !ok {
			return text
		}
		pair, after, _ := strings.Cut(rest, "}")
		fresh, existing, _ := strings.Cut(pair, "|")
		if status == Existing {
			fresh = existing
		}
		text = before + fresh + after
	}
}

// Facts returns the table of facts in the order of asking. The caller must not change it.
func Facts() []Fact { return facts }

// Lookup returns the fact with an id; ok is false if there is none.
func Lookup(id FactID) (f Fact, ok bool) {
	i, ok := position[id]
	if !ok {
		return Fact{}, false
	}
	return facts[i], true
}

// position is the index of each fact in the table.
var position = func() map[FactID]int {
	m := make(map[FactID]int, len(facts))
	for i, f := range facts {
		m[f.ID] = i
	}
	return m
}()
