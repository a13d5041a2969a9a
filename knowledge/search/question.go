package search

import (
	"slices"
	"strings"
)

// partShare is how much the rest of a message counts, relative to one of its questions that is
// being answered. Of 0.2 to 1 in steps, this ranked best on the validation set.
const partShare = 0.2

// leastWords is how many words a part of a sentence needs to be a question of its own.
const leastWords = 3

// mostParts bounds the questions that one message is split into.
const mostParts = 4

var (
	askers = wordSet("ought who whom whose what when where why how which is are was were am do does did " +
		"can could should shall must may might will would has have had")
	helpers = wordSet("ought is are was were am do does did can ca could should shall must may might will " +
		"wo would has have had")
	joiners = wordSet("and plus or but")
	fillers = wordSet("also if then so")
	// explainers ask, after "could you", for more than a yes or a no.
	explainers = wordSet("explain describe define summarise outline list show tell give")
)

func wordSet(s string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// sentence is a sentence, or one of several questions within one.
type sentence struct {
	words  []word
	asks   bool
	commas []int // the words that have a comma before them, in order
}

// sentences splits a message where sentences end and where questions begin.
func (l *lexicon) sentences(text string) []sentence {
	var found []sentence
	for len(text) > 0 {
		piece, mark := text, byte('.')
		if end := strings.IndexAny(text, ".?!;\n"); end >= 0 {
			piece, mark, text = text[:end], text[end], text[end+1:]
		} else {
			text = ""
		}
		from := len(found)
		for clause := range strings.SplitSeq(piece, ",") {
			ws := l.read(clause)
			if len(ws) == 0 {
				continue
			}
			if n := len(found); n > from && !(found[n-1].asks && askers[ws[0].text]) {
				last := &found[n-1] // the comma does not separate questions
				last.commas = append(last.commas, len(last.words))
				last.words = append(last.words, ws...)
				continue
			}
			found = append(found, sentence{words: ws, asks: askers[ws[0].text]})
		}
		if n := len(found); n > from && mark == '?' {
			found[n-1].asks = true
		}
		found = splitQuestions(found, from)
	}
	if worded := slices.DeleteFunc(slices.Clone(found), sentence.numeral); len(worded) > 0 {
		return worded
	}
	return found
}

// numeral reports whether a sentence is nothing but numbers: "what is a partnership? 3".
func (s sentence) numeral() bool {
	return !slices.ContainsFunc(s.words, func(w word) bool { return strings.Trim(w.text, "0123456789") != "" })
}

// splitQuestions splits those sentences, starting at from, that join several questions.
func splitQuestions(all []sentence, from int) []sentence {
	split := slices.Clone(all[:from])
	for _, s := range all[from:] {
		for s.asks {
			n := nextQuestion(s.words)
			if n == 0 {
				break
			}
			var before sentence
			before, s = s.cut(n)
			split = append(split, before)
		}
		split = append(split, s)
	}
	return split
}

// cut splits a sentence before a word.
func (s sentence) cut(n int) (before, after sentence) {
	before, after = sentence{words: s.words[:n], asks: s.asks}, sentence{words: s.words[n:], asks: s.asks}
	for _, c := range s.commas {
		if c < n {
			before.commas = append(before.commas, c)
		} else if c > n {
			after.commas = append(after.commas, c-n)
		}
	}
	return before, after
}

// nextQuestion finds where a second question begins, after "and" or the like; 0 if none does.
func nextQuestion(ws []word) int {
	for i := leastWords; i+leastWords < len(ws); i++ {
		if !joiners[ws[i].text] {
			continue
		}
		next := ws[i+1].text
		if fillers[next] {
			next = ws[i+2].text
		}
		if askers[next] || ws[i].text == "and" && (next == "about" || next == "on") {
			return i
		}
	}
	return 0
}

// parts returns the questions of a message that has several, or nil if it does not.
func parts(all []sentence) []int {
	var found []int
	for i, s := range all {
		if s.asks && len(s.words) >= leastWords && len(found) < mostParts {
			found = append(found, i)
		}
	}
	if len(found) < 2 {
		return nil
	}
	return found
}

// topics splits sentences at commas and at "and" or "or": "what about conduct, complaints and
// data?" has three.
func topics(all []sentence) []sentence {
	var split []sentence
	for _, s := range all {
		from := 0
		for i, w := range s.words {
			if i > from && (w.text == "and" || w.text == "or" || slices.Contains(s.commas, i)) {
				split = append(split, sentence{words: s.words[from:i], asks: s.asks})
				from = i
			}
		}
		split = append(split, sentence{words: s.words[from:], asks: s.asks})
	}
	return split
}

// opened returns a question without the "and" or "also" that joins it to another.
func opened(ws []word) []word {
	for len(ws) > 1 && (joiners[ws[0].text] || fillers[ws[0].text]) {
		ws = ws[1:]
	}
	return ws
}

var pronouns = wordSet("it its that this they them their these those he she one ones his her him")

// asPut finds words in a message as they were written, or else spells them. It holds nothing
// that a chat service takes for a mention.
func (l *lexicon) asPut(message string, ws []word) string {
	ws, message = opened(ws), strings.NewReplacer("<", "", ">", "").Replace(message)
	fields := strings.Fields(message)
	for from := range fields {
		n := 0
		for to := from; to < len(fields) && n < len(ws); to++ {
			read := l.read(fields[to])
			if !begins(ws[n:], textsOf(read)) {
				break
			}
			if n += len(read); n == len(ws) {
				return strings.Trim(strings.Join(fields[from:to+1], " "), ".,;:?! ")
			}
		}
	}
	return spell(ws)
}

func textsOf(ws []word) []string {
	texts := make([]string, len(ws))
	for i, w := range ws {
		texts[i] = w.text
	}
	return texts
}

// begins reports whether words begin with the words of opening.
func begins(ws []word, opening []string) bool {
	return len(ws) >= len(opening) &&
		slices.EqualFunc(ws[:len(opening)], opening, func(w word, s string) bool { return w.text == s })
}

// length counts the words of a message.
func length(all []sentence) int {
	n := 0
	for _, s := range all {
		n += len(s.words)
	}
	return n
}

// wantsYesNo reports whether the first question of a message is answered by yes or no. "Could
// you please explain it?" is none.
func wantsYesNo(all []sentence) bool {
	for _, s := range all {
		if !s.asks {
			continue
		}
		for i, w := range s.words {
			switch {
			case helpers[w.text]:
				asked := s.words[i+1 : min(i+4, len(s.words))]
				return !begins(asked, []string{"you"}) || !slices.ContainsFunc(asked, func(w word) bool { return explainers[w.text] })
			case askers[w.text]:
				return false
			}
		}
	}
	return false
}
