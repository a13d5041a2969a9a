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

// newAsk returns the use case that answers questions.
func newAsk(s settings, p *knowledge.Protocol, notify []handlers.Place) (*ask.Ask, error) {
	index, err := search.New(p)
	if err != nil {
		return nil, err
	}
	return ask.New(index, p, notify), nil
}

// newService wires the use cases to a store.
func newService(s settings, store *boltstore.Store, clerks []handlers.PersonID, notify []handlers.Place, log *slog.Logger) (*handlers.Service, error) {
	p, err := loadProtocol(s)
	if err != nil {
		return nil, err
	}
	asking, err := newAsk(s, p, notify)
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
