package clerk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/search"
)

// Verbs of the choices that this package gives out, beside those of the table of deeds, with their
// arguments as in handlers/verbs.go. A matter is "REFERENCE@CHANGED", so that a change made since
// it was drawn is noticed.
const (
	Queue       = "clerk.queue"       // [query]
	Search      = "clerk.search"      // the verb to search with, query
	Register    = "clerk.register"    // [query]
	Partnership = "clerk.partnership" // reference
	Compare     = "clerk.compare"     // two references
	Questions   = "clerk.questions"
	Open        = "clerk.open" // none: conditions of the register
	Due         = "clerk.due"  // none: what the register has to come
	Status      = "clerk.status"
	Asked       = "clerk.asked"     // clause, or empty for those without
	Files       = "clerk.file"      // kind, [reference]
	Answer      = "clerk.answer"    // none: typed alone, of what was returned
	TakeUp      = "clerk.take_up"   // matter, as all deeds
	Return      = "clerk.return"    // matter
	Decide      = "clerk.decide"    // matter
	Condition   = "clerk.condition" // matter, fact
	Edit        = "clerk.edit"      // matter
	Save        = ".save"           // matter, put behind the verb of a deed: what its window sends
)

// page is how many results are listed at once.
const page = 10

// Store finds what is shown.
type Store interface {
	// Case is what the history of a reference comes to, Record its newest revision;
	// History lists its entries, oldest first.
	Case(context.Context, handlers.TeamID, assessment.Reference) (handlers.Case, error)
	Record(context.Context, handlers.TeamID, assessment.Reference) (assessment.Record, error)
	History(context.Context, handlers.TeamID, assessment.Reference) ([]handlers.Entry, error)
	// Cases lists up to limit of what a filter lets through, after a reference or from
	// the beginning where that is empty.
	Cases(ctx context.Context, team handlers.TeamID, f handlers.Filter, after assessment.Reference, limit int) (handlers.Page, error)
	Drafts(context.Context, handlers.TeamID, handlers.PersonID) ([]assessment.Draft, error)
	// Records lists up to limit results of a person, the highest reference first; before is empty.
	Records(ctx context.Context, team handlers.TeamID, author handlers.PersonID, before assessment.Reference, limit int) ([]assessment.Record, error)
	QuestionStore
}

// QuestionStore finds what was asked.
type QuestionStore interface {
	// Questions gives those asked since a time to fn, in no order.
	Questions(ctx context.Context, team handlers.TeamID, since time.Time, fn func(handlers.Question) error) error
	// OpenInquiries are those without a reply, oldest first.
	OpenInquiries(context.Context, handlers.TeamID) ([]handlers.Inquiry, error)
}

// Clerk is the use case. It is safe for concurrent use.
type Clerk struct {
	store    Store
	protocol *knowledge.Protocol
	notify   []handlers.Place
	common   map[string]bool // the protocol's words, which name nothing
}

// New returns the use case; notify is where the clerk is told of things.
func New(store Store, p *knowledge.Protocol, notify []handlers.Place) *Clerk {
	return &Clerk{store: store, protocol: p, notify: notify, common: wordsOf(p)}
}

// Routes are what can be asked for.
func (c *Clerk) Routes() []handlers.Route {
	routes := []handlers.Route{
		{Verb: handlers.ClerkResults, Handle: c.results, Page: true, Intent: search.Results,
			Words: []string{"results", "my results", "show results", "show my results", "list results", "list", "assessments", "my assessments", "all my assessments", "all results",
				"history", "my history", "submissions", "my submissions"},
			Help: "results: the assessments you have submitted. The clerk sees everyone's."},
		{Verb: Queue, Handle: c.queue, Page: true, Words: append([]string{"queue", "the queue", "queue …"}, lists.Phrases("waiting")...),
			Clerk: true, Help: "queue: what waits for review. “queue canal”, “queue decided from 1 March 2026” or “queue by @someone” finds more."},
		{Verb: Queue + ".found", Handle: forDesk(c.searched), Words: []string{"search for …", "search …", "find me …", "find …", "look for …"}},
		{Verb: Search, Handle: c.search},
		{Verb: handlers.ClerkShow, Handle: c.onMatter(c.show), Words: []string{"show …"},
			Help: "show PA-2026-0007: one result in full, with what you can do with it: assess it again, share it, withdraw it."},
		{Verb: handlers.ClerkAnswers, Handle: c.onMatter(c.rather(c.answers))},
		{Verb: handlers.ClerkClauses, Handle: c.onMatter(c.clauses)},
		{Verb: handlers.ClerkConditions, Handle: c.onMatter(c.rather(c.conditions))},
		{Verb: handlers.ClerkWhy, Handle: c.onMatter(c.why)},
		{Verb: handlers.ClerkNext, Handle: c.onMatter(c.next)},
		{Verb: handlers.ClerkChange, Handle: c.onMatter(c.rather(c.change))},
		{Verb: handlers.ClerkChange + ".own", Handle: c.mistaken, Intent: search.Mistaken},
		{Verb: handlers.ClerkStands, Handle: c.onMatter(c.rather(c.stands))},
		{Verb: handlers.ClerkStands + ".asked", Handle: c.said, Intent: search.ClerkSaid},
		{Verb: handlers.ClerkStands + ".own", Handle: c.standing, Intent: search.Standing},
		{Verb: handlers.ClerkStands + ".needed", Handle: c.needed, Intent: search.Needed},
		{Verb: Register, Handle: handlers.ClerkOnly(c.register), Page: true, Words: []string{"register", "the register", "partnerships", "register of partnerships"},
			Clerk: true, Help: "register: the partnerships that the Council has joined."},
		{Verb: Register + ".asked", Handle: forDesk(c.register), Intent: search.Joined},
		{Verb: Partnership, Handle: unlessAsked(c.named(c.onMatter(c.partnership))), Words: []string{"register …", "partnership …"}},
		{Verb: Compare, Handle: unlessAsked(c.compare), Words: []string{"compare …"},
			Clerk: true, Help: "compare PA-2026-0007 PA-2026-0012: what two assessments judge differently."},
		{Verb: Questions, Handle: handlers.ClerkOnly(c.questions), Page: true, Words: []string{"questions", "my questions"},
			Clerk: true, Help: "questions: what I could not answer, and what waits for your reply. “notes” are the replies that you keep for others."},
		{Verb: Asked, Handle: handlers.ClerkOnly(c.asked)},
		{Verb: Files, Handle: handlers.ClerkOnly(c.file)},
		{Verb: Files + ".register", Handle: handlers.ClerkOnly(c.typedFile(registerPDF)), Page: true, Words: registerWords},
		{Verb: Files + ".everything", Handle: handlers.ClerkOnly(c.typedFile(everythingCSV)), Page: true, Words: everythingWords},
		{Verb: Files + ".report", Handle: unlessAsked(c.typedFile(reportPDF)), Words: []string{"report …"},
			Clerk: true, Help: "report PA-2026-0007, register pdf, everything csv: files for a committee or a spreadsheet."},
		{Verb: Open, Handle: forDesk(c.open), Page: true, Words: openWords,
			Clerk: true, Help: "conditions: what is still open for the partnerships in the register, the soonest due first."},
		{Verb: Due, Handle: forDesk(c.due), Page: true, Words: []string{"due", "what is due", "overdue"}, Intent: search.Due,
			Clerk: true, Help: "due: the reviews and conditions of the register that are overdue, or come next."},
		{Verb: Status, Handle: forDesk(c.status), Page: true, Words: []string{"status", "the status", "overview", "statistics", "stats", "numbers", "figures",
			"how things stand", "how many results", "how many results are there", "how many assessments", "how many assessments are there"}, Intent: search.Waiting},
		{Verb: handlers.ClerkStands + ".own", Handle: c.standing, Page: true, Words: []string{"status", "my status"}},
		{Verb: Answer, Handle: c.answer, Words: []string{"answer it"}},
		{Verb: handlers.ClerkHourly, Handle: c.hourly},
		{Verb: handlers.ClerkHome, Handle: c.home, Page: true, Words: []string{"home"}},
	}
	return slices.Concat(routes, c.deedRoutes(), c.hintRoutes())
}

// deedRoutes are what the desk and authors do to a result.
func (c *Clerk) deedRoutes() (routes []handlers.Route) {
	for _, d := range deeds {
		if d.verb == Condition {
			routes = append(routes,
				handlers.Route{Verb: Condition + ".add", Handle: c.add(d), Words: openings(addWords)},
				handlers.Route{Verb: Condition + ".listed", Handle: c.ticked(d), Words: []string{"condition …", "tick off …", "tick …"}},
				handlers.Route{Verb: Condition + ".met", Handle: c.markedMet(d), Words: []string{"mark …", "condition …", "set …"}})
		}
		asks := withoutColon(d, shown(d, c.byItsName(d, c.onMatter(c.ask(d)))))
		routes = append(routes,
			handlers.Route{Verb: d.verb, Handle: asks, Words: openings(d.words)},
			handlers.Route{Verb: d.verb + ".typed", Handle: outside(asks), Words: openings(d.before)},
			handlers.Route{Verb: d.save(), Handle: c.onMatter(c.do(d))})
	}
	return routes
}

// unlessAsked is the clerk's only, but for what others type: that may be a question that begins
// like a command.
func unlessAsked(h handlers.Handler) handlers.Handler {
	only := handlers.ClerkOnly(h)
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		if !req.Clerk && req.Text != "" && req.Action.Arg != "" {
			return handlers.Effect{}, handlers.ErrNotMeant
		}
		return only(ctx, req)
	}
}

// matter is a request about one assessment that the person may see: their own, or any
// for the clerk.
type matter struct {
	handlers.Request
	handlers.Case
	record assessment.Record
	own    bool
	// stamp is the Case.Changed that the person saw, 0 where the action carries none.
	stamp int
	// rest is what the argument holds behind the reference; given, what was put into a
	// window before.
	rest  string
	given map[string]string
}

// view is what handles a request about a matter.
type view func(context.Context, matter) (handlers.Effect, error)

// onMatter finds the assessment that an action names.
func (c *Clerk) onMatter(h view) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		m := matter{Request: req}
		named, ok := m.read(req.Action.Arg)
		typed := req.Text != "" && !m.stamped()
		switch {
		case !ok && typed && misnamed.MatchString(req.Action.Arg):
			return req.Tell(handlers.Text("I cannot read that reference. Write it like PA-2026-0007, or just its number.")), nil
		case !ok && typed:
			return handlers.Effect{}, handlers.ErrNotMeant
		case !ok:
			return unseen(req), nil
		}
		ok, err := c.find(ctx, &m, named)
		switch {
		case err != nil:
			return handlers.Effect{}, err
		case !ok:
			return unseen(req), nil
		}
		e, err := h(ctx, m)
		if len(e.Replies) > 0 && e.Replies[0].Result == "" { // or of another that it turned to
			e.Replies[0].Result = m.Reference
		}
		return e, err
	}
}

// find reports whether there is a matter of that name that the person may see.
func (c *Clerk) find(ctx context.Context, m *matter, named handlers.Named) (ok bool, err error) {
	ref, err := named.Find(ctx, m.At.In(handlers.CouncilTime()).Year(), func(ctx context.Context, ref assessment.Reference) error {
		one, err := c.store.Case(ctx, m.Team, ref)
		if err == nil && !m.Clerk && one.Author != m.Person {
			err = handlers.ErrNotFound
		}
		return err
	})
	if err != nil {
		return false, err
	}
	m.Case, err = c.store.Case(ctx, m.Team, ref)
	if errors.Is(err, handlers.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	m.own = m.Author != "" && m.Author == m.Person
	if !m.own && !m.Clerk {
		return false, nil
	}
	m.record, err = c.store.Record(ctx, m.Team, ref)
	return err == nil, err
}

func unseen(req handlers.Request) handlers.Effect {
	return req.Tell(handlers.Text("I can't find a result with that reference among those you can see. Say “results” to list them."))
}

// opened records who read another person's result.
func (m matter) opened(e handlers.Effect) handlers.Effect {
	if !m.own {
		e.Entries = append(e.Entries, handlers.Entry{
			Reference: m.Reference, Number: m.Number + 1, At: m.At, By: m.Person, Act: handlers.Read})
	}
	return e
}

// name is what a matter is called, in running text and as a heading.
func name(c handlers.Case) string {
	return string(c.Reference) + ": " + handlers.Shorten(c.Name(), 100)
}

// home draws the person's home page.
func (c *Clerk) home(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	parts := []handlers.Part{
		handlers.Heading("The Partnerships Protocol"),
		handlers.Text("Ask about the protocol in your own words, or see whether working in partnership is appropriate."),
		handlers.Choose(
			handlers.Choice{Label: "Ask", Action: handlers.Action{Verb: handlers.AskInvite}},
			handlers.Choice{Label: "Start an assessment", Action: handlers.Action{Verb: handlers.AssessStart, Arg: "new"}, Primary: true},
		),
	}
	drafts, err := c.drafts(ctx, req)
	if err != nil {
		return handlers.Effect{}, err
	}
	listed := query{verb: handlers.ClerkHome, shown: newest}
	if req.Clerk {
		listed = query{verb: handlers.ClerkHome, shown: waiting}
	}
	if arg := req.Action.Arg; arg != "" || len(req.Values) > 0 {
		listed = readQuery(handlers.ClerkHome, arg).with(req.Values)
	}
	list, err := c.list(ctx, req, listed)
	if err != nil {
		return handlers.Effect{}, err
	}
	parts = append(append(parts, drafts...), list...)
	e := handlers.Effect{Replies: []handlers.Reply{{To: handlers.Direct(req.Person), Home: true, Parts: parts}}}
	if req.Text != "" { // typed: then the page alone would be silence
		e.Replies = append(e.Replies, handlers.Reply{To: req.Private(), Parts: []handlers.Part{
			handlers.Text("Your home page is up to date.")}})
	}
	return e, nil
}

// deskChoices lead to what the clerk keeps beside the queue.
func deskChoices() []handlers.Choice {
	return []handlers.Choice{
		registerChoice(),
		{Label: "Questions", Action: handlers.Action{Verb: Questions}},
		fileChoice(registerPDF, ""), fileChoice(everythingCSV, ""),
	}
}

// drafts lists what the person has begun.
func (c *Clerk) drafts(ctx context.Context, req handlers.Request) ([]handlers.Part, error) {
	drafts, err := c.store.Drafts(ctx, req.Team, req.Person)
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	var choices []handlers.Choice
	for _, d := range drafts[:min(page, len(drafts))] {
		title := strings.TrimSpace(d.Answers[assessment.Title].Text)
		if title == "" {
			title = "not yet named"
		}
		choices = append(choices, handlers.Choice{
			Label:  handlers.Shorten(title, 50) + ", begun " + d.Started.In(handlers.CouncilTime()).Format("2 January"),
			Action: handlers.Action{Verb: handlers.AssessGoOn, Arg: string(d.ID)},
		})
	}
	return []handlers.Part{handlers.Heading("My drafts"), handlers.Choose(choices...)}, nil
}
