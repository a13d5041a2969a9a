package assessment

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word of a text, in lower case and with contractions taken apart: "haven't" is
// "have" and "not", both at the position of the whole word.
type token struct {
	word       string
	start, end int  // in bytes of the text
	stop       bool // punctuation comes before it
	sentence   int
}

// tokens splits a text into words. Apostrophes may be straight, curly or left out.
func tokens(text string) []token {
	var list []token
	stop, ended, sentence := true, false, 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			switch {
			case r == '.' || r == '!' || r == '?' || r == '\n':
				stop, ended = true, true
			case strings.ContainsRune("-'’‘&/£%", r) && !alone(text, i, size), unicode.IsSpace(r):
			default:
				stop = true
			}
			i += size
			continue
		}
		end := wordEnd(text, i)
		if ended && len(list) > 0 {
			sentence++
		}
		for _, w := range contraction(strings.ReplaceAll(strings.ToLower(text[i:end]), "’", "'")) {
			list = append(list, token{w, i, end, stop, sentence})
			stop = false
		}
		ended = false
		i = end
	}
	whoseCouncil(list)
	for i, t := range list {
		if len(t.word) == 4 && strings.Trim(t.word, "0123456789") == "" {
			list[i].word = "#"
		}
	}
	return list
}

// alone reports whether a mark is between spaces, as a dash is.
func alone(text string, i, size int) bool {
	return (i == 0 || text[i-1] == ' ') && (i+size >= len(text) || text[i+size] == ' ')
}

// wordEnd returns where the word that begins at i ends. Apostrophes are part of a word.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' {
			break
		}
		i += size
	}
	return i
}

// bare are contractions that many people type without the apostrophe.
var bare = map[string]string{
	"cannot": "can't", "cant": "can't", "wont": "won't", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "isnt": "isn't",
	"arent": "aren't", "wasnt": "wasn't", "havent": "haven't", "hasnt": "hasn't", "wouldnt": "wouldn't", "couldnt": "couldn't",
	"theyd": "they'd", "weve": "we've", "theyre": "they're",
}

// shorts are the endings of contractions and what they stand for.
var shorts = []struct{ end, word string }{
	{"n't", "not"}, {"'ve", "have"}, {"'re", "are"}, {"'ll", "will"}, {"'d", "would"}, {"'m", "am"},
}

// beforeIs are the words whose "'s" means "is"; after any other word it is a possessive.
var beforeIs = strings.Fields("it that there here he she what who this everything nothing everyone nobody")

func contraction(w string) []string {
	if full, ok := bare[w]; ok {
		w = full
	}
	switch w {
	case "can't":
		return []string{"can", "not"}
	case "won't":
		return []string{"will", "not"}
	case "ain't":
		return []string{"is", "not"}
	}
	for _, s := range shorts {
		if stem, ok := strings.CutSuffix(w, s.end); ok && stem != "" {
			return []string{stem, s.word}
		}
	}
	if stem, ok := strings.CutSuffix(w, "'s"); ok && slices.Contains(beforeIs, stem) {
		return []string{stem, "is"}
	}
	return []string{w}
}

// otherCouncil stands for a council that is not the reader's own.
const otherCouncil = "other council"

// whoseCouncil marks the county's, the district's and other towns' councils, so that phrases
// about "the council" do not match them.
func whoseCouncil(list []token) {
	for i := range list {
		if list[i].word != "council" && list[i].word != "council's" {
			continue
		}
		j := i - 1
		if j >= 0 && !list[i].stop && list[j].word == "town" && !list[j].stop {
			j--
		}
		if j >= 0 && !list[j+1].stop && !slices.Contains(beforeCouncil, list[j].word) {
			list[i].word = otherCouncil
		}
	}
}

// beforeCouncil are the words that, before "council" or "town council", mean it is still our
// own.
var beforeCouncil = strings.Fields("the our this biddulph and but so because if that for as by to of on with from whether say says")

// span is a run of tokens; end is just after the last.
type span struct{ start, end int }

func (s span) covers(other span) bool {
	return s.start <= other.start && other.end <= s.end && s != other
}

func (s span) meets(other span) bool { return s.start < other.end && other.start < s.end }

func (s span) join(other span) span {
	return span{min(s.start, other.start), max(s.end, other.end)}
}

// in returns the text of a span, as typed.
func (s span) in(text string, list []token) string {
	return text[list[s.start].start:list[s.end-1].end]
}

// parting are words that begin a new thought: a denial before them does not reach past them.
var parting = words("but and because so although while whereas however since which who then plus")

// maxReach is how many words before and after a match are searched for what belongs to it. It
// keeps reading linear in the length of a text that never ends a sentence.
const maxReach = 80

// clause is the run of tokens around s within the same thought. Parting words inside s itself
// do not divide it.
func clause(list []token, s span) span {
	c := s
	for c.start > max(0, s.start-maxReach) && !list[c.start].stop && !parting[list[c.start-1].word] {
		c.start--
	}
	for c.end < min(len(list), s.end+maxReach) && !list[c.end].stop && !parting[list[c.end].word] {
		c.end++
	}
	return c
}

// sentence is the run of tokens of the sentence in which s begins.
func sentence(list []token, s span) span {
	n, first, last := list[s.start].sentence, max(0, s.start-maxReach), min(len(list), s.end+maxReach)
	for s.start > first && list[s.start-1].sentence == n {
		s.start--
	}
	for s.end < last && list[s.end].sentence == n {
		s.end++
	}
	return s
}

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
