package clerk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// weeks is how far back questions are counted.
const weeks = 12

// maxAsked is how many questions of one clause are listed.
const maxAsked = 20

// tally counts questions.
type tally struct{ asked, silent, unhelpful int }

func (t *tally) count(q handlers.Question) {
	t.asked++
	if q.Silent {
		t.silent++
	}
	if unhelpful(q) {
		t.unhelpful++
	}
}

func unhelpful(q handlers.Question) bool { return q.Helpful != nil && !*q.Helpful }

// questions shows what went unanswered, clause by clause, and what waits for a reply.
func (c *Clerk) questions(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	var byWeek [weeks]tally
	byClause := map[knowledge.ClauseID]*tally{}
	first := firstWeek(req.At)
	err := c.askedByOthers(ctx, req, first, func(q handlers.Question) error {
		week := 0
		for week < weeks-1 && !q.At.Before(first.AddDate(0, 0, 7*(week+1))) { // not all weeks have as many hours
			week++
		}
		byWeek[week].count(q)
		if q.Silent || unhelpful(q) {
			id := clauseOf(q)
			if byClause[id] == nil {
				byClause[id] = new(tally)
			}
			byClause[id].count(q)
		}
		return nil
	})
	if err != nil {
		return handlers.Effect{}, err
	}
	parts := []handlers.Part{handlers.Heading("What people ask"), handlers.Note("Not counted: your own questions, and those of the clerks named in my settings."), {Chart: chart(first, byWeek)}}
	parts = append(parts, c.grouped(byClause)...)
	open, err := c.store.OpenInquiries(ctx, req.Team)
	if err != nil {
		return handlers.Effect{}, err
	}
	return req.Tell(append(append(parts, waitingFor(open)...), handlers.ChooseMinor(
		handlers.Choice{Label: "My notes", Words: []string{"notes"}, Action: handlers.Action{Verb: handlers.AskNotes}}))...), nil
}

// askedByOthers gives the questions since a time to fn, but not those of clerks, who try out
// how the bot answers: the one who is looking, and those who are notified. The members of a
// user group of clerks are not known here.
func (c *Clerk) askedByOthers(ctx context.Context, req handlers.Request, since time.Time, fn func(handlers.Question) error) error {
	clerks := map[handlers.PersonID]bool{req.Person: true}
	for _, to := range c.notify {
		clerks[to.Person] = true
	}
	delete(clerks, "") // channels, and people who were erased
	return c.store.Questions(ctx, req.Team, since, func(q handlers.Question) error {
		if clerks[q.Person] {
			return nil
		}
		return fn(q)
	})
}

// firstWeek is the Monday on which the first of the weeks up to now began.
func firstWeek(now time.Time) time.Time {
	now = now.In(handlers.CouncilTime())
	sinceMonday := (int(now.Weekday()) + 6) % 7
	return time.Date(now.Year(), now.Month(), now.Day()-sinceMonday-7*(weeks-1), 0, 0, 0, 0, handlers.CouncilTime())
}

func chart(first time.Time, byWeek [weeks]tally) *handlers.Chart {
	c := &handlers.Chart{Title: "Questions by week", Series: []handlers.Series{{Name: "Asked"}, {Name: "Not covered"}, {Name: "Not helpful"}}}
	for i, t := range byWeek {
		c.Labels = append(c.Labels, first.AddDate(0, 0, 7*i).Format("2 Jan"))
		for j, n := range []int{t.asked, t.silent, t.unhelpful} {
			c.Series[j].Values = append(c.Series[j].Values, float64(n))
		}
	}
	return c
}

// clauseOf is the clause that a question came nearest to, or empty.
func clauseOf(q handlers.Question) knowledge.ClauseID {
	if len(q.Clauses) == 0 {
		return ""
	}
	return q.Clauses[0]
}

// grouped are the clauses by how often they left somebody without an answer.
func (c *Clerk) grouped(byClause map[knowledge.ClauseID]*tally) []handlers.Part {
	heading := fmt.Sprintf("Questions I could not answer, the last %d weeks", weeks)
	if len(byClause) == 0 {
		return []handlers.Part{handlers.Heading(heading), handlers.Text("None: every question was answered, and nobody said that an answer did not help.")}
	}
	var ids []knowledge.ClauseID
	for id := range byClause {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b knowledge.ClauseID) int {
		return cmp.Or(cmp.Compare(byClause[b].asked, byClause[a].asked), cmp.Compare(a, b))
	})
	var choices []handlers.Choice
	for _, id := range ids[:min(page, len(ids))] {
		t := byClause[id]
		counts := fmt.Sprintf(": %d not covered, %d not helpful", t.silent, t.unhelpful)
		choices = append(choices, handlers.Choice{
			Label:  shortPlace(c.clause(id), handlers.MaxLabel-len(counts)) + counts,
			Action: handlers.Action{Verb: Asked, Arg: string(id)},
		})
	}
	return []handlers.Part{handlers.Heading(heading), handlers.ChooseFirst(choices...)}
}

// clause names one as people do; it may be of an older text.
func (c *Clerk) clause(id knowledge.ClauseID) string {
	if id == "" {
		return "Nothing in the protocol is like it"
	}
	p, err := c.protocol.Passage(id)
	if err != nil {
		return "A clause of an older text"
	}
	return p.Citation
}

// shortPlace is where a clause stands in at most n characters: of "Managing Partnerships, paragraph 9,
// point 12" the section's name is cut, never what tells one clause from another.
func shortPlace(citation string, n int) string {
	section, place, ok := strings.Cut(citation, ", paragraph ")
	if !ok {
		return handlers.Shorten(citation, n)
	}
	return handlers.Shorten(section, n-len(" "+place)) + " " + place
}

// asked lists the questions that came nearest to a clause and were not answered well,
// without who asked them.
func (c *Clerk) asked(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	id := knowledge.ClauseID(req.Action.Arg)
	var found []handlers.Question
	err := c.askedByOthers(ctx, req, firstWeek(req.At), func(q handlers.Question) error {
		if clauseOf(q) == id && (q.Silent || unhelpful(q)) {
			found = append(found, q)
		}
		return nil
	})
	if err != nil {
		return handlers.Effect{}, err
	}
	slices.SortFunc(found, func(a, b handlers.Question) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID))
	})
	var lines []string
	for _, q := range found[:min(maxAsked, len(found))] {
		why := "not covered"
		if !q.Silent {
			why = "not helpful"
		}
		lines = append(lines, fmt.Sprintf("%s (%s, %s)", handlers.Shorten(q.Text, 200), why, handlers.DateOf(q.At)))
	}
	if len(lines) == 0 {
		return req.Tell(handlers.Text("No such question was asked lately.")), nil
	}
	parts := []handlers.Part{handlers.Heading(c.clause(id)), handlers.List(lines...)}
	if more := len(found) - len(lines); more > 0 {
		parts = append(parts, handlers.Note(fmt.Sprintf("And %d before these.", more)))
	}
	return req.Tell(append(parts, handlers.ChooseMinor(handlers.Choice{Label: "Questions", Words: []string{"back"}, Action: handlers.Action{Verb: Questions}}))...), nil
}

// waitingFor lists the questions that were sent to the clerk and not answered.
func waitingFor(open []handlers.Inquiry) []handlers.Part {
	if len(open) == 0 {
		return []handlers.Part{handlers.Text("No question is waiting for your reply.")}
	}
	var choices []handlers.Choice
	for _, i := range open[:min(page, len(open))] {
		choices = append(choices, handlers.Choice{Label: handlers.Shorten(i.Text, 70),
			Action: handlers.Action{Verb: handlers.AskAnswer, Arg: string(i.ID)}})
	}
	parts := []handlers.Part{handlers.Heading("Questions waiting for your reply"), handlers.ChooseFirst(choices...)}
	if more := len(open) - len(choices); more > 0 {
		parts = append(parts, handlers.Note(fmt.Sprintf("And %d more.", more)))
	}
	return parts
}
