package clerk

import (
	"context"
	"regexp"
	"strings"

	"partnershipbot/handlers"
)

// What the clerk asks of the desk itself: how something is done there, or undone, and to see all of it.

// asksHow matches how the clerk asks, folded, how a deed is done to a result; what begins otherwise, or
// is of a partnership, is for the protocol.
var asksHow = regexp.MustCompile(`^(?:please )?(?:(?:can you |could you )?(?:tell|show) me )?how (?:do|can|could|would|should|to)(?: i| we| you| the clerk)? ` +
	`(return|send|give|decline|reject|refuse|turn|approve|accept|decide|record|refer|pass|take|pick|review|withdraw|delete|remove|cancel|remark|comment)(?: on| back| down| up)?` +
	`(?: (?:one|it|this|that|them|(?:an?|the|this|that|another) (?:[a-z]+'s )?(one|result|assessment|submission|proposal|decision|remark)))+(?: (?:back|up|down|on|to (?:its|the|a) (?:author|committee|councillor)))*$`)

// howDeeds are the deeds that such words ask for, if it is to a result.
var howDeeds = map[string]string{
	"return": "return", "send": "return", "give": "return",
	"decline": "decide", "reject": "decide", "refuse": "decide", "turn": "decide", "approve": "decide", "accept": "decide", "decide": "decide", "record": "decide",
	"refer": "refer", "pass": "refer", "take": "take up", "pick": "take up", "review": "take up",
	"withdraw": "withdraw", "delete": "withdraw", "remove": "withdraw", "cancel": "withdraw", "remark": "remark", "comment": "remark",
}

// seesAll matches how the clerk asks, folded, to see all of it.
var seesAll = regexp.MustCompile(`^(?:please )?(?:(?:can|could) (?:i|you|we) )?(?:list|show|see|give|display|view|open)(?: me| us)? (?:everything|all|all of it|it all|the lot|all there is)(?: please)?$`)

const allThere = "“results” lists all that was submitted, “queue” what waits for review, “register” the partnerships, “questions” what people ask, and “notes” the replies that you keep. " +
	"“everything csv” is all results in one file."

const noUndo = "What is done on the desk stays in the history, so I cannot undo it. But you can put it right: say “decide” and the reference to record a decision anew, " +
	"“take up” and the reference for what was returned, referred or withdrawn, “notes” to change or withdraw a reply that you keep."

// undoWords are how the clerk asks to undo what was done.
func undoWords() (all []string) {
	for _, asks := range []string{"", "can i ", "can you ", "can we ", "could you ", "how do i ", "how can i ", "i want to ", "let me "} {
		for _, undo := range lists.Phrases("undo") {
			all = append(all, asks+undo)
		}
	}
	return all
}

// undo tells the clerk what can be done instead.
func (c *Clerk) undo(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	return req.Tell(handlers.Text(noUndo)), nil
}

// asksHowTo tells the clerk how something is done on the desk.
func (c *Clerk) asksHowTo(_ context.Context, req handlers.Request) (handlers.Effect, bool, error) {
	said := handlers.Fold(req.Text)
	if m := asksHow.FindStringSubmatch(said); m != nil {
		ref := string(req.Conversation.Result)
		if ref == "" {
			ref = "PA-2026-0007"
		}
		deed := howDeeds[m[1]]
		switch what := m[2]; {
		case what != "decision" && what != "remark":
		case deed == "withdraw", strings.Contains(said, " back"):
			return req.Tell(handlers.Text(noUndo)), true, nil
		case what == "remark":
			deed = "remark"
		case deed != "remark":
			deed = "decide"
		}
		return req.Tell(handlers.Text("Say “" + deed + "” and the reference, as in “" + deed + " " + ref + "”, and I ask for what else it takes. “queue” lists what waits for review, “results” all of them.")), true, nil
	}
	if seesAll.MatchString(said) {
		return req.Tell(handlers.Text(allThere)), true, nil
	}
	return handlers.Effect{}, false, nil
}
