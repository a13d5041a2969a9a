package search

import "partnershipbot/knowledge"

// Intent is the purpose of a message. A real question wins over small talk.
type Intent string

// These are the intents.
const (
	Question    Intent = "question"
	Greeting    Intent = "greeting"
	Polite      Intent = "polite" // "please", "can I ask you something"
	Thanks      Intent = "thanks"
	Goodbye     Intent = "goodbye"
	Help        Intent = "help"
	WhoAreYou   Intent = "who_are_you"
	Contents    Intent = "contents" // which sections there are
	Swearing    Intent = "swearing"
	Opinion     Intent = "opinion"
	Approve     Intent = "approve"
	LegalAdvice Intent = "legal_advice"
	Person      Intent = "person"
	Assess      Intent = "assess"
	Results     Intent = "results"
	Clerk       Intent = "clerk"
	Yes         Intent = "yes"
	No          Intent = "no"
	Cancel      Intent = "cancel"

	// The rest come only from [Said]. These are about the bot itself:
	Privacy   Intent = "privacy"   // what is kept about a person, and who sees it
	Erase     Intent = "erase"     // have it removed, or get a copy of it
	Discard   Intent = "discard"   // take away an assessment, begun or submitted
	Authority Intent = "authority" // how far an answer can be relied on
	Effort    Intent = "effort"    // how long an assessment takes
	Remark    Intent = "remark"    // asks nothing: "interesting", "not sure"

	// These are about the last answer:
	Again    Intent = "again"     // show it once more
	Simpler  Intent = "simpler"   // it was not understood
	NotMeant Intent = "not_meant" // something else was asked
	Back     Intent = "back"      // it only says "it"

	// These ask nothing, as Remark does not:
	Unheard Intent = "unheard" // takes the bot for a voice
	Novice  Intent = "novice"  // how a person manages with it
	Feeling Intent = "feeling" // how they are
	Moment  Intent = "moment"  // where they are and what goes on there

	// These are about what a person did with the bot, as Results is too:
	Inquiries  Intent = "inquiries"  // what they sent to the clerk, and the replies
	ClerkSaid  Intent = "clerk_said" // what the clerk wrote to them
	Standing   Intent = "standing"   // whether the clerk or the Council has dealt with it
	Needed     Intent = "needed"     // what waits for them
	Asked      Intent = "asked"      // what they asked the bot
	Sent       Intent = "sent"       // whether something was sent, or will be
	Resume     Intent = "resume"     // get back to what was begun
	Amend      Intent = "amend"      // what can still be changed once it is submitted
	Afterwards Intent = "afterwards" // what happens then
	Mistaken   Intent = "mistaken"   // something in it is wrong

	// These are about the bot too: said to it, good or ill or neither.
	Praise    Intent = "praise"
	Addressed Intent = "addressed"

	// This one is about what the law is on a matter that the protocol may have a clause on.
	TheLaw Intent = "the_law"

	// This one is about an office, not the person who holds it:
	Office Intent = "office"

	// This one is about what people ask the clerk:
	Answering  Intent = "answering"  // the clerk wants to reply
	Unanswered Intent = "unanswered" // which questions wait for that

	// These are about the register of partnerships, what is in it and what it has to come:
	Joined Intent = "joined"
	Due    Intent = "due"

	// This one is about who waits for the clerk:
	Waiting Intent = "waiting"

	// These are about a result that was shown:
	ResultWhy        Intent = "result_why"
	ResultNext       Intent = "result_next"
	ResultChange     Intent = "result_change"
	ResultClauses    Intent = "result_clauses"
	ResultAnswers    Intent = "result_answers"
	ResultConditions Intent = "result_conditions"
	ResultAgain      Intent = "result_again"
	ResultShow       Intent = "result_show"
	ResultStands     Intent = "result_stands" // where it is, and what the clerk wrote about it
	ResultShare      Intent = "result_share"
	ResultWithdraw   Intent = "result_withdraw"
)

// Outside reports whether an intent is neither a question about the protocol nor small talk, and
// nothing in the protocol answers it.
func (i Intent) Outside() bool { return outside[i] != "" }

// outside has what each such intent asks for.
var outside = map[Intent]Category{Approve: Procedure, LegalAdvice: Law, Person: Name, Opinion: General, Joined: Document}

// Category is the kind of thing that a question asks for and the protocol does not state.
type Category string

// These are the categories of silence.
const (
	Amount    Category = "amount"
	Time      Category = "time"
	Name      Category = "name"
	Procedure Category = "procedure"
	Document  Category = "document" // what is in another document
	Law       Category = "law"
	Detail    Category = "detail"    // more about something that the protocol only mentions
	Claim     Category = "claim"     // assumes something that the protocol does not say
	Elsewhere Category = "elsewhere" // another matter of the council's
	General   Category = "general"   // nothing to do with a council
	Unclear   Category = "unclear"   // no words to go by
	Part      Category = "part"      // a part that the protocol does not have
)

// intents and categories list the values that the phrasebook may use.
var (
	intents = []Intent{Greeting, Polite, Thanks, Goodbye, Help, WhoAreYou, Contents, Swearing, Opinion, Approve,
		LegalAdvice, Person, Assess, Results, Clerk, Yes, No, Cancel}
	categories = []Category{Amount, Time, Name, Procedure, Document, Law, Detail, Claim, Elsewhere, General, Unclear}
)

// Answer is what the index has to say about one message.
type Answer struct {
	// Intent is Question for a question about the protocol. An answer with Assess may still
	// have passages; one with an intent [Intent.Outside] the protocol is also silent.
	Intent Intent
	// Join means that the question is whether to join something, which an assessment answers.
	Join bool
	// Silent means that the protocol does not cover the question. Category then says what it
	// asks for, and Passages holds the nearest clause or nothing.
	Silent   bool
	Category Category
	// Lacks says what the protocol does not give, such as sums of money, if that is certain;
	// otherwise it is empty.
	Lacks string
	// Passages are verbatim, best first.
	Passages []knowledge.Passage
	// Sure means that the first passage answers the question, as far as can be told.
	Sure bool
	// Section is the first clause of a section that the question asks to see as a whole,
	// or empty; there are no Passages then.
	Section knowledge.ClauseID
	// Gloss puts the first passage in one plain sentence, or is empty.
	Gloss string
	// Uncovered holds, in the person's own words, those of several questions that the protocol
	// does not cover, if it covers another.
	Uncovered []string
	// Documents are those that the question is about and the protocol only points to, in the
	// order in which it names them; usually there are none. The pointers are then the first
	// passages; the answer is silent if the question asks what the documents say.
	Documents []Named
	// Unexplained holds the words that the question asks the meaning of, if the protocol uses
	// them, in Passages, but does not explain them.
	Unexplained string
	// After holds the earlier questions, oldest first, without which this one cannot be
	// understood by anybody who reads it alone; usually there are none.
	After []string
	// YesNo means that the question wants a yes or a no.
	YesNo bool
	// Ambiguous means that the question turns on something the protocol leaves open: whether
	// everything in a list is needed, such as Added Value, Value for Money and Good Governance.
	// The list is then the first passage.
	Ambiguous bool
}

// Named is a document that the protocol only points to.
type Named struct {
	Name   string
	OfEach bool // not the Council's: each partnership may have its own
}
