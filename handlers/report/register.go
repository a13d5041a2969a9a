package report

import (
	"fmt"
	"strings"
	"time"

	"partnershipbot/handlers"
)

// Register reports the partnerships that the Council has joined, in the order given. Other
// cases are skipped.
func Register(cases []handlers.Case, at time.Time) Document {
	d := Document{Title: "Register of partnerships", At: at}
	today := handlers.DateOf(at)
	var rows [][]string
	outstanding, due := 0, 0
	for _, c := range cases {
		if !c.Joined() {
			continue
		}
		open := len(c.Outstanding())
		if open > 0 {
			outstanding++
		}
		if next := c.NextDue(); next != "" && next < today {
			due++
		}
		rows = append(rows, []string{or(called(c), "Not named"), string(c.Reference), c.Decision.On.String(),
			or(dated(c.Decision.Review, today), "No date set"), fmt.Sprint(open)})
	}
	if len(rows) == 0 {
		d.says(handlers.NoneInForce)
		return d
	}
	d.says(fmt.Sprintf("Partnerships: %d. With outstanding conditions: %d. With a date that has passed: %d.", len(rows), outstanding, due))
	d.tabulates([]string{"Partnership", "Reference", "Decided", "Next review", "Outstanding conditions"}, rows)
	for _, c := range cases {
		if c.Joined() {
			d.partnership(c, today)
		}
	}
	return d
}

// partnership adds one entry of the register.
func (d *Document) partnership(c handlers.Case, today handlers.Date) {
	decided := *c.Decision
	decided.Representatives, decided.Review = "", "" // they have rows of their own
	d.heads(2, titled(c, called(c)))
	d.details(
		[2]string{"Partners", or(or(c.Partnership.Partners, c.Partners), "Not said")},
		[2]string{"The Council's role", or(c.Partnership.Role, "Not said")},
		[2]string{"Represented by", or(c.Decision.Representatives, "Not said")},
		[2]string{"Agreement or Terms of Reference", or(c.Partnership.Agreement, "Not said")},
		[2]string{"Decided", strings.Join(decided.Lines(), ", ")},
		[2]string{"Next review", or(dated(c.Decision.Review, today), "No date set")},
	)
	open := c.Outstanding()
	if len(open) == 0 {
		d.says("No conditions are outstanding.")
		return
	}
	d.heads(3, "Outstanding conditions")
	var rows [][]string
	for _, s := range open {
		rows = append(rows, []string{factLabel(s.Fact), or(s.Owner, "Not said"), or(dated(s.Due, today), "Not said"), s.Note})
	}
	d.tabulates([]string{"Condition", "Who sees to it", "By when", "Note"}, rows)
}

// called is the name in the register, or else that of the proposal.
func called(c handlers.Case) string { return or(c.Partnership.Name, c.Title) }

// dated is a day as people read it, marked if it has passed.
func dated(day, today handlers.Date) string {
	if day != "" && day < today {
		return day.String() + " (passed)"
	}
	return day.String()
}
