package boltstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

// TestReadFails: a page of the mapped file that cannot be read is an error, whichever goroutine
// reads it, and not the end of the process.
func TestReadFails(t *testing.T) {
	s, path := openStore(t)
	r := record(1, 1, "U1")
	text := strings.Repeat("Canal towpath. ", 20_000)
	r.Answers[assessment.Aim] = assessment.Answer{Text: text}
	must(commit(t, s, "1", handlers.Effect{Records: []assessment.Record{r}}))(t)
	at := bytes.Index(must(os.ReadFile(path))(t), []byte(text))
	if at < 0 {
		t.Fatal("the record is not stored in one piece")
	}
	page := must(mapped(path, at+len(text)/2))(t)
	protect := func(how uintptr) {
		t.Helper()
		if _, _, errno := unix.Syscall(unix.SYS_MPROTECT, page, uintptr(os.Getpagesize()), how); errno != 0 {
			t.Fatal(errno)
		}
	}
	for name, read := range map[string]func(context.Context) error{
		"one record": func(ctx context.Context) error { _, err := s.Record(ctx, team, r.Reference); return err },
		"every case": func(ctx context.Context) error {
			return s.EachCase(ctx, team, handlers.Filter{}, func(handlers.Case, assessment.Record) error { return nil })
		},
	} {
		protect(syscall.PROT_NONE)
		err := read(t.Context())
		protect(syscall.PROT_READ)
		if !errors.Is(err, boltstore.ErrUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
		if err := read(t.Context()); err != nil {
			t.Errorf("%s, once it can be read again: %v", name, err)
		}
	}
}

// mapped returns the address of the page of this process that shows a byte of a file.
func mapped(path string, at int) (uintptr, error) {
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(maps)) {
		var from, to, offset, inode uintptr
		var rights, device, name string
		if n, _ := fmt.Sscanf(line, "%x-%x %s %x %s %d %s", &from, &to, &rights, &offset, &device, &inode, &name); n == 7 && name == path {
			page := uintptr(os.Getpagesize())
			return from + (uintptr(at)-offset)/page*page, nil
		}
	}
	return 0, fmt.Errorf("%s is not mapped", path)
}
