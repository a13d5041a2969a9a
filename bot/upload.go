package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"partnershipbot/handlers"
)

// uploadTime bounds the upload of one file's content.
const uploadTime = 2 * time.Minute

// maxUploads is how often a file is tried before the person is told that it is not coming,
// since their next replies wait behind it.
const maxUploads = 4

// What a person reads instead of a file.
const (
	notMadeText  = "Sorry, I could not make the file, and nothing was changed. Please ask for it again later."
	notTakenText = "Slack did not take the file. Please ask for it again later. Whoever runs me can also make it, with partnershipbot export."
)

// errNotMade marks a file whose content could not be made.
var errNotMade = errors.New("file not made")

// upload is how far a file has come. Once Slack has the content, it is not sent again.
type upload struct {
	id    string
	tries int
	// unclear says that a call to share it had no clear answer.
	unclear bool
}

// attach makes the file of a reply and shares it with the person. If trying again is no use, it
// returns words to post instead; an error is left for the caller to judge.
func (b *Bot) attach(ctx context.Context, s *sending, channel string) (words string, err error) {
	if s.file.unclear {
		if stands, err := b.shared(ctx, channel, s.Reply.To.Thread, s.file.id); stands || err != nil {
			return "", err
		}
	}
	err = b.share(ctx, s, channel)
	if ctx.Err() != nil || err == nil || errors.Is(err, errLeaving) {
		return "", err
	}
	s.file.tries++
	limited, _ := tooFast(err)
	verdict, _ := judge(err)
	switch {
	case errors.Is(err, handlers.ErrRefused):
		words = handlers.RefusedFile
	case errors.Is(err, errNotMade):
		words = notMadeText
	case verdict == hopeless, verdict == tryAgain && (limited || s.file.tries < maxUploads):
		return "", err
	default:
		words = notTakenText
	}
	b.log.Error("file not sent", "place", s.Reply.To.Conversation(), "err", err)
	return words, nil
}

// share takes a file through the three calls that Slack requires
// (docs.slack.dev/messaging/working-with-files#upload).
func (b *Bot) share(ctx context.Context, s *sending, channel string) error {
	r := s.Reply
	if s.file.id == "" {
		id, err := b.upload(ctx, r)
		if err != nil {
			return err
		}
		s.file.id = id
	}
	if !b.pace.wait(b.patient, channel, s.prompt()) {
		return errLeaving
	}
	comment := ""
	for _, m := range b.messages(handlers.Reply{To: r.To, Parts: r.Parts}) {
		comment += m.Text // escaped by blocks
	}
	_, err := b.api.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
		Files:   []slack.FileSummary{{ID: s.file.id, Title: r.File.Title}},
		Channel: channel, ThreadTimestamp: r.To.Thread, InitialComment: comment,
	})
	s.file.unclear = s.file.unclear || unclear(err)
	if code := errorCode(err); s.file.unclear && code == "file_not_found" {
		// It has been shared already, and does not show yet.
		return fmt.Errorf("%w: %s", errUnclear, code)
	}
	return err
}

// upload makes the content and gives it to Slack, which shows it to nobody yet.
func (b *Bot) upload(ctx context.Context, r handlers.Reply) (id string, err error) {
	made, size, err := b.made(ctx, r)
	if err != nil {
		return "", err
	}
	defer func() {
		_ = made.Close()
		_ = os.Remove(made.Name())
	}()
	to, err := b.api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{FileName: r.File.Name, FileSize: int(size)})
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, uploadTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.UploadURL, made)
	if err != nil {
		return "", fmt.Errorf("upload file: %w", withoutURL(err))
	}
	req.ContentLength = size
	req.Header.Set("Content-Type", "application/octet-stream")
	// The same connections as for all other calls, with more time.
	resp, err := (&http.Client{Transport: b.web.Transport}).Do(req)
	if err != nil {
		return "", fmt.Errorf("upload file: %w", withoutURL(err))
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, maxAnswer)) // to the end: then Slack has everything
	if err != nil || resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("upload file: Slack answers %s: %w", resp.Status, errors.Join(errUnclear, err))
	}
	return to.FileID, nil
}

// withoutURL removes the address from an error: anyone who has it can put a file there, or take
// what is delivered.
func withoutURL(err error) error {
	if about := (*url.Error)(nil); errors.As(err, &about) {
		return about.Err
	}
	return err
}

// made writes a file's content to disk, since Slack wants to know its size first. The caller
// closes the file, and removes it where an open file cannot be removed.
func (b *Bot) made(ctx context.Context, r handlers.Reply) (f *os.File, size int64, err error) {
	if b.files == nil {
		return nil, 0, fmt.Errorf("%w: nothing here makes files", errNotMade)
	}
	f, err = os.CreateTemp("", "partnershipbot-*") // 0600
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %w", errNotMade, err)
	}
	_ = os.Remove(f.Name()) // so that nothing remains even if the program is killed
	err = attempt(func() error {
		return b.files(ctx, f, handlers.FileRequest{Team: b.me.team, Person: r.To.Person, Content: r.File.Content, Name: b.namer(ctx)})
	})
	if err == nil {
		size, err = f.Seek(0, io.SeekCurrent)
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err == nil && size == 0 {
		err = errors.New("it is empty")
	}
	if err != nil {
		_ = f.Close()
		_ = os.Remove(f.Name())
		return nil, 0, fmt.Errorf("%w: %w", errNotMade, err)
	}
	return f, size, nil
}

// shared reports whether a file is in a conversation.
func (b *Bot) shared(ctx context.Context, channel, thread, id string) (bool, error) {
	said, err := b.lookBack(ctx, channel, thread)
	for _, m := range said {
		if slices.ContainsFunc(m.Files, func(f slack.File) bool { return f.ID == id }) {
			return true, nil
		}
	}
	return false, err
}
