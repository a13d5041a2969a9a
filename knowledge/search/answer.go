// Package search finds the clauses of a Partnerships Protocol that answer a
// councillor's question, without a language model, and knows when the protocol is
// silent.
package search

import "partnershipbot/knowledge"

// Intent is what a message is for. A real question wins over small talk.
type Intent string

// The intents.
const (
	Question    Intent = "question"
	Greeting    Intent = "greeting"
	Polite      Intent = "polite" // "please", "can I ask you something"
	Thanks      Intent = "thanks"
	Goodbye     Intent = "goodbye"
	Help        Intent = "help"
	WhoAreYou   Intent = "who_are_you"
	Contents    Intent = "contents" // what sections there are
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

	// What only [Said] tells: of the bot itself,
	Privacy   Intent = "privacy"   // what is kept of a person, and who sees it
	Erase     Intent = "erase"     // have it removed, or a copy of it
	Authority Intent = "authority" // what an answer is worth
	Effort    Intent = "effort"    // how long an assessment takes
	Remark    Intent = "remark"    // asks nothing: "interesting", "not sure"

	// of an office, which asks for no person in it,
	Office Intent = "office"

	// of what the register of partnerships has to come,
	Due Intent = "due"

	// and of a result that was shown.
	ResultWhy        Intent = "result_why"
	ResultNext       Intent = "result_next"
	ResultChange     Intent = "result_change"
	ResultClauses    Intent = "result_clauses"
	ResultAnswers    Intent = "result_answers"
	ResultConditions Intent = "result_conditions"
	ResultAgain      Intent = "result_again"
	ResultShow       Intent = "result_show"
	ResultStands     Intent = "result_stands" // where it is, and what the clerk wrote to it
	ResultShare      Intent = "result_share"
	ResultWithdraw   Intent = "result_withdraw"
)

// Category says what a question asks for that the protocol does not state.
type Category string

// The categories of silence.
const (
	Amount    Category = "amount"
	Time      Category = "time"
	Name      Category = "name"
	Procedure Category = "procedure"
	Document  Category = "document" // what stands in another document
	Law       Category = "law"
	Detail    Category = "detail"    // more about a thing that the protocol only mentions
	Claim     Category = "claim"     // rests on something that the protocol does not say
	Elsewhere Category = "elsewhere" // another of the council's matters
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

// Answer is what the index has to say to one message.
type Answer struct {
	// Intent is Question for a question to the protocol. With Assess the answer may
	// have passages all the same. With Approve, LegalAdvice, Person and Opinion it is
	// silent too: nothing in the protocol answers them.
	Intent Intent
	// Silent means that the protocol does not cover the question; Category then
	// says what it asks for, and Passages holds the nearest clause or nothing.
	Silent   bool
	Category Category
	// Lacks says, where it is certain, what the protocol does not give, such as sums of
	// money; or is empty.
	Lacks string
	// Passages are verbatim, best first.
	Passages []knowledge.Passage
	// Section is the first clause of a section that the question asks to see as a whole,
	// or empty; there are no Passages then.
	Section knowledge.ClauseID
	// Gloss says the first passage in one plain sentence, or is empty.
	Gloss string
	// Uncovered holds, as they were put, those of several questions that the protocol does
	// not cover while it covers another.
	Uncovered []string
	// Document names the council document the question is about, which the protocol
	// only points to, or is empty. The pointer is then the first passage; the answer
	// is silent if the question asks what is inside.
	Document string
	// Unexplained holds the word or words that the question asks the meaning of, if the
	// protocol only uses them, in Passages.
	Unexplained string
	// YesNo means that the question wants a yes or a no.
	YesNo bool
	// Ambiguous means that the question turns on something the protocol leaves open:
	// whether all of a list is needed, such as Added Value, Value for Money and Good
	// Governance. The list is then the first passage.
	Ambiguous bool
}
