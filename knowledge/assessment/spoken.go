package assessment

import (
	"regexp"
	"slices"
	"strings"
)

// The words by which people answer are kept here and in [readings], and nowhere else. Here are
// answers that stand by themselves, to whatever was asked, and count as said; in readings is
// what is read from whole phrases, and is put back to the person first.

// Spoken returns the words that people use for an answer, in lower case and without
// punctuation. The caller must not change them.
func (v Value) Spoken() []string { return spoken[v] }

var spoken = map[Value][]string{
	Yes: {"yes", "y", "yeah", "yep", "yup", "yea", "yeh", "aye", "ya", "definitely", "defo", "absolutely", "certainly", "of course", "sure", "by all means",
		"i'd say so", "you bet", "affirmative", "naturally", "obviously", "without a doubt", "no doubt", "undoubtedly", "no question", "without question", "too right", "for sure", "ye", "yh", "yas", "course it is", "course they do", "course we do", "very much so", "very much", "indeed", "correct", "true", "fully", "completely", "entirely", "totally"},
	Partly: {"partly", "partially", "in part", "p", "sort of", "kind of", "kinda", "sorta", "some", "somewhat", "a bit", "a little", "to some extent",
		"to a degree", "to a certain extent", "for the most part", "by and large", "on the whole", "in the main", "after a fashion", "usually", "sometimes", "most of the time", "some of the time", "half", "half and half", "fifty fifty", "50/50", "almost", "nearly", "mostly", "mainly", "largely", "broadly",
		"more or less", "up to a point", "in places", "pretty much", "ish", "yesish", "more yes than no", "both", "bit of both", "a bit of both", "mixed", "a mix", "a mixture", "in between"},
	No: {"no", "n", "nope", "nah", "naw", "nay", "not", "not at all", "never", "false", "not yet", "definitely not", "certainly not", "absolutely not",
		"of course not", "course not", "far from it", "no way", "not on your life", "not on your nelly", "no chance", "not a chance", "no way jose", "negative", "none", "none of it", "none of them", "none of that", "none of these", "none at all", "nothing", "nothing like that", "not one",
		"i should hope not", "i should think not", "i'd hope not", "not in the least", "not in the slightest", "perish the thought", "by no means", "no fear", "goodness no", "heavens no",
		"good heavens no", "good lord no", "lord no", "good grief no", "never in a month of sundays", "nothing of the sort", "nothing of the kind"},
	Unknown: {"not sure", "unsure", "don't know", "i don't know", "dunno", "no idea", "unknown", "not certain", "can't say", "can't tell", "couldn't say",
		"couldn't tell you", "hard to say", "u", "not clear", "unclear", "maybe", "perhaps", "possibly", "no clue", "not a clue", "not a scooby", "haven't a scooby", "idk", "no one knows", "nobody knows", "god knows", "goodness knows", "heaven knows", "haven't a clue",
		"haven't the foggiest", "search me", "beats me", "don't ask me", "not known", "who knows", "don't know yet", "not sure yet", "to be confirmed", "tbc", "too early to say",
		"too soon to say", "too early to tell", "up in the air"},
	New:           {"new", "a new one", "new one", "new partnership", "a new partnership", "brand new", "fresh start", "not started yet"},
	Existing:      {"existing", "an existing one", "existing one", "existing partnership", "review", "being reviewed", "extension", "renewal", "old", "old one", "years old", "already exists"},
	NotNeeded:     {"not needed", "none needed", "not required", "isn't needed", "no need", "n/a", "na"},
	NotApplicable: {"not applicable", "n/a", "na", "none needed", "not needed", "doesn't apply"},

	GovernmentRequires:    {"government", "the government", "government requires it"},
	FunderRequires:        {"funder", "funders", "funding", "the funder"},
	CommunityPriority:     {"community", "communities", "community priority"},
	CapacityOrExpertise:   {"capacity", "expertise", "knowledge"},
	BetterValueWithOthers: {"value", "better value", "cheaper"},
}

// shapes are answers that many words fit: "they do", "it isn't", "some of them", "being
// drafted", "haven't got a clue".
var shapes = map[Value]*regexp.Regexp{
	Yes: regexp.MustCompile(`^(yes )*((of )?course |that )?((it|this|that|they|we|there|he|she|the council) (certainly |definitely |really |already |all |most )*` +
		`(is|are|does|do|did|would|will|can|has|have|was|were)|i (certainly |definitely |really )*(do|did|would|will|can|have))$`), // "I am" is sorry, or afraid
	Partly: regexp.MustCompile(`^(not (fully|entirely|completely|wholly|totally|quite|all|everything|always|everywhere)( of (it|them))?( yet)?|` +
		`(a bit|bits|a little|some|most|much|part|parts|half|nearly all|almost all) of (it|them|that|these)|` +
		`((they're|we're|is|are|still|currently|now) )*(being \w+( up| on| out| together)?|(a )?work in progress|in (progress|draft|hand|train|development|preparation|the (pipeline|works))|` +
		`under ?way|getting there|coming along|on (the|its) way|(nearly|almost|half|half ?way) (there|done|ready|finished)|half ?way|started|working on (it|that|them)))$`),
	No: regexp.MustCompile(`^(no )*(it|this|that|they|we|there|i|he|she|the council) (certainly |definitely |really )*` +
		`(isn't|aren't|doesn't|don't|didn't|wouldn't|won't|can't|hasn't|haven't|wasn't|weren't)( at all| any| one)?$|^(no )*(it's|they're|we're|that's|there's) not$`),
	New: regexp.MustCompile(`^((no|nope|nah|yes|yeah) )?((it|this|that|they)('s| is|'re| are|'d be| would be|'ll be| will be) )?((all|a|an|quite|completely|totally|entirely|brand|very|is|be) )*new( (un|'un|one|thing|group|idea|venture|scheme|project|start|set up|set-up))?( altogether)?$`),
	Existing: regexp.MustCompile(`^((no|nope|nah|yes|yeah|oh) )?((we|they)('ve| have) (had|been (doing|running|in|members|part of|with)|done|run)( (it|this|that|them|one|in|of|together))*|(it|this|that)('s| has)( already)? been (there|here|going|running|around|about|in place)|` +
		`(we're|we are|we've been) already (in it|in|doing it|members|part of it|involved))( (for|since|about|over))?( (some|a few|many|several|a good few|ten|twenty|two|three|four|five|six|\d+|a long|a|ages|donkey's|yonks|the))*( (years|months|time|while|ages|decades|yonks|beginning))?( (now|already|back|ago))*$`),
	Unknown: regexp.MustCompile(`^((i|we) )?(haven't|have|i've|we've|not|got)( got)? (no|a|an|any|the|the faintest|the slightest|the foggiest) (idea|clue)$|` +
		`^(i|we) (really )?(couldn't|can't|wouldn't|don't) (say|know|tell)( you)?( that| it| yet| really)*( (without|until|till|before) .+)?$|^((i'm|we're|i am|we are) )?(really )?not (really )?(sure|certain)( yet| really| about (it|that|this))?$`),
}

// degrees are ways to say partly that may stand beside a yes: "mostly yes".
var degrees = [][]string{{"mostly"}, {"mainly"}, {"largely"}, {"partly"}, {"partially"}, {"broadly"}, {"nearly"}, {"almost"}, {"somewhat"}, {"half"},
	{"sort", "of"}, {"kind", "of"}, {"more", "or", "less"}, {"pretty", "much"}, {"in", "the", "main"}, {"in", "part"}, {"to", "some", "extent"}, {"to", "a", "certain", "extent"}, {"to", "a", "degree"}, {"for", "the", "most", "part"}, {"by", "and", "large"}, {"on", "the", "whole"}, {"after", "a", "fashion"}, {"up", "to", "a", "point"}, {"a", "bit"}}

// leading and trailing are words around an answer that add nothing to it. None of them
// expresses doubt.
var (
	leading = [][]string{{"well"}, {"oh"}, {"ooh"}, {"ah"}, {"um"}, {"er"}, {"erm"}, {"so"}, {"ok"}, {"okay"}, {"right"}, {"hm"}, {"hmm"}, {"mm"}, {"mmm"}, {"i'd", "say"},
		{"let's", "say"}, {"put"}, {"to", "be", "fair"}, {"to", "be", "honest"}, {"if", "i'm", "honest"}, {"tbh"}, {"frankly"}, {"i", "am", "afraid"}, {"i'm", "afraid"}, {"god"}, {"gosh"},
		{"i'd", "have", "to", "say"}, {"i", "have", "to", "say"}, {"it's", "a"}, {"it's"}, {"that's", "a"}, {"that's"}, {"this", "is"}, {"it", "is"}, {"that", "is"},
		{"is", "a"}, {"are", "a"}, {"a", "big"}, {"a", "definite"}, {"a", "firm"}, {"the", "answer", "is"}, {"my", "answer", "is"}, {"actually"}, {"honestly"}}
	trailing = [][]string{{"actually"}, {"please"}, {"thanks"}, {"thank", "you"}, {"to", "be", "honest"}, {"i'd", "say"},
		{"for", "sure"}, {"at", "present"}, {"at", "the", "moment"}, {"right", "now"}, {"so", "far"}, {"for", "now"}, {"dear"}, {"my", "dear"}, {"love"},
		{"duck"}, {"mate"}, {"pet"}, {"sir"}, {"madam"}, {"folks"}, {"sorry"}, {"from", "me"}, {"from", "us"}, {"tbh"}, {"to", "be", "fair"}, {"if", "i'm", "honest"},
		{"i'm", "afraid"}, {"it", "would"}, {"it", "is"}, {"it", "does"}, {"it", "will"}, {"they", "would"}, {"they", "do"}, {"we", "can"}, {"we", "do"}}
)

// slips replaces words as people type them in haste with the spelling used here.
var slips = strings.NewReplacer(
	" dont ", " don't ", " doesnt ", " doesn't ", " isnt ", " isn't ", " arent ", " aren't ", " wouldnt ", " wouldn't ", " wont ", " won't ", " cant ", " can't ",
	" cannot ", " can't ", " couldnt ", " couldn't ", " havent ", " haven't ", " hasnt ", " hasn't ", " its ", " it's ", " im ", " i'm ", " id ", " i'd ", " thats ", " that's ",
	" theyre ", " they're ", " is not ", " isn't ", " are not ", " aren't ", " do not ", " don't ", " does not ", " doesn't ", " would not ", " wouldn't ",
	" will not ", " won't ", " should not ", " shouldn't ", " could not ", " couldn't ", " shouldnt ", " shouldn't ", " can not ", " can't ", " have not ", " haven't ", " has not ", " hasn't ", " i would ", " i'd ",
	" definately ", " definitely ", " definitly ", " definitely ", " defiantly ", " definitely ", " deffinately ", " definitely ", " definatly ", " definitely ", " deffo ", " defo ", " corse ", " course ", " absolutley ", " absolutely ", " probaly ", " probably ",
	" prob ", " probably ", " probs ", " probably ", " partialy ", " partially ", " no no ", " no ", " yes yes ", " yes ", " yeah yeah ", " yeah ")

// mended returns a folded text with such slips corrected.
func mended(said string) string {
	for was := ""; was != said; { // neighbours share a space, so one pass may not replace both
		was, said = said, strings.TrimSpace(slips.Replace(" "+said+" "))
	}
	return said
}

// Bare removes what people put around a folded answer: "well, it's a no, I'm afraid" is "no".
// What is left is never empty, unless said is.
func Bare(said string) string {
	return strings.Join(without(strings.Fields(mended(said)), leading, trailing), " ")
}

// Plain reports whether a folded text is an answer by itself, said once or in two ways: "yeah,
// definitely".
func (v Value) Plain(said string) bool {
	said = mended(said)
	if v.is(said) {
		return true
	}
	words := strings.Fields(said)
	for i := 1; i < min(len(words), maxTwice); i++ {
		if words[0] != "not" && v.is(strings.Join(words[:i], " ")) && v.is(strings.Join(words[i:], " ")) {
			return true
		}
	}
	return v == Partly && Yes.is(strings.Join(without(words, degrees, degrees), " ")) && !Yes.is(said)
}

// is reports whether a text is the answer, said once.
func (v Value) is(said string) bool {
	fits := func(said string) bool {
		return slices.Contains(spoken[v], said) || len(said) < maxShape && shapes[v] != nil && shapes[v].MatchString(said)
	}
	return fits(said) || fits(Bare(said))
}

// maxShape bounds an answer that is matched with shapes, in bytes.
const maxShape = 70

// Loose reports whether a folded answer is plain when several things are asked at once, but may
// mean something else when only one is: "none", "not yet".
func Loose(said string) bool { return slices.Contains(loose, Bare(said)) }

var loose = []string{"none", "none of it", "none of them", "none of that", "none at all", "nothing", "nothing like that", "not one", "not yet"}

// Gates returns the words that most questions are answered with.
func Gates() []Value { return gateWords }

// maxTwice bounds the words before the second way of saying an answer.
const maxTwice = 5

// without removes the given runs of words from the beginning and the end, but never all of the
// words.
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

// Hinted reads an answer that is given in doubt: "I think so", "a new one, I think". It must be
// put back to the person. said is folded.
func Hinted(said string, allowed []Value) (Value, bool) {
	said = mended(said)
	for v, again := range echoes { // "I shouldn't have thought so, no"
		if first, echoed := strings.CutSuffix(said, again); echoed && first != "" {
			if w, ok := Hinted(first, []Value{v}); ok && slices.Contains(allowed, w) {
				return w, true
			}
		}
	}
	bare := Bare(said)
	sure := strings.Join(without(strings.Fields(said), slices.Concat(leading, wary), wary), " ")
	for _, v := range allowed {
		if shape := doubtedShapes[v]; shape != nil && len(said) < maxShape && shape.MatchString(said) {
			return v, true
		}
		if slices.Contains(doubted[v], said) || slices.Contains(doubted[v], bare) || slices.Contains(doubted[v], Bare(sure)) ||
			sure != said && v != Unknown && v.Plain(sure) {
			return v, true
		}
	}
	return "", false
}

// echoes say an answer in doubt once more.
var echoes = map[Value]string{Yes: " yes", No: " no"}

// wary are words before or after an answer that put it in doubt.
var wary = [][]string{{"i", "think"}, {"we", "think"}, {"i", "guess"}, {"i", "suppose"}, {"i", "believe"}, {"i", "reckon"}, {"i", "imagine"}, {"probably"},
	{"presumably"}, {"apparently"}, {"really"}, {"it", "seems"}, {"as", "far", "as", "i", "know"}, {"on", "paper"}, {"in", "theory"}, {"in", "principle"}, {"hopefully"}}

// doubtedShapes are answers in doubt that many words fit: "I reckon so", "I don't think they
// do".
var doubtedShapes = map[Value]*regexp.Regexp{
	Yes: regexp.MustCompile(`^(yes )?(i|we|one)('d| should| would)? ((certainly|really|rather|sincerely|jolly well|very much) )*((like|love|want) to )?(think|guess|suppose|believe|reckon|imagine|hope|expect) so$|` +
		`^((i|we) )?(don't|can't|couldn't) (really )?see why not$`),
	No: regexp.MustCompile(`^(no )?((i|we) (really )?(don't|wouldn't|shouldn't|can't|couldn't)|(i|we)'d not) (really )?(have )?(think|thought|believe|believed|suppose|supposed|reckon|imagine|imagined|see that|say|said) ` +
		`(so|that|it|(that )?(it|they|we|there|this|that|the council) (is|are|does|do|did|would|will|can|has|have))$`),
}

var doubted = map[Value][]string{
	Yes: {"i think so", "think so", "yes i think so", "probably", "yes probably", "probably yes", "hopefully", "i suppose so", "i suppose", "i believe so", "i hope so", "hope so",
		"i guess so", "i should think so", "i'd think so", "i'd have thought so", "should be", "it should", "most likely", "likely", "very likely", "as far as i know", "i'd hope so",
		"seems so", "it seems so", "looks like it", "ok", "okay", "alright", "all right", "fine", "right", "exactly"},
	No: {"not really", "no not really", "probably not", "i don't think so", "don't think so", "no i don't think so", "i don't believe so", "don't believe so", "i'd not say so",
		"i wouldn't say so", "wouldn't say so", "i wouldn't think so", "i shouldn't think so", "i wouldn't have thought so", "i doubt it", "doubt it", "i doubt that", "i very much doubt it", "i rather doubt it", "i seriously doubt it", "not to my knowledge", "doubtful",
		"hardly", "unlikely", "not likely", "not that i know of", "not as far as i know", "i suppose not", "i guess not", "i hope not", "not much", "not very", "not mainly",
		"not particularly", "not especially", "not primarily", "not as such", "not so much", "not exactly", "not necessarily", "mostly no", "mainly no", "mostly not", "mainly not", "largely not"},
	Unknown: {"it depends", "depends", "that depends", "it varies", "not decided", "not decided yet", "we haven't decided", "we haven't decided yet", "not settled", "not settled yet"},
	Partly:  {"yes and no", "no and yes", "not exactly", "probably partly", "i think partly", "some of it i think"},
}

// Mistyped reports whether a folded text is a word or phrase with one typing mistake: two
// letters swapped or, if it is long enough not to be another word, one letter missing or added.
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
