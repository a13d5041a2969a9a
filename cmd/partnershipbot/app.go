package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"

	"partnershipbot/handlers"
	"partnershipbot/handlers/ask"
	"partnershipbot/handlers/assess"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/handlers/clerk"
	"partnershipbot/handlers/privacy"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/llm"
	"partnershipbot/knowledge/search"
)

// The embedded protocol and its index never change, so a process makes them once.
var (
	embedded      = sync.OnceValue(knowledge.Biddulph)
	embeddedIndex = sync.OnceValues(func() (*search.Index, error) { return search.New(embedded()) })
)

// loadProtocol reads the configured protocol, or takes the embedded one.
func loadProtocol(s settings) (*knowledge.Protocol, error) {
	if s.protocol == "" {
		return embedded(), nil
	}
	text, err := os.ReadFile(s.protocol)
	if err != nil {
		return nil, fmt.Errorf("read protocol: %w", err)
	}
	p, err := knowledge.Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.protocol, err)
	}
	return p, nil
}

// rulesApply refuses a protocol that the assessment's rules were not written for. It names
// only the first missing clause: the others would say much the same.
func rulesApply(p *knowledge.Protocol) error {
	err := assessment.CheckClauses(p)
	if err == nil {
		return nil
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Errorf("the assessment's rules were written for another text of the protocol: %s", first)
}

// newModel returns the configured language model, or nil if there is none. With a store, its daily
// ceilings hold across restarts.
func newModel(s settings, p *knowledge.Protocol, store *boltstore.Store, log *slog.Logger) *llm.Client {
	if s.model.Key == "" && s.model.BaseURL == "" {
		return nil
	}
	c := s.model
	if store != nil {
		used, err := store.ModelUse(context.Background())
		if err != nil && !errors.Is(err, handlers.ErrNotFound) {
			log.Warn("degraded: the model's calls today are counted anew", "err", err)
		}
		c.Earlier = llm.Usage{Day: used.Day, Calls: used.Calls, TokensIn: used.TokensIn, TokensOut: used.TokensOut}
		c.Keep = func(u llm.Usage) {
			store.KeepModelUse(boltstore.ModelUse{Day: u.Day, Calls: u.Calls, TokensIn: u.TokensIn, TokensOut: u.TokensOut})
		}
	}
	c.Protocol, c.Log, c.Vocabulary = p, log, search.NewVocabulary(p)
	return llm.New(c)
}

// train starts building the index of a protocol and returns a function that waits for it,
// so that the rest of the start-up can go on meanwhile.
func train(p *knowledge.Protocol) (index func() (*search.Index, error)) {
	index = embeddedIndex
	if p != embedded() {
		index = sync.OnceValues(func() (*search.Index, error) { return search.New(p) })
	}
	go func() { _, _ = index() }() // an error reaches whoever calls index
	return index
}

// newAsk returns the use case that answers questions; model may be nil.
func newAsk(p *knowledge.Protocol, trained func() (*search.Index, error), model *llm.Client, store ask.Store, notify []handlers.Place) (*ask.Ask, error) {
	index, err := trained()
	if err != nil {
		return nil, err
	}
	var reader ask.Model // stays nil without a model, which a nil *llm.Client in it would not
	if model != nil {
		reader = model
	}
	asking := ask.New(index, reader, store, p, notify)
	if rulesApply(p) != nil {
		asking = asking.WithoutRules()
	}
	return asking, nil
}

// newService wires the use cases to a store.
func newService(s settings, store *boltstore.Store, people handlers.People, notify []handlers.Place, log *slog.Logger) (*handlers.Service, error) {
	p, err := loadProtocol(s)
	if err != nil {
		return nil, err
	}
	return wiring{
		settings: s, protocol: p, trained: train(p), model: newModel(s, p, store, log),
		store: store, people: people, notify: notify, log: log,
	}.service()
}

// wiring is what a service is made from.
type wiring struct {
	settings settings
	protocol *knowledge.Protocol
	trained  func() (*search.Index, error)
	model    *llm.Client // nil: none
	store    *boltstore.Store
	people   handlers.People
	notify   []handlers.Place
	log      *slog.Logger
	turned   func(handler string, failed bool) // nil: told to nobody
}

func (w wiring) service() (*handlers.Service, error) {
	p, store, notify, log := w.protocol, w.store, w.notify, w.log
	asking, err := newAsk(p, w.trained, w.model, store, notify)
	if err != nil {
		return nil, err
	}
	if w.settings.protocol != "" {
		same, of := search.Recognised(p)
		log.Info("another protocol", "title", p.Title(), "recognised", same, "clauses", of)
	}
	whole := assess.New(store, p, notify, w.settings.retention.Drafts)
	var assessing interface {
		handlers.Dialogue
		Routes() []handlers.Route
		Beside(handlers.Handler) handlers.Handler
	} = whole
	if err := rulesApply(p); err != nil {
		log.Warn("no assessments", "err", err)
		assessing = assess.Unavailable{Of: whole}
	}
	desk := clerk.New(store, p, notify)
	routes := slices.Concat(desk.NamedRoutes(), asking.Routes(), assessing.Routes(), desk.Routes(), notice(w.settings, w.model, notify).Routes())
	routes = append(routes, handlers.HelpRoute(routes))
	return handlers.New(handlers.Config{
		Store: store, People: w.people, Log: log, Turned: w.turned,
		Routes: append(routes, handlers.StrayRoute()), Dialogue: assessing, Fallback: assessing.Beside(desk.Fallback(routes, asking.Typed)),
		Files: deskFiles(store, log),
	}), nil
}

// notice is the privacy notice under these settings.
func notice(s settings, model *llm.Client, notify []handlers.Place) privacy.Notice {
	n := privacy.Notice{Retention: s.retention, Terminal: s.local}
	if model != nil {
		n.Model = model.Where()
	}
	n.Channel = slices.ContainsFunc(notify, func(to handlers.Place) bool { return to.Channel != "" })
	return n
}
