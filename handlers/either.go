package handlers

import (
	"slices"

	"partnershipbot/knowledge/assessment"
)

// either asks what a bare "yes" or "no" is about, where something was offered that takes a yes,
// and then a question was put again that takes it as well.
func (r Request) either() (Effect, bool) {
	o := r.Conversation.Offer
	i := slices.IndexFunc(o.Aside, func(c Choice) bool { return slices.Contains(c.Words, "yes") })
	if r.Action.Verb != "" || r.Conversation.Draft == "" || i < 0 {
		return Effect{}, false
	}
	said := Fold(r.Text)
	yes := assessment.Yes.Plain(said)
	if !yes && !assessment.No.Plain(said) {
		return Effect{}, false
	}
	question := r
	question.Conversation.Offer = Offer{Choices: o.Choices, Form: o.Form}
	if question.resolve().Action.Verb == "" {
		return Effect{}, false
	}
	aside := o.Aside[i]
	about := Choice{Label: Shorten("It is about “"+aside.Label, MaxLabel-1) + "”", Action: aside.Action,
		Words: slices.Concat(aside.Words, assessment.Yes.Spoken(), assessment.No.Spoken())}
	if !yes { // so the question is put again
		about.Action = Action{Verb: AssessGoOn, Arg: string(r.Conversation.Draft)}
	}
	return r.Tell(Text("Is that about “"+aside.Label+"”, or is it your answer to the question?"), Choose(about,
		Choice{Label: "It is my answer", Words: []string{"my answer", "answer", "the answer", "the question", "question"}, Action: Action{Verb: Said, Arg: r.Text}})), true
}
