package report

import (
	"errors"
	"testing"
)

// TestMarkupEscapes: whatever its type, nothing that is added can be taken for an element.
func TestMarkupEscapes(t *testing.T) {
	type named string
	for _, a := range []any{`<b>"&`, named(`<b>"&`), errors.New(`<b>"&`)} {
		var m markup
		m.add("<p>%s</p>", a)
		if got := m.String(); got != "<p>&lt;b&gt;&#34;&amp;</p>" {
			t.Errorf("%T is written %s", a, got)
		}
	}
	var m markup
	if m.add("<h%d id=\"h%d\">%s</h%[1]d>", 2, 7, "x"); m.String() != `<h2 id="h7">x</h2>` {
		t.Errorf("numbers are written %s", m.String())
	}
}
