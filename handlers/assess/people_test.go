package assess_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

var (
	seed   = flag.Uint64("seed", 0, "seed of the random people; 0: another one each time")
	people = flag.Int("people", 15, "how many random people there are")
)

// Random people answer by tap, number and word, go back, ask why and ask something
// else, add notes, leave, come back and change their answers. What is stored always
// equals a plain list of their final choices, and the outcome what the engine makes of
// that list.
func TestRandomPeople(t *testing.T) {
	t.Parallel()
	from := *seed
	if from == 0 {
		from = uint64(time.Now().UnixNano())
	}
	d := newDesk(t)
	n := *people
	if testing.Short() {
		n = min(n, 2) // left out with -short: it has no concurrency to check
	}
	for i := range n {
		p := &person{desk: d, who: handlers.PersonID(fmt.Sprintf("P%d", i)), r: rand.New(rand.NewPCG(from, uint64(i))),
			list: assessment.Answers{}, notes: map[assessment.FactID]string{}, plans: map[assessment.FactID]assessment.Plan{}}
		p.live()
		if t.Failed() {
			t.Fatalf("with -seed %d, person %d:\n%s", from, i, strings.Join(p.log, "\n"))
		}
	}
}

// person is one of them, with the plain list of what they chose.
type person struct {
	*desk
	who   handlers.PersonID
	r     *rand.Rand
	list  assessment.Answers
	notes map[assessment.FactID]string
	plans map[assessment.FactID]assessment.Plan
	log   []string
	old   []handlers.Action // buttons of questions answered before
	took  string            // the words from which time was taken as no
}

func (p *person) live() {
	p.do("assess", handlers.Action{Verb: handlers.AssessStart, Arg: "new"})
	for range 60 {
		p.act()
		p.check()
		if p.Failed() {
			return
		}
	}
	for range 60 {
		if p.sees("Submit") {
			p.press("Submit")
			p.stored()
			return
		}
		p.answer()
	}
	p.Errorf("%s gets to no end: %s", p.who, p.screen())
}

func (p *person) screen() string { return p.said[handlers.Direct(p.who).Conversation()] }

// newest is the last reply that puts something to the person.
func (p *person) newest() handlers.Reply {
	all := p.last[handlers.Direct(p.who).Conversation()]
	return all[len(all)-1]
}

func (p *person) choice(label string) (handlers.Choice, bool) {
	for _, part := range p.newest().Parts {
		if part.Choices != nil {
			if i := slices.IndexFunc(part.Choices.Options, func(c handlers.Choice) bool { return c.Label == label }); i >= 0 {
				return part.Choices.Options[i], true
			}
		}
	}
	return handlers.Choice{}, false
}

func (p *person) sees(label string) bool {
	_, ok := p.choice(label)
	return ok
}

func (p *person) do(what string, a handlers.Action) {
	p.log = append(p.log, what)
	p.desk.does(p.who, a, nil)
}

func (p *person) type_(text string) {
	p.log = append(p.log, "types: "+text)
	p.desk.types(p.who, text)
}

// press taps a choice or types its label.
func (p *person) press(label string) {
	c, ok := p.choice(label)
	switch {
	case !ok:
		p.Errorf("no %q in %s", label, p.screen())
	case p.r.IntN(2) == 0:
		p.type_(strings.ToLower(label))
	default:
		p.do("taps "+label, c.Action)
	}
}

// step is what is being asked.
func (p *person) step() (assessment.Step, bool) {
	c, ok := p.choice("Why do you ask?")
	if !ok {
		return assessment.Step{}, false
	}
	return assessment.FindStep(assessment.StepID(strings.Fields(c.Action.Arg)[1]))
}

// act is one thing that people do.
func (p *person) act() {
	step, asking := p.step()
	switch n := p.r.IntN(20); {
	case n == 0 && p.sees("Back"):
		p.press("Back")
	case n == 1 && asking:
		p.press("Why do you ask?")
	case n == 2:
		p.type_("what is a partnership?")
	case n == 3 && asking && len(step.Facts) > 1:
		p.type_("purple elephants")
		p.do("shows it again", handlers.Action{Verb: handlers.AssessGoOn, Arg: string(p.draft(p.who).ID)})
	case n == 4 && p.sees("Add a note") && asking:
		p.note(step)
	case n == 5 && p.sees("Finish later"):
		p.press("Finish later")
		p.type_("thank you")
		p.type_("assess")
		p.press(p.goOn())
	case n == 6 && len(p.old) > 0:
		old := p.old[p.r.IntN(len(p.old))]
		if args := strings.Fields(old.Arg); asking && args[1] == string(step.ID) {
			p.choose(step.Facts[0], assessment.Value(args[2])) // it is open again, so this counts
		}
		p.do("taps an old button", old)
		p.do("shows it again", handlers.Action{Verb: handlers.AssessGoOn, Arg: string(p.draft(p.who).ID)})
	case n == 7 && asking && step.ID == "resources" && slices.Contains(step.Open(p.list), assessment.ResourceTime):
		p.tookAs()
	default:
		p.answer()
	}
}

func (p *person) goOn() string {
	for _, part := range p.newest().Parts {
		if part.Choices != nil {
			return part.Choices.Options[0].Label
		}
	}
	return "no drafts are offered"
}

func (p *person) note(step assessment.Step) {
	id := step.Facts[p.r.IntN(len(step.Facts))]
	f, _ := assessment.Lookup(id)
	p.press("Add a note")
	if len(step.Facts) > 1 {
		for _, part := range p.newest().Parts {
			if part.Choices != nil && !part.Choices.Minor {
				c := part.Choices.Options[slices.Index(step.Facts, id)]
				p.do("taps "+c.Label, c.Action)
				break
			}
		}
	}
	text := fmt.Sprintf("Note %d on %s", p.r.IntN(1000), f.Label)
	if p.r.IntN(3) == 0 {
		text += ", or is it?"
	}
	p.type_(text)
	if strings.HasSuffix(text, "?") {
		p.press("Write it down")
	}
	p.noted(id, text)
}

// noted adds a line to the plain list, unless it stands there.
func (p *person) noted(id assessment.FactID, line string) {
	if had := p.notes[id]; !slices.Contains(strings.Split(had, "\n"), line) {
		p.notes[id] = strings.TrimPrefix(had+"\n"+line, "\n")
	}
}

// tookAs is a reply in the person's own words, which they confirm or refuse.
func (p *person) tookAs() {
	const text = "we haven't got the officers for it"
	p.type_(text)
	if p.r.IntN(2) == 0 {
		p.press("No, ask me again")
		return
	}
	p.press("Yes")
	p.choose(assessment.ResourceTime, assessment.No)
	p.took = text
	p.noted(assessment.ResourceTime, text)
}

// choose puts a choice on the plain list. Another choice takes away the words that came with
// the one before.
func (p *person) choose(id assessment.FactID, v assessment.Value) {
	if had, ok := p.list[id]; ok && id == assessment.ResourceTime && had.Word != v && p.took != "" {
		p.notes[id], p.took = strings.Trim(strings.Replace(p.notes[id], p.took, "", 1), "\n"), ""
		if p.notes[id] == "" {
			delete(p.notes, id)
		}
	}
	given := assessment.Answer{Word: v}
	if f, _ := assessment.Lookup(id); f.Explained && (v == assessment.Yes || v == assessment.Partly) {
		given.Text = p.list[id].Text
	}
	p.list[id] = given
}

// expected is the plain list with the notes on what was answered.
func (p *person) expected(stored assessment.Answers) assessment.Answers {
	want := p.list.Clone()
	for id, note := range p.notes {
		if given, ok := want[id]; ok && stored.Given(id) {
			given.Note = note
			want[id] = given
		}
	}
	return want
}

func (p *person) check() {
	got := p.draft(p.who)
	if diff := cmp.Diff(p.expected(got.Answers), got.Answers, cmpopts.EquateEmpty()); diff != "" {
		p.Errorf("the answers of %s (-chosen +stored):\n%s", p.who, diff)
	}
	if n, most, ok := progress(p.screen()); ok && (n > most || most > len(assessment.Steps())-1) {
		p.Errorf("question %d of at most %d", n, most)
	}
	for id, note := range p.notes {
		if got.Answers[id].Note != note && got.Notes[id] != note {
			p.Errorf("the note of %s on %s is lost", p.who, id)
		}
	}
}

// progress reads which question is put, and how many there can be.
func progress(said string) (n, most int, ok bool) {
	_, said, ok = strings.Cut(said, "Question ")
	if _, err := fmt.Sscanf(said, "%d of at most %d", &n, &most); !ok || err != nil {
		return 0, 0, false
	}
	return n, most, true
}

// stored compares the result with the plain list.
func (p *person) stored() {
	records, err := p.store.Records(p.Context(), team, p.who, "", 2)
	if err != nil || len(records) != 1 {
		p.Errorf("%d results, %v: %s", len(records), err, p.screen())
		return
	}
	got := records[0]
	if want := assessment.Evaluate(p.list).Outcome; got.Trace.Outcome != want {
		p.Errorf("outcome %s, want %s", got.Trace.Outcome, want)
	}
	plans := map[assessment.FactID]assessment.Plan{}
	for _, c := range assessment.Evaluate(p.list).Conditions {
		if plan, ok := p.plans[c.Fact]; ok {
			plans[c.Fact] = plan
		}
	}
	if diff := cmp.Diff(plans, got.Trace.Plans()); diff != "" {
		p.Errorf("who sees to what (-said +stored):\n%s", diff)
	}
	for id, note := range p.notes {
		f, _ := assessment.Lookup(id)
		if got.Answers[id].Note != note && !strings.Contains(got.Answers[assessment.Title].Note, f.Label+": "+note) {
			p.Errorf("the note on %s is lost: %+v", id, got.Answers)
		}
	}
	for id, want := range p.list {
		have := got.Answers[id]
		have.Note = ""
		if diff := cmp.Diff(want, have, cmpopts.EquateEmpty()); diff != "" {
			p.Errorf("%s (-chosen +stored):\n%s", id, diff)
		}
	}
}

// unhurried leaves a test out with -short, as for the race detector: it has no concurrency to check.
func unhurried(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
}
