// Package boltstore keeps the record in one Bolt file: turns not yet dealt with, replies not
// yet sent, conversations, drafts and results.
//
// A [Store] may be used by many goroutines. Reads see the last committed state; writes that
// wait at the same time share one commit (see write.go). A method asked for one thing that is
// not there returns an error that is [handlers.ErrNotFound]; one that lists returns an empty
// list.
//
//	schema.go     the buckets and their keys; migrate.go: earlier forms of the file
//	open.go       opening and closing; survey.go, verify.go: checking the file meanwhile,
//	              readable.go: entry by entry
//	write.go      one writer: commits that are shared, and errors that end it
//	turns.go      inbox; outbox.go: replies; aside.go: those that cannot be read
//	state.go      conversations and drafts
//	questions.go  what was asked, and notes; modeluse.go: what a language model took
//	records.go    results; cases.go: how they stand, and finding them; chain.go: their history
//	audit.go      checking the history; export.go: handing it out
//	compact.go    rewriting the file, copying.go: while it is in use
//	erase.go      forgetting a person; redact.go: in what stays; person.go: what there is on one
//	teams.go      the workspaces in it
//	upkeep.go     backups and checks, and old ids; restore.go, examine.go: files that no bot has open
package boltstore
