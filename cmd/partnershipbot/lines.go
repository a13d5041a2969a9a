package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxLine bounds one line of JSON, in bytes.
const maxLine = 1 << 20

var (
	// errLines means that some lines could not be used; each was answered with its error.
	errLines = errors.New("some lines could not be used: each is answered by a line with “error”")
	// errInterrupted means that the output is incomplete.
	errInterrupted = errors.New("interrupted: the lines before are answered, the rest are not")
	// errLong means that one line is longer than maxLine, and that the next can be read.
	errLong = fmt.Errorf("longer than %d bytes", maxLine)
)

// eachLine answers every line of standard input with one line of output, in order. A
// line that cannot be used is answered with its id, if it has one, and what is wrong.
func eachLine(ctx context.Context, e environ, answer func([]byte) (any, error)) error {
	type read struct {
		line []byte
		err  error
	}
	lines := make(chan read)
	go func() { // if standard input is neither written to nor closed, this ends only with the program
		in := bufio.NewReaderSize(e.stdin, 64<<10)
		for {
			line, err := readLine(in)
			select {
			case lines <- read{line, err}:
			case <-ctx.Done():
				return
			}
			if err != nil && !errors.Is(err, errLong) {
				return
			}
		}
	}()
	out := json.NewEncoder(e.stdout)
	out.SetEscapeHTML(false)
	var failed error
	for n := 1; ; n++ {
		var r read
		select {
		case r = <-lines:
		case <-ctx.Done():
			return errInterrupted
		}
		switch {
		case errors.Is(r.err, io.EOF):
			return failed
		case r.err != nil && !errors.Is(r.err, errLong):
			return fmt.Errorf("read line %d of standard input: %w", n, r.err)
		}
		if len(bytes.TrimSpace(r.line)) == 0 && r.err == nil {
			continue
		}
		result, err := any(nil), r.err
		if err == nil {
			result, err = answer(r.line)
		}
		if err != nil {
			failed = errLines
			result = refusal{idOf(r.line), fmt.Sprintf("line %d: %v", n, err)}
		}
		if err := out.Encode(result); err != nil {
			return fmt.Errorf("write answer: %w", err)
		}
	}
}

// refusal is the answer to a line that could not be used.
type refusal struct {
	ID    json.RawMessage `json:"id"`
	Error string          `json:"error"`
}

// idOf returns the id of a line as it was given, text or number, or empty text if there is
// none.
func idOf(line []byte) json.RawMessage {
	var in struct {
		ID json.RawMessage `json:"id"`
	}
	if err := json.Unmarshal(line, &in); err != nil || len(in.ID) == 0 {
		return json.RawMessage(`""`)
	}
	return in.ID
}

// decodeLine decodes the JSON object on a line into v.
func decodeLine(line []byte, v any) error {
	var (
		wrong *json.UnmarshalTypeError
		err   = json.Unmarshal(line, v)
	)
	switch {
	case err == nil && bytes.Equal(bytes.TrimSpace(line), []byte("null")), errors.As(err, &wrong) && wrong.Field == "":
		return errors.New("want an object in braces")
	case wrong != nil:
		return fmt.Errorf("%q cannot be a %s", wrong.Field, wrong.Value)
	}
	return err
}

// readLine reads one line of at most maxLine bytes; a longer one is read to its end
// and refused with errLong. Any other error means that nothing more can be read.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	var size int
	for {
		piece, err := in.ReadSlice('\n')
		if size += len(piece); size <= maxLine {
			line = append(line, piece...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case size == 0, err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case size > maxLine:
			return nil, errLong
		}
		return line, nil
	}
}
