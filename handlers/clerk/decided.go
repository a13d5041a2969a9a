package clerk

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"partnershipbot/handlers"
)

// decidedAs are words that people have for the decisions, as they follow one of deciders or none.
var decidedAs = map[handlers.DecisionKind][]string{
	handlers.Join: lists.Phrases("decided join"), handlers.Limited: lists.Phrases("decided limited"),
	handlers.Decline: lists.Phrases("decided decline"), handlers.End: lists.Phrases("decided end"),
}

// putOff are words for that nothing is decided yet.
var putOff = lists.Phrases("put off")

// spoken are the ways to say some words with or without who decided.
func spoken(words []string) (all []string) {
	all = append(all, words...)
	for _, who := range lists.Phrases("deciders") {
		for _, w := range words {
			all = append(all, who+" "+w)
		}
	}
	return all
}

var (
	// whoDecided and how are the same where more may follow.
	whoDecided = regexp.MustCompile(`^(?:(?:we|they|we're|they're|the council|council|members|councillors|it) )?(?:(?:are|is|have|has|had|was|were|been) )*`)
	howDecided = regexp.MustCompile(`^(?:(?:said|decided|voted|agreed|resolved)(?: to)? |to )`)
	// ofIt may follow words for a decision and leave it the same, untilThen those for that there is none.
	ofIt = regexp.MustCompile(`^(?: (?:with|in))?(?: (?:it|this|that|(?:the|this) (?:partnership|proposal|request|invitation)))?(?: unanimously)?` +
		`(?: (?:because|since|as|at|by|subject to)\b.*)?$`)
	untilThen = regexp.MustCompile(`^(?: (?:it|this|that|(?:the|this) (?:partnership|proposal|decision|item)))?(?: (?:until|till|pending|to|for|because|since|as|while|so|at|by|yet)\b.*)?$`)
)

// begins reports whether folded words begin with some others, whoever decided them, and go on in a way that
// leaves the sense.
func begins(said string, words []string, goesOn *regexp.Regexp) bool {
	what := whoDecided.ReplaceAllString(said, "")
	for _, rest := range []string{said, what, howDecided.ReplaceAllString(what, "")} {
		for _, w := range words {
			if behind, is := strings.CutPrefix(rest, w); is && goesOn.MatchString(behind) {
				return true
			}
		}
	}
	return false
}

// isPutOff reports whether words say that nothing was decided yet.
func isPutOff(said string) bool { return begins(handlers.Fold(said), putOff, untilThen) }

// deferral tells that a matter was put off, and which: "put off the skatepark till January", "the skatepark was deferred".
var deferral = regexp.MustCompile(`^(?:(?:please|now|ok|so|we|they|the council|council|have|has|record that|note that) )*` +
	`(?:(?:put off|defer(?:red)?|postponed?|adjourn(?:ed)?|held over|tabled) (.+?)|(.+?) (?:(?:was|is|has been|got|were|to be) )+(?:put off|deferred|postponed|adjourned|held over|tabled))` +
	`(?: (?:till|until|to|for|pending|because|at|by)\b.*)?$`)

// putsOff says what becomes of a matter that was put off, by its name.
func (c *Clerk) putsOff(ctx context.Context, req handlers.Request) (e handlers.Effect, ok bool, err error) {
	m := deferral.FindStringSubmatch(handlers.Fold(req.Text))
	if m == nil || answering(req) {
		return handlers.Effect{}, false, nil
	}
	ref, ok, err := c.oneCalled(ctx, req, m[1]+m[2])
	if !ok {
		return handlers.Effect{}, false, err
	}
	req.Action = handlers.Action{Verb: Decide, Arg: string(ref) + ": deferred"}
	return handlers.Taken(c.onMatter(c.ask(deedOf(Decide)))(ctx, req))
}

// kindOf is the decision that words are of; empty where they are of none, or of more.
func kindOf(said string) (kind handlers.DecisionKind) {
	said = handlers.Fold(said)
	for _, k := range kinds {
		if said != handlers.Fold(k.Label()) && !begins(said, decidedAs[k], ofIt) {
			continue
		}
		if kind != "" {
			return ""
		}
		kind = k
	}
	return kind
}

// notDecided says what becomes of a matter on which nothing was decided.
func (m matter) notDecided() string {
	if m.Decision == nil {
		return "If it was put off, there is no decision to record yet, and it stays where it is. A remark can say so."
	}
	return fmt.Sprintf("If a new decision was put off, the one that is recorded stands: %s, on %s. A remark can say so.",
		strings.ToLower(m.Decision.Label()), m.Decision.On)
}

var (
	inMinutes = regexp.MustCompile(`(?i)[\s,;(]*\b(?:(?:with|under|as|at|in|see) )?(?:the )?(?:minutes?|mins?)\b\.?(?:\s+(?:number|no|nr|ref|reference)\b\.?)?[\s:#]*([\w./-]*\d[\w./-]*)\)?`)
	toReview  = regexp.MustCompile(`(?i)[\s,;(]*\b(?:and )?(?:to be |next |the )*review(?:ed)?(?: (?:on|by|due|is|date|in|day))*(?: the)?[\s:]+(?:` + aDate + `|(\pL[^,;:]{2,24}))\)?`)
	onThatDay = regexp.MustCompile(`(?i)[\s,;(]*(?:\bon\s+)?(?:\bthe\s+)?\b(?:` + aDate + `|((?:last\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b))\)?`)
	// represents names at the end of it who does, inMeeting tells what somebody did there: "Cllr Smith abstained".
	inMeeting  = regexp.MustCompile(`(?i)\b(?:abstain|against|oppos|object|propos|second|vot|dissent|absent|declar|interest)`)
	represents = regexp.MustCompile(`(?i)[\s,;]*(?:\b(?:represented by|representatives?(?: are| is)?:?|reps?(?: are| is)?:?)\s+(\S.*)|[,;]\s*(` + aCouncillor + `(?:(?:,| and|,? &)\s+` + aCouncillor + `)*))\s*$`)
)

const aCouncillor = `(?:cllrs?|councillors?)\b\.?(?:\s+\pL[\pL'’-]*){1,2}`

// readDecided takes apart what is typed of a decision: "joined on 1 March 2026, minute 45/26, review 1 June
// 2027, Cllr Smith". words are what is left of it once the days and the minute are taken out.
func readDecided(said string, now time.Time) (put map[string]string, words string) {
	put = map[string]string{}
	if m := inMinutes.FindStringSubmatch(said); m != nil {
		put["minute"] = strings.TrimRight(m[1], ".")
		said = strings.Replace(said, m[0], " ", 1)
	}
	if m := toReview.FindStringSubmatch(said); m != nil {
		if by, ok := handlers.ReadDay(m[1]+m[2], now, true); ok {
			put["review"] = string(by)
			said = strings.Replace(said, m[0], " ", 1)
		}
	}
	if m := onThatDay.FindStringSubmatch(said); m != nil {
		if on, ok := handlers.ReadDay(m[1]+m[2], now, false); ok {
			put["on"] = string(on)
			said = strings.Replace(said, m[0], " ", 1)
		}
	}
	if m := represents.FindStringSubmatch(said); m != nil && !inMeeting.MatchString(m[0]) {
		put["representatives"] = strings.Trim(m[1]+m[2], " .")
		said = strings.Replace(said, m[0], " ", 1)
	}
	words = strings.ReplaceAll(strings.Trim(said, " \t\n,.;:–-"), " ,", ",")
	if kind := kindOf(words); kind != "" {
		put["kind"], words = string(kind), ""
	}
	return put, words
}
