// Package assessment answers "is partnership working appropriate?" by rule. It holds the facts
// that are asked, the ordered table of rules, and the engine that leads from answers to an
// outcome. The result depends on the answers alone; the package knows no clock, no network and
// no language model.
//
// Every question and outcome rests on clauses of the protocol, which are named by id and
// checked by [Check].
//
// The rules, as data:
//
//	facts.go      what is asked; table.go: each fact and its clauses; words.go, plain.go: its words
//	steps.go      in what order, and what is asked together
//	rules.go      the outcomes and what leads to each
//
// What is done with them:
//
//	answers.go    what a person said; record.go: what is stored of it
//	engine.go     the outcome, and why
//	flow.go       what is asked next, and whether anything still depends on it
//	alternatives.go what would change the outcome
//	check.go      that rules and text fit; replay.go: stored results under the present rules
//
// What people say in their own words, out of which answers are suggested and put back to them:
//
//	suggest.go    the suggestions; reading.go: a text as words; names.go: who and what
//	phrases.go    phrases for each answer; match.go: how they match; doubt.go: what is not plainly said
//	spoken.go     answers that stand by themselves: yes, no and the like
package assessment
