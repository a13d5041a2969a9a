package assessment

// Plain explains a fact, with an example, to somebody who does not understand what is asked. It
// must be passed through [Wording].
func (f Fact) Plain() string { return plain[f.ID] }

var plain = map[FactID]string{
	Title:    "A few words by which you and the clerk will know it again. For example: “Canal towpath group”.",
	Partners: "The other organisations that would do this with the Council. For example: “the canal trust and the county council”.",
	Aim:      "What should be better at the end, and for whom. For example: “keep the towpath clean, so that more people walk it”.",
	Status:   "New: the Council is not part of it yet. Existing: the Council is already part of it, and you are checking it or making it bigger.",

	FormalLegalEntity: "Some partnerships are set up as an organisation of their own, with a legal form and papers to prove it. " +
		"For example, a registered charity or a limited company is yes; people who simply agree to work together is no.",
	ThirdPartyDelivers: "Somebody does a job for the Council, and the Council pays or asks them to. For example, a firm that cuts the Council's " +
		"grass is yes; planning and doing it together is no.",
	DiscussionForumOnly: "Is it only a place to talk? For example, a group that meets to swap news is yes; one that also runs projects is no.",
	SharedResponsibility: "Do you decide together what to do, and then all answer for its being done? For example, a joint plan with a task for " +
		"everybody is yes; one of you deciding for the others is no.",
	ImprovesWellbeing: "Will people in Biddulph be better off, in money or in how they live? For example, new jobs, safer streets or " +
		"fewer lonely people.",
	Necessity: "Why should the Council do this with others and not alone? Choose each reason that is true. For example, if a grant is given " +
		"only to partnerships, an outside funder requires it.",
	InvitedOutOfCourtesy: "Do they need the Council, or {were they|was it} only being polite? For example, being asked so that the Council's name " +
		"looks good on a leaflet is yes; being asked to share the work is no.",
	ContributionClear: "Do you know what the Council would do in it, and which of the Council's own aims that helps? For example, “lend " +
		"the hall, which helps our aim for young people”.",
	AddedValue:    "Could it do something that nobody could easily do in another way? For example, a bus that no one council could pay for.",
	ValueForMoney: "Is the money, time and equipment well spent? For example, sharing one van where each would have bought one.",
	GoodGovernance: "Is it run in an orderly way, and the same way each time? For example, there are regular meetings, minutes, and somebody " +
		"who keeps the accounts.",
	ImprovesOutcomes: "Can you say what becomes better in Biddulph because the Council takes part? For example, “we opened the hall, and forty more " +
		"children came”.",
	ResourceTime:       "People and hours. For example, an officer for a day a month.",
	ResourceAssets:     "Things the Council owns. For example, a room, land or a van.",
	ResourceKnowledge:  "Knowing how. For example, somebody who can read a lease.",
	ResourceMoney:      "Money set aside for it. For example, a line in the budget.",
	CanContributeFully: "With all that the Council does already, can it do its share properly? For example, no if the staff have no time left.",

	AgreementOrTerms:        "A document that says how the partners work together.",
	CouncilRoleClear:        "You know what the Council has to do, and what it would be liable for.",
	ResponsibilitiesClear:   "That document says who looks after safety, fairness and other duties in law.",
	CouncilIsLead:           "The Council is in charge of it, and not one of the others.",
	RisksEvaluated:          "Somebody has thought about what could go wrong, and how bad that would be.",
	FinancialRegulations:    "Money is handled by the Council's own rules for money.",
	ComplaintsWhistleblower: "People know how to complain, and how to report something wrong safely.",
	ActionsClear:            "Everybody knows what is to be done, and by when.",
	RepresentativesNamed:    "It is settled who speaks for the Council there.",
	ConflictsDeclared:       "Whoever could gain from it personally has said so, and it is dealt with.",
	EqualitiesArranged:      "Somebody checks that it treats all kinds of people fairly.",
	InformationSharing:      "A document that says which personal details the partners may pass to each other. If none are passed, it is not needed.",
}
