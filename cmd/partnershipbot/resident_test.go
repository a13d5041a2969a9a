package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"partnershipbot/bot/slackfake"
	"partnershipbot/knowledge/assessment"
)

// resident is a person of the town, and what they did.
type resident struct {
	*town
	user    string
	habit   habit
	titles  []string
	asked   []slackfake.Delivery
	passed  []string // on to the clerk
	read    int      // answers that the model helped with
	windows int      // that were sent, some again
	said    int      // messages typed
	thread  string   // of the agent view
}

// habit is how a person lives.
type habit struct {
	round  func(*resident) bool // again and again
	taps   bool                 // what can be tapped, and notes are written in windows
	twice  bool                 // each button
	thread bool                 // asks there
	models bool                 // has the model answer
}

// habits are those of the residents.
var habits = []habit{
	{round: (*resident).proposes}, {round: (*resident).proposes},
	{round: (*resident).proposes, taps: true}, {round: (*resident).proposes, taps: true, twice: true},
	{round: (*resident).hurries}, {round: (*resident).hurries, thread: true},
	{round: (*resident).reads, models: true}, {round: (*resident).reads, thread: true, models: true}, {round: (*resident).reads, thread: true, models: true},
	{round: (*resident).passesOn, taps: true}, {round: (*resident).passesOn, taps: true, twice: true},
}

// residents moves them in.
func (w *town) residents() (people []*resident) {
	for i, h := range habits {
		r := &resident{town: w, user: fmt.Sprintf("U0KILL%02d", i), habit: h}
		w.slack.AddUser(slackfake.User{ID: r.user, Name: r.user})
		people = append(people, r)
	}
	return people
}

// live goes on for as long as the town is troubled.
func (r *resident) live(enough <-chan struct{}) {
	if r.habit.thread {
		d, _, ok := r.types("hello", "a greeting", func(m slackfake.Message) bool { return strings.Contains(m.Visible(), "Hello") })
		if !ok {
			return
		}
		r.thread = d.TS
	}
	for r.habit.round(r) {
		select {
		case <-enough:
			return
		default:
		}
	}
}

func (r *resident) says(text string) (slackfake.Delivery, error) {
	r.said++
	if r.thread != "" {
		return r.slack.SayInThread(r.user, r.thread, text)
	}
	return r.slack.Say(r.user, text)
}

// types says something and waits for an answer that fits. It keeps at it for as long as
// the program may be down.
func (r *resident) types(text, want string, fits func(slackfake.Message) bool) (d slackfake.Delivery, m slackfake.Message, ok bool) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*patience)
	defer cancel()
	d, err := r.says(text)
	if err == nil {
		m, err = r.slack.WaitMessage(ctx, d.Channel, func(m slackfake.Message) bool {
			return m.BotID != "" && m.TS > d.TS && fits(m)
		})
	}
	if err != nil {
		r.Errorf("%s typed %q and waits for %s: %v\nlast seen: %.300s", r.user, text, want, err, r.lastSeen())
	}
	return d, m, err == nil
}

// soon is how long a person waits before they tap again.
const soon = 2 * time.Second

// tap taps a button until something fits.
func (r *resident) tap(at slackfake.Message, button, want string, fits func(slackfake.Message) bool) (m slackfake.Message, ok bool) {
	var err, tapped error
	for begun := time.Now(); time.Since(begun) < 3*patience; {
		_, tapped = r.slack.Click(r.user, at.Place(), button) // it may be gone: then the last tap was taken
		if r.habit.twice {
			_, _ = r.slack.Click(r.user, at.Place(), button)
		}
		ctx, cancel := context.WithTimeout(r.Context(), soon)
		m, err = r.slack.WaitMessage(ctx, at.Channel, func(m slackfake.Message) bool {
			return m.BotID != "" && m.TS > at.TS && fits(m)
		})
		cancel()
		if err == nil {
			return m, true
		}
	}
	r.Errorf("%s tapped %q (%v) and waits for %s: %v\nlast seen: %.300s", r.user, button, tapped, want, err, r.lastSeen())
	return m, false
}

// gives answers a question, by a tap where it is one for taps.
func (r *resident) gives(at slackfake.Message, text, want string, fits func(slackfake.Message) bool) (m slackfake.Message, ok bool) {
	if r.habit.taps && at.Button(text) != nil {
		return r.tap(at, text, want, fits)
	}
	_, m, ok = r.types(text, want, fits)
	return m, ok
}

// notes writes a note in a window, until it is acknowledged and said to be kept. What is
// still open from before is closed first.
func (r *resident) notes(at slackfake.Message, note string) (m slackfake.Message, ok bool) {
	if v, ok := r.slack.Modal(r.user); ok {
		_, _ = r.slack.CloseView(r.user, v.ID) // it may have gone meanwhile
	}
	var err error
	for begun := time.Now(); time.Since(begun) < 3*patience; {
		if _, open := r.slack.Modal(r.user); !open {
			_, _ = r.slack.Click(r.user, at.Place(), "Add a note")
		}
		if m, err = r.submits(at, note); err == nil {
			return m, true
		}
	}
	r.Errorf("%s notes %q: %v\nlast seen: %.300s", r.user, note, err, r.lastSeen())
	return m, false
}

// submits sends the window that opens or is open, once.
func (r *resident) submits(at slackfake.Message, note string) (m slackfake.Message, err error) {
	ctx, cancel := context.WithTimeout(r.Context(), soon)
	defer cancel()
	v, err := r.slack.WaitView(ctx, r.user, func(v slackfake.View) bool { return len(v.Blocks) > 0 })
	if err != nil {
		return m, err
	}
	r.windows++
	if err := r.slack.SubmitView(ctx, r.user, v.ID, map[string]any{"text": note}); err != nil {
		return m, err
	}
	return r.slack.WaitMessage(ctx, at.Channel, func(m slackfake.Message) bool {
		return m.BotID != "" && m.TS > at.TS && strings.Contains(m.Visible(), "Noted on “Partners”: "+note)
	})
}

func (r *resident) lastSeen() string {
	all := r.slack.Messages(slackfake.DM(r.user))
	return all[len(all)-1].Visible()
}

// proposes asks what a partnership is and assesses one.
func (r *resident) proposes() bool {
	d, _, ok := r.types("what is a partnership?", "the definition", func(m slackfake.Message) bool {
		return strings.Contains(m.Visible(), "An arrangement involving the Council")
	})
	r.asked = append(r.asked, d)
	return ok && r.assess()
}

// hurries asks several things without waiting for the answers, and then for as many.
func (r *resident) hurries() bool {
	for _, text := range []string{"what is a partnership?", "who represents the council?", "do we need anything in writing?", "thanks", "what about money?"} {
		d, err := r.says(text)
		if err != nil {
			r.Error(err)
			return false
		}
		if text != "thanks" {
			r.asked = append(r.asked, d)
		}
	}
	for begun := time.Now(); r.answers("") < r.said; time.Sleep(soon / 20) {
		if time.Since(begun) > 3*patience {
			r.Errorf("%s said %d things and got %d answers", r.user, r.said, r.answers(""))
			return false
		}
	}
	return true
}

// reads asks what the model answers, after a while.
func (r *resident) reads() bool {
	d, _, ok := r.types("is the highways liaison group one of those?", "the model's answer", func(m slackfake.Message) bool {
		return strings.Contains(m.Visible(), theReading) && m.Button("Read the section") != nil
	})
	r.asked, r.read = append(r.asked, d), r.read+1
	return ok
}

// theReading is in an answer that the model helped with.
const theReading = "In short: Biddulph Town Council does not define as a partnership forums"

// passesOn has the clerk asked what the protocol does not say.
func (r *resident) passesOn() bool {
	text := fmt.Sprintf("what about lagoon %s-%d?", strings.TrimPrefix(r.user, "U0"), len(r.passed))
	containing := func(s string) func(slackfake.Message) bool {
		return func(m slackfake.Message) bool { return strings.Contains(m.Visible(), s) }
	}
	d, m, ok := r.types(text, "that the protocol is silent", containing("The protocol does not cover this"))
	r.asked = append(r.asked, d)
	if ok {
		m, ok = r.tap(m, "Ask the clerk", "what would be sent", containing("This is what the clerk would get"))
	}
	if ok {
		_, ok = r.tap(m, "Send it", "that it was sent", containing("Sent. The clerk's reply"))
	}
	r.passed = append(r.passed, text)
	return ok
}

func (r *resident) assess() bool {
	title := fmt.Sprintf("Proposal %d of %s", len(r.titles)+1, r.user)
	answers := proposal(r.T, `{"third_party_delivers_service":"yes"}`)
	answers[assessment.Title] = assessment.Answer{Text: title}
	done := map[assessment.StepID]bool{}
	next := func(m slackfake.Message) bool {
		step := stepIn(m).ID
		return m.Button("Submit") != nil || step != "" && !done[step]
	}
	_, m, ok := r.types("assess", "the first question", next)
	for ok && m.Button("Submit") == nil {
		step := stepIn(m)
		if r.habit.taps && step.ID == assessment.StepID(assessment.Partners) {
			if m, ok = r.notes(m, noteOf(title)); !ok {
				return false
			}
		}
		done[step.ID] = true
		m, ok = r.gives(m, asTyped(answers[step.Facts[0]]), "what follows "+string(step.ID), next)
	}
	if ok {
		_, ok = r.gives(m, "Submit", "the result", func(m slackfake.Message) bool { return strings.Contains(m.Visible(), "Stored as") })
	}
	r.titles = append(r.titles, title)
	return ok
}

// noteOf is what is noted on the partners of a proposal.
func noteOf(title string) string { return "Noted for " + title }

// asTyped is how a person types an answer.
func asTyped(a assessment.Answer) string {
	if a.Text != "" {
		return a.Text
	}
	return a.Word.Label()
}
