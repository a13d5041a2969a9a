package clerk

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// The clerk asks for a list of results as people do, by how they stand and when they came in: "which ones
// are returned?", "how many came in this week?".

// asksToList is how such a question begins.
var asksToList = regexp.MustCompile(`^(?:(?:and|so|ok|please|now) )*(?:which|what|how many|who(?:'s|se)?|list|show|see|give|get|find|any|anything|are there|is there|(?:can|could|may) (?:i|we|you)|let me|i want|i need|all|the|have|has|do|did|number of|count)\b`)

// ofList are words of such a question that say nothing of which results.
var ofList = lists.Words("of a list")

// listed are the words of such a question that may be mistyped.
var listed = func() []string {
	words := slices.Concat(ofList, strings.Fields("waiting unread review reviewed sent back with authors committee declined rejected finished week month year today yesterday"))
	for _, s := range handlers.Statuses() {
		for _, said := range s.Words() {
			words = append(words, strings.Fields(said)...)
		}
	}
	return words
}()

// mended writes the words well that are one of those with a slip of the finger.
func mended(said string) string {
	words := strings.Fields(handlers.Respelt(said))
	for i, w := range words {
		if meant, ok := handlers.SlipOf(handlers.Fold(w), listed, func(said, k string) bool { return len(k) > 3 && assessment.Mistyped(said, k) }); ok {
			words[i] = meant
		}
	}
	return strings.Join(words, " ")
}

// states are other words for how results stand.
var states = map[handlers.Status]*regexp.Regexp{
	handlers.StatusLogged:   regexp.MustCompile(`(?i)\b(?:not (?:been )?(?:looked at|read|taken up|reviewed)|unread|unreviewed|to review|to be reviewed|need(?:s|ing)? (?:a )?review(?:ing)?|in the queue|queued)\b`),
	handlers.StatusReturned: regexp.MustCompile(`(?i)\b(?:sent back|gone back|back with (?:the |their )?authors?|with (?:the |their )?authors?)\b`),
	handlers.StatusReferred: regexp.MustCompile(`(?i)\b(?:with (?:a |the )?committees?|gone to (?:a |the )?committees?|passed on)\b`),
	handlers.StatusReview:   regexp.MustCompile(`(?i)\b(?:taken up|picked up|in review|being reviewed)\b`),
	handlers.StatusDecided:  regexp.MustCompile(`(?i)\b(?:declined|rejected|turned down|finished|settled|closed)\b`),
}

// stretches are times that have a first day: what came in since then is meant.
var stretches = regexp.MustCompile(`(?i)\b(?:in |during |over )?(?:(this|last|past|the last|the past) (week|month|year)|(today)|since (yesterday))\b`)

// stretch gives the first day of a stretch of time and, where it is over, as that of "last week" is, its last one.
func stretch(m []string, now time.Time) (from, to handlers.Date) {
	day := now.In(handlers.CouncilTime())
	switch {
	case m[3] != "":
		return handlers.DateOf(day), ""
	case m[4] != "":
		return handlers.DateOf(day.AddDate(0, 0, -1)), ""
	}
	first := map[string]time.Time{
		"week":  day.AddDate(0, 0, -(int(day.Weekday())+6)%7),
		"month": day.AddDate(0, 0, 1-day.Day()),
		"year":  day.AddDate(0, 0, 1-day.YearDay()),
	}[strings.ToLower(m[2])]
	if strings.EqualFold(m[1], "this") {
		return handlers.DateOf(first), ""
	}
	before := map[string]time.Time{"week": first.AddDate(0, 0, -7), "month": first.AddDate(0, -1, 0), "year": first.AddDate(-1, 0, 0)}[strings.ToLower(m[2])]
	return handlers.DateOf(before), handlers.DateOf(first.AddDate(0, 0, -1))
}

// asksList lists what such a question asks for; ok is false for any other text.
func (c *Clerk) asksList(ctx context.Context, req handlers.Request) (e handlers.Effect, ok bool, err error) {
	said := mended(strings.TrimRight(handlers.Curt(req.Text), "?!. "))
	if answering(req) || !asksToList.MatchString(handlers.Fold(said)) {
		return handlers.Effect{}, false, nil
	}
	var from, to handlers.Date
	if m := stretches.FindStringSubmatch(said); m != nil {
		from, to = stretch(m, req.At)
		said = strings.Replace(said, m[0], " ", 1)
	}
	var other handlers.Status
	for _, s := range handlers.Statuses() {
		if r := states[s]; r != nil && r.MatchString(said) {
			other, said = s, r.ReplaceAllString(said, " ")
			break
		}
	}
	q, problem := typedQuery(req, said)
	f := &q.shown
	if left := strings.Fields(handlers.Fold(f.Text)); slices.ContainsFunc(left, func(w string) bool { return !slices.Contains(ofList, w) }) ||
		problem != "" || slices.Contains(unnamed, string(f.Author)) {
		return handlers.Effect{}, false, nil
	}
	if f.Status == "" {
		f.Status = other
	}
	if f.From == "" && f.To == "" {
		f.From, f.To = from, to
	}
	f.Text = ""
	bare := *f == (handlers.Filter{Newest: f.Newest})
	meaning := *f == (handlers.Filter{Outcome: f.Outcome, Newest: f.Newest}) && asksMeaning.MatchString(handlers.Fold(said))
	if (bare || meaning) && !ofResults.MatchString(said) {
		return handlers.Effect{}, false, nil
	}
	f.Newest = f.Newest || f.Status != handlers.StatusLogged
	return handlers.Taken(c.listed(ctx, req, q))
}

// asksMeaning asks what a result means, and not which ones came to it: "what is a contract for services?".
var asksMeaning = regexp.MustCompile(`^(?:(?:and|so|ok|please|now) )*what(?:'s| is| are| was| does| do| would be| counts as)\b`)

// ofResults names the results themselves.
var ofResults = regexp.MustCompile(`(?i)\b(?:results?|assessments|cases|submissions|(?:new|latest) ones|what(?:'s|s| is) new|came in|come in|arrived)\b`)
