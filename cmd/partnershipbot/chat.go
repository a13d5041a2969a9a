package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// The people in a terminal. Their own team keeps them apart from a council's Slack if both
// use the same data file.
const (
	terminalTeam handlers.TeamID   = "terminal"
	councillor   handlers.PersonID = "councillor"
	clerkPerson  handlers.PersonID = "clerk"
)

// runChat holds a conversation in the terminal.
func runChat(ctx context.Context, e environ, s settings, args []string) (err error) {
	person := handlers.PersonID(strings.ToLower(s.as))
	switch {
	case person != councillor && person != clerkPerson:
		return usagef("-as %s: you can be councillor or clerk", clean(s.as))
	case len(args) > 0:
		return usagef("it takes no question: type it in the conversation, or use partnershipbot ask")
	}
	p, err := loadProtocol(s)
	if err != nil {
		return err
	}
	store, err := boltstore.Open(s.db, boltstore.Options{Log: e.log()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	con, err := openConsole(e)
	if err != nil {
		return err
	}
	// Deferred, so that it also happens after a panic: a shell in raw mode is of no use to
	// anybody.
	defer func() { err = errors.Join(err, con.close()) }()
	// Only errors are shown: they say what the apology on the screen leaves out.
	log := slog.New(slog.NewTextHandler(con.log, &slog.HandlerOptions{Level: slog.LevelError}))
	s.local = true
	service, err := newService(s, store, handlers.Listed{clerkPerson}, []handlers.Place{handlers.Direct(clerkPerson)}, log)
	if err != nil {
		return err
	}
	defer takeErrands(ctx, s.db, store, log)()
	defer forgetNightly(ctx, s.retention, store, log)()
	c := chat{store: store, service: service, console: con, person: person}
	if err := c.run(ctx, p, s.db); err != nil && ctx.Err() == nil {
		return err
	}
	if err := con.close(); err != nil {
		return err
	}
	// Drawn without the keyboard, which has been closed.
	t := terminal{out: e.stdout, width: con.draw().width}
	return t.write(append([]string{""}, t.wrap("", "", goodbye)...))
}

const goodbye = "Goodbye. All of this is kept: start the same command again to go on."

// chat is one person's conversation.
type chat struct {
	store   *boltstore.Store
	service *handlers.Service
	console console
	person  handlers.PersonID
}

func (c chat) place() handlers.Place { return handlers.Direct(c.person) }

// run leads the conversation until the person leaves or ctx ends.
func (c chat) run(ctx context.Context, p *knowledge.Protocol, db string) error {
	if err := c.welcome(p, db); err != nil {
		return err
	}
	if err := c.catchUp(ctx); err != nil {
		return err
	}
	if err := c.goOn(ctx); err != nil {
		return err
	}
	for {
		line, err := c.read(ctx)
		text := strings.TrimSpace(clean(line))
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errTooLong):
			err = c.tell(handlers.Text("That line is too long for me, and I have not read it. Please say it more briefly."))
		case err != nil:
			return err
		default:
			err = c.typed(ctx, text)
		}
		switch {
		case errors.Is(err, errLeft):
			return nil
		case err != nil:
			return err
		}
	}
}

// errLeft means that the person has left the conversation.
var errLeft = errors.New("conversation was left")

// typed handles what the person typed. It is either a word that leaves the conversation, at
// any point and without losing an assessment under way, or a turn.
func (c chat) typed(ctx context.Context, text string) error {
	if among(quitWords, text) {
		return errLeft
	}
	return c.say(ctx, handlers.Turn{Text: text})
}

// welcome says what can be asked, who the person is and where the data is kept.
func (c chat) welcome(p *knowledge.Protocol, db string) error {
	t := c.console.draw()
	who := "You are the councillor here; -as clerk makes you the clerk."
	say := "Say “assess” to see whether working in partnership is appropriate, “results” for what you have submitted, or “help”."
	if c.person == clerkPerson {
		who = "You are the clerk here."
		say = "Say “queue” for what waits for review, “show” and a reference to read one whole, “register”, or “help”."
	}
	if err := t.parts([]handlers.Part{
		handlers.Heading(p.Title()),
		handlers.Text("Ask me about it in your own words, for example:"),
		handlers.List("what is a partnership?", "who represents the Council?", "do we need anything in writing?"),
		handlers.Text(say + " Type a choice as its number or in words. “quit” or Ctrl-D leaves, and nothing is lost."),
		handlers.Note(who),
	}); err != nil {
		return err
	}
	if whole, err := filepath.Abs(db); err == nil {
		db = whole
	}
	// A path is not broken into lines, so that it can be copied.
	return t.write(t.styled(dim, []string{"Data file: " + clean(db)}))
}

// catchUp finishes the turns that an earlier run left behind, and shows what is waiting for
// the person.
func (c chat) catchUp(ctx context.Context) error {
	// What is done by the clock is done now, when somebody is there to hear of it.
	for _, verb := range handlers.Hourly() {
		upkeep := handlers.Turn{ID: rand.Text(), Team: terminalTeam, At: time.Now(), Action: handlers.Action{Verb: verb}}
		if _, err := c.store.Accept(ctx, upkeep); err != nil {
			return err
		}
		if _, err := c.service.Handle(ctx, upkeep); err != nil {
			return err
		}
	}
	// Both lists leave out what is set aside, so that is told first.
	aside, err := c.store.Aside(ctx)
	if err != nil {
		return err
	}
	if text := aside.String(); text != "" {
		if err := c.tell(handlers.Note(handlers.Sentence(text) + ".")); err != nil {
			return err
		}
	}
	turns, err := c.store.Inbox(ctx)
	if err != nil && !errors.Is(err, handlers.ErrSetAside) {
		return err
	}
	for _, t := range turns {
		if t.Team != terminalTeam {
			continue
		}
		if _, err := c.service.Handle(ctx, t); err != nil {
			return err
		}
	}
	out, err := c.store.Outbox(ctx)
	if err != nil && !errors.Is(err, handlers.ErrSetAside) {
		return err
	}
	out = c.mine(out)
	if slices.ContainsFunc(out, func(o handlers.Outgoing) bool { return !o.Reply.Update }) {
		if err := c.tell(handlers.Note("While you were away:")); err != nil {
			return err
		}
	}
	return c.show(ctx, out)
}

// goOn repeats the open question of an assessment under way, or says that an assessment was
// left for later.
func (c chat) goOn(ctx context.Context) error {
	now, err := c.conversation(ctx)
	if err != nil {
		return err
	}
	drafts, err := c.store.Drafts(ctx, terminalTeam, c.person)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(drafts, func(d assessment.Draft) bool { return d.ID == now.Draft }) {
		if err := c.tell(handlers.Note("You have an assessment under way. This is where you were:")); err != nil {
			return err
		}
		return c.say(ctx, handlers.Turn{Action: handlers.Action{Verb: handlers.AssessGoOn, Arg: string(now.Draft)}})
	}
	if len(drafts) == 0 {
		return nil
	}
	return c.tell(handlers.Note("You have left an assessment for later: say “go on” to take it up again."))
}

// read waits for a line, but no longer than ctx lasts.
func (c chat) read(ctx context.Context) (string, error) { return c.next(ctx, c.console.read) }

func (c chat) next(ctx context.Context, take func() (string, error)) (string, error) {
	type result struct {
		line string
		err  error
	}
	read := make(chan result, 1) // buffered, so that the reader never blocks if nobody is waiting any more
	go func() {
		defer func() {
			if p := recover(); p != nil { // otherwise the terminal would be left in raw mode
				read <- result{err: fmt.Errorf("panic: %v", p)}
			}
		}()
		line, err := take()
		read <- result{line, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case r := <-read:
		if r.err != nil && !errors.Is(r.err, io.EOF) && !errors.Is(r.err, errTooLong) {
			return "", fmt.Errorf("read what was typed: %w", r.err)
		}
		return r.line, r.err
	}
}

func (c chat) conversation(ctx context.Context) (handlers.Conversation, error) {
	return handlers.Recall(ctx, c.store, terminalTeam, c.place().Conversation())
}

// turn completes a turn that this person takes now.
func (c chat) turn(t handlers.Turn) handlers.Turn {
	t.ID, t.Team, t.Person, t.Place, t.At, t.Trigger = rand.Text(), terminalTeam, c.person, c.place(), time.Now(), here
	return t
}

// say runs one of the person's turns and shows the replies.
func (c chat) say(ctx context.Context, t handlers.Turn) error {
	t = c.turn(t)
	if _, err := c.store.Accept(ctx, t); err != nil {
		return err
	}
	done := c.console.wait()
	out, err := c.service.Handle(ctx, t)
	done()
	if err != nil {
		return err
	}
	return c.show(ctx, c.mine(out))
}

// mine leaves out replies to anybody else, which stay in the outbox for them.
func (c chat) mine(out []handlers.Outgoing) []handlers.Outgoing {
	return slices.DeleteFunc(slices.Clone(out), func(o handlers.Outgoing) bool {
		return o.Team != terminalTeam || o.Reply.To.Conversation() != c.place().Conversation()
	})
}

// show draws replies and takes them out of the outbox.
func (c chat) show(ctx context.Context, out []handlers.Outgoing) error {
	now, err := c.conversation(ctx)
	if err != nil {
		return err
	}
	t := c.console.draw()
	t.offer = &now.Offer
	for i, o := range out {
		asks := o.Reply.Window.Alone()
		o.Reply.Parts = latest(o.Reply, out[i+1:])
		if !o.Reply.Update && !asks { // what has been printed cannot be updated
			if err := t.gap(); err != nil {
				return err
			}
			draw := t.parts
			if o.Reply.Home {
				draw = t.page
			}
			if err := draw(o.Reply.Parts); err != nil {
				return err
			}
		}
		// The person has read it, even if the program is now being stopped.
		if err := c.store.Sent(context.WithoutCancel(ctx), o, ""); err != nil {
			return err
		}
		if err := c.follow(ctx, o.Reply, asks); err != nil {
			return err
		}
	}
	return nil
}

// latest returns the parts of a reply that is yet to be shown, as later replies update them. A
// reply whose slot has passed to a newer message stays as it was said.
func latest(r handlers.Reply, rest []handlers.Outgoing) []handlers.Part {
	parts := r.Parts
	for _, o := range rest {
		switch {
		case r.Slot == "" || o.Reply.Slot != r.Slot:
		case !o.Reply.Update:
			return r.Parts
		default:
			parts = o.Reply.Parts
		}
	}
	return parts
}

// follow asks for the inputs of a reply's window, or saves its file.
func (c chat) follow(ctx context.Context, r handlers.Reply, asks bool) error {
	switch {
	case asks:
		return c.fill(ctx, *r.Window)
	case r.File != nil:
		return c.save(ctx, *r.File)
	}
	return nil
}

// tell shows something that is not a reply to a turn.
func (c chat) tell(parts ...handlers.Part) error {
	t := c.console.draw()
	if err := t.gap(); err != nil {
		return err
	}
	return t.parts(parts)
}
