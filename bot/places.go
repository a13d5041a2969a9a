package bot

import (
	"strings"
	"sync"

	"partnershipbot/handlers"
)

// isDirect says whether a conversation is between the bot and one person. Slack shows that in its id:
// only those of direct ones begin with D
// (docs.slack.dev/reference/objects/conversation-object). Nothing else may be judged by it.
func isDirect(channel string) bool { return strings.HasPrefix(channel, "D") }

// directory remembers the channel of each person's direct conversation.
type directory struct {
	mu       sync.Mutex
	channels map[handlers.PersonID]string
}

func newDirectory() *directory { return &directory{channels: make(map[handlers.PersonID]string)} }

func (d *directory) note(p handlers.PersonID, channel string) {
	if p == "" || !isDirect(channel) {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.channels[p] = channel
}

func (d *directory) channel(p handlers.PersonID) (string, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id, ok := d.channels[p]
	return id, ok
}

// forget forgets a person's direct conversation, and reports whether it was known.
func (d *directory) forget(p handlers.PersonID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, known := d.channels[p]
	delete(d.channels, p)
	return known
}
