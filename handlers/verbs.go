package handlers

// Verbs that one package gives out and another acts on. What only one package knows is
// named there.
//
// Here and in those packages the comment behind a verb is its argument, in [brackets] what may
// be left out, and behind a colon what is done with it. A verb without a comment has none.
const (
	AskQuestion = "ask.question" // the question
	AskInvite   = "ask.invite"
	AskAbout    = "ask.about"   // what the clerk is to be asked
	AskAnswer   = "ask.answer"  // [inquiry id]: the clerk wants to reply
	AskNotes    = "ask.notes"   // [how many to leave out]: the clerk's notes
	AskHelpful  = "ask.helpful" // question id, "yes" or "no"; or nothing, typed of the last one

	AssessStart  = "assess.start" // ["new", or "told " and what was told]
	AssessGoOn   = "assess.go_on" // draft: put the open step
	AssessWrite  = "assess.write" // draft: what is typed answers the open step in so many words
	AssessAgain  = "assess.again" // reference, [fact to begin at]
	AssessShare  = "assess.share" // reference
	AssessHourly = "assess.daily" // none: the system's own turn

	ClerkHome       = "clerk.home"       // [query]
	ClerkResults    = "clerk.results"    // [query]
	ClerkShow       = "clerk.show"       // reference
	ClerkAnswers    = "clerk.answers"    // reference
	ClerkClauses    = "clerk.clauses"    // reference
	ClerkConditions = "clerk.conditions" // reference: all of them, where a result folds them
	ClerkWhy        = "clerk.why"        // reference: what decided it
	ClerkNext       = "clerk.next"       // reference: what to do
	ClerkChange     = "clerk.change"     // reference: how to
	ClerkStands     = "clerk.stands"     // reference: where it is, and what the clerk wrote
	ClerkWithdraw   = "clerk.withdraw"   // reference
	ClerkHourly     = "clerk.daily"      // none: the system's own turn
)

// Hourly are the verbs of what the clock does, once an hour. Those that are stored say daily.
func Hourly() []string { return []string{AssessHourly, ClerkHourly} }
