package assessment

import "partnershipbot/knowledge"

// These are the words for the common kinds of question.
var (
	yesNo     = []Value{Yes, No, Unknown}
	gateWords = []Value{Yes, Partly, No, Unknown}
	resource  = []Value{Yes, Partly, No, Unknown, NotNeeded}
)

// These are clauses on which several facts rest.
const (
	clauseMeaning     knowledge.ClauseID = "introduction.3"
	clauseDefinition  knowledge.ClauseID = "definition-of-a-partnership.3"
	clauseContract    knowledge.ClauseID = "definition-of-a-partnership.4.1"
	clauseForum       knowledge.ClauseID = "definition-of-a-partnership.4.2"
	clauseNecessary   knowledge.ClauseID = "guiding-principles.1"
	clauseAppropriate knowledge.ClauseID = "when-is-partnership-working-appropriate.1"
	clauseDemonstrate knowledge.ClauseID = "when-is-partnership-working-appropriate.2"
	clauseResource    knowledge.ClauseID = "when-is-partnership-working-appropriate.3"
	clauseAgreement   knowledge.ClauseID = "managing-partnerships.1"
	clauseRole        knowledge.ClauseID = "managing-partnerships.2"
	clauseDuties      knowledge.ClauseID = "managing-partnerships.3"
	clauseContribute  knowledge.ClauseID = "managing-partnerships.5"
	clauseMindful     knowledge.ClauseID = "managing-partnerships.6"
	clauseRisk        knowledge.ClauseID = "managing-partnerships.7"
	clauseRepresent   knowledge.ClauseID = "roles-of-councillors-and-officers.1"
	clauseOnlyCouncil knowledge.ClauseID = "roles-of-councillors-and-officers.2"
)

// clauseRisks holds both duties on risk: the lead body's and the others'.
const clauseRisks knowledge.ClauseID = "managing-partnerships.8"

var facts = []Fact{
	{
		ID: Title, Part: Proposal, Label: "Proposal",
		Question: "What is the proposal called? A short name is enough.",
		Decides:  "The name is how you and the clerk will find the result again. It decides nothing.",
	}, {
		ID: Partners, Part: Proposal, Label: "Partners",
		Question: "Who {would the partners be|are the partners}, besides the Council?",
		Help:     "Names of the organisations, in a sentence or two.",
		Decides:  "This is for the record. It decides nothing by itself.",
		Clauses:  []knowledge.ClauseID{clauseDefinition},
	}, {
		ID: Aim, Part: Proposal, Label: "Aim",
		Question: "What is it for?",
		Help:     "In a sentence or two, what should it achieve?",
		Decides:  "This is for the record. It decides nothing by itself.",
		Clauses:  []knowledge.ClauseID{clauseDefinition},
	}, {
		ID: Status, Part: Proposal, Label: "New or existing",
		Question: "Is this a new partnership, or an existing one that is being reviewed or extended?",
		Words:    []Value{New, Existing},
		Decides:  "The same rules apply to both. The result speaks of joining, or of continuing.",
		Clauses:  []knowledge.ClauseID{clauseDemonstrate, clauseMindful},
	}, {
		ID: FormalLegalEntity, Part: Classification, Label: "Formal legal partnership",
		Question: "Is it {to be |}a formally constituted legal partnership: a company, a charity, an LLP or another joint legal body?",
		Words:    yesNo,
		Decides:  "The protocol is not about formal legal partnerships. If the answer is yes, it does not apply, and the clerk can advise on getting legal advice.",
		FindOut:  "whether it is a formally constituted legal partnership",
		Clauses:  []knowledge.ClauseID{clauseMeaning},
	}, {
		ID: ThirdPartyDelivers, Part: Classification, Label: "Service delivered for the Council",
		Question: "{Would|Does} the other party simply deliver a service on the Council's behalf?",
		Words:    yesNo,
		Decides:  "If the answer is yes, the protocol calls it a contract for services, not a partnership.",
		FindOut:  "whether the other party {would simply deliver|simply delivers} a service on the Council's behalf",
		Clauses:  []knowledge.ClauseID{clauseContract},
	}, {
		ID: DiscussionForumOnly, Part: Classification, Label: "Only a discussion forum",
		Question: "Is it only a forum or group that discusses issues, policy and strategy?",
		Words:    yesNo,
		Decides:  "If the answer is yes, the protocol does not count it as a partnership.",
		FindOut:  "whether it is only a forum for discussion",
		Clauses:  []knowledge.ClauseID{clauseForum},
	}, {
		ID: SharedResponsibility, Part: Classification, Label: "Shared responsibility",
		Question: "{Would|Do} the organisations share the responsibility for agreeing, and then delivering, actions and outcomes?",
		Words:    gateWords,
		Decides:  "Shared responsibility is part of the definition. If the answer is no, it is not a partnership.",
		FindOut:  "whether the organisations share the responsibility for agreeing and delivering",
		Condition: "Agree how the organisations share the responsibility for agreeing, and then delivering, " +
			"actions and outcomes",
		Clauses: []knowledge.ClauseID{clauseDefinition},
	}, {
		ID: ImprovesWellbeing, Part: Classification, Label: "Improves well-being",
		Question:  "{Would|Do} its outcomes improve the economic or social well-being of people who live in, work in or visit Biddulph?",
		Words:     gateWords,
		Decides:   "Better well-being is part of the definition. If the answer is no, it is not a partnership.",
		FindOut:   "whether its outcomes {would improve|improve} well-being in Biddulph",
		Condition: "Make sure that its outcomes improve the economic or social well-being of people in Biddulph",
		Clauses:   []knowledge.ClauseID{clauseDefinition},
	}, {
		ID: Necessity, Part: Remark, Label: "Why it is necessary",
		Question: "Why is a partnership needed? Choose any that apply.",
		Words: []Value{
			GovernmentRequires, FunderRequires, CommunityPriority, CapacityOrExpertise, BetterValueWithOthers,
		},
		Many:    true,
		Decides: "The protocol lists when partnerships are necessary. The reasons go into the result; they never decide it.",
		Clauses: []knowledge.ClauseID{clauseNecessary},
	}, {
		ID: InvitedOutOfCourtesy, Part: Classification, Label: "Invited out of courtesy",
		Question: "{Has the Council been|Was the Council} invited mainly out of courtesy, to bring credibility, or for quick feedback?",
		Words:    yesNo,
		Decides:  "If the answer is yes, the protocol speaks of limited involvement and of receiving updates.",
		FindOut:  "why the Council {has been|was} invited",
		Clauses:  []knowledge.ClauseID{clauseResource},
	}, {
		ID: ContributionClear, Part: Classification, Label: "Contribution is clear",
		Question:  "Is it clear how the Council can contribute, and which Council priority the work supports?",
		Words:     gateWords,
		Decides:   "If the answer is no, the protocol speaks of limited involvement and of receiving updates.",
		FindOut:   "how the Council can contribute and which of its priorities the work supports",
		Condition: "Make clear how the Council can contribute and which Council priority the work supports",
		Clauses:   []knowledge.ClauseID{clauseResource},
	}, {
		ID: AddedValue, Part: Gate, Label: "Added value",
		Question:  "Does it have the potential to deliver something that another way of working is unlikely to achieve?",
		Words:     gateWords,
		Decides:   "Added Value is one of the three things a partnership should have the potential to deliver.",
		FindOut:   "whether it could deliver something that another way of working is unlikely to achieve",
		Condition: "Show what it can deliver that another way of working is unlikely to achieve",
		Clauses:   []knowledge.ClauseID{clauseAppropriate + ".1"},
	}, {
		ID: ValueForMoney, Part: Gate, Label: "Value for money",
		Question:  "{Would|Does it use} the available resources {be used |}economically?",
		Words:     gateWords,
		Decides:   "Value for Money is one of the three things a partnership should have the potential to deliver.",
		FindOut:   "whether the available resources {would be|are} used economically",
		Condition: "Make sure that the available resources are used economically",
		Clauses:   []knowledge.ClauseID{clauseAppropriate + ".2"},
	}, {
		ID: GoodGovernance, Part: Gate, Label: "Good governance",
		Question:  "{Would it be|Is it} consistent, and well-managed?",
		Words:     gateWords,
		Decides:   "Good Governance is one of the three things a partnership should have the potential to deliver.",
		FindOut:   "whether it {would be|is} consistent and well-managed",
		Condition: "Make sure that it is consistent and well-managed",
		Clauses:   []knowledge.ClauseID{clauseAppropriate + ".3"},
	}, {
		ID: ImprovesOutcomes, Part: Gate, Label: "Improves outcomes for Biddulph",
		Question:  "Can you show how the Council's taking part {would improve|improves} outcomes for the communities of Biddulph?",
		Help:      "If you can, say how in a sentence or two: those words go into the result.",
		Words:     gateWords,
		Explained: true,
		Decides:   "Every partnership must demonstrate this. If the answer is no, partnership working is not appropriate.",
		FindOut:   "how the Council's taking part {would improve|improves} outcomes for the communities of Biddulph",
		Condition: "Set out how the Council's taking part improves outcomes for the communities of Biddulph",
		Clauses:   []knowledge.ClauseID{clauseDemonstrate},
	},
	resourceFact(ResourceTime, "Time", "time", "the people and hours"),
	resourceFact(ResourceAssets, "Assets", "assets", "buildings, land or equipment"),
	resourceFact(ResourceKnowledge, "Knowledge", "knowledge", "skills and know-how"),
	resourceFact(ResourceMoney, "Money", "money", "a budget"),
	{
		ID: CanContributeFully, Part: Gate, Label: "Can contribute fully",
		Question:  "With its existing commitments and priorities, can the Council fully and effectively contribute?",
		Words:     gateWords,
		Decides:   "The Council takes part in a partnership only where it can fully and effectively contribute.",
		FindOut:   "whether the Council can fully and effectively contribute, with its existing commitments",
		Condition: "Make sure that the Council can fully and effectively contribute",
		Clauses:   []knowledge.ClauseID{clauseContribute, clauseMindful},
	},
	safeguard(AgreementOrTerms, "Agreement or Terms of Reference", "There is a partnership agreement or Terms of Reference",
		"Put a partnership agreement or Terms of Reference in place", clauseAgreement),
	safeguard(CouncilRoleClear, "Council's role is clear", "The Council's role is clear, with the responsibilities and liabilities it brings",
		"Make the Council's role clear, with the responsibilities and liabilities it brings", clauseRole),
	safeguard(ResponsibilitiesClear, "All partners' responsibilities", "All partners' responsibilities are in the agreement (health and safety, community safety, equality, other duties in law)",
		"Put all partners' responsibilities into the agreement", clauseDuties),
	{
		ID: CouncilIsLead, Part: Safeguard, Label: "Council is the lead body",
		Question:  "The Council {would be|is} the lead body",
		Words:     yesNo,
		Decides:   "It decides nothing by itself: it settles which duty on risk applies to the Council.",
		Condition: "Settle whether the Council is the lead body, since its duty on risk depends on it",
		Clauses:   []knowledge.ClauseID{clauseRisks},
	},
	safeguard(RisksEvaluated, "Risks evaluated", "The risks to the Council have been understood and evaluated",
		"", clauseRisks, clauseRisk),
	safeguard(FinancialRegulations, "Financial Regulations", "It acts in accordance with the Council's Financial Regulations",
		"Make sure that it acts in accordance with the Council's Financial Regulations", "managing-partnerships.4.1"),
	safeguard(ComplaintsWhistleblower, "Complaints and whistleblowing", "There is an agreed way to handle complaints, and one for whistleblowing",
		"Agree a protocol for complaints and a mechanism for whistleblowing", "managing-partnerships.9.7", "managing-partnerships.4.5"),
	safeguard(ActionsClear, "Clear actions", "Its actions are clear, time-limited and task-orientated",
		"Make its actions clear, time-limited and task-orientated", "managing-partnerships.9.3"),
	safeguard(RepresentativesNamed, "Representatives named", "The Councillors or officers who {would represent|represent} the Council are specified",
		"Specify the Councillors or officers who represent the Council", clauseRepresent),
	safeguard(ConflictsDeclared, "Conflicts of interest", "Conflicts of interest have been declared and addressed",
		"Have conflicts of interest declared and addressed", "managing-partnerships.9.12", clauseOnlyCouncil),
	safeguard(EqualitiesArranged, "Equalities Impact Assessments", "There are arrangements for Equalities Impact Assessments",
		"Arrange for Equalities Impact Assessments", "equalities-and-data-protection.1"),
	{
		ID: InformationSharing, Part: Safeguard, Label: "Information Sharing Agreement",
		Question:  "There is an Information Sharing Agreement",
		Spared:    "No Information Sharing Agreement is needed",
		Words:     []Value{Yes, Partly, No, Unknown, NotApplicable},
		Decides:   "Where it is not yet in place, it becomes a condition.",
		Condition: "Secure an Information Sharing Agreement, or establish that none is needed",
		Clauses:   []knowledge.ClauseID{"equalities-and-data-protection.2"},
	},
}

// riskConditions are the wordings of the duty on risk, by the answer to [CouncilIsLead].
var riskConditions = map[Value]string{
	Yes: "As lead body, make sure that the partnership's governance includes effective management of risk",
	No: "Seek minimum standards of risk management, and make sure that the Council's representatives " +
		"understand the level of risk",
	Unknown: "Have the risks to the Council understood and evaluated",
}

func resourceFact(id FactID, label, noun, example string) Fact {
	return Fact{
		ID: id, Part: Gate, Label: label,
		Question:  "Can the Council find the " + noun + " it {would need|needs} for this (" + example + ")?",
		Words:     resource,
		Decides:   "The Council takes part in a partnership only if it can resource the investment. A no means that it is not appropriate.",
		FindOut:   "whether the Council can find the " + noun,
		Condition: "Secure the " + noun + " that the Council needs for this",
		Clauses:   []knowledge.ClauseID{clauseResource, clauseMindful},
	}
}

func safeguard(id FactID, label, statement, condition string, clauses ...knowledge.ClauseID) Fact {
	return Fact{
		ID: id, Part: Safeguard, Label: label, Question: statement, Words: gateWords,
		Decides:   "Where it is not yet in place, it becomes a condition.",
		Condition: condition, Clauses: clauses,
	}
}
