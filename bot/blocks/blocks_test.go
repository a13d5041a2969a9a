package blocks_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const hostile = "<!channel> *bold* <@U1> &amp; :tada: https://evil.example|x"

func passage(t testing.TB, id knowledge.ClauseID) handlers.Part {
	t.Helper()
	p, err := knowledge.Biddulph().Passage(id)
	if err != nil {
		t.Fatal(err)
	}
	return handlers.Quote(p)
}

func choice(label, verb, arg string) handlers.Choice {
	return handlers.Choice{Label: label, Action: handlers.Action{Verb: verb, Arg: arg}}
}

// gate returns the choices of a gate question; the first leads on.
func gate(arg string) handlers.Part {
	yes := choice("Yes", "answer", arg+"=yes")
	yes.Primary = true
	return handlers.Choose(yes, choice("Partly", "answer", arg+"=partly"),
		choice("No", "answer", arg+"=no"), choice("Not sure", "answer", arg+"=unknown"))
}

func minor() handlers.Part {
	stop := choice("Stop", "stop", "")
	stop.Danger = true
	return handlers.ChooseMinor(choice("Back", "back", ""), choice("Why do you ask?", "why", ""), stop)
}

func selects() handlers.Part {
	f := &handlers.Form{Done: choice("Continue", "form", "resources")}
	f.Done.Primary = true
	for i, label := range []string{"Time", "Assets", "Knowledge", "Money", "Other commitments"} {
		f.Fields = append(f.Fields, handlers.Field{ID: strings.ToLower(label), Label: label, Options: []handlers.Option{
			{Value: "yes", Label: "Yes", Chosen: i == 1}, {Value: "partly", Label: "Partly"},
			{Value: "no", Label: "No"}, {Value: "unknown", Label: "Not sure"}, {Value: "not_needed", Label: "Not needed"}}})
	}
	return handlers.Part{Form: f}
}

func ticks() handlers.Part {
	labels := []string{
		"There is a partnership agreement, or Terms of Reference",
		"The Council's role is clear, with the responsibilities and liabilities that it brings",
		"The responsibilities of all partners (health and safety, community safety, equality, other statutory duties) are in the agreement",
		"The risks to the Council are understood", "It acts in accordance with the Council's Financial Regulations",
		"Complaints and whistleblowing are provided for", "Its actions are clear, time-limited and task-orientated",
		"The Council's representatives are named", "Conflicts of interest have been declared",
		"Equalities Impact Assessments are arranged", "There is an Information Sharing Agreement", "The lead body is agreed",
	}
	field := handlers.Field{ID: "safeguards", Label: "Tick what is already in place.", Many: true}
	for i, l := range labels {
		field.Options = append(field.Options, handlers.Option{Value: fmt.Sprintf("s%d", i+1), Label: l, Chosen: i%4 == 1})
	}
	return handlers.Part{Form: &handlers.Form{Fields: []handlers.Field{field}, Done: choice("Done", "form", "safeguards")}}
}

func results() []handlers.Part {
	rows := make([]handlers.Choice, 10)
	for i := range rows {
		ref := fmt.Sprintf("PA-2026-%04d", i+1)
		rows[i] = choice(ref+": Community garden, appropriate with conditions", "show", ref)
	}
	return []handlers.Part{handlers.Heading("Your results"), handlers.Choose(rows...),
		handlers.ChooseMinor(choice("Older", "mine", "2"))}
}

func longResult(t testing.TB) []handlers.Part {
	parts := []handlers.Part{handlers.Heading("PA-2026-0007: Town market"), handlers.Text("Appropriate, with conditions.")}
	for _, id := range []knowledge.ClauseID{"managing-partnerships.1", "managing-partnerships.4", "managing-partnerships.9",
		"guiding-principles.3", "roles-of-councillors-and-officers.3", "definition-of-a-partnership.4.1"} {
		parts = append(parts, passage(t, id))
	}
	var todo []string
	for i := range 20 {
		todo = append(todo, fmt.Sprintf("Condition %d: agree how the partners will work together, and who is to report to the Council on it.", i+1))
	}
	return append(parts, handlers.Heading("To put in place"), handlers.List(todo...),
		handlers.Note("This is an indicative result. The decision is the Council's."),
		handlers.Choose(choice("Submit", "submit", "d1"), choice("Change an answer", "change", "d1")))
}

func cases(t testing.TB) map[string]handlers.Reply {
	at := handlers.Direct("U1")
	update := handlers.Reply{To: at, Slot: "question", Update: true, Parts: []handlers.Part{
		handlers.Text("Is it clear how the Council can contribute?"), handlers.Note("Answered: Partly"),
		handlers.ChooseMinor(choice("Change", "change", "contribution_clear"))}}
	question := []handlers.Part{handlers.Note("Question 8"), handlers.Text("Is the Council's role clear?"),
		passage(t, "managing-partnerships.2"), gate("council_role_clear"), minor()}
	return map[string]handlers.Reply{
		"quote": {To: at, Parts: []handlers.Part{handlers.Text("The protocol says:"),
			passage(t, "definition-of-a-partnership.4.2"), passage(t, "definition-of-a-partnership.3"),
			passage(t, "managing-partnerships.4"), handlers.Note("Protocol of 13 December 2016.")}},
		"question":     {To: at, Slot: "question", Parts: question},
		"form_selects": {To: at, Parts: []handlers.Part{handlers.Text("Can the Council resource it?"), selects(), minor()}},
		"form_ticks":   {To: at, Parts: []handlers.Part{ticks()}},
		"results":      {To: at, Parts: results()},
		"long":         {To: at, Parts: longResult(t)},
		"home": {To: at, Home: true, Parts: append(results(), handlers.Heading("Open question"),
			handlers.Text("Would available resources be used economically?"), gate("value_for_money"))},
		"update": update,
		"hostile": {To: at, Parts: []handlers.Part{handlers.Heading(hostile), handlers.Text(hostile + "\n> quoted `code` _x_ ~y~"),
			handlers.Note(hostile), handlers.List(hostile, "- "+hostile), handlers.Choose(choice(hostile, "v<b>", hostile)),
			handlers.ChooseMinor(choice("<!here> & co", "w", hostile))}},
	}
}

// drawing is one message or page in a golden file.
type drawing struct {
	Text   string `json:"text,omitempty"`
	Blocks any    `json:"blocks"`
}

func drawn(r handlers.Reply) []drawing {
	if r.Home {
		return []drawing{{Blocks: blocks.Home(r).Blocks.BlockSet}}
	}
	var out []drawing
	for _, m := range blocks.Messages(r) {
		out = append(out, drawing{m.Text, m.Blocks})
	}
	return out
}

func TestGolden(t *testing.T) {
	for name, r := range cases(t) {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			if err := enc.Encode(drawn(r)); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("%s, as -update would have it (-want +got):\n%s", path, diff)
			}
		})
	}
}

func TestGoldenWithinLimits(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) != len(cases(t)) {
		t.Fatalf("%d golden files, want %d (%v)", len(files), len(cases(t)), err)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var all []drawing
		if err := json.Unmarshal(b, &all); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for i, d := range all {
			surface := "message"
			if d.Text == "" {
				surface = "home"
			}
			faults, _ := check(t, d.Blocks, surface)
			faults = append(faults, checkText(d.Text)...)
			for _, f := range faults {
				t.Errorf("%s, message %d: %s", path, i+1, f)
			}
		}
	}
}

var unescaped = regexp.MustCompile(`[<>]|&(?:$|[^alg]|amp[^;]|[lg]t[^;])`)

func checkText(s string) []string {
	var faults []string
	if n := utf8.RuneCountInString(s); n > limits["message text"] {
		faults = append(faults, fmt.Sprintf("text of %d characters", n))
	}
	if bad := unescaped.FindString(s); bad != "" {
		faults = append(faults, fmt.Sprintf("text with %q", bad))
	}
	return faults
}

func TestLongReplyLosesNothing(t *testing.T) {
	r := cases(t)["long"]
	all := drawn(r)
	if len(all) < 2 {
		t.Fatalf("%d messages, want several", len(all))
	}
	for _, side := range []string{"text", "blocks"} {
		var said string
		for _, d := range all {
			if side == "text" {
				said += squeeze(unescape(d.Text))
			} else {
				_, shown := check(t, d.Blocks, "message")
				said += shown
			}
		}
		for _, p := range r.Parts {
			wants := append([]string{p.Heading, p.Text, p.Note}, p.List...)
			if p.Quote != nil {
				wants = append(wants, p.Quote.Citation, p.Quote.LeadIn)
				for l := range strings.Lines(p.Quote.Quote) {
					wants = append(wants, strings.TrimPrefix(l, "- "))
				}
			}
			for _, want := range wants {
				if !strings.Contains(said, squeeze(want)) {
					t.Errorf("%s lack %q", side, want)
				}
			}
		}
	}
	last := all[len(all)-1]
	if !strings.HasSuffix(last.Text, "You can reply: Submit, Change an answer") {
		t.Errorf("last message ends %q, want the choices", last.Text[max(0, len(last.Text)-60):])
	}
}

func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

func TestUpdateIsOneMessage(t *testing.T) {
	long := strings.Repeat("A sentence that goes on. ", 1500)
	r := handlers.Reply{Update: true, Parts: []handlers.Part{handlers.Text(long), handlers.Text(long), gate("x")}}
	got := drawn(r)
	if len(got) != 1 {
		t.Fatalf("%d messages, want 1", len(got))
	}
	faults, shown := check(t, got[0].Blocks, "message")
	if faults = append(faults, checkText(got[0].Text)...); faults != nil {
		t.Error(faults)
	}
	if !strings.Contains(shown, "…") || !strings.HasSuffix(shown, "YesPartlyNoNotsure") {
		t.Errorf("blocks end %q, want … and the choices", shown[max(0, len(shown)-60):])
	}
	if !strings.HasSuffix(got[0].Text, "…\nYou can choose: Yes, Partly, No, Not sure") {
		t.Errorf("text ends %q, want … and the choices", got[0].Text[max(0, len(got[0].Text)-60):])
	}
}

func TestHomeIsOnePage(t *testing.T) {
	var parts []handlers.Part
	for range 300 {
		parts = append(parts, handlers.Text("A line."))
	}
	got := drawn(handlers.Reply{Home: true, Parts: append(parts, gate("x"))})
	faults, shown := check(t, got[0].Blocks, "home")
	if faults != nil || !strings.Contains(shown, "…") || !strings.HasSuffix(shown, "Notsure") {
		t.Errorf("page of %d characters, faults %v", len(shown), faults)
	}
}

func TestNothingToSay(t *testing.T) {
	r := handlers.Reply{Parts: []handlers.Part{handlers.Text(" \u200b\n"), handlers.Heading(""), handlers.List("")}}
	if got := blocks.Messages(r); got != nil {
		t.Errorf("got %v, want no message", got)
	}
	if got := blocks.Home(r).Blocks.BlockSet; got == nil || len(got) != 0 {
		t.Errorf("got %v, want an empty page", got)
	}
}
