package clerk

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// deed is one thing that is done to an assessment, and what it asks for first.
type deed struct {
	verb  string // asks; save does
	act   handlers.Act
	label string
	words []string
	// before are more words that stand before a reference, and alone mean something else.
	before []string
	// done is what it was once it is done: "so it cannot be withdrawn".
	done string
	// says is the input that takes what is typed behind the reference; empty where none does.
	says string
	// author says that the author may do it too, to their own.
	author bool
	// inputs are what is asked for in a window; nil where nothing is.
	inputs func(matter) []handlers.Input
	// entry reads what was put in. If it cannot be right, problem says why.
	entry func(matter) (handlers.Entry, problem)
	// final says that it is looked over before it counts.
	final bool
	// news tell the author what was done to theirs; nil where they are not told.
	news func(matter, handlers.Entry) []handlers.Part
}

// problem says why what was entered cannot be right, and in which input it is: empty for
// none in particular.
type problem struct{ input, says string }

// deeds are all there are, in the order in which they are offered: those that can nearly always be done
// come first, as each keeps its number.
var deeds = []deed{
	{verb: Decide, act: handlers.Decided, label: "Record the decision", done: "decided", says: "kind", words: []string{"decide", "decision", "decide it", "decide this", "record a decision", "record decision", "record it", "the decision", "enter the decision"},
		inputs: decideInputs, entry: readDecision, news: decisionNews, final: true},
	{verb: "clerk.remark", act: handlers.Remarked, label: "Add a remark", says: "remark", words: []string{"remark", "add remark", "make a remark", "remark on it"}, before: []string{"note", "add a note", "add a note to", "note on"}, inputs: remarkInputs, entry: readWords("remark",
		"Please type your remark.")},
	{verb: Return, act: handlers.Returned, label: "Return", done: "returned", says: "reason", words: []string{"return", "send back", "return it", "return this", "send it back", "send this back", "give it back", "return it to the author", "send it back to the author"},
		inputs: returnInputs, entry: readReturn, news: returnNews, final: true},
	{verb: "clerk.refer", act: handlers.Referred, label: "Refer", done: "referred", says: "committee", words: []string{"refer", "refer it", "refer this", "refer it on", "pass it on", "refer it to a committee", "refer to a committee"}, inputs: referInputs, entry: readRefer},
	{verb: TakeUp, act: handlers.TakenUp, label: "Take up", done: "taken up", words: []string{"take up", "review", "take it up", "take this up", "take this one up", "pick it up", "review it", "review this"}, entry: nothing},
	{verb: handlers.ClerkWithdraw, act: handlers.Withdrawn, label: "Withdraw", done: "withdrawn", says: "reason", words: []string{"withdraw", "withdraw it", "withdraw this"}, author: true,
		inputs: withdrawInputs, entry: readWithdraw, news: withdrawNews, final: true},
	{verb: Condition, act: handlers.ConditionSet, inputs: conditionInputs, entry: readCondition,
		label: "Condition", words: []string{"condition"}},
	{verb: Edit, act: handlers.Registered, inputs: editInputs, entry: readEdit, label: "Edit", words: []string{"edit"}},
}

// save is the verb of what the window sends.
func (d deed) save() string { return d.verb + Save }

// inRegister are deeds that are done from the register.
func (d deed) inRegister() bool {
	return d.act == handlers.ConditionSet || d.act == handlers.Registered
}

// permits reports whether the person may do it at all, allows whether it is offered on
// the matter as it stands.
func (d deed) permits(m matter) bool { return m.Clerk || d.author && m.own }

func (d deed) allows(m matter) bool { return d.permits(m) && m.May(d.act) && !d.inRegister() }

// Bounds of what is kept, in characters.
const (
	maxLine  = 300
	maxWords = 3000 // what a window holds
	maxTold  = 300  // of what is shown of an entry
)

// ask opens the window of a deed, or does it at once where it asks for nothing.
func (c *Clerk) ask(d deed) view {
	return func(ctx context.Context, m matter) (handlers.Effect, error) {
		if late, e, err := c.hinders(ctx, d, m); late || err != nil {
			return e, err
		}
		switch {
		case d.inputs == nil:
			return c.do(d)(ctx, m)
		case d.inRegister() && !m.inRegister(d.act):
			return c.partnership(ctx, m)
		}
		if d.act == handlers.Decided && isPutOff(m.rest) {
			return m.Tell(append([]handlers.Part{handlers.Text(m.notDecided())}, m.card()...)...), nil
		}
		m, unread := d.told(m)
		about := name(m.Case)
		if unread != "" {
			about += ". I cannot tell what was decided from “" + handlers.Shorten(unread, maxText) + "”, so please choose it."
		}
		again := handlers.Action{Verb: d.verb, Arg: m.again()}
		e := window(m.Request, d.label, d.label, again, handlers.Action{Verb: d.save(), Arg: m.arg()}, d.asked(m), handlers.Text(about))
		if w := e.Replies[0].Window; w != nil {
			w.About, w.Again, w.Final = about, again, d.final
		}
		return e, nil
	}
}

// told has what was typed behind the reference put in where it belongs; unread is what of it belongs
// nowhere.
func (d deed) told(m matter) (told matter, unread string) {
	if d.says == "" || m.rest == "" {
		return m, ""
	}
	put := map[string]string{d.says: m.rest}
	if d.act == handlers.Decided {
		put, unread = readDecided(m.rest, m.At)
	}
	m.rest, m.given = "", maps.Clone(m.given)
	maps.Copy(m.given, put)
	return m, unread
}

// asked are the inputs of a deed, with what was put into them and what is wrong with it.
func (d deed) asked(m matter) []handlers.Input {
	inputs := d.inputs(m)
	var wrong problem
	if m.stepwise() {
		_, wrong = d.entry(m)
	}
	for i, in := range inputs {
		if had, ok := m.given[in.ID]; ok {
			inputs[i].Value = had
		}
		if _, ok := m.Values[in.ID]; ok {
			inputs[i].Value = m.put(in.ID)
		}
		if in.ID == wrong.input {
			inputs[i].Problem = wrong.says
		}
	}
	return inputs
}

// stepwise reports whether the inputs are asked for one after the other, and some have been
// put in.
func (m matter) stepwise() bool { return len(m.Values) > 0 }

// do stores a deed and says so, unless something prevents it.
func (c *Clerk) do(d deed) view {
	return func(ctx context.Context, m matter) (handlers.Effect, error) {
		if late, e, err := c.hinders(ctx, d, m); late || err != nil {
			return e, err
		}
		entry, wrong := d.entry(m)
		if wrong.says != "" {
			return m.Tell(handlers.Text(wrong.says+" Nothing was changed."), handlers.Choose(handlers.Choice{
				Label: "Correct it", Primary: true, Words: []string{"put it right", "again", "yes"},
				Action: handlers.Action{Verb: d.verb, Arg: m.again()}})), nil
		}
		entry.Reference, entry.Number, entry.At, entry.By, entry.Act = m.Reference, m.Number+1, m.At, m.Person, d.act
		before := m
		m.Case = m.Apply(entry)
		entries := []handlers.Entry{entry}
		if named, ok := namesRepresentatives(m.Case, entry); ok {
			m.Case, entries = m.Apply(named), append(entries, named)
		}
		e := m.Tell(c.after(d, m)...)
		e.Entries = entries
		if before.Author != "" && before.Status == handlers.StatusReturned && m.Status != before.Status {
			e.Replies = append(e.Replies, m.answered(before.Case))
		}
		if d.news != nil && before.Author != "" && !before.own {
			e.Replies = append(e.Replies, handlers.Reply{To: handlers.Direct(before.Author), Slot: m.slot(d.act), Parts: d.news(before, entry)})
		}
		if !m.Clerk { // done by its author
			for _, to := range c.notify {
				e.Replies = append(e.Replies, handlers.Reply{To: to, Parts: []handlers.Part{handlers.Text(name(m.Case)),
					handlers.Deeds(handlers.Deed{By: m.Person, What: handlers.Shorten(entry.What(), maxTold)}), handlers.ChooseMinor(showChoice(m.Case))}})
			}
		}
		return e, nil
	}
}

// after shows a matter once something has been done to it.
func (c *Clerk) after(d deed, m matter) []handlers.Part {
	if d.inRegister() {
		return append([]handlers.Part{handlers.Text("Saved.")}, m.registered()...)
	}
	done := "Done."
	if open := stillOpen(m.Case); open != "" && d.act == handlers.Decided {
		done += " " + open + " “conditions” lists them, for you to say who sees to each and by when."
	}
	return append([]handlers.Part{handlers.Text(done)}, m.card()...)
}

// card is a matter in short, with what can be done to it.
func (m matter) card() []handlers.Part {
	parts := append([]handlers.Part{handlers.Heading(name(m.Case))}, handlers.HowItStands(m.Case)...)
	return append(append(parts, m.acts()...), handlers.ChooseMinor(showChoice(m.Case)))
}

func showChoice(c handlers.Case) handlers.Choice {
	return handlers.Choice{Label: "Show " + string(c.Reference), Words: []string{"show"},
		Action: handlers.Action{Verb: handlers.ClerkShow, Arg: string(c.Reference)}}
}

// hinders answers a deed that cannot be done: by this person, on what has changed since
// they saw it, or as the matter stands.
func (c *Clerk) hinders(ctx context.Context, d deed, m matter) (late bool, e handlers.Effect, err error) {
	switch {
	case !d.permits(m):
		return true, m.Tell(handlers.Text(handlers.ForClerk)), nil
	case m.stamp != 0 && m.stamp != m.Changed:
		e, err = c.overtaken(ctx, m)
		return true, e, err
	case !m.May(d.act):
		return true, m.Tell(append([]handlers.Part{handlers.Text(d.prevented(m))}, m.card()...)...), nil
	}
	return false, handlers.Effect{}, nil
}

// prevented says why a deed cannot be done as the matter stands, and what can be done instead.
func (d deed) prevented(m matter) string {
	stands := map[handlers.Status]string{
		handlers.StatusLogged: "It is waiting for review", handlers.StatusReview: "It is under review",
		handlers.StatusReturned: "It has been returned to its author", handlers.StatusReferred: "It has been referred to " + m.Reason,
		handlers.StatusDecided: "The Council has decided on it", handlers.StatusWithdrawn: "It has been withdrawn",
	}[m.Status]
	if d.act == handlers.Withdrawn && m.Joined() {
		stands = "The Council has joined this partnership"
	}
	ref := string(m.Reference)
	switch said := stands + ", so it cannot be " + d.done + " now. "; {
	case m.Status == d.act.LeadsTo():
		return stands + " already."
	case !m.Clerk:
		return said + "You can assess it again: say “assess again " + ref + "”."
	case m.Status == handlers.StatusWithdrawn:
		return said + "Say “take up " + ref + "” to take it up again."
	case d.act == handlers.Withdrawn && m.Joined():
		return said + "If the Council leaves it, record that as a new decision: say “decide " + ref + "”."
	default:
		return said + "If the Council decides anew, record that: say “decide " + ref + "”."
	}
}

// overtaken says who did what in the meantime, so that it is not overwritten.
func (c *Clerk) overtaken(ctx context.Context, m matter) (handlers.Effect, error) {
	m.rest = ""
	if !m.Clerk { // what the clerk remarks on it is the clerk's
		return m.Tell(append([]handlers.Part{handlers.Text("Nothing was changed, because it has changed since you saw it:")}, m.card()...)...), nil
	}
	history, err := c.store.History(ctx, m.Team, m.Reference)
	if err != nil {
		return handlers.Effect{}, err
	}
	since := slices.DeleteFunc(history, func(e handlers.Entry) bool { return e.Number <= m.stamp || !e.Act.Changes() })
	parts := []handlers.Part{handlers.Text("Nothing was changed, because this was done since you opened it:"),
		handlers.Deeds(handlers.DeedsOf(since)...)}
	return m.Tell(append(parts, m.card()...)...), nil
}

func nothing(matter) (handlers.Entry, problem) { return handlers.Entry{}, problem{} }

// readWords takes one input as the words of an entry.
func readWords(id, missing string) func(matter) (handlers.Entry, problem) {
	return func(m matter) (handlers.Entry, problem) {
		said := m.put(id)
		if !strings.ContainsFunc(said, unicode.IsLetter) { // a number alone is meant for a choice
			return handlers.Entry{}, problem{id, missing}
		}
		return handlers.Entry{Words: said}, problem{id, tooLong(said, maxWords)}
	}
}

// saysNothing are words that tell the person who reads them nothing.
var saysNothing = strings.Fields("no yes ok okay nothing none nope n/a na x test")

// tooLittle is said if there are too few words for another person to understand.
func tooLittle(said string, words int) string {
	if all := strings.Fields(handlers.Fold(said)); len(all) < words || len(all) == 1 && slices.Contains(saysNothing, all[0]) {
		return "That says very little, and the author reads nothing else. Please add a few words."
	}
	return ""
}

func tooLong(said string, limit int) string {
	if utf8.RuneCountInString(said) > limit {
		return "That is longer than I can keep. Please shorten it."
	}
	return ""
}

func returnInputs(m matter) []handlers.Input {
	about := []handlers.Option{{Value: "none", Label: "No one question in particular"}}
	for _, f := range assessment.Facts() {
		if m.record.Answers.Given(f.ID) {
			about = append(about, handlers.Option{Value: string(f.ID), Label: f.Label})
		}
	}
	return []handlers.Input{
		{ID: "reason", Label: "What is missing", Hint: "The author reads this.", Kind: handlers.LinesInput},
		{ID: "point", Label: "Which question is it about?", Kind: handlers.PickInput, Options: about, Value: "none"},
	}
}

func readReturn(m matter) (handlers.Entry, problem) {
	e, wrong := readWords("reason", "Please say what is missing: the author reads nothing else.")(m)
	if f, ok := assessment.Lookup(assessment.FactID(m.put("point"))); ok {
		e.Point = f.ID
	}
	wrong.says = cmp.Or(wrong.says, tooLittle(e.Words, 2))
	return e, wrong
}

func returnNews(m matter, e handlers.Entry) []handlers.Part {
	now := m.Apply(e)
	return append(handlers.SentBack(now), answerIt(now), handlers.Note("You can also come back to it later: say “show "+string(m.Reference)+"”."))
}

// answered takes the place of what told the author that it was returned, as it was before,
// once there is nothing to answer any more.
func (m matter) answered(before handlers.Case) handlers.Reply {
	parts := append(handlers.SentBack(before), handlers.Text("It no longer waits for your answer."))
	return handlers.Reply{To: handlers.Direct(before.Author), Slot: m.slot(handlers.Returned), Update: true,
		Parts: append(append(parts, handlers.HowItStands(m.Case)...), handlers.ChooseMinor(showChoice(m.Case)))}
}

// slot names the message that tells the author of what was done.
func (m matter) slot(a handlers.Act) string { return string(a) + " " + string(m.Reference) }

// answerIt leads the author of a returned assessment to the question in point.
func answerIt(c handlers.Case) handlers.Part {
	return handlers.Choose(handlers.Choice{Label: "Answer it", Primary: true, Words: []string{"answer", "yes"},
		Action: handlers.Action{Verb: handlers.AssessAgain, Arg: strings.TrimSpace(string(c.Reference) + " " + string(c.Point))}})
}

func referInputs(matter) []handlers.Input {
	return []handlers.Input{{ID: "committee", Label: "Which committee?", Kind: handlers.LineInput}}
}

// toWhom opens what is typed behind "refer".
var toWhom = regexp.MustCompile(`(?i)^(?:(?:it|this)\s+)?to\s+`)

func readRefer(m matter) (handlers.Entry, problem) {
	e, wrong := readWords("committee", "Please say which committee it goes to.")(m)
	e.Words = toWhom.ReplaceAllString(e.Words, "")
	return e, wrong
}

func remarkInputs(matter) []handlers.Input {
	return []handlers.Input{{ID: "remark", Label: "Your remark", Hint: "It stays in the history.", Kind: handlers.LinesInput}}
}

func withdrawInputs(m matter) []handlers.Input {
	return []handlers.Input{{ID: "reason", Label: "Why is it withdrawn?", Hint: withdrawHint(m.own), Kind: handlers.LinesInput, Optional: m.own}}
}

func withdrawHint(own bool) string {
	if own {
		return "The clerk reads this."
	}
	return "The author reads this."
}

func readWithdraw(m matter) (handlers.Entry, problem) {
	if said := m.put("reason"); said == "" && m.own {
		return handlers.Entry{}, problem{}
	}
	e, wrong := readWords("reason", "Please say why it is withdrawn.")(m)
	if !m.own {
		wrong.says = cmp.Or(wrong.says, tooLittle(e.Words, 1))
	}
	return e, wrong
}

func withdrawNews(m matter, e handlers.Entry) []handlers.Part {
	return []handlers.Part{handlers.Text("The clerk has withdrawn " + name(m.Case) + ":"), handlers.List(e.Words),
		handlers.ChooseMinor(showChoice(m.Case))}
}
