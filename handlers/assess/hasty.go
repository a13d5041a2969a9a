package assess

import (
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/search"
)

// hasty are words as they are typed with two thumbs, with the words that are meant. None of them is a
// word of its own, as "party" is, one letter from "partly".
var hasty = map[string]string{"u": "you", "ur": "your", "2": "to", "n": "and", "pls": "please", "plz": "please", "ppl": "people",
	"bak": "back", "bck": "back", "skp": "skip", "chnge": "change", "chng": "change", "cahnge": "change", "submitt": "submit", "sumbit": "submit", "submt": "submit",
	"ys": "yes", "yh": "yes", "shure": "sure", "shur": "sure", "partley": "partly", "partlly": "partly", "parlty": "partly", "patrly": "partly", "prtly": "partly"}

// behindTo are words that follow a "to", and no number: "yes 2 all", but not "1 yes 2 no".
var behindTo = strings.Fields("all the that them it this my both everything")

// longestHasty is how many words a message has at most that is read so.
const longestHasty = 12

// spelt is a short message with its words as they are meant: "can u go bak 2 the money one". What has
// another meaning alone, as "n" and "2" have, is put right only between other words.
func spelt(text string) string {
	words := strings.Fields(text)
	if len(words) > longestHasty {
		return text
	}
	mended := false
	for i, w := range words {
		said := handlers.Fold(w)
		meant, ok := hasty[said]
		switch said {
		case "2":
			ok = i > 0 && i+1 < len(words) && slices.Contains(behindTo, strings.ToLower(words[i+1]))
		case "n":
			ok = i > 0 && i+1 < len(words)
		case "u":
			ok = len(words) > 1
		}
		if plain, drawn := drawnOut(w); drawn && i == 0 && plain != said {
			meant, ok = plain, true
		}
		if ok {
			words[i], mended = meant+punctuation(w), true
		}
	}
	if !mended {
		return text
	}
	return strings.Join(words, " ")
}

// wellSpelt is a short reply to a form with the words of the form as they are meant, where each is a slip of
// the finger away: "comunity and beter value".
func wellSpelt(text string, form *handlers.Form) string {
	words := strings.Fields(text)
	if len(words) > longestHasty {
		return text
	}
	known := wordsOf(form)
	for i, w := range words {
		if meant, ok := handlers.SlipOf(handlers.Fold(w), known, misspelt); ok {
			words[i] = meant + punctuation(w)
		}
	}
	return strings.Join(words, " ")
}

// punctuation is that which ends a word.
func punctuation(word string) string { return word[len(strings.TrimRight(word, ".,;:!?")):] }

// misspelt reports whether a word is another with a slip of the finger: of a short one, letters swapped or
// one missing.
func misspelt(said, meant string) bool {
	return len(meant) > 3 && (len(said) <= len(meant) && assessment.Mistyped(said, meant) || len(meant) > 5 && search.Slips(said, meant, 1) == 1)
}

// wordsOf are the words by which a form is answered.
func wordsOf(form *handlers.Form) (words []string) {
	var names []string
	for _, field := range form.Fields {
		names = append(append(names, field.Words...), field.Label)
		for _, o := range field.Options {
			names = append(append(names, o.Words...), o.Label)
		}
	}
	for _, v := range assessment.Gates() {
		names = append(names, v.Spoken()...)
	}
	for _, name := range names {
		words = append(words, strings.Fields(handlers.Fold(name))...)
	}
	return words
}
