package bot

import (
	"strings"
	"sync"

	"partnershipbot/handlers"
)

// directory remembers the channel of each person's direct conversation.
type directory struct {
	mu       sync.Mutex
	channels map[handlers.PersonID]string
}

func newDirectory() *directory { return &directory{channels: make(map[handlers.PersonID]string)} }

func (d *directory) note(p handlers.PersonID, channel string) {
	if p == "" || !strings.HasPrefix(channel, "D") {
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
