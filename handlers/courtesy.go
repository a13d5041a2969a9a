package handlers

import (
	"cmp"
	"regexp"
	"strings"
)

// Curt leaves out what is said out of courtesy around what is meant: "1 and 9, thank you", "my
// answers, if you would be so kind". It is empty where nothing else is said.
func Curt(text string) string {
	said := straight.Replace(text)
	for was := ""; was != said; {
		was = said
		if politeFirst[firstLetters(said)] {
			said = courtesyBefore.ReplaceAllString(said, "")
		}
		if politeLast[lastLetters(said)] {
			said = courtesyBehind.ReplaceAllString(said, "")
		}
		said = strings.TrimSpace(said)
	}
	return said
}

// unaddressed returns a text without the names that it begins with, and also without those at its end:
// "@clerks, help", "help @clerks". Both are the text itself where it is names alone.
func unaddressed(text string) (open, bare string) {
	if !strings.ContainsAny(text, "@#") { // as most
		return text, text
	}
	open = cmp.Or(namesBefore.ReplaceAllString(text, ""), text)
	return open, cmp.Or(namesBehind.ReplaceAllString(open, ""), open)
}

// notLetter reports whether a character is none of those that courtesies are made of.
func notLetter(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') }

func firstLetters(s string) string {
	s = strings.TrimLeftFunc(s, notLetter)
	if end := strings.IndexFunc(s, notLetter); end >= 0 {
		s = s[:end]
	}
	return strings.ToLower(s)
}

func lastLetters(s string) string {
	s = strings.TrimRightFunc(s, notLetter)
	return strings.ToLower(s[strings.LastIndexFunc(s, notLetter)+1:])
}

// lettersOf are all words of an expression. A text that neither begins nor ends with one of them does
// not match it, which is found out in a hundredth of the time.
func lettersOf(e *regexp.Regexp) map[string]bool {
	words := make(map[string]bool)
	for w := range strings.FieldsFuncSeq(e.String(), notLetter) {
		words[strings.ToLower(w)] = true
	}
	return words
}

const (
	thanking = `(?:many )?(?:thanks|thank you|thankyou|ta|cheers)(?: (?:very much|so much|a lot|kindly|again|indeed|ever so))*|much obliged|much appreciated|bless you`
	wishing  = `if (?:you|i)(?:'d| would| could| will| can| may| might| please| don't mind| wouldn't mind| be)(?: be)?(?: (?:so|very|as|that))?(?: (?:kind|good|please))?|if that's (?:all right|alright|ok|okay)|when you (?:can|have a moment)`
	pet      = `(?:my|there's a) (?:dear|love|friend|duck|lovely|good chap|pet)|dear|love|duck|ducky|pet|mate|sir|madam`
	praising = `(?:that's |that is |you're |you are |how |it's )?(?:most|very|so|really|ever so) (?:helpful|kind|good of you|useful)(?: of you)?|how kind`
)

// aName is a person, a group or a channel, as it is written into a message.
const aName = `[@#]\p{L}[\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*`

var (
	namesBefore = regexp.MustCompile(`^\s*(?:` + aName + `[\s,:;!–-]+)+`)
	namesBehind = regexp.MustCompile(`(?:[\s,]+` + aName + `)+[\s,.!?]*$`)

	courtesyBefore = regexp.MustCompile(`(?i)^[\s,.;!–-]*(?:(?:` + thanking + `|please|kindly|(?:would|could|can|will) you (?:please|kindly)|be so (?:kind|good) as to|(?:would|could) you be so (?:kind|good) as to)\b[\s,.;!–-]*)+`)
	courtesyBehind = regexp.MustCompile(`(?i)(?:[\s,.;!–-]+|^)(?:` + thanking + `|` + wishing + `|please|` + pet + `|` + praising + `)[\s.!,]*$`)

	politeFirst, politeLast = lettersOf(courtesyBefore), lettersOf(courtesyBehind)
)
