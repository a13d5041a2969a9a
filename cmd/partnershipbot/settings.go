package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/privacy"
	"partnershipbot/knowledge/llm"
)

// settings are what the program can be told, each by an environment variable or a flag; the
// flag wins.
type settings struct {
	botToken, appToken, apiURL string
	db, clerks, clerkChannel   string
	protocol                   string
	retention                  privacy.Retention
	model                      llm.Config
	signingSecret              string // for HTTP mode
	http, observe              string // addresses to listen on, or empty

	given map[string]bool // settings that were given, by environment variable
	wrong error           // the errors in the environment

	json  bool   // ask, assess
	as    string // chat
	local bool   // chat: nothing goes through Slack
	about errand // the commands about the record
	out   string // export, person: the file to write
	yes   bool   // person: erase without asking
	url   string // manifest
}

var settingTable = []struct {
	env, flag, does string
	set             func(*settings, string) error
}{
	{"SLACK_BOT_TOKEN", "slack-bot-token", "Slack's bot token (xoxb-…)", text(func(s *settings) *string { return &s.botToken })},
	{"SLACK_APP_TOKEN", "slack-app-token", "Slack's app token (xapp-…)", text(func(s *settings) *string { return &s.appToken })},
	{"SLACK_API_URL", "slack-api-url", "another base of Slack's API, for tests", text(func(s *settings) *string { return &s.apiURL })},
	{"SLACK_SIGNING_SECRET", "signing-secret", "Slack's signing secret, for -http", text(func(s *settings) *string { return &s.signingSecret })},
	{"PARTNERSHIPBOT_HTTP", "http", "take Slack's requests here, such as :8080, and not by socket", address(func(s *settings) *string { return &s.http })},
	{"PARTNERSHIPBOT_OBSERVE", "observe", "health and metrics, such as 127.0.0.1:9090", address(func(s *settings) *string { return &s.observe })},
	{"PARTNERSHIPBOT_DB", "db", "the data file", text(func(s *settings) *string { return &s.db })},
	{"PARTNERSHIPBOT_CLERKS", "clerks", "Slack ids of the clerks, or of their user group, by commas", text(func(s *settings) *string { return &s.clerks })},
	{"PARTNERSHIPBOT_CLERK_CHANNEL", "clerk-channel", "a channel that also hears of each result", text(func(s *settings) *string { return &s.clerkChannel })},
	{"PARTNERSHIPBOT_PROTOCOL", "protocol", "another council's protocol, a Markdown file", text(func(s *settings) *string { return &s.protocol })},
	{"PARTNERSHIPBOT_RETENTION", "retention", "the days that questions and drafts are kept, each from 1d to 3650d, such as questions=365d,drafts=90d", func(s *settings, v string) (err error) {
		s.retention, err = privacy.ParseRetention(v)
		return err
	}},
	{"OPENAI_API_KEY", "openai-api-key", "key of the language model, if one is used", text(func(s *settings) *string { return &s.model.Key })},
	{"OPENAI_BASE_URL", "openai-base-url", "any compatible server, a local one too", text(func(s *settings) *string { return &s.model.BaseURL })},
	{"OPENAI_MODEL", "openai-model", "name of the model", text(func(s *settings) *string { return &s.model.Model })},
	{"PARTNERSHIPBOT_MODEL_TIMEOUT", "model-timeout", "how long it may take for one answer, such as 8s; at most 1m", func(s *settings, v string) (err error) {
		s.model.Timeout, err = time.ParseDuration(v)
		return within(err, s.model.Timeout > 0 && s.model.Timeout <= time.Minute)
	}},
	{"PARTNERSHIPBOT_MODEL_CALLS", "model-calls", "calls a day, from 1, or -1 for no ceiling", ceiling(func(s *settings) *int { return &s.model.DailyCalls })},
	{"PARTNERSHIPBOT_MODEL_TOKENS", "model-tokens", "tokens a day, from 1, or -1 for no ceiling", ceiling(func(s *settings) *int { return &s.model.DailyTokens })},
	{"PARTNERSHIPBOT_MODEL_BREAK", "model-break", "failures in a row, from 1, after which it is left alone for a minute", func(s *settings, v string) (err error) {
		s.model.BreakAfter, err = strconv.Atoi(v)
		return within(err, s.model.BreakAfter >= 1)
	}},
	{"PARTNERSHIPBOT_MODEL_PRICES", "model-prices", "price of a million tokens in and out, such as 0.40,1.60", prices},
}

// errNonsense refuses a setting whose value makes no sense.
var errNonsense = errors.New("that cannot be meant")

// within refuses a value that could not be read or is out of bounds.
func within(err error, inside bool) error {
	if err != nil || !inside {
		return errNonsense
	}
	return nil
}

// prices reads two prices, separated by a comma.
func prices(s *settings, v string) error {
	in, out, _ := strings.Cut(v, ",")
	for _, p := range []struct {
		text string
		to   *float64
	}{{in, &s.model.PriceIn}, {out, &s.model.PriceOut}} {
		price, err := strconv.ParseFloat(strings.TrimSpace(p.text), 64)
		if err := within(err, price >= 0 && price <= 1e6); err != nil { // this refuses NaN, too
			return err
		}
		*p.to = price
	}
	return nil
}

// text stores a value in a field.
func text(field func(*settings) *string) func(*settings, string) error {
	return func(s *settings, v string) error {
		*field(s) = v
		return nil
	}
}

// address stores a host and port, or nothing, in a field.
func address(field func(*settings) *string) func(*settings, string) error {
	return func(s *settings, v string) error {
		*field(s) = v
		if v == "" {
			return nil
		}
		_, _, err := net.SplitHostPort(v)
		return err
	}
}

// ceiling stores a number from 1, or -1 for no ceiling, in a field.
func ceiling(field func(*settings) *int) func(*settings, string) error {
	return func(s *settings, v string) (err error) {
		n := field(s)
		*n, err = strconv.Atoi(v)
		return within(err, *n >= 1 || *n == -1)
	}
}

func newSettings(name string, getenv func(string) string) (*settings, *flag.FlagSet) {
	s := settings{given: map[string]bool{}, retention: privacy.Default}
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	for _, row := range settingTable {
		if v := getenv(row.env); v != "" {
			if err := row.set(&s, v); err != nil {
				s.wrong = errors.Join(s.wrong, fmt.Errorf("%s: %q cannot be used: this sets %s", row.env, v, row.does))
			}
			s.given[row.env] = true
		}
		// The default stays out of the help text: it may be a secret.
		fs.Func(row.flag, row.does+" (or "+row.env+")", func(v string) error {
			s.given[row.env] = v != ""
			if err := row.set(&s, v); err != nil {
				return fmt.Errorf("%w: this sets %s", err, row.does)
			}
			return nil
		})
	}
	switch name {
	case "ask", "assess":
		fs.BoolVar(&s.json, "json", false, "read and write JSON lines")
	case "manifest":
		fs.StringVar(&s.url, "url", "", "public `address` of the bot, for HTTP mode, such as https://bot.example.org")
	case "chat":
		fs.StringVar(&s.as, "as", "councillor", "who you are: councillor or clerk")
	default:
		recordFlags(name, fs, &s)
	}
	if s.db == "" {
		s.db = defaultDB(getenv)
	}
	if s.apiURL == "" {
		s.apiURL = "https://slack.com/api/"
	}
	return &s, fs
}

// defaultDB is a path in the user's own state directory.
func defaultDB(getenv func(string) string) string {
	dir := getenv("XDG_STATE_HOME")
	if dir == "" {
		dir = filepath.Join(getenv("HOME"), ".local", "state")
		if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
			dir, _ = os.UserConfigDir() // if it is empty, opening the file fails
		}
	}
	return filepath.Join(dir, "partnershipbot", "partnershipbot.db")
}

// slackUser matches the id of a person or of a user group. Slack promises no length
// (docs.slack.dev/reference/objects/user-object).
var slackUser = regexp.MustCompile(`^[UWS][A-Z0-9]+$`)

// check refuses settings that make no sense.
func (s *settings) check() error {
	if s.wrong != nil {
		return s.wrong
	}
	for _, id := range s.clerkIDs() {
		if !slackUser.MatchString(string(id)) {
			return fmt.Errorf("PARTNERSHIPBOT_CLERKS: %q is not a Slack user id: it looks like U0123ABCD, "+
				"and is found in the person's Slack profile under “Copy member ID”; that of a user group begins with S", id)
		}
	}
	for name, value := range map[string]string{"SLACK_API_URL": s.apiURL, "OPENAI_BASE_URL": s.model.BaseURL} {
		if u, err := url.Parse(value); value != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			// Neither the address nor Parse's error, which repeats it, is shown, since it
			// may contain a password.
			return fmt.Errorf("%s: that is not a web address: one looks like https://host.example/path/", name)
		}
	}
	if !strings.HasSuffix(s.apiURL, "/") {
		s.apiURL += "/"
	}
	return nil
}

// clerkIDs lists the clerks as configured: people and user groups.
func (s settings) clerkIDs() []handlers.PersonID {
	var ids []handlers.PersonID
	for _, id := range strings.FieldsFunc(s.clerks, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		ids = append(ids, handlers.PersonID(id))
	}
	return ids
}

// notify lists where new results and questions for the clerk are sent.
func (s settings) notify() []handlers.Place {
	var places []handlers.Place
	for _, id := range s.clerkIDs() {
		places = append(places, handlers.Place{Person: id, Clerk: true})
	}
	if s.clerkChannel != "" {
		places = append(places, handlers.Place{Channel: s.clerkChannel})
	}
	return places
}

// needs returns an error if any of the named settings is missing.
func (s settings) needs(envs ...string) error {
	missing := slices.DeleteFunc(envs, func(env string) bool { return s.given[env] })
	if len(missing) > 0 {
		return usagef("%s must be set: see “Set it up in Slack” in the README", strings.Join(missing, " and "))
	}
	return nil
}
