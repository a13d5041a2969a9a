package clerk

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// People ask after a result by its name, or part of it, as they do after one that was just shown:
// "has the canal towpath been decided?", "show me the food bank". Three readings of a text, each bolder than
// the one before, give the words that may be a name; what has them all is what they mean.

// asksAfter are the words with which people ask after a result.
var asksAfter = regexp.MustCompile(`\b(?:` + lists.Pattern("asks after") + `)\b`)

// ofCase answers what is asked of a result by its name; ok is false for any other text.
func (c *Clerk) ofCase(ctx context.Context, req handlers.Request) (e handlers.Effect, ok bool, err error) {
	if req.Overheard || answering(req) {
		return handlers.Effect{}, false, nil
	}
	titles, err := c.titles(ctx, req)
	if err != nil {
		return handlers.Effect{}, false, err
	}
	said := handlers.Fold(req.Text)
	if len(titles) == 0 {
		begun, err := c.store.Drafts(ctx, req.Team, req.Person)
		if err != nil {
			return handlers.Effect{}, false, err
		}
		if len(begun) == 0 { // as for most people
			return c.ofWhatIDid(ctx, req, said)
		}
	}
	for _, reading := range []func(string, []title) []string{askedAfter, askedAsIt, c.askedByOneWord} {
		if words := reading(said, titles); len(words) > 0 {
			if e, ok, err = c.called(ctx, req, words, c.asks(said, words)); ok || err != nil {
				return e, ok, err
			}
		}
	}
	return c.ofWhatIDid(ctx, req, said)
}

// askedAfter are the words of a text that are left without those with which people ask: "canal towpath", of "has
// the canal towpath been decided?".
func askedAfter(said string, _ []title) []string {
	rest := asksAfter.ReplaceAllString(said, " ")
	if rest == said {
		return nil
	}
	return nameOf(rest)
}

// ofOne are what can be asked of nothing but a result.
var ofOne = []string{handlers.ClerkStands, handlers.ClerkAnswers, handlers.ClerkConditions, handlers.ClerkChange, handlers.ClerkWithdraw}

// askedAsIt are the words of a text that are a title's, where the text asks after a result once they are called
// "it": "how's the food bank doing?". Of several titles in it, the one with most words counts.
func askedAsIt(said string, titles []title) (name []string) {
	spoken := slices.DeleteFunc(strings.Fields(said), func(w string) bool { return namesNothing(bare(w)) })
	for _, t := range titles {
		words := slices.DeleteFunc(slices.Clone(spoken), func(w string) bool { return !t.has(bare(w)) })
		if len(words) <= len(name) || !slices.ContainsFunc(words, handlers.TellsApart) {
			continue
		}
		if verb, ok := handlers.OfResult(itsName(said, words)); ok && slices.Contains(ofOne, verb) {
			name = words
		}
	}
	return name
}

// ofAnything are the words of asksAfter with which people ask after other things just as well.
var ofAnything = regexp.MustCompile(`\b(?:` + lists.Pattern("asks after anything") + `)\b`)

// leastAlone is how many letters a word has at least that names a result alone.
const leastAlone = 3

// askedByOneWord are the words of a text that each name a result, whatever else it says: words that one title
// alone has, and that are not the protocol's, which are said of any partnership.
func (c *Clerk) askedByOneWord(said string, titles []title) (words []string) {
	if !asksAfter.MatchString(ofAnything.ReplaceAllString(said, " ")) {
		return nil
	}
	for _, w := range strings.Fields(said) {
		one := bare(w)
		if len(one) < leastAlone || namesNothing(one) || c.common[one] || slices.Contains(words, w) {
			continue
		}
		if len(having(titles, []string{one})) == 1 {
			words = append(words, w)
		}
	}
	return words
}

// called does something with the one result that has a name, or lets the person choose.
func (c *Clerk) called(ctx context.Context, req handlers.Request, words []string, do view) (e handlers.Effect, ok bool, err error) {
	named, err := c.titles(ctx, req, words...)
	switch {
	case err != nil:
		return handlers.Effect{}, false, err
	case len(named) == 0:
		return c.notSubmitted(ctx, req, words)
	case len(named) == 1:
		req.Action = handlers.Action{Verb: handlers.ClerkShow, Arg: string(named[0].ref)}
		return handlers.Taken(c.onMatter(do)(ctx, req))
	}
	cases, err := c.casesOf(ctx, req, named[:min(page, len(named))])
	if err != nil {
		return handlers.Effect{}, false, err
	}
	return req.Tell(handlers.Text("Which of these do you mean?"), handlers.ChooseFirst(lines(cases, true)...)), true, nil
}

// notSubmitted answers for what the person has begun by that name, and not submitted yet.
func (c *Clerk) notSubmitted(ctx context.Context, req handlers.Request, words []string) (e handlers.Effect, ok bool, err error) {
	if req.Conversation.Draft != "" {
		return handlers.Effect{}, false, nil
	}
	drafts, err := c.store.Drafts(ctx, req.Team, req.Person)
	i := slices.IndexFunc(drafts, func(d assessment.Draft) bool { return titleOf("", d.Answers[assessment.Title].Text).hasAll(words) })
	if err != nil || i < 0 {
		return handlers.Effect{}, false, err
	}
	return req.Tell(handlers.Text("You have begun “"+handlers.Shorten(drafts[i].Answers[assessment.Title].Text, maxText)+"” and not submitted it yet, so the clerk has not got it."),
		handlers.Choose(handlers.Choice{Label: "Go on with it", Words: []string{"go on", "yes", "continue"},
			Action: handlers.Action{Verb: handlers.AssessGoOn, Arg: string(drafts[i].ID)}})), true, nil
}

// looks are words that ask to see the whole of a result.
var looks = regexp.MustCompile(`\b(?:show|open|see|find|read|look)\b`)

// asks is what is asked of a result that words name, as if it was called "it"; where it stands, unless
// something else is.
func (c *Clerk) asks(said string, words []string) view {
	verb, ok := handlers.OfResult(itsName(said, words))
	if one, known := c.views()[verb]; ok && known {
		return one
	}
	if looks.MatchString(said) {
		return c.show
	}
	return c.stands
}

// itsName puts "it" in place of a name.
func itsName(said string, words []string) string {
	all := strings.Fields(said)
	named := func(w string) bool { return slices.Contains(words, w) }
	first := slices.IndexFunc(all, named)
	if first < 0 {
		return said
	}
	last := first
	for i, w := range all {
		if named(w) {
			last = i
		}
	}
	for first > 0 && slices.Contains([]string{"the", "my", "our", "that", "this", "a"}, all[first-1]) {
		first--
	}
	for last+1 < len(all) && slices.Contains([]string{"one", "partnership", "assessment", "proposal", "result", "project", "scheme"}, all[last+1]) {
		last++
	}
	return strings.Join(slices.Concat(all[:first], []string{"it"}, all[last+1:]), " ")
}

// rather shows the result that a text names, where another was shown last.
func (c *Clerk) rather(show view) view {
	return func(ctx context.Context, m matter) (handlers.Effect, error) {
		if _, _, named := handlers.Mentioned(m.Text); m.Text == "" || named || m.Reference != m.Conversation.Result {
			return show(ctx, m)
		}
		titles, err := c.titles(ctx, m.Request)
		if err != nil {
			return handlers.Effect{}, err
		}
		words := askedAsIt(handlers.Fold(m.Text), titles)
		named := having(titles, words)
		if len(words) == 0 || len(named) != 1 || named[0].ref == m.Reference {
			return show(ctx, m)
		}
		req := m.Request
		req.Action.Arg = string(named[0].ref)
		return c.onMatter(show)(ctx, req)
	}
}

// views are what is shown of a result, by their verbs.
func (c *Clerk) views() map[string]view {
	views := map[string]view{
		handlers.ClerkShow: c.show, handlers.ClerkAnswers: c.answers, handlers.ClerkClauses: c.clauses, handlers.ClerkConditions: c.conditions, handlers.ClerkWhy: c.why, handlers.ClerkNext: c.next, handlers.ClerkChange: c.change, handlers.ClerkStands: c.stands,
	}
	for _, d := range deeds {
		if d.author {
			views[d.verb] = c.ask(d)
		}
	}
	return views
}

// showCalled shows the result that is asked for by name, or the partnership of the register.
func (c *Clerk) showCalled(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Clerk && !req.Overheard {
		if e, ok, err := c.asksList(ctx, req); ok || err != nil {
			return e, err
		}
	}
	words := nameOf(handlers.Fold(req.Action.Arg))
	if req.Overheard || answering(req) || len(words) == 0 {
		return handlers.Effect{}, handlers.ErrNotMeant
	}
	e, ok, err := c.called(ctx, req, words, c.show)
	if err == nil && !ok {
		err = handlers.ErrNotMeant
	}
	return e, err
}

// NamedRoutes are those that come before any others, as what they show is known by name: "show me the
// food bank" asks for no section of the protocol.
func (c *Clerk) NamedRoutes() []handlers.Route {
	return []handlers.Route{{Verb: handlers.ClerkShow + ".called", Handle: c.showCalled, Words: []string{"show me the …", "show me my …", "show me …", "show the …", "show my …", "show …",
		"open the …", "open my …", "open …", "find the …", "find my …", "look at the …", "look at my …", "let me see the …", "can i see the …", "i want to see the …"}}}
}
