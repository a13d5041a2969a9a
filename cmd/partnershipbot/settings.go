package main

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/llm"
)

// settings are what the program can be told, each by an environment variable or a
// flag; the flag wins.
type settings struct {
	botToken, appToken, apiURL    string
	db, clerks, clerkChannel      string
	protocol                      string
	modelKey, modelURL, modelName string
	modelTimeout                  time.Duration // 0: the default
	modelCalls, modelTokens       int           // a day; 0: the default, below 0: no ceiling

	json bool   // ask, assess
	as   string // chat
}

var settingTable = []struct {
	env, flag, does string
	field           func(*settings) *string
}{
	{"SLACK_BOT_TOKEN", "slack-bot-token", "Slack's bot token (xoxb-…)", func(s *settings) *string { return &s.botToken }},
	{"SLACK_APP_TOKEN", "slack-app-token", "Slack's app token (xapp-…)", func(s *settings) *string { return &s.appToken }},
	{"SLACK_API_URL", "slack-api-url", "another base of Slack's API, for tests", func(s *settings) *string { return &s.apiURL }},
	{"PARTNERSHIPBOT_DB", "db", "the data file", func(s *settings) *string { return &s.db }},
	{"PARTNERSHIPBOT_CLERKS", "clerks", "Slack user ids of the clerks, by commas", func(s *settings) *string { return &s.clerks }},
	{"PARTNERSHIPBOT_CLERK_CHANNEL", "clerk-channel", "a channel that also hears of each result", func(s *settings) *string { return &s.clerkChannel }},
	{"PARTNERSHIPBOT_PROTOCOL", "protocol", "another council's protocol, a Markdown file", func(s *settings) *string { return &s.protocol }},
	{"OPENAI_API_KEY", "openai-api-key", "key of the language model, if one is used", func(s *settings) *string { return &s.modelKey }},
	{"OPENAI_BASE_URL", "openai-base-url", "any compatible server, a local one too", func(s *settings) *string { return &s.modelURL }},
	{"OPENAI_MODEL", "openai-model", "name of the model", func(s *settings) *string { return &s.modelName }},
}

func newSettings(name string, getenv func(string) string) (*settings, *flag.FlagSet) {
	var s settings
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	for _, row := range settingTable {
		field := row.field(&s)
		*field = getenv(row.env)
		// The default stays out of the help text: it may be a secret.
		fs.Func(row.flag, row.does+" (or "+row.env+")", func(v string) error {
			*field = v
			return nil
		})
	}
	fs.DurationVar(&s.modelTimeout, "model-timeout", llm.DefaultTimeout, "how long the model may take for one answer")
	fs.IntVar(&s.modelCalls, "model-calls", llm.DefaultDailyCalls, "calls of the model a day, below 0 for no ceiling")
	fs.IntVar(&s.modelTokens, "model-tokens", llm.DefaultDailyTokens, "tokens a day, below 0 for no ceiling")
	switch name {
	case "ask", "assess":
		fs.BoolVar(&s.json, "json", false, "read and write JSON lines")
	case "chat":
		fs.StringVar(&s.as, "as", "councillor", "who you are: councillor or clerk")
	}
	if s.db == "" {
		s.db = defaultDB(getenv)
	}
	if s.apiURL == "" {
		s.apiURL = "https://slack.com/api/"
	}
	return &s, fs
}

// defaultDB is in the user's own state directory.
func defaultDB(getenv func(string) string) string {
	dir := getenv("XDG_STATE_HOME")
	if dir == "" {
		dir = filepath.Join(getenv("HOME"), ".local", "state")
		if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
			dir, _ = os.UserConfigDir() // "" is caught when the file is opened
		}
	}
	return filepath.Join(dir, "partnershipbot", "partnershipbot.db")
}

var slackUser = regexp.MustCompile(`^[UW][A-Z0-9]{2,}$`)

// check refuses settings that cannot be meant.
func (s *settings) check() error {
	for _, id := range s.clerkIDs() {
		if !slackUser.MatchString(string(id)) {
			return fmt.Errorf("PARTNERSHIPBOT_CLERKS: %q is not a Slack user id: it looks like U0123ABCD, "+
				"and is found in the person's Slack profile under “Copy member ID”", id)
		}
	}
	for name, value := range map[string]string{"SLACK_API_URL": s.apiURL, "OPENAI_BASE_URL": s.modelURL} {
		if u, err := url.Parse(value); value != "" && (err != nil || u.Host == "" || !strings.HasPrefix(u.Scheme, "http")) {
			return fmt.Errorf("%s: %q is not a web address", name, value)
		}
	}
	if !strings.HasSuffix(s.apiURL, "/") {
		s.apiURL += "/"
	}
	return nil
}

// clerkIDs are the clerks as configured.
func (s settings) clerkIDs() []handlers.PersonID {
	var ids []handlers.PersonID
	for _, id := range strings.FieldsFunc(s.clerks, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		ids = append(ids, handlers.PersonID(id))
	}
	return ids
}

// notify is where new results and questions for the clerk go.
func (s settings) notify() []handlers.Place {
	var places []handlers.Place
	for _, id := range s.clerkIDs() {
		places = append(places, handlers.Direct(id))
	}
	if s.clerkChannel != "" {
		places = append(places, handlers.Place{Channel: s.clerkChannel})
	}
	return places
}

// needs refuses to go on without the named settings.
func (s settings) needs(envs ...string) error {
	var missing []string
	for _, env := range envs {
		for _, row := range settingTable {
			if row.env == env && *row.field(&s) == "" {
				missing = append(missing, env)
			}
		}
	}
	if len(missing) > 0 {
		return usagef("%s must be set: see “Set it up in Slack” in the README", strings.Join(missing, " and "))
	}
	return nil
}
