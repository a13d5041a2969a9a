package bot

import (
	"context"

	"github.com/slack-go/slack"

	"partnershipbot/bot/blocks"
)

// stream shows a message block by block in a thread of the agent view, as Slack does with
// answers there. The whole was checked before, so that nothing shown has to be taken back
// (docs.slack.dev/reference/methods/chat.startStream).
func (b *Bot) stream(ctx context.Context, channel, thread string, m blocks.Message, mark mark) (handle string, err error) {
	_, ts, err := b.api.StartStreamContext(ctx, channel, slack.MsgOptionTS(thread))
	if err != nil {
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
		// The whole is posted instead; half an answer must not stay beside it.
		if gone := b.remove(ctx, channel, ts); gone != nil {
			b.log.Warn("degraded: half an answer left standing", "err", gone)
		}
		return "", err
	}
	return channel + " " + ts, nil
}
