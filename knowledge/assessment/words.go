package assessment

// Label is a value as people read it.
func (v Value) Label() string { return valueLabels[v] }

var valueLabels = map[Value]string{
	Yes: "Yes", Partly: "Partly", No: "No", Unknown: "Not sure",
	New: "New", Existing: "Existing",
	NotNeeded: "Not needed", NotApplicable: "Not applicable",
	GovernmentRequires:    "Government requires it",
	FunderRequires:        "An outside funder requires it",
	CommunityPriority:     "Communities want it, and no one body is responsible on its own",
	CapacityOrExpertise:   "The Council lacks the capacity or expertise to do it alone",
	BetterValueWithOthers: "It would be better value to do it with others",
}

// Advice is what a person is told about an outcome. Its texts must be passed through [Wording].
type Advice struct {
	// Short names the outcome in lists.
	Short string
	// Says is the outcome in one sentence, Next what to do about it.
	Says, Next string
}

// Indicative goes with every result.
const Indicative = "This is an indicative result. The decision is the Council's."

// ReadsAll goes with a result that rests on one reading of the three tests.
const ReadsAll = "This rests on a reading: the protocol names three things (Added Value, Value for Money, Good " +
	"Governance) without saying whether all are needed or any one will do. I read it as all. The reading is " +
	"the Council's to change."

// NoReason is said if none of the protocol's reasons was given.
const NoReason = "By the protocol's own list, no reason makes this partnership necessary. That alone does not rule it out."

// Advise returns the advice on an outcome.
func Advise(o Outcome) Advice { return advice[o] }

var advice = map[Outcome]Advice{
	FormalLegalPartnership: {
		Short: "Formal legal partnership",
		Says:  "This is a formally constituted legal partnership, and the protocol is not about those.",
		Next:  "Ask the clerk about legal advice before the Council commits itself.",
	},
	ContractForServices: {
		Short: "Contract for services",
		Says:  "This is a contract for services, not a partnership.",
		Next:  "Take the procurement route: the Council is the procurer, the other party the contracted provider. The clerk can say how.",
	},
	DiscussionForum: {
		Short: "Discussion forum",
		Says:  "This is a discussion forum, not a partnership.",
		Next:  "Attend it as a forum; it needs no partnership agreement.",
	},
	NotAPartnership: {
		Short: "Not a partnership",
		Says:  "This does not meet the protocol's definition of a partnership.",
		Next:  "See below which part of the definition is not met. If that changes, assess it again.",
	},
	LimitedInvolvement: {
		Short: "Limited involvement",
		Says:  "Limited involvement looks right, rather than {joining|continuing as a full partner}.",
		Next:  "Keep the Council's involvement limited, and ask to receive updates.",
	},
	NotAppropriate: {
		Short: "Not appropriate",
		Says:  "{Joining|Continuing or extending} this partnership is not appropriate.",
		Next:  "See below what stands against it. If any of that changes, assess it again.",
	},
	MoreInformationNeeded: {
		Short: "More information needed",
		Says:  "More needs to be known before this can be judged.",
		Next:  "Find out what is listed below, then assess it again.",
	},
	WithConditions: {
		Short: "Appropriate with conditions",
		Says:  "{Joining|Continuing or extending} this partnership is appropriate, with conditions.",
		Next:  "Put in place what is listed below, and recommend it to the Council on those conditions.",
	},
	Appropriate: {
		Short: "Appropriate",
		Says:  "{Joining|Continuing or extending} this partnership is appropriate.",
		Next:  "Recommend to the Council that it {joins|continues}, and list who {would represent|represents} it.",
	},
}
