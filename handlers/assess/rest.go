package assess

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
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
		bare := oneLine(theRest.ReplaceAllString(said, ""))
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
	f := step.First()
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

// signed takes reasons of which a reply says whether they hold, by name: "government no, funder
// yes". They are put back, as a no leaves open what holds instead.
func (a *Assess) signed(s scene, step assessment.Step, form *handlers.Form, said string) (handlers.Effect, bool) {
	f := step.First()
	if !f.Many {
		return handlers.Effect{}, false
	}
	values, ok := signs(form, said)
	denied := func(v assessment.Value) bool { return slices.Contains(values[string(v)], string(assessment.No)) }
	if !ok || len(values) == len(f.Words) || !slices.ContainsFunc(f.Words, denied) {
		return handlers.Effect{}, false
	}
	hold := slices.DeleteFunc(slices.Clone(f.Words), func(v assessment.Value) bool {
		return denied(v) || len(values[string(v)]) == 0 && !slices.Contains(s.chosen(f.ID).Answer.Set, v)
	})
	s.draft.Heard = &assessment.Heard{Text: s.Text, Answers: assessment.Answers{f.ID: {Set: hold}}, Plain: true}
	return a.put(s), true
}

// signs reads which reasons hold and which do not, said as a whole or one by one. A name alone
// holds, but where something was denied before it without a "but".
func signs(form *handlers.Form, said string) (values map[string][]string, ok bool) {
	rows, id := form.Signed(), form.Fields[0].ID
	values = map[string][]string{}
	read := func(text string) bool {
		if one, ok := rows.Read(text); ok && len(one) < len(rows.Fields) {
			maps.Copy(values, one)
			return true
		}
		ticked, ok := form.Read(text)
		for _, v := range ticked[id] {
			values[v] = []string{string(assessment.Yes)}
		}
		return ok && len(ticked[id]) > 0 || handlers.Fold(text) == ""
	}
	for _, half := range butWord.Split(said, -1) {
		if read(half) {
			continue
		}
		_, _, no := firstWord(half, []assessment.Value{assessment.No})
		if no || slices.ContainsFunc(pieces(half), func(piece string) bool { return !read(piece) }) {
			return nil, false
		}
	}
	return values, true
}

var butWord = regexp.MustCompile(`(?i)[,;]?\s*\bbut\b`)

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
	said := unhedged(handlers.Curt(s.Text))
	_, rest := form.HearTicks(said)
	if m := excepting.FindStringSubmatch(said); m != nil {
		rest = m[1]
	} else if rest == said {
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
