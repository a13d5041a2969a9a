package assess

import (
	"context"
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// mendsText holds the parts of what puts an answer right. Its head says how it is written.
//
//go:embed mends.txt
var mendsText string

// mendWords are those parts.
type mendWords struct {
	begin, slips, marks, was *regexp.Regexp
	around                   []string
	names                    []factName
}

// mending are read when they are first needed.
var mending = sync.OnceValue(func() (m mendWords) {
	by := handlers.ReadLists(mendsText)
	anywhere := func(name string) *regexp.Regexp {
		return regexp.MustCompile(`(?:^| )(?:` + by.Pattern(name) + `)(?: |$)`)
	}
	m.begin = regexp.MustCompile(`^(?:(?:no|nope|oh|ah|yes|and|but|well) )+((?:` + by.Pattern("slips") + `|` + by.Pattern("marks") + `)(?: |$))`)
	m.slips, m.marks, m.was = anywhere("slips"), anywhere("marks"), anywhere("was")
	m.around = by.Words("around")
	for _, f := range assessment.Facts() {
		for _, name := range namesOf(f) {
			m.names = append(m.names, factName{f, m.bare(name)})
		}
	}
	return m
})

// bare leaves out what stands around a name and its answer.
func (m mendWords) bare(said string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(said), func(w string) bool { return slices.Contains(m.around, w) }), " ")
}

// factName is a name of a fact without the words that may stand around it.
type factName struct {
	fact assessment.Fact
	name string
}

// mend is what a message puts right: the question that it names and the new answer, either of
// which may be missing.
type mend struct {
	fact   assessment.Fact // without an id where none is named
	said   string          // the answer in words, or empty
	marked bool            // it says of itself that it puts something right
	slip   bool            // it says that something was wrong
	first  bool            // the name stands first
}

// longestMend is how long a message is at most that only puts an answer right, in bytes.
const longestMend = 120

// mendOf takes a message apart; ok is false where there is more in it than a name and an answer.
func mendOf(text string) (m mend, ok bool) {
	if len(text) > longestMend {
		return mend{}, false
	}
	r := mending()
	said := handlers.Fold(handlers.Curt(text))
	if m, ok = r.parts(said); !ok {
		m, ok = r.parts(r.was.ReplaceAllString(said, " "))
		m.marked = true
	}
	return m, ok
}

// parts takes a folded message apart.
func (r mendWords) parts(said string) (m mend, ok bool) {
	said = r.begin.ReplaceAllString(said, "$1")
	cut := func(like *regexp.Regexp) (found bool) {
		for like.MatchString(said) {
			said, found = strings.TrimSpace(like.ReplaceAllString(said, "  ")), true
		}
		return found
	}
	m.slip = cut(r.slips)
	m.marked = cut(r.marks) || m.slip
	words := strings.Fields(r.bare(said))
	whole := strings.Join(words, " ")
	for n := len(words); n > 0; n-- { // the longest name, before the answer or behind it
		for _, m.first = range []bool{true, false} {
			name, rest := strings.Join(words[:n], " "), strings.Join(words[n:], " ")
			if at := len(words) - n; !m.first {
				name, rest = strings.Join(words[at:], " "), strings.Join(words[:at], " ")
			}
			i := slices.IndexFunc(r.names, func(f factName) bool { return f.name == name })
			if i < 0 {
				continue
			}
			f := r.names[i].fact
			if _, plain := plainWord(rest, f.Words); rest == "" || plain && !f.Many {
				m.fact, m.said = f, rest
				return m, true
			}
		}
	}
	m.said = whole
	_, gate := plainWord(whole, assessment.Gates())
	_, status := plainWord(whole, []assessment.Value{assessment.New, assessment.Existing})
	return m, whole == "" || gate || status
}

// mends takes what puts an answer right, by its parts. Nothing changes before it is
// confirmed.
func (a *Assess) mends(ctx context.Context, s scene, o open) (e handlers.Effect, ok bool, err error) {
	m, ok := mendOf(s.Text)
	if _, plain := plainWord(exclaimed.ReplaceAllString(s.Text, ""), assessment.Gates()); !ok || plain || o.kind == deciding || asksBack(s.Text) || o.kind == confirming && s.draft.Heard.Note {
		return e, false, nil
	}
	named, own := m.fact.ID != "", slices.Contains(o.step.Facts, m.fact.ID)
	switch {
	case named && own && (len(o.step.Facts) > 1 || o.kind != asking):
		return e, false, nil
	case named && m.said != "":
		v, _ := plainWord(m.said, m.fact.Words)
		by := m.marked || m.first && (o.kind == asking || o.kind == confirming) && !listens(s.draft) && (own || s.draft.Answers.Given(m.fact.ID))
		e, ok = a.takesBack(s, o, m.fact, v, by)
	case named || !m.marked || o.kind == confirming:
		return e, false, nil
	case m.said == "" && m.slip && !commanded(s.Text):
		s.args = nil
		return handlers.Taken(a.change(ctx, s))
	case m.said != "":
		e, ok = a.takesBackLast(s, o, m)
	default:
		return e, false, nil
	}
	return e, ok, nil
}

// commanded reports whether a text is something that people say to the dialogue.
func commanded(text string) bool {
	return slices.ContainsFunc(sayings(), func(one saying) bool {
		_, ok := one.said(handlers.Fold(text))
		return ok
	})
}

// takesBackLast puts back a new answer that names no question: it is to the last one, unless the
// open one can be answered so and nothing says that a slip was made.
func (a *Assess) takesBackLast(s scene, o open, m mend) (handlers.Effect, bool) {
	if o.kind == asking && len(o.step.Facts) == 1 && !listens(s.draft) && !m.slip {
		f := o.step.First()
		if v, ok := plainWord(m.said, f.Words); ok && !f.Many {
			s.Text = m.said
			return a.wavers(s, o.step, v), true
		}
	}
	step, ok := assessment.FindStep(s.draft.Last)
	if _, gate := plainWord(m.said, assessment.Gates()); !gate { // which one question alone is answered with
		step, ok = assessment.StepOf(assessment.Status), true
	}
	if !ok || len(step.Facts) != 1 {
		return handlers.Effect{}, false
	}
	f := step.First()
	v, ok := plainWord(m.said, f.Words)
	return a.takesBack(s, o, f, v, ok && !f.Many && s.draft.Answers.Given(f.ID))
}

// takesBack puts back a new answer to a question, beside what is to be confirmed already.
func (a *Assess) takesBack(s scene, o open, f assessment.Fact, v assessment.Value, ok bool) (handlers.Effect, bool) {
	switch {
	case !ok:
		return handlers.Effect{}, false
	case o.kind != confirming && s.draft.Answers[f.ID].Word == v:
		return a.have(s, o, assessment.Answers{f.ID: s.draft.Answers[f.ID]}), true
	}
	return a.beside(s, assessment.Answers{f.ID: {Word: v}}), true
}

// beside puts back what says no more than an answer, beside what is to be confirmed already.
func (a *Assess) beside(s scene, read assessment.Answers) handlers.Effect {
	s.waitsAt = a.open(s.draft).step
	s.waits, s.draft.Heard = s.draft.Heard, &assessment.Heard{Text: s.Text, Answers: read, Plain: true}
	return a.put(s)
}
