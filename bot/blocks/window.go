package blocks

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"partnershipbot/handlers"
)

const (
	// maxInput is for the text in a plain_text_input:
	// docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
	maxInput = 3_000
	// maxTitle is for the title of a modal, maxMetadata for its private_metadata:
	// docs.slack.dev/reference/views/modal-views
	maxTitle    = 24
	maxMetadata = 3_000
)

// windowID is the callback_id of a window, windowField the id of its one text.
const (
	windowID    = "window"
	windowField = "text"
)

// window is what a window carries about itself. It comes back as it was sent, or forged:
// handlers check what the person may do.
type window struct {
	Save   handlers.Action `json:"save"`
	Thread string          `json:"thread,omitempty"`
}

// Modal draws the window of a reply. ok is false where the text in it is longer than
// Slack lets a window hold, or the rest does not fit.
func Modal(r handlers.Reply) (view slack.ModalViewRequest, ok bool) {
	w := r.Window
	meta, err := json.Marshal(window{w.Save, r.To.Thread})
	if err != nil || len(meta) > maxMetadata || utf8.RuneCountInString(w.Text) > maxInput {
		return slack.ModalViewRequest{}, false
	}
	plain := func(s string, n int) *slack.TextBlockObject {
		return slack.NewTextBlockObject(slack.PlainTextType, shorten(s, n), false, false)
	}
	field := slack.NewPlainTextInputBlockElement(nil, windowField).WithMultiline(true).WithMaxLength(maxInput).WithInitialValue(w.Text)
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: windowID, PrivateMetadata: string(meta), NotifyOnClose: true,
		Title: plain(w.Title, maxTitle), Submit: plain("Save", maxTitle), Close: plain("Cancel", maxTitle),
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewInputBlock(windowField, plain(w.Label, maxChunk), nil, field),
		}},
	}, true
}

// DecodeWindow reads a window that was sent or closed: what to do with which text, and
// the thread in which it was opened. ok is false for what is no window of ours.
func DecodeWindow(cb slack.InteractionCallback) (action handlers.Action, text, thread string, ok bool) {
	var w window
	if cb.View.CallbackID != windowID || json.Unmarshal([]byte(cb.View.PrivateMetadata), &w) != nil || w.Save.Verb == "" {
		return handlers.Action{}, "", "", false
	}
	switch {
	case cb.Type == slack.InteractionTypeViewClosed:
		return handlers.Action{Verb: handlers.Closed}, "", w.Thread, true
	case cb.Type != slack.InteractionTypeViewSubmission || cb.View.State == nil:
		return handlers.Action{}, "", "", false
	}
	return w.Save, cb.View.State.Values[windowField][windowField].Value, w.Thread, true
}
