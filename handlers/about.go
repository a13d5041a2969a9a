package handlers

import (
	"regexp"
	"strings"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/search"
)

// about takes what is typed to be about the result that it names or, where it names none, that was
// shown last.
func (r Request) about() (Action, bool) {
	result, said, named := Mentioned(r.Text)
	if !named {
		result = r.Conversation.Result
	}
	if r.Action.Verb != "" || result == "" || r.Overheard || r.Conversation.Awaits.Verb != "" {
		return Action{}, false
	}
	verb, ok := OfResult(said)
	if verb == ClerkWithdraw && leaves.MatchString(Fold(r.Text)) {
		return Action{}, false // of which there may be nothing to leave
	}
	if r.Conversation.Draft != "" && (r.Conversation.Listens || !named && !unfolds[verb]) {
		return Action{}, false // it is about the question that is open
	}
	return Action{Verb: verb, Arg: string(result)}, ok
}

// OfResult is the verb of what is said of a result that is called "it"; ok is false where nothing
// is.
func OfResult(said string) (verb string, ok bool) {
	verb, ok = ofResult[search.Said(said, search.OfResult...)]
	return verb, ok
}

// leaves are words that leave what is under way, and do not say of what. A result is withdrawn by
// words that can mean nothing else.
var leaves = regexp.MustCompile(`^(?:(?:please|can|could|i|we|you|let's|want|would|like|to|no|ok|actually|just) )*cancel(?: (?:it|that|this|everything|please|now))*$`)

// ofResult is what is done where something is said of a result.
var ofResult = map[search.Intent]string{
	search.ResultWhy: ClerkWhy, search.ResultNext: ClerkNext, search.ResultChange: ClerkChange,
	search.ResultClauses: ClerkClauses, search.ResultAnswers: ClerkAnswers, search.ResultConditions: ClerkConditions,
	search.ResultShow: ClerkShow, search.ResultStands: ClerkStands, search.ResultAgain: AssessAgain, search.ResultShare: AssessShare, search.ResultWithdraw: ClerkWithdraw,
}

// unfolds are the verbs whose words never answer a question of an assessment.
var unfolds = map[string]bool{ClerkClauses: true, ClerkAnswers: true, ClerkConditions: true}

// Why says what a result says and which answers decided it or, where what is asked names
// some of them, what those count for; with the clauses that they rest on.
func Why(r assessment.Record, asked string) []Part {
	status := r.Answers[assessment.Status].Word
	parts := []Part{titled(Case{}, r)}
	var lines []string
	var ids []knowledge.ClauseID
	for _, f := range mentioned(asked, r.Answers) {
		lines = append(lines, f.Label+": "+AnswerText(f, r.Answers)+". "+assessment.Wording(f.Decides, status))
		ids = append(ids, f.Clauses[:min(1, len(f.Clauses))]...)
	}
	if len(lines) > 0 {
		return append(append(parts, List(lines...)), quotes(r, ids)...)
	}
	parts = append(parts, Text(assessment.Wording(assessment.Advise(r.Trace.Outcome).Says, status)))
	return append(append(parts, why(r, maxListed)...), Note(assessment.Indicative))
}

// titled heads what is said of a result, or of what is about to become one.
func titled(c Case, r assessment.Record) Part {
	c.Title = r.Answers[assessment.Title].Text
	title := Shorten(c.Name(), 120)
	if r.Reference == "" {
		return Heading(title)
	}
	return Heading(string(r.Reference) + ": " + title)
}

// NextSteps say what to do about a result, as the case stands.
func NextSteps(c Case, r assessment.Record) []Part {
	parts := []Part{titled(c, r),
		Text("What to do next: " + c.Next(r))}
	if !hasList(r) { // what stands against it
		parts = append(parts, why(r, maxListed)...)
	}
	parts = append(parts, todo(c, r, maxListed)...)
	if other := alternatives(r); len(other) > 0 {
		parts = append(parts, Heading("What would change this"), List(other...))
	}
	return append(parts, Note(assessment.Indicative))
}

// mentioned are the answered facts that a text names.
func mentioned(text string, a assessment.Answers) (facts []assessment.Fact) {
	said := " " + Fold(text) + " "
	for _, f := range assessment.Facts() {
		if len(f.Words) > 0 && a.Given(f.ID) && strings.Contains(said, " "+Fold(f.Label)+" ") {
			facts = append(facts, f)
		}
	}
	return facts
}
