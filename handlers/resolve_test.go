package handlers

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/knowledge/assessment"
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
	// apartForm has rows that set aside the one before them, as one that is not needed does.
	apartForm = Form{Done: Choice{Label: "Done"}, Fields: []Field{
		{ID: "a", Many: true, Options: []Option{{Value: "one", Label: "One", Chosen: true}, {Value: "two", Label: "Two"}}},
		{ID: "b", Many: true, Options: []Option{{Value: "no two", Label: "No two", Chosen: true, Apart: true}, {Value: "three", Label: "Three"},
			{Value: "no three", Label: "No three", Apart: true}}},
	}}
	// partForm has two rows that set aside the one before them, of which the last is ticked.
	partForm = Form{Fields: []Field{{ID: "a", Many: true, Options: []Option{{Value: "one", Label: "One"}, {Value: "no one", Label: "No such", Apart: true},
		{Value: "part of one", Label: "In part", Chosen: true, Apart: true}, {Value: "two", Label: "Two"}}}}}
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
		{apartForm, "all but 1", values{"a": {}, "b": {"no two", "three"}}},
		{apartForm, "all but 1 and 2", values{"a": {}, "b": {"no two", "three"}}},
		{apartForm, "all but 1 and 3", values{"a": {"two"}, "b": {"three"}}},
		{apartForm, "all but 4", values{"a": {"one"}, "b": {"no two", "no three"}}},
		{apartForm, "all but 4 and 5", values{"a": {"one"}, "b": {"no two"}}},
		{apartForm, "all but three", values{"a": {"one"}, "b": {"no two"}}},
		{apartForm, "all but 5", values{"a": {"one"}, "b": {"no two", "three"}}},
		{partForm, "all but 1", values{"a": {"part of one", "two"}}},
		{apartForm, "all", values{"a": {"one", "two"}, "b": {"three"}}},
		{apartForm, "2", values{"a": {"two"}, "b": {}}},
		{apartForm, "also 4", values{"a": {"one"}, "b": {"no two", "three"}}},
		{apartForm, "add 4", values{"a": {"one"}, "b": {"no two", "three"}}},
		{apartForm, "4 as well", values{"a": {"one"}, "b": {"no two", "three"}}},
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
		"@clerks 2": act("unsure"), "why, @ann?": act("why"), "@ann @ben: yes": act("yes"), "@ann's yes": {}, "yes and @ann": {},
		"3": {}, "0": {}, "-1": {}, "yes please": act("yes"), "please do not": {}, "": {}, "1.5": {},
	} {
		r := Request{Turn: Turn{Text: text}, Conversation: Conversation{Offer: offer}}
		if got := r.resolve().Action; got != want {
			t.Errorf("%q resolves to %+v, want %+v", text, got, want)
		}
	}
	for _, writes := range []Conversation{{Offer: offer, Listens: true}, {Offer: offer, Awaits: act("note")}} {
		if got := (Request{Turn: Turn{Text: "@ann yes"}, Conversation: writes}).resolve().Action; got != (Action{}) {
			t.Errorf("a name that is written resolves to %+v", got)
		}
	}
	// Choices may have numbers of their own; in words they count as they are listed.
	offer = Offer{Choices: []Choice{{Label: "Return", Number: 2, Action: act("return")}, {Label: "Decide", Number: 4, Action: act("decide")}, {Label: "Remark", Action: act("remark")}}}
	for text, want := range map[string]Action{"1": {}, "2": act("return"), "3": {}, "4": act("decide"), "5": act("remark"), "the second one": act("decide"), "fourth": {}} {
		if got := (Request{Turn: Turn{Text: text}, Conversation: Conversation{Offer: offer}}).resolve().Action; got != want {
			t.Errorf("%q resolves to %+v, want %+v", text, got, want)
		}
	}
	var long Offer
	for n := range 12 {
		long.Choices = append(long.Choices, Choice{Label: fmt.Sprint("Choice no ", n+1), Action: act(fmt.Sprint(n + 1))})
	}
	for text, want := range map[string]Action{"first": act("1"), "the seventh one": act("7"), "option tenth": act("10"), "twelfth": act("12"), "the thirteenth": {}} {
		if got := (Request{Turn: Turn{Text: text}, Conversation: Conversation{Offer: long}}).resolve().Action; got != want {
			t.Errorf("%q of twelve resolves to %+v, want %+v", text, got, want)
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
		"Whatever the county says": false, "what": false, "what a lovely day": false, "what a day?": true,
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

func TestFormBeyond(t *testing.T) {
	tests := []struct {
		form Form
		text string
		want []string
	}{
		{tickForm, "1, 3, 9", []string{"9"}},
		{tickForm, "5", []string{"5"}},
		{tickForm, "0", []string{"0"}},
		{tickForm, "all but 12", []string{"12"}},
		{tickForm, "all but the twelfth", []string{"12"}},
		{tickForm, "3-9", []string{"9"}},
		{tickForm, "6 to 9 and 1", []string{"6", "9"}},
		{tickForm, "seven and eight", []string{"7", "8"}},
		{tickForm, "1 and 5, and we have 20 officers", []string{"5"}},
		{tickForm, "1, 3 and 4", nil},
		{tickForm, "we have 20 officers", nil},
		{tickForm, "1 and 2, and we have 20 officers", nil},
		{tickForm, "none", nil},
		{pickForm, "all but 12", []string{"12"}},
		{pickForm, "yes except 9", []string{"9"}},
		{pickForm, "1 yes 9 no", []string{"9"}},
		{pickForm, "yes except 2", nil},
		{pickForm, "yes, we have 20 officers", nil},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			if got := tt.form.Beyond(tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFormShort(t *testing.T) {
	three := Form{Fields: append(pickForm.Fields[:2:2], Field{ID: "assets", Label: "Assets", Options: words})}
	for text, want := range map[string]int{
		"yes yes": 2, "yep, yep": 2, "yes and yes": 2, "yes, no": 2, "no no no no": 4, "yes yes yes": 0, "yes, no, yes": 0, "yes": 0, "yes to all": 0,
		"time yes": 0, "not": 0, "yes, we do": 0,
	} {
		if got := three.Short(text); got != want {
			t.Errorf("%q is %d answers, want %d", text, got, want)
		}
		if _, ok := three.Read(text); ok && want > 0 {
			t.Errorf("%q is read", text)
		}
	}
}

// A number that is not on offer changes nothing of what is.
func TestBeyond(t *testing.T) {
	three := []Choice{{Label: "Red"}, {Label: "Green"}, {Label: "Blue"}}
	later := []Choice{{Label: "Red", Number: 6}, {Label: "Green"}}
	tests := []struct {
		name, text string
		at         Conversation
		want       string // empty: it is not for this
	}{
		{"too high", "7", Conversation{Offer: Offer{Choices: three}}, "There are only 3 to choose from."},
		{"none", "0", Conversation{Offer: Offer{Choices: three}}, "There are only 3 to choose from."},
		{"in words", "the fifth one", Conversation{Offer: Offer{Choices: three}}, "There are only 3 to choose from."},
		{"of one", "99", Conversation{Offer: Offer{Choices: three[:1]}}, "There is only one to choose."},
		{"of a later page", "9", Conversation{Offer: Offer{Choices: later}}, "That is none of the numbers here. Choose one of these:"},
		{"at a question", "7", Conversation{Draft: "d", Offer: Offer{Choices: three}}, "There are only 3 to choose from."},
		{"before a question", "1 and 7", Conversation{Draft: "d", Offer: Offer{Choices: three, First: true}},
			"That is none of the numbers here. Choose one of these, or say “go on” to come back to your assessment:"},
		{"on offer", "3", Conversation{Offer: Offer{Choices: three}}, ""},
		{"no number", "purple", Conversation{Offer: Offer{Choices: three}}, ""},
		{"nothing offered", "7", Conversation{}, ""},
		{"words wanted", "7", Conversation{Awaits: Action{Verb: "a"}, Offer: Offer{Choices: three}}, ""},
		{"any words wanted", "7", Conversation{Draft: "d", Listens: true, Offer: Offer{Choices: three}}, ""},
		{"a form", "7", Conversation{Offer: Offer{Choices: three, Form: &tickForm}}, ""},
	}
	for i, c := range three {
		three[i].Action = Action{Verb: c.Label}
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.at.ID = Direct("U1").Conversation()
			r := Request{Turn: Turn{Person: "U1", Place: Direct("U1"), Text: tt.text}, Conversation: tt.at}.resolve()
			e, ok := r.beyond()
			if ok != (tt.want != "") {
				t.Fatalf("answered: %t", ok)
			}
			if !ok {
				return
			}
			if got := e.Replies[0].Parts[0].Text; got != tt.want {
				t.Errorf("said %q, want %q", got, tt.want)
			}
			if diff := cmp.Diff(tt.at.Offer, OfferOf(tt.at.ID, e.Replies)); diff != "" {
				t.Errorf("the offer changed (-want +got):\n%s", diff)
			}
		})
	}
}

// A bare "yes" or "no" may be about what was offered before a question was put again.
func TestEither(t *testing.T) {
	yesNo := []Choice{{Label: "Yes", Words: []string{"yes"}, Action: Action{Verb: "yes"}}, {Label: "No", Words: []string{"no"}, Action: Action{Verb: "no"}}}
	clerk := []Choice{{Label: "Ask the clerk", Words: []string{"clerk", "yes"}, Action: Action{Verb: "clerk"}}}
	list := tickForm
	list.Done.Action.Verb = "done"
	section := []Choice{{Label: "Read the section"}}
	tests := []struct {
		name, text string
		offer      Offer
		draft      assessment.DraftID
		want       Action // of the first of the two; none: it is not asked
	}{
		{"yes", "yes", Offer{Choices: yesNo, Minor: clerk, Aside: clerk}, "d", Action{Verb: "clerk"}},
		{"no", "no", Offer{Choices: yesNo, Minor: clerk, Aside: clerk}, "d", Action{Verb: AssessGoOn, Arg: "d"}},
		{"no to a list", "no", Offer{Form: &list, Minor: clerk, Aside: clerk}, "d", Action{Verb: AssessGoOn, Arg: "d"}},
		{"yes to a list", "yes", Offer{Form: &list, Minor: clerk, Aside: clerk}, "d", Action{}},
		{"yes to names", "yes", Offer{Choices: section, Minor: clerk, Aside: clerk}, "d", Action{}},
		{"more than a yes", "yes, they share it", Offer{Choices: yesNo, Minor: clerk, Aside: clerk}, "d", Action{}},
		{"its name", "clerk", Offer{Choices: yesNo, Minor: clerk, Aside: clerk}, "d", Action{}},
		{"it takes no yes", "yes", Offer{Choices: yesNo, Minor: section, Aside: section}, "d", Action{}},
		{"nothing aside", "yes", Offer{Choices: yesNo, Minor: clerk}, "d", Action{}},
		{"no question", "yes", Offer{Choices: clerk}, "", Action{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := Request{Turn: Turn{Person: "U1", Place: Direct("U1"), Text: tt.text}, Conversation: Conversation{Draft: tt.draft, Offer: tt.offer}}
			e, ok := r.either()
			if ok != (tt.want.Verb != "") {
				t.Fatalf("asked: %t", ok)
			}
			if !ok {
				return
			}
			two := e.Replies[0].Parts[1].Choices.Options
			if diff := cmp.Diff([]Action{tt.want, {Verb: Said, Arg: tt.text}}, []Action{two[0].Action, two[1].Action}); diff != "" {
				t.Errorf("wrong choices (-want +got):\n%s", diff)
			}
		})
	}
}

// What stands aside once a question is put again are the choices that stood out before.
func TestUnnumbered(t *testing.T) {
	to := Direct("U1")
	replies := unnumbered([]Reply{{To: to, Parts: []Part{Choose(Choice{Label: "Ask the clerk"}), ChooseMinor(Choice{Label: "Helpful"})}}})
	got := OfferOf(to.Conversation(), replies)
	if diff := cmp.Diff(Offer{Minor: []Choice{{Label: "Ask the clerk"}, {Label: "Helpful"}}, Aside: []Choice{{Label: "Ask the clerk"}}}, got); diff != "" {
		t.Errorf("wrong offer (-want +got):\n%s", diff)
	}
}
