// Package slackfake is a pretend Slack workspace on the loopback interface: the
// Web API methods the bot calls, Socket Mode, and people who write, click and
// look at what they were sent. Tests start the real bot against it, and so may
// a load driver or a child process that gets killed: nothing here needs a
// *testing.T. What the bot never asks of Slack, or draws, is not here: other methods
// are unknown, other blocks refused, and nothing is served at a response URL.
//
// The fake refuses what Slack refuses (limits, scopes, spent trigger ids, …)
// and keeps a list of such refusals, so one assertion on [Server.Violations]
// says that a whole conversation stayed within Slack's rules. Where Slack's
// behaviour is undocumented the stricter reading is taken.
//
//	server.go     starting and ending it; workspace.go: its members and channels
//	methods.go    the calls, args.go: their arguments; fault.go: how they go wrong
//	chat.go       posting, stream.go: bit by bit; conversations.go: reading; files.go: uploads
//	message.go    what is posted; elements.go: what can be used in it; visible.go: how it reads
//	views.go      the Home tab and modals; modal.go: filling one in
//	limits.go     what blocks and views must look like; shapes.go: in tables; chart.go: a chart
//	socket.go     the connections; envelope.go: what is sent on them
//	people.go     what people write; happenings.go: what else they do; interact.go: what they press;
//	              state.go: what they have put in
//	wait.go       what a test looks at and waits for; stopwatch.go: for how long
//
// Every method of [Server] may be called from several goroutines. Values handed
// out are copies, except that parsed JSON (Blocks, Args) is shared and must be
// treated as read-only. Text limits count Unicode code points.
//
// Facts about Slack are from docs.slack.dev; the page is named beside each.
package slackfake
