package llm

import (
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"partnershipbot/knowledge"
)

const (
	maxClauses   = 3 // shown in an answer
	maxSentences = 4
	maxSentence  = 240 // characters; the prompt asks for fewer than 200
	maxListed    = 12  // entries in any list of a reply; the prompt asks for three
	// minQuote is the fewest words that count as support, so that "the" does not, and that make
	// a sentence.
	minQuote = 3
)

// replySchema is what the prompt describes and the type reply reads.
const replySchema = `{"type":"object","additionalProperties":false,
"required":["covered","clauses","quotes","answer"],"properties":{
"covered":{"type":"boolean"},
"clauses":{"type":"array","items":{"type":"string"}},
"quotes":{"type":"array","items":{"type":"object","additionalProperties":false,
 "required":["clause","quote"],"properties":{"clause":{"type":"string"},"quote":{"type":"string"}}}},
"answer":{"type":"array","items":{"type":"object","additionalProperties":false,
 "required":["sentence","clause"],"properties":{"sentence":{"type":"string"},"clause":{"type":"string"}}}}}}`

type reply struct {
	Covered *bool                `json:"covered"`
	Clauses []knowledge.ClauseID `json:"clauses"`
	Quotes  []struct {
		Clause knowledge.ClauseID `json:"clause"`
		Quote  string             `json:"quote"`
	} `json:"quotes"`
	Answer []struct {
		Sentence string             `json:"sentence"`
		Clause   knowledge.ClauseID `json:"clause"`
	} `json:"answer"`
}

// check turns what a model said into a reading, or says why not. It assumes that the text was
// written by an enemy: a person may have dictated it through the question.
//
// Anything that no honest reply contains rejects the whole reply. A sentence that claims more
// than its clause supports (see carries) is only dropped.
func (c *Client) check(text string) (knowledge.Reading, error) {
	r, err := parse(text)
	if err != nil {
		return knowledge.Reading{}, err
	}
	quoted, err := c.quoted(r)
	if err != nil {
		return knowledge.Reading{}, err
	}
	out := knowledge.Reading{Covered: *r.Covered}
	for _, id := range r.Clauses {
		if _, err := c.protocol.Clause(id); err != nil {
			return knowledge.Reading{}, rejected(ReasonUnknown)
		}
		wanted := !out.Covered || len(quoted[id]) > 0
		if wanted && !slices.Contains(out.Clauses, id) && len(out.Clauses) < maxClauses {
			out.Clauses = append(out.Clauses, id)
		}
	}
	if !out.Covered {
		return out, nil
	}
	if len(out.Clauses) == 0 {
		return knowledge.Reading{}, rejected(ReasonUnquoted)
	}
	said := make(map[knowledge.ClauseID]int) // the last sentence of each clause: none is said twice, or before an earlier one
	for _, a := range r.Answer {
		text := strings.TrimSpace(a.Sentence)
		if why := unfit(text); why != "" {
			return knowledge.Reading{}, rejected(why)
		}
		if len(quoted[a.Clause]) == 0 {
			return knowledge.Reading{}, rejected(ReasonUnquoted)
		}
		clause, err := c.protocol.Clause(a.Clause)
		if err != nil {
			return knowledge.Reading{}, rejected(ReasonUnknown)
		}
		shown := slices.Contains(out.Clauses, a.Clause) && len(out.Summary) < maxSentences
		if n := carries(clause, quoted[a.Clause], text); shown && n > said[a.Clause] {
			said[a.Clause] = n
			out.Summary = append(out.Summary, knowledge.Sentence{Text: text, Clause: a.Clause})
		}
	}
	return out, nil
}

// parse reads one JSON object, bare or in a code fence, with nothing before or after it.
func parse(text string) (reply, error) {
	text = strings.TrimSpace(text)
	if fenced, ok := strings.CutPrefix(text, "```"); ok {
		_, fenced, _ = strings.Cut(fenced, "\n")
		text, ok = strings.CutSuffix(fenced, "```")
		if !ok {
			return reply{}, rejected(ReasonFormat)
		}
	}
	var r reply
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil || r.Covered == nil {
		return reply{}, rejected(ReasonFormat)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return reply{}, rejected(ReasonFormat)
	}
	if max(len(r.Clauses), len(r.Quotes), len(r.Answer)) > maxListed {
		return reply{}, rejected(ReasonTooMany)
	}
	return r, nil
}

// quoted checks every quote and returns them by clause.
func (c *Client) quoted(r reply) (map[knowledge.ClauseID][]string, error) {
	quoted := make(map[knowledge.ClauseID][]string)
	for _, q := range r.Quotes {
		clause, err := c.protocol.Clause(q.Clause)
		if err != nil {
			return nil, rejected(ReasonUnknown)
		}
		words := strings.TrimSpace(q.Quote)
		short := len(strings.Fields(words)) < minQuote && words != clause.Text
		if short || !strings.Contains(clause.Whole, words) || !c.protocol.Contains(words) {
			return nil, rejected(ReasonQuote)
		}
		quoted[q.Clause] = append(quoted[q.Clause], words)
	}
	return quoted, nil
}

var (
	// link matches a bare "example.com" too, because Slack turns it into a link.
	link  = regexp.MustCompile(`(?i)//|\bwww\.|\bmailto:|\btel:|[\pL\d]\.\pL{2,}`)
	emoji = regexp.MustCompile(`:[\w+-]+:`)
)

// punctuation is what a sentence may hold besides letters, digits and spaces. All Slack and
// Markdown markup needs some other character, or a list's dash at the beginning.
const punctuation = `.,;:'’‘"“”()-–—/%£?!`

// unfit says why a sentence may not be shown, or returns "" if it may.
func unfit(s string) Reason {
	if !utf8.ValidString(s) {
		return ReasonControl
	}
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }):
		return ReasonControl
	case utf8.RuneCountInString(s) > maxSentence:
		return ReasonLong
	case link.MatchString(s):
		return ReasonLink
	case strings.ContainsRune(s, '@'), strings.Contains(s, "<!"), strings.Contains(s, "<#"):
		return ReasonMention
	case !unicode.IsLetter(first), emoji.MatchString(s), strings.ContainsFunc(s, foreign):
		return ReasonMarkup
	}
	return ""
}

// foreign reports characters that English prose does not need. Letters beyond Latin Extended-A
// would let look-alikes past the other checks.
func foreign(r rune) bool {
	switch {
	case r == ' ', '0' <= r && r <= '9', unicode.IsLetter(r) && r <= 0x17F:
		return false
	}
	return !strings.ContainsRune(punctuation, r)
}
