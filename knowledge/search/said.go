package search

import (
	_ "embed"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"

	"partnershipbot/knowledge"
)

// A remark to the bot about itself, about people or about a result is told from a question
// about the protocol by its shape, not by its words alone: "who sees my answers" is no more
// about the protocol than "who sees the partnership's data" is about the bot.

// saidText holds the shapes. The head of the file explains its format.
//
//go:embed said.txt
var saidText string

// shapes are read when they are first needed.
var shapes = sync.OnceValue(func() *said { return parseSaid(saidText) })

// said is the parsed form of said.txt.
type said struct {
	shapes  map[uint16][]shape  // by a word that a message must have, or 0
	intents map[Intent]uint8    // their numbers, from 1
	unless  map[Intent][]uint16 // words of what is about something else
	around  [2]place            // what may be said before a shape, and after it
	words   vocabulary          // of all shapes
	long    map[byte][]string   // the longer ones, by their first letter, by which slips are corrected
}

// shape is what a message can look like that expresses an intent. Of its words, at most strange are of
// no shape.
type shape struct {
	sequence
	strange int
	intent  uint8
	// must are the marks of the two smallest sets of words of which a message needs one each, or of all
	// words, so that most shapes need not be tried.
	must [2]marks
}

// longestSaid is how many words a message can have and still be recognised by its shape.
const longestSaid = 24

// Heard is a message as shapes see it. Whoever asks for several intents in turn reads it once.
type Heard struct {
	words   []uint16 // 0 for one that no shape has
	strange int      // how many these are
	marks   marks    // of all words
	begun   places   // where a shape may begin
}

// Hear reads a message.
func Hear(message string) Heard { return hear(shapes().plain(message)) }

func hear(ws []uint16) Heard {
	strange := 0
	for _, w := range ws {
		if w == 0 {
			strange++
		}
	}
	return Heard{ws, strange, marksOf(ws), shapes().around[0].ends(ws, at(0))}
}

// Said returns the first of the given intents that the message as a whole expresses, apart from
// courtesies, or "".
func Said(message string, of ...Intent) Intent { return Hear(message).Said(of...) }

// Said is the function [Said] for a message that was read before.
func (h Heard) Said(of ...Intent) Intent {
	if len(h.words) == 0 {
		return ""
	}
	all := shapes()
	var ranks [math.MaxUint8 + 1]uint8 // of the intents, the first in of the highest
	for i, intent := range slices.Backward(of) {
		ranks[all.intents[intent]] = uint8(len(of) - i)
	}
	ranks[0] = 0 // of those without a shape
	best := uint8(0)
	try := func(w uint16) {
		some := all.shapes[w]
		for i := range some {
			s := &some[i]
			if ranks[s.intent] > best && h.strange <= s.strange && h.is(s) && !h.has(all.unless[of[len(of)-int(ranks[s.intent])]]) {
				best = ranks[s.intent]
			}
		}
	}
	try(0)
	for _, w := range h.words {
		if w != 0 {
			try(w)
		}
	}
	if best == 0 {
		return ""
	}
	return of[len(of)-int(best)]
}

// SaidAfter is the function [Heard.Said] for a message that may follow an answer from the protocol. Then one
// that only says "it" is about what was answered: "who sees it?", after the Information Sharing Agreement.
func (h Heard) SaidAfter(answer bool, of ...Intent) Intent {
	if answer && h.Said(Back) != "" {
		of = slices.DeleteFunc(slices.Clone(of), func(i Intent) bool { return slices.Contains(ofIt, i) })
	}
	return h.Said(of...)
}

// ofIt are the intents that call what they are about "it".
var ofIt = []Intent{Privacy, Effort, Amend, Afterwards, Sent}

// is reports whether a message has a shape, apart from courtesies around it.
func (h Heard) is(s *shape) bool {
	if h.marks&s.must[0] == 0 || h.marks&s.must[1] == 0 {
		return false
	}
	return shapes().around[1].ends(h.words, s.ends(h.words, h.begun)).has(len(h.words))
}

// has reports whether one of the words is in a message.
func (h Heard) has(words []uint16) bool {
	return slices.ContainsFunc(h.words, func(w uint16) bool { return slices.Contains(words, w) })
}

// plain returns a message as the shapes expect it: their words, or none if it is too long.
func (s *said) plain(message string) []uint16 {
	message = strings.ToLower(knowledge.Clip(message, maxQuestion))
	if apostrophe(message) {
		message = abbreviated.ReplaceAllString(message, "$1 is")
	}
	message = negated.Replace(message)
	if strings.Contains(message, "*") {
		message = masked.ReplaceAllLiteralString(message, unmasked)
	}
	ws := words(message)
	if len(ws) > longestSaid {
		return nil // before its slips are looked for, which takes long
	}
	plain := make([]uint16, 0, len(ws)+1)
	for _, w := range ws {
		switch said, ok := dialect[w]; {
		case s.words[w] > 0:
			plain = append(plain, s.words[w])
		case ok:
			for one := range strings.FieldsSeq(said) { // "whats" is two
				plain = append(plain, s.words[one])
			}
		default:
			long := s.long[w[0]]
			meant := slices.IndexFunc(long, func(k string) bool { return miskeyed(w, k) })
			if meant >= 0 {
				w = long[meant]
			}
			plain = append(plain, s.words[w])
		}
	}
	if len(plain) > longestSaid {
		return nil
	}
	return plain
}

// abbreviated matches words after which "'s" stands for "is"; elsewhere it is a possessive.
var abbreviated = regexp.MustCompile(`\b(what|who|where|how|when|why|that|it|there|here)['’]s\b`)

// negated are negations that would be split into what is no word, and a wish as whole sentences have it.
var negated = strings.NewReplacer("can't", "can not", "can’t", "can not", "won't", "will not", "won’t", "will not", "cannot", "can not",
	"i should like", "i would like", "we should like", "we would like")

// masked matches a word whose letters are struck out, such as "f***" or "sh*t", as people write
// curses; unmasked stands for any of them. In "*so*" and "**so**" the signs stand around a word.
var masked = regexp.MustCompile(`\b\pL{1,6}(\*{3,}\pL*|\*+\pL+)`)

const unmasked = "bollocks"

// leastLong is how long a word must be for another to be taken as a slip of it.
const leastLong = 6

// miskeyed reports whether a word is another that begins as it does, with a letter missing, added or out of place. A
// wrong letter counts only in a long word; in shorter ones it too often makes a different word:
// "retain" is not "remain".
func miskeyed(w, known string) bool {
	d := len(w) - len(known)
	return d >= -1 && d <= 1 && len(known) <= longestRepair && Slips(w, known, 1) == 1 && (d != 0 || slipped(w, known))
}

// parseSaid reads the shapes. It reports no errors: the file is part of the program.
func parseSaid(text string) *said {
	all := &said{
		shapes: make(map[uint16][]shape), intents: make(map[Intent]uint8), unless: make(map[Intent][]uint16),
		words: make(vocabulary), long: make(map[byte][]string),
	}
	named, intent := map[string][]sequence{}, Intent("")
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
		case strings.HasPrefix(line, "="):
			name, either := cut(line[1:], ":")
			all.learn(either)
			for one := range strings.SplitSeq(either, " / ") {
				named[name] = append(named[name], newSequence(one, all.words, named))
			}
		case strings.HasPrefix(line, "#"):
			intent = Intent(strings.TrimSpace(line[1:]))
		case strings.HasPrefix(line, "@"):
			all.also(intent, Intent(strings.TrimSpace(line[1:])))
		case strings.HasPrefix(line, "!"):
			all.learn(line)
			all.unless[intent] = all.words.numbers(words(line))
		default:
			all.learn(line)
			all.add(intent, newSequence(line, all.words, named))
		}
	}
	for w, some := range all.shapes {
		all.shapes[w] = slices.Clone(some) // without room to grow
	}
	all.around = [2]place{{parts: named["before"], most: longestSaid}, {parts: named["after"], most: longestSaid}}
	return all
}

// add files a shape under the words of which a message must have one.
func (s *said) add(intent Intent, said sequence) {
	one := shape{said, said.strange(), s.number(intent), [2]marks{^marks(0), ^marks(0)}}
	needs := said.needs()
	for i, need := range needs[:min(len(needs), len(one.must))] {
		one.must[i] = marksOf(need)
	}
	under := []uint16{0}
	if len(needs) > 0 {
		under = needs[0]
	}
	for _, w := range under {
		s.shapes[w] = append(s.shapes[w], one)
	}
}

// number returns the number of an intent, a new one if need be.
func (s *said) number(intent Intent) uint8 {
	n, ok := s.intents[intent]
	if !ok {
		n = uint8(len(s.intents) + 1)
		s.intents[intent] = n
	}
	return n
}

// also has the shapes of an intent say another.
func (s *said) also(intent, of Intent) {
	also, from := s.number(intent), s.number(of)
	for w, some := range s.shapes {
		for _, one := range some {
			if one.intent == from {
				one.intent = also
				s.shapes[w] = append(s.shapes[w], one)
			}
		}
	}
}

// learn numbers the words of a line.
func (s *said) learn(line string) {
	for _, w := range words(strings.ReplaceAll(line, "_", " ")) {
		if s.words[w] == 0 && len(w) >= leastLong {
			s.long[w[0]] = append(s.long[w[0]], w)
		}
		s.words.number(w)
	}
}

// OfResult lists what can be said about a result, the plainest first.
var OfResult = []Intent{ResultWithdraw, ResultShare, ResultAgain, ResultStands, ResultAnswers, ResultConditions, ResultClauses, ResultShow, ResultChange, ResultNext, ResultWhy}
