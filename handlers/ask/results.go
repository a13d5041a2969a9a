package ask

import "partnershipbot/knowledge/assessment"

// ofResult reports whether a term is the name of a result, or of where one stands.
func (t term) ofResult() bool {
	for _, r := range resultTerms {
		if r.names[0] == t.names[0] {
			return true
		}
	}
	return false
}

// resultTerms are the results that an assessment can have, and where one can stand with the clerk.
var resultTerms = []term{
	{[]string{"discussion forum", "talking shop"},
		"A discussion forum is a group that meets to discuss things, and takes on nothing to do together. As a result it means: " +
			"go on as a forum; it needs no partnership agreement.", "definition-of-a-partnership.4.2"},
	{[]string{"limited involvement"}, "“Limited involvement” is the result where the Council was only asked out of courtesy, or it is not clear what it would contribute. " +
		assessment.Advise(assessment.LimitedInvolvement).Next, "when-is-partnership-working-appropriate.3"},
	{[]string{"more information needed", "more information is needed", "more information"}, "“More information needed” is the result where one or more answers that decide it were “don't know”. " +
		assessment.Advise(assessment.MoreInformationNeeded).Next, ""},
	{[]string{"appropriate with conditions", "appropriate, with conditions", "with conditions"}, "“Appropriate with conditions” is the result where nothing stands against the partnership, " +
		"but something is not in place yet. " + assessment.Advise(assessment.WithConditions).Next, ""},
	{[]string{"not appropriate"}, "“Not appropriate” is the result where a test of the protocol is not met, or the Council cannot find what the partnership needs. " +
		assessment.Advise(assessment.NotAppropriate).Next, ""},
	{[]string{"formal legal partnership"}, "“Formal legal partnership” is the result where the partnership would be a legal body of its own. " +
		assessment.Advise(assessment.FormalLegalPartnership).Next, "introduction.3"},
	{[]string{"results can there be", "results are there", "possible results", "the possible results", "are the possible results", "results can i get", "results can we get", "results could there be", "result can there be", "outcomes are there", "outcomes can there be", "possible outcomes"},
		"A result is one of these: appropriate; appropriate, with conditions; more information needed; limited involvement; not appropriate; not a partnership; " +
			"discussion forum; contract for services; formal legal partnership. Ask what any of them means.", ""},
	{[]string{"results worked out", "result worked out", "results decided", "results calculated", "result calculated", "results arrived at", "results reached", "outcome worked out"},
		"The result follows from your answers by fixed rules, each of which rests on the protocol; nothing is scored or guessed. First: is it a partnership at all? " +
			"Then: the protocol's tests, and what the Council can give. Last: what still has to be put in place. Say “why” beside a result for the answers that decided it.", ""},
	{[]string{"waiting", "waiting for review", "logged"}, "“Waiting” means that the clerk has a result and has not taken it up yet.", ""},
	{[]string{"under review"}, "“Under review” means that the clerk is looking at a result.", ""},
	{[]string{"returned", "sent back"}, "“Returned” means that the clerk has sent a result back to its author, with what is still needed. Say “results” and open it to answer.", ""},
	{[]string{"referred"}, "“Referred” means that the clerk has passed a result on to a committee or the Council to look at.", ""},
	{[]string{"decided"}, "“Decided” means that the Council's decision on a result is recorded, with its date and minute.", ""},
	{[]string{"withdrawn"}, "“Withdrawn” means that a result was taken back, by its author or the clerk. Its history stays, but nothing more is done with it.", ""},
}
