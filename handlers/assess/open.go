package assess

import (
	"encoding/json"
	"fmt"
	"hash/crc32"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// kind says what is put to a person.
type kind int

const (
	reviewing  kind = iota // the summary
	asking                 // a step
	explaining             // the words that belong to the answer just given to a step
	confirming             // whether something was understood rightly
	deciding               // what to do with answers given under an older text or older rules
)

// open is what is put to the person: one thing at a time, worked out of the draft here
// and nowhere else. step is what is asked or explained or, beside what is to be confirmed
// or decided, what comes then; it has no id where that is the summary.
type open struct {
	kind kind
	step assessment.Step
}

func (a *Assess) open(d assessment.Draft) open {
	step, ok := current(d)
	switch {
	case a.outdated(d):
		return open{deciding, step}
	case d.Heard != nil:
		return open{confirming, step}
	case ok && d.How:
		return open{explaining, step}
	case ok:
		return open{asking, step}
	}
	return open{}
}

// asks reports whether what is open leads to a step.
func (o open) asks() bool { return o.step.ID != "" }

// current is the step that is put next; ok is false when it is time for the summary.
func current(d assessment.Draft) (assessment.Step, bool) {
	if d.At != "" {
		return assessment.FindStep(d.At)
	}
	if _, decided := assessment.Decided(d.Answers); decided && !d.CarryOn {
		return assessment.Step{}, false
	}
	return assessment.Next(d.Answers)
}

// openReply puts what is open.
func (a *Assess) openReply(s scene, before ...handlers.Part) handlers.Reply {
	r := handlers.Reply{To: s.Private(), Slot: s.slot()}
	switch o := a.open(s.draft); o.kind {
	case deciding:
		say, ways := older(s)
		r.Parts = append([]handlers.Part{handlers.Text(say)}, ways...)
	case confirming:
		r.Slot, r.Parts = s.slot()+" heard", heard(s, o.step)
	case explaining:
		r.Parts = how(s, o.step)
	case asking:
		r.Parts = question(s, o.step)
	case reviewing:
		if r.Parts = summary(s); s.short {
			r.Parts = changedNow(s)
		}
	}
	r.Parts = append(before, r.Parts...)
	return r
}

// Several copies of a question can be seen at once, on one device or two, and their
// buttons live on. So a button carries what it belongs to: an answer its step, Back the
// step it stands under, Submit a key of the answers that were shown above it. What no
// longer belongs to anything open is refused, and what is open is put.

// moved answers a tap on what is no longer open.
func (a *Assess) moved(s scene, say string) handlers.Effect {
	return a.put(s, handlers.Text(say+" Here is where we are:"))
}

// stale answers a tap on a question that is no longer open.
func (a *Assess) stale(s scene, step assessment.Step) handlers.Effect {
	return a.moved(s, fmt.Sprintf("You have already answered “%s”. You can change it in the summary, or with Back.", step.Called()))
}

// answersKey tells one set of answers from another.
func (s scene) answersKey() string {
	return checksum(s.draft.Answers)
}

// allKey tells one whole assessment from another: answers, notes and plans.
func (s scene) allKey() string {
	plans := s.draft.Plans
	if len(plans) == 0 { // as it is stored
		plans = nil
	}
	return checksum([]any{s.allAnswers(), plans})
}

func checksum(of any) string {
	data, err := json.Marshal(of)
	if err != nil { // of a fact that is no longer asked
		return "other"
	}
	return fmt.Sprintf("%08x", crc32.ChecksumIEEE(data))
}
