package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"partnershipbot/handlers"
)

// How long what Slack says about somebody is believed, and up to what age if Slack cannot be
// asked. Rights are looked up at every turn, and Slack allows about a hundred look-ups a
// minute, twenty for groups (docs.slack.dev/apis/web-api/rate-limits).
const (
	personFresh, personStale = 10 * time.Minute, 24 * time.Hour
	groupFresh, groupStale   = 2 * time.Minute, time.Hour
	// askTime bounds one look-up, since a turn waits for it; after a failed one the next comes
	// no sooner than askAgain.
	askTime, askAgain = 2 * time.Second, 20 * time.Second
	// maxKnown bounds how many are kept at once.
	maxKnown = 4096
)

// People knows what everybody is in the workspace, according to Slack. It is safe for
// concurrent use.
type People struct {
	api    *slack.Client
	web    *web
	log    *slog.Logger
	clerks []handlers.PersonID
	users  *cache[person]   // by team and id
	groups *cache[[]string] // ids of the members of user groups
}

// person is somebody as Slack knows them, clerk or not.
type person struct {
	standing handlers.Standing
	name     string
}

// invisible is the error about somebody of another workspace
// (docs.slack.dev/reference/methods/users.info#errors). "Not found" says nothing of the kind:
// whoever has spoken exists, so it counts as no answer.
const invisible = "user_not_visible"

// NewPeople returns what Slack says about people, looked up with the bot's token; apiURL ends
// in a slash. Clerks are ids of people, and of user groups whose members have a clerk's rights
// for as long as they are members.
func NewPeople(token, apiURL string, clerks []handlers.PersonID, log *slog.Logger) *People {
	web := newWeb()
	p := &People{log: log, clerks: clerks, web: web,
		api: slack.New(token, slack.OptionAPIURL(apiURL), slack.OptionHTTPClient(web))}
	p.users = newCache(personFresh, personStale, func(ctx context.Context, key string) (person, error) {
		team, id, _ := strings.Cut(key, " ")
		u, err := p.api.GetUserInfoContext(ctx, id)
		if err == nil && u.ID != id { // an answer about somebody else is no answer
			err = errUnclear
		}
		switch {
		case errorCode(err) == invisible:
			p.log.Warn("taken for someone of another workspace", "user", id, "err", err)
			return person{handlers.Outsider, nameless}, nil
		case advice(err) != "":
			p.log.Error("not known what kind of member anybody is", "user", id, "err", explain(err))
			return person{}, fmt.Errorf("ask Slack about a person: %w", err)
		case err != nil:
			p.log.Warn("degraded: not known what kind of member someone is", "user", id, "err", err)
			return person{}, fmt.Errorf("ask Slack about a person: %w", err)
		}
		return person{StandingOf(u, team), cmp.Or(u.RealName, u.Name)}, nil
	})
	p.groups = newCache(groupFresh, groupStale, func(ctx context.Context, id string) ([]string, error) {
		ids, err := p.api.GetUserGroupMembersContext(ctx, id)
		if err != nil {
			p.log.Error("members of the clerk's group not known", "group", id, "err", err)
			return nil, fmt.Errorf("ask Slack about a group: %w", err)
		}
		return ids, nil
	})
	return p
}

// Standing implements [handlers.People]. Only a person who is known to be a full member can be
// a clerk, whoever is listed.
func (p *People) Standing(ctx context.Context, team handlers.TeamID, who handlers.PersonID) handlers.Standing {
	standing, err := p.standing(ctx, team, who)
	if err != nil {
		return handlers.Councillor
	}
	return standing
}

// standing is an error if Slack does not say who somebody is.
func (p *People) standing(ctx context.Context, team handlers.TeamID, who handlers.PersonID) (handlers.Standing, error) {
	u, err := p.user(ctx, team, who)
	if err != nil || u.standing != handlers.Councillor {
		return u.standing, err
	}
	for _, id := range p.clerks {
		if id == who {
			return handlers.TheClerk, nil
		}
		if !IsGroup(id) {
			continue
		}
		if members, err := p.groups.get(ctx, string(id)); err == nil && slices.Contains(members, string(who)) {
			return handlers.TheClerk, nil
		}
	}
	return handlers.Councillor, nil
}

// learn looks up the listed clerks in advance, so that they are known even if Slack does not
// answer when they speak.
func (p *People) learn(ctx context.Context, team handlers.TeamID) {
	for _, id := range p.clerks {
		if !IsGroup(id) {
			_, _ = p.user(ctx, team, id) // a failure is logged
		}
	}
}

func (p *People) user(ctx context.Context, team handlers.TeamID, who handlers.PersonID) (person, error) {
	return p.users.get(ctx, string(team)+" "+string(who))
}

// StandingOf interprets what Slack says of a user, as seen from one team
// (docs.slack.dev/reference/objects/user-object).
func StandingOf(u *slack.User, team string) handlers.Standing {
	switch {
	case u.Deleted:
		return handlers.Former
	case u.IsBot:
		return handlers.Machine
	case u.TeamID != "" && u.TeamID != team && !slices.Contains(u.Enterprise.Teams, team):
		return handlers.Outsider
	case u.IsRestricted || u.IsUltraRestricted:
		return handlers.Guest
	}
	return handlers.Councillor
}

// IsGroup reports whether an id is that of a user group.
func IsGroup(id handlers.PersonID) bool { return strings.HasPrefix(string(id), "S") }

// addressees lists the places to post to: one place, or the direct conversations of the members
// of a group. It leaves out people who are no longer written to. What is meant for clerks,
// including everything to a group, goes only to people who are clerks.
func (p *People) addressees(ctx context.Context, team handlers.TeamID, to handlers.Place) ([]handlers.Place, error) {
	if to.Channel != "" {
		return []handlers.Place{to}, nil
	}
	places := []handlers.Place{to}
	if IsGroup(to.Person) {
		members, err := p.groups.get(ctx, string(to.Person))
		if err != nil {
			return nil, err
		}
		places = nil
		for _, id := range slices.Sorted(slices.Values(members)) {
			places = append(places, handlers.Place{Person: handlers.PersonID(id), Clerk: true})
		}
	}
	var unknown error
	places = slices.DeleteFunc(places, func(at handlers.Place) bool {
		s, err := p.standing(ctx, team, at.Person)
		switch {
		case err != nil && at.Clerk: // may not be a clerk
			unknown = err
			return true
		case err != nil:
			s = handlers.Councillor
		}
		if s.Hears() && (s.Reviews() || !at.Clerk) {
			return false
		}
		p.log.Warn("not written to", "user", at.Person, "standing", string(s))
		return true
	})
	if unknown != nil {
		return nil, unknown
	}
	if len(places) == 0 && (to.Clerk || IsGroup(to.Person)) {
		p.log.Error("no clerk can be written to", "user", to.Person)
	}
	return places, nil
}

// cache keeps what was looked up under a key, for a while. It is safe for concurrent use.
type cache[V any] struct {
	fetch        func(ctx context.Context, key string) (V, error)
	fresh, stale time.Duration // ages: up to stale, a value serves if it cannot be fetched again
	retry        time.Duration // after a failure

	mu      sync.Mutex
	entries map[string]*entry[V]
}

// entry is one value. Whoever comes while it is being fetched waits for that to end.
type entry[V any] struct {
	mu             sync.Mutex
	value          V
	err            error // of the last attempt
	fetched, tried time.Time
}

func newCache[V any](fresh, stale time.Duration, fetch func(context.Context, string) (V, error)) *cache[V] {
	return &cache[V]{fetch: fetch, fresh: fresh, stale: stale, retry: askAgain, entries: make(map[string]*entry[V])}
}

// get returns a value, fetching it if it is too old. It returns the error of the last attempt
// if there is no value that still serves.
func (c *cache[V]) get(ctx context.Context, key string) (V, error) {
	c.mu.Lock()
	e := c.entries[key]
	if e == nil {
		if len(c.entries) >= maxKnown {
			clear(c.entries) // simpler than choosing which to drop: people still active are fetched once more
		}
		e = &entry[V]{err: errUnclear}
		c.entries[key] = e
	}
	c.mu.Unlock()

	e.mu.Lock()
	defer e.mu.Unlock()
	now := time.Now()
	if !e.fetched.IsZero() && now.Sub(e.fetched) < c.fresh {
		return e.value, nil
	}
	if e.tried.IsZero() || now.Sub(e.tried) >= c.retry {
		fetching, cancel := context.WithTimeout(ctx, askTime)
		defer cancel()
		value, err := c.fetch(fetching, key)
		switch {
		case err == nil:
			e.value, e.err, e.fetched, e.tried = value, nil, now, now
			return value, nil
		case errors.Is(ctx.Err(), context.Canceled): // by the caller, which says nothing about Slack
			return value, err
		}
		e.err, e.tried = err, now
	}
	if !e.fetched.IsZero() && now.Sub(e.fetched) < c.stale {
		return e.value, nil
	}
	var none V
	return none, e.err
}
