package search

import (
	"slices"
	"strings"
)

var (
	askers = wordSet("ought who whom whose what when where why how which is are was were am do does did " +
		"can could should shall must may might will would has have had")
	helpers = wordSet("ought is are was were am do does did can ca could should shall must may might will " +
		"wo would has have had")
	joiners = wordSet("and plus or but")
	fillers = wordSet("also if then so firstly secondly thirdly finally lastly")
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

// joined reports whether something joins a sentence to what was said before it.
func joined(s sentence) bool { return len(opened(s.words)) < len(s.words) }

var pronouns = wordSet("it its that this they them their these those he she one ones his her him")

// asPut finds words in a message as they were written, or else spells them. It holds nothing
// that a chat service takes for a mention.
func (l *lexicon) asPut(message string, ws []word) string {
	ws, message = opened(ws), strings.NewReplacer("<", "", ">", "").Replace(parted(message))
	fields := strings.Fields(message)
	for from := range fields {
		n := 0
		for to := from; to < len(fields) && n < len(ws); to++ {
			read := l.read(fields[to])
			if !begins(ws[n:], textsOf(read)) {
				break
			}
			if n += len(read); n == len(ws) {
				return strings.Trim(strings.Join(fields[from:to+1], " "), ".,;:?!-*() ")
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
	if len(ws) < len(opening) {
		return false
	}
	for i, s := range opening {
		if ws[i].text != s {
			return false
		}
	}
	return true
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
