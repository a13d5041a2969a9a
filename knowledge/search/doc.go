// Package search finds the clauses of a Partnerships Protocol that answer a
// councillor's question, without a language model, and knows when the protocol is
// silent.
//
// What an [Index] does with a question, in order (ask.go), each step in a file of its own:
//
//	structure.go  a part of the text by where it stands: "read paragraph 3 of …"
//	words.go      the message as words and stems; spelling.go: slips of the finger put right
//	parts.go      its sentences, and the questions in it; question.go: how they are put
//	courtesy.go   thanks and greetings taken off
//	frames.go     a topic looked up, by frames.txt: "what does it say about …"
//	decide.go     an estimate: how likely each clause is, small talk, and silence
//	follow.go     what was asked before, where it depends on that
//	needs.go      whether it asks for a thing that the clause is never asked about
//	kinds.go      whether it asks for what the clause cannot give: a name, a day, an amount
//	finding.go    the clauses to show, step by step
//	vague.go      whether it asks for anything at all
//	meaning.go    what a term means; count.go: whether something is a partnership
//	open.go       what the protocol leaves open: "all of them or any?"
//	join.go       whether to join something, which the assessment is for
//	silence.go    why the protocol is silent, and the clause nearest to it
//	topic.go      documents that the protocol only points to
//
// What an index is made of:
//
//	index.go      the clauses, and what is said about each
//	phrasebook.go how people ask, and known.go: for which clauses of another council's protocol too
//	model.go      the classifier; weights.go: its numbers; train.go: learning them
//	learnt.go     what it has learnt, kept in learnt.bin
//	overlap.go    clauses found by their words alone, where nothing was learnt
//
// Beside that:
//
//	answer.go     what comes out
//	said.go       what is said to the bot about itself, by its shape in said.txt; shape.go: matching
//	alike.go      how alike two questions are, by their senses (senses.go, senses.txt)
//	vocabulary.go words that are no names, for whoever hides names
package search
