package blocks

import (
	"encoding/json"

	"github.com/slack-go/slack"
)

// piece is the smallest part of a drawing; it is never divided.
type piece struct {
	blocks []slack.Block
	text   string // what the blocks say, not yet escaped
	size   int    // bytes of JSON
	// plain replaces blocks that not every workspace accepts, of which a message holds at
	// most one; it is nil for all other pieces.
	plain []slack.Block

	control bool // can be chosen
	follows bool // belongs to what stands before it
	heads   bool // belongs to what comes after it
}

func newPiece(text string, blocks ...slack.Block) piece {
	p := piece{blocks: blocks, text: text}
	for _, b := range blocks {
		p.size += size(b) + len(",")
	}
	return p
}

// without returns the piece without blocks that not every workspace accepts.
func (p piece) without() []slack.Block {
	if p.plain != nil {
		return p.plain
	}
	return p.blocks
}

// size is the length of v as it is sent.
func size(v any) int {
	var n counter
	if json.NewEncoder(&n).Encode(v) != nil {
		return maxHomeSize // not sendable, and so too large for any room
	}
	return int(n) - len("\n")
}

// counter counts the bytes that are written to it.
type counter int

func (n *counter) Write(b []byte) (int, error) {
	*n += counter(len(b))
	return len(b), nil
}

// left is the room that remains beside some pieces.
func (r room) left(pieces ...piece) room {
	for _, p := range pieces {
		r.blocks -= max(len(p.blocks), len(p.plain))
		if p.plain != nil {
			r.data--
		}
		r.size -= p.size
		r.text -= cost(p.text) + len("\n")
	}
	return r
}

func (r room) holds(pieces ...piece) bool {
	l := r.left(pieces...)
	return l.blocks >= 0 && l.size >= 0 && l.text >= 0 && l.data >= 0
}

// pack divides pieces into messages, keeping together what belongs together as long as
// it fits into one.
func pack(pieces []piece, r room) [][]piece {
	if r.holds(pieces...) { // as most do
		return [][]piece{pieces}
	}
	var units [][]piece
	for i, p := range pieces {
		if n := len(units) - 1; n >= 0 && (p.follows || pieces[i-1].heads) && r.left(units[n]...).holds(p) {
			units[n] = append(units[n], p)
			continue
		}
		units = append(units, []piece{p})
	}
	var out [][]piece
	for _, u := range units {
		if n := len(out) - 1; n >= 0 && r.left(out[n]...).holds(u...) {
			out[n] = append(out[n], u...)
			continue
		}
		out = append(out, u)
	}
	return out
}

// cutShort is shown where a drawing had to be cut.
const cutShort = "… The rest is too long to show here."

// shortened keeps what fits into one message or page: controls before text, and both from
// the top. The text of a message is cut later, when the message is put together.
func shortened(pieces []piece, r room) []piece {
	r.text = maxHomeSize
	if r.holds(pieces...) {
		return pieces
	}
	mark := note(cutShort)[0]
	r = r.left(mark)
	keep := make([]bool, len(pieces))
	for _, control := range []bool{true, false} {
		for i, p := range pieces {
			if p.control != control {
				continue
			}
			if !r.holds(p) {
				break
			}
			keep[i] = true
			r = r.left(p)
		}
	}
	var out []piece
	marked := false
	for i, p := range pieces {
		switch {
		case keep[i]:
			out = append(out, p)
		case !marked:
			out, marked = append(out, mark), true
		}
	}
	return out
}
