package search

import (
	"regexp"
	"slices"
	"strings"
)

// partShare is how much the rest of a message counts, relative to one of its questions that is
// being answered. Of 0.2 to 1 in steps, this ranked best on the validation set.
const partShare = 0.2

// leastWords is how many words a part of a sentence needs to be a question of its own, unless a
// word that asks and one that tells suffice: "who pays".
const leastWords = 3

// choosers ask for one of what comes next, and so leave open what is asked of it: "which officers".
var choosers = wordSet("which whose how")

// mostParts bounds the questions that one message is split into.
const mostParts = 5

// sentence is a sentence, or one of several questions within one.
type sentence struct {
	words  []word
	asks   bool
	commas []int // the words that have a comma before them, in order
}

// separators stand between questions, or between words that "and" might join as well. A dash is
// less than a comma: it separates nothing but questions.
var separators = strings.NewReplacer(" & ", " and ", " + ", " and ", " / ", dash, " - ", dash, " – ", dash, "—", dash,
	"•", "\n", "·", "\n", "‣", "\n", "▪", "\n")

const dash = ",\f"

// separates reports whether separators may have something to replace: doing so takes long.
func separates(r rune) bool { return strings.ContainsRune("&+/-–—•·‣▪", r) }

// numbering are the ways in which people number their questions, and itemNumber is one such number.
var (
	numbering  = phrases("1 2 3 4 5 6 7 8 9, a b c d e f g h, i ii iii iv v vi")
	itemNumber = regexp.MustCompile(`(?i)(?:^|[\s,;(])q?([1-9]|[a-h]|i{1,3}|iv|vi?)(?:\)\s*|[.:]\s+)`)
	// announced is what stands before questions: "I have two: who …".
	announced = regexp.MustCompile(`(?i)\b(one|two|three|four|few|things?|questions?|queries|points|ask|know|wonder|is):\s`)
)

// parted puts each of several questions that signs keep apart on a line of its own.
func parted(text string) string {
	if strings.ContainsFunc(text, separates) {
		text = separators.Replace(text)
	}
	if strings.Count(text, ")")+strings.Count(text, ".")+strings.Count(text, ":") > 1 { // one stands after each item
		text = itemised(text)
	}
	if strings.Contains(text, ":") {
		text = announced.ReplaceAllString(text, "$1\n")
	}
	return text
}

// itemised does so with numbered ones: "1) who signs 2) who pays".
func itemised(text string) string {
	found := itemNumber.FindAllStringSubmatchIndex(text, -1)
	for _, series := range numbering {
		var b strings.Builder
		from, next := 0, series
		for _, at := range found {
			if len(next) > 0 && strings.EqualFold(text[at[2]:at[3]], next[0]) {
				b.WriteString(text[from:at[0]] + "\n")
				from, next = at[1], next[1:]
			}
		}
		if len(next)+2 <= len(series) {
			return b.String() + text[from:]
		}
	}
	return text
}

// sentences splits a message where sentences end and where questions begin.
func (l *lexicon) sentences(text string) []sentence {
	var found []sentence
	text = parted(text)
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
			if n := len(found); n > from && !(found[n-1].asks && askers[opened(ws)[0].text]) {
				last := &found[n-1] // the comma does not separate questions
				if !strings.HasPrefix(clause, dash[1:]) {
					last.commas = append(last.commas, len(last.words))
				}
				last.words = append(last.words, ws...)
				continue
			}
			found = append(found, sentence{words: ws, asks: asking(ws)})
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

// asking reports whether words begin as a question does, or a request for an answer.
func asking(ws []word) bool {
	first := opened(ws)[0].text
	return askers[first] || explainers[first]
}

// conditions begin what "then" answers: "if we join then who pays" is one question.
var conditions = wordSet("if once when whenever unless suppose supposing say assuming given after provided")

// nextQuestion finds where a second question begins, after "and" or the like; 0 if none does.
func nextQuestion(ws []word) int {
	for i := 1; i+1 < len(ws); i++ {
		then := ws[i].text == "then" && !conditions[ws[0].text]
		if !(then || joiners[ws[i].text]) || !complete(ws[:i]) {
			continue
		}
		rest := opened(ws[i:])
		about := ws[i].text == "and" && (rest[0].text == "about" || rest[0].text == "on")
		if (about || askers[rest[0].text]) && complete(rest) {
			return i
		}
	}
	return 0
}

// complete reports whether words can be a question of their own.
func complete(ws []word) bool {
	if ws = opened(ws); len(ws) < leastWords && !(len(ws) > 1 && askers[ws[0].text] && !helpers[ws[0].text] && !choosers[ws[0].text] && !strings.HasSuffix(ws[1].text, "ly")) {
		return false
	}
	return !bare([]sentence{{words: ws}})
}

// parts returns the questions of a message that has several, or nil if it does not.
func parts(all []sentence) []int {
	var found []int
	for i, s := range all {
		if s.asks && complete(s.words) && len(found) < mostParts {
			found = append(found, i)
		}
	}
	if len(found) < 2 {
		return nil
	}
	return found
}
