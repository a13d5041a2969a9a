package assessment

import (
	"slices"
	"strings"
)

// The words by which people answer are kept here and in [readings], and nowhere else:
// here what is an answer by itself, to whatever was asked, and counts as said; there what
// is read out of whole phrases, and is put back to the person first.

// Spoken are the words that people use for an answer, in lower case, without punctuation.
// The caller must not change them.
func (v Value) Spoken() []string { return spoken[v] }

var spoken = map[Value][]string{
	Yes: {"yes", "y", "yeah", "yep", "yup", "aye", "ya", "yes it is", "yes it does", "yes it would", "yes they do", "yes they would",
		"yes we can", "yes we do", "yes we are", "yes they are", "yes it will", "yes there is", "yes i can", "yes please", "it is", "it does", "it would", "definitely", "definitely yes", "yes definitely", "absolutely",
		"certainly", "of course", "sure", "i would say so", "i'd say so", "indeed", "correct", "true", "we can", "we do", "fully", "completely", "entirely", "totally"},
	Partly: {"partly", "partially", "in part", "p", "sort of", "kind of", "kinda", "sorta", "some", "some of it", "somewhat", "a bit",
		"a little", "to some extent", "to a degree", "half", "half and half", "not fully", "not entirely", "not completely", "not quite",
		"not wholly", "yes and no", "almost", "mostly", "more or less", "up to a point", "in places"},
	No: {"no", "n", "nope", "nah", "not", "no it isn't", "no it is not", "no it doesn't", "no it does not", "no it wouldn't", "no we can't",
		"no we cannot", "it isn't", "it doesn't", "it wouldn't", "not at all", "never", "false", "not yet", "no they don't", "no it's not", "no its not", "no it isnt",
		"no it doesnt", "no it wouldnt", "no it won't", "no they wouldn't", "no they're not", "no we're not", "no we don't", "no there isn't", "it's not", "its not",
		"they don't", "they wouldn't", "we can't", "we cannot",
		"we don't", "definitely not", "certainly not", "absolutely not", "of course not", "no way", "no chance", "none", "none of it",
		"none of them", "none of that", "none at all", "nothing", "nothing like that", "not one"},
	Unknown: {"not sure", "unsure", "don't know", "dont know", "i don't know", "i dont know", "dunno", "no idea", "unknown",
		"not certain", "i'm not sure", "im not sure", "can't say", "can't tell", "hard to say", "skip", "u", "not clear", "unclear", "maybe",
		"perhaps", "possibly", "no clue", "not known", "who knows", "don't know yet", "not sure yet"},
	New:           {"new", "a new one", "new one", "it's new", "its new", "new partnership", "a new partnership", "brand new"},
	Existing:      {"existing", "an existing one", "existing one", "existing partnership", "review", "being reviewed", "extension", "old", "already exists"},
	NotNeeded:     {"not needed", "none needed", "not required", "isn't needed", "no need", "n/a", "na"},
	NotApplicable: {"not applicable", "n/a", "na", "none needed", "not needed", "doesn't apply", "does not apply"},

	GovernmentRequires:    {"government", "the government", "government requires it"},
	FunderRequires:        {"funder", "funders", "funding", "the funder"},
	CommunityPriority:     {"community", "communities", "community priority"},
	CapacityOrExpertise:   {"capacity", "expertise", "knowledge"},
	BetterValueWithOthers: {"value", "better value", "cheaper"},
}

// leading and trailing are words around an answer that say nothing themselves. None of
// them doubts.
var (
	leading = [][]string{{"well"}, {"oh"}, {"um"}, {"er"}, {"erm"}, {"so"}, {"ok"}, {"okay"}, {"right"}, {"hm"}, {"i'd", "say"}, {"i", "would", "say"},
		{"let's", "say"}, {"it's", "a"}, {"it's"}, {"its"}, {"it", "is"}, {"that's", "a"}, {"that's"}, {"that", "is"}, {"this", "is"},
		{"a", "big"}, {"a", "definite"}, {"a", "firm"}, {"the", "answer", "is"}, {"actually"}, {"honestly"}}
	trailing = [][]string{{"actually"}, {"please"}, {"thanks"}, {"thank", "you"}, {"to", "be", "honest"}, {"i'd", "say"},
		{"i", "would", "say"}, {"for", "sure"}, {"at", "present"}, {"at", "the", "moment"}, {"right", "now"}, {"so", "far"}, {"for", "now"},
		{"i'm", "afraid"}, {"it", "would"}, {"it", "is"}, {"it", "does"}, {"it", "will"}, {"they", "would"}, {"they", "do"}, {"we", "can"}, {"we", "do"}}
)

// Bare takes from a folded answer what people put around it: "well, it's a no, I'm
// afraid" is "no". What is left is never empty.
func Bare(said string) string {
	return strings.Join(without(strings.Fields(said), leading, trailing), " ")
}

// Plain reports whether a folded text is an answer by itself, said once or in two ways:
// "yeah, definitely".
func (v Value) Plain(said string) bool {
	is := func(said string) bool {
		return slices.Contains(spoken[v], said) || slices.Contains(spoken[v], Bare(said))
	}
	if is(said) {
		return true
	}
	words := strings.Fields(said)
	for i := 1; i < min(len(words), maxTwice); i++ {
		if words[0] != "not" && is(strings.Join(words[:i], " ")) && is(strings.Join(words[i:], " ")) {
			return true
		}
	}
	return false
}

// Loose reports whether a folded answer is plain where several things are asked at once
// and may mean something else where one is: "none", "not yet".
func Loose(said string) bool { return slices.Contains(loose, Bare(said)) }

var loose = []string{"none", "none of it", "none of them", "none of that", "none at all", "nothing", "nothing like that", "not one", "not yet"}

// Gates are the words that most questions are answered with.
func Gates() []Value { return gateWords }

// maxTwice is how many words the first of two ways may take.
const maxTwice = 5

// without takes runs of words from the beginning and the end of others, but not all.
func without(words []string, leading, trailing [][]string) []string {
	for cut := true; cut; {
		cut = false
		for _, w := range leading {
			if len(words) > len(w) && slices.Equal(words[:len(w)], w) {
				words, cut = words[len(w):], true
			}
		}
		for _, w := range trailing {
			if n := len(words) - len(w); n > 0 && slices.Equal(words[n:], w) {
				words, cut = words[:n], true
			}
		}
	}
	return words
}

// Hinted reads an answer that is given in doubt: "I think so", "a new one, I think". It is
// to be put back to the person. said is folded.
func Hinted(said string, allowed []Value) (Value, bool) {
	bare := Bare(said)
	sure := Bare(strings.Join(without(strings.Fields(bare), wary, wary), " "))
	for _, v := range allowed {
		if slices.Contains(doubted[v], said) || slices.Contains(doubted[v], bare) ||
			sure != bare && v != Unknown && slices.Contains(spoken[v], sure) {
			return v, true
		}
	}
	return "", false
}

// wary are words before or behind an answer that put it in doubt.
var wary = [][]string{{"i", "think"}, {"i", "guess"}, {"i", "suppose"}, {"i", "believe"}, {"i", "reckon"}, {"probably"}, {"presumably"}, {"apparently"},
	{"really"}, {"it", "seems"}, {"as", "far", "as", "i", "know"}}

var doubted = map[Value][]string{
	Yes: {"i think so", "hopefully", "probably", "yes probably", "probably yes", "i suppose so", "i suppose", "i believe so", "i hope so", "i guess so", "should be",
		"it should", "most likely", "likely", "very likely", "yes i think so", "i think it is", "i think we can", "as far as i know", "i'd hope so"},
	No: {"not really", "no not really", "probably not", "i don't think so", "i dont think so", "i do not think so", "no i don't think so",
		"i doubt it", "i doubt that", "hardly", "unlikely", "not likely", "not that i know of", "not as far as i know", "i suppose not", "i guess not"},
	Partly: {"i think partly", "probably partly", "some of it i think"},
}

// Mistyped reports whether a folded text is a word or phrase with one slip of the finger:
// two letters in the wrong order or, where it is long enough to be no other word, one too
// few or too many.
func Mistyped(said, meant string) bool {
	if len(said) > len(meant) {
		said, meant = meant, said
	}
	i := 0
	for i < len(said) && said[i] == meant[i] {
		i++
	}
	switch len(meant) - len(said) {
	case 0:
		return len(said) > 2 && i+1 < len(said) && said[i] == meant[i+1] && said[i+1] == meant[i] && said[i] != said[i+1] && said[i+2:] == meant[i+2:]
	case 1:
		return len(said) > 3 && said[i:] == meant[i+1:]
	}
	return false
}
