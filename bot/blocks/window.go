package blocks

import (
	"encoding/json"
	"regexp"
	"slices"
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
	maxTitle = 24
	// maxRadios is the number of options in radio_buttons:
	// docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element
	maxRadios   = 10
	maxMetadata = 3_000
)

// windowID is the callback_id of a window.
const windowID = "window"

// window is what a window carries about itself. It comes back as it was sent, or forged,
// so handlers check what the person may do.
type window struct {
	Save   handlers.Action `json:"save"`
	Thread string          `json:"thread,omitempty"`
}

// Modal draws the window of a reply. ok is false where a text in it is longer than
// Slack lets a window hold, or the rest does not fit.
func Modal(r handlers.Reply) (view slack.ModalViewRequest, ok bool) {
	w := r.Window
	meta, err := json.Marshal(window{w.Save, r.To.Thread})
	tooLong := func(in handlers.Input) bool { return utf8.RuneCountInString(in.Value) > maxInput }
	if err != nil || len(meta) > maxMetadata || slices.ContainsFunc(w.Inputs, tooLong) {
		return slack.ModalViewRequest{}, false
	}
	view = slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: windowID, PrivateMetadata: string(meta), NotifyOnClose: true,
		Title: plain(shorten(w.Title, maxTitle)), Submit: plain("Save"), Close: plain("Cancel"),
	}
	for _, in := range w.Inputs {
		var hint *slack.TextBlockObject
		if in.Hint != "" {
			hint = plain(shorten(in.Hint, maxChunk))
		}
		block := slack.NewInputBlock(in.ID, plain(shorten(in.Label, maxChunk)), hint, element(in))
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, block.WithOptional(in.Optional))
	}
	return view, true
}

// aPerson is the id of a user: docs.slack.dev/reference/objects/user-object
var aPerson = regexp.MustCompile(`^[UW][A-Z0-9]+$`)

// element draws the control for an input. Its id is that of its block.
func element(in handlers.Input) slack.BlockElement {
	switch in.Kind {
	case handlers.DateInput:
		day := slack.NewDatePickerBlockElement(in.ID)
		if d, ok := handlers.ParseDate(in.Value); ok { // Slack refuses a window with any other value
			day.InitialDate = string(d)
		}
		return day
	case handlers.PersonInput:
		person := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(pick), in.ID)
		if aPerson.MatchString(in.Value) {
			person.InitialUser = in.Value
		}
		return person
	case handlers.PickInput:
		return picked(in)
	}
	text := slack.NewPlainTextInputBlockElement(nil, in.ID).WithMaxLength(maxInput).WithInitialValue(in.Value)
	return text.WithMultiline(in.Kind == handlers.LinesInput)
}

// picked draws options as buttons, or as a menu where there are many.
func picked(in handlers.Input) slack.BlockElement {
	var options []*slack.OptionBlockObject
	var initial *slack.OptionBlockObject
	for _, o := range in.Options {
		option := slack.NewOptionBlockObject(o.Value, plain(shorten(o.Label, maxOption)), nil)
		options = append(options, option)
		if o.Value == in.Value {
			initial = option
		}
	}
	if len(options) > maxRadios {
		menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(pick), in.ID, options...)
		menu.InitialOption = initial
		return menu
	}
	radios := slack.NewRadioButtonsBlockElement(in.ID, options...)
	radios.InitialOption = initial
	return radios
}

// Sent is a window that was sent or closed.
type Sent struct {
	Action handlers.Action
	Text   string              // what the input of the id [handlers.TextInput] holds
	Values map[string][]string // what the others hold
	Thread string              // in which it was opened
}

// DecodeWindow reads a window that was sent or closed. ok is false if it is not one of
// ours.
func DecodeWindow(cb slack.InteractionCallback) (sent Sent, ok bool) {
	var w window
	if cb.View.CallbackID != windowID || json.Unmarshal([]byte(cb.View.PrivateMetadata), &w) != nil || w.Save.Verb == "" {
		return Sent{}, false
	}
	switch {
	case cb.Type == slack.InteractionTypeViewClosed:
		return Sent{Action: handlers.Action{Verb: handlers.Closed}, Thread: w.Thread}, true
	case cb.Type != slack.InteractionTypeViewSubmission || cb.View.State == nil:
		return Sent{}, false
	}
	sent = Sent{Action: w.Save, Thread: w.Thread}
	for id, actions := range cb.View.State.Values {
		given := actions[id]
		value := given.Value + given.SelectedDate + given.SelectedUser + given.SelectedOption.Value // at most one is set
		if id == handlers.TextInput {
			sent.Text = value
			continue
		}
		if sent.Values == nil {
			sent.Values = map[string][]string{}
		}
		sent.Values[id] = []string{value}
	}
	return sent, true
}
