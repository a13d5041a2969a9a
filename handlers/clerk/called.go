package clerk

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// People ask after a result by its name, or part of it, as they do after one that was just shown:
// "has the canal towpath been decided?", "show me the food bank".

// asksAfter are the words with which they ask; the others name it.
var asksAfter = regexp.MustCompile(`\b(?:decisions?|decided?|deciding|approved?|agreed?|reject(?:ed)?|refused?|accept(?:ed)?|turn(?:ed)?(?: down)?|vot(?:e|ed)|declined?|submit(?:ted)?|submissions?|sen[dt](?: (?:in|back|off))?|c[ao]me (?:in|back|out)|` +
	`look(?:ed|ing)? (?:at|into)|read|seen|see|shown?|open|find|found|returned|return|referred|withdrawn?|withdraw|reassess|taken up|picked up|happen(?:ed|ing|s)?|bec[ao]me|going on|news|updates?|latest|status|stands?|stood|` +
	`get(?:ting)? on|(?:get|go|come) back(?: (?:in)?to)?|g[oe]t(?:ting)? to|gone|going|outcome|verdict|results?|reviewed|review|considered|discussed|dealt with|up to|where(?:'s|s)?|history|progress|answers?|clauses|conditions?|minutes?|minuted|change|why|waiting|done|join(?:ed|ing)?|in (?:a )?partnership with|partners? with|going ahead|go(?:es)? ahead|have to do|need to do|represent(?:s|ed|ing|atives?)?|reps?)\b`)

// around are words around a name that are no part of it.
var around = strings.Fields("i my mine me you your he she they he's she's they've i've i'm just ever actually really finally still also so assessment assessments proposal proposals " +
	"submission application case cases result results number day date look up down back again can could would should will may let like want need to say says said yes no get got into out from after before")

// leastNaming is how many letters a word has at least that tells one name from another.
const leastNaming = 4

// namesOf are the words of folded ones that may be a name; none if none of them tells one from another.
func namesOf(said string) []string {
	words := slices.DeleteFunc(strings.Fields(nameIn(said)), func(w string) bool { return slices.Contains(around, w) })
	if !slices.ContainsFunc(words, func(w string) bool { return len(w) >= leastNaming }) {
		return nil
	}
	return words
}

// hasAll reports whether all words are among those of some texts.
func hasAll(words []string, texts ...string) bool {
	in := strings.Fields(handlers.Fold(strings.Join(texts, " ")))
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
		return !slices.Contains(in, w) && !slices.Contains(in, strings.TrimSuffix(w, "'s"))
	})
}

// mostOwn is how many of a person's own results are looked through for a name.
const mostOwn = 200

// calledSo are the results that have all words in their names or partners: of a councillor their own, of
// the clerk all, the newest first.
func (c *Clerk) calledSo(ctx context.Context, req handlers.Request, words []string) (refs []assessment.Reference, err error) {
	if len(words) == 0 {
		return nil, nil
	}
	if req.Clerk {
		found, err := c.store.Cases(ctx, req.Team, handlers.Filter{Text: strings.Join(words, " "), Newest: true}, "", mostOwn)
		for _, one := range found.Cases {
			if hasAll(words, one.Title, one.Partners, one.Partnership.Name, one.Partnership.Partners) {
				refs = append(refs, one.Reference)
			}
		}
		return refs, err
	}
	records, err := c.store.Records(ctx, req.Team, req.Person, "", mostOwn)
	for _, r := range records {
		if hasAll(words, r.Answers[assessment.Title].Text, r.Answers[assessment.Partners].Text) {
			refs = append(refs, r.Reference)
		}
	}
	return refs, err
}

// ofCase answers what is asked of a result by its name; ok is false for any other text.
func (c *Clerk) ofCase(ctx context.Context, req handlers.Request) (e handlers.Effect, ok bool, err error) {
	said := handlers.Fold(req.Text)
	if req.Overheard || answering(req) {
		return handlers.Effect{}, false, nil
	}
	titles, err := c.titles(ctx, req)
	if err != nil {
		return handlers.Effect{}, false, err
	}
	begun, err := c.store.Drafts(ctx, req.Team, req.Person)
	if err != nil {
		return handlers.Effect{}, false, err
	}
	if len(titles)+len(begun) == 0 { // as for most people
		return c.ofWhatIDid(ctx, req, said)
	}
	if rest := asksAfter.ReplaceAllString(said, " "); rest != said {
		if words := namesOf(rest); len(words) > 0 {
			if e, ok, err = c.called(ctx, req, words, c.asks(said, words)); ok || err != nil {
				return e, ok, err
			}
		}
	}
	words := nameHeard(titles, said)
	if len(words) == 0 {
		words = c.telling(titles, said)
		if len(words) == 0 || !asksAfter.MatchString(ofAnything.ReplaceAllString(said, " ")) {
			return c.ofWhatIDid(ctx, req, said)
		}
	}
	return c.called(ctx, req, words, c.asks(said, words))
}

// iDid matches what only a result tells of its author.
var iDid = regexp.MustCompile(`\b(?:(?:did|have) i (?:just )?(?:get|got|say|said|answer|answered|put)|i was given|i got|i have to meet)\b`)

// ofWhatIDid answers what an author asks of what they answered and got, without naming a result.
func (c *Clerk) ofWhatIDid(ctx context.Context, req handlers.Request, said string) (e handlers.Effect, ok bool, err error) {
	if req.Clerk || !iDid.MatchString(said) {
		return handlers.Effect{}, false, nil
	}
	verb, ok := handlers.OfResult(said)
	show, known := c.views()[verb]
	if !ok || !known {
		return handlers.Effect{}, false, nil
	}
	e, err = c.ofOwn(ctx, req, handlers.Filter{}, show)
	if errors.Is(err, handlers.ErrNotMeant) {
		return handlers.Effect{}, false, nil
	}
	return e, err == nil, err
}

// ofAnything are the words of asksAfter with which people ask after other things just as well.
var ofAnything = regexp.MustCompile(`\b(?:why|change|answers?|find|open|read|see|seen|send|sent|up to|get(?:ting)? to|where(?:'s|s)?|clauses|reps?|review|discussed|(?:have|need) to do)\b`)

// leastTelling is how many letters a word has at least that names a result alone.
const leastTelling = 3

// telling are the words of a text that name a result though the text has others that do not: words that
// one title alone has, and that are neither the protocol's nor said of any partnership.
func (c *Clerk) telling(titles []string, said string) (words []string) {
	has := map[string]int{} // in how many titles a word is
	for _, title := range titles {
		words := strings.Fields(nameIn(handlers.Fold(title)))
		slices.Sort(words)
		for _, w := range slices.Compact(words) {
			has[w]++
		}
	}
	for _, w := range strings.Fields(nameIn(said)) {
		bare := strings.TrimSuffix(w, "'s")
		if has[bare] == 1 && len(bare) >= leastTelling && !slices.Contains(around, bare) && !slices.Contains(words, w) && !c.common[bare] {
			words = append(words, w)
		}
	}
	return words
}

// ofOne are what can be asked of nothing but a result.
var ofOne = []string{handlers.ClerkStands, handlers.ClerkAnswers, handlers.ClerkConditions, handlers.ClerkChange, handlers.ClerkWithdraw}

// nameHeard are the words of a text that name a result, where the rest of it asks after one that is called
// "it": "how's the food bank doing?". Of the names in it, the longest counts.
func nameHeard(titles []string, said string) (name []string) {
	spoken := strings.Fields(said)
	for _, title := range titles {
		var words []string
		for _, w := range spoken {
			if bare := strings.TrimSuffix(w, "'s"); slices.Contains(namesOf(handlers.Fold(title)), bare) {
				words = append(words, w)
			}
		}
		if !slices.ContainsFunc(words, func(w string) bool { return len(w) >= leastNaming }) || len(words) <= len(name) {
			continue
		}
		if verb, ok := handlers.OfResult(itsName(said, words)); ok && slices.Contains(ofOne, verb) {
			name = words
		}
	}
	return name
}

// rather shows the result that a text names, where another was shown last.
func (c *Clerk) rather(show func(context.Context, matter) (handlers.Effect, error)) func(context.Context, matter) (handlers.Effect, error) {
	return func(ctx context.Context, m matter) (handlers.Effect, error) {
		if _, _, named := handlers.Mentioned(m.Text); m.Text == "" || named || m.Reference != m.Conversation.Result {
			return show(ctx, m)
		}
		titles, err := c.titles(ctx, m.Request)
		if err != nil {
			return handlers.Effect{}, err
		}
		refs, err := c.calledSo(ctx, m.Request, nameHeard(titles, handlers.Fold(m.Text)))
		if err != nil || len(refs) != 1 || refs[0] == m.Reference {
			return show(ctx, m)
		}
		req := m.Request
		req.Action.Arg = string(refs[0])
		return c.onMatter(show)(ctx, req)
	}
}

// titles are the names of a person's results and of their partners or, to the clerk, of the newest.
func (c *Clerk) titles(ctx context.Context, req handlers.Request) (titles []string, err error) {
	if req.Clerk {
		found, err := c.store.Cases(ctx, req.Team, newest, "", mostOwn)
		for _, one := range found.Cases {
			titles = append(titles, one.Name()+" "+one.Partners)
		}
		return titles, err
	}
	records, err := c.store.Records(ctx, req.Team, req.Person, "", mostOwn)
	for _, r := range records {
		titles = append(titles, r.Answers[assessment.Title].Text+" "+r.Answers[assessment.Partners].Text)
	}
	return titles, err
}

// called does something with the one result that has a name, or lets the person choose.
func (c *Clerk) called(ctx context.Context, req handlers.Request, words []string, do func(context.Context, matter) (handlers.Effect, error)) (e handlers.Effect, ok bool, err error) {
	refs, err := c.calledSo(ctx, req, words)
	switch {
	case err != nil:
		return handlers.Effect{}, false, err
	case len(refs) == 0:
		return c.notSubmitted(ctx, req, words)
	case len(refs) == 1:
		req.Action = handlers.Action{Verb: handlers.ClerkShow, Arg: string(refs[0])}
		e, err = c.onMatter(do)(ctx, req)
		return e, err == nil, err
	}
	var cases []handlers.Case
	for _, ref := range refs[:min(page, len(refs))] {
		one, err := c.store.Case(ctx, req.Team, ref)
		if err != nil {
			return handlers.Effect{}, false, err
		}
		cases = append(cases, one)
	}
	return req.Tell(handlers.Text("Which of these do you mean?"), handlers.ChooseFirst(lines(cases, true)...)), true, nil
}

// notSubmitted answers for what the person has begun by that name, and not submitted yet.
func (c *Clerk) notSubmitted(ctx context.Context, req handlers.Request, words []string) (e handlers.Effect, ok bool, err error) {
	if req.Conversation.Draft != "" {
		return handlers.Effect{}, false, nil
	}
	drafts, err := c.store.Drafts(ctx, req.Team, req.Person)
	i := slices.IndexFunc(drafts, func(d assessment.Draft) bool { return hasAll(words, d.Answers[assessment.Title].Text) })
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
func (c *Clerk) asks(said string, words []string) func(context.Context, matter) (handlers.Effect, error) {
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
	for first > 0 && slices.Contains(unnamed, all[first-1]) && slices.Contains([]string{"the", "my", "our", "that", "this", "a"}, all[first-1]) {
		first--
	}
	for last+1 < len(all) && slices.Contains([]string{"one", "partnership", "assessment", "proposal", "result", "project", "scheme"}, all[last+1]) {
		last++
	}
	return strings.Join(slices.Concat(all[:first], []string{"it"}, all[last+1:]), " ")
}

// views are what is shown of a result, by their verbs.
func (c *Clerk) views() map[string]func(context.Context, matter) (handlers.Effect, error) {
	views := map[string]func(context.Context, matter) (handlers.Effect, error){
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
	if e, ok, err := c.asksList(ctx, req); ok || err != nil {
		return e, err
	}
	words := namesOf(handlers.Fold(req.Action.Arg))
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

// byItsName does a deed to the result that is named in place of its reference: "decide canal towpath: joined".
// Without a colon the name may be followed by what the deed needs, but not where it is done at once.
func (c *Clerk) byItsName(d deed, h handlers.Handler) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		arg := req.Action.Arg
		_, _, reference := handlers.ReadLeading(arg)
		if reference || req.Text == "" || req.Overheard || answering(req) || handlers.IsQuestion(req.Text) || !req.Clerk && !d.author {
			return h(ctx, req)
		}
		name, says, colon := strings.Cut(arg, ":")
		refs, err := c.calledSo(ctx, req, namesOf(handlers.Fold(name)))
		for words := strings.Fields(arg); err == nil && !colon && d.says != "" && len(refs) == 0 && len(words) > 1; {
			words = words[:len(words)-1]
			says = strings.TrimSpace(strings.TrimPrefix(arg, strings.Join(words, " ")))
			refs, err = c.calledSo(ctx, req, namesOf(handlers.Fold(strings.Join(words, " "))))
		}
		switch {
		case err != nil:
			return handlers.Effect{}, err
		case len(refs) == 0:
			return h(ctx, req)
		case len(refs) > 1:
			return c.whichCalled(ctx, req, d, refs)
		}
		req.Action.Arg = string(refs[0])
		if says = strings.TrimSpace(says); says != "" {
			req.Action.Arg += ": " + says
		}
		return h(ctx, req)
	}
}

// whichCalled lets the clerk choose to which of several results of one name a deed is done.
func (c *Clerk) whichCalled(ctx context.Context, req handlers.Request, d deed, refs []assessment.Reference) (handlers.Effect, error) {
	var choices []handlers.Choice
	for _, ref := range refs {
		one, err := c.store.Case(ctx, req.Team, ref)
		if err != nil {
			return handlers.Effect{}, err
		}
		if m := (matter{Request: req, Case: one}); d.allows(m) && len(choices) < page {
			choices = append(choices, handlers.Choice{Label: handlers.Shorten(d.label+" "+name(one), handlers.MaxLabel),
				Words: []string{strings.ToLower(string(ref))}, Action: handlers.Action{Verb: d.verb, Arg: m.arg()}})
		}
	}
	if len(choices) == 0 {
		return req.Tell(handlers.Text("There is no result of that name that this can be done to just now. “results” lists all.")), nil
	}
	return req.Tell(handlers.Text("To which one? Choose it, or say it with its reference."), handlers.ChooseFirst(choices...)), nil
}

// wordsOf are the words of a protocol.
func wordsOf(p *knowledge.Protocol) map[string]bool {
	words := map[string]bool{}
	for _, section := range p.Sections() {
		for _, clause := range section.Clauses {
			for _, w := range strings.Fields(handlers.Fold(clause.Text)) {
				words[strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })] = true
			}
		}
	}
	return words
}
