package bot

import (
	"context"

	"github.com/slack-go/slack"

	"partnershipbot/bot/blocks"
)

// stream shows a message block by block in a thread of the agent view, as Slack does with
// answers there. The whole was checked before, so that nothing shown has to be taken back
// (docs.slack.dev/reference/methods/chat.startStream). If that fails, the whole is posted
// instead, and what was shown of it must not stay beside it.
func (b *Bot) stream(ctx context.Context, channel, thread string, m blocks.Message, mark mark) (handle string, err error) {
	_, ts, err := b.api.StartStreamContext(ctx, channel, slack.MsgOptionTS(thread))
	if err != nil {
		if unclear(err) {
			b.sweep(ctx, channel, thread)
		}
		return "", err
	}
	for _, block := range m.Blocks {
		if _, _, err = b.api.AppendStreamContext(ctx, channel, ts, slack.MsgOptionChunks(slack.NewBlocksChunk(block))); err != nil {
			break
		}
	}
	if err == nil {
		_, _, err = b.api.StopStreamContext(ctx, channel, ts, mark.option())
	}
	if err != nil {
		b.takeBack(ctx, channel, ts)
		return "", err
	}
	return channel + " " + ts, nil
}

// sweep takes back what stands of an answer in a thread where one may have begun to grow.
func (b *Bot) sweep(ctx context.Context, channel, thread string) {
	var said []slack.Message
	err := b.insist(ctx, func() (err error) {
		said, err = b.lookBack(ctx, channel, thread)
		return err
	})
	if err != nil {
		b.log.Warn("degraded: not looked for half an answer", "err", err)
		return
	}
	if ts := b.half(said); ts != "" {
		b.takeBack(ctx, channel, ts)
	}
}

// half finds the answer in a thread that a kill, or a call without a clear answer, cut short. A
// streamed message gets its mark when it ends, and every other message but a file has one from
// the start; so it is the bot's last message, if that has no mark. Empty if there is none.
func (b *Bot) half(said []slack.Message) (ts string) {
	var last slack.Message
	for _, m := range said {
		if m.BotID == b.me.bot && m.Timestamp > last.Timestamp {
			last = m
		}
	}
	if last.Metadata.EventType != "" || len(last.Files) > 0 {
		return ""
	}
	return last.Timestamp
}

// takeBack deletes a message that grew. Slack deletes none that still grows, and ends it by
// itself only after minutes.
func (b *Bot) takeBack(ctx context.Context, channel, ts string) {
	// Refused if it has ended, which is all the same.
	_ = b.insist(ctx, func() error {
		_, _, err := b.api.StopStreamContext(ctx, channel, ts)
		return err
	})
	if err := b.remove(ctx, channel, ts); err != nil {
		b.log.Warn("degraded: half an answer left standing", "err", err)
	}
}
