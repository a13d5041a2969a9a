package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/clerk"
)

// TestChatDesk: everything that the clerk does in Slack can be typed, also through a pipe.
// A window is filled in one input at a time.
func TestChatDesk(t *testing.T) {
	unhurried(t)
	dir := t.TempDir()
	t.Chdir(dir) // this is where files are saved
	db := filepath.Join(dir, "chat.db")
	ref := "PA-" + strconv.Itoa(thisYear()) + "-0001"
	chatIn(t, db, "councillor", "assess\nCanal path\nCanal Trust\nMore people walk\n1\n2\n2\n2\n1\n1\n1\n2\n1\n1\n1\n1\n1\n"+
		"Counts went up\nyes to all\n1\n1\n")
	typed := []string{
		"queue", "search", "canal", "", "", "", "", "councillor", "1", "take up",
		"return", "no", "The cost", "value for money", "yes",
		"decide", "something else", "join", "soon", "tomorrow", "1 March 2020", "no", "", "", "Min 45/26", "-", "register", "no", "back",
		"Two councillors", "yesterday", "1 March 2099", "no", "", "", "", "", "", "yes",
		"register", "1", "edit", "", "", "Member", "cancel",
		"1", "yes", "Signed in May", "The mayor", "-",
		"queue by councillor", "questions", "show " + ref, "answers", "queue decided", "everything csv",
	}
	said := chatIn(t, db, "clerk", strings.Join(typed, "\n")+"\n")
	for _, want := range []string{
		"Waiting for review, oldest first", "Submitted by (may be left out)", "Results with “canal”, oldest first\nFrom: councillor",
		"Status: Under review by the clerk", "\n\n  1  Record the decision\n  2  Add a remark\n  3  Return\n", "Status: Returned for more information: The cost",
		"Please type one of the numbers.", "Please type a day, such as 1 March 2026 or “today”. “cancel” leaves all as it\nwas.", "This is needed. “cancel”",
		"says very little", "is still to come", "1 March 2020 is before the assessment was made", "Did you mean the command “register”?", "The review must come after the decision.",
		"This is what will be recorded:", "Now: Min 45/26", ", minute 45/26", "Now: 1 March 2099", "Represented by: Two councillors",
		"Register of partnerships", "Nothing was changed.", "Council's role is clear: met, The mayor sees to it. Signed in May",
		ref + " Canal path: decided, join the partnership", "Questions by week  Asked  Not covered  Not helpful",
		"clerk: Took it up", "clerk: Set a condition: Council's role is clear:\n    met, The mayor sees to it.", "Every answer of " + ref, "Saved as " + filepath.Join(dir, "assessments.csv"),
	} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q", want)
		}
	}
	if t.Failed() {
		t.Log(said)
	}
	// The shell command shows the same.
	shell, _, err := program(t, db, "assessments", "show", ref)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Status: Decided by the Council", "How the conditions stand\n", "  • Council's role is clear: met, The mayor sees to it. Signed in May\n",
		", clerk: Read it ("} {
		if !strings.Contains(shell, want) {
			t.Errorf("the shell does not say %q:\n%s", want, shell)
		}
	}
	// A condition is chosen by its number beside an assessment of the clerk's own too.
	if said := chatIn(t, db, "clerk", "assess\nFood bank\nregister\n1\n1\n"); !strings.Contains(said, "is it met?") {
		t.Errorf("no condition is chosen: %s", said)
	}
	told := chatIn(t, db, "councillor", "show "+ref+"\n")
	for _, want := range []string{"The clerk has sent " + ref + ": Canal path back to you", "The Council has decided on " + ref, "Status: Decided by the Council"} {
		if !strings.Contains(told, want) {
			t.Errorf("the councillor does not read %q:\n%s", want, told)
		}
	}
}

// TestChatFormCommands: a command typed into a form is recognised, whatever the input
// takes, and leaves the form if the person says so.
func TestChatFormCommands(t *testing.T) {
	unhurried(t)
	t.Parallel()
	db := filepath.Join(t.TempDir(), "chat.db")
	chatIn(t, db, "councillor", canalPath)
	clerk := func(typed ...string) string {
		return strings.Join(strings.Fields(chatIn(t, db, "clerk", strings.Join(typed, "\n")+"\n")), " ")
	}
	commands := []string{"queue", "help", "show me the queue", "can I see the register, please?", "quit", "show 1"}
	for at, before := range map[string][]string{
		"a choice": {}, "a day": {"join"}, "a doubt": {"join", "1 March 2020"}, "looking it over": {"decline", "", "Min 1"},
	} {
		typed := append([]string{"decide 1"}, before...)
		for _, c := range commands {
			typed = append(typed, c, "no")
		}
		said := clerk(append(typed, "cancel", "status")...)
		for _, c := range commands {
			if !strings.Contains(said, "Did you mean the command “"+c+"”?") {
				t.Errorf("%s: does not notice %q", at, c)
			}
		}
		if !strings.Contains(said, "Nothing was changed.") || !strings.Contains(said, "How things stand") {
			t.Errorf("%s: %s", at, said)
		}
		said = clerk(append(append([]string{"decide 1"}, before...), "show me the queue", "yes")...)
		if _, after, _ := strings.Cut(said, "Did you mean the command “show me the queue”?"); !strings.Contains(after, "Nothing was changed. Waiting for review, oldest first") {
			t.Errorf("%s: not left: %s", at, said)
		}
	}
}

// TestChatFormQuestion: a question in place of a yes or no can be put, and else the form goes on.
func TestChatFormQuestion(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "chat.db")
	chatIn(t, db, "councillor", "assess\nCanal path\nCanal Trust\nMore people walk\n1\n1\nsubmit\n")
	for answer, says := range map[string]string{"yes": "A partnership is an arrangement", "no": "The club has closed Right?"} {
		said := strings.Join(strings.Fields(chatIn(t, db, "councillor", "withdraw 1\nThe club has closed\nwhat is a partnership\n"+answer+"\ncancel\n")), " ")
		if _, after, ok := strings.Cut(said, "Shall I answer “what is a partnership”? “yes” leaves this form for it"); !ok || !strings.Contains(after, says) {
			t.Errorf("%s: %s", answer, said)
		}
	}
}

// TestChatNoLongerReturned: a message that is read only after what it asks for has lapsed is
// shown as it then is.
func TestChatNoLongerReturned(t *testing.T) {
	unhurried(t)
	t.Parallel()
	db := filepath.Join(t.TempDir(), "chat.db")
	chatIn(t, db, "councillor", canalPath)
	chatIn(t, db, "clerk", "return 1\nWho pays for it?\n\nyes\nwithdraw 1\nIt is no longer planned\nyes\n")
	said := chatIn(t, db, "councillor", "")
	if strings.Contains(said, "Answer it") || !strings.Contains(said, "Who pays for it?") || !strings.Contains(said, "Status: Withdrawn: It is no longer planned") {
		t.Error(said)
	}
}

// TestChatSave: a file is saved in the folder that the program was started in, next to any
// of the same name; one that cannot be made leaves nothing behind.
func TestChatSave(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	var out, errs bytes.Buffer
	con := newPipe(environ{stdin: strings.NewReader(""), stdout: &out, stderr: &errs}, false)
	for _, tt := range []struct {
		as    handlers.PersonID
		err   error
		says  string
		files int
	}{
		{clerkPerson, nil, "Saved as " + filepath.Join(dir, "register.pdf"), 1},
		{clerkPerson, nil, "Saved as " + filepath.Join(dir, "register-2.pdf"), 2},
		{clerkPerson, errors.New("disk full"), "could not make the file here", 2},
		{councillor, nil, "only the clerk can have it", 2},
	} {
		out.Reset()
		c := chat{console: con, person: tt.as, service: handlers.New(handlers.Config{People: handlers.Listed{clerkPerson},
			Files: func(_ context.Context, w io.Writer, r handlers.FileRequest) error {
				_, err := io.WriteString(w, r.Content.Arg)
				return errors.Join(err, tt.err)
			}})}
		if err := c.save(t.Context(), handlers.File{Name: "../register.pdf", Content: handlers.Action{Verb: "file", Arg: "register.pdf"}}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), tt.says) {
			t.Errorf("says %q, want %q", out.String(), tt.says)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != tt.files {
			t.Errorf("%d files, want %d: %v", len(left), tt.files, err)
		}
	}
	if content, err := os.ReadFile("register-2.pdf"); err != nil || string(content) != "register.pdf" {
		t.Errorf("it holds %q, %v", content, err)
	}
}

// TestReadPick: an option is picked by its number, its label, or a beginning that no other
// label shares.
func TestReadPick(t *testing.T) {
	in := handlers.Input{Kind: handlers.PickInput, Options: []handlers.Option{{Value: "a", Label: "Join the partnership"},
		{Value: "b", Label: "Limited involvement"}, {Value: "c", Label: "End the partnership"}, {Value: "d", Label: "End of it"}}}
	for said, want := range map[string]string{"2": "b", "limited": "b", "Join the": "a", "limited involvement": "b", "end of": "d",
		"end": "", "lim": "", "5": "", "0": "", "?": ""} {
		value, problem := readInput(in, said, time.Now())
		if value != want || (problem == "") != (want != "") {
			t.Errorf("%q is %q (%q), want %q", said, value, problem, want)
		}
	}
}

// TestReadStanding: a yes keeps what stands there, and is nothing that could be written in its place.
func TestReadStanding(t *testing.T) {
	pick := handlers.Input{Kind: handlers.PickInput, Value: "b", Options: []handlers.Option{{Value: "a", Label: "Join"}, {Value: "b", Label: "Decline"}}}
	day := handlers.Input{Kind: handlers.DateInput, Value: "2026-03-01"}
	reason := handlers.Input{Kind: handlers.TextInput, Optional: true}
	minute := handlers.Input{Kind: handlers.LineInput}
	minuted := handlers.Input{Kind: handlers.LineInput, Value: "12/26"}
	for _, tt := range []struct {
		in         handlers.Input
		said, want string
		ok         bool
	}{
		{pick, "yes", "b", true}, {pick, "keep it", "b", true}, {pick, "1", "a", true}, {day, "ok", "2026-03-01", true}, {minuted, "yes", "12/26", true}, {minuted, "45/26", "45/26", true},
		{reason, "yes", "", false}, {reason, "no", "", true}, {reason, "none", "", true}, {reason, "the costs", "the costs", true}, {minute, "yes", "", false}, {minute, "none", "none", true},
	} {
		if value, problem := readInput(tt.in, tt.said, time.Now()); value != tt.want || (problem == "") != tt.ok {
			t.Errorf("%v, %q is %q (%q), want %q", tt.in.Kind, tt.said, value, problem, tt.want)
		}
	}
}

// TestFileLogged: the log says who received which file, without a word of its contents.
func TestFileLogged(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	store := opened(t, db)
	var logged bytes.Buffer
	files := deskFiles(store, slog.New(slog.NewTextHandler(&logged, nil)))
	for arg, want := range map[string]string{"everything.csv": `msg=file user=U0CLERK kind=everything.csv reference=""`,
		"report.html PA-2026-0003": "msg=file user=U0CLERK kind=report.html reference=PA-2026-0003"} {
		err := files(t.Context(), io.Discard, handlers.FileRequest{Team: "T1", Person: theClerk, Content: handlers.Action{Verb: clerk.Files, Arg: arg},
			Name: func(handlers.PersonID) string { return "" }})
		if err != nil || !strings.Contains(logged.String(), want) || strings.Contains(logged.String(), "contractor") {
			t.Errorf("%v: it is logged %s, want %s", err, logged.String(), want)
		}
	}
}

// TestChatOneDoubt: a form doubts one command at a time, whatever follows its words; what was typed before
// stays until the person has said that the command is to be put in.
func TestChatOneDoubt(t *testing.T) {
	unhurried(t)
	t.Parallel()
	db := filepath.Join(t.TempDir(), "chat.db")
	chatIn(t, db, "councillor", canalPath)
	clerk := func(typed ...string) string {
		return strings.Join(strings.Fields(chatIn(t, db, "clerk", strings.Join(typed, "\n")+"\n")), " ")
	}
	for _, command := range []string{"decide 1: joined", "note 1: who pays?", "show me what is overdue", "show 1"} {
		if said := clerk("return 1", command, "no", "cancel"); !strings.Contains(said, "Did you mean the command “"+command+"”?") || !strings.Contains(said, "“no” puts it in here as it stands") {
			t.Errorf("%q: %s", command, said)
		}
	}
	if said := clerk("return 1", "What is still missing is who pays", "cancel"); strings.Contains(said, "Did you mean") {
		t.Errorf("a sentence is taken for a command: %s", said)
	}
	said := clerk("return 1", "The costs are missing", "", "no", "show 1", "queue", "hm", "no", "", "", "yes", "show 1")
	for _, want := range []string{
		"“no” puts it in here in place of “The costs are missing”.", "Did you mean the command “queue”? “yes” leaves this form for it, “no” comes back to the form, and puts in neither.",
		"Please type “yes” or “no”. Did you mean the command “queue”?", "Returned for more information: The costs are missing",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q: %s", want, said)
		}
	}
	if n := strings.Count(said, "Did you mean"); n != 3 {
		t.Errorf("asks %d times", n)
	}
}

// TestChatDelete: to have an assessment deleted is to withdraw it once it is submitted, and to discard
// it before. What else is to be deleted is for the clerk.
func TestChatDelete(t *testing.T) {
	const whole, begun = "assess\nCanal path\nCanal Trust\nMore people walk\n1\n1\nsubmit\n", "assess\nFood bank\n"
	for name, tc := range map[string]struct{ before, said, says string }{
		"a result":              {whole + "what is a partnership?\n", "remove my assessment", "Withdraw PA-"},
		"the result shown":      {whole, "get rid of it", "Withdraw PA-"},
		"one of several":        {whole + whole + "what is a partnership?\n", "delete my assessment", "To which one?"},
		"none":                  {"", "delete my assessment", "You have no result that can be withdrawn."},
		"the draft, its place":  {begun, "delete it", "keep it for later, or discard it?"},
		"the draft, its name":   {whole + begun, "bin my assessment", "keep it for later, or discard it?"},
		"a draft that is not":   {begun + "later\n", "delete my draft", "Go on with “Food bank”"},
		"nothing is known of":   {whole + "what is a partnership?\n", "delete it", "“withdraw” and its reference"},
		"what the bot holds":    {whole, "delete everything you have on me", "Your rights"},
		"answers, in the draft": {begun, "delete my answers", "Your rights"},
	} {
		t.Run(name, func(t *testing.T) {
			said := chatIn(t, filepath.Join(t.TempDir(), "chat.db"), "councillor", tc.before+tc.said+"\n")
			if _, after, _ := strings.Cut(strings.Join(strings.Fields(said), " "), "> "+tc.said+" "); !strings.Contains(after, tc.says) {
				t.Errorf("%q: %s", tc.said, after)
			}
		})
	}
}
