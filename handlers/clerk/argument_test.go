package clerk

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// FuzzQuery: whatever is typed, what it is understood as comes back from an argument as
// it was, and fits into one.
func FuzzQuery(f *testing.F) {
	for _, said := range []string{"canal", "decided from 1 March 2026", "by @someone newest first", "not appropriate until 31.12.26",
		"all", "“&=?%” <!channel>", strings.Repeat("ß", 500), "on 2026-02-30", "by", "by " + strings.Repeat("ß", 3000), "from 1/1/26 to 2/2/26 under review"} {
		f.Add(said)
	}
	f.Fuzz(func(t *testing.T, said string) {
		said = strings.ToValidUTF8(said, "")
		q, _ := typedQuery(handlers.Request{Turn: handlers.Turn{People: []handlers.PersonID{"U1"}}}, said)
		arg := q.arg()
		if n := len(arg) + 2*strings.Count(arg, "%"); n > maxArg {
			t.Errorf("an argument of %d bytes", n)
		}
		if diff := cmp.Diff(q, readQuery(q.verb, arg), cmp.AllowUnexported(query{})); diff != "" {
			t.Errorf("comes back as (-want +got):\n%s", diff)
		}
	})
}

// FuzzArgument: a forged argument names a reference as it is stored, or none.
func FuzzArgument(f *testing.F) {
	for _, arg := range []string{"PA-2026-0001@3 exit?met=yes", "pa-2026-0001", "PA-2026-1", "PA-0000-0000", "@", "?", "PA-2026-0001@-7", "PA-2026-00001 x"} {
		f.Add(arg)
	}
	f.Fuzz(func(t *testing.T, arg string) {
		var m matter
		m.Action.Arg = arg
		if named, ok := m.read(arg); ok && named.Year > 0 {
			ref := assessment.NewReference(named.Year, named.Number)
			if again := handlers.ReadReference(string(ref)); again != ref {
				t.Errorf("%q is %q, and that is %q", arg, ref, again)
			}
		}
		m.Reference, m.Changed = "PA-2026-0001", 3
		m.Values = map[string][]string{"reason": {arg}}
		if arg := m.again(); len(arg)+2*strings.Count(arg, "%") > maxArg+len(m.rest)*3 {
			t.Errorf("an argument of %d bytes", len(arg))
		}
	})
}
