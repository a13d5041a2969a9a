package assess

import (
	"fmt"
	"regexp"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// theRest is what a reply calls all that was not spoken of yet: "to all the rest of them".
var theRest = regexp.MustCompile(`\b(?:(?:to|for|of|on) )?(?:all )?(?:(?:of )?the )?` +
	`(?:rest|others?|other ones|remaining(?: ones)?|remainder|everything else|anything else|all else)(?: of (?:it|them))?\b|\b(?:else|more)\b`)

// ofRest reads what is said of the rest: "no to the rest", "nothing else". A bare "no" says it
// as well.
func ofRest(text string) (assessment.Value, bool) {
	said := handlers.Fold(text)
	v, ok := plainWord(said, assessment.Gates())
	if ok && v != assessment.No || said == "" {
		return "", false
	}
	if !ok {
		bare := strings.Join(strings.Fields(theRest.ReplaceAllString(said, "")), " ")
		if bare == said {
			return "", false
		}
		for _, verb := range []string{"they ", ""} { // "the others aren't"
			if v, ok = plainWord(verb+bare, assessment.Gates()); ok {
				break
			}
		}
	}
	return v, ok
}

// takeRest gives what a reply says of the rest to what of a list of ticks is still open, where
// some of it was answered. Those answers stand.
func (s *scene) takeRest(step assessment.Step) bool {
	open := step.Open(s.draft.Answers)
	v, ok := ofRest(s.Text)
	if !step.Ticks || !ok || len(open) == 0 || len(open) == len(step.Facts) {
		return false
	}
	for _, id := range open {
		if given := (assessment.Answer{Word: v}); fits(assessment.Suggestion{Fact: id, Answer: given}) {
			s.give(id, given)
		}
	}
	return true
}

// counted takes a reply that names rows which are not on the list, or has fewer answers than
// there are rows: none of it counts, as it is not clear what is meant.
func (a *Assess) counted(s scene, step assessment.Step, form *handlers.Form, said string) (handlers.Effect, bool) {
	f, _ := assessment.Lookup(step.Facts[0])
	say := ""
	if none := form.Beyond(said); len(none) > 0 {
		say = "There is no " + strings.Join(none, " or ") + " on this list, so nothing counts yet. "
	} else if n := form.Short(said); n > 0 {
		say = fmt.Sprintf("Those are %d answers, and I need %d, so nothing counts yet. ", n, len(form.Fields))
	}
	if say == "" {
		return handlers.Effect{}, false
	}
	parts := []handlers.Part{handlers.Text(say + hint(s, step, f))}
	if step.Ticks || f.Many { // its numbers are to be seen
		parts = append(parts, handlers.Part{Form: form})
	}
	return s.Tell(append(parts, handlers.ChooseMinor(controls(s, step)...))...), true
}

// excepting makes an exception of what the group names, out of all.
var excepting = regexp.MustCompile(`(?i)^\W*(?:yes\W+)?(?:to )?(?:nearly |almost )?(?:all|everything|the (?:whole )?lot)\b.*?\b` +
	`(?:except(?:ing)?(?: for)?|apart from|aside from|but(?: not)?|other than|excluding|without|minus|bar|save(?: for)?)\b(.*)$`)

// unnamedTicks is what a reply to a list of ticks makes an exception of, or adds to numbers,
// under a name that is not understood: it must not count as its opposite.
func (s scene) unnamedTicks(step assessment.Step) string {
	if !step.Ticks {
		return ""
	}
	form := formOf(s, step)
	_, rest := form.HearTicks(unhedged(s.Text))
	if m := excepting.FindStringSubmatch(s.Text); m != nil {
		rest = m[1]
	} else if rest == unhedged(s.Text) {
		return ""
	}
	for _, piece := range pieces(rest) {
		if _, onlyTicks := form.Read(piece); onlyTicks || handlers.Fold(piece) == "" {
			continue
		}
		named := maybes.ReplaceAllString(inNames(piece, form, step), "")
		if _, ok := namedIn(step, named); !ok && len(s.saidIn(inNames(piece, form, step), step)) == 0 && len(assessment.Suggest(piece)) == 0 {
			return strings.TrimSpace(piece)
		}
	}
	return ""
}
