package handlers

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	tickForm = Form{
		Done: Choice{Label: "Done", Words: []string{"finished"}},
		Fields: []Field{
			{ID: "a", Many: true, Options: []Option{
				{Value: "one", Label: "There is an agreement", Words: []string{"agreement"}}, {Value: "two", Label: "Two", Chosen: true}}},
			{ID: "b", Many: true, Options: []Option{{Value: "three", Label: "Three"}, {Value: "four", Label: "Four"}}},
		},
	}
	words    = []Option{{Value: "yes", Label: "Yes", Words: []string{"yep"}}, {Value: "no", Label: "No", Words: []string{"nope", "not"}}, {Value: "unknown", Label: "Not sure"}}
	pickForm = Form{
		Done:   Choice{Label: "Done"},
		Fields: []Field{{ID: "time", Label: "Time", Options: words}, {ID: "money", Label: "Money", Options: words}},
	}
)

func TestFormRead(t *testing.T) {
	type values = map[string][]string
	tests := []struct {
		form Form
		text string
		want values // nil: not an answer
	}{
		{tickForm, "1, 3 and 4", values{"a": {"one"}, "b": {"three", "four"}}},
		{tickForm, "1 2", values{"a": {"one", "two"}, "b": {}}},
		{tickForm, "All of them.", values{"a": {"one", "two"}, "b": {"three", "four"}}},
		{tickForm, "all except 2 and 3", values{"a": {"one"}, "b": {"four"}}},
		{tickForm, "everything but four", values{"a": {"one", "two"}, "b": {"three"}}},
		{tickForm, "none", values{"a": {}, "b": {}}},
		{tickForm, "there is an agreement", values{"a": {"one"}, "b": {}}},
		{tickForm, "agreement", values{"a": {"one"}, "b": {}}},
		{tickForm, "finished", values{"a": {"two"}, "b": {}}},
		{tickForm, "1-3", values{"a": {"one", "two"}, "b": {"three"}}},
		{tickForm, "1 – 2 and 4", values{"a": {"one", "two"}, "b": {"four"}}},
		{tickForm, "1 to 3 and number 4", values{"a": {"one", "two"}, "b": {"three", "four"}}},
		{tickForm, "the first two", values{"a": {"one", "two"}, "b": {}}},
		{tickForm, "last", values{"a": {}, "b": {"four"}}},
		{tickForm, "everything apart from the last one", values{"a": {"one", "two"}, "b": {"three"}}},
		{tickForm, "all but agreements", values{"a": {"two"}, "b": {"three", "four"}}},
		{tickForm, "yes except 2", values{"a": {"one"}, "b": {"three", "four"}}},
		{tickForm, "everything is in place", values{"a": {"one", "two"}, "b": {"three", "four"}}},
		{tickForm, "nothing except 3", values{"a": {}, "b": {"three"}}},
		{tickForm, "nope, none of them", values{"a": {}, "b": {}}},
		{tickForm, "everything apart from insurance", nil},
		{tickForm, "all but one", nil},
		{tickForm, "3-1", nil},
		{tickForm, "1-9", nil},
		{tickForm, "first nine", nil},
		{tickForm, "yes", nil},
		{tickForm, "and the", nil},
		{tickForm, "one, two and 4", values{"a": {"one", "two"}, "b": {"four"}}},
		{tickForm, "the third one", values{"a": {}, "b": {"three"}}},
		{tickForm, "second and fourth", values{"a": {"two"}, "b": {"four"}}},
		{tickForm, "first one and the third", values{"a": {"one"}, "b": {"three"}}},
		{tickForm, "first two and fourth", values{"a": {"one", "two"}, "b": {"four"}}},
		{tickForm, "numbers two to four", values{"a": {"two"}, "b": {"three", "four"}}},
		{tickForm, "all but the second", values{"a": {"one"}, "b": {"three", "four"}}},
		{tickForm, "the fifth one", nil},
		{tickForm, "seven and eight", nil},
		{tickForm, "5", nil},
		{tickForm, "0", nil},
		{tickForm, "1 and the moon", nil},
		{tickForm, "what does that mean?", nil},
		{tickForm, "", nil},
		{pickForm, "yes to all", values{"time": {"yes"}, "money": {"yes"}}},
		{pickForm, "yep", values{"time": {"yes"}, "money": {"yes"}}},
		{pickForm, "yes, no", values{"time": {"yes"}, "money": {"no"}}},
		{pickForm, "time yes, money not sure", values{"time": {"yes"}, "money": {"unknown"}}},
		{pickForm, "no for money", values{"money": {"no"}}},
		{pickForm, "yes to time but no to money", values{"time": {"yes"}, "money": {"no"}}},
		{pickForm, "2 no", values{"money": {"no"}}},
		{pickForm, "yes, no, yes", nil},
		{pickForm, "time yes, perhaps", nil},
		{pickForm, "yes except time", values{"money": {"yes"}}},
		{pickForm, "yes to all, except money.", values{"time": {"yes"}}},
		{pickForm, "all but money", values{"time": {"yes"}}},
		{pickForm, "yes, but not time", values{"time": {"no"}, "money": {"yes"}}},
		{pickForm, "yes but money no", values{"time": {"yes"}, "money": {"no"}}},
		{pickForm, "Time: yes. Money: well, no", nil},
		{pickForm, "time: yes\nmoney: I'd say no", values{"time": {"yes"}, "money": {"no"}}},
		{pickForm, "no money", values{"money": {"no"}}},
		{pickForm, "no to money, the rest yes", values{"time": {"yes"}, "money": {"no"}}},
		{pickForm, "yes to time and money", values{"time": {"yes"}, "money": {"yes"}}},
		{pickForm, "time yes and no money", values{"time": {"yes"}, "money": {"no"}}},
		{pickForm, "nope, none of it", values{"time": {"no"}, "money": {"no"}}},
		{pickForm, "nope, nope, nope", nil},
		{pickForm, "none of it", values{"time": {"no"}, "money": {"no"}}},
		{pickForm, "not sure about money", values{"money": {"unknown"}}},
		{pickForm, "1-2 yes", values{"time": {"yes"}, "money": {"yes"}}},
		{pickForm, "everything apart from insurance", nil},
		{pickForm, "no, money yes", nil},
		{pickForm, "time yes, and they would just run it for us", nil},
		{pickForm, "yes except", nil},
		{pickForm, "done", values{"time": {}, "money": {}}},
		{Form{}, "yes", nil},
	}
	for _, tt := range tests {
		got, ok := tt.form.Read(tt.text)
		if ok != (tt.want != nil) {
			t.Errorf("Read(%q) = %v, %v", tt.text, got, ok)
			continue
		}
		if ok {
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Read(%q) (-want +got):\n%s", tt.text, diff)
			}
		}
	}
}

func TestResolve(t *testing.T) {
	act := func(verb string) Action { return Action{Verb: verb} }
	offer := Offer{
		Choices: []Choice{{Label: "Yes", Action: act("yes"), Words: []string{"aye"}}, {Label: "Not sure", Action: act("unsure")}},
		Minor:   []Choice{{Label: "Why do you ask?", Action: act("why"), Words: []string{"why"}}},
	}
	for text, want := range map[string]Action{
		"1": act("yes"), " YES! ": act("yes"), "Aye.": act("yes"), "2": act("unsure"), "not  sure": act("unsure"),
		"Why do you ask": act("why"), "why?": act("why"),
		"yse": act("yes"), "ntoe sure": {}, "not sre": act("unsure"), "nto sure": act("unsure"), "yess": {}, "whyy": {}, "why do you aks": act("why"),
		"3": {}, "0": {}, "-1": {}, "yes please": {}, "": {}, "1.5": {},
	} {
		r := Request{Turn: Turn{Text: text}, Conversation: Conversation{Offer: offer}}
		if got := r.resolve().Action; got != want {
			t.Errorf("%q resolves to %+v, want %+v", text, got, want)
		}
	}
	// Choices may have numbers of their own; in words they count as they are listed.
	offer = Offer{Choices: []Choice{{Label: "Return", Number: 2, Action: act("return")}, {Label: "Decide", Number: 4, Action: act("decide")}, {Label: "Remark", Action: act("remark")}}}
	for text, want := range map[string]Action{"1": {}, "2": act("return"), "3": {}, "4": act("decide"), "5": act("remark"), "the second one": act("decide"), "fourth": {}} {
		if got := (Request{Turn: Turn{Text: text}, Conversation: Conversation{Offer: offer}}).resolve().Action; got != want {
			t.Errorf("%q resolves to %+v, want %+v", text, got, want)
		}
	}
	chosen := Request{Turn: Turn{Text: "1", Action: act("pressed")}, Conversation: Conversation{Offer: offer}}
	if got := chosen.resolve().Action; got != act("pressed") {
		t.Errorf("text has overruled a button: %+v", got)
	}
}

func TestIsQuestion(t *testing.T) {
	for text, want := range map[string]bool{
		"who pays?": true, "What is a partnership": true, "is that so": true, "the canal trust?": true,
		"The canal trust and the county": false, "yes": false, "no, the budget is spent": false, "": false,
		"Whatever the county says": false, "what": false,
	} {
		if got := IsQuestion(text); got != want {
			t.Errorf("IsQuestion(%q) = %v", text, got)
		}
	}
}

// What is understood in part comes with what is not.
func TestFormHear(t *testing.T) {
	values, rest := pickForm.Hear("time yes, and they would just run it for us. No money")
	want := map[string][]string{"time": {"yes"}, "money": {"no"}}
	if diff := cmp.Diff(want, values); diff != "" || rest != "they would just run it for us." {
		t.Errorf("%s; rest %q", diff, rest)
	}
	values, rest = pickForm.Hear("yes, no money")
	if diff := cmp.Diff(want, values); diff != "" || rest != "" {
		t.Errorf("%s; rest %q", diff, rest)
	}
	if values, rest := tickForm.Hear("1"); values != nil || rest != "1" {
		t.Errorf("ticks: %v, %q", values, rest)
	}
}

func FuzzFormRead(f *testing.F) {
	for _, seed := range []string{"1, 3 and 4", "all except 2", "yes to all", "time yes, money no", "\x00 but \xff", "99999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, form := range []Form{tickForm, pickForm} {
			values, ok := form.Read(text)
			if !ok && values != nil && len(values) > len(form.Fields) {
				t.Errorf("%q: %v", text, values)
			}
			for id, chosen := range values {
				if ok && len(chosen) > 4 {
					t.Errorf("%q: %s has %v", text, id, chosen)
				}
			}
		}
	})
}
