// Package handlers decides what to say and what to store. A [Turn] comes in, with
// the state it meets; an [Effect] goes out: replies in a small neutral model and
// changes to the record. It knows no chat service and no database: front ends draw a
// [Reply] in their own way, and a [Store] keeps what an effect changes.
//
// A turn carries its own time, and no effect depends on a clock; so the same turn on
// the same state always has the same effect, and a turn can be run again until its
// effect is stored.
//
// The way of a turn, all of it in [Service] (service.go), which says in what order:
//
//	rights.go     who may do what
//	either.go     "yes" to one of two things
//	resolve.go    a choice that is on offer; form.go, form_picks.go, form_beyond.go: a form in words
//	about.go      something about the result that was shown last
//	said.go       a command, in its own words or freely; near.go: mistyped; stray.go: not on offer
//	after.go      what follows: the open question again, and what is remembered
//
// What it works on:
//
//	turn.go       turns, effects and conversations; verbs.go: actions that packages share
//	reply.go      what is said; text.go: that it does no harm, and numbers in words; table.go: charts as tables
//	question.go   questions, and inquiries to the clerk; held.go: all there is on a person
//	casefile.go   how an assessment stands; history.go: what happened to it; told.go: in words
//	reference.go  its reference; naming.go: its name; day.go: days as people type them
//
// What use cases share:
//
//	show.go       a result; show_answers.go: its answers; whole.go: the register
//	help.go       what can be asked for
//	asks.go       a question, or something else; courtesy.go: thanks taken off; signs.go: thumbs
//	lists.go      words and phrases in a file
package handlers
