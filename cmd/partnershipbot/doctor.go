package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"partnershipbot/bot"
	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/search"
)

// errUnwell means that doctor found something wrong; each finding has a line of its own.
var errUnwell = errors.New("something is wrong: see the lines that do not say ok")

// checkup is what doctor knows so far.
type checkup struct {
	out  io.Writer
	s    settings
	api  *slack.Client
	auth *slack.AuthTestResponse // nil until the bot token is known to be good
	ill  bool
}

// runDoctor checks everything the bot needs, one line for each check.
func runDoctor(ctx context.Context, e environ, s settings, _ []string) error {
	c := &checkup{out: e.stdout, s: s, api: slack.New(s.botToken, slack.OptionAppLevelToken(s.appToken),
		slack.OptionAPIURL(s.apiURL), slack.OptionHTTPClient(&http.Client{Timeout: 15 * time.Second}))}
	for _, check := range []struct {
		name string
		run  func(context.Context) (string, error)
	}{
		{"bot token", c.botToken},
		{"scopes", c.scopes},
		{"app token", c.appToken},
		{"clerks", c.clerks},
		{"protocol", c.protocol},
		{"data file", c.dataFile},
		{"language model", c.model},
	} {
		note, err := check.run(ctx)
		if err != nil {
			c.ill = true
			fmt.Fprintf(c.out, "%-15s %v\n", check.name+":", err)
			continue
		}
		fmt.Fprintf(c.out, "%-15s ok: %s\n", check.name+":", note)
	}
	if c.ill {
		return errUnwell
	}
	return nil
}

func (c *checkup) botToken(ctx context.Context) (string, error) {
	if !strings.HasPrefix(c.s.botToken, "xoxb-") {
		return "", errors.New("SLACK_BOT_TOKEN is missing or does not begin with xoxb-: " +
			"copy it from “OAuth & Permissions” on the app's pages")
	}
	auth, err := c.api.AuthTestContext(ctx)
	if err != nil {
		return "", refusedBy(err, "copy SLACK_BOT_TOKEN again, or reinstall the app")
	}
	c.auth = auth
	return fmt.Sprintf("%s in %s", auth.User, auth.Team), nil
}

// refusedBy adds advice to an error that Slack answered with; any other means that Slack
// could not be reached.
func refusedBy(err error, advice string) error {
	var answer slack.SlackErrorResponse
	if errors.As(err, &answer) {
		return fmt.Errorf("refused by Slack: %w: %s", err, advice)
	}
	return fmt.Errorf("cannot reach Slack: %w: is this computer on the internet?", err)
}

func (c *checkup) scopes(context.Context) (string, error) {
	if c.auth == nil {
		return "", errors.New("not checked: the bot token comes first")
	}
	want, err := manifestScopes()
	if err != nil {
		return "", err
	}
	have := strings.FieldsFunc(strings.Join(c.auth.Header.Values("X-OAuth-Scopes"), ","), func(r rune) bool { return r == ',' || r == ' ' })
	missing := slices.DeleteFunc(want, func(s string) bool { return slices.Contains(have, s) })
	if len(missing) > 0 {
		return "", fmt.Errorf("the app lacks %s: paste the output of “partnershipbot manifest” again and reinstall the app",
			strings.Join(missing, ", "))
	}
	return "all that the manifest asks for", nil
}

func (c *checkup) appToken(ctx context.Context) (string, error) {
	if c.s.http != "" {
		if !c.s.given["SLACK_SIGNING_SECRET"] {
			return "", errors.New("SLACK_SIGNING_SECRET is missing: copy it from “Basic Information” on the app's pages")
		}
		return "not needed: requests come over HTTP, signed", nil
	}
	if !strings.HasPrefix(c.s.appToken, "xapp-") {
		return "", errors.New("SLACK_APP_TOKEN is missing or does not begin with xapp-: create one with the scope " +
			"connections:write under “Basic Information” on the app's pages")
	}
	if _, _, err := c.api.StartSocketModeContext(ctx); err != nil {
		return "", refusedBy(err, "create an app token with the scope connections:write, and see that Socket Mode is on")
	}
	return "Socket Mode can be opened", nil
}

func (c *checkup) clerks(ctx context.Context) (string, error) {
	ids := c.s.clerkIDs()
	switch {
	case len(ids) == 0:
		return "", errors.New("PARTNERSHIPBOT_CLERKS is empty: nobody would be told of results")
	case c.auth == nil:
		return "", errors.New("not checked: the bot token comes first")
	}
	known := 0
	for _, id := range ids {
		people := []string{string(id)}
		if bot.IsGroup(id) {
			var err error
			if people, err = c.api.GetUserGroupMembersContext(ctx, string(id)); err != nil {
				return "", fmt.Errorf("%s: %w", id, refusedBy(err, "copy the id of the user group from its page in Slack"))
			}
			if len(people) == 0 {
				return "", fmt.Errorf("%s: nobody is in this user group: add the clerk to it", id)
			}
		}
		for _, person := range people {
			if err := c.clerk(ctx, person); err != nil {
				return "", err
			}
			known++
		}
	}
	return fmt.Sprintf("%d known to Slack", known), nil
}

// clerk checks that a listed person can be a clerk.
func (c *checkup) clerk(ctx context.Context, id string) error {
	u, err := c.api.GetUserInfoContext(ctx, id)
	if err != nil {
		return fmt.Errorf("%s: %w", id, refusedBy(err, "use “Copy member ID” in the person's profile"))
	}
	if s := bot.StandingOf(u, c.auth.TeamID); s != handlers.Councillor {
		return fmt.Errorf("%s cannot be a clerk: %s: choose a full member of the workspace", id, unfit[s])
	}
	return nil
}

// unfit says why somebody cannot be a clerk.
var unfit = map[handlers.Standing]string{
	handlers.Former:   "the account is deactivated",
	handlers.Machine:  "it is a bot",
	handlers.Guest:    "it is a guest account",
	handlers.Outsider: "the account is from another workspace",
}

func (c *checkup) protocol(context.Context) (string, error) {
	p, err := loadProtocol(c.s)
	if err != nil {
		return "", err
	}
	note := p.Title() + " of " + p.Version().String()
	if c.s.protocol != "" {
		same, of := search.Recognised(p)
		note += fmt.Sprintf("; %d of %d clauses read as Biddulph's", same, of)
	}
	if rulesApply(p) != nil {
		note += ", and no assessments are offered"
	}
	return note, nil
}

// exposed reports whether other users can look into the folder of a data file. A folder
// that the bot makes is private; one that was already there is left as it is, since it may
// hold other things.
func exposed(db string) bool {
	info, err := os.Stat(filepath.Dir(db))
	return err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}

func (c *checkup) dataFile(ctx context.Context) (string, error) {
	aside, err := boltstore.Examine(ctx, c.s.db)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if err := creatable(filepath.Dir(c.s.db)); err != nil {
			return "", fmt.Errorf("%s cannot be created: %w: set PARTNERSHIPBOT_DB to a place that can be written", c.s.db, err)
		}
		return c.s.db + " will be created", nil
	case errors.Is(err, boltstore.ErrHeld):
		return c.s.db + " is in use by a running bot", nil
	case err != nil:
		return "", err
	case aside.String() != "":
		return fmt.Sprintf("%s, but %v", c.s.db, aside), nil
	}
	if exposed(c.s.db) {
		return c.s.db + ", but others on this computer can look into its folder: if it holds nothing else, run chmod 700 on it", nil
	}
	return c.s.db, nil
}

// creatable tries to make something in a folder or, where there is none yet, in the nearest one
// above it, and leaves nothing behind.
func creatable(dir string) error {
	trial, err := os.MkdirTemp(dir, ".doctor-*")
	switch above := filepath.Dir(dir); {
	case errors.Is(err, os.ErrNotExist) && above != dir:
		return creatable(above)
	case err != nil:
		return err
	}
	return os.Remove(trial)
}

func (c *checkup) model(ctx context.Context) (string, error) {
	p, err := loadProtocol(c.s)
	if err != nil {
		return "", errors.New("not checked: the protocol comes first")
	}
	model := newModel(c.s, p, nil, slog.New(slog.DiscardHandler))
	if model == nil {
		return "none is used", nil
	}
	if err := model.Check(ctx); err != nil {
		return "", err
	}
	return "answers " + model.Where(), nil
}
