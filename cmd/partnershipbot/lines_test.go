package main

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// TestLines: a line that cannot be used is answered, and the next one is read. What nothing can
// be read after ends the command.
func TestLines(t *testing.T) {
	failing := errors.New("the disk fails")
	const one, refused, refusedNext = "3\n", `{"id":"","error":"line 1: longer than 1048576 bytes"}` + "\n", `{"id":"","error":"line 2: longer than 1048576 bytes"}` + "\n"
	long := `{"id":1,"x":"` + strings.Repeat("x", maxLine) + `"}`
	for name, test := range map[string]struct {
		in   io.Reader
		want string
		err  error
	}{
		"last line without its end": {strings.NewReader("{}\n\n{}"), one + "2\n", nil},
		"one too long":              {strings.NewReader(long + "\n{}\n"), refused + one, errLines},
		"the last too long":         {strings.NewReader("{}\n" + long), one + refusedNext, errLines},
		"unreadable":                {iotest.ErrReader(failing), "", failing},
		"unreadable after a line":   {io.MultiReader(strings.NewReader("{}\n"), iotest.ErrReader(failing)), one, failing},
		"unreadable within a line":  {io.MultiReader(strings.NewReader("{}\n{"), iotest.ErrReader(failing)), one, failing},
		"unreadable within a long":  {io.MultiReader(strings.NewReader(long), iotest.ErrReader(failing)), "", failing},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := eachLine(t.Context(), environ{stdin: test.in, stdout: &out}, func(line []byte) (any, error) { return len(line), nil })
			if !errors.Is(err, test.err) {
				t.Errorf("it ends with %v, want %v", err, test.err)
			}
			if diff := cmp.Diff(test.want, out.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
