package handlers

import (
	"regexp"
	"strings"
)

// Curt leaves out what is said out of courtesy around what is meant: "1 and 9, thank you", "my
// answers, if you would be so kind". It is empty where nothing else is said.
func Curt(text string) string {
	said := straight.Replace(text)
	for was := ""; was != said; {
		was = said
		said = strings.TrimSpace(courtesyBehind.ReplaceAllString(courtesyBefore.ReplaceAllString(said, ""), ""))
	}
	return said
}

const (
	thanking = `(?:many )?(?:thanks|thank you|thankyou|ta|cheers)(?: (?:very much|so much|a lot|kindly|again|indeed|ever so))*|much obliged|much appreciated|bless you`
	wishing  = `if (?:you|i)(?:'d| would| could| will| can| may| might| please| don't mind| wouldn't mind| be)(?: be)?(?: (?:so|very|as|that))?(?: (?:kind|good|please))?|if that's (?:all right|alright|ok|okay)|when you (?:can|have a moment)`
	pet      = `(?:my|there's a) (?:dear|love|friend|duck|lovely|good chap|pet)|dear|love|duck|ducky|pet|mate|sir|madam`
	praising = `(?:that's |that is |you're |you are |how |it's )?(?:most|very|so|really|ever so) (?:helpful|kind|good of you|useful)(?: of you)?|how kind`
)

var (
	courtesyBefore = regexp.MustCompile(`(?i)^[\s,.;!–-]*(?:(?:` + thanking + `|please|kindly|(?:would|could|can|will) you (?:please|kindly)|be so (?:kind|good) as to|(?:would|could) you be so (?:kind|good) as to)\b[\s,.;!–-]*)+`)
	courtesyBehind = regexp.MustCompile(`(?i)(?:[\s,.;!–-]+|^)(?:` + thanking + `|` + wishing + `|please|` + pet + `|` + praising + `)[\s.!,]*$`)
)
