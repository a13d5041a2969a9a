package bot

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
)

// filing answers every turn with a file.
type filing struct{ *desk }

func (f filing) Handle(ctx context.Context, t handlers.Turn) ([]handlers.Outgoing, error) {
	out, err := f.desk.Handle(ctx, t)
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range out {
		out[i].Reply.File = &handlers.File{Name: "report.pdf", Title: "Report <!channel>", Content: handlers.Action{Verb: "file", Arg: t.Text}}
		f.outbox[out[i].Seq] = out[i]
	}
	return out, err
}

// files returns an office for a parallel test, whose bot sends files that make writes and meets
// the given faults.
func files(t *testing.T, make func(io.Writer, handlers.FileRequest) error, faults ...slackfake.Fault) *office {
	t.Helper()
	t.Parallel()
	o := newOffice(t)
	o.work(func(b *Bot) {
		hasty(faults...)(b)
		b.service = filing{o.desk}
		b.files = func(_ context.Context, w io.Writer, r handlers.FileRequest) error { return make(w, r) }
	})
	return o
}

// uploaded checks how many files reached the person. TestMain checks that none is left on disk.
func (o *office) uploaded(want int) {
	o.Helper()
	if all := o.slack.Files(); len(all) != want {
		o.Errorf("%d files were sent, want %d\n%s", len(all), want, o.log)
	}
}

func content(w io.Writer, r handlers.FileRequest) error {
	_, err := io.WriteString(w, "content for "+r.Name(r.Person)+" of "+r.Content.Arg)
	return err
}

// TestFilePrivate: while a file is made, nobody else on the computer can read it.
func TestFilePrivate(t *testing.T) {
	modes := make(chan os.FileMode, 1)
	o := files(t, func(w io.Writer, r handlers.FileRequest) error {
		info, err := w.(*os.File).Stat()
		if err == nil {
			modes <- info.Mode()
		}
		return errors.Join(err, content(w, r))
	})
	o.said(o.slack.Say(member, "PA-1"))
	o.sees(slackfake.DM(member), "heard: PA-1")
	if got := <-modes; got != 0o600 {
		t.Errorf("its mode is %v", got)
	}
}

// TestFile: a file reaches only the person, once, whatever becomes of the calls for it.
func TestFile(t *testing.T) {
	t.Parallel()
	once := func(f slackfake.Fault) slackfake.Fault {
		f.Times = 1
		return f
	}
	for name, fails := range map[string]struct {
		method string
		fault  slackfake.Fault
	}{
		"nothing":               {},
		"too fast":              {"files.getUploadURLExternal", once(slackfake.Fault{Status: 429, RetryAfter: "1"})},
		"no address":            {"files.getUploadURLExternal", once(slackfake.Fault{Status: 503})},
		"bytes lost":            {"upload", once(slackfake.Fault{Drop: true})},
		"bytes refused":         {"upload", once(slackfake.Fault{Status: 500})},
		"not shared":            {"files.completeUploadExternal", once(slackfake.Fault{Error: "internal_error"})},
		"shared without answer": {"files.completeUploadExternal", once(slackfake.Fault{Drop: true, Apply: true})},
	} {
		t.Run(name, func(t *testing.T) {
			o := files(t, content)
			if fails.method != "" {
				o.slack.Fail(fails.method, fails.fault)
			}
			o.said(o.slack.Say(member, "PA-1"))
			o.sees(slackfake.DM(member), "report.pdf")
			o.settled(slackfake.DM(member), "report.pdf", "heard: PA-1")
			o.uploaded(1)
			if strings.Contains(o.log.String(), "/upload") {
				t.Errorf("the log holds the address for the file:\n%s", o.log)
			}
			if got := string(o.slack.Files()[0].Content); got != "content for councillor of PA-1" {
				t.Errorf("it holds %q", got)
			}
			if pings := o.slack.Pings(); len(pings) > 0 {
				t.Errorf("pinged: %v", pings)
			}
		})
	}
}

// TestFileShared: a file that was shared, in a conversation or a thread, without a clear answer
// is looked for there until it is found.
func TestFileShared(t *testing.T) {
	t.Parallel()
	lost := slackfake.Fault{Drop: true, Apply: true, Times: 1}
	for _, name := range []string{"500", "no answer"} {
		fault := faults[name]
		fault.Times = 1
		t.Run(name, func(t *testing.T) {
			o := files(t, content, fault)
			for _, method := range []string{"conversations.history", "conversations.replies"} {
				o.slack.Fail(method, fault)
			}
			dm := slackfake.DM(member)
			o.slack.Fail("files.completeUploadExternal", lost)
			d := o.said(o.slack.Say(member, "PA-1"))
			o.sees(dm, "heard: PA-1")
			o.slack.Fail("files.completeUploadExternal", lost)
			o.said(o.slack.SayInThread(member, d.TS, "PA-2"))
			o.sees(dm, "heard: PA-2")
			o.said(o.slack.Say(member, "PA-3"))
			o.said(o.slack.SayInThread(member, d.TS, "PA-4"))
			o.sees(dm, "heard: PA-3")
			o.sees(dm, "heard: PA-4")
			o.settled(dm, "heard: PA-1", "heard: PA-2", "heard: PA-3", "heard: PA-4")
			o.uploaded(4)
			if n := o.count(dm, "did not take the file"); n > 0 {
				t.Errorf("given up %d times", n)
			}
		})
	}
	t.Run("not yet to be seen", func(t *testing.T) {
		o := files(t, content)
		o.slack.Fail("files.completeUploadExternal", lost)
		o.slack.Fail("files.completeUploadExternal", slackfake.Fault{Error: "file_not_found", Times: 1})
		o.slack.Fail("conversations.history", slackfake.Fault{Error: "missing_scope", Times: 1})
		o.said(o.slack.Say(member, "PA-1"))
		o.sees(slackfake.DM(member), "heard: PA-1")
		o.wait("another look", func(ctx context.Context) error {
			_, err := o.slack.WaitCall(ctx, "conversations.history", 2)
			return err
		})
		o.settled(slackfake.DM(member), "heard: PA-1")
		o.uploaded(1)
	})
}

// TestNoFile: if no file comes, the person is told so once, and the next replies are posted.
func TestNoFile(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		make   func(io.Writer, handlers.FileRequest) error
		method string
		fault  slackfake.Fault
		says   string
	}{
		"not a clerk": {func(io.Writer, handlers.FileRequest) error { return handlers.ErrRefused }, "", slackfake.Fault{}, "only the clerk"},
		"broken":      {func(io.Writer, handlers.FileRequest) error { return errors.New("disk full") }, "", slackfake.Fault{}, "could not make the file"},
		"empty":       {func(io.Writer, handlers.FileRequest) error { return nil }, "", slackfake.Fault{}, "could not make the file"},
		"no scope":    {content, "files.getUploadURLExternal", slackfake.Fault{Error: "missing_scope"}, "Slack did not take the file"},
		"no address":  {content, "files.getUploadURLExternal", slackfake.Fault{Status: 500}, "Slack did not take the file"},
	} {
		t.Run(name, func(t *testing.T) {
			o := files(t, tt.make)
			if tt.method != "" {
				o.slack.Fail(tt.method, tt.fault)
			}
			o.said(o.slack.Say(member, "PA-1"))
			o.sees(slackfake.DM(member), tt.says)
			o.settled(slackfake.DM(member), tt.says)
			o.uploaded(0)
			if strings.Contains(o.log.String(), "content for") {
				t.Error("the log holds what is in the file")
			}
		})
	}
}

// TestNames: people are named, but not notified.
func TestNames(t *testing.T) {
	o := newOffice(t)
	o.work(func(b *Bot) { b.service = telling{o.desk} })
	o.said(o.slack.Say(member, "who?"))
	o.sees(slackfake.DM(member), "From: clerk")
	o.sees(slackfake.DM(member), "someone: Left")
	o.sees(slackfake.DM(member), "Done by itself")
	if pings := o.slack.Pings(); len(pings) > 0 {
		t.Errorf("pinged: %v", pings)
	}
	if n := len(o.slack.Calls("users.info")); n != 3 {
		t.Errorf("asked for %d people, want once for each of the two, and who speaks", n)
	}
}

// telling answers every turn with what people did.
type telling struct{ *desk }

func (d telling) Handle(ctx context.Context, t handlers.Turn) ([]handlers.Outgoing, error) {
	out, err := d.desk.Handle(ctx, t)
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range out {
		out[i].Reply.Parts = []handlers.Part{handlers.From("U0CLERK"), handlers.Deeds(
			handlers.Deed{By: "U0CLERK", What: "Took it up"}, handlers.Deed{By: "U0NOBODY", What: "Left"}, handlers.Deed{What: "Done by itself"})}
		d.outbox[out[i].Seq] = out[i]
	}
	return out, err
}

// TestWithoutURL: the errors of net/http name the address, which must not reach the log.
func TestWithoutURL(t *testing.T) {
	_, err := (&http.Client{}).Post("http://127.0.0.1:0/upload/secret", "", nil)
	if err == nil || !strings.Contains(err.Error(), "secret") {
		t.Fatalf("the error names no address: %v", err)
	}
	if err := withoutURL(err); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}
