package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
)

const (
	notCovered = "does not cover"
	toTicks    = "assess\nCanal path\nCanal Trust\nTo have more people walk\n1\n2\n2\n2\n1\n1\n"
	toSummary  = toTicks + "1 and 3\n2\n1\n1\n1\n1\n1\nCounts went up\nyes to all\nyes to all\n"
	toAResult  = "assess\nCanal path\nCanal Trust\nTo have more people walk\n1\n2\n2\n2\n1\n1\n1 and 3\n2\n1\n1\n1\n1\n1\nCounts went up\nyes, but no to money\nyes to all\nyes\nsubmit\n"
)

// TestAboutTheBot: what is said of the bot, of a result or of an assessment is never taken
// for a question to the protocol.
func TestAboutTheBot(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, tt := range []struct {
		name, typed string
		want, not   []string // of what follows the last thing typed
	}{
		{"who sees it", "who will see my answers", []string{"nobody else does until you submit", "could not answer", "privacy notice"}, []string{"│", "What I keep"}},
		{"who sees it, all of it", "who will see my answers\nnotice", []string{"What I keep, for how long, and who sees it"}, nil},
		{"what is kept", "do you store what I say", []string{"Yes, I keep what you ask for 365 days"}, []string{"What I keep"}},
		{"erasure", "I want my answers deleted", []string{"Your rights", "I have not deleted anything", "ask the clerk"}, []string{"│"}},
		{"erasure, in an assessment", "assess\ndelete my answers", []string{"Your rights", "What is the proposal called?"}, nil},
		{"a question of data to the protocol", "who sees the partnership's data?", []string{"│"}, []string{"I keep"}},
		{"who sees what was answered", "do we need an information sharing agreement\nwho sees it", []string{notCovered}, []string{"You see your answers"}},
		{"where that is kept", "do we need an information sharing agreement\nwhere is it kept", []string{notCovered}, []string{"I keep"}},
		{"whether that can be left", "what is a partnership\ncan we leave it", []string{notCovered}, []string{"assessment"}},
		{"how long the assessment that was offered takes", "should we join the canal partnership?\nhow long does it take", []string{"five minutes"}, nil},
		{"who sees it, after it was asked who sees what is typed", "what is a partnership\nwho sees what I ask\nwho else sees it", []string{"You see your answers"}, nil},
		{"whether to stop half-way, after an answer", "what is a partnership\ncan we leave it and finish it later", []string{"come back at any time"}, nil},
		{"what happens with it, in an assessment", "assess\nwhat happens with this", []string{"Once you submit it", "What is the proposal called?"}, []string{"I keep"}},

		{"what an answer is worth", "what is added value?\nis this legal advice?", []string{"word for word", "The decision is the Council's", "My last answer quoted When is partnership working"}, []string{"│", notCovered}},
		{"a person", "has bill smith declared an interest", []string{"I know nothing about individual people"}, []string{"│"}},
		{"an office", "can the mayor veto a partnership?", []string{notCovered}, []string{"individual people"}},
		{"the law", "is it legal to join without a vote?", []string{"I cannot give legal advice"}, nil},
		{"approval", "is it ok if we approve the canal partnership?", []string{"I cannot approve anything"}, nil},
		{"a greeting", "ey up duck", []string{"Hello."}, []string{"│"}},
		{"a term of the bot's", "what's an LLP?", []string{"In my own words", "limited liability", "The protocol does not use that term"}, []string{"│", notCovered}},
		{"a term of both", "what is whistleblowing?", []string{"In my own words", "│ • Agree a mechanism for whistleblowing"}, nil},

		{"an assessment, in one's own words", "can you do the assessment for me please", []string{"What is the proposal called?"}, nil},
		{"an assessment, mistyped", "start asessment", []string{"What is the proposal called?"}, nil},
		{"an assessment of something", "assess the toy library", []string{"Use “Toy library”"}, nil},
		{"whether to join", "should we join the canal partnership?", []string{"│ The Council will only join a partnership if", "Start the assessment"}, []string{"What is the proposal called?"}},
		{"whether to join, taken up", "should we join the canal partnership?\nstart the assessment", []string{"Use “Canal partnership”"}, nil},

		{"an assessment, asked for", "can we do an assessment pls", []string{"What is the proposal called?"}, []string{"│"}},
		{"an assessment for something", "new assessment for the canal", []string{"anal"}, []string{"│"}},
		{"how long it takes", "how long is this", []string{"about five minutes", "at most 17 questions"}, []string{"│", "What I keep"}},
		{"as its greeting says", "assess\nCanal path", []string{"Question 1 of at most 17"}, nil},
		{"which takes", "assess", []string{"about five minutes"}, nil},
		{"a remark", "really?", []string{"Tell me what you would like to know"}, []string{"│", notCovered}},
		{"an errand", "can you write an email for me", []string{"I answer questions"}, []string{"│", notCovered}},
		{"who I am", "are you AI", []string{"nobody but you until you submit it"}, []string{"│"}},
		{"whom to ask", "who do I talk to if you're wrong", []string{"The clerk is the person to ask"}, []string{"│", notCovered}},
		{"a copy", "how do I get a copy of what I said", []string{"Ask the clerk for a copy"}, []string{"deleted", "│"}},
		{"a result once more", toAResult + "show it again", []string{"PA-2026-0001: Canal path", "Waiting for the clerk"}, []string{notCovered}},
		{"where it is", toAResult + "what did the clerk say", []string{"Waiting for the clerk"}, []string{notCovered}},

		{"a greeting to who has begun", "assess\nCanal path\nlater\nhello", []string{"You have not finished the assessment of “Canal path”", "Go on with it"}, nil},
		{"carrying on", "assess\nCanal path\nlater\ncarry on", []string{"Who would the partners be"}, []string{"under way"}},
		{"carrying on with nothing", "continue", []string{"no assessment under way"}, []string{"What is the proposal called?"}},
		{"a no", "assess\nCanal path\nlater\nassess\nno", []string{"All right."}, []string{"What is the proposal called?"}},
		{"results beside an assessment", toAResult + "assess\nPark\nresults", []string{"1  PA-2026-0001 Canal path", "still open"}, []string{"Also: PA"}},
		{"the clerk asked, before submitting", toSummary + "ask the clerk: who pays for it?\n1", []string{"Sent. The clerk's reply", "ready to be submitted"}, []string{"Stored as"}},
		{"and not after all", toSummary + "ask the clerk: who pays for it?\n2", []string{"ready to be submitted", "1  Submit"}, []string{"Stored as", "Sent."}},
		{"the clerk asked, at a question", toTicks + "ask the clerk: who pays for it?\n1", []string{"Sent. The clerk's reply", "Why is a partnership needed?"}, nil},
		{"a number of the question before it", toTicks + "ask the clerk: who pays for it?\n4 and 5", []string{"none of the numbers here", "1  Send it"}, []string{"Question 10"}},
		{"and back to that", toTicks + "ask the clerk: who pays for it?\n4\ngo on", []string{"Why is a partnership needed?"}, []string{"Question 10"}},
		{"the list, in sight of the results", toTicks + "let me see the list", []string{"[ ]  1  Government requires it"}, []string{"You have not submitted", "Back to"}},
		{"the list, in sight of the protocol", toTicks + "show me the options again", []string{"[ ]  1  Government requires it"}, []string{"│", "Back to"}},
		{"the list, where none is open", toAResult + "let me see the list", []string{"Results, newest first"}, nil},
		{"nothing changed", toAResult + "assess again\nfrobnicate", []string{"Nothing has changed in", "nothing to submit"}, []string{"ready to be submitted"}},
		{"a story and a question", "we were asked to join the canal group, does full council have to agree?", []string{notCovered, "Ask the clerk", "That sounds like a proposal", "2 Start an assessment with this"}, []string{"1  Start"}},
		{"a story and what is silent", "the angling club came round and asked us whether we would all help to keep the canal tidy next year, does it need to go to full council", []string{notCovered, "Start an assessment with this"}, []string{"│"}},
		{"one's rights", "what are my rights", []string{"Your rights", "a copy of all that I hold on you"}, []string{"deleted", "│"}},
		{"a name and an age", "Good morning. My name is Mrs Edith Holdcroft and I am 80 years old, so please bear with me.", []string{"there is nothing you can break"}, []string{notCovered, "│"}},
		{"a name and a beginner", "hello my name is Edith and I am new to this", []string{"there is nothing you can break"}, []string{notCovered, "│"}},
		{"a second one", "assess\nCanal path\nlater\ncan I do a second one beside it?", []string{"Go on with “Canal path”", "Start a new one"}, []string{notCovered}},
		{"joining a namesake", toAResult + "hello\nwe were asked to join the canal group, is it ok?", []string{"│"}, []string{"PA-2026-0001"}},
		{"having joined it", toAResult + "hello\ndid we join the canal one?", []string{"PA-2026-0001: Canal path"}, nil},
		{"and one without a mark", "the scouts want us to help run a club with them. do we need anything in writing", []string{"│ The status of any partnership should be clear", "2 Start an assessment with this"}, nil},
		{"and one of another's", "We've been asked to help with the towpath. Who represents us there?", []string{"│ The Council will be represented", "Start an assessment with this"}, nil},
		{"taken up", "the scouts want us to help run a club with them, do we need anything in writing?\nstart an assessment with this\nClub\nScouts", []string{"Use “the scouts want us"}, nil},
		{"sent with it", "we've been asked to join the canal group, and who signs it?\nask the clerk", []string{"who signs it? (after “we've been asked to join the canal group”)"}, []string{"assessment"}},
		{"a story and whether to join", "the scouts want us to join a club with them, should we say yes?", []string{"│ The Council will only join", "Start the assessment"}, []string{"That sounds like"}},
		{"a story that goes on", "we've been asked to join the canal group, who want to sweep the towpath", []string{"That sounds like a proposal", "1 Start an assessment with this"}, []string{"│"}},
		{"an explanation", "could you please explain the difference between a contract and a partnership", []string{"│"}, []string{"yes or no"}},
		{"and back", toAResult + "assess\nPark\nresults\n1\ngo on", []string{"Who would the partners be"}, nil},

		{"why", toAResult + "why?", []string{"not appropriate", "Money: No"}, []string{notCovered}},
		{"why one", toAResult + "why was money a problem", []string{"A no means that it is not appropriate"}, []string{notCovered}},
		{"what next", toAResult + "what should I do now", []string{"What to do next", "What would change this"}, nil},
		{"a change", toAResult + "can I change it", []string{"becomes a new version", "assess again"}, nil},
		{"its rule", toAResult + "which rule did you apply", []string{"What PA-2026-0001 rests on"}, nil},
		{"nothing to ask after", "why?", []string{"What is that about?"}, []string{"│", notCovered}},
		{"one thing after the other", toAResult + "every answer\nthe clauses\nthanks\nwithdraw", []string{"Why is it withdrawn?"}, nil},
		{"not once something else was asked", toAResult + "what is added value?\nthe clauses", []string{"not on offer"}, []string{"rests on"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel() // each spends its time on waiting for the store
			said := scrub(chatIn(t, filepath.Join(t.TempDir(), "pa.db"), "councillor", tt.typed+"\n"))
			said = said[strings.LastIndex(said, "\n> ")+1:]
			flat := strings.Join(strings.Fields(said), " ")
			for _, want := range tt.want {
				if !strings.Contains(flat, want) && !strings.Contains(said, want) {
					t.Errorf("it lacks %q:\n%s", want, said)
				}
			}
			for _, not := range tt.not {
				if strings.Contains(said, not) {
					t.Errorf("it has %q:\n%s", not, said)
				}
			}
		})
	}
}

// TestWordsOfButtons types the words of every button of the program where nothing is on
// offer: that is no question, and none for the clerk.
func TestWordsOfButtons(t *testing.T) {
	unhurried(t)
	t.Parallel()
	store := opened(t, filepath.Join(t.TempDir(), "pa.db"))
	service, err := newService(settings{}, store, nil, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	labels := buttonLabels(t)
	if len(labels) < 50 {
		t.Fatalf("%d labels: %q", len(labels), labels)
	}
	for i, label := range labels {
		person := handlers.PersonID(fmt.Sprint("U", i))
		turn := handlers.Turn{ID: string(person), Team: "T1", Person: person,
			Place: handlers.Direct(person), At: time.Now(), Text: strings.ToLower(label)}
		if _, err := store.Accept(t.Context(), turn); err != nil {
			t.Fatal(err)
		}
		out, err := service.Handle(t.Context(), turn)
		if err != nil || len(out) == 0 {
			t.Fatalf("%q: %d replies, %v", label, len(out), err)
		}
		for _, p := range out[0].Reply.Parts {
			if p.Quote != nil || strings.HasPrefix(p.Text, "The protocol does not cover") || strings.Contains(p.Text, "something went wrong") {
				t.Errorf("%q is answered with %+v", label, p)
			}
		}
	}
	if err := store.Questions(t.Context(), "T1", time.Time{}, func(q handlers.Question) error {
		t.Errorf("%q is taken for a question", q.Text)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// buttonLabels are the labels of choices that stand in the source as they are shown.
func buttonLabels(t *testing.T) (labels []string) {
	t.Helper()
	seen := map[string]bool{}
	err := filepath.WalkDir("../../handlers", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			one, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			label, action := "", false
			for _, e := range one.Elts {
				kv, ok := e.(*ast.KeyValueExpr)
				if !ok {
					continue
				}
				key, _ := kv.Key.(*ast.Ident)
				value, plain := kv.Value.(*ast.BasicLit)
				switch {
				case key == nil:
				case key.Name == "Action" || key.Name == "verb":
					action = true
				case plain && strings.EqualFold(key.Name, "label"):
					label, _ = strconv.Unquote(value.Value)
				}
			}
			if action && label != "" && !seen[label] {
				seen[label] = true
				labels = append(labels, label)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return labels
}
