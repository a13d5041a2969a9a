// Package privacy says what is kept of a person, for how long and who sees it, and sees
// to it that what is past its time is forgotten.
package privacy

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/search"
)

// Notice is what is told of how the bot deals with people's words. Each field is how
// things are, and so decides what the notice says.
type Notice struct {
	Retention Retention
	// Model is where a language model runs, as in "on this machine"; empty without one.
	Model string
	// Channel says that a channel of the clerk's hears of results and questions as well.
	Channel bool
	// Terminal says that people type where the bot runs, and Slack has no part in it.
	Terminal bool
}

// Verb is that of the notice, Rights that of its part on what a person can ask for.
const (
	Verb   = "privacy.notice"
	Rights = "privacy.rights"
)

// Routes are what can be asked for.
func (n Notice) Routes() []handlers.Route {
	entitled := func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
		return req.Tell(n.entitled(req.Text)...), nil
	}
	return []handlers.Route{{
		Verb: Verb, Intent: search.Privacy,
		Words: []string{"privacy", "privacy notice", "what do you keep", "what do you store", "what do you keep about me",
			"what do you store about me", "what do you know about me", "who can see this", "who sees this"},
		Help: "privacy: what I keep, for how long, and who sees it.",
		Handle: func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
			if len(strings.Fields(req.Text)) < 3 { // the notice itself
				return req.Tell(n.parts()...), nil
			}
			return req.Tell(handlers.Text(n.inShort(req.Text)), handlers.ChooseMinor(toNotice)), nil
		},
	}, {
		Verb: Rights, Intent: search.Erase, Words: []string{"my rights", "your rights"}, Handle: entitled,
	}, { // where there is no assessment that is meant
		Verb: Rights, Intent: search.Discard, Handle: entitled,
	}}
}

// keeping are the words that ask what is kept rather than who sees it.
var keeping = regexp.MustCompile(`(?i)\b(stor|sav|keep|kept|record|log|remember|track|collect|hold|held|retain|long|where|what)`)

// seeing are those that ask who sees it, whatever else is asked.
var seeing = regexp.MustCompile(`(?i)\b(who|see|sees|seen|read|reads|view|tell|share|know|anyone|anybody)\b`)

// whether begins a question that a yes answers.
var whether = regexp.MustCompile(`(?i)^\W*(?:(?:and|so|but|ok|please)\W+)*(?:do|does|did|is|are|was|will|would|can|could|have|has)\b`)

// inShort answers first what was asked.
func (n Notice) inShort(asked string) string {
	seen := "You see your answers, and nobody else does until you submit them; then the clerk does too. The clerk can also see what you ask me, " +
		"and has a list of the questions that I could not answer or that people found unhelpful, without their names. Other councillors see none of it, " +
		"unless you write where they read along."
	if keeping.MatchString(asked) && !seeing.MatchString(asked) {
		kept := fmt.Sprintf("I keep what you ask for %s, and your assessments. ", days(n.Retention.Questions))
		if whether.MatchString(asked) {
			kept = "Yes, " + kept
		}
		return kept + seen
	}
	return seen
}

// rights are what everybody can ask for.
const rights = "You can have a copy of all that I hold on you, or have it erased: ask the clerk. " +
	"If it is erased, the outcome of each assessment you submitted stays on the Council's record, without your name and your words; " +
	"so do questions of yours that the clerk keeps with the reply as a note, without your name. Of a partnership that the Council joined, " +
	"the register keeps the name, the partners, the decision and the conditions."

// copying are the words that ask for a copy and not to have something erased.
var copying = regexp.MustCompile(`(?i)\b(cop(?:y|ies)|download|export|subject access)\b`)

// ofRights asks which rights there are.
var ofRights = regexp.MustCompile(`(?i)\brights\b`)

// entitled says how to have something erased, or a copy of it, and offers to ask for it.
func (n Notice) entitled(asked string) []handlers.Part {
	says, toClerk := "I have not deleted anything: the clerk sees to that. What you have not submitted you can discard yourself: say “drafts”, open it, and say “stop”. A result of yours you can withdraw: say “withdraw” and its reference.",
		"Please erase all that the bot holds on me."
	if copying.MatchString(asked) {
		says, toClerk = "Ask the clerk for a copy: I cannot send you one myself. What you have submitted you can read here: say “results”.",
			"Please send me a copy of all that the bot holds on me."
	}
	parts := []handlers.Part{handlers.Text(says)}
	if ofRights.MatchString(asked) { // which asks for nothing yet
		parts = nil
	}
	return append(parts,
		handlers.Heading("Your rights"), handlers.Text(rights),
		handlers.ChooseMinor(
			handlers.Choice{Label: "Ask the clerk for it", Words: []string{"ask the clerk", "clerk", "yes", "yes please"},
				Action: handlers.Action{Verb: handlers.AskAbout, Arg: toClerk}},
			toNotice))
}

// toNotice leads to all of it.
var toNotice = handlers.Choice{Label: "Privacy notice", Words: []string{"privacy", "notice"}, Action: handlers.Action{Verb: Verb}}

func (n Notice) parts() []handlers.Part {
	parts := []handlers.Part{handlers.Heading("What I keep, for how long, and who sees it")}
	for _, section := range []struct {
		heading string
		items   []string
	}{
		{"What you ask", n.questions()},
		{"Your assessments", n.assessments()},
		{"What else there is", n.rest()},
	} {
		parts = append(parts, handlers.Heading(section.heading), handlers.List(section.items...))
	}
	return append(parts, handlers.Heading("Your rights"), handlers.Text(rights))
}

func (n Notice) questions() []string {
	return []string{
		fmt.Sprintf("Your questions, with the clauses I showed and whether you found them helpful, for %s. The clerk can see them, and looks through those that I could not answer or that were not helpful.", days(n.Retention.Questions)),
		"A question that you send to the clerk, and the reply, for as long. The clerk sees it with your name" + n.also(", and so does the clerk's channel") +
			". If the clerk keeps the reply as a note, both stay without your name, and people who ask something similar see them.",
		"Your last few questions in each conversation, so that I understand what you ask next, for as long after the last word there.",
	}
}

func (n Notice) assessments() []string {
	return []string{
		fmt.Sprintf("What you have not submitted, for %s after you last worked on it. Nobody sees it but you.", days(n.Retention.Drafts)),
		"What you submit, with every answer and note and your name, for as long as the Council keeps its records. You and the clerk see it, nobody else" +
			n.also("; the clerk's channel hears what it is called, what came of it and what changed") + ".",
		"What the clerk does with it, and when; also when they read it. A file that holds many assessments is noted in my log instead.",
	}
}

func (n Notice) rest() []string {
	model := "No language model is used. What you write goes to nobody but Slack and me."
	if n.Terminal {
		model = "No language model is used. What you write goes nowhere else."
	}
	if n.Model != "" {
		model = "A language model " + n.Model + " helps to answer questions. It gets the protocol, your question and your last few questions, " +
			"after names, addresses, telephone numbers and Slack ids are taken out as far as I can tell them. It gets nothing of an assessment."
	}
	said := []string{
		model,
		"I keep a log of who did what kind of thing and when, without any words of yours.",
		"All of it is in one file on the computer that I run on. Whoever looks after that computer can read it, and its backups.",
	}
	if !n.Terminal {
		said = append(said, "Slack keeps our messages too, for as long as your workspace is set to.")
	}
	return said
}

// also says something where a channel hears of things.
func (n Notice) also(text string) string {
	if !n.Channel {
		return ""
	}
	return text
}

func days(n int) string {
	if n == 1 {
		return "one day"
	}
	return fmt.Sprintf("%d days", n)
}
