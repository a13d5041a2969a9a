package assess_test

import (
	"fmt"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// answer answers what is open, or at the summary goes on or changes something.
func (p *person) answer() {
	step, asking := p.step()
	switch {
	case !asking && p.sees("Carry on answering") && p.r.IntN(2) == 0:
		p.press("Carry on answering")
		return
	case !asking && p.sees("Who does what, by when") && p.r.IntN(3) == 0:
		p.plan()
		return
	case !asking:
		p.change()
		return
	}
	f := step.First()
	switch {
	case strings.Contains(p.screen(), "Please say it in a sentence or two"):
		if p.r.IntN(2) == 0 {
			p.press("I can't say yet")
			p.choose(f.ID, assessment.Partly)
			return
		}
		p.type_("Counts show it")
		p.list[f.ID] = assessment.Answer{Word: p.list[f.ID].Word, Text: "Counts show it"}
	case len(f.Words) == 0 && p.sees("Skip") && p.r.IntN(3) == 0:
		p.press("Skip")
		if _, given := p.list[f.ID]; !given {
			p.list[f.ID] = assessment.Answer{}
		}
	case len(f.Words) == 0:
		text := fmt.Sprintf("The %s of %s, number %d", f.Label, p.who, p.r.IntN(100))
		p.type_(text)
		p.list[f.ID] = assessment.Answer{Text: text}
	case step.Ticks, f.Many:
		p.tick(step, f)
	case len(step.Facts) > 1:
		p.pick(step)
	default:
		p.one(f)
	}
}

// plan says who will see to the first condition.
func (p *person) plan() {
	id := assessment.Evaluate(p.list).Conditions[0].Fact
	p.press("Who does what, by when")
	p.type_("1")
	owner := fmt.Sprintf("Officer %d", p.r.IntN(100))
	p.type_(owner + ", by 31 May 2030")
	p.plans[id] = assessment.Plan{Owner: owner, Due: "2030-05-31"}
	p.do("shows it again", handlers.Action{Verb: handlers.AssessGoOn, Arg: string(p.draft(p.who).ID)})
}

// change picks one answer from the list and so puts its question again.
func (p *person) change() {
	p.press("Change an answer")
	for range 2 { // a group asks once more
		if _, asking := p.step(); asking {
			return
		}
		for _, part := range p.newest().Parts {
			if part.Choices != nil && !part.Choices.Minor {
				n := p.r.IntN(len(part.Choices.Options))
				if p.r.IntN(2) == 0 {
					p.type_(fmt.Sprint(n + 1))
				} else {
					p.do("taps "+part.Choices.Options[n].Label, part.Choices.Options[n].Action)
				}
				break
			}
		}
	}
}

// one answers a question by tap, number or word.
func (p *person) one(f assessment.Fact) {
	n := p.r.IntN(len(f.Words))
	if p.r.IntN(2) == 0 { // so that most get far
		n = max(0, slices.Index(f.Words, good(f.ID)))
	}
	v := f.Words[n]
	c, _ := p.choice(v.Label())
	switch p.r.IntN(3) {
	case 0:
		p.type_(fmt.Sprint(n + 1))
	case 1:
		p.type_(strings.ToLower(v.Label()))
	default:
		p.do("taps "+v.Label(), c.Action)
		if p.r.IntN(3) == 0 {
			if out := p.turnNow(handlers.Turn{Person: p.who, Action: c.Action}); len(out) > 0 && !(f.Explained && (v == assessment.Yes || v == assessment.Partly)) {
				p.Errorf("a second tap says %s", text(out[0]))
			}
			p.do("shows it again", handlers.Action{Verb: handlers.AssessGoOn, Arg: string(p.draft(p.who).ID)})
		}
		p.old = append(p.old, c.Action)
	}
	p.choose(f.ID, v)
}

func (p *person) form() handlers.Form {
	for _, part := range p.newest().Parts {
		if part.Form != nil {
			return *part.Form
		}
	}
	p.Fatalf("no form in %s", p.screen())
	return handlers.Form{}
}

func (p *person) tick(step assessment.Step, f assessment.Fact) {
	form := p.form()
	values, n := map[string][]string{}, 0
	var ticked, numbers, others []string
	apart := false // something is ticked that "all" does not mean
	for _, field := range form.Fields {
		for _, o := range field.Options {
			n++
			if p.r.IntN(2) == 0 {
				values[field.ID] = append(values[field.ID], o.Value)
				ticked, numbers = append(ticked, o.Value), append(numbers, fmt.Sprint(n))
				apart = apart || o.Apart
			} else {
				others = append(others, fmt.Sprint(n))
			}
		}
	}
	switch {
	case p.r.IntN(2) == 0:
		p.log = append(p.log, fmt.Sprint("ticks ", ticked))
		p.does(p.who, form.Done.Action, values)
	case len(numbers) == 0:
		p.type_("none")
	case len(others) > 0 && !apart && p.r.IntN(2) == 0:
		p.type_("everything apart from " + strings.Join(others, " and "))
	default:
		p.type_(strings.Join(numbers, ", "))
	}
	if f.Many {
		given := assessment.Answer{}
		for _, v := range ticked {
			given.Set = append(given.Set, assessment.Value(v))
		}
		p.list[f.ID] = given
		return
	}
	for _, id := range step.Facts {
		partly := slices.Contains(ticked, string(id)+" partly")
		switch had := p.list[id].Word; {
		case (partly || slices.Contains(ticked, string(id))) && slices.Contains(ticked, string(id)+" not_applicable"):
			p.press("Not applicable")
			p.choose(id, assessment.NotApplicable)
		case !slices.Contains(ticked, string(id)) && partly:
			p.choose(id, assessment.Partly)
		case !slices.Contains(ticked, string(id)) && slices.Contains(ticked, string(id)+" not_applicable"):
			p.choose(id, assessment.NotApplicable)
		case slices.Contains(ticked, string(id)):
			p.choose(id, assessment.Yes)
		case had != assessment.Unknown:
			p.choose(id, assessment.No)
		}
	}
}

func (p *person) pick(step assessment.Step) {
	form := p.form()
	var asked []assessment.FactID
	for _, field := range form.Fields {
		asked = append(asked, assessment.FactID(field.ID))
	}
	switch p.r.IntN(5) {
	case 2:
		if len(asked) < 2 {
			break
		}
		not := p.r.IntN(len(asked))
		f, _ := assessment.Lookup(asked[not])
		p.type_("yes except " + f.Label)
		for i, id := range asked {
			if i != not {
				p.choose(id, assessment.Yes)
			}
		}
		return
	case 0:
		p.press("Not sure about any of these")
		for _, id := range asked {
			p.choose(id, assessment.Unknown)
		}
		return
	case 1:
		p.type_("yes to all")
		for _, id := range asked {
			p.choose(id, assessment.Yes)
		}
		return
	}
	values, said := map[string][]string{}, []string{}
	for i, id := range asked {
		if i > 0 && p.r.IntN(4) == 0 {
			continue
		}
		f, _ := assessment.Lookup(id)
		v := f.Words[p.r.IntN(3)]
		values[string(id)] = []string{string(v)}
		said = append(said, strings.ToLower(f.Label+" "+v.Label()))
		p.choose(id, v)
	}
	if p.r.IntN(2) == 0 {
		p.type_(strings.Join(said, ", "))
		return
	}
	p.log = append(p.log, fmt.Sprint("picks ", values))
	p.does(p.who, form.Done.Action, values)
}
