package search

import (
	_ "embed"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"partnershipbot/knowledge"
)

// What is said to the bot about itself, about people or about a result is told from a
// question to the protocol by its shape, not by its words alone: "who sees my answers" is
// no more about the protocol than "who sees the partnership's data" is about the bot.

// saidText holds the shapes. The head of the file says how it is written.
//
//go:embed said.txt
var saidText string

// shape is a way in which something is said.
type shape struct {
	intent Intent
	of     *regexp.Regexp
	needs  []map[string]bool // of each, a message has a word
}

// fits reports whether a plain message, of these words, has the shape. Looking at the words
// first saves nearly all of the time.
func (s shape) fits(plain string, words []string) bool {
	for _, need := range s.needs {
		if !slices.ContainsFunc(words, func(w string) bool { return need[w] }) {
			return false
		}
	}
	return s.of.MatchString(plain)
}

// shapes are read when they are first needed.
var shapes = sync.OnceValue(func() *said { return parseSaid(saidText) })

// said is the parsed form of said.txt.
type said struct {
	shapes []shape
	words  map[string]bool // of all shapes
	long   []string        // the longer ones, by which slips are corrected
}

// longestSaid is how many words a message can have and still be taken by its shape.
const longestSaid = 24

// Said is the first of some intents that a message says as a whole, courtesies aside, or
// empty.
func Said(message string, of ...Intent) Intent {
	all := shapes()
	plain, ok := all.plain(message)
	if !ok {
		return ""
	}
	words := strings.Fields(plain)
	for _, intent := range of {
		if slices.ContainsFunc(all.shapes, func(s shape) bool { return s.intent == intent && s.fits(plain, words) }) {
			return intent
		}
	}
	return ""
}

// plain is a message as shapes see it: words in lower case, each with a space behind it.
func (s *said) plain(message string) (string, bool) {
	ws := words(abbreviated.ReplaceAllString(strings.ToLower(knowledge.Clip(message, maxQuestion)), "$1 is"))
	if len(ws) == 0 || len(ws) > longestSaid {
		return "", false
	}
	for i, w := range ws {
		if s.words[w] {
			continue
		}
		if plain, ok := dialect[w]; ok {
			ws[i] = plain
		} else {
			if at := slices.IndexFunc(s.long, func(k string) bool { return miskeyed(w, k) }); at >= 0 {
				ws[i] = s.long[at]
			}
		}
	}
	return strings.Join(ws, " ") + " ", true
}

// abbreviated is what stands for "is"; elsewhere "'s" says whose something is.
var abbreviated = regexp.MustCompile(`\b(what|who|where|how|when|why|that|it|there|here)['’]s\b`)

// leastLong is how long a word must be for another to be taken as a slip of it.
const leastLong = 6

// miskeyed reports whether a word is another with a letter missing, doubled or out of place.
// A letter in place of another makes too many other words: "store" is no "share".
func miskeyed(w, known string) bool {
	d := len(w) - len(known)
	return w[0] == known[0] && d >= -1 && d <= 1 && len(known) <= longestRepair && slips(w, known, 1) == 1 && (d != 0 || slipped(w, known))
}

// parseSaid reads the shapes. What is wrong in them is the program's own mistake.
func parseSaid(text string) *said {
	all, named, intent := &said{words: make(map[string]bool)}, map[string]sequence{}, Intent("")
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
		case strings.HasPrefix(line, "="):
			name, either := cut(line[1:], ":")
			named[name] = newEither(either, named)
		case strings.HasPrefix(line, "#"):
			intent = Intent(strings.TrimSpace(line[1:]))
		default:
			one := newSequence(line, named)
			whole := regexp.MustCompile("^" + named["before"].of + "*?" + one.of + named["after"].of + "*$")
			all.shapes = append(all.shapes, shape{intent, whole, one.needs})
		}
		all.learn(line)
	}
	return all
}

// learn keeps the words of a line.
func (s *said) learn(line string) {
	for _, w := range words(strings.ReplaceAll(line, "_", " ")) {
		if !s.words[w] && len(w) >= leastLong {
			s.long = append(s.long, w)
		}
		s.words[w] = true
	}
}

// sequence is a shape, or part of one.
type sequence struct {
	of string // a regular expression of words that each have a space behind them
	// needs are sets of words: whatever has the shape has a word of each.
	needs []map[string]bool
}

// words are those that the needs are met with.
func (s sequence) words() map[string]bool {
	all := make(map[string]bool)
	for _, need := range s.needs {
		maps.Copy(all, need)
	}
	return all
}

// newEither reads sequences of which one stands there.
func newEither(line string, named map[string]sequence) sequence {
	var of []string
	need, free := make(map[string]bool), false
	for one := range strings.SplitSeq(line, " / ") {
		s := newSequence(one, named)
		of = append(of, s.of)
		free = free || len(s.needs) == 0
		maps.Copy(need, s.words())
	}
	either := sequence{of: "(?:" + strings.Join(of, "|") + ")"}
	if !free {
		either.needs = append(either.needs, need)
	}
	return either
}

// newSequence reads one shape.
func newSequence(line string, named map[string]sequence) (s sequence) {
	for token := range strings.FieldsSeq(line) {
		if token == "~" {
			s.of += `(?:\S+ ){0,6}`
			continue
		}
		token, many := strings.CutSuffix(token, "*")
		inner, optional := strings.CutPrefix(token, "[")
		var either []string
		need, free := map[string]bool{}, many || optional
		for one := range strings.SplitSeq(strings.TrimSuffix(inner, "]"), "|") {
			name, isName := strings.CutPrefix(one, "{")
			switch {
			case isName:
				part := named[strings.TrimSuffix(name, "}")]
				either = append(either, part.of)
				free = free || len(part.needs) == 0
				maps.Copy(need, part.words())
			case one == ".":
				either, free = append(either, `\S+ `), true
			default:
				plain := strings.ReplaceAll(one, "_", " ")
				either = append(either, plain+" ")
				first, _, _ := strings.Cut(plain, " ")
				need[first] = true
			}
		}
		s.of += "(?:" + strings.Join(either, "|") + ")"
		switch {
		case many:
			s.of += "*"
		case optional:
			s.of += "?"
		}
		if !free {
			s.needs = append(s.needs, need)
		}
	}
	return s
}

// OfResult is what can be said of a result, the plainest first.
var OfResult = []Intent{ResultWithdraw, ResultShare, ResultAgain, ResultStands, ResultAnswers, ResultConditions, ResultClauses, ResultShow, ResultChange, ResultNext, ResultWhy}
