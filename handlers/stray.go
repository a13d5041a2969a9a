package handlers

import (
	"context"
	"slices"

	"partnershipbot/knowledge/search"
)

// offered are the words of choices that mean nothing where the choice is not on offer, and
// never ask anything of the protocol. What is drawn elsewhere must be among them, or be known
// otherwise: a test of the whole program sees to that.
var offered = []string{
	// beside an answer, and on the way to the clerk
	"read the section", "read section", "ask the clerk for it", "send", "send it", "yes send it", "don't send", "dont send", "do not send", "don't send it", "dont send it",
	"ask them", "please do", "read more",
	// on the clerk's desk
	"send and keep", "keep as a note", "keep as note", "keep it as a note", "keep note", "keep the note", "write it again", "withdraw the note", "withdraw note",
	"all notes", "earlier notes", "change it", "withdraw it", "withdraw", "withdraw this", "put it right", "leave it", "leave it open",
	"take up", "take it up", "send back", "return", "return it", "refer", "refer it", "record the decision", "add a remark", "remark", "edit", "new decision",
	"condition", "conditions", "add a condition", "add condition", "new condition", "look it up in the protocol", "look it up", "in the register", "compare", "search", "next partnerships", "from the start", "earlier results", "next results",
	// beside a result
	"every answer", "all answers", "answers", "the clauses", "clauses", "show all conditions", "all conditions", "show all", "assess again", "share here", "share it", "share",
	"show", "show it", "answer it", "answer", "reply", "tick off", "report", "report pdf", "report html", "report web page", "reassess", "re-assess",
	// in an assessment
	"submit", "submit it", "change an answer", "who does what", "who does what by when", "add a note", "add note", "note", "a note", "no note", "remove the note", "skip", "skip it",
	"back", "go back", "back to the summary", "to the summary", "summary", "finish later", "save and finish later", "pause", "quit", "exit", "previous", "later", "save", "save it", "discard", "discard it", "delete", "keep it for later", "keep it", "keep", "done",
	"leave it as it is", "go on as it is", "carry on answering", "carry my answers over", "begin again", "start again", "start a new one", "start new", "new one", "new", "none of these", "none of them",
	"not sure about any of these", "partly", "i can't say yet", "no ask me again", "ask me again", "write it down", "keep it in these words", "my answer is yes", "it is a question", "it is my answer",
	"why do you ask", "start an assessment with this", "look in the protocol", "not yet",
}

const stray = "stray"

// Offered reports whether a text is the words of a choice, and nothing that anybody would write.
func Offered(text string) bool { return slices.Contains(offered, Fold(text)) }

// StrayRoute answers words of choices that are not on offer, so that they are not taken for
// questions. In an assessment they are for that.
func StrayRoute() Route {
	return Route{Verb: stray, Words: offered,
		Handle: func(_ context.Context, req Request) (Effect, error) {
			if req.Conversation.Draft != "" || req.Overheard || search.Said(req.Text, search.Assess) != "" {
				return Effect{}, ErrNotMeant
			}
			if _, ok := CutOpening(req.Text+" it", "withdraw"); ok {
				return req.Say(Text("To withdraw a result of yours, say “withdraw” and its reference, such as “withdraw PA-2026-0001”. “results” lists them. Nothing was done yet.")), nil
			}
			return req.Say(Text("“" + Shorten(req.Text, 60) + "” is not on offer just now, so nothing was done. " +
				"Ask me a question, say “results” for what you have submitted, or “help” for all I can do.")), nil
		}}
}
