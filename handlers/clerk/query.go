package clerk

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// query is a filter with where its page begins. It travels in the arguments of the
// choices that lead on, so that no page depends on what was shown elsewhere.
type query struct {
	verb  string // that shows the page
	shown handlers.Filter
	after assessment.Reference
}

// waiting is what the clerk is to take up next, newest what everybody sees first.
var (
	waiting = handlers.Filter{Status: handlers.StatusLogged}
	newest  = handlers.Filter{Newest: true}
)

// maxText bounds what is searched for, in characters, so that it fits into an argument.
const maxText = 80

// typedOutcomes have the longer names first, so that "not appropriate" is not read as "appropriate".
var typedOutcomes = slices.SortedStableFunc(slices.Values(assessment.Outcomes()), func(a, b assessment.Outcome) int {
	return len(assessment.Advise(b).Short) - len(assessment.Advise(a).Short)
})

// arg and readQuery write and read a query; what is forged or no longer known is left
// out, and lets more through, but never more than the person may see.
func (q query) arg() string {
	v := url.Values{}
	for key, value := range map[string]string{
		"status": string(q.shown.Status), "outcome": string(q.shown.Outcome), "author": string(q.shown.Author),
		"words": q.shown.Text, "from": string(q.shown.From), "to": string(q.shown.To), "after": string(q.after),
	} {
		if value != "" {
			v.Set(key, value)
		}
	}
	if q.shown.Newest {
		v.Set("newest", "yes")
	}
	return "?" + v.Encode()
}

func readQuery(verb, arg string) query {
	v, err := url.ParseQuery(strings.TrimPrefix(arg, "?"))
	if err != nil {
		return query{verb: verb}
	}
	values := map[string][]string{}
	for key := range v {
		values[key] = []string{v.Get(key)}
	}
	q := query{verb: verb}.with(values)
	q.after = handlers.ReadReference(v.Get("after"))
	q.shown.Newest = v.Get("newest") != ""
	return q
}

// with takes what was put into the search window, or stood in an argument.
func (q query) with(values map[string][]string) query {
	if len(values) == 0 {
		return q
	}
	q.after = ""
	f := handlers.Filter{Newest: q.shown.Newest, Author: handlers.PersonID(put(values, "author")),
		Text: handlers.Shorten(put(values, "words"), maxText)}
	if s := handlers.Status(put(values, "status")); slices.Contains(handlers.Statuses(), s) {
		f.Status = s
	}
	if o := assessment.Outcome(put(values, "outcome")); slices.Contains(assessment.Outcomes(), o) {
		f.Outcome = o
	}
	f.From, _ = handlers.ParseDate(put(values, "from"))
	f.To, _ = handlers.ParseDate(put(values, "to"))
	q.shown = f
	return q
}

const (
	aDate  = `(\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?` + aMonth + `(?:\s+\d{4})?|today\b|yesterday\b)`
	aMonth = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b`
)

var (
	since = regexp.MustCompile(`(?i)\b(?:from|since)\s+` + aDate)
	until = regexp.MustCompile(`(?i)\b(?:to|until|till|up to)\s+` + aDate)
	onDay = regexp.MustCompile(`(?i)\bon\s+` + aDate)
	// unread is what stands where a day should and is meant for one: no day, or not one alone.
	unread = regexp.MustCompile(`(?i)\b(?:from|since|to|until|till|on|in)\s+(\d{1,4}(?:[-/.]\d{1,4})+|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?` + aMonth +
		`(?:\s+\d{2,4}\b)?|` + aMonth + `(?:\s+\d{1,4}(?:st|nd|rd|th)?\b,?(?:\s+\d{4}\b)?|\s*$)|(?:19|20)\d\d\b|(?:last|this)\s+(?:week|month|year)\b)`)
	byWhom  = regexp.MustCompile(`(?i)\bby\s+(@?\S+)`)
	ordered = regexp.MustCompile(`(?i)\b(newest|latest)( first)?\b`)
	please  = regexp.MustCompile(`(?i)\s+please\W*$`)
	all     = regexp.MustCompile(`(?i)^\s*(all|everything)\b`)
)

// typedQuery understands a filter as it is typed: "canal decided from 1 March 2026 by
// @someone". What it does not know is looked for as words, unless it is meant for a day:
// then the query would find what nobody asked for, and problem says so.
func typedQuery(req handlers.Request, said string) (q query, problem string) {
	q.verb = Queue
	take := func(r *regexp.Regexp, use func(string) bool) {
		if m := r.FindStringSubmatch(said); m != nil && use(m[len(m)-1]) {
			said = strings.Replace(said, m[0], " ", 1)
		}
	}
	day := func(into ...*handlers.Date) func(string) bool {
		return func(s string) bool {
			d, ok := handlers.ReadDay(s, req.At, false)
			for _, to := range into {
				*to = d
			}
			return ok
		}
	}
	take(since, day(&q.shown.From))
	take(until, day(&q.shown.To))
	take(onDay, day(&q.shown.From, &q.shown.To))
	take(byWhom, func(s string) bool {
		q.shown.Author = whom(req, s)
		return true
	})
	take(ordered, func(string) bool {
		q.shown.Newest = true
		return true
	})
	take(all, func(string) bool { return true })
	take(please, func(string) bool { return true })
	for _, s := range handlers.Statuses() {
		for _, label := range s.Words() {
			take(word(label), func(string) bool {
				q.shown.Status = s
				return true
			})
		}
	}
	for _, o := range typedOutcomes {
		if q.shown.Outcome == "" {
			take(word(assessment.Advise(o).Short), func(string) bool {
				q.shown.Outcome = o
				return true
			})
		}
	}
	q.shown.Text = handlers.Shorten(strings.Join(strings.Fields(said), " "), maxText)
	if ref := handlers.ReadReference(said); ref != "" {
		q.shown.Text = string(ref)
	}
	if m := unread.FindStringSubmatch(said); m != nil {
		problem = "I cannot read “" + handlers.Shorten(m[1], maxText) + "” as a day. Write it like 1 March 2026."
	}
	return q, problem
}

func word(s string) *regexp.Regexp { return regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(s) + `\b`) }

// whom is the person that is named in words: by a mention, "me", or an id.
func whom(req handlers.Request, said string) handlers.PersonID {
	switch {
	case said == "@someone" && len(req.People) > 0:
		return req.People[0]
	case strings.EqualFold(said, "me"):
		return req.Person
	}
	return handlers.PersonID(handlers.Shorten(strings.TrimPrefix(said, "@"), maxText/2))
}

// says the query in words, and whose results it is limited to.
func (q query) says(own bool) (words string, author []handlers.Part) {
	f := q.shown
	var said []string
	if f.Status != "" {
		said = append(said, f.Status.Label())
	}
	if f.Outcome != "" {
		said = append(said, "“"+assessment.Advise(f.Outcome).Short+"”")
	}
	if f.Text != "" {
		said = append(said, "with “"+f.Text+"”")
	}
	if f.From != "" {
		said = append(said, "from "+f.From.String())
	}
	if f.To != "" {
		said = append(said, "until "+f.To.String())
	}
	if f.Author != "" && !own {
		author = []handlers.Part{handlers.From(f.Author)}
	}
	order := "oldest first"
	if f.Newest {
		order = "newest first"
	}
	if f.Status == handlers.StatusLogged && len(said) == 1 {
		return "Waiting for review, " + order, author
	}
	return "Results" + strings.TrimRight(" "+strings.Join(said, ", "), " ") + ", " + order, author
}
