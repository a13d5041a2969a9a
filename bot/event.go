package bot

import (
	"encoding/json"
	"errors"
)

// event is what the bot reads of a payload of the Events API
// (docs.slack.dev/apis/events-api#events-JSON). slack-go's own type is not used, as it reads a payload
// seven times, and refuses the whole if it does not know a kind of block in it.
type event struct {
	Type      string    `json:"type"`
	ID        string    `json:"event_id"`
	Team      string    `json:"team_id"`
	Shared    bool      `json:"is_ext_shared_channel"`
	Challenge string    `json:"challenge"` // of a verification alone
	Inner     happening `json:"event"`
}

// happening is what an event tells of: what was said, or opened.
type happening struct {
	Type        string    `json:"type"`
	SubType     string    `json:"subtype"`
	User        string    `json:"user"`
	Team        string    `json:"user_team"`
	Bot         string    `json:"bot_id"`
	Channel     string    `json:"channel"`
	ChannelType string    `json:"channel_type"`
	TS          string    `json:"ts"`
	Thread      string    `json:"thread_ts"`
	Text        string    `json:"text"`
	Tab         string    `json:"tab"`
	Edited      *struct{} `json:"edited"`
	Open        *struct{} `json:"app_context"` // what the person is looking at, in the agent view alone
}

// The types of an event as a whole.
const (
	callback     = "event_callback"
	verification = "url_verification"
)

// readEvent reads an event, whatever else comes with it. A token in it proves nothing; the connection
// or the signature does.
func readEvent(payload []byte) (event, error) {
	var e event
	err := json.Unmarshal(payload, &e)
	if other := new(json.UnmarshalTypeError); errors.As(err, &other) {
		err = nil // the rest was read
	}
	if err == nil && e.Type == callback && e.Inner.Type == "" {
		err = errUnknown
	}
	return e, err
}
