// Package assess leads a person through the assessment "is partnership working
// appropriate?", one step at a time, in their direct conversation, and stores the
// result when they submit it.
//
// A person has one draft at most under way. What is put to them is worked out of it each time
// (open.go), and every turn begins from there:
//
//	assess.go     the verbs, and the turns that are about a draft: a scene
//	story.go      a beginning out of what was told; carry.go: with the answers to an earlier text
//	tap.go        what is tapped: an answer, a form, skip, leave; gone.go: of a draft that is gone
//	dialogue.go   what is typed: the order in which it is understood
//	waits.go      what was understood and still waits for a yes or no
//	steer.go      why, back, change, finish later, stop; drafts.go: which one to go on with
//	draw.go       questions; summary.go: the summary; say.go, sayings.txt: words to the bot
//	submit.go     the result: stored, told to its author and the clerk, shared, assessed again
//	hourly.go     reminders of drafts, and their end
//	unavailable.go no assessment, because the rules are for another text
//
// What is typed as an answer is read as strictly as possible first:
//
//	read.go       a plain answer to the open question; words.go: yes, no and the like, by replies.txt
//	hasty.go      words typed in haste, as they are meant
//	form.go       ticks; rest.go: "all but the funder"; pieces.go: several at once
//	heard.go      free words, out of which answers are suggested and put back to be confirmed
//	waits.go      what is said while those wait to be confirmed
//	asked.go      a question beside or instead of an answer; whyso.go: why something was suggested
//	remarks.go    words that are no answer, by remarks.txt
//
// and before that as a word about an answer that was given already:
//
//	review.go     at the summary, and of the answer just given: "no, I meant no"
//	correct.go    of any answer: "hang on, the time is partly"
//	mends.go      taken apart into its mark, name and new answer, by the words of mends.txt
//	restate.go    what an answer is, said otherwise
//	note.go       of a note; plan.go: of who sees to a condition; reply.go: to the clerk's question
//
// No words change an answer that was confirmed before the change is shown and confirmed itself.
package assess
