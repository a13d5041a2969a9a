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

// How long what Slack said about somebody is believed, and for how long more if Slack
// cannot be asked. Rights are looked up at every turn, and Slack allows about a hundred
// look-ups a minute, twenty for groups (docs.slack.dev/apis/web-api/rate-limits).
const (
	personFresh, personStale = 10 * time.Minute, 24 * time.Hour
	groupFresh, groupStale   = 2 * time.Minute, time.Hour
	// askTime bounds one look-up, for which a turn waits; after a failure the next one
	// comes no sooner than askAgain.
	askTime, askAgain = 2 * time.Second, 20 * time.Second
	// maxKnown bounds how many are remembered at once.
	maxKnown = 4096
)

// People knows what everybody is in the workspace, as Slack tells it. It is safe for
// concurrent use.
type People struct {
	api    *slack.Client
	web    *web
	log    *slog.Logger
	clerks []handlers.PersonID
	users  *memory[person]   // by team and id
	groups *memory[[]string] // ids of the members of user groups
}

// person is somebody as Slack knows them, whether or not they are a clerk.
type person struct {
	standing handlers.Standing
	name     string
}

// invisible is the error about somebody who is not of this workspace
// (docs.slack.dev/reference/methods/users.info#errors). One that is "not found" has spoken
// all the same, and is no better known than if Slack had not answered.
const invisible = "user_not_visible"

// NewPeople asks with the bot's token; apiURL ends in a slash. Clerks are ids of people,
// and of user groups whose members have the clerk's rights for as long as they are members.
func NewPeople(token, apiURL string, clerks []handlers.PersonID, log *slog.Logger) *People {
	web := newWeb()
	p := &People{log: log, clerks: clerks, web: web,
		api: slack.New(token, slack.OptionAPIURL(apiURL), slack.OptionHTTPClient(web))}
	p.users = newMemory(personFresh, personStale, func(ctx context.Context, key string) (person, error) {
		team, id, _ := strings.Cut(key, " ")
		u, err := p.api.GetUserInfoContext(ctx, id)
		if err == nil && u.ID != id { // nothing that is said of somebody else counts
			err = errUnclear
		}
		var answer slack.SlackErrorResponse
		switch {
		case errors.As(err, &answer) && answer.Err == invisible:
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
	p.groups = newMemory(groupFresh, groupStale, func(ctx context.Context, id string) ([]string, error) {
		ids, err := p.api.GetUserGroupMembersContext(ctx, id)
		if err != nil {
			p.log.Error("members of the clerk's group not known", "group", id, "err", err)
			return nil, fmt.Errorf("ask Slack about a group: %w", err)
		}
		return ids, nil
	})
	return p
}

// Standing implements [handlers.People]. Nobody is a clerk who is not known to be a full
// member, whoever is listed.
func (p *People) Standing(ctx context.Context, team handlers.TeamID, who handlers.PersonID) handlers.Standing {
	standing, err := p.standing(ctx, team, who)
	if err != nil {
		return handlers.Councillor
	}
	return standing
}

// standing is an error where Slack does not say who somebody is.
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

// learn asks who the listed clerks are, so that it is known when they speak, though Slack
// may not answer then.
func (p *People) learn(ctx context.Context, team handlers.TeamID) {
	for _, id := range p.clerks {
		if !IsGroup(id) {
			_, _ = p.user(ctx, team, id) // the log has it
		}
	}
}

func (p *People) user(ctx context.Context, team handlers.TeamID, who handlers.PersonID) (person, error) {
	return p.users.get(ctx, string(team)+" "+string(who))
}

// StandingOf reads what Slack says of a user, in one of its teams
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

// addressees are those whom something is said to: one place, or the direct conversations
// of a group's members; without those who are no longer written to or, where it is meant
// for clerks, as all is that goes to a group, who are none.
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
		case err != nil && at.Clerk: // who may not be one
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

// memory remembers what was learnt about ids, for a while.
type memory[V any] struct {
	ask          func(ctx context.Context, id string) (V, error)
	fresh, stale time.Duration
	again        time.Duration // after a failure

	mu    sync.Mutex
	known map[string]*fact[V]
}

// fact is what is known about one id. Who asks first asks for all who wait.
type fact[V any] struct {
	mu           sync.Mutex
	value        V
	err          error // of the last look-up
	learnt, last time.Time
}

func newMemory[V any](fresh, stale time.Duration, ask func(context.Context, string) (V, error)) *memory[V] {
	return &memory[V]{ask: ask, fresh: fresh, stale: stale, again: askAgain, known: make(map[string]*fact[V])}
}

// get gives what is known, and asks if that is too old. The error is that of asking, when
// nothing is known that is still good.
func (m *memory[V]) get(ctx context.Context, id string) (V, error) {
	m.mu.Lock()
	f := m.known[id]
	if f == nil {
		if len(m.known) >= maxKnown {
			clear(m.known) // who is still there is asked about once more
		}
		f = &fact[V]{err: errUnclear}
		m.known[id] = f
	}
	m.mu.Unlock()

	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	if !f.learnt.IsZero() && now.Sub(f.learnt) < m.fresh {
		return f.value, nil
	}
	if f.last.IsZero() || now.Sub(f.last) >= m.again {
		asking, cancel := context.WithTimeout(ctx, askTime)
		defer cancel()
		value, err := m.ask(asking, id)
		switch {
		case err == nil:
			f.value, f.err, f.learnt, f.last = value, nil, now, now
			return value, nil
		case errors.Is(ctx.Err(), context.Canceled): // the caller's, and says nothing
			return value, err
		}
		f.err, f.last = err, now
	}
	if !f.learnt.IsZero() && now.Sub(f.learnt) < m.stale {
		return f.value, nil
	}
	var none V
	return none, f.err
}
