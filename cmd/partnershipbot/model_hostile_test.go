package main

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// replyAbout is a reply that names clauses, each with a quote, and says something of the first.
func replyAbout(covered bool, sentence string, ids ...knowledge.ClauseID) string {
	type object = map[string]any
	quotes, said := []any{}, []any{}
	for _, id := range ids {
		if c, err := embedded().Clause(id); err == nil {
			quotes = append(quotes, object{"clause": id, "quote": c.Text})
		}
	}
	if sentence != "" {
		said = append(said, object{"clause": ids[0], "sentence": sentence})
	}
	b, err := json.Marshal(object{"covered": covered, "clauses": ids, "quotes": quotes, "answer": said})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// foundIn are the clauses that the search suggested to the model.
func foundIn(request string) (found []knowledge.ClauseID) {
	var sent struct{ Messages []struct{ Content string } }
	var data struct{ Found []knowledge.ClauseID }
	if json.Unmarshal([]byte(request), &sent) == nil && len(sent.Messages) == 2 && json.Unmarshal([]byte(sent.Messages[1].Content), &data) == nil {
		return data.Found
	}
	return nil
}

// TestAskHostileModel: whatever a model replies, an answer that the search is sure of begins with the
// same clause as without a model, and quotes nothing but the protocol.
func TestAskHostileModel(t *testing.T) {
	t.Parallel()
	questions := sureQuestions(t, 60)
	without := askAll(t, questions)
	others := []knowledge.ClauseID{"equalities-and-data-protection.1", "introduction.2", "approval.2"}
	for name, reply := range map[string]func(found []knowledge.ClauseID) string{
		"other clauses": func([]knowledge.ClauseID) string { return replyAbout(true, "", others...) },
		"backwards": func(found []knowledge.ClauseID) string {
			slices.Reverse(found)
			return replyAbout(true, "", found...)
		},
		"all but the first":      func(found []knowledge.ClauseID) string { return replyAbout(true, "", append(found[1:], others...)...) },
		"the protocol is silent": func(found []knowledge.ClauseID) string { return replyAbout(false, "", found[0]) },
		"more than the clause says": func(found []knowledge.ClauseID) string {
			return replyAbout(true, "The Council must pay £500.", found...)
		},
		"first yes, then no": func(found []knowledge.ClauseID) string {
			return strings.TrimSuffix(replyAbout(true, "", others...), "}") + `,"covered":false,"clauses":[]}`
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := newModelServer(t, "")
			m.reply = func(request string) (string, time.Duration) { return reply(foundIn(request)), 0 }
			close(m.hold)
			with := askAll(t, questions, "-openai-base-url", m.URL+"/v1", "-model-calls", "-1", "-model-tokens", "-1")
			if int(m.asked.Load()) < len(questions)/2 {
				t.Errorf("the model was asked %d times about %d questions", m.asked.Load(), len(questions))
			}
			for i, got := range with {
				if got.Abstained || len(got.Passages) == 0 || got.Passages[0] != without[i].Passages[0] {
					t.Errorf("%q is answered\n%s\nwithout the model\n%s", questions[i], got.Text, without[i].Text)
				}
				for _, p := range got.Passages {
					if !embedded().Contains(p.Quote) {
						t.Errorf("%q is answered with %q", questions[i], p.Quote)
					}
				}
				if strings.Contains(got.Text, "£500") {
					t.Errorf("%q is answered %s", questions[i], got.Text)
				}
			}
		})
	}
}

// sureQuestions are some to which the search is sure of the answer.
func sureQuestions(t *testing.T, most int) (questions []string) {
	t.Helper()
	index, err := embeddedIndex()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open("../../knowledge/search/testdata/validation.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() && len(questions) < most {
		var in struct{ Q string }
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			t.Fatal(err)
		}
		if a := index.Ask(in.Q, nil); a.Sure && a.Intent == search.Question && a.Section == "" {
			questions = append(questions, in.Q)
		}
	}
	if len(questions) < most {
		t.Fatalf("%d questions", len(questions))
	}
	return questions
}

type answered struct {
	Abstained bool
	Text      string
	Passages  []struct{ Citation, Quote string }
}

// askAll asks each question by "ask -json".
func askAll(t *testing.T, questions []string, args ...string) (answers []answered) {
	t.Helper()
	var in, out strings.Builder
	for _, q := range questions {
		if err := json.NewEncoder(&in).Encode(map[string]string{"q": q}); err != nil {
			t.Fatal(err)
		}
	}
	e := environ{getenv: func(string) string { return "" }, stdin: strings.NewReader(in.String()), stdout: &out, stderr: &out}
	if err := run(t.Context(), e, append([]string{"ask", "-json"}, args...)); err != nil {
		t.Fatal(err, out.String())
	}
	for line := range strings.Lines(out.String()) {
		var a answered
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a)
	}
	if len(answers) != len(questions) {
		t.Fatalf("%d answers to %d questions: %s", len(answers), len(questions), out.String())
	}
	return answers
}
