package boltstore_test

import (
	"fmt"
	"testing"

	"partnershipbot/handlers"
)

// TestNotesLike checks that the notes that share the most terms come first, and that a
// withdrawn one is not listed.
func TestNotesLike(t *testing.T) {
	s, _ := openStore(t)
	keep := func(id string, revision int, kept bool, terms ...string) {
		t.Helper()
		e := handlers.Effect{Inquiries: []handlers.Inquiry{{ID: handlers.QuestionID(id), Text: id, Reply: "yes", Kept: kept, Terms: terms, Revision: revision}}}
		if _, err := commit(t, s, fmt.Sprint(id, revision), e); err != nil {
			t.Fatal(err)
		}
	}
	like := func(limit int, terms ...string) (ids []handlers.QuestionID) {
		t.Helper()
		for _, i := range must(s.NotesLike(t.Context(), team, func() []string { return terms }, limit))(t) {
			ids = append(ids, i.ID)
		}
		return ids
	}
	keep("a", 0, true, "insur", "event")
	keep("b", 0, true, "insur", "event", "joint")
	keep("c", 0, true, "insurance") // another term, though it begins the same way
	keep("d", 0, false, "insur")
	diff(t, "two terms", []handlers.QuestionID{"b", "a"}, like(10, "insur", "joint"))
	diff(t, "no more than asked for", []handlers.QuestionID{"b"}, like(1, "insur", "joint"))
	diff(t, "another word", []handlers.QuestionID(nil), like(10, "quorum"))
	diff(t, "no terms", []handlers.QuestionID(nil), like(10))
	keep("b", 1, false, "insur", "event", "joint")
	diff(t, "withdrawn", []handlers.QuestionID{"a"}, like(10, "insur"))
	diff(t, "another team", 0, len(must(s.NotesLike(t.Context(), "T2", func() []string { panic("there are none") }, 10))(t)))
}

func BenchmarkNotesLike(b *testing.B) {
	s, _ := openStore(b)
	var e handlers.Effect
	for n := range 3000 {
		e.Inquiries = append(e.Inquiries, handlers.Inquiry{ID: handlers.QuestionID(fmt.Sprint(n)), Text: "what?", Reply: "this", Kept: true,
			Terms: []string{fmt.Sprint("insur", n%50), fmt.Sprint("event", n%7), "joint", "council"}})
	}
	must(s.Accept(b.Context(), turn("t")))(b)
	if _, err := s.Commit(b.Context(), turn("t"), e); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.NotesLike(b.Context(), team, func() []string { return []string{"insur7", "event3", "quorum"} }, 25); err != nil {
			b.Fatal(err)
		}
	}
}
