package bot

import (
	"context"
	"fmt"
	"hash/crc32"

	"github.com/slack-go/slack"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
)

// Posting has no idempotency key, so each message carries a mark of its own by which it
// can be found again when it is in doubt whether it was posted: after a kill, a timeout,
// a broken connection. Where the bot may not read the conversation, the message is
// posted again: twice is better than never.

// mark names one message of one reply. It stands in the message's metadata, which every
// app in the channel can read (docs.slack.dev/messaging/message-metadata), and so says
// nothing: the reply's number in the outbox and a sum of its words, since another data
// file counts from one again.
type mark string

const markType = "partnershipbot_reply"

func markOf(o handlers.Outgoing, part int, m blocks.Message) mark {
	return mark(fmt.Sprintf("%d-%d-%08x", o.Seq, part, crc32.ChecksumIEEE([]byte(m.Text))))
}

func (m mark) option() slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: markType, EventPayload: map[string]any{"mark": string(m)}})
}

// How far back a message in doubt is looked for. It is among the last, unless many more
// were said in that channel while the program was down
// (docs.slack.dev/reference/methods/conversations.history, …/conversations.replies).
const (
	lookBack       = 100
	lookBackThread = 999 // replies come oldest first
)

// standing finds a message by its mark.
func (b *Bot) standing(ctx context.Context, channel, thread string, mark mark) (handle string, ok bool) {
	var said []slack.Message
	var err error
	if thread != "" {
		said, _, _, err = b.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: channel, Timestamp: thread, Limit: lookBackThread, IncludeAllMetadata: true})
	} else {
		var page *slack.GetConversationHistoryResponse
		page, err = b.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: channel, Limit: lookBack, IncludeAllMetadata: true})
		if err == nil {
			said = page.Messages
		}
	}
	if err != nil {
		b.log.Warn("degraded: cannot look whether a message was posted, posting it again", "err", err)
		return "", false
	}
	for _, m := range said {
		if m.Metadata.EventType == markType && m.Metadata.EventPayload["mark"] == string(mark) && m.BotID == b.me.bot {
			return channel + " " + m.Timestamp, true
		}
	}
	return "", false
}
