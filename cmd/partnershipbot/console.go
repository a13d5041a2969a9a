package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"partnershipbot/handlers"
)

// maxTyped is the longest line taken from a pipe, in bytes.
const maxTyped = 64 << 10

// maxKeyed is how many characters x/term accepts on a line; it drops the rest.
const maxKeyed = 4096

// errTooLong means that a line was too long, and was read to its end and discarded.
var errTooLong = errors.New("line is too long")

// shownOfLong is how many characters of a refused line are repeated.
const shownOfLong = 60

const prompt = "> "

// console is where a person types and reads.
type console struct {
	// read returns the next line that is not blank, or io.EOF when there are no more.
	read func() (string, error)
	// line returns the next line, even if it is blank.
	line func() (string, error)
	draw func() terminal // with the terminal's current width
	log  io.Writer       // for errors that someone must act on
	// wait shows that an answer takes long, until done is called.
	wait func() (done func())
	// close restores the terminal's state. It may be called twice.
	close func() error
}

// openConsole uses a keyboard with line editing if there is one, and otherwise reads plain
// lines.
func openConsole(e environ) (console, error) {
	in, isFile := e.stdin.(*os.File)
	typed := isFile && term.IsTerminal(int(in.Fd()))
	out, isFile := e.stdout.(*os.File)
	shown := isFile && term.IsTerminal(int(out.Fd()))
	if !typed || !shown || e.getenv("TERM") == "dumb" {
		// What is typed at a terminal already shows on the screen.
		return newPipe(e, !typed), nil
	}
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return console{}, fmt.Errorf("prepare terminal: %w", err)
	}
	k := newKeyboard(in, out, func() (int, int, error) { return term.GetSize(int(out.Fd())) })
	k.SetBracketedPasteMode(true)
	con := k.console(styled(e.getenv))
	con.close = sync.OnceValue(func() error {
		k.SetBracketedPasteMode(false)
		if err := term.Restore(int(in.Fd()), before); err != nil {
			return fmt.Errorf("restore terminal: %w", err)
		}
		return nil
	})
	return con, nil
}

// newPipe reads plain lines. With echo, each is repeated after a prompt, so that the output
// reads as a conversation.
func newPipe(e environ, echo bool) console {
	lines := bufio.NewReaderSize(e.stdin, maxTyped)
	plain := terminal{out: e.stdout, width: plainWidth}
	next := func(blank bool) (string, error) {
		if !echo {
			if _, err := io.WriteString(e.stdout, "\n"+prompt); err != nil {
				return "", err
			}
		}
		line, err := readTyped(lines, blank)
		if echo && (err == nil || errors.Is(err, errTooLong)) {
			said := plain.wrap(prompt, "  ", clean(line))
			if err := plain.write(append([]string{""}, said...)); err != nil {
				return "", err
			}
		}
		return line, err
	}
	return console{
		read: func() (string, error) { return next(false) }, line: func() (string, error) { return next(true) },
		draw: func() terminal { return plain }, log: e.stderr, close: func() error { return nil },
		wait: func() func() { return func() {} },
	}
}

// readTyped returns the next line, skipping blank ones unless blank is set. If a line is
// longer than maxTyped, it returns the beginning and errTooLong.
func readTyped(lines *bufio.Reader, blank bool) (string, error) {
	for {
		piece, more, err := lines.ReadLine()
		if err != nil {
			return "", err
		}
		line, tooLong := string(piece), more
		for more && err == nil {
			_, more, err = lines.ReadLine() // the next call returns the error again
		}
		switch {
		case tooLong:
			return handlers.Shorten(line, shownOfLong), errTooLong
		case blank, strings.TrimSpace(clean(line)) != "":
			return line, nil
		}
	}
}

// keyboard edits lines on a terminal in raw mode. What is written to it appears above the
// line being typed.
type keyboard struct {
	*term.Terminal
	in   io.Reader
	size func() (columns, rows int, err error)

	mu      sync.Mutex
	columns int
}

func newKeyboard(in io.Reader, out io.Writer, size func() (columns, rows int, err error)) *keyboard {
	k := &keyboard{in: in, size: size, columns: plainWidth}
	k.Terminal = term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{fitting{k}, out}, prompt)
	k.History = &history{}
	k.fit()
	return k
}

func (k *keyboard) console(style bool) console {
	return console{
		read: k.read, line: func() (string, error) { return k.next(true) }, log: k,
		draw:  func() terminal { return terminal{out: k, width: k.width(), style: style} },
		wait:  k.wait,
		close: func() error { return nil },
	}
}

// slow is how long an answer takes before it is said to be on its way. Without a language model
// none takes that long.
const slow = time.Second

// waiting fits on a line of any window, so that it can be taken away again.
const waiting = "One moment …"

func (k *keyboard) wait() (done func()) {
	var mu sync.Mutex
	var over, shown bool
	timer := time.AfterFunc(slow, func() {
		mu.Lock()
		defer mu.Unlock()
		if !over {
			_, err := io.WriteString(k, waiting)
			shown = err == nil
		}
	})
	return func() {
		timer.Stop()
		mu.Lock()
		defer mu.Unlock()
		over = true
		if shown {
			_, _ = io.WriteString(k, "\r\x1b[K") // a terminal that is gone is noticed with the answer
		}
	}
}

// fitting reads keys and keeps up with the size of the window. Checking at each key costs
// nothing and, unlike a signal, works on every system.
type fitting struct{ k *keyboard }

func (f fitting) Read(p []byte) (int, error) {
	n, err := f.k.in.Read(p)
	f.k.fit()
	// A pasted tab would take up more columns than x/term counts for it.
	for i, b := range p[:n] {
		if b == '\t' {
			p[i] = ' '
		}
	}
	return n, err
}

func (k *keyboard) fit() {
	columns, rows, err := k.size()
	if err != nil || columns < 1 {
		return
	}
	k.mu.Lock()
	k.columns = columns
	k.mu.Unlock()
	_ = k.SetSize(columns, rows) // a terminal that cannot be written to is soon noticed anyway
}

func (k *keyboard) width() int {
	k.fit()
	k.mu.Lock()
	defer k.mu.Unlock()
	return readable(k.columns)
}

// read returns one line that is not blank, or all the lines of a paste: nobody means the
// second paragraph of an answer to answer the next question.
func (k *keyboard) read() (string, error) { return k.next(false) }

// next is read, except that it may also return a blank line.
func (k *keyboard) next(blank bool) (string, error) {
	if _, err := io.WriteString(k, "\n"); err != nil {
		return "", err
	}
	var pasted []string
	for {
		line, err := k.ReadLine()
		switch {
		case errors.Is(err, term.ErrPasteIndicator):
			pasted = append(pasted, line)
			continue
		case err != nil:
			return "", err
		case utf8.RuneCountInString(line) >= maxKeyed:
			return "", errTooLong
		}
		whole := strings.Join(append(pasted, line), "\n")
		switch {
		case len(whole) > maxTyped:
			return "", errTooLong
		case blank, strings.TrimSpace(clean(whole)) != "":
			return whole, nil
		}
	}
}

// history is what the arrow keys bring back: the last lines typed, without blank ones and
// repetitions. It implements [term.History].
type history struct{ lines []string }

const maxHistory = 100

func (h *history) Add(line string) {
	if strings.TrimSpace(line) == "" || len(h.lines) > 0 && h.lines[0] == line {
		return
	}
	h.lines = slices.Insert(h.lines, 0, line)
	h.lines = h.lines[:min(len(h.lines), maxHistory)]
}

func (h *history) Len() int { return len(h.lines) }

func (h *history) At(i int) string { return h.lines[i] }
