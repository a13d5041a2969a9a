package handlers

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/search"
)

// Verbs that take a text for what the person then says it is. The text is their own, and
// short.
const (
	// Said takes its argument as if it were typed, and nothing were awaited.
	Said = "said"
	// saidWords is "verb\nargument\ntext": the text goes to the action that awaited it.
	saidWords = "said.words"
)

// Command reports whether a text is a command and nothing else: one of the words of a
// route, or the beginning of one with references alone behind it, or with one and a colon.
func (s *Service) Command(text string) bool {
	whole := len(s.spoken(text, false))
	for i, c := range s.spoken(text, true) {
		_, _, leads := ReadLeading(c.arg)
		if c.Verb != stray && (i < whole || leads || len(ReadNamed(c.arg)) > 0) {
			return true
		}
	}
	return false
}

// AsksToSee reports whether a text asks in free wording for something to see: "show me what is overdue".
func (s *Service) AsksToSee(text string) bool {
	return slices.ContainsFunc(s.said(Request{Turn: Turn{Text: text}}), func(c call) bool { return c.Page })
}

// seeing is how people ask to be shown something, folded.
var seeing = regexp.MustCompile(`^(?:(?:please|ok|now|i want to|i'd like to|i would like to|i need to|let me|let's|(?:can|could|may) (?:i|we|you)|would you) )*` +
	`(?:(?:(?:show|see|open|list|view|check|get|have|give|send|bring up|pull up|look at|go (?:back )?to|take) (?:(?:me|us) )?(?:to |a look at )?|what(?:'s|s| is) (?:in|on) )` +
	`(?:(?:the|teh|hte|my|our|all) )*|what(?:'s|s|'re|re| is| are) (?:all )?my |(?:the )?)(.+?)(?: (?:please|now|again))*$`)

// toSee is what a folded text asks to see: all of it, where it says nothing of seeing.
func toSee(said string) string {
	if m := seeing.FindStringSubmatch(said); m != nil {
		return m[1]
	}
	return said
}

// asked is a folded text without "please".
func asked(said string) string {
	return strings.TrimSuffix(strings.TrimPrefix(said, "please "), " please")
}

// retold is a request as the person says that it was meant.
func (r Request) retold() Request {
	switch r.Action.Verb {
	case Said:
		r.Text, r.Action, r.Conversation.Awaits, r.Conversation.Offer, r.Meant = r.Action.Arg, Action{}, Action{}, Offer{}, true
	case saidWords:
		if said := strings.SplitN(r.Action.Arg, "\n", 3); len(said) == 3 {
			r.Action, r.Text = Action{Verb: said[0], Arg: said[1]}, said[2]
		}
	}
	return r
}

// near finds the command that may be meant where any words are an answer, as it should be typed.
// What is the whole of a command is obeyed there, and is none of these.
func (s *Service) near(req Request) string {
	c := req.Conversation
	if req.Action.Verb != "" || req.Meant || c.Draft == "" || !c.Listens || len(s.spoken(req.Text, false)) > 0 {
		return ""
	}
	if s.Command(req.Text) {
		return strings.TrimSpace(req.Text)
	}
	return Nearest(slices.DeleteFunc(slices.Clone(s.routes), func(r Route) bool { return r.Verb == stray || r.Clerk && !req.Clerk }), req.Text, "")
}

// Doubtful asks which of the two was meant: a command, or words that awaits is to take.
func (r Request) Doubtful(meant string, awaits Action) Effect {
	said := strings.TrimSpace(r.Text)
	written := "that"
	if said != meant {
		written = "“" + said + "”"
	}
	return r.Tell(Text("Did you mean the command “"+meant+"”, or is "+written+" what you want to write?"), Choose(
		Choice{Label: "The command", Words: []string{"command", "yes", "the first"}, Action: Action{Verb: Said, Arg: meant}},
		Choice{Label: "It is what I write", Words: []string{"no", "words", "my words", "write it", "the second"},
			Action: Action{Verb: saidWords, Arg: awaits.Verb + "\n" + awaits.Arg + "\n" + said}}))
}

// call is a route that may be what was asked for.
type call struct {
	Route
	arg string
}

// said finds the routes that are asked for in free wording. What people say among
// themselves asks for nothing.
func (s *Service) said(req Request) (calls []call) {
	if req.Overheard {
		return nil
	}
	intent := search.Hear(req.Text).SaidAfter(req.Conversation.Answered(), s.intents...)
	for _, r := range s.routes {
		if intent != "" && r.Intent == intent {
			calls = append(calls, call{r, ""})
		}
	}
	return calls
}

// asksDesk reports whether free wording asks for what is the clerk's alone.
func (s *Service) asksDesk(req Request) bool {
	return slices.ContainsFunc(s.said(req), func(c call) bool { return c.Clerk })
}

// opens reports whether folded words begin with others and go on; a long beginning may have a
// slip of the finger in it if slips count.
func opens(said, opening string, slips bool) bool {
	if rest, ok := strings.CutPrefix(said, opening); ok && strings.HasPrefix(rest, " ") {
		return true
	}
	spaces := strings.Count(opening, " ")
	if !slips || spaces < 2 || strings.Count(said, " ") <= spaces {
		return false
	}
	end := 0
	for range spaces + 1 {
		end += strings.IndexByte(said[end:], ' ') + 1
	}
	return assessment.Mistyped(said[:end-1], opening)
}

// behind is what follows as many words of a text, without the colon or comma that sets it off.
func behind(text string, words []string) string {
	n, in := len(words), false
	for i, r := range text {
		switch part := unicode.IsLetter(r) || unicode.IsDigit(r) || in && strings.ContainsRune("'’‘/-", r); {
		case in && !part && n == 1:
			return strings.TrimSpace(strings.TrimLeft(text[i:], ":, \t\n"))
		case in && !part:
			n, in = n-1, false
		default:
			in = part
		}
	}
	return ""
}

// CutOpening gives what follows some words at the beginning of a text, as they are folded; ok
// is false where it begins otherwise.
func CutOpening(text, opening string) (rest string, ok bool) {
	if !opens(Fold(text), opening, false) {
		return text, false
	}
	return behind(text, strings.Fields(opening)), true
}

// spoken finds the routes whose word the text is, with or without courtesies, or asks to see, and
// then, if openings count or always do, those whose word it begins with.
func (s *Service) spoken(text string, openings bool) (calls []call) {
	said := Fold(text)
	curt := Fold(Curt(text))
	ways := []string{said, asked(said), curt, toSee(said)}
	if curt != said {
		ways = append(ways, toSee(curt))
	}
	for i, way := range ways {
		if slices.Contains(ways[:i], way) {
			continue
		}
		for _, r := range s.words.whole[way] {
			if i < 3 || r.Page { // the last are for pages
				calls = append(calls, call{*r, ""})
			}
		}
	}
	for _, o := range s.words.openings {
		if !openings && !o.Always || !opens(said, o.words, o.Always) {
			continue
		}
		if rest := behind(text, strings.Fields(o.words)); rest != "" {
			calls = append(calls, call{*o.Route, rest})
		}
	}
	return calls
}

// heard finds the routes that a request asks for by their words. What is said to the bot may have names
// around them.
func (s *Service) heard(req Request) (calls []call) {
	openings := req.Meant || req.Conversation.Draft == "" || !req.Conversation.Listens
	ways := []string{req.Text}
	if !req.Overheard {
		open, bare := unaddressed(req.Text)
		ways = slices.Compact(append(ways, open, bare))
	}
	for _, text := range ways {
		if calls = s.spoken(text, openings); len(calls) > 0 {
			break
		}
	}
	return calls
}

// withoutNames is a request without the names that it is addressed to, for a question or a wish in free wording. "@someone"
// may be whom it is about.
func (r Request) withoutNames() Request {
	if !strings.HasPrefix(r.Text, "@someone") {
		r.Text, _ = unaddressed(r.Text)
	}
	return r
}

// wordList holds the words of routes, in the order of the routes.
type wordList struct {
	whole    map[string][]*Route
	openings []opening
}

// opening is a word of a route that something follows, without the dots.
type opening struct {
	*Route
	words string
}

func wordsOf(routes []Route) wordList {
	list := wordList{whole: make(map[string][]*Route)}
	for i := range routes {
		r := &routes[i]
		for _, w := range r.Words {
			if words, open := strings.CutSuffix(w, " …"); open {
				list.openings = append(list.openings, opening{r, words})
			} else if !slices.Contains(list.whole[w], r) {
				list.whole[w] = append(list.whole[w], r)
			}
		}
	}
	return list
}
