package llm_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/llm"
)

// reasonOf checks that an error is an *llm.Error of the given kind and returns its reason.
func reasonOf(t *testing.T, err, kind error) llm.Reason {
	t.Helper()
	var e *llm.Error
	if !errors.As(err, &e) || !errors.Is(err, kind) {
		t.Fatalf("error = %v, want one that is %q", err, kind)
	}
	if strings.Contains(err.Error(), "SECRET") || strings.Contains(err.Error(), "who pays") {
		t.Errorf("error %q holds what the server said", err)
	}
	return e.Reason
}

// TestReplies asks a server that replies with what testdata/replies holds.
func TestReplies(t *testing.T) {
	const joining = "when-is-partnership-working-appropriate.3"
	want := map[string]any{
		"good": knowledge.Reading{Covered: true, Clauses: []knowledge.ClauseID{joining}, Summary: []knowledge.Sentence{
			{Text: "The Council will only join a partnership if it can resource the investment (of time, assets, knowledge and money) required to effectively do so.", Clause: joining}}},
		"several": knowledge.Reading{Covered: true, Clauses: []knowledge.ClauseID{"managing-partnerships.6", "managing-partnerships.4.5"},
			Summary: []knowledge.Sentence{{Text: "The Council will agree a protocol for the handling of complaints that relates to our joint work.", Clause: "managing-partnerships.4.5"}}},
		"fenced": knowledge.Reading{Covered: true, Clauses: []knowledge.ClauseID{"equalities-and-data-protection.2"},
			Summary: []knowledge.Sentence{{Text: "The Council's Data Protection Policy will apply where Council business is concerned.", Clause: "equalities-and-data-protection.2"}}},
		"silent":                  knowledge.Reading{Clauses: []knowledge.ClauseID{"managing-partnerships.4.1"}},
		"silent_talkative":        knowledge.Reading{},
		"invented_quote":          llm.ReasonQuote,
		"quote_of_another_clause": llm.ReasonQuote,
		"quote_too_short":         llm.ReasonQuote,
		"unknown_clause":          llm.ReasonUnknown,
		"unknown_quoted_clause":   llm.ReasonUnknown,
		"unquoted":                llm.ReasonUnquoted,
		"sentence_without_clause": llm.ReasonUnquoted,
		"many":                    llm.ReasonTooMany,
		"half_json":               llm.ReasonFormat,
		"half_fence":              llm.ReasonFormat,
		"prose":                   llm.ReasonFormat,
		"trailing":                llm.ReasonFormat,
		"extra_field":             llm.ReasonFormat,
		"no_covered":              llm.ReasonFormat,
		"wrong_types":             llm.ReasonFormat,
		"null":                    llm.ReasonFormat,
		"refusal_prose":           llm.ReasonFormat,
		"injection_echo":          llm.ReasonFormat,
	}
	files, err := filepath.Glob("testdata/replies/*.txt")
	if err != nil || len(files) != len(want) {
		t.Fatalf("%d replies, %d expectations, err %v", len(files), len(want), err)
	}
	for name, want := range want {
		t.Run(name, func(t *testing.T) {
			c := serve(t, says(read(t, "replies", name+".txt"))).client()
			got, err := ask(t, c)
			if reason, ok := want.(llm.Reason); ok {
				if r := reasonOf(t, err, llm.ErrRejected); r != reason {
					t.Errorf("reason = %q, want %q", r, reason)
				}
				if u := c.Usage(); u.Rejected != 1 || u.Failures != 0 {
					t.Errorf("usage = %+v, want one rejected", u)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestBodies asks a server whose reply is not a finished text.
func TestBodies(t *testing.T) {
	for name, want := range map[string]llm.Reason{
		"refusal": llm.ReasonRefusal, "filtered": llm.ReasonRefusal, "cut": llm.ReasonCut,
		"tool_call": llm.ReasonEmpty, "no_choices": llm.ReasonEmpty,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ask(t, serve(t, sends(200, read(t, "bodies", name+".json"))).client())
			if r := reasonOf(t, err, llm.ErrRejected); r != want {
				t.Errorf("reason = %q, want %q", r, want)
			}
		})
	}
}

// replyWith returns a good reply about one clause, with one quote and one sentence.
func replyWith(id knowledge.ClauseID, quote, sentence string) string {
	type object map[string]any
	b, err := json.Marshal(object{
		"covered": true, "clauses": []any{id},
		"quotes": []any{object{"clause": id, "quote": quote}},
		"answer": []any{object{"sentence": sentence, "clause": id}},
	})
	if err != nil {
		panic(err)
	}
	return string(b)
}

const (
	contract  = "definition-of-a-partnership.4.1"
	agreement = "managing-partnerships.1"
	council   = "roles-of-councillors-and-officers.2"
	tiers     = "introduction.2.2"
	finance   = "managing-partnerships.4.1"
	capacity  = "managing-partnerships.5"
	joining   = "when-is-partnership-working-appropriate.3"
	existing  = "when-is-partnership-working-appropriate.2"
	criteria  = "when-is-partnership-working-appropriate.1"
	value     = "when-is-partnership-working-appropriate.1.1"
	kept      = llm.Reason("")
	dropped   = llm.Reason("dropped")
)

// sentences are each tied to a clause that is quoted whole.
var sentences = []struct {
	clause   knowledge.ClauseID
	sentence string
	want     llm.Reason
}{
	{agreement, "The status of any partnership should be clear.", kept},
	{finance, "The Council will act in accordance with Biddulph Town Council's Financial Regulations.", kept},
	{tiers, "As a Council we recognise that Biddulph Town Council is one of three tiers of local government, with a diversity of partner authorities and other local bodies.", kept},

	// Fair, but in the model's own words, and that they are fair cannot be told from here.
	{agreement, "A partnership needs an agreement or Terms of Reference that says how the partners work together.", dropped},
	{agreement, "There is required to be an agreement that defines how Partners work together.", dropped},
	{council, "Officers represent only the Council and no other organisation, unless it is agreed.", dropped},
	{tiers, "The council is one of 3 tiers of local government.", dropped},
	{contract, "A contract for services by a third party is not a partnership.", dropped},
	{agreement, "The status of a partnership should be clear.", dropped},
	{council, "Specified Councillors shall abide by Council Codes of Conduct at all times.", dropped},
	{finance, "The Council acts in accordance with its Financial Regulations.", dropped},
	{capacity, "The Council will not enter into a new partnership where it considers that it cannot contribute effectively.", dropped},
	{joining, "The Council will only join a partnership if it can resource the investment required.", dropped},
	{existing, "Existing partnerships must demonstrate how Council participation improves outcomes for communities.", dropped},
	{contract, "The Council does not define a contract for services as a partnership.", dropped},
	{value, "Partnership arrangements are appropriate when they have the potential to deliver added value.", dropped},

	{agreement, "See https://example.com for the agreement.", llm.ReasonLink},
	{agreement, "The agreement is on example.com for partners.", llm.ReasonLink},
	{agreement, "<!channel> the partnership needs an agreement.", llm.ReasonMention},
	{agreement, "The agreement is kept by @clerk.", llm.ReasonMention},
	{agreement, "The partnership <#C0123|general> has an agreement.", llm.ReasonMention},
	{agreement, "A *partnership* needs an agreement.", llm.ReasonMarkup},
	{agreement, "A `partnership` needs an agreement.", llm.ReasonMarkup},
	{agreement, "> A partnership needs an agreement.", llm.ReasonMarkup},
	{agreement, "- A partnership needs an agreement.", llm.ReasonMarkup},
	{agreement, "A partnership &lt;agreement&gt; is needed.", llm.ReasonMarkup},
	{agreement, "A partnership :tada: needs an agreement.", llm.ReasonMarkup},
	{agreement, "A partnershiр needs an agreement.", llm.ReasonMarkup}, // a Cyrillic р
	{agreement, "A partnership\u200b needs an agreement.", llm.ReasonControl},
	{agreement, "A partnership \u202eneeds an agreement.", llm.ReasonControl},
	{agreement, "A partnership\nneeds an agreement.", llm.ReasonControl},
	{agreement, "A partnership \x1b[31mneeds an agreement.", llm.ReasonControl},
	{agreement, "A partnership needs an agreement" + strings.Repeat(" or terms", 30) + ".", llm.ReasonLong},
	{agreement, "", llm.ReasonMarkup},

	{agreement, "A partnership agreement is required within 14 days.", dropped},
	{agreement, "A partnership agreement is required of two Partners.", dropped},
	{agreement, "The agreement with the Canal Trust defines how Partners work together.", dropped},
	{agreement, "Smith defines the partnership agreement.", dropped},
	{agreement, "The partnership agreement is required in May.", dropped},
	{agreement, "The agreement defines how Partners pay.", dropped},
	{agreement, "The partnership agreement is approved.", dropped},
	{agreement, "The partnership agreement is a legal document.", dropped},
	{agreement, "A partnership agreement is not required.", dropped},
	{agreement, "Yes, a partnership agreement is required.", dropped},
	{agreement, `The protocol says a "partnership agreement" is required.`, dropped},
	{agreement, "Everyone gets free tickets from the organisers tomorrow.", dropped},
	{contract, "A contract for services by a third party is a partnership.", dropped},
	{finance, "The Council acts in accordance with its Financial Regulations and reimburses partners in full before each meeting.", dropped},
	{finance, "The Council acts in accordance with Financial Regulations and forfeits its deposit otherwise.", dropped},
	{finance, "The Council accepts gifts in accordance with Financial Regulations.", dropped},
	{finance, "The Council must act in accordance with Financial Regulations.", dropped},
	{council, "At all times the officers abide by whatever the partners agree.", dropped},
	{council, "Any specified officers attending will represent the partner organisation.", dropped},
	{council, "Any specified officers attending will represent the organisation.", dropped},
	{council, "Officers represent only the Council and no other organisation.", dropped},
	{council, "Officers represent no Council and only the other organisation, unless it is agreed.", dropped},
	{criteria, "All of added value, value for money and good governance are needed together.", dropped},
	{value, "All of added value, value for money and good governance are needed together.", dropped},
	{agreement, "The status of a partnership is clear.", dropped},
	{agreement, "The status of a partnership must be clear.", dropped},
	{agreement, "An agreement and Terms of Reference are required.", dropped},
	{capacity, "The Council will enter into a new partnership where it considers that it cannot contribute.", dropped},
	{capacity, "The Council will not enter into a new partnership where it considers that it can contribute.", dropped},
	{capacity, "The Council will not enter into a new partnership.", dropped},
	{joining, "The Council will only join a partnership.", dropped},
	{joining, "The Council will join a partnership if it can resource the investment required.", dropped},
	{contract, "No, a contract for services is a partnership.", dropped},
	{agreement, "Will Partners work together?", dropped},
	{council, "Officers may represent any other organisation by agreement.", dropped},
}

func TestSentences(t *testing.T) {
	p := knowledge.Biddulph()
	c := llm.New(llm.Config{Protocol: p})
	for _, tt := range sentences {
		t.Run(tt.sentence, func(t *testing.T) {
			clause, err := p.Clause(tt.clause)
			if err != nil {
				t.Fatal(err)
			}
			got, err := c.CheckReply(replyWith(tt.clause, clause.Text, tt.sentence))
			if tt.want != kept && tt.want != dropped {
				if r := reasonOf(t, err, llm.ErrRejected); r != tt.want {
					t.Errorf("reason = %q, want %q", r, tt.want)
				}
				return
			}
			if err != nil || len(got.Clauses) != 1 {
				t.Fatalf("reading = %+v, error = %v", got, err)
			}
			if (len(got.Summary) == 1) != (tt.want == kept) {
				t.Errorf("summary = %+v, want it %s", got.Summary, cmp.Or(string(tt.want), "kept"))
			}
		})
	}
}

// TestHalfQuote checks that a quote cannot begin after a "not".
func TestHalfQuote(t *testing.T) {
	c := llm.New(llm.Config{})
	got, err := c.CheckReply(replyWith("managing-partnerships.5", "enter into any new partnership where it considers",
		"The Council will enter into any new partnership."))
	if err != nil || len(got.Summary) != 0 {
		t.Errorf("reading = %+v, error = %v, want no summary", got, err)
	}
}

func TestBlank(t *testing.T) {
	m := serve(t, good(t))
	_, err := m.client().Answer(context.Background(), " \n", nil, nil)
	if r := reasonOf(t, err, llm.ErrRejected); r != llm.ReasonBlank || m.calls() != 0 {
		t.Errorf("reason = %q after %d calls", r, m.calls())
	}
}

func TestLongProtocol(t *testing.T) {
	text := "# Long\n"
	for _, s := range []string{"Alpha", "Beta", "Gamma", "Delta"} {
		text += "\n## " + s + "\n\n" + strings.Repeat(s+" things are settled by the council. ", 600) + "\n"
	}
	p, err := knowledge.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	m := serve(t, says(`{"covered":false,"clauses":[],"quotes":[],"answer":[]}`))
	c := m.client(func(c *llm.Config) { c.Protocol = p })
	if _, err := c.Answer(context.Background(), "gamma?", nil, []knowledge.Passage{{Clause: "gamma.1"}}); err != nil {
		t.Fatal(err)
	}
	if body := m.bodies[0]; !strings.Contains(body, "[gamma.1]") || strings.Contains(body, "[alpha.1]") {
		t.Error("of a long protocol, not just the candidates' sections were sent")
	}
}
