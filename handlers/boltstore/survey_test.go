package boltstore_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

// TestDamageBehindTheOutline checks that damage visible only in an entry is found at once by
// callers who wait for the check, and soon by those who do not; from then on nothing is read or
// written.
func TestDamageBehindTheOutline(t *testing.T) {
	page := os.Getpagesize()
	good := manyResults(t)
	tests := []struct {
		name string
		bad  func(data []byte, leaf int) // the offset of a leaf of results
	}{
		{"a page of nothing", func(d []byte, leaf int) { clear(d[leaf:][:page]) }},
		{"a page of another place", func(d []byte, leaf int) { copy(d[leaf:][:page], d[2*page:]) }},
		{"an entry beyond its page", func(d []byte, leaf int) { d[leaf+16+7] = 0x70 }},
		{"a key that is not in order", func(d []byte, leaf int) {
			at := leaf + 16 + int(d[leaf+16+4]) + int(d[leaf+16+5])<<8
			d[at+3] ^= 0xFF
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "pa.db")
			bad := bytes.Clone(good)
			tt.bad(bad, leafWith(t, bad, `"PA-2026-0150"`))
			put(t, path, bad)
			if _, err := boltstore.Open(path, boltstore.Options{}); !errors.Is(err, boltstore.ErrUnreadable) {
				t.Fatalf("error of one who waits: %v", err)
			}
			if !bytes.Equal(bad, must(os.ReadFile(path))(t)) {
				t.Error("the file was changed")
			}

			found := make(chan error, 2)
			s := must(boltstore.Open(path, boltstore.Options{Damaged: func(err error) { found <- err }}))(t)
			var backup bytes.Buffer
			if _, err := s.Backup(t.Context(), &backup); backup.Len() > 0 || !errors.Is(err, boltstore.ErrUnreadable) {
				t.Errorf("backed up before that: %d bytes, %v", backup.Len(), err)
			}
			if err := <-found; !errors.Is(err, boltstore.ErrUnreadable) {
				t.Errorf("found: %v", err)
			}
			if _, err := s.Inbox(t.Context()); !errors.Is(err, boltstore.ErrUnreadable) {
				t.Errorf("read after that: %v", err)
			}
			if _, err := s.Accept(t.Context(), turn("late")); !errors.Is(err, boltstore.ErrUnreadable) {
				t.Errorf("written after that: %v", err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if len(found) > 0 {
				t.Error("told twice")
			}
		})
	}
}

// manyResults returns a data file whose results take up several pages, with room for a few
// writes while it is surveyed.
func manyResults(t *testing.T) []byte {
	t.Helper()
	s, _ := openStore(t)
	var e handlers.Effect
	for i := range 300 {
		e.Records = append(e.Records, record(i+1, 1, "U1"))
		e.Replies = append(e.Replies, reply(strings.Repeat("long ", 1000)))
	}
	must(commit(t, s, "many", e))(t)
	var b bytes.Buffer
	must(s.Backup(t.Context(), &b))(t)
	return b.Bytes()
}

// leafWith finds the page that begins a leaf of results and holds the text.
func leafWith(t *testing.T, data []byte, text string) int {
	t.Helper()
	page := os.Getpagesize()
	for rest, at := data, 0; ; {
		i := bytes.Index(rest, []byte(text))
		if i < 0 {
			t.Fatalf("no page with %s", text)
		}
		at += i
		start := at / page * page
		// The page must begin with its own number and have the flag of a leaf.
		if int(data[start])|int(data[start+1])<<8 == start/page && data[start+8] == 0x02 && data[start+10] > 1 {
			return start
		}
		at++
		rest = data[at:]
	}
}

// TestSurveyWhileWriting checks that what is written during a survey is not taken for damage
// and does not wait.
func TestSurveyWhileWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pa.db")
	put(t, path, manyResults(t))
	s := reopen(t, path)
	err := s.SurveyAcross(func() {
		for i := range 5 {
			must(commit(t, s, "meanwhile "+strconv.Itoa(i), handlers.Effect{
				Records: []assessment.Record{record(301+i, 1, "U1")}}))(t)
		}
	})
	if err != nil {
		t.Error(err)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestCloseEndsTheSurvey checks that stopping the bot does not wait for the check of a large
// file.
func TestCloseEndsTheSurvey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pa.db")
	put(t, path, manyResults(t))
	for range 20 { // at whichever page it has reached
		s := must(boltstore.Open(path, boltstore.Options{Damaged: func(err error) { t.Error(err) }}))(t)
		begun := time.Now()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if took := time.Since(begun); took > time.Second {
			t.Errorf("closing took %v", took)
		}
	}
}

// TestSurveyLetsTheStartPass checks that the background check leaves the processors free while
// the program starts.
func TestSurveyLetsTheStartPass(t *testing.T) {
	first, path := openStore(t)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		s := must(boltstore.Open(path, boltstore.Options{Damaged: func(err error) { t.Error(err) }}))(t)
		defer s.Close()
		time.Sleep(boltstore.SurveyAfter - time.Nanosecond)
		synctest.Wait()
		if s.Checked() {
			t.Error("the file was checked during the start")
		}
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		if !s.Checked() {
			t.Error("the file was not checked after the start")
		}
	})
}
