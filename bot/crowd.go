package bot

import (
	"sync"

	"partnershipbot/handlers"
)

// maxPerPerson is how many portions of one person's turns may wait at once: a hundred short
// messages, or nine of the longest. Nobody who reads the answers comes near it. The rest is
// acknowledged and dropped, because Slack would only redeliver it into the same queue. The
// person is told once. This is the one case in which something acknowledged is not kept.
const maxPerPerson = 100

const tooManyText = "You are faster than I am: I am still answering what you sent before, and had to leave out what came after it. " +
	"Please wait for my answers, and then send again what is missing."

// What people read when the store fails: outageText if it could not take their turn, retryText
// if it has the turn but not yet its effect, brokenText if neither is certain and the run ends.
const (
	outageText = "I cannot save anything at the moment, so what you just said or chose has not been kept, and nothing was changed. " +
		"Whoever runs me has to make room on the disk or look at it. Please try again in a while."
	retryText = "I have what you just said or chose, but cannot save what follows from it at the moment, so nothing was changed yet. " +
		"I keep trying: you need not send it again. Whoever runs me has to make room on the disk or look at it."
	brokenText = "Something is wrong with the disk, and I have to start afresh: I do not know whether I still have what you just said or chose. " +
		"If I have not answered in a few minutes, please send it again. Whoever runs me has to look at the disk."
)

// crowd counts the portions of each person's turns in progress.
type crowd struct {
	mu      sync.Mutex
	waiting map[handlers.PersonID]*queuer
}

type queuer struct {
	portions int64
	told     bool
}

func newCrowd() *crowd { return &crowd{waiting: make(map[handlers.PersonID]*queuer)} }

// enter reports whether there is room for another of a person's turns; the first always fits.
// If there is no room, tell is true if the person has not been told yet.
func (c *crowd) enter(p handlers.PersonID, portions int64) (ok, tell bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	q := c.waiting[p]
	if q == nil {
		q = new(queuer)
		c.waiting[p] = q
	}
	if q.portions > 0 && q.portions+portions > maxPerPerson {
		tell, q.told = !q.told, true
		return false, tell
	}
	q.portions += portions
	return true, false
}

// join counts a turn that is already in the inbox, whether or not there is room.
func (c *crowd) join(p handlers.PersonID, portions int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting[p] == nil {
		c.waiting[p] = new(queuer)
	}
	c.waiting[p].portions += portions
}

// leave ends the count of a turn that entered or joined.
func (c *crowd) leave(p handlers.PersonID, portions int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting[p].portions -= portions; c.waiting[p].portions == 0 {
		delete(c.waiting, p)
	}
}

// outage is a period in which the store takes nothing.
type outage struct {
	mu   sync.Mutex
	told map[handlers.ConversationID]bool
}

func newOutage() *outage { return &outage{told: make(map[handlers.ConversationID]bool)} }

// first reports whether a conversation has not been told of the outage, and marks it as told.
func (o *outage) first(c handlers.ConversationID) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	told := o.told[c]
	o.told[c] = true
	return !told
}

// over ends the outage and reports whether there was one.
func (o *outage) over() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	was := len(o.told) > 0
	clear(o.told)
	return was
}
