package blocks_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
)

func table(rows int) *handlers.Table {
	t := &handlers.Table{Columns: []string{"Question", "PA-2026-0001", "PA-2026-0002"}}
	for i := range rows {
		t.Rows = append(t.Rows, []string{fmt.Sprintf("Question %d", i+1), "Yes", "<!channel> & *no*"})
	}
	return t
}

func chart(points int) *handlers.Chart {
	c := &handlers.Chart{Title: "Questions by week", Series: []handlers.Series{{Name: "Asked"}, {Name: "Not covered"}}}
	for i := range points {
		c.Labels = append(c.Labels, fmt.Sprintf("%d Mar", i+1))
		for j := range c.Series {
			c.Series[j].Values = append(c.Series[j].Values, float64(i+j))
		}
	}
	return c
}

// kinds lists the types of a message's blocks, and of the blocks that can replace them.
func kinds(t *testing.T, m blocks.Message) (drawn, plain string) {
	t.Helper()
	of := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var all []struct{ Type string }
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, b := range all {
			said = append(said, b.Type)
		}
		return strings.Join(said, " ")
	}
	return of(m.Blocks), of(m.Plain)
}

// TestData: tables and charts are drawn where they can be, each with something to replace
// it; what is too large for Slack, or stands on a page, becomes a list of the same
// figures.
func TestData(t *testing.T) {
	for name, tt := range map[string]struct {
		parts []handlers.Part
		home  bool
		want  []string // drawn | plain, of each message
	}{
		"table":               {[]handlers.Part{{Table: table(3)}}, false, []string{"table | rich_text"}},
		"chart":               {[]handlers.Part{{Chart: chart(12)}}, false, []string{"data_visualization | rich_text"}},
		"chart and table":     {[]handlers.Part{{Chart: chart(3)}, {Table: table(3)}}, false, []string{"data_visualization | rich_text", "table | rich_text"}},
		"many points":         {[]handlers.Part{{Chart: chart(21)}}, false, []string{"table | rich_text"}},
		"many rows":           {[]handlers.Part{{Table: table(100)}}, false, []string{"rich_text | ", "rich_text | ", "rich_text | "}},
		"with what is around": {[]handlers.Part{handlers.Heading("Compare"), {Table: table(1)}}, false, []string{"header table | header rich_text"}},
		"on a page":           {[]handlers.Part{{Chart: chart(3)}, {Table: table(3)}}, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := handlers.Reply{To: handlers.Direct("U1"), Home: tt.home, Parts: tt.parts}
			if tt.home {
				drawn, _ := kinds(t, blocks.Message{Blocks: blocks.Home(r).Blocks.BlockSet})
				if drawn != "header rich_text rich_text" {
					t.Errorf("a page of %s", drawn)
				}
				return
			}
			all := blocks.Messages(r)
			if len(all) != len(tt.want) {
				t.Fatalf("%d messages, want %d", len(all), len(tt.want))
			}
			for i, m := range all {
				drawn, plain := kinds(t, m)
				if got := drawn + " | " + strings.TrimPrefix(plain, "null"); got != tt.want[i] {
					t.Errorf("message %d: %s, want %s", i, got, tt.want[i])
				}
				if strings.Contains(m.Text, "<!channel>") {
					t.Errorf("the text pings: %s", m.Text)
				}
			}
			if first := all[0].Text; tt.parts[0].Table != nil && !strings.Contains(first, "Question 1: PA-2026-0001 Yes; PA-2026-0002 &lt;!channel&gt;") {
				t.Errorf("what is read aloud: %s", first)
			}
		})
	}
}

// TestWindowInputs: a window asks for every kind of input.
func TestWindowInputs(t *testing.T) {
	var many []handlers.Option
	for i := range 30 {
		many = append(many, handlers.Option{Value: fmt.Sprint(i), Label: fmt.Sprintf("Question %d", i)})
	}
	view, ok := blocks.Modal(handlers.Reply{To: handlers.Direct("U1"), Window: &handlers.Window{Trigger: "t", Title: "Decide", Inputs: []handlers.Input{
		{ID: "kind", Label: "Kind", Kind: handlers.PickInput, Options: many[:4], Value: "2"},
		{ID: "point", Label: "Point", Kind: handlers.PickInput, Options: many, Value: "20"},
		{ID: "by", Label: "By", Kind: handlers.PersonInput, Value: "U2", Optional: true},
		{ID: "on", Label: "On", Kind: handlers.DateInput, Value: "2026-03-02"},
		{ID: "soon", Label: "Soon", Kind: handlers.DateInput, Value: "soon"},
		{ID: "who", Label: "Who", Kind: handlers.PersonInput, Value: "the clerk"},
	}}})
	if !ok {
		t.Fatal("no window")
	}
	data, err := json.Marshal(view.Blocks.BlockSet)
	if err != nil {
		t.Fatal(err)
	}
	var got []struct {
		Element struct {
			Type    string
			Initial struct{ Value string } `json:"initial_option"`
			User    string                 `json:"initial_user"`
			Date    string                 `json:"initial_date"`
		}
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	var drawn []string
	for _, b := range got {
		drawn = append(drawn, b.Element.Type+" "+b.Element.Initial.Value+b.Element.User+b.Element.Date)
	}
	if got, want := strings.Join(drawn, ", "), "radio_buttons 2, static_select 20, users_select U2, datepicker 2026-03-02, datepicker , users_select "; got != want {
		t.Errorf("drawn: %s, want %s", got, want)
	}
}

func TestPeople(t *testing.T) {
	got := blocks.People("<@UBOT> queue by <@U0CLERK|clerk> or <@U0OTHER>", "UBOT")
	if len(got) != 2 || got[0] != "U0CLERK" || got[1] != "U0OTHER" {
		t.Errorf("mentions %v", got)
	}
}
