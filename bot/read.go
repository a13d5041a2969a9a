package bot

import (
	"cmp"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
)

// identity is who the bot is in its workspace.
type identity struct {
	team      handlers.TeamID
	user, bot string
}

// reading is what a delivery means to the bot.
type reading struct {
	turn handlers.Turn
	// reply marks a message in a channel's thread that does not mention the bot: it is for the
	// bot only if the bot has taken part in that thread.
	reply bool
	// dm is the channel of the direct conversation with the person, if the delivery says so.
	dm string
	// answer goes with the acknowledgement, for Slack to show where a command was typed: in the
	// channel at, which is empty for anything else. None is needed if that is the direct
	// conversation itself.
	answer any
	at     string
}

// read interprets a delivery; ok is false if it is not for the bot: its own messages, edits,
// joins, other bots, what people of other workspaces say or tap among themselves, fields that
// have not been submitted.
func (me identity) read(delivery socketmode.Event) (r reading, ok bool) {
	switch data := delivery.Data.(type) {
	case event:
		return me.event(data, delivery.Request.EnvelopeID)
	case slack.InteractionCallback:
		return me.interaction(data, delivery.Request.EnvelopeID)
	case slack.SlashCommand:
		return me.command(data, delivery.Request.EnvelopeID)
	}
	return reading{}, false
}

func (me identity) event(e event, envelope string) (reading, bool) {
	// An event in a channel that is shared with another workspace may carry either team's id.
	if e.Type != callback || !me.ours(e.Team) && !e.Shared {
		return reading{}, false
	}
	id := "event " + cmp.Or(e.ID, envelope)
	h, outside := e.Inner, e.Shared || !me.ours(e.Inner.Team)
	switch h.Type {
	case "app_mention":
		if h.Bot != "" || h.Edited != nil {
			return reading{}, false
		}
		return me.said(id, message{happening: h, mention: true, outside: outside})
	case "message":
		return me.message(id, h, outside)
	case "app_home_opened":
		if h.Tab != "home" || h.User == "" {
			return reading{}, false
		}
		t := me.turn(id, h.User, handlers.Direct(handlers.PersonID(h.User)))
		t.Action = handlers.Action{Verb: handlers.ClerkHome}
		return reading{turn: t, dm: h.Channel}, true
	}
	return reading{}, false
}

// spoken lists the subtypes of messages that people write
// (docs.slack.dev/reference/events/message).
var spoken = map[string]bool{"": true, "file_share": true, "thread_broadcast": true}

func (me identity) message(id string, h happening, outside bool) (reading, bool) {
	if !spoken[h.SubType] || h.Bot != "" {
		return reading{}, false
	}
	m := message{happening: h, outside: outside}
	if h.ChannelType == "im" || h.ChannelType == "" && isDirect(h.Channel) {
		// In the agent view every message opens a thread, and is answered there
		// (docs.slack.dev/ai/agent-sessions).
		if m.Thread == "" && h.Open != nil {
			m.Thread = h.TS
		}
		m.direct = true
		return me.said(id, m)
	}
	m.mention = strings.Contains(h.Text, "<@"+me.user+">") || strings.Contains(h.Text, "<@"+me.user+"|")
	if !m.mention && (m.Thread == "" || blocks.MentionsOther(h.Text, me.user)) {
		return reading{}, false
	}
	return me.said(id, m)
}

// message is something that was said to the bot, or where it listens.
type message struct {
	happening
	direct, mention bool
	// outside says that people of another workspace wrote it, or can read it.
	outside bool
}

func (me identity) said(id string, m message) (reading, bool) {
	overheard := !m.direct && !m.mention
	if m.User == "" || m.User == me.user || m.outside && overheard {
		return reading{}, false
	}
	person := handlers.PersonID(m.User)
	place := handlers.Place{Person: person, Thread: m.Thread}
	if !m.direct {
		place = handlers.Place{Channel: m.Channel, Thread: m.Thread}
		if m.Thread == "" {
			place.Thread = m.TS
		}
	}
	// A mention arrives as two events, app_mention and message, in either order. The time comes first, so
	// that those of the same minute lie together on disk.
	if m.TS != "" {
		id = "message " + m.TS + " " + m.Channel
	}
	t := me.turn(id, m.User, place)
	t.Text, t.People = blocks.Plain(m.Text, me.user), blocks.People(m.Text, me.user)
	t.Overheard, t.Outside = overheard, m.outside
	r := reading{turn: t, reply: overheard}
	if m.direct {
		r.dm = m.Channel
	}
	return r, true
}

func (me identity) interaction(cb slack.InteractionCallback, envelope string) (reading, bool) {
	if !me.ours(cb.User.TeamID) || !me.ours(cb.Team.ID) || cb.User.ID == "" {
		return reading{}, false
	}
	id := "interaction " + cb.TriggerID
	if cb.TriggerID == "" {
		id = "envelope " + envelope
	}
	person := handlers.PersonID(cb.User.ID)
	t := me.turn(id, cb.User.ID, handlers.Direct(person))
	t.Trigger = cb.TriggerID
	r := reading{turn: t}
	switch cb.Type {
	case slack.InteractionTypeBlockActions:
		action, values, ok := blocks.Decode(cb)
		if !ok {
			return reading{}, false
		}
		r.turn.Action, r.turn.Values = action, values
		if channel := channelOf(cb); channel != "" {
			r.turn.Place, r.dm = placeOf(cb, channel, person)
		}
	case slack.InteractionTypeShortcut:
		verb, ok := shortcuts[cb.CallbackID]
		if !ok {
			return reading{}, false
		}
		r.turn.Action = handlers.Action{Verb: verb}
	case slack.InteractionTypeMessageAction:
		r.turn.Action, r.turn.Unseen = handlers.Action{Verb: handlers.AskQuestion, Arg: blocks.Plain(cb.Message.Text, me.user)}, true
	case slack.InteractionTypeViewSubmission, slack.InteractionTypeViewClosed:
		sent, ok := blocks.DecodeWindow(cb)
		if !ok {
			return reading{}, false
		}
		r.turn.Action, r.turn.Text, r.turn.Values = sent.Action, strings.ToValidUTF8(sent.Text, ""), sent.Values
		r.turn.Place.Thread = sent.Thread
		r.turn.Trigger = "" // one window cannot open another
		if cb.TriggerID == "" {
			r.turn.ID = "window " + cb.View.ID + " " + string(cb.Type)
		}
	default:
		return reading{}, false
	}
	return r, true
}

// shortcuts maps the manifest's callback ids to verbs.
var shortcuts = map[string]string{"ask": handlers.AskInvite, "assess": handlers.AssessStart}

func channelOf(cb slack.InteractionCallback) string {
	if cb.Channel.ID != "" {
		return cb.Channel.ID
	}
	return cb.Container.ChannelID
}

// placeOf says where a button was.
func placeOf(cb slack.InteractionCallback, channel string, person handlers.PersonID) (place handlers.Place, dm string) {
	thread := cb.Container.ThreadTs
	if thread == "" {
		thread = cb.Message.ThreadTimestamp
	}
	if isDirect(channel) {
		return handlers.Place{Person: person, Thread: thread}, channel
	}
	if thread == "" {
		thread = cb.Container.MessageTs
	}
	return handlers.Place{Channel: channel, Thread: thread}, ""
}

func (me identity) command(c slack.SlashCommand, envelope string) (reading, bool) {
	if !me.ours(c.TeamID) || c.UserID == "" {
		return reading{}, false
	}
	id := "command " + c.TriggerID
	if c.TriggerID == "" {
		id = "envelope " + envelope
	}
	t := me.turn(id, c.UserID, handlers.Direct(handlers.PersonID(c.UserID)))
	t.Text, t.People = blocks.Plain(c.Text, me.user), blocks.People(c.Text, me.user)
	t.Trigger, t.Unseen = c.TriggerID, true
	if strings.TrimSpace(t.Text) == "" {
		t.Text = "help"
	}
	r := reading{turn: t, at: c.ChannelID}
	r.answer = ephemeral("I have answered you in a direct message.")
	return r, true
}

// ephemeral is an answer to a command that only its sender sees, where it was typed.
func ephemeral(text string) any { return map[string]string{"response_type": "ephemeral", "text": text} }

func (me identity) turn(id, user string, place handlers.Place) handlers.Turn {
	return handlers.Turn{ID: id, Team: me.team, Person: handlers.PersonID(user), Place: place}
}

// ours reports whether a team named in a delivery is our own; not every delivery
// names one.
func (me identity) ours(team string) bool { return team == "" || team == string(me.team) }
