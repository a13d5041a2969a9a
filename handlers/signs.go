package handlers

import (
	"regexp"
	"strings"
)

// People answer with signs: a thumbs-up is a yes. Slack sends them as ":+1:" (see
// docs.slack.dev/messaging/formatting-message-text, emoji), a terminal as they are.

// signs are the ones that answer, by the word that each stands for, with the names that
// Slack has for them.
var signs = []struct{ word, drawn, names string }{
	{"yes", "👍 ✅ ✔ ☑ 👌 💯", "+1 thumbsup white_check_mark heavy_check_mark ballot_box_with_check ok_hand 100"},
	{"no", "👎 ❌ ✖ ❎ 🚫 🙅", "-1 thumbsdown x heavy_multiplication_x negative_squared_cross_mark no_entry_sign no_good"},
	{"not sure", "🤷 🤔", "shrug person_shrugging man-shrugging woman-shrugging thinking thinking_face"},
}

// drawn gives a sign by its name, word its meaning, as a word by itself.
var drawn, word = func() (map[string]string, *strings.Replacer) {
	byName, pairs := map[string]string{}, []string{}
	for _, s := range signs {
		drawings := strings.Fields(s.drawn)
		for _, name := range strings.Fields(s.names) {
			byName[name] = drawings[0]
		}
		for _, d := range drawings {
			pairs = append(pairs, d, " "+s.word+" ")
		}
	}
	return byName, strings.NewReplacer(pairs...)
}()

// shortcode is a sign by its name, in any colour of skin: ":+1::skin-tone-3:".
var shortcode = regexp.MustCompile(`(?i):([+-]1|100|[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*):(:skin-tone-\d:)?`)

// withSigns puts signs in place of their names, so that the "1" of a thumbs-up is no number.
// Names that are of none of the signs stay as they are.
func withSigns(text string) string {
	return shortcode.ReplaceAllStringFunc(text, func(code string) string {
		name, _, _ := strings.Cut(code[1:], ":")
		if sign, ok := drawn[strings.ToLower(name)]; ok {
			return sign
		}
		return code
	})
}

// inWords spells out signs that answer, and leaves out the names of all others.
func inWords(text string) string { return word.Replace(Unnamed(text)) }

// Unnamed puts signs that answer in place of their names, and leaves out the names of all others.
func Unnamed(text string) string { return shortcode.ReplaceAllString(withSigns(text), " ") }

// leadingSign is the sign with which a text begins, with what belongs to it.
var leadingSign = func() *regexp.Regexp {
	var all []string
	for _, s := range signs {
		all = append(all, strings.Fields(s.drawn)...)
	}
	return regexp.MustCompile(`^\s*(?:(?:` + strings.Join(all, "|") + `)[\x{1F3FB}-\x{1F3FF}\x{FE0F}\x{200D}♂♀]*\s*)+`)
}()

// CutSign splits a text after the signs that it begins with; ok is false if it begins with
// none.
func CutSign(text string) (sign, rest string, ok bool) {
	sign = leadingSign.FindString(text)
	return sign, text[len(sign):], sign != ""
}
