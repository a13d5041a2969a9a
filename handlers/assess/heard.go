package assess

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// What a person says in their own words is read by rule ([assessment.Suggest],
// [assessment.ReadAnswer]). What is read never counts by itself: it is shown at the
// question that it is about, or put back at once, and counts when the person says so.

// told are the person's own words so far, the most telling first.
func told(d assessment.Draft) []string {
	texts := []string{d.Answers[assessment.Aim].Text, d.Told}
	for _, f := range assessment.Facts() {
		given := d.Answers[f.ID]
		texts = append(texts, given.Note, d.Notes[f.ID])
		if f.ID != assessment.Aim {
			texts = append(texts, given.Text)
		}
	}
	return slices.DeleteFunc(texts, func(t string) bool { return t == "" })
}

// suggestions are what is suggested by texts that were read, so that each is read once though a
// question asks for it several times as it is drawn.
type suggestions map[string][]assessment.Suggestion

func (read suggestions) of(text string) []assessment.Suggestion {
	list, ok := read[text]
	if !ok {
		list = assessment.Suggest(text)
		read[text] = list
	}
	return list
}

// hints are the suggested answers to facts that have none yet.
func (s scene) hints() map[assessment.FactID]assessment.Suggestion {
	hints := map[assessment.FactID]assessment.Suggestion{}
	for _, text := range told(s.draft) {
		for _, h := range s.read.of(text) {
			_, taken := hints[h.Fact]
			if refused := h.Answer.Word != "" && s.draft.Refused[h.Fact] == h.Answer.Word; !taken && !refused && fits(h) && !s.draft.Answers.Given(h.Fact) {
				hints[h.Fact] = h
			}
		}
	}
	return hints
}

// fits reports whether a suggestion is an answer that its fact allows.
func fits(h assessment.Suggestion) bool {
	f, ok := assessment.Lookup(h.Fact)
	if !ok || len(f.Words) == 0 {
		return ok && strings.TrimSpace(h.Answer.Text) != ""
	}
	allowed := func(v assessment.Value) bool { return slices.Contains(f.Words, v) }
	if f.Many {
		return len(h.Answer.Set) > 0 && !slices.ContainsFunc(h.Answer.Set, func(v assessment.Value) bool { return !allowed(v) })
	}
	return allowed(h.Answer.Word)
}

// maxBecause is how much of the person's own words is repeated as the reason for a
// suggestion, in characters.
const maxBecause = 90

func because(h assessment.Suggestion) string {
	return "“" + handlers.Shorten(oneLine(h.Because), maxBecause) + "”"
}

// suggested shows what the person's own words say to a step.
func suggested(s scene, step assessment.Step) []handlers.Part {
	var lines []string
	hints := s.hints()
	for _, id := range step.Facts {
		h, ok := hints[id]
		if !ok {
			continue
		}
		f, _ := assessment.Lookup(id)
		if len(f.Words) == 0 {
			continue // offered as a choice
		}
		said := handlers.AnswerText(f, assessment.Answers{id: {Word: h.Answer.Word, Set: h.Answer.Set}})
		if len(step.Facts) == 1 && !f.Many {
			return []handlers.Part{handlers.Text("From what you told me (" + because(h) + "), I would say: " + said +
				". If that is right, choose it.")}
		}
		lines = append(lines, f.Label+": "+said+" ("+because(h)+")")
	}
	if len(lines) == 0 {
		return nil
	}
	say := "From what you told me, I would say this. Please check it, then say “done”:"
	return []handlers.Part{handlers.Text(say), handlers.List(lines...)}
}

// listen reads free text that is no plain answer. It changes nothing but what is to be
// confirmed.
func (a *Assess) listen(s scene, step assessment.Step, asking bool) (handlers.Effect, bool) {
	read := s.understood(s.Text, step, asking)
	if !asking { // what was never asked is not put at the end
		maps.DeleteFunc(read, func(id assessment.FactID, _ assessment.Answer) bool { return !s.draft.Answers.Given(id) })
	}
	if len(read) == 0 {
		return handlers.Effect{}, false
	}
	s.draft.Heard = &assessment.Heard{Text: s.Text, Answers: read, Plain: asking && step.Ticks && numbers.MatchString(s.Text) || onlySays(s.Text)}
	return a.put(s), true
}

// understood is all that free text says and that is not answered so already. What answers
// the open question counts before what is said in passing, and the words that answer it are
// not read a second time.
func (s scene) understood(text string, step assessment.Step, asking bool) assessment.Answers {
	read := assessment.Answers{}
	take := func(found []assessment.Suggestion) {
		for _, h := range found {
			had, now := s.draft.Answers[h.Fact], h.Answer
			if _, ok := read[h.Fact]; !ok && fits(h) && (had.Word != now.Word || !slices.Equal(had.Set, now.Set)) {
				read[h.Fact] = assessment.Answer{Word: now.Word, Set: now.Set, Text: now.Text}
			}
		}
	}
	var own []assessment.Suggestion
	var reasons []assessment.Suggestion
	if asking {
		before, rest := s.ticked(text, step)
		own = assessment.ReadAnswer(step, rest)
		if len(own) == 0 {
			own = assessment.ReadAnswer(step, unhedged(closingNo.ReplaceAllString(rest, "")))
		}
		if len(own) > 0 {
			for _, piece := range pieces(rest) {
				own = append(own, assessment.ReadAnswer(step, piece)...)
			}
		}
		if reasons = reasonsOf(step, slices.Concat(before, own)); len(reasons) > 0 && before == nil && !instead.MatchString(text) {
			reasons = reasonsOf(step, append(own, s.chosen(step.Facts[0])))
		}
		take(reasons)
		if len(reasons) == 0 {
			take(s.said(rest, step))
			take(own)
			take(before)
		}
		take(s.carried(text, step))
	}
	take(slices.DeleteFunc(assessment.Suggest(text), func(h assessment.Suggestion) bool {
		if asking && len(step.Facts) == 1 && h.Fact == step.Facts[0] && len(own) == 0 { // said both ways
			return true
		}
		return len(reasons) > 0 && h.Fact == reasons[0].Fact || slices.ContainsFunc(own, func(o assessment.Suggestion) bool {
			return o.Fact != h.Fact && (strings.Contains(h.Because, o.Because) || strings.Contains(o.Because, h.Because))
		})
	}))
	var yes []assessment.FactID
	for _, id := range step.Facts {
		if f, _ := assessment.Lookup(id); read[id].Word == assessment.Yes && inPartOnly(f, text) {
			yes = append(yes, id)
		}
	}
	if len(yes) == 1 && !step.Ticks { // of more, it is not clear of which
		read[yes[0]] = assessment.Answer{Word: assessment.Partly}
	}
	return read
}

// chosen are the reasons that are ticked now, to which one said in words is added.
func (s scene) chosen(id assessment.FactID) assessment.Suggestion {
	return assessment.Suggestion{Fact: id, Answer: assessment.Answer{Set: slices.Concat(s.draft.Answers[id].Set, s.hints()[id].Answer.Set)}}
}

// instead are words with which a reason takes the place of those that are ticked.
var instead = regexp.MustCompile(`(?i)\b(only|just|instead|rather than)\b`)

// closingNo says once more what was denied: "it's not a company, no".
var closingNo = regexp.MustCompile(`(?i)[\s,]+(no|nope|nah)\W*$`)

// reasonsOf joins all that is said to a step that takes any number of words.
func reasonsOf(step assessment.Step, found []assessment.Suggestion) []assessment.Suggestion {
	f := step.First()
	set := slices.DeleteFunc(slices.Clone(f.Words), func(v assessment.Value) bool {
		return !slices.ContainsFunc(found, func(h assessment.Suggestion) bool { return slices.Contains(h.Answer.Set, v) })
	})
	if !f.Many || len(set) == 0 {
		return nil
	}
	return []assessment.Suggestion{{Fact: f.ID, Answer: assessment.Answer{Set: set}}}
}

// said reads what is said to a step word by word, in part or in doubt.
func (s scene) said(text string, step assessment.Step) (found []assessment.Suggestion) {
	f := step.First()
	if len(step.Facts) == 1 {
		head, _, _ := cutReason(text)
		v, ok := assessment.Hinted(handlers.Fold(text), f.Words)
		if !ok {
			v, ok = assessment.Hinted(handlers.Fold(head), f.Words)
		}
		if ok && !f.Many {
			found = append(found, assessment.Suggestion{Fact: f.ID, Answer: assessment.Answer{Word: v}})
		}
		return found
	}
	if v, ok := assessment.Hinted(handlers.Fold(text), assessment.Gates()); ok && !step.Ticks {
		for _, id := range asked(s, step) {
			found = append(found, assessment.Suggestion{Fact: id, Answer: assessment.Answer{Word: v}})
		}
		return found
	}
	values, _ := picks(s, step).Hear(unhedged(text))
	for id, v := range values {
		found = append(found, assessment.Suggestion{Fact: assessment.FactID(id), Answer: assessment.Answer{Word: assessment.Value(v[0])}})
	}
	return found
}

// heard puts back what was understood.
func heard(s scene, step assessment.Step) []handlers.Part {
	if s.draft.Heard.Note {
		return append(noteHeard(s, step), confirms(s)...)
	}
	lines := handlers.AnswerLines(s.draft.Heard.Answers, maxShown)
	if len(lines) > maxHeard {
		lines = handlers.AnswerDigest(s.draft.Heard.Answers, 0)
	}
	parts := []handlers.Part{handlers.Text("I took that as:"), handlers.List(lines...), handlers.Text("Right?")}
	if len(lines) == 1 {
		if said := s.draft.Heard; !said.Plain && qualified(said.Text, assessment.Gates()[:1]) {
			lines[0] += ", with your words as a note"
		}
		parts = []handlers.Part{handlers.Text("I took that as: " + lines[0] + ". Right?")}
		if v, shown := s.shownBy(); shown {
			parts = []handlers.Part{handlers.Text("I took that as " + v.Label() + ", with these words: " + quoted(afterYes(s.draft.Heard.Text)) + ". Right?")}
		}
	}
	parts = append(parts, s.reservations(*s.draft.Heard, step)...)
	return append(parts, confirms(s)...)
}

// confirms are the ways to say whether something was understood rightly.
func confirms(s scene) []handlers.Part {
	return []handlers.Part{
		handlers.Choose(
			handlers.Choice{Label: "Yes", Action: s.action(Right, s.heardKey()), Primary: true, Words: append([]string{"right", "that's right",
				"that is right", "correct", "ok", "okay"}, assessment.Yes.Spoken()...)},
			handlers.Choice{Label: "No, ask me again", Action: s.action(Wrong, s.heardKey()), Words: append([]string{"wrong", "not right",
				"that's wrong", "ask me again", "back"}, assessment.No.Spoken()...)},
		),
		handlers.ChooseMinor(leaving(s)...)}
}

// shownBy is the one answer that was understood, where the words are to show how it is so.
func (s scene) shownBy() (v assessment.Value, ok bool) {
	for id, given := range s.draft.Heard.Answers {
		f, _ := assessment.Lookup(id)
		v = given.Word
		ok = f.Explained && !s.draft.Heard.Plain && withReason(f, v, s.draft.Heard.Text, assessment.Answer{}).Text != ""
	}
	return v, ok
}

// maxHeard is how many answers are put back line by line; more stand together.
const maxHeard = 5

// heardKey tells one thing that was understood from another, so that an old button does
// not confirm what was said later.
func (s scene) heardKey() string {
	if s.draft.Heard == nil {
		return ""
	}
	return checksum(s.draft.Heard)
}

// overtaken answers a tap on what no longer needs confirming; the very same tap made twice
// is met with silence.
func (a *Assess) overtaken(s scene) (handlers.Effect, bool) {
	switch {
	case s.draft.Heard != nil && s.arg(0) == s.heardKey():
		return handlers.Effect{}, false
	case s.draft.Heard == nil && s.justNow():
		return handlers.Effect{}, true
	}
	return a.moved(s, "That was about something you said earlier."), true
}

// right takes what was understood as the person's answers, with their words as the
// explanation where one belongs, else as a note.
func (a *Assess) right(_ context.Context, s scene) (handlers.Effect, error) {
	if e, ok := a.overtaken(s); ok {
		return e, nil
	}
	h := *s.draft.Heard
	if h.Note {
		return a.keepNote(s), nil
	}
	step := a.open(s.draft).step
	s.settle(step)
	read := s.withWords(h, step)
	for _, f := range assessment.Facts() {
		given, ok := read[f.ID]
		words := cmp.Or(given.Note, given.Text)
		switch {
		case !ok:
		case len(f.Words) == 0:
			s.give(f.ID, assessment.Answer{Text: given.Text})
		case f.Many:
			s.give(f.ID, assessment.Answer{Set: given.Set, Note: words})
		default:
			s.give(f.ID, withReason(f, given.Word, words, s.draft.Answers[f.ID]))
		}
	}
	lines := handlers.AnswerLines(h.Answers, maxShown)
	if step.ID == "" || s.changing {
		s.shortly()
	}
	if given := slices.Collect(maps.Keys(h.Answers)); len(given) == 1 && step.ID == "" {
		s.draft.Last = assessment.StepID(given[0])
	}
	said := []handlers.Part{handlers.Note("Answered"), handlers.List(lines...)}
	replies := []handlers.Reply{s.confirmed(said...)}
	if step.ID != "" && isAbout(h, step) && len(step.Open(s.draft.Answers)) == 0 {
		s.draft.At, s.draft.Last = "", step.ID
		replies = append(replies, closed(s, said...))
	}
	if len(s.more) > 0 {
		s.draft.Heard = &assessment.Heard{Text: strings.TrimSpace(s.Text), Answers: s.more}
	}
	if both := s.contrary(h, step); both != "" && !s.draft.Answers.Given(both) {
		s.draft.At, s.draft.Last = assessment.StepID(both), step.ID
		s.sayFirst(handlers.Text(tickedBoth + " Which is it?"))
	}
	e := a.put(s)
	e.Replies = append(replies, e.Replies...)
	return e, nil
}

func (a *Assess) wrong(_ context.Context, s scene) (handlers.Effect, error) {
	if e, ok := a.overtaken(s); ok {
		return e, nil
	}
	s.refuse()
	s.settle(a.open(s.draft).step)
	e := a.put(s, handlers.Text("All right, I have not taken that as your answer."))
	e.Replies = slices.Insert(e.Replies, 0, s.confirmed(handlers.Note("I had misunderstood you here. Nothing was changed.")))
	return e, nil
}

// isAbout reports whether what was understood is about a step.
func isAbout(h assessment.Heard, step assessment.Step) bool {
	return slices.ContainsFunc(step.Facts, func(id assessment.FactID) bool { _, ok := h.Answers[id]; return ok })
}

// settle drops what was put back, and lets the words stand as asked for that belong to an answer
// it was not about.
func (s *scene) settle(step assessment.Step) {
	how := s.draft.How && !isAbout(*s.draft.Heard, step)
	s.aside()
	s.draft.How = how
}

// refuse keeps that what was understood was not meant, so that it is not suggested again.
func (s *scene) refuse() {
	for id, given := range s.draft.Heard.Answers {
		if given.Word != "" {
			s.draft.Refused = with(s.draft.Refused, id, given.Word)
		}
	}
}

// confirmed rewrites the message that put back what was understood.
func (s scene) confirmed(parts ...handlers.Part) handlers.Reply {
	return handlers.Reply{To: s.Private(), Slot: s.slot() + " heard", Update: true, Parts: parts}
}
