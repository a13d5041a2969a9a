package handlers

import (
	"context"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // so that the Council's own time is known on every system

	"partnershipbot/knowledge/assessment"
)

// CouncilTime is the Council's own time zone.
func CouncilTime() *time.Location { return councilTime }

var councilTime = func() *time.Location {
	here, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic("the Council's time zone is part of the program: " + err.Error())
	}
	return here
}()

// Messages that nobody asked for are sent between these hours of the Council's day.
const firstHour, lastHour = 8, 20

// Daytime reports whether people in the Council's part of the world are up.
func Daytime(at time.Time) bool {
	hour := at.In(CouncilTime()).Hour()
	return hour >= firstHour && hour < lastHour
}

// Status is where an assessment stands with the clerk.
type Status string

// The statuses.
const (
	StatusLogged    Status = "logged"
	StatusReview    Status = "under_review"
	StatusReturned  Status = "returned"
	StatusReferred  Status = "referred"
	StatusDecided   Status = "decided"
	StatusWithdrawn Status = "withdrawn"
)

// Statuses are all there are, in the order in which the clerk works through them.
func Statuses() []Status {
	return []Status{StatusLogged, StatusReview, StatusReturned, StatusReferred, StatusDecided, StatusWithdrawn}
}

// Label is the status as people read it: what is logged waits.
func (s Status) Label() string {
	if s == StatusLogged {
		return "waiting"
	}
	return strings.ReplaceAll(string(s), "_", " ")
}

// Words are what people type for the status, the longest first.
func (s Status) Words() []string {
	if s == StatusLogged {
		return []string{"waiting for review", s.Label(), "logged"}
	}
	return []string{s.Label()}
}

// leadsTo is the status that an act leads to, and from says from which it may be done; an
// assessment that is decided is decided again where the Council changes its mind.
var leadsTo = map[Act]struct {
	to   Status
	from []Status
}{
	Submitted: {StatusLogged, append([]Status{""}, Statuses()...)},
	TakenUp:   {StatusReview, []Status{StatusLogged, StatusReturned, StatusReferred, StatusWithdrawn}},
	Returned:  {StatusReturned, []Status{StatusLogged, StatusReview, StatusReferred}},
	Referred:  {StatusReferred, []Status{StatusLogged, StatusReview, StatusReturned}},
	Decided:   {StatusDecided, []Status{StatusLogged, StatusReview, StatusReturned, StatusReferred, StatusDecided}},
	Withdrawn: {StatusWithdrawn, []Status{StatusLogged, StatusReview, StatusReturned, StatusReferred}},
}

// LeadsTo is the status that an act leads to; empty if it changes none.
func (a Act) LeadsTo() Status { return leadsTo[a].to }

// Case is an assessment as the clerk keeps it: what its history comes to.
type Case struct {
	Reference assessment.Reference `json:"reference"`
	// Author is who submitted it; empty once that person is erased.
	Author   PersonID           `json:"author,omitempty"`
	Title    string             `json:"title"`
	Partners string             `json:"partners,omitempty"`
	Outcome  assessment.Outcome `json:"outcome"`
	// Revision is that of the newest record, submitted at Submitted; First is when the
	// first one was.
	Revision  int       `json:"revision"`
	First     time.Time `json:"first"`
	Submitted time.Time `json:"submitted"`
	Status    Status    `json:"status"`
	// Number is that of the last entry, Changed of the last one that changes anything.
	Number  int `json:"number"`
	Changed int `json:"changed"`
	// Reason is why it was returned or withdrawn, or where it was referred to; Point the
	// answer it was returned for.
	Reason     string            `json:"reason,omitempty"`
	Point      assessment.FactID `json:"point,omitempty"`
	Decision   *Decision         `json:"decision,omitempty"`
	Conditions []ConditionState  `json:"conditions,omitempty"`
	// Partnership is what the register says beside the decision.
	Partnership Partnership `json:"partnership,omitzero"`
	// Reminded are the reminders that were sent, as they are worded in their entries.
	Reminded []string `json:"reminded,omitempty"`
}

// Name is what it is called: as its author named it or, once their words are erased, as the register does. That
// is the Council's own, and stays when the partnership has ended.
func (c Case) Name() string {
	if c.Title == ErasedText && c.Partnership.Name != "" {
		return c.Partnership.Name
	}
	return c.Title
}

// Joined reports whether the case is in the register of partnerships.
func (c Case) Joined() bool { return c.Decision != nil && c.Decision.Kind == Join }

// Outstanding are the conditions that are not met yet.
func (c Case) Outstanding() []ConditionState {
	return slices.DeleteFunc(slices.Clone(c.Conditions), func(s ConditionState) bool { return s.Met })
}

// NextDue is the earliest day on which the clerk is to look at the case again: a review,
// or a condition that is not met; empty if there is none. Only a partnership that the
// Council joined has any.
func (c Case) NextDue() Date {
	if !c.Joined() {
		return ""
	}
	next := c.Decision.Review
	for _, s := range c.Outstanding() {
		if s.Due != "" && (next == "" || s.Due < next) {
			next = s.Due
		}
	}
	return next
}

// May reports whether an act can be done to the case as it stands. What the Council has
// joined is ended by a decision, and not withdrawn.
func (c Case) May(a Act) bool {
	change, ok := leadsTo[a]
	return !ok || slices.Contains(change.from, c.Status) && !(a == Withdrawn && c.Joined())
}

// Apply gives the case as it is after an entry; the case itself is left unchanged.
func (c Case) Apply(e Entry) Case {
	c.Reference, c.Number = e.Reference, e.Number
	if e.Act.Changes() {
		c.Changed = e.Number
	}
	if change, ok := leadsTo[e.Act]; ok {
		c.Status, c.Reason, c.Point = change.to, e.Words, e.Point
	}
	switch e.Act {
	case Submitted:
		c = c.submitted(*e.Record)
	case Decided:
		c.Decision = e.Decision
		c.Conditions = slices.Clip(c.Conditions)
		for _, id := range e.Open {
			if c.condition(id) < 0 {
				c.Conditions = append(c.Conditions, ConditionState{Fact: id})
			}
		}
		if e.Partnership != nil {
			c.Partnership = *e.Partnership
		}
	case ConditionSet:
		c.Conditions = slices.Clone(c.Conditions)
		set := *e.Condition
		set.Settled = true
		if i := c.condition(set.Fact); i >= 0 {
			c.Conditions[i] = set
		} else if c.Joined() { // added by the clerk
			c.Conditions = append(c.Conditions, set)
		}
	case Registered:
		c.Partnership = *e.Partnership
	case Reminded:
		c.Reminded = append(slices.Clip(c.Reminded), e.Words)
	}
	return c
}

// submitted brings a case up to date with a new revision. A condition that the clerk has set stays so; until then
// it is as the author says. Once the Council has joined, no condition goes away by what the
// author answers: the Council joined on it.
func (c Case) submitted(r assessment.Record) Case {
	if r.Revision == 1 {
		c.First = r.Submitted
	}
	c.Author, c.Revision, c.Submitted = PersonID(r.Author), r.Revision, r.Submitted
	c.Title, c.Partners = r.Answers[assessment.Title].Text, r.Answers[assessment.Partners].Text
	c.Outcome = r.Trace.Outcome
	before := c
	c.Conditions = nil
	if before.Joined() {
		c.Conditions = slices.Clone(before.Conditions)
	}
	for _, condition := range r.Trace.Conditions {
		said := ConditionState{Fact: condition.Fact, Owner: condition.Owner, Due: Date(condition.Due)}
		if i := before.condition(condition.Fact); i >= 0 && before.Conditions[i].Settled {
			said = before.Conditions[i]
		}
		if i := c.condition(condition.Fact); i >= 0 {
			c.Conditions[i] = said
		} else {
			c.Conditions = append(c.Conditions, said)
		}
	}
	return c
}

func (c Case) condition(id assessment.FactID) int {
	return slices.IndexFunc(c.Conditions, func(s ConditionState) bool { return s.Fact == id })
}

// CaseOf is what a history comes to.
func CaseOf(history []Entry) Case {
	var c Case
	for _, e := range history {
		c = c.Apply(e)
	}
	return c
}

// Filter says which cases are wanted. Zero fields let everything through.
type Filter struct {
	Status  Status             `json:"status,omitempty"`
	Outcome assessment.Outcome `json:"outcome,omitempty"`
	Author  PersonID           `json:"author,omitempty"`
	// Text is looked for in reference, title and partners, whatever the case; all
	// its words must be there.
	Text string `json:"text,omitempty"`
	// From and To bound the day of the newest submission, both included.
	From Date `json:"from,omitempty"`
	To   Date `json:"to,omitempty"`
	// Joined wants the register of partnerships; Due what is to be looked at up to a day.
	Joined bool `json:"joined,omitempty"`
	Due    Date `json:"due,omitempty"`
	// Newest lists the newest reference first, in place of the oldest.
	Newest bool `json:"newest,omitempty"`
}

// Page is a part of a list of cases.
type Page struct {
	Cases []Case
	// Total is how many the filter lets through in all.
	Total int
	// Counts are how many there are of each status, filter or not.
	Counts map[Status]int
}

// atOnce is how many cases [Joined] asks for at a time.
const atOnce = 1000

// Joined lists the cases of all the partnerships that a council has joined, lowest reference
// first.
func Joined(ctx context.Context, store interface {
	Cases(context.Context, TeamID, Filter, assessment.Reference, int) (Page, error)
}, team TeamID) (all []Case, err error) {
	for after := assessment.Reference(""); ; after = all[len(all)-1].Reference {
		page, err := store.Cases(ctx, team, Filter{Joined: true}, after, atOnce)
		if err != nil {
			return nil, err
		}
		if all = append(all, page.Cases...); len(page.Cases) < atOnce {
			return all, nil
		}
	}
}
