// Package clerk is the clerk's desk: the queue of assessments, one of them whole, what
// is done to it and by whom, the register of partnerships, and the questions left unanswered.
// Councillors see here what is their own and nothing else; what someone may not see is
// answered as if it did not exist.
//
// What is shown:
//
//	open.go       what is still to do; queue.go: the assessments; query.go: which of them, and which page
//	listing.go    the clerk asks for some of them in ordinary words
//	result.go     one of them; compare.go: two
//	called.go     by its name, or part of it; title.go: what it is called; naming.go: of the register
//	own.go        a person's own, without saying which
//	register.go   the partnerships; due.go: what is due by a day
//	questions.go  what the protocol left unanswered
//	files.go      the same as files
//
// What is done:
//
//	clerk.go      the routes, and who may use them
//	deeds.go      to assign, note, return, review; argument.go: which one, as it stood; byname.go: by its name
//	decide.go     a decision; decided.go: typed in one line; moved.go: its review moved; conditions.go: what was made of its conditions
//	hourly.go     reminders
//
// What is typed:
//
//	words.go      words and phrases that several of these know, by words.txt
//	mistyped.go   no command: a reference, a name, or a command that was meant
//	hints.go      words whose button is not on offer; howto.go: how something is done, or undone
package clerk
