package main

import (
	"fmt"
	"log/slog"
	"os"

	"partnershipbot/handlers"
	"partnershipbot/handlers/ask"
	"partnershipbot/handlers/assess"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/handlers/clerk"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/llm"
	"partnershipbot/knowledge/search"
)

// loadProtocol reads the configured protocol, or takes the embedded one, and makes
// sure that the assessment's rules can be traced to it.
func loadProtocol(s settings) (*knowledge.Protocol, error) {
	if s.protocol == "" {
		return knowledge.Biddulph(), nil
	}
	text, err := os.ReadFile(s.protocol)
	if err != nil {
		return nil, fmt.Errorf("read protocol: %w", err)
	}
	p, err := knowledge.Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.protocol, err)
	}
	if err := assessment.CheckClauses(p); err != nil {
		return nil, fmt.Errorf("%s: the assessment rests on clauses that this text does not have: %w", s.protocol, err)
	}
	return p, nil
}

// newModel returns the configured language model, nil where there is none.
func newModel(s settings, p *knowledge.Protocol, log *slog.Logger) *llm.Client {
	if s.model.Key == "" && s.model.BaseURL == "" {
		return nil
	}
	c := s.model
	c.Protocol, c.Log = p, log
	return llm.New(c)
}

// newAsk returns the use case that answers questions.
func newAsk(s settings, p *knowledge.Protocol, store ask.Store, notify []handlers.Place, log *slog.Logger) (*ask.Ask, error) {
	index, err := search.New(p)
	if err != nil {
		return nil, err
	}
	if model := newModel(s, p, log); model != nil {
		return ask.New(index, model, store, p, notify), nil
	}
	return ask.New(index, nil, store, p, notify), nil
}

// newService wires the use cases to a store.
func newService(s settings, store *boltstore.Store, clerks []handlers.PersonID, notify []handlers.Place, log *slog.Logger) (*handlers.Service, error) {
	p, err := loadProtocol(s)
	if err != nil {
		return nil, err
	}
	asking, err := newAsk(s, p, store, notify, log)
	if err != nil {
		return nil, err
	}
	assessing := assess.New(store, p, notify)
	var routes []handlers.Route
	for _, r := range [][]handlers.Route{asking.Routes(), assessing.Routes(), clerk.New(store).Routes()} {
		routes = append(routes, r...)
	}
	return handlers.New(handlers.Config{
		Store: store, Clerks: clerks, Log: log,
		Routes: append(routes, handlers.HelpRoute(routes)), Dialogue: assessing, Fallback: asking.Typed,
	}), nil
}
