package bot

import (
	"sync"

	"partnershipbot/handlers"
)

// maxPerPerson is how many portions of turns of one person wait at once: a hundred short
// messages, or nine of the longest. Nobody who reads the answers comes near it. What comes beyond is acknowledged and dropped, because Slack
// would deliver it again into the same crowd; the person is told so once, and it is the
// one case in which something acknowledged is not kept.
const maxPerPerson = 100

const tooManyText = "You are faster than I am: I am still answering what you sent before, and had to leave out what came after it. " +
	"Please wait for my answers, and then send again what is missing."

// outageText is what people read while the store cannot take what they say, retryText
// once it holds what they said and not yet what follows from it, brokenText when nobody
// knows, and the run ends.
const (
	outageText = "I cannot save anything at the moment, so what you just said or chose has not been kept, and nothing was changed. " +
		"Whoever runs me has to make room on the disk or look at it. Please try again in a while."
	retryText = "I have what you just said or chose, but cannot save what follows from it at the moment, so nothing was changed yet. " +
		"I keep trying: you need not send it again. Whoever runs me has to make room on the disk or look at it."
	brokenText = "Something is wrong with the disk, and I have to start afresh: I do not know whether I still have what you just said or chose. " +
		"If I have not answered in a few minutes, please send it again. Whoever runs me has to look at the disk."
)

// crowd counts the portions of each person's turns that are not yet dealt with.
type crowd struct {
	mu      sync.Mutex
	waiting map[handlers.PersonID]*queuer
}

type queuer struct {
	portions int64
	told     bool
}

func newCrowd() *crowd { return &crowd{waiting: make(map[handlers.PersonID]*queuer)} }

// enter reports whether there is room for one more of a person's turns, as there is for the
// first of any size; if not, tell says that they do not know it yet.
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

// join counts a turn that is in the inbox already.
func (c *crowd) join(p handlers.PersonID, portions int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting[p] == nil {
		c.waiting[p] = new(queuer)
	}
	c.waiting[p].portions += portions
}

// leave takes back one that entered or joined.
func (c *crowd) leave(p handlers.PersonID, portions int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting[p].portions -= portions; c.waiting[p].portions == 0 {
		delete(c.waiting, p)
	}
}

// outage is a time in which the store takes nothing.
type outage struct {
	mu   sync.Mutex
	told map[handlers.ConversationID]bool
}

func newOutage() *outage { return &outage{told: make(map[handlers.ConversationID]bool)} }

// first reports whether a conversation has not been told of it, and takes it as told.
func (o *outage) first(c handlers.ConversationID) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	told := o.told[c]
	o.told[c] = true
	return !told
}

// over ends it, and reports whether there was one.
func (o *outage) over() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	was := len(o.told) > 0
	clear(o.told)
	return was
}
