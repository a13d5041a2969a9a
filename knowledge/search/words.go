package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
)

// maxQuestion bounds how much of a message is read, in bytes: eight times the longest story in
// testdata. It bounds the time that an answer takes, as mostRepairs does.
const maxQuestion = 2000

// stemPrefix is the length in bytes of the beginnings by which words are also compared, so that
// "democratic" matches "democracy". Of 4, 5 and 6, 5 ranked best with one author's questions
// held out.
const stemPrefix = 5

// contractions are expanded before text is split into words: "doesn't" becomes "does not".
var contractions = []struct{ short, full string }{
	{"n't", " not"}, {"'s", ""}, {"'re", " are"}, {"'ve", " have"}, {"'ll", " will"}, {"'m", " am"}, {"'d", " would"},
}

// expanded expands the contractions in a text in lower case. One ends a word and comes after a
// letter, not after a quotation mark or another.
func expanded(text string) string {
	var b strings.Builder
	from := 0
	for at := range len(text) {
		if text[at] != '\'' {
			continue
		}
		for _, c := range contractions {
			start := at - strings.IndexByte(c.short, '\'')
			if start <= from || !strings.HasPrefix(text[start:], c.short) {
				continue
			}
			before, _ := utf8.DecodeLastRuneInString(text[from:start])
			after := text[start+len(c.short):]
			if unicode.IsLetter(before) && strings.IndexFunc(after, isASCIIWord) != 0 {
				b.WriteString(text[from:start] + c.full)
				from = len(text) - len(after)
				break
			}
		}
	}
	return b.String() + text[from:]
}

// words splits text into words in lower case, of letters and digits only.
func words(text string) []string {
	text = strings.ToLower(text)
	if apostrophe(text) {
		text = expanded(strings.ReplaceAll(text, "’", "'"))
	}
	split := make([]string, 0, len(text)/4+1)
	start := -1
	for i, r := range text {
		switch inside := isWord(r); {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			split = append(split, text[start:i])
			start = -1
		}
	}
	if start >= 0 {
		split = append(split, text[start:])
	}
	return split
}

func apostrophe(text string) bool {
	return strings.Contains(text, "'") || strings.Contains(text, "’")
}

func isASCIIWord(r rune) bool { return r == '_' || r < utf8.RuneSelf && isWord(r) }

// isWord reports whether a rune in lower case is part of a word.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// lexicon numbers words, by stem, in the order in which they are first seen. The stemmer is
// kljensen/snowball, which needs one call per word and keeps no state; blevesearch/snowballstem
// needs an environment for each word.
type lexicon struct {
	forms    map[string]int32 // word as written → its index in spelt
	spelt    []form
	stems    map[string]int32
	prefixes map[string]int32 // as long as words are learnt
	prefix   []int32          // stem → number of its beginning, or unknown
	initial  map[byte][]int32 // first byte → indexes in spelt
}

// form is a word as it is written.
type form struct {
	word  string
	stem  int32
	count int32 // how often it was seen
}

// unknown is the number of a word that the lexicon does not have.
const unknown = -1

// token is a word of a question: the number of its stem, and how much the word counts, from 0
// to 1.
type token struct {
	number int32
	share  float32
}

// newLexicon returns an empty lexicon with room for as many words and stems.
func newLexicon(words, stems int) *lexicon {
	return &lexicon{
		forms:    make(map[string]int32, words),
		spelt:    make([]form, 0, words),
		stems:    make(map[string]int32, stems),
		prefix:   make([]int32, 0, stems),
		prefixes: make(map[string]int32, stems/2),
		initial:  make(map[byte][]int32),
	}
}

// learn counts a word and returns the number of its stem, a new one if need be.
func (l *lexicon) learn(word string) int32 {
	if at, ok := l.forms[word]; ok {
		l.spelt[at].count++
		return l.spelt[at].stem
	}
	return l.put(word, english.Stem(word, true))
}

// put adds a new word, and returns the number of its stem.
func (l *lexicon) put(word, stem string) int32 {
	n, ok := l.stems[stem]
	if !ok {
		n = int32(len(l.prefix))
		l.stems[stem] = n
		l.prefix = append(l.prefix, l.beginning(stem))
	}
	at := int32(len(l.spelt))
	l.forms[word] = at
	l.spelt = append(l.spelt, form{word, n, 1})
	l.initial[word[0]] = append(l.initial[word[0]], at)
	return n
}

// beginning returns the number of a stem's beginning, or unknown if the stem is no longer than
// that.
func (l *lexicon) beginning(stem string) int32 {
	if len(stem) <= stemPrefix {
		return unknown
	}
	p, ok := l.prefixes[stem[:stemPrefix]]
	if !ok {
		p = int32(len(l.prefixes))
		l.prefixes[stem[:stemPrefix]] = p
	}
	return p
}

// word is a word of a message in its known spelling.
type word struct {
	text string
	token
	guessed bool   // a wrong letter in a short word was put right, which may have made another
	typed   string // what it stands for, if its spelling was corrected
}

// look finds a word. With repair, an unknown word is taken for the known one that it most
// likely misspells, and counts less.
func (l *lexicon) look(text string, repair bool) word {
	if at, ok := l.forms[text]; ok {
		return word{text: text, token: token{l.spelt[at].stem, 1}}
	}
	if n, ok := l.stems[english.Stem(text, true)]; ok {
		return word{text: text, token: token{n, 1}}
	}
	if repair {
		if at := l.repair(text); at != unknown {
			known := l.spelt[at].word
			return word{known, token{l.spelt[at].stem, repairedShare}, len(known) == len(text) && !slipped(text, known), text}
		}
	}
	return word{text: text, token: token{unknown, 1}}
}

// read finds the words of a text.
func (l *lexicon) read(text string) []word {
	ws := words(text)
	read := make([]word, 0, len(ws))
	repairs := mostRepairs
	for _, w := range ws {
		if s, ok := dialect[w]; ok {
			for _, w := range strings.Fields(s) {
				read = append(read, l.look(w, false))
			}
			continue
		}
		found := l.look(w, repairs > 0)
		if found.text != w || found.number == unknown {
			repairs--
		}
		read = append(read, found)
	}
	return read
}

// dialect gives the meaning of words that are written as they are spoken and are too short, or
// too different, to be corrected as misspellings.
var dialect = map[string]string{
	"wot": "what", "wat": "what", "wut": "what", "wots": "what is", "wats": "what is", "whats": "what is", "woss": "what is",
	"hows": "how is", "whos": "who is", "wheres": "where is", "whens": "when is", "wen": "when", "wich": "which", "ow": "how",
	"waht": "what", "hwat": "what", "whta": "what", "whcih": "which", "wihch": "which", "whihc": "which", "hwich": "which", "wehn": "when", "whne": "when", "wehre": "where", "wheer": "where",
	"dus": "does", "duz": "does", "shud": "should", "shd": "should", "shld": "should", "cud": "could", "cld": "could", "wud": "would", "wld": "would", "wos": "was", "av": "have", "aint": "is not",
	"sumone": "someone", "sumbody": "somebody", "sumthing": "something", "summat": "something", "owt": "anything", "nowt": "nothing",
	"teh": "the", "da": "the", "dis": "this", "dat": "that", "dem": "them", "wiv": "with", "ov": "of", "coz": "because", "cuz": "because",
	"u": "you", "ur": "your", "ppl": "people", "abt": "about", "thru": "through", "wanna": "want to", "gonna": "going to", "gotta": "must",
	"im": "i am", "ive": "i have", "youre": "you are", "theyre": "they are", "weve": "we have", "theyve": "they have", "thats": "that is", "theres": "there is",
	"arent": "are not", "hasnt": "has not", "havent": "have not", "didnt": "did not", "wasnt": "was not", "werent": "were not", "couldnt": "could not", "wouldnt": "would not",
	"sory": "sorry", "soz": "sorry", "cant": "can not", "dont": "do not", "doesnt": "does not", "isnt": "is not", "wont": "will not", "shouldnt": "should not",
	"em":     "them",
	"wistle": "whistle", "wistleblower": "whistleblower", "wistleblowing": "whistleblowing",
}
