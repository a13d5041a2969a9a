package assess

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/search"
)

// Verbs of the choices that this package gives out, with their arguments as in handlers/verbs.go.
// Those of all but Resume, Drafts, List and AnswerIt begin with the draft's id, which is left out here.
const (
	Resume    = "assess.resume" // none: go on with what is under way
	Drafts    = "assess.drafts" // none
	Answer    = "assess.answer" // step, value
	Done      = "assess.done"   // step; values from the form
	Skip      = "assess.skip"   // step
	Leave     = "assess.leave"  // step
	Right     = "assess.right"  // key of what was understood: that is what was meant
	Wrong     = "assess.wrong"  // key of what was understood: it is not
	Back      = "assess.back"   // step, or "summary"
	Why       = "assess.why"    // step
	Note      = "assess.note"   // [step or fact]
	Noted     = "assess.noted"  // fact; what is typed is the note
	ToSummary = "assess.summary"
	Rewrite   = "assess.rewrite" // fact; what is typed is the new text
	Unnote    = "assess.unnote"  // fact
	Later     = "assess.later"
	Stop      = "assess.stop"
	Discard   = "assess.discard"
	Change    = "assess.change" // [step or fact]
	CarryOn   = "assess.carry_on"
	CarryOver = "assess.carry_over" // none: keep the answers under the present rules
	Afresh    = "assess.afresh"     // none: drop them
	Plan      = "assess.plan"       // [fact]: who will see to a condition
	Planned   = "assess.planned"    // fact; what is typed says who
	Submit    = "assess.submit"     // key of the answers
	List      = "assess.list"
	Plainly   = "assess.plainly" // step
	Progress  = "assess.progress"
	Whose     = "assess.whose"
	Restart   = "assess.restart" // [surely]
	Because   = "assess.because"
	AnswerIt  = "assess.answer_it" // none: what the clerk has sent back
)

// Store finds what the dialogue works on.
type Store interface {
	handlers.Conversations
	Draft(context.Context, handlers.TeamID, assessment.DraftID) (assessment.Draft, error)
	// Drafts are a person's own, newest first.
	Drafts(context.Context, handlers.TeamID, handlers.PersonID) ([]assessment.Draft, error)
	NextReference(ctx context.Context, team handlers.TeamID, year int) (assessment.Reference, error)
	// Records lists a person's own results, the highest reference first; before is empty.
	Records(ctx context.Context, team handlers.TeamID, author handlers.PersonID, before assessment.Reference, limit int) ([]assessment.Record, error)
	// Record is the newest revision of a result.
	Record(context.Context, handlers.TeamID, assessment.Reference) (assessment.Record, error)
	// Case is how a result stands with the clerk.
	Case(context.Context, handlers.TeamID, assessment.Reference) (handlers.Case, error)
	IdleStore
}

// Assess is the use case. It is safe for concurrent use.
type Assess struct {
	store    Store
	protocol *knowledge.Protocol
	notify   []handlers.Place
	keptDays int // how long an untouched draft is kept
}

// New returns the use case; notify is where each stored result is announced, keptDays how
// long an untouched draft is kept.
func New(store Store, p *knowledge.Protocol, notify []handlers.Place, keptDays int) *Assess {
	return &Assess{store: store, protocol: p, notify: notify, keptDays: keptDays}
}

// openings stand before the name of a proposal.
var openings = []string{"should we join", "should we partner", "should we work with", "should we get involved",
	"should the council join", "should the council partner", "we have been asked to join", "we've been asked to join",
	"we have been invited to join", "we've been invited to join"}

// unnamed names no proposal.
var unnamed = regexp.MustCompile(`(?i)\b(partnerships?|proposal|partner|it|this|that|one|me|us|something|someone|scheme|project|whether|if|now|please)$`)

// startWords ask for an assessment, whether there can be one or not.
func startWords() []string {
	return []string{"assess", "assessment", "start", "start assessment", "start an assessment", "start the assessment",
		"new assessment", "begin assessment", "do an assessment"}
}

// Routes are what can be asked for.
func (a *Assess) Routes() []handlers.Route {
	routes := []handlers.Route{{
		Verb: handlers.AssessStart, Handle: a.start,
		Words: startWords(),
		Help:  "assess: I lead you through “is partnership working appropriate?”, one question at a time. Or tell me what is proposed, and I begin with that.",
	}, {
		Verb: Drafts, Handle: a.drafts, Page: true, Words: []string{"drafts", "my drafts", "show drafts", "show my drafts", "list drafts"},
		Help: "drafts: the assessments you have begun and not yet submitted.",
	},
		{Verb: handlers.AssessStart, Handle: a.another, Words: []string{"start a new one", "start new", "start another", "start another one", "start a fresh one", "begin a new one", "begin another", "begin another one"}},
		{Verb: handlers.AssessStart, Handle: a.asked, Intent: search.Assess},
		{Verb: Resume, Handle: a.resume, Words: []string{"carry on", "go on", "continue", "resume", "carry on with it", "go on with it", "let's carry on",
			"let's go on", "let's continue", "carry on please", "continue please", "continue the assessment", "resume the assessment",
			"carry on with the assessment", "go on with the assessment", "continue my assessment", "resume my assessment", "where was i", "where were we",
			"pick up where i left off", "pick up where we left off", "carry on where i left off",
			"go on then", "oh go on then", "ok go on", "ok go on then", "yes go on", "yes go on then", "oh yes go on then", "ok carry on", "yes carry on", "carry on then", "ok continue", "yes continue"}},
		{Verb: Resume, Handle: a.resumed, Intent: search.Resume},
		{Verb: Stop, Handle: a.discarding, Intent: search.Discard},
		{Verb: List, Handle: a.list, Page: true, Words: []string{"list", "question", "options", "choices"}},
		{Verb: handlers.AssessAgain, Handle: a.again, Words: []string{"assess again …", "reassess …", "re-assess …"}},
		{Verb: AnswerIt, Handle: a.answerIt, Words: []string{"answer it", "answer the clerk", "answer the question", "answer the clerk's question", "reply to the clerk",
			"reply to it", "i want to answer it", "let me answer it", "answer that", "answer"}},
		{Verb: handlers.AssessShare, Handle: a.share},
		{Verb: handlers.AssessHourly, Handle: a.hourly},
	}
	for verb, step := range a.steps() {
		routes = append(routes, handlers.Route{Verb: verb, Handle: a.onDraft(step)})
	}
	return routes
}

// steps are what can be done to a draft, by verb.
func (a *Assess) steps() map[string]func(context.Context, scene) (handlers.Effect, error) {
	return map[string]func(context.Context, scene) (handlers.Effect, error){
		handlers.AssessGoOn: a.goOn, Answer: a.answer, Done: a.done, Skip: a.skip, Leave: a.leave, Right: a.right, Wrong: a.wrong,
		Back: a.back, Why: a.why, Note: a.note, Noted: a.noted, Rewrite: a.rewrite, handlers.AssessWrite: a.written, ToSummary: a.toSummary, Unnote: a.unnote, Later: a.later, Stop: a.stop,
		Discard: a.discard, Change: a.change, CarryOn: a.carryOn, CarryOver: a.carryOver, Afresh: a.afresh, Submit: a.submit,
		Plan: a.plan, Planned: a.planned, Plainly: a.plainly, Progress: a.progress, Whose: a.whose, Restart: a.restart, Because: a.because,
	}
}

// Owns reports whether a verb is one of the dialogue's.
func (a *Assess) Owns(verb string) bool { return strings.HasPrefix(verb, "assess.") }

// scene is a request about one draft of the person's own. It is passed by value, and a copy is
// independent: the maps and slices in it are replaced and never written to, but for read, which
// only remembers.
type scene struct {
	handlers.Request
	desk  handlers.Conversation // the person's direct conversation
	draft assessment.Draft
	args  []string // of the action, after the draft's id
	read  suggestions
	// more is what was understood of words beside an answer.
	more assessment.Answers
	// waits is what was to be confirmed before the request, while something else is read, and
	// waitsAt the step that it was put at.
	waits   *assessment.Heard
	waitsAt assessment.Step
	// unsaid is true where the person cannot explain their answer yet.
	unsaid bool
	// both is a fact that was ticked as there and as not needed.
	both assessment.FactID
	// before goes before what is put.
	before []handlers.Part
	// had are the answers before the request, and changing says that one of them was being
	// changed.
	had      assessment.Answers
	changing bool
	// short has the summary show what was changed alone, not every answer: the lines of brief,
	// which there are none of where what was changed is told before.
	short bool
	brief []string
}

func newScene(req handlers.Request, desk handlers.Conversation, d assessment.Draft) scene {
	return scene{Request: req, desk: desk, draft: d, read: suggestions{}}
}

// sceneOf is a request about a draft as it is stored.
func sceneOf(req handlers.Request, desk handlers.Conversation, d assessment.Draft) scene {
	s := newScene(req, desk, d)
	s.had, s.changing = d.Answers, changes(d)
	return s
}

func (s scene) arg(i int) string {
	if i < len(s.args) {
		return s.args[i]
	}
	return ""
}

// status chooses the wording for a new or an existing partnership.
func (s scene) status() assessment.Value { return s.draft.Answers[assessment.Status].Word }

// title is what the proposal is called in running text.
func (s scene) title() string {
	if t := s.draft.Answers[assessment.Title].Text; t != "" {
		return "“" + handlers.Shorten(t, 50) + "”"
	}
	return "your assessment"
}

// slot names the message that holds the draft's open question.
func (s scene) slot() string { return "assess " + string(s.draft.ID) }

// ofAnyVersion are the verbs that need no decision about a draft begun under an older
// protocol or older rules.
var ofAnyVersion = []string{Later, Stop, Discard, CarryOver, Afresh}

// onDraft finds the draft that an action names and checks whose it is. What is not
// the person's own is answered as if it did not exist.
func (a *Assess) onDraft(step func(context.Context, scene) (handlers.Effect, error)) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		args := strings.Fields(req.Action.Arg)
		if len(args) == 0 {
			return a.gone(ctx, req)
		}
		desk, err := req.Own(ctx, a.store)
		if err != nil {
			return handlers.Effect{}, err
		}
		d, err := a.store.Draft(ctx, req.Team, assessment.DraftID(args[0]))
		switch {
		case errors.Is(err, handlers.ErrNotFound):
			return a.gone(ctx, req)
		case err != nil:
			return handlers.Effect{}, err
		case d.Author != string(req.Person):
			return a.gone(ctx, req)
		}
		s := sceneOf(req, desk, d)
		s.args = args[1:]
		if a.outdated(d) && !slices.Contains(ofAnyVersion, req.Action.Verb) {
			return a.put(s), nil
		}
		return step(ctx, s)
	}
}

func startNew(label string, words ...string) handlers.Choice {
	return handlers.Choice{Label: label, Action: handlers.Action{Verb: handlers.AssessStart, Arg: "new"}, Words: words}
}

// welcome begins an assessment.
func welcome() string {
	return "Let's see whether partnership working is appropriate. It takes " + handlers.Taking(handlers.Longest()) + ". Nothing is stored as a " +
		"result until you submit it, and you can stop and come back at any time."
}

// start begins an assessment, or offers to go on with one that is under way; what was told
// is always a new one.
func (a *Assess) start(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	desk, err := req.Own(ctx, a.store)
	if err != nil {
		return handlers.Effect{}, err
	}
	drafts, err := a.store.Drafts(ctx, req.Team, req.Person)
	if err != nil {
		return handlers.Effect{}, err
	}
	told, retold := toldIn(req)
	empty, begun := sorted(drafts)
	if len(begun) > 0 && req.Action.Arg != "new" && !retold {
		return offerToGoOn(req, begun), nil
	}
	s := newScene(req, desk, assessment.Draft{
		ID: draftID(req.Turn.ID), Author: string(req.Person), Answers: assessment.Answers{},
		Begun:    assessment.Thread{Channel: req.Place.Channel, Thread: req.Place.Thread},
		Versions: assessment.Present(a.protocol), Started: req.At,
	})
	if req.Place.Channel == "" {
		s.draft.Begun = assessment.Thread{}
	}
	s.draft.Told = told
	e := a.put(s, handlers.Text(welcome()))
	e.Dropped = empty
	return e, nil
}

// another begins a new assessment, whatever is under way.
func (a *Assess) another(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	req.Action.Arg = "new"
	return a.start(ctx, req)
}

// asked begins an assessment that somebody asks for in their own words, of whatever they
// name.
func (a *Assess) asked(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Conversation.Draft != "" {
		return handlers.Effect{}, handlers.ErrNotMeant
	}
	if tells(req.Text) {
		req.Action.Arg = toldArg + req.Text
	}
	return a.start(ctx, req)
}

// draftID is made from the turn, so that a turn run twice starts one draft.
func draftID(turn string) assessment.DraftID {
	sum := sha256.Sum256([]byte(turn))
	return assessment.DraftID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10])))
}

// put stores the draft as it now is and puts its open step, or the summary.
func (a *Assess) put(s scene, before ...handlers.Part) handlers.Effect {
	if s.desk.Draft != "" && s.desk.Draft != s.draft.ID && s.draft.Revision > 0 {
		before = append([]handlers.Part{handlers.Note("Now on " + s.title() + ".")}, before...)
	}
	before = slices.Concat(s.before, before)
	s.stillWaits()
	s.draft.Changed = s.At
	s.desk.Draft, s.desk.Awaits, s.desk.Told, s.desk.Result = s.draft.ID, handlers.Action{}, "", ""
	s.desk.Listens = listens(s.draft)
	return handlers.Effect{
		Replies:       []handlers.Reply{a.openReply(s, before...)},
		Drafts:        []assessment.Draft{s.draft},
		Conversations: []handlers.Conversation{s.desk},
	}
}

// listens reports whether the open step takes any words as its answer.
func listens(d assessment.Draft) bool {
	step, asks := current(d)
	return asks && len(step.First().Words) == 0
}

// closed rewrites the message that held a step to show what was answered.
func closed(s scene, parts ...handlers.Part) handlers.Reply {
	return handlers.Reply{To: s.Private(), Slot: s.slot(), Update: true, Parts: parts}
}
