package bot

import (
	"context"
	"fmt"
	"hash/crc32"

	"github.com/slack-go/slack"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
)

// Slack offers no idempotency key for posting, so each message carries a mark by which it can
// be found when a kill, a timeout or a broken connection leaves it in doubt whether it was
// posted. The search is repeated until Slack answers. Only where the bot may not read the
// conversation is the message posted again unseen: twice is better than never.

// mark identifies one message of one reply. It is part of the message's metadata, which every
// app in the channel can read (docs.slack.dev/messaging/message-metadata), and so reveals
// nothing: it is the reply's number in the outbox and a checksum of its text, since another
// data file starts again from one.
type mark string

const markType = "partnershipbot_reply"

func markOf(o handlers.Outgoing, part int, m blocks.Message) mark {
	return mark(fmt.Sprintf("%d-%d-%08x", o.Seq, part, crc32.ChecksumIEEE([]byte(m.Text))))
}

func (m mark) option() slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: markType, EventPayload: map[string]any{"mark": string(m)}})
}

// How many messages a search for one in doubt covers. In a channel it is among the latest, unless
// much was said there while the program was down
// (docs.slack.dev/reference/methods/conversations.history). The replies in a thread come oldest
// first, so that all have to be read, and the bot's own are kept
// (docs.slack.dev/reference/methods/conversations.replies#pagination).
const (
	lastSaid = 100
	perPage  = 999
)

// lookBack reads the latest messages of a conversation, or the bot's own in a thread: none if Slack
// does not let the bot look. After an error, the caller has to look again.
func (b *Bot) lookBack(ctx context.Context, channel, thread string) (said []slack.Message, err error) {
	if thread != "" {
		said, err = b.lookThrough(ctx, channel, thread)
	} else {
		var page *slack.GetConversationHistoryResponse
		page, err = b.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: channel, Limit: lastSaid, IncludeAllMetadata: true})
		if err == nil {
			said = page.Messages
		}
	}
	if verdict, _ := judge(err); verdict == refused {
		b.log.Warn("degraded: cannot look whether something was posted, posting it again", "err", err)
		return nil, nil
	}
	return said, err
}

// lookThrough reads the bot's own messages in a thread.
func (b *Bot) lookThrough(ctx context.Context, channel, thread string) (own []slack.Message, err error) {
	p := slack.GetConversationRepliesParameters{ChannelID: channel, Timestamp: thread, Limit: perPage, IncludeAllMetadata: true}
	for {
		page, more, next, err := b.api.GetConversationRepliesContext(ctx, &p)
		if err != nil {
			return nil, err
		}
		for _, m := range page {
			if b.own(m) {
				own = append(own, m)
			}
		}
		if !more || next == "" || next == p.Cursor {
			return own, nil
		}
		p.Cursor = next
	}
}

// own reports whether a message is the bot's. Slack gives its user, its bot id, or both.
func (b *Bot) own(m slack.Message) bool {
	return m.User == b.me.user || m.BotID != "" && m.BotID == b.me.bot
}

// marked finds the message of the bot's with a mark.
func (b *Bot) marked(said []slack.Message, channel string, mark mark) (handle string, ok bool) {
	for _, m := range said {
		if m.Metadata.EventType == markType && m.Metadata.EventPayload["mark"] == string(mark) && b.own(m) {
			return channel + " " + m.Timestamp, true
		}
	}
	return "", false
}
