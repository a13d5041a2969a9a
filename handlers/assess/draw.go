package assess

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// maxTicks is how many things are offered to tick in one list: Slack draws ten.
const maxTicks = 7

// maxShown is how much of an answer is shown back, in characters, and maxQuotes how
// many clauses are quoted at once: what a phone shows without much scrolling.
const (
	maxShown  = 200
	maxQuotes = 3
)

// ownWords invites to more than the question asks for: see [scene.hints].
const ownWords = "Tell me about it in your own words: what it should achieve, who would do what, what it needs from the " +
	"Council. I will suggest answers from it as we go. Or say “skip” to go straight to the questions."

// question draws a step with its answers and what else can be done.
func question(s scene, step assessment.Step) []handlers.Part {
	f := step.First()
	ask, help := f.Question, f.Help
	switch {
	case step.Ask != "":
		ask, help = step.Ask, ""
	case f.Part == assessment.Safeguard:
		ask = "Is this true today? " + f.Question + "."
	case f.ID == assessment.Aim:
		help = ownWords
	}
	parts := []handlers.Part{
		handlers.Note(progress(s.draft, step)),
		handlers.Text(assessment.Wording(ask, s.status())),
	}
	if help != "" {
		parts = append(parts, handlers.Text(help))
	}
	parts = append(parts, sofar(s, step)...)
	parts = append(parts, suggested(s, step)...)
	form := formOf(s, step)
	switch {
	case form != nil:
		parts = append(parts, handlers.Part{Form: form})
	case len(f.Words) > 0:
		parts = append(parts, handlers.Choose(answers(s, step, f)...))
	case s.toldText(f.ID) != "":
		parts = append(parts, handlers.Choose(handlers.Choice{
			Label:  handlers.Shorten("Use “"+oneLine(s.toldText(f.ID)), handlers.MaxLabel-1) + "”",
			Action: s.action(Answer, string(step.ID), toldValue), Words: []string{"yes", "that", "use that", "ok", "right", "that's right"},
		}))
	}
	return append(parts, handlers.ChooseMinor(controls(s, step)...))
}

// toldText is what the person has already said to a question that is answered in free
// text, or empty.
func (s scene) toldText(id assessment.FactID) string {
	if s.draft.Answers.Given(id) {
		return ""
	}
	said := strings.TrimSpace(s.hints()[id].Answer.Text)
	switch {
	case id == assessment.Aim && described(s.draft.Told) != "":
		return described(s.draft.Told)
	case id == assessment.Title:
		name := cmp.Or(said, toldTitle(s.draft.Told), shortName(s.hints()[assessment.Partners].Answer.Text))
		if len(name) > handlers.MaxLabel-len("Use “”") { // what is suggested is what is stored
			return ""
		}
		return name
	}
	return said
}

// toldTitle makes a name of what somebody asked about: "should we join the canal trust?".
// A story is none.
func toldTitle(told string) string {
	if what, ok := proposal(told); ok {
		return shortName(what)
	}
	t := strings.TrimRight(strings.TrimSpace(told), "?.! ")
	i := slices.IndexFunc(openings, func(o string) bool { return len(t) > len(o) && strings.EqualFold(t[:len(o)+1], o+" ") })
	if i < 0 {
		return ""
	}
	return shortName(t[len(openings[i]):])
}

// shortName is the name with which a text begins: what comes before a pause or a word that
// goes on to what it does. It is empty where that is too long for a name, or one common word.
func shortName(text string) string {
	t := strings.TrimSpace(text)
	if at := nameEnd.FindStringIndex(t); at != nil {
		t = strings.TrimSpace(t[:at[0]])
	}
	for was := ""; was != t; {
		was, t = t, nameStart.ReplaceAllString(t, "")
	}
	name := handlers.Sentence(t)
	if n := len(strings.Fields(t)); n > maxName || n == 1 && name != t || saysNothing(t) {
		return ""
	}
	return name
}

// maxName is how many words a suggested name has at most.
const maxName = 7

var (
	nameStart = regexp.MustCompile(`(?i)^(the|a|an|in|with|up with|together with|this|some|new)\s+`)
	nameEnd   = regexp.MustCompile(`(?i)[,;:.!?()\n]|\s[-–—]\s|\s(to|who|which|that|because|as|so|since|if|when|where|while|(for|on) (?-i:[a-z])|in order|they|we|it|and (they|we|it|to|then)|` +
		`wants?|would|will|is|are|has|have|asks?|asked|need|needs|called|named|about|regarding|by (doing|helping|paying|\w+ing)|\w+ing (the|a|our|up|for|with))\b`)
)

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// quoted shows back what somebody said.
func quoted(text string) string { return "“" + handlers.Shorten(oneLine(text), maxShown) + "”" }

// progress says where the person is, and how many questions there can be at most after
// what has been answered. The title is not counted, what was answered before its turn
// is.
func progress(d assessment.Draft, step assessment.Step) string {
	switch n := step.Number() - 1; {
	case n < 0, changes(d):
		return "Changing one answer"
	case n == 0:
		return "First, a name for it"
	default:
		way := assessment.Way(d.Answers, step, d.CarryOn)
		switch last := way[len(way)-1]; {
		case len(way) > 1:
			return fmt.Sprintf("Question %d of at most %d", n, last.Number()-1)
		case len(assessment.Way(d.Answers, step, true)) > 1: // anybody may carry on
			return fmt.Sprintf("Question %d", n)
		}
		return fmt.Sprintf("Question %d, the last", n)
	}
}

// sofar shows what has been said to a step before, and what of it is still open.
func sofar(s scene, step assessment.Step) []handlers.Part {
	var lines, missing []string
	open := step.Open(s.draft.Answers)
	for _, id := range step.Facts {
		f, _ := assessment.Lookup(id)
		said := handlers.AnswerText(f, s.draft.Answers)
		if len(step.Facts) == 1 {
			if said != "" {
				line := "Your answer so far: " + handlers.Shorten(said, maxShown)
				if changes(s.draft) && len(f.Words) == 0 {
					line += ". “cancel” keeps it."
				}
				lines = append(lines, line)
			}
			if note := s.noteOn(id); note != "" {
				lines = append(lines, "Your note: "+handlers.Shorten(note, maxShown))
			}
			continue
		}
		switch {
		case slices.Contains(open, id):
			missing = append(missing, f.Label)
		default:
			lines = append(lines, f.Label+": "+said)
		}
	}
	var parts []handlers.Part
	switch {
	case len(lines) == 0 || step.Ticks && len(lines) > len(missing):
	case len(step.Facts) == 1:
		parts = append(parts, handlers.Note(strings.Join(lines, "\n")))
	default:
		parts = append(parts, handlers.Note("So far: "+strings.Join(lines, "; ")+"."))
	}
	if unsure := notSure(s, step); step.Ticks && len(unsure) > 0 {
		parts = append(parts, handlers.Note("You were not sure about: "+strings.Join(unsure, ", ")+". Those you leave unticked stay “not sure”."))
	}
	switch {
	case len(step.Facts) == 1 || len(missing) == 0 || len(missing) == len(step.Facts):
	case step.Ticks && len(lines) <= len(missing):
		parts = append(parts, handlers.Text("Tick what else is true, or say “nothing else”."))
	default:
		parts = append(parts, handlers.Text("Still to answer: "+strings.Join(missing, ", ")+"."))
	}
	return parts
}

func notSure(s scene, step assessment.Step) (labels []string) {
	for _, id := range step.Facts {
		if f, _ := assessment.Lookup(id); s.draft.Answers[id].Word == assessment.Unknown {
			labels = append(labels, f.Label)
		}
	}
	return labels
}

func (s scene) action(verb string, args ...string) handlers.Action {
	return handlers.Action{Verb: verb, Arg: strings.Join(append([]string{string(s.draft.ID)}, args...), " ")}
}

func answers(s scene, step assessment.Step, f assessment.Fact) []handlers.Choice {
	hint, hinted := s.hints()[f.ID]
	var choices []handlers.Choice
	for _, v := range f.Words {
		c := handlers.Choice{
			Label: v.Label(), Action: s.action(Answer, string(step.ID), string(v)), Words: v.Spoken(),
		}
		if hinted && hint.Answer.Word == v {
			c.Primary = true
			c.Words = slices.Concat([]string{"right", "that's right", "that is right", "as you say", "agreed"}, c.Words)
			if !slices.Contains(f.Words, assessment.Yes) {
				c.Words = append(c.Words, "yes", "ok", "okay")
			}
		}
		choices = append(choices, c)
	}
	return choices
}

func done(s scene, step assessment.Step) handlers.Choice {
	return handlers.Choice{Label: "Done", Action: s.action(Done, string(step.ID)), Primary: true,
		Words: []string{"done", "that's all", "that is all", "finished"}}
}

// formOf asks a step in which several things are answered at once; nil for others.
func formOf(s scene, step assessment.Step) *handlers.Form {
	f := step.First()
	switch {
	case step.Ticks:
		return ticks(s, step)
	case len(step.Facts) > 1:
		return picks(s, step)
	case f.Many:
		return reasons(s, step, f)
	}
	return nil
}

// ticks asks a group as "tick what is true", in lists that fit a phone. What the person
// said, or told, is ticked beforehand.
func ticks(s scene, step assessment.Step) *handlers.Form {
	var options []handlers.Option
	hints := s.hints()
	for _, id := range step.Facts {
		f, _ := assessment.Lookup(id)
		now := cmp.Or(s.draft.Answers[id].Word, hints[id].Answer.Word)
		add := func(v assessment.Value, value, label, name string) {
			options = append(options, handlers.Option{Value: value, Label: label, Words: []string{handlers.Fold(name)}, Chosen: now == v, Apart: v != assessment.Yes})
		}
		add(assessment.Yes, string(id), assessment.Wording(f.Question, s.status()), f.Label)
		options[len(options)-1].Words = append(options[len(options)-1].Words, alsoCalled[id]...)
		if f.Spared != "" {
			add(assessment.NotApplicable, tickValue(id, assessment.NotApplicable), f.Spared, f.Spared)
		}
		if now == assessment.Partly {
			add(assessment.Partly, tickValue(id, assessment.Partly), "Only partly: "+f.Label, "only partly "+f.Label)
		}
	}
	form := &handlers.Form{Done: done(s, step)}
	for part := range slices.Chunk(options, maxTicks) {
		form.Fields = append(form.Fields, handlers.Field{
			ID: fmt.Sprintf("%s.%d", step.ID, len(form.Fields)+1), Label: "In place today", Many: true, Options: part})
	}
	return form
}

// tickValue is the value of a tick that says something more precise about a fact than that
// it is true.
func tickValue(id assessment.FactID, v assessment.Value) string { return string(id) + " " + string(v) }

// picks asks for one word for each fact of a group; once some are answered and others
// are not, for the others. A suggestion stands there already, to be confirmed by Done.
func picks(s scene, step assessment.Step) *handlers.Form {
	form := &handlers.Form{Done: done(s, step)}
	hints := s.hints()
	for _, id := range asked(s, step) {
		f, _ := assessment.Lookup(id)
		now := cmp.Or(s.draft.Answers[id].Word, hints[id].Answer.Word)
		form.Fields = append(form.Fields, handlers.Field{ID: string(id), Label: f.Label, Words: alsoCalled[id], Options: options(f, now)})
	}
	return form
}

// asked are the facts of a step that are asked now: those still open, or all.
func asked(s scene, step assessment.Step) []assessment.FactID {
	if open := step.Open(s.draft.Answers); len(open) > 0 && !step.Ticks {
		return open
	}
	return step.Facts
}

// reasons asks for any number of the words of one fact. A suggestion is ticked already, to
// be confirmed by Done.
func reasons(s scene, step assessment.Step, f assessment.Fact) *handlers.Form {
	now := slices.Concat(s.draft.Answers[f.ID].Set, s.hints()[f.ID].Answer.Set)
	field := handlers.Field{ID: string(f.ID), Label: f.Label, Many: true, Options: options(f, now...)}
	return &handlers.Form{Fields: []handlers.Field{field}, Done: done(s, step)}
}

// options are the words of a fact, some of them chosen beforehand.
func options(f assessment.Fact, chosen ...assessment.Value) (options []handlers.Option) {
	for _, v := range f.Words {
		options = append(options, handlers.Option{Value: string(v), Label: v.Label(), Words: v.Spoken(), Chosen: slices.Contains(chosen, v)})
	}
	return options
}

// controls are always there, as small choices or typed words.
func controls(s scene, step assessment.Step) []handlers.Choice {
	var choices []handlers.Choice
	f := step.First()
	if s.stands(step) {
		choices = append(choices, handlers.Choice{Label: "Leave it", Action: s.action(Skip, string(step.ID)), Words: leavingIt})
	}
	if _, ok := assessment.Before(step.ID); ok || changes(s.draft) || step.Number() == 0 {
		words := []string{"go back", "previous"}
		if changes(s.draft) {
			words = append(words, "summary", "submit", "leave it", "leave it as it is", "keep it", "no change", "never mind", "forget it")
		}
		choices = append(choices, handlers.Choice{Label: "Back", Action: s.action(Back, string(step.ID)), Words: words})
	}
	if s.draft.CarryOn {
		choices = append(choices, handlers.Choice{Label: "To the summary", Action: s.action(ToSummary),
			Words: []string{"summary", "submit", "go to the summary"}})
	}
	switch {
	case len(step.Facts) > 1:
		choices = append(choices, handlers.Choice{Label: "Not sure about any of these", Words: assessment.Unknown.Spoken(),
			Action: s.action(Answer, string(step.ID), string(assessment.Unknown))})
	case len(f.Words) == 0 && f.ID != assessment.Title && !s.stands(step):
		choices = append(choices, handlers.Choice{Label: "Skip", Action: s.action(Skip, string(step.ID)),
			Words: []string{"skip this", "skip it", "not sure", "don't know", "i don't know"}})
	}
	choices = append(choices, handlers.Choice{Label: "Why do you ask?", Action: s.action(Why, string(step.ID)),
		Words: []string{"why", "why do you ask", "why do you need that", "why do you need to know"}})
	if f.ID != assessment.Title { // a name needs none
		choices = append(choices, handlers.Choice{Label: "Add a note", Action: s.action(Note, string(step.ID)),
			Words: []string{"note", "add note", "a note"}})
	}
	return append(choices, leaving(s)...)
}

// leaving are the choices that end the talk for now, or for good.
func leaving(s scene) []handlers.Choice {
	return []handlers.Choice{
		{Label: "Finish later", Action: s.action(Later), Words: []string{"later", "save", "save and finish later", "pause"}},
		{Label: "Stop", Action: s.action(Stop), Words: []string{"quit", "cancel", "exit", "abandon"}},
	}
}

// how asks for the words that a yes must be demonstrated with.
func how(s scene, step assessment.Step) []handlers.Part {
	ask := "How {would|does} it? Please say it in a sentence or two. The protocol asks that it be demonstrated, so " +
		"without it this counts as “partly”, and setting out how becomes a condition."
	if s.draft.Answers[step.Facts[0]].Word == assessment.Partly {
		ask = "How {would|does} it, as far as you can show? Please say it in a sentence or two. Setting out the rest becomes a condition."
	}
	return []handlers.Part{
		handlers.Text(assessment.Wording(ask, s.status())),
		handlers.Choose(handlers.Choice{Label: "I can't say yet", Words: []string{"skip", "can't say", "not yet"},
			Action: s.action(Answer, string(step.ID), string(assessment.Partly), withoutHow)}),
		handlers.ChooseMinor(controls(s, step)...),
	}
}
