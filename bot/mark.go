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
// a broken connection. Until Slack answers, it is looked for again; only where the bot may
// not read the conversation is it posted again unseen: twice is better than never.

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
	lastSaid    = 100
	lastReplies = 999 // which come oldest first
)

// lookBack reads what was said last in a conversation. Where Slack will not let the bot look,
// there is nothing; any other error means that it is to look again.
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

// standing finds a message by its mark.
func (b *Bot) standing(ctx context.Context, channel, thread string, mark mark) (handle string, ok bool, err error) {
	said, err := b.lookBack(ctx, channel, thread)
	for _, m := range said {
		if m.Metadata.EventType == markType && m.Metadata.EventPayload["mark"] == string(mark) && m.BotID == b.me.bot {
			return channel + " " + m.Timestamp, true, nil
		}
	}
	return "", false, err
}
