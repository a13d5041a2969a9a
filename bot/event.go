package bot

import (
	"encoding/json"

	"github.com/slack-go/slack/slackevents"
)

// understood reads an event, whatever comes with it that slack-go does not know. A token in it proves
// nothing; the connection or the signature does.
func understood(payload []byte) (slackevents.EventsAPIEvent, error) {
	event, err := slackevents.ParseEvent(payload, slackevents.OptionNoVerifyToken())
	if err != nil {
		event, err = slackevents.ParseEvent(plainer(payload), slackevents.OptionNoVerifyToken())
	}
	return event, err
}

// plainer is an event without all but who said what and where: slack-go refuses the whole if it does
// not know a kind of block in it.
func plainer(payload []byte) []byte {
	keep := func(object json.RawMessage, fields ...string) map[string]any {
		var all, kept map[string]any = nil, make(map[string]any)
		_ = json.Unmarshal(object, &all)
		for _, field := range fields {
			switch v := all[field].(type) {
			case string, bool:
				kept[field] = v
			}
		}
		return kept
	}
	var event struct {
		Inner json.RawMessage `json:"event"`
	}
	if json.Unmarshal(payload, &event) != nil || event.Inner == nil {
		return payload
	}
	outer := keep(payload, "type", "team_id", "event_id", "is_ext_shared_channel")
	outer["event"] = keep(event.Inner, "type", "subtype", "user", "bot_id", "text", "ts", "thread_ts", "channel", "channel_type", "user_team", "tab")
	plain, err := json.Marshal(outer)
	if err != nil {
		return payload
	}
	return plain
}
