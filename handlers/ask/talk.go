package ask

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/search"
)

// talk answers what is not a question about the protocol: each with one short, true
// reply, and a way on. To a clerk some of it is said otherwise.
func (a *Ask) talk(intent search.Intent, clerk bool) []handlers.Part {
	if intent == search.Contents {
		return a.headings()
	}
	said, ok := a.said(intent, clerk)
	if !ok {
		said, _ = a.said(search.Help, clerk)
	}
	parts := []handlers.Part{handlers.Text(said)}
	switch intent {
	case search.Assess, search.Approve, search.Effort:
		if a.noRules {
			break
		}
		parts = append(parts, handlers.Choose(startAssessment("")))
	case search.Results:
		parts = append(parts, handlers.Choose(toResults))
	case search.Sent:
		if !clerk {
			parts = append(parts, handlers.ChooseMinor(toResults, toMine))
		}
	}
	return parts
}

// Where people find what they did.
var (
	toResults = handlers.Choice{Label: "My results", Words: []string{"results", "yes"}, Action: handlers.Action{Verb: handlers.ClerkResults}}
	toMine    = handlers.Choice{Label: "My questions", Words: []string{"questions"}, Action: handlers.Action{Verb: Mine}}
)

// talkOf answers what may be said in the middle of anything, as it is about that.
func (a *Ask) talkOf(intent search.Intent) handlers.Handler {
	return func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
		return req.Tell(a.talk(intent, req.Clerk)...), nil
	}
}

// talked answers small talk in a conversation, with what is known there.
func (a *Ask) talked(ctx context.Context, req handlers.Request, intent search.Intent) (handlers.Effect, error) {
	parts := a.talk(intent, req.Clerk)
	var more []handlers.Part
	var err error
	switch intent {
	case search.Authority:
		more, err = a.cited(ctx, req)
	case search.Greeting:
		more, err = a.unfinished(ctx, req)
	}
	return req.Say(append(parts, more...)...), err
}

// cited says where the last answer stands in the protocol.
func (a *Ask) cited(ctx context.Context, req handlers.Request) ([]handlers.Part, error) {
	q, ok, err := a.asked(ctx, req)
	if err != nil || !ok || q.Silent || len(q.Clauses) == 0 {
		return nil, err
	}
	p, err := a.protocol.Passage(q.Clauses[0])
	if err != nil { // of an older text
		return nil, nil
	}
	return []handlers.Part{handlers.Text("My last answer quoted " + p.Citation + ".")}, nil
}

// unfinished offers to go on with what the person has begun, where nobody reads along.
func (a *Ask) unfinished(ctx context.Context, req handlers.Request) ([]handlers.Part, error) {
	if req.Place.Person != req.Person || req.Conversation.Draft != "" {
		return nil, nil
	}
	drafts, err := a.store.Drafts(ctx, req.Team, req.Person)
	i := slices.IndexFunc(drafts, func(d assessment.Draft) bool { return len(d.Answers) > 0 || d.Told != "" })
	if err != nil || i < 0 {
		return nil, err
	}
	title := "an assessment"
	if said := drafts[i].Answers[assessment.Title].Text; said != "" {
		title = "the assessment of “" + handlers.Shorten(said, 50) + "”"
	}
	return []handlers.Part{
		handlers.Text("You have not finished " + title + " yet."),
		handlers.Choose(handlers.Choice{Label: "Go on with it", Words: append([]string{"go on", "carry on", "continue", "resume"}, agreed...),
			Action: handlers.Action{Verb: handlers.AssessGoOn, Arg: string(drafts[i].ID)}}),
	}, nil
}

// said is what is said to an intent; ok is false where nothing is.
func (a *Ask) said(intent search.Intent, clerk bool) (said string, ok bool) {
	if said, ok = toClerk[intent]; ok && clerk {
		return said, true
	}
	if said, ok = withoutRules[intent]; ok && a.noRules {
		return said, true
	}
	if said, ok = smallTalk[intent]; intent == search.Effort {
		said = fmt.Sprintf(said, handlers.Taking(handlers.Longest()), handlers.Longest())
	}
	if clerk {
		said = strings.TrimSuffix(said, " "+toPerson)
	}
	return said, ok
}

// withoutRules is what is said instead with another council's protocol, for which there are
// no rules of assessment.
var withoutRules = map[search.Intent]string{
	search.Greeting:   "Hello. Ask me anything about the Partnerships Protocol.",
	search.Help:       "I answer questions about the Partnerships Protocol in its own words. Ask in your own words.",
	search.WhoAreYou:  "I am a program that knows the Council's Partnerships Protocol. I quote it; I do not decide anything.",
	search.Approve:    "I cannot approve anything: the decision is the Council's.",
	search.Assess:     handlers.NoAssessment,
	search.Afterwards: handlers.NoAssessment,
	search.Amend:      handlers.NoAssessment,
	search.Resume:     handlers.NoAssessment,
	search.Effort:     handlers.NoAssessment,
	search.Yes:        "I am not waiting for an answer just now. Ask me a question.",
	search.Remark:     "Tell me what you would like to know about the protocol.",
}

// toPerson says how to get past the bot.
const toPerson = "If you would rather ask a person, the clerk can help: say “ask the clerk” and your question."

// noAnswer is said where people want more of an answer that there is not.
const noAnswer = "I have no answer of mine here to go back to. Tell me what you would like to know, such as “who represents the Council?”, or say “help”."

var smallTalk = map[search.Intent]string{
	search.Greeting: "Hello. Ask me anything about the Partnerships Protocol, or say “assess” to look at a proposal.",
	search.Polite:   "Of course. What would you like to know about the protocol?",
	search.Thanks:   "You're welcome.",
	search.Praise:   "Thank you. That is kind of you.",
	search.Goodbye:  "Goodbye. I am here whenever you need me.",
	search.Help: "I answer questions about the Partnerships Protocol in its own words, and lead you through the assessment " +
		"of a proposal. Ask in your own words, say “assess” to begin, or “results” for what you have submitted.",
	search.WhoAreYou: "I am a program that knows the Council's Partnerships Protocol. I quote it; I do not decide anything. " +
		"What you assess with me is seen by nobody but you until you submit it; then the clerk sees it too.",
	search.Swearing: "I am sorry if that was frustrating. Try asking in another way, or say “help” to see what I can do. " + toPerson,
	search.Opinion:  "I have no opinions; I only know the protocol.",
	search.Approve: "I cannot approve anything: the decision is the Council's. I can lead you through the assessment, whose " +
		"result goes to the clerk.",
	search.LegalAdvice: "I cannot give legal advice. Please ask the clerk, who can obtain it.",
	search.Person:      "I know nothing about individual people, only the protocol. The clerk may be able to help.",
	search.Assess:      "That is what the assessment is for: a few questions, one at a time, to a result you can take to the Council.",
	search.Results:     "I can show you the results you have submitted.",
	search.Clerk:       "The clerk is the person to ask. Say “ask the clerk” and your question, and I will show you what would be sent before it goes.",
	search.Privacy:     "Only you see your answers until you submit them; then the clerk does too. The clerk can also see what you ask me. Say “privacy” to read more.",
	search.Erase:       "Ask the clerk for a copy of what I hold on you, or to have it erased. Say “privacy” to read more.",
	search.Authority: "I quote the protocol word for word, and each quotation says where it stands, so you can check it. Nothing I say is advice, " +
		"legal or otherwise, and it binds nobody. The decision is the Council's, and the clerk can obtain legal advice.",
	search.Yes:      "I am not waiting for an answer just now. Ask me a question, or say “assess” to begin an assessment.",
	search.No:       "All right. Ask me a question whenever you like.",
	search.Effort:   "An assessment takes %s: at most %d questions, one at a time. You can stop and come back at any time.",
	search.Remark:   "All right. Tell me what you would like to know, or say “assess” to look at a proposal.",
	search.Cancel:   "There is nothing to cancel.",
	search.Again:    noAnswer,
	search.Simpler:  noAnswer,
	search.NotMeant: "I am sorry. " + otherWords,
	search.Unheard: "I can only read and write: nothing is said aloud here, and my answers stand above. Type your question in your own words. " +
		toPerson,
	search.Novice: "That does not matter here: there is nothing you can break. Type what you would like to know in your own words and in your own time, " +
		"such as “who represents the Council?”. " + toPerson,
	search.Feeling: "I am sorry to hear that. I am only a program that knows the Partnerships Protocol, so I am poor company, but you can ask me about it at any time. " +
		toPerson,
	search.Moment:    "Thank you for telling me. I only know the Partnerships Protocol: when you have a question about it, type it in your own words.",
	search.Inquiries: "Say “my questions” for what you have sent to the clerk, and for the replies.",
	search.ClerkSaid: "What the clerk says of an assessment stands with it: say “results”. Replies to your questions are under “my questions”.",
	search.Standing:  "Say “results” to see where what you have submitted stands. I tell you when the clerk sends it back, and when the Council has decided.",
	search.Needed:    "Say “results” for what you have submitted, and “drafts” for what you have begun.",
	search.Asked:     "I do not know what you asked before. Say “my questions” for what you have sent to the clerk.",
	search.Sent: "I send nothing until you tell me to: an assessment once you submit it, a question to the clerk once you say “send”. " +
		"“results” lists what you have submitted, “my questions” what you have sent to the clerk.",
	search.Resume: "Say “go on” to come back to an assessment that you have begun, or “drafts” to see them all.",
	search.Amend: "You can change any answer until you submit. After that it stays as it is, but you can assess the proposal again: say “results”, " +
		"open it and choose “Assess again”. Your answers are there to change, and the clerk gets the new version. " +
		"To take it back altogether, say “withdraw” and its reference, such as “withdraw PA-2026-0001”.",
	search.Afterwards: "Once you submit it, your assessment is stored and the clerk is told. The clerk may send it back to you with a question, and records " +
		"what the Council decides. I tell you when either happens.",
	search.Joined: "The clerk keeps the register of the partnerships that the Council has joined.",
}

// toClerk is what is said to a clerk instead, who is the one to ask, and sees what others
// submit.
var toClerk = map[search.Intent]string{
	search.WhoAreYou: "I am a program that knows the Council's Partnerships Protocol. I quote it; I do not decide anything. " +
		"You are the clerk here: I keep the results that councillors submit, their questions to you and the register of partnerships. Say “help” for all of it.",
	search.Help: "I answer questions about the Partnerships Protocol in its own words, and keep what you look after as the clerk: " +
		"“queue” is what waits for review, “questions” what waits for your reply, “register” the partnerships, “due” what comes next.",
	search.Approve:     "I cannot approve anything: the decision is the Council's. Once it is made, say “decide” and the reference to record it.",
	search.LegalAdvice: "I cannot give legal advice. As the clerk you can obtain it for the Council.",
	search.Person:      "I know nothing about individual people, only the protocol. What you have recorded yourself is in the “register”, and with each result.",
	search.Results:     "I can show you the results that councillors have submitted.",
	search.Inquiries:   "“questions” lists what waits for your reply.",
	search.ClerkSaid:   "What you have said yourself stands with each result: say “show” and its reference. Your replies that are kept are under “notes”.",
	search.Standing:    "Say “queue” for what waits for review, or “show” and a reference to see where a result stands.",
	search.Needed:      "“queue” is what waits for review, “questions” what waits for your reply, and “due” what comes next.",
	search.Sent:        "I send nothing of yours until you tell me to. What people have been told of a result stands with it: say “show” and its reference.",
	search.Joined:      "“register” lists the partnerships that the Council has joined.",
	search.Clerk:       "You are the clerk here, so people are told to ask you. “questions” lists what they ask.",
	search.Authority: "I quote the protocol word for word, and each quotation says where it stands, so you can check it. Nothing I say is advice, " +
		"legal or otherwise, and it binds nobody. The decision is the Council's.",
}
