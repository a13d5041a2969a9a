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

// How many messages a search for one in doubt covers. It is among the latest, unless much was
// said in the channel while the program was down
// (docs.slack.dev/reference/methods/conversations.history, …/conversations.replies).
const (
	lastSaid    = 100
	lastReplies = 999 // replies come oldest first
)

// lookBack reads the latest messages of a conversation: none if Slack does not let the bot
// look. After an error, the caller has to look again.
func (b *Bot) lookBack(ctx context.Context, channel, thread string) (said []slack.Message, err error) {
	if thread != "" {
		said, _, _, err = b.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: channel, Timestamp: thread, Limit: lastReplies, IncludeAllMetadata: true})
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

// marked finds the message of the bot's with a mark.
func (b *Bot) marked(said []slack.Message, channel string, mark mark) (handle string, ok bool) {
	for _, m := range said {
		if m.Metadata.EventType == markType && m.Metadata.EventPayload["mark"] == string(mark) && m.BotID == b.me.bot {
			return channel + " " + m.Timestamp, true
		}
	}
	return "", false
}
