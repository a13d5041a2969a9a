package main

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// screen is a window of a fixed size.
func screen(columns int) func() (int, int, error) {
	return func() (int, int, error) { return columns, 24, nil }
}

func TestKeyboard(t *testing.T) {
	const up, left, paste, pasted = "\x1b[A", "\x1b[D", "\x1b[200~", "\x1b[201~"
	tests := map[string]struct {
		keys string
		want []string
		end  error
	}{
		"plain":          {"one\rtwo\r\x04", []string{"one", "two"}, io.EOF},
		"edited":         {"ome\x7f\x7fne\r\x04", []string{"one"}, io.EOF},
		"moved":          {"ne" + left + left + "o\r\x04", []string{"one"}, io.EOF},
		"history":        {"one\r   \rtwo\rtwo\r" + up + up + "\r\x04", []string{"one", "two", "two", "one"}, io.EOF},
		"blank lines":    {"\r\r  \rone\r\x04", []string{"one"}, io.EOF},
		"ctrl-c":         {"one\rtw\x03", []string{"one"}, io.EOF},
		"paste":          {paste + "one\rtwo\tthree\nfour" + pasted + "!\r\x04", []string{"one\ntwo three\nfour!"}, io.EOF},
		"paste, ended":   {paste + "one\rtwo\r" + pasted + "\r\x04", []string{"one\ntwo\n"}, io.EOF},
		"too long":       {strings.Repeat("x", maxKeyed+5) + "\r", nil, errTooLong},
		"too long paste": {paste + strings.Repeat(strings.Repeat("x", 80)+"\r", 1000) + pasted + "\r", nil, errTooLong},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			k := newKeyboard(strings.NewReader(tt.keys), io.Discard, screen(80))
			var got []string
			for {
				line, err := k.read()
				if err != nil {
					if !errors.Is(err, tt.end) {
						t.Errorf("ends with %v, want %v", err, tt.end)
					}
					break
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestKeyboardFollowsTheWindow(t *testing.T) {
	columns := 200
	k := newKeyboard(strings.NewReader("a\r"), io.Discard, func() (int, int, error) { return columns, 24, nil })
	con := k.console(true)
	for _, tt := range []struct{ columns, want int }{{200, maxWidth}, {60, 60}, {10, minWidth}, {0, minWidth}} {
		columns = tt.columns
		if got := con.draw().width; got != tt.want {
			t.Errorf("%d columns: drawn %d wide, want %d", tt.columns, got, tt.want)
		}
	}
}

// TestChatOnKeyboard holds a whole conversation on a keyboard: lines end as raw mode needs
// them to, and the text is styled.
func TestChatOnKeyboard(t *testing.T) {
	store := opened(t, filepath.Join(t.TempDir(), "chat.db"))
	service, err := newService(settings{}, store, handlers.Listed{clerkPerson}, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	k := newKeyboard(strings.NewReader("assess\rstop\r3\r\x03"), &out, screen(60))
	c := chat{store: store, service: service, console: k.console(true), person: councillor}
	if err := c.run(t.Context(), knowledge.Biddulph(), "chat.db"); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	for _, want := range []string{"\x1b[1mPartnerships Protocol\x1b[0m\r\n", "\r\n> ", "\x1b[2mAlso: why · finish later · stop\x1b[0m\r\n",
		"  1  Keep it for later\r\n", "Go on"} {
		if !strings.Contains(got, want) {
			t.Errorf("without %q", want)
		}
	}
	if bare := strings.Count(got, "\n") - strings.Count(got, "\r\n"); bare > 0 {
		t.Errorf("%d lines end without a return", bare)
	}
	if t.Failed() {
		t.Log(got)
	}
}
