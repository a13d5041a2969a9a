package handlers

import (
	"time"

	"partnershipbot/knowledge/assessment"
)

// Entry is one thing that happened to an assessment. The history of an assessment is its
// entries in order; it is only ever added to.
type Entry struct {
	Reference assessment.Reference `json:"reference"`
	// Number counts the entries of one reference from 1, so that two writers notice each
	// other.
	Number int       `json:"number"`
	At     time.Time `json:"at"`
	// By is who did it; empty for the bot itself and for a person who was erased.
	By  PersonID `json:"by,omitempty"`
	Act Act      `json:"act"`
	// Words go with the act: the reason why it was returned, withdrawn or erased, the
	// committee it was referred to, a remark, which reminder was sent.
	Words string `json:"words,omitempty"`
	// Record is what was submitted.
	Record *assessment.Record `json:"record,omitempty"`
	// Point is the answer for which it was returned, if it was for one.
	Point     assessment.FactID `json:"point,omitempty"`
	Decision  *Decision         `json:"decision,omitempty"`
	Condition *ConditionState   `json:"condition,omitempty"`
	// Open are what was not in place, by the answers, when the Council decided to join.
	Open []assessment.FactID `json:"open,omitempty"`
	// Partnership is what the register says from then on; with a decision, from the first.
	Partnership *Partnership `json:"partnership,omitempty"`
}

// Act is the kind of thing that an entry records.
type Act string

// The acts. An id is never removed or given another meaning: stored entries name it.
const (
	Submitted Act = "submitted" // by its author: a new revision
	TakenUp   Act = "taken_up"  // under review
	Returned  Act = "returned"  // to the author, for more information
	Referred  Act = "referred"  // to a committee
	Decided   Act = "decided"
	Withdrawn Act = "withdrawn"
	Remarked  Act = "remarked"
	// ConditionSet says how a condition stands, Registered what the register says of a
	// partnership.
	ConditionSet Act = "condition"
	Registered   Act = "registered"
	// Read says that somebody other than the author read it, Reminded that the clerk was
	// reminded of something in it; neither changes anything.
	Read     Act = "read"
	Reminded Act = "reminded"
	// Erased says that what a person wrote was taken out of the entries before it.
	Erased Act = "erased"
)

// Changes reports whether an act changes what anyone who has the assessment open sees.
func (a Act) Changes() bool { return a != Read && a != Reminded }

// Date is a day in the Council's own time, "2026-11-23"; empty for none. Dates compare
// as strings do.
type Date string

// DateOf is the day of a time in the Council's part of the world.
func DateOf(t time.Time) Date { return Date(t.In(CouncilTime()).Format(time.DateOnly)) }

// ParseDate reads a date as a person or a date picker gives it.
func ParseDate(s string) (Date, bool) {
	for _, layout := range []string{time.DateOnly, "2 January 2006", "2 Jan 2006", "2 January 06", "2 Jan 06", "2/1/2006", "2/1/06", "2.1.2006", "2.1.06", "2-1-2006", "2-1-06"} {
		if t, err := time.Parse(layout, s); err == nil {
			return Date(t.Format(time.DateOnly)), true
		}
	}
	return "", false
}

// String gives a date as people read it, "23 November 2026".
func (d Date) String() string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return t.Format("2 January 2006")
}

// Decision is what the Council decided on an assessment.
type Decision struct {
	Kind   DecisionKind `json:"kind"`
	On     Date         `json:"on"`
	Minute string       `json:"minute"`
	// Existing says that the partnership was there before the assessment.
	Existing bool `json:"existing,omitempty"`
	// Representatives are who represents the Council, Review when it is to be looked at
	// again; both where the Council joins, and neither where it takes no part.
	Representatives string `json:"representatives,omitempty"`
	Review          Date   `json:"review,omitempty"`
}

// DecisionKind is the choice that the Council made.
type DecisionKind string

// The decisions. End is for a partnership that the Council was in.
const (
	Join    DecisionKind = "join"
	Limited DecisionKind = "limited_involvement"
	Decline DecisionKind = "decline"
	End     DecisionKind = "end"
)

// Label is the decision as people read it.
func (k DecisionKind) Label() string { return decisionLabels[k] }

// TakesPart reports whether the Council takes part from then on, so that somebody represents
// it and it is looked at again.
func (k DecisionKind) TakesPart() bool { return k == Join || k == Limited }

var decisionLabels = map[DecisionKind]string{
	Join: "Join the partnership", Limited: "Limited involvement", Decline: "Decline", End: "End the partnership",
}

// ConditionState is how a condition of an assessment stands, by the fact it comes from.
type ConditionState struct {
	Fact  assessment.FactID `json:"fact"`
	Owner string            `json:"owner,omitempty"`
	Due   Date              `json:"due,omitempty"`
	Met   bool              `json:"met,omitempty"`
	Note  string            `json:"note,omitempty"`
	// Settled says, in a case, that the clerk has set it; it is not given in entries.
	Settled bool `json:"settled,omitempty"`
}

// Partnership is what the register says of a partnership beside the decision.
type Partnership struct {
	Name     string `json:"name,omitempty"`
	Partners string `json:"partners,omitempty"`
	Role     string `json:"role,omitempty"`
	// Agreement is the agreement or Terms of Reference, or where it is kept.
	Agreement string `json:"agreement,omitempty"`
}
