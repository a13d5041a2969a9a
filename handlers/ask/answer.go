package ask

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// found is an answer, and what a model added to it.
type found struct {
	search.Answer
	// summary is in the model's words; each sentence rests on a clause that is quoted.
	summary []string
	helped  bool // a model was asked
	onLaw   bool // it asks what the law is, of which a clause tells only what the Council does
	text    string
	// own is what a term means, in the bot's own words.
	own string
	// ofResult says that the term names a result or a state of one, of which the protocol need not speak.
	ofResult bool
}

// asked reports whether the text was a question, answered or not, rather than talk.
func (f found) asked() bool {
	return f.Intent == search.Question || f.Silent || len(f.Passages) > 0
}

// find searches and, where a model is configured, lets it order what was found, add passages
// behind it, and say the first in short. What the search found stays, whatever the model makes of it:
// whether the protocol is silent, and what it leaves open, is not for a model to say. When
// it fails the search stands.
func (a *Ask) find(ctx context.Context, t turnKey, text string, earlier []string, answered bool) found {
	heard := search.Hear(text)
	onLaw := heard.Said(search.TheLaw) != ""
	if said := heard.SaidAfter(answered, spokenOf...); said != "" && !onLaw {
		return found{Answer: search.Answer{Intent: said, Silent: said.Outside()}, text: text}
	}
	asked := text
	if onLaw {
		asked = lawful.ReplaceAllString(text, "protocol") // what the Council says of it
	}
	f := found{Answer: a.index.Ask(asked, earlier), text: text}
	if f.Intent == search.Question && heard.Said(search.Moment) != "" && !handlers.IsQuestion(text) {
		return found{Answer: search.Answer{Intent: search.Moment}, text: text}
	}
	if f.Intent == search.Question && heard.Said(search.Remark) != "" ||
		!f.Sure && slices.Contains(guessed, f.Intent) && !handlers.IsQuestion(text) && heard.Said(search.Addressed) != "" {
		return found{Answer: search.Answer{Intent: search.Remark}, text: text}
	}
	if onLaw && f.Silent {
		f.Intent = search.LegalAdvice
	}
	f.onLaw = onLaw
	if f.Intent == search.Person && heard.Said(search.Office) != "" {
		f.Intent = search.Question // it asks what the office may do
	}
	if a.model != nil && f.Intent == search.Question && !f.Silent && !f.Ambiguous && len(f.Documents) == 0 && !f.placed() {
		f.helped = true
		r, err := a.readings.of(ctx, t, func() (knowledge.Reading, error) { return a.model.Answer(ctx, text, earlier, f.Passages) })
		if err == nil && r.Covered {
			f = f.read(a.protocol, r)
		}
	}
	f.Passages = slices.DeleteFunc(slices.Clone(f.Passages), func(p knowledge.Passage) bool {
		return !a.protocol.Contains(p.Quote) || p.LeadIn != "" && !a.protocol.Contains(p.LeadIn)
	})
	f.Silent = f.Silent || f.Intent == search.Question && len(f.Passages) == 0 && f.Section == ""
	return f.explained(a.protocol)
}

// lawful matches what is asked for in a question after the law on something.
var lawful = regexp.MustCompile(`(?i)\b(law|laws|legislation|statutes?|legal (position|rules?|situation|requirements?|duty|duties))\b`)

// spokenOf are the intents recognised by their shape, before any search.
var spokenOf = []search.Intent{search.Results, search.Asked, search.Inquiries, search.ClerkSaid, search.Standing, search.Needed, search.Sent, search.Resume, search.Amend, search.Afterwards, search.Effort, search.Erase, search.Privacy, search.Clerk, search.Authority, search.Assess, search.Help,
	search.Yes, search.No, search.Unheard, search.Novice, search.Feeling, search.Thanks, search.Greeting, search.Goodbye, search.Praise, search.Swearing,
	search.LegalAdvice, search.Person, search.Approve, search.Opinion, search.Joined}

// guessed are the intents that do not count for what is said of the bot: whether that is kind is
// for the words of its shapes to tell, and it is no question.
var guessed = []search.Intent{search.Question, search.Swearing, search.Thanks}

// mostPassages bounds what is shown once a model has added to it.
const mostPassages = 3

// read is the answer with what the model chose before what only the search found. If the search
// is sure, its first clause stays the first whatever the model makes of it, and what only the model
// chose comes behind. A point of a list that is shown adds nothing to it.
func (f found) read(p *knowledge.Protocol, r knowledge.Reading) found {
	first, before := f.first(), f
	var certain, chosen, added []knowledge.Passage
	if f.Sure {
		certain, f.Passages = f.Passages[:1], f.Passages[1:]
	}
	for _, id := range r.Clauses {
		i := slices.IndexFunc(f.Passages, func(x knowledge.Passage) bool { return x.Clause == id })
		passage, err := p.Passage(id)
		switch {
		case f.Sure && id == first:
		case i >= 0:
			chosen = append(chosen, passage)
			f.Passages = slices.Delete(slices.Clone(f.Passages), i, i+1)
		case err != nil || len(certain)+len(chosen)+len(f.Passages)+len(added) >= mostPassages || before.shows(p, passage):
		case f.Sure:
			added = append(added, passage)
		default:
			chosen = append(chosen, passage)
		}
	}
	f.Passages = slices.Concat(certain, chosen, f.Passages, added)
	if f.first() != first {
		f.Gloss = ""
	}
	// A sentence that rests on another clause would read as if the first one said it.
	for _, s := range r.Summary {
		if s.Clause == f.first() {
			f.summary = append(f.summary, s.Text)
			f.Gloss = ""
		}
	}
	return f
}

// shows reports whether a list that is shown has the passage as one of its points.
func (f found) shows(p *knowledge.Protocol, x knowledge.Passage) bool {
	return slices.ContainsFunc(f.Passages, func(shown knowledge.Passage) bool {
		c, err := p.Clause(shown.Clause)
		return err == nil && slices.Contains(c.Introduces, x.Clause)
	})
}

// placed reports whether the question was for a part of the text by where it stands,
// which leaves nothing to choose.
func (f found) placed() bool { return f.Section != "" || f.Category == search.Part }

func (f found) first() knowledge.ClauseID {
	if len(f.Passages) == 0 {
		return f.Section
	}
	return f.Passages[0].Clause
}

// clauses are those that are shown; of a whole section, its first.
func (f found) clauses() (ids []knowledge.ClauseID) {
	if f.Section != "" {
		return []knowledge.ClauseID{f.Section}
	}
	for _, p := range f.Passages {
		ids = append(ids, p.Clause)
	}
	return ids
}

// Answer answers one question outside any conversation; earlier holds the ones
// before, oldest first. The passages in parts are all verbatim.
func (a *Ask) Answer(ctx context.Context, question string, earlier []string) (silent bool, parts []handlers.Part) {
	var f found
	switch said := repairOf(question, search.Hear(question)); {
	case said != "" && (len(earlier) > 0 || !wordless(question)):
		f.Silent, parts = a.again(ctx, said, earlier)
	case wordless(question):
		parts = []handlers.Part{handlers.Text(unread)}
	default:
		if f = a.find(ctx, turnKey{}, question, earlier, len(earlier) > 0); f.asked() {
			parts = a.draw(f, "", nil, false)
		} else {
			parts = a.talk(f.Intent, false)
		}
	}
	if slices.ContainsFunc(parts, offersAssessment) {
		parts = append(parts, handlers.Text(toAssess))
	}
	return f.Silent, parts
}

// toAssess says where nothing can be chosen what [startAssessment] offers where something can.
const toAssess = "In a conversation with me, say “assess” to start the assessment: is partnership working appropriate?"

func offersAssessment(p handlers.Part) bool {
	return p.Choices != nil && slices.ContainsFunc(p.Choices.Options, func(c handlers.Choice) bool { return c.Action.Verb == handlers.AssessStart })
}

// draw shows an answer: id names the question, notes are the clerk's on similar ones.
func (a *Ask) draw(f found, id handlers.QuestionID, notes []handlers.Part, clerk bool) []handlers.Part {
	var parts []handlers.Part
	if f.Category == search.Part {
		return append([]handlers.Part{handlers.Text("The protocol has no part of that name or number.")}, a.headings()...)
	}
	if f.Silent {
		parts = append(append(parts, a.silent(f, clerk)...), notes...)
		if id == "" { // outside a conversation nothing can be sent
			parts = append(parts, handlers.Text("You can ask the clerk."))
		} else {
			parts = append(parts, handlers.Text(toAskClerk), handlers.Choose(askClerk(id)))
		}
		switch {
		case a.noRules:
		case f.Join:
			parts = append(parts, handlers.ChooseMinor(startAssessment(f.text)))
		case f.Intent == search.Approve:
			parts = append(parts, handlers.ChooseMinor(startAssessment("")))
		}
		return parts
	}
	var choices []handlers.Choice
	if whole, err := a.whole(f.Section, false); f.Section != "" && err == nil {
		parts = append(parts, whole...)
	} else {
		parts = append(parts, a.covered(f, clerk)...)
		if said, _ := a.said(search.LegalAdvice, clerk); f.onLaw {
			parts = append(parts, handlers.Text(said))
		}
		if f.first() != "" {
			choices = append(choices, readSection(f.first()))
		}
	}
	parts = append(parts, notes...)
	if f.Join && !a.noRules {
		choices = append([]handlers.Choice{startAssessment(f.text)}, choices...)
	}
	if len(f.Uncovered) > 0 && id != "" {
		choices = append(choices, handlers.Choice{Label: "Ask the clerk", Words: []string{"clerk", "ask clerk"},
			Action: handlers.Action{Verb: Preview, Arg: string(id)}})
	}
	if len(choices) > 0 {
		parts = append(parts, handlers.Choose(choices...))
	}
	return append(parts, handlers.ChooseMinor(
		handlers.Choice{Label: "Helpful", Action: handlers.Action{Verb: handlers.AskHelpful, Arg: string(id) + " yes"},
			Words: helpfulWords},
		handlers.Choice{Label: "Not helpful", Action: handlers.Action{Verb: handlers.AskHelpful, Arg: string(id) + " no"},
			Words: unhelpfulWords},
	))
}

// silent says that the protocol does not cover it, and what comes nearest.
func (a *Ask) silent(f found, clerk bool) []handlers.Part {
	said := "The protocol does not cover this."
	if own, ok := a.said(f.Intent, clerk); ok {
		said += " " + own
	} else if f.Lacks != "" && len(f.Documents) == 0 {
		said += " " + f.Lacks
	}
	parts := []handlers.Part{handlers.Text(said)}
	switch {
	case len(f.Passages) == 0:
	case len(f.Documents) > 0:
		var names []string
		for _, d := range f.Documents {
			names = append(names, d.Name)
		}
		parts = append(parts, handlers.Text("It only names the "+handlers.Enumerate(names, " and the ")+". "+f.elsewhere(clerk)))
		for _, p := range f.Passages {
			parts = append(parts, handlers.Quote(p))
		}
	default:
		parts = append(parts, handlers.Text("The nearest it comes is:"), handlers.Quote(f.Passages[0]))
	}
	return parts
}

// covered shows what the protocol says. The bot's own sentence stands before the
// quotes and is never drawn as one.
func (a *Ask) covered(f found, clerk bool) []handlers.Part {
	var parts []handlers.Part
	if f.own != "" {
		parts = append(parts, handlers.Text("In my own words, not the protocol's: "+f.own))
		if len(f.Passages) == 0 && f.ofResult {
			return parts
		}
		if len(f.Passages) == 0 {
			return append(parts, handlers.Text("The protocol does not use that term."))
		}
	}
	if f.Gloss != "" {
		parts = append(parts, handlers.Text("In short: "+f.Gloss))
	}
	if len(f.summary) > 0 {
		parts = append(parts, handlers.Text("In short: "+strings.Join(f.summary, " ")))
	}
	if f.Unexplained != "" {
		said := "I find no definition of “" + f.Unexplained + "” in the protocol."
		if len(f.summary) == 0 { // else the clauses are those of the summary
			said += " This is where it uses the words:"
		}
		parts = append(parts, handlers.Text(said))
	}
	for _, p := range f.Passages {
		parts = append(parts, handlers.Quote(p))
	}
	if f.YesNo {
		parts = append(parts, handlers.Note("I quote the protocol rather than answer yes or no, so that you can judge for yourself."))
	}
	if len(f.Documents) > 0 {
		parts = append(parts, handlers.Text(f.elsewhere(clerk)))
	}
	if n := len(f.Uncovered); n > 0 {
		other := "part"
		if n > 1 {
			other = "parts"
		}
		parts = append(parts, handlers.Text("The protocol does not cover the other "+other+" of your question: "+quoted(f.Uncovered)+"."))
	}
	if f.Ambiguous {
		parts = append(parts, handlers.Text("The protocol does not say whether all of these are needed or any one will do. "+
			"That is for the Council to say."))
	}
	return parts
}

// quoted puts questions in quotation marks.
func quoted(questions []string) string {
	var all []string
	for _, q := range questions {
		all = append(all, "“"+handlers.Shorten(q, maxShown)+"”")
	}
	return strings.Join(all, ", ")
}

// elsewhere says of the documents that the question is about, that they are not here, and to anybody
// but the clerk who has those of the Council's.
func (f found) elsewhere(clerk bool) string {
	var held, ofEach, said []string
	for _, d := range f.Documents {
		if d.OfEach {
			ofEach = append(ofEach, d.Name)
		} else {
			held = append(held, d.Name)
		}
	}
	if len(held) > 0 {
		says := "I do not hold that document (" + held[0] + ") myself"
		if len(held) > 1 {
			says = "I do not hold those documents (" + handlers.Enumerate(held, " and ") + ") myself"
		}
		if !clerk {
			says += "; the clerk does"
		}
		said = append(said, says+".")
	}
	if len(ofEach) > 0 {
		said = append(said, "I hold no "+handlers.Enumerate(ofEach, " and no ")+": each partnership may have its own.")
	}
	return strings.Join(said, " ")
}

// startAssessment offers to begin, with what the person told where that fits into a button.
func startAssessment(told string) handlers.Choice {
	arg := ""
	if told != "" && len(told) <= maxTold {
		arg = "told " + told
	}
	return handlers.Choice{Label: "Start the assessment", Primary: true, Words: append([]string{"assess", "start", "start it"}, agreed...),
		Action: handlers.Action{Verb: handlers.AssessStart, Arg: arg}}
}

// maxTold is the longest text that a button carries, in bytes.
const maxTold = 600

func readSection(id knowledge.ClauseID) handlers.Choice {
	return handlers.Choice{Label: "Read the section", Words: []string{"section", "more", "read more"},
		Action: handlers.Action{Verb: Section, Arg: string(id)}}
}

func askClerk(id handlers.QuestionID) handlers.Choice {
	return handlers.Choice{Label: "Ask the clerk", Words: append([]string{"clerk", "ask clerk", "yes ask the clerk", "please ask the clerk", "ask them"}, agreed...),
		Action: handlers.Action{Verb: Preview, Arg: string(id)}}
}

// agreed is how people take up an offer.
var agreed = []string{"yes", "yes please", "yes please do", "yes do", "please", "please do", "do", "do it", "yep", "yeah", "yea", "aye", "ok",
	"okay", "ok please", "sure", "go on", "go on then", "yes go on", "go ahead", "yes ok", "yes thanks", "yes thank you", "that would be great"}
