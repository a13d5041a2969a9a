package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// canalPath is typed to submit a result.
const canalPath = "assess\nCanal path\nCanal Trust\nMore people walk\n1\n2\n2\n2\n1\n1\n1\n2\n1\n1\n1\n1\n1\nCounts went up\nyes to all\n1\nsubmit\n"

// chatIn runs one chat command with piped input and returns what it wrote.
func chatIn(t *testing.T, db, as, typed string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	e := environ{getenv: func(string) string { return "" }, stdin: strings.NewReader(typed), stdout: &out, stderr: &errs}
	if err := run(t.Context(), e, append([]string{"chat", "-db", db, "-as", as}, args...)); err != nil {
		t.Fatalf("chat -as %s: %v", as, err)
	}
	if errs.Len() > 0 {
		t.Errorf("on standard error: %s", &errs)
	}
	return out.String()
}

// These parts differ from run to run and from version to version.
var (
	submitted = regexp.MustCompile(`(?s)Submitted \d.*?rules\s+of\s[^.]*\.`)
	dataFile  = regexp.MustCompile(`Data file: .*`)
	today     = regexp.MustCompile(`(since|[\w],)\s+\d{1,2}\s+[A-Z][a-z]+\s+20\d\d(,\s+\d\d:\d\d)?`)
	happened  = regexp.MustCompile(`• \d{1,2} [A-Z][a-z]+ 20\d\d, \d\d:\d\d, (.*(?:\n {4}.*)*)`)
	reference = regexp.MustCompile(`PA-\d{4}-`)
)

func scrub(s string) string {
	s = submitted.ReplaceAllString(s, "Submitted [when, under which versions].")
	s = happened.ReplaceAllStringFunc(s, func(line string) string { // how it is wrapped depends on the length of the date
		return "• [when], " + strings.Join(strings.Fields(happened.FindStringSubmatch(line)[1]), " ")
	})
	s = today.ReplaceAllString(s, "$1 [when]")
	s = dataFile.ReplaceAllString(s, "Data file: [db]")
	return reference.ReplaceAllString(s, "PA-2026-")
}

// TestChatTranscripts holds conversations, each in one or more runs of the program on the
// same data file.
func TestChatTranscripts(t *testing.T) {
	unhurried(t)
	t.Parallel()
	type session struct{ as, typed string }
	tests := map[string][]session{
		"question": {{"councillor", "what is a partnership?\nread the section\n\nhelp\nhome\nquit\nthis is not read\n"}},
		"numbers": {
			{"councillor", "assess\nCanal path\nCanal Trust and the County\nTo have more people walk\n1\n2\n2\n2\n1\n1\n1 and 3\n2\n1\n1\n1\n1\n1\n" +
				"Walking counts went up on the first stretch\nyes to all\n1, 2, 4 and 5\n1\nresults\n1"},
			{"clerk", "results\n1\nquit\n"},
		},
		"words": {{"councillor", "assess\nFood bank\nThe churches\nNobody goes hungry\nan existing one\nno\nno, they work with us\n" +
			"no\nyes\nwhy\nback\npartly\nyes\ncommunity\nno\nnot sure\nyes\nyes\nyes\nno, we cannot show that\nchange an answer\nContribution is clear\nyes\nsubmit\n"}},
		"coming back": {
			{"councillor", "assess\nYouth club\nThe scouts\nquit\nthis is not read\n"},
			{"councillor", "what is added value?\nA place to go\nnew\nfinish later\nquit"},
			{"councillor", "go on\ngo on with it\nyes\nstop\ndiscard it\nbye\n"},
		},
		"to the clerk in between": {{"councillor", "assess\nYouth club\nThe scouts\nask the clerk: may I do this alone?\n1\nA place to go\n"}},
		"unclear": {{"councillor", "assess\ndrafs\nshow 7\n2\nthe scouts\nA place to go\n7\n1\nwhat is the budget limit?\nyes\n2\nwhy?\nwhat is the budget limit?\nno\n1\n" +
			"stop\ndiscard it\nwhat is the budget limit?\nask the clerk\n99\n1\n"}},
		"to the clerk": {
			{"councillor", "what is the budget limit?\nask the clerk\nsend it\n"},
			{"clerk", "results\n"},
			{"clerk", "show PA-2026-0001\n"},
		},
	}
	for name, sessions := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := filepath.Join(t.TempDir(), "chat.db")
			var got strings.Builder
			for _, s := range sessions {
				got.WriteString("$ partnershipbot chat -as " + s.as + "\n" + scrub(chatIn(t, db, s.as, s.typed)) + "\n")
			}
			golden := filepath.Join("testdata", "chat", strings.ReplaceAll(name, " ", "-")+".golden")
			if *update {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v (go test -update writes it)", err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("differs from %s (-want +got, -update rewrites it):\n%s", golden, diff)
			}
		})
	}
}

func TestChatUsage(t *testing.T) {
	for name, args := range map[string][]string{
		"a stranger": {"chat", "-as", "mayor"},
		"a question": {"chat", "what is a partnership?"},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			db := filepath.Join(t.TempDir(), "none.db")
			e := environ{getenv: func(k string) string { return map[string]string{"PARTNERSHIPBOT_DB": db}[k] },
				stdin: strings.NewReader(""), stdout: &out, stderr: &errs}
			err := run(t.Context(), e, args)
			if status := exitStatus(err, &errs); status != 2 || out.Len() > 0 {
				t.Errorf("exit status %d, error %v, output %q", status, err, &out)
			}
			if _, err := os.Stat(db); err == nil {
				t.Error("a data file was made all the same")
			}
		})
	}
}

func TestChatFailures(t *testing.T) {
	t.Parallel()
	held := filepath.Join(t.TempDir(), "held.db")
	opened(t, held)
	damaged := filepath.Join(t.TempDir(), "damaged.db")
	if err := os.WriteFile(damaged, []byte("not a data file"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("input/output error")
	tests := map[string]struct {
		db    string
		stdin io.Reader
		out   io.Writer
		want  error
	}{
		"held by another": {held, strings.NewReader("hello"), io.Discard, boltstore.ErrHeld},
		"no data file":    {damaged, strings.NewReader("hello"), io.Discard, boltstore.ErrUnreadable},
		"cannot be read":  {filepath.Join(t.TempDir(), "x.db"), io.MultiReader(strings.NewReader("hello\n"), iotest.ErrReader(broken)), io.Discard, broken},
		"cannot be shown": {filepath.Join(t.TempDir(), "x.db"), strings.NewReader("hello\n"), brokenWriter{}, errBroken},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := environ{getenv: func(string) string { return "" }, stdin: tt.stdin, stdout: tt.out, stderr: io.Discard}
			err := run(t.Context(), e, []string{"chat", "-db", tt.db})
			if status := exitStatus(err, io.Discard); !errors.Is(err, tt.want) || status != 1 {
				t.Errorf("exit status %d, error %v; want %v", status, err, tt.want)
			}
		})
	}
}

// TestChatSetsAside: what cannot be read of the inbox and the outbox is told at the start, and
// holds up nothing.
func TestChatSetsAside(t *testing.T) {
	db := filepath.Join(t.TempDir(), "chat.db")
	if err := opened(t, db).Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, db, func(tx *bbolt.Tx) error {
		return errors.Join(tx.Bucket([]byte("inbox")).Put([]byte("a turn"), []byte("secret")), tx.Bucket([]byte("outbox")).Put([]byte("a reply"), []byte("secret")))
	})
	var out bytes.Buffer
	e := environ{getenv: func(string) string { return "" }, stdin: strings.NewReader("help\n"), stdout: &out, stderr: io.Discard}
	if err := run(t.Context(), e, []string{"chat", "-db", db}); err != nil {
		t.Fatal(err)
	}
	said := strings.Join(strings.Fields(out.String()), " ")
	if n := strings.Count(said, "Set aside because they cannot be read: messages to the bot: 1, replies of the bot: 1. Ask people"); n != 1 || strings.Contains(said, "secret") {
		t.Errorf("told %d times: %s", n, said)
	}
}

// TestChatFinishesWhatWasLeft: a turn that was accepted but not run before the process was
// killed is run at the next start; what is meant for the clerk waits for the clerk.
func TestChatFinishesWhatWasLeft(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "chat.db")
	store := opened(t, db)
	for _, turn := range []handlers.Turn{
		{ID: "1", Team: terminalTeam, Person: councillor, Text: "assess"},
		{ID: "2", Team: terminalTeam, Person: councillor, Text: "Skate park"},
		{ID: "3", Team: "T1", Person: "U1", Text: "help"}, // Slack's, so not for the terminal to run
	} {
		turn.Place, turn.At = handlers.Direct(turn.Person), time.Now()
		if _, err := store.Accept(t.Context(), turn); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if got := chatIn(t, db, "clerk", ""); strings.Contains(got, "While you were away") {
		t.Errorf("the clerk reads what is the councillor's:\n%s", got)
	}
	got := chatIn(t, db, "councillor", "back\n")
	if strings.Count(got, "While you were away:") != 1 || strings.Count(got, "What is the proposal called?") != 2 {
		t.Errorf("want the replies that were waiting, and back at the title:\n%s", got)
	}
	if got := chatIn(t, db, "councillor", ""); strings.Contains(got, "While you were away:") {
		t.Errorf("what was read is shown again:\n%s", got)
	}
	store = opened(t, db)
	inbox, err := store.Inbox(t.Context())
	if err != nil || len(inbox) != 1 || inbox[0].Team != "T1" {
		t.Errorf("inbox %v, error %v; want Slack's turn alone", inbox, err)
	}
}

// watched reports when something has been written.
type watched struct {
	mu   sync.Mutex
	text strings.Builder
	want string
	seen chan struct{}
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.text.Write(p)
	if w.want != "" && strings.Contains(w.text.String(), w.want) {
		w.want = ""
		close(w.seen)
	}
	return n, err
}

// TestChatStopsBySignal: a signal ends the conversation while it waits for a line, and
// everything answered so far is stored.
func TestChatStopsBySignal(t *testing.T) {
	db := filepath.Join(t.TempDir(), "chat.db")
	in, typing := io.Pipe()
	defer typing.Close()
	out := &watched{want: "Who would the partners be", seen: make(chan struct{})}
	ctx, signal := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		e := environ{getenv: func(string) string { return "" }, stdin: in, stdout: out, stderr: io.Discard}
		ended <- run(ctx, e, []string{"chat", "-db", db})
	}()
	if _, err := io.WriteString(typing, "assess\nCanal path\n"); err != nil {
		t.Fatal(err)
	}
	<-out.seen
	signal()
	if err := <-ended; err != nil {
		t.Errorf("error %v, want none", err)
	}
	if got := out.text.String(); !strings.HasSuffix(got, "\n\n"+goodbye+"\n") {
		t.Errorf("no goodbye:\n%s", got)
	}
	if got := chatIn(t, db, "councillor", ""); !strings.Contains(got, "Who would the partners be") {
		t.Errorf("does not go on where it was:\n%s", got)
	}
}

func TestChatOverlongLine(t *testing.T) {
	typed := strings.Repeat("é", maxTyped) + "\nwhat is a partnership?"
	got := chatIn(t, filepath.Join(t.TempDir(), "chat.db"), "councillor", typed)
	if !strings.Contains(got, "too long") || !strings.Contains(got, "> what is a partnership?") || len(got) > 4<<10 {
		t.Errorf("got\n%s", got)
	}
}

// unhurried leaves a test out with -short, as for the race detector: it has no concurrency to check.
func unhurried(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
}
