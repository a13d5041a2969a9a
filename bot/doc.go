// Package bot carries turns from Slack to the handlers and replies back: it stores each
// delivery before acknowledging it, runs the turns of a conversation in order, and posts the
// replies.
//
// The way of a message:
//
//	socket.go     the connection over which Slack delivers; redial.go: the wait before another
//	http.go       the requests that it sends instead; request.go, signature.go: one of them
//	receive.go    what it delivers, stored and then acknowledged
//	event.go      what is read of an event; read.go: the turn that it is
//	lanes.go      in order within a conversation, side by side otherwise; crowd.go: in fair shares
//	working.go    the sign that an answer takes a while
//	outbox.go     the replies that wait; pace.go: for how long
//	post.go       posting one; upload.go: with a file; stream.go: block by block; mark.go: not twice
//	web.go        the calls; judge.go: what an error means
//
// Beside that, bot.go starts and stops it all, upkeep.go does what is due each hour, people.go and
// names.go know who people are, places.go where they are spoken to, and observe.go tells how it goes.
package bot
