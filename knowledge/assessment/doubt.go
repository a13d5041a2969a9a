package assessment

import "strings"

// These words make a reading unsafe. What is denied, doubted, supposed or asked is not plainly
// said, so nothing is suggested: the person is asked anyway.
var (
	denying  = words("not no never none nobody neither nor without hardly barely rarely nothing far refuse refuses refused deny stop stopped fails")
	doubting = words("maybe perhaps might may could possibly probably think guess suppose unsure unclear unknown hope hopes hoping hopefully " +
		"wish seems seem apparently allegedly supposedly rumour rumours claim claims claimed should or either used last previous previously " +
		"former formerly unlike instead rather other another almost nearly sure wonder wondering reckon reckons people's some say says said saying must seen was")
	supposing = words("if unless whether provided depends depending imagine supposing until though")
	asking    = words("is are do does did has have would could can will should was were am")
	asked     = words("it they we you he she i this that the there our these those any anyone")
	askingFor = words("what who why when where which how")
	// unsaying words take back, or put in doubt, what the clause beside them says.
	unsaying = words("maybe perhaps possibly probably think sure apparently supposedly really know true wrong case joking kidding wonder hope say says said")
)

// doubtful reports whether what a match says is denied, doubted, supposed or asked. The words
// that the phrase itself matched do not count.
func doubtful(text string, list []token, m match) bool {
	c := clause(list, m.span)
	for i := c.start; i < c.end; i++ {
		if w := list[i].word; !m.owns(i) && (denying[w] || doubting[w]) {
			return true
		}
	}
	s := sentence(list, m.span)
	for i := s.start; i < s.end; i++ {
		if supposing[list[i].word] && !m.owns(i) {
			return true
		}
	}
	return isAsked(text, list, s) || unsaid(list, c, s)
}

// maxBehind is how far after a sentence its question mark is looked for, in bytes.
const maxBehind = 16

// isAsked reports whether a sentence is a question, with or without a question mark.
func isAsked(text string, list []token, s span) bool {
	behind := text[list[s.end-1].end:]
	if strings.HasPrefix(strings.TrimLeft(behind[:min(len(behind), maxBehind)], " !)\"”"), "?") {
		return true
	}
	first := list[s.start].word
	return askingFor[first] || asking[first] && s.start+1 < s.end && asked[list[s.start+1].word]
}

// contrasts reports whether a "not" after a clause names something else that it is not: "a new
// partnership, not a company".
func contrasts(list []token, c span, not int) bool {
	if !follows(list, not, "a") && !follows(list, not, "an") {
		return false
	}
	other := clause(list, span{not, not + 1})
	for i := not + 2; i < other.end; i++ {
		for j := c.start; j < c.end; j++ {
			if list[j].word == list[i].word {
				return false
			}
		}
	}
	return other.end > not+2
}

// unsaid reports whether something just before or just after a clause takes it back.
func unsaid(list []token, c, s span) bool {
	if after := c.end; after < s.end && (list[after].word == "not" && !contrasts(list, c, after) || parting[list[after].word] && follows(list, after, "not")) {
		return true
	}
	for i := c.end; i < min(c.end+5, len(list)) && list[i].sentence <= list[c.end-1].sentence+1; i++ {
		if unsaying[list[i].word] {
			return true
		}
	}
	for i := c.start - 1; i >= max(s.start, c.start-4); i-- {
		if unsaying[list[i].word] {
			return true
		}
	}
	return false
}
