package clerk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// compare shows in what two assessments judge differently, and under which clause.
func (c *Clerk) compare(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	named := handlers.ReadNamed(req.Action.Arg)
	if len(named) != 2 {
		switch {
		case req.Text != "" && (len(named) > 0 || misnamed.MatchString(req.Action.Arg)):
			return req.Tell(handlers.Text(twoNeeded)), nil
		case req.Text != "":
			return handlers.Effect{}, handlers.ErrNotMeant
		}
		return unseen(req), nil
	}
	var two [2]matter
	for i := range two {
		two[i] = matter{Request: req}
		switch ok, err := c.find(ctx, &two[i], named[i]); {
		case err != nil:
			return handlers.Effect{}, err
		case !ok:
			return unseen(req), nil
		}
	}
	a, b := two[0], two[1]
	if a.Reference == b.Reference {
		return req.Tell(handlers.Text("Those are the same assessment.")), nil
	}
	parts := []handlers.Part{handlers.Heading(string(a.Reference) + " and " + string(b.Reference))}
	for _, m := range two {
		parts = append(parts, handlers.Text(name(m.Case)+". "+assessment.Advise(m.Outcome).Short+", "+m.Status.Label()+"."))
		if !m.own {
			parts = append(parts, handlers.From(m.Author))
		}
	}
	if rows := differing(a.record, b.record); len(rows) > 0 {
		parts = append(parts, handlers.Heading("What they judge differently"), handlers.Part{Table: &handlers.Table{
			Columns: []string{"Question", string(a.Reference), string(b.Reference), "Under"}, Rows: rows}})
	} else {
		parts = append(parts, handlers.Text("They judge everything the same way."))
	}
	parts = append(parts, handlers.ChooseMinor(showChoice(a.Case), showChoice(b.Case)))
	return b.opened(a.opened(req.Tell(parts...))), nil
}

// differing are the judgements that are not alike: what is asked, both answers, and where
// the clause stands that it is asked for.
func differing(a, b assessment.Record) [][]string {
	var rows [][]string
	for _, f := range assessment.Facts() {
		if len(f.Words) == 0 {
			continue // told, not judged
		}
		said, other := judged(f, a), judged(f, b)
		if said != other {
			rows = append(rows, []string{f.Label, said, other, cited(f, a, b)})
		}
	}
	return rows
}

// judged is an answer without the words that explain it.
func judged(f assessment.Fact, r assessment.Record) string {
	if !r.Answers.Given(f.ID) {
		return "not answered"
	}
	plain := r.Answers[f.ID]
	plain.Text = ""
	return handlers.AnswerText(f, assessment.Answers{f.ID: plain})
}

// cited is where the first clause of a fact stood when either was stored.
func cited(f assessment.Fact, records ...assessment.Record) string {
	for _, r := range records {
		i := slices.IndexFunc(r.Trace.Passages, func(p knowledge.Passage) bool { return len(f.Clauses) > 0 && p.Clause == f.Clauses[0] })
		if i >= 0 {
			return r.Trace.Passages[i].Citation
		}
	}
	return "no clause"
}

// How much of their wording two proposals must share to count as similar, how many are looked
// at for each search, and how many are named.
const (
	likeness   = 0.5
	maxLooked  = 20
	maxAlike   = 2
	searchedBy = 2 // words
)

// alike finds other assessments that seem to be of the same proposal, by title and
// partners.
func (c *Clerk) alike(ctx context.Context, m matter) ([]handlers.Case, error) {
	if !m.Clerk {
		return nil, nil
	}
	var like []handlers.Case
	for _, text := range []string{m.Title, m.Partners} {
		words := telling(text)
		if len(words) == 0 {
			continue
		}
		words = words[:min(searchedBy, len(words))]
		found, err := c.store.Cases(ctx, m.Team, handlers.Filter{Text: strings.Join(words, " "), Newest: true}, "", maxLooked)
		if err != nil {
			return nil, err
		}
		for _, one := range found.Cases {
			known := slices.ContainsFunc(like, func(c handlers.Case) bool { return c.Reference == one.Reference })
			if !known && one.Reference != m.Reference && shared(m.Case, one) >= likeness {
				like = append(like, one)
			}
		}
	}
	slices.SortStableFunc(like, func(a, b handlers.Case) int { return cmp.Compare(shared(m.Case, b), shared(m.Case, a)) })
	return like[:min(maxAlike, len(like))], nil
}

// telling are the most telling words of a text, the longest first.
func telling(text string) []string {
	words := slices.DeleteFunc(strings.Fields(handlers.Fold(text)), func(w string) bool { return utf8.RuneCountInString(w) < 4 })
	slices.SortStableFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(utf8.RuneCountInString(b), utf8.RuneCountInString(a)), cmp.Compare(a, b))
	})
	return slices.Compact(words)
}

// shared is how much of their wording two proposals have in common.
func shared(a, b handlers.Case) float64 {
	one, other := telling(a.Title+" "+a.Partners), telling(b.Title+" "+b.Partners)
	both := 0
	for _, w := range one {
		if slices.Contains(other, w) {
			both++
		}
	}
	all := len(one) + len(other) - both
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}
