package assess

import (
	"fmt"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// summary shows every answer and the outcome they lead to, before anything is stored.
func summary(s scene) []handlers.Part {
	r := assessment.Evaluate(s.draft.Answers)
	advice := assessment.Advise(r.Outcome)
	_, open := assessment.Next(s.draft.Answers)
	heading := "Your answers, before you submit them"
	switch {
	case s.draft.Of != "":
		heading = "Assessing " + string(s.draft.Of) + " again: change whatever is out of date, then submit."
	case open && r.Outcome == assessment.MoreInformationNeeded:
		heading = "There is something to find out first."
	case open:
		heading = "That settles it. More answers would not change the result."
	}
	parts := []handlers.Part{
		handlers.Heading(heading),
		handlers.List(handlers.AnswerDigest(s.draft.Answers, maxChecked)...),
		handlers.Text("On these answers: " + assessment.Wording(advice.Says, s.status())),
	}
	parts = append(parts, toFindOut(s, r)...)
	parts = append(parts, handlers.Note(assessment.Indicative+" Nothing is stored as a result until you submit it."))
	if s.unchanged() {
		parts = append(parts, handlers.Text(s.nothingYet("Nothing has changed yet")))
	}
	if named := len(s.named(r.Conditions)); named > 0 {
		these := "every condition"
		if all := len(r.Conditions); named < all {
			these = fmt.Sprintf("%d of the %d conditions", named, all)
		}
		parts = append(parts, handlers.Text("You have said who does what for "+these+"."))
	}
	return append(parts, closing(s)...)
}

// maxChecked is how much of an answer is shown to be checked before it is submitted, in
// characters: all of it, unless somebody has pasted a document.
const maxChecked = 2000

// toFindOut lists what the person was not sure about, where that is what the result lacks.
func toFindOut(s scene, r assessment.Result) []handlers.Part {
	if r.Outcome != assessment.MoreInformationNeeded {
		return nil
	}
	return []handlers.Part{handlers.Text("Still to find out:"), handlers.List(handlers.ToFindOut(r.ToFindOut, s.status())...),
		handlers.Text("Once you know, change the answers that are “Not sure”. That changes the result.")}
}

// named are the conditions for which the person has said who will see to them.
func (s scene) named(conditions []assessment.Condition) (named []assessment.Condition) {
	for _, c := range conditions {
		if s.draft.Plans[c.Fact] != (assessment.Plan{}) {
			named = append(named, c)
		}
	}
	return named
}

// submitting and changingOne are the two ways to go on from the summary.
func submitting(s scene) handlers.Choice {
	return handlers.Choice{Label: "Submit", Action: s.action(Submit, s.answersKey()), Primary: true, Words: []string{"send", "submit it", "send it"}}
}

func changingOne(s scene) handlers.Choice {
	return handlers.Choice{Label: "Change an answer", Action: s.action(Change), Words: append([]string{"change", "edit"}, assessment.No.Spoken()...)}
}

// closing are the choices that go with the summary. What was stored already cannot be
// submitted before something has changed.
func closing(s scene) []handlers.Part {
	var minor []handlers.Choice
	if _, open := assessment.Next(s.draft.Answers); open {
		minor = append(minor, handlers.Choice{Label: "Carry on answering", Action: s.action(CarryOn),
			Words: []string{"carry on", "go on", "continue"}})
	}
	if len(assessment.Evaluate(s.draft.Answers).Conditions) > 0 {
		minor = append(minor, handlers.Choice{Label: "Who does what, by when", Action: s.action(Plan),
			Words: []string{"who does what", "who", "by when", "owners", "who does what by when"}})
	}
	if s.short {
		minor = append(minor, handlers.Choice{Label: "Every answer", Action: s.action(handlers.AssessGoOn), Words: []string{"answers", "all answers", "my answers", "summary", "show all"}})
	}
	ways := []handlers.Choice{submitting(s), changingOne(s)}
	if s.unchanged() {
		ways = ways[1:]
	}
	return []handlers.Part{
		handlers.Choose(ways...),
		handlers.ChooseMinor(slices.Concat(minor, []handlers.Choice{
			{Label: "Back", Action: s.action(Back, underSummary), Words: []string{"go back", "previous"}},
			{Label: "Add a note", Action: s.action(Note), Words: []string{"note", "add note", "a note"}},
		}, leaving(s))...),
	}
}

// readiness says whether what is complete can be submitted.
func (s scene) readiness() string {
	if s.unchanged() {
		return s.nothingYet("Nothing has changed in " + s.title() + " yet")
	}
	return handlers.Sentence(s.title()) + " is ready to be submitted."
}

// nothingYet says that there is nothing to submit, and how the clerk is answered.
func (s scene) nothingYet(unchanged string) string {
	if s.draft.Asked != "" {
		return unchanged + ". Type your answer to what the clerk asked, or change an answer, and then submit."
	}
	return unchanged + ", so there is nothing to submit."
}

// unchanged reports whether a result that is assessed again is still as it was stored.
func (s scene) unchanged() bool { return s.draft.As != "" && s.draft.As == s.allKey() }

// changed says in what the answers differ from those before the request, a line each.
func (s scene) changed() []string {
	var lines []string
	for _, f := range assessment.Facts() {
		was, now := s.had[f.ID], s.draft.Answers[f.ID]
		switch {
		case same(was, now) && was.Note == now.Note && s.had.Given(f.ID) == s.draft.Answers.Given(f.ID):
		case s.draft.Answers.Given(f.ID):
			lines = append(lines, handlers.AnswerLines(assessment.Answers{f.ID: now}, maxShown)...)
		default:
			lines = append(lines, f.Label+": not answered")
		}
	}
	return lines
}

// shortly has the summary show what was changed, not all of it.
func (s *scene) shortly() {
	s.short, s.brief = true, s.changed()
	if len(s.brief) == 0 {
		say := "Nothing has changed."
		if s.draft.Asked != "" && s.unchanged() {
			say = s.nothingYet("Nothing has changed")
		}
		s.sayFirst(handlers.Text(say))
	}
}

// changedNow shows one change at the summary, and what it makes of the result; the rest is
// behind “Every answer”.
func changedNow(s scene) []handlers.Part {
	r := assessment.Evaluate(s.draft.Answers)
	now := r.Outcome
	says := "The result stays the same: "
	if now != assessment.Evaluate(s.had).Outcome {
		says = "The result is now: "
	}
	var parts []handlers.Part
	switch len(s.brief) {
	case 0:
	case 1:
		parts = append(parts, handlers.Text("Changed: "+s.brief[0]))
	default:
		parts = append(parts, handlers.Text("Changed:"), handlers.List(s.brief...))
	}
	parts = append(parts, handlers.Text(says+assessment.Wording(assessment.Advise(now).Says, s.status())))
	parts = append(append(parts, toFindOut(s, r)...), handlers.Note(assessment.Indicative))
	return append(parts, closing(s)...)
}

// standing says how far a draft has come, to go behind its name.
func standing(d assessment.Draft) string {
	step, open := current(d)
	switch {
	case !open:
		return ", ready to submit"
	case step.Number() < 2:
		return ""
	}
	return fmt.Sprintf(", at question %d", step.Number()-1)
}

// tally counts the answers of a group: "3 yes, 1 no".
func tally(step assessment.Step, a assessment.Answers) string {
	count := map[assessment.Value]int{}
	var order []assessment.Value
	for _, id := range step.Facts {
		v := a[id].Word
		if v != "" && count[v] == 0 {
			order = append(order, v)
		}
		count[v]++
	}
	var parts []string
	for _, v := range order {
		parts = append(parts, fmt.Sprintf("%d %s", count[v], strings.ToLower(v.Label())))
	}
	if n := count[""]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d not answered", n))
	}
	return strings.Join(parts, ", ")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}
