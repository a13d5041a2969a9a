// Package slackfake is a pretend Slack workspace on the loopback interface: the
// Web API methods the bot calls, Socket Mode, and people who write, click and
// look at what they were sent. Tests start the real bot against it, and so may
// a load driver or a child process that gets killed: nothing here needs a
// *testing.T.
//
// The fake refuses what Slack refuses (limits, scopes, spent trigger ids, …)
// and keeps a list of such refusals, so one assertion on [Server.Violations]
// says that a whole conversation stayed within Slack's rules. Where Slack's
// behaviour is undocumented the stricter reading is taken.
//
// Every method of [Server] may be called from several goroutines. Values handed
// out are copies, except that parsed JSON (Blocks, Args) is shared and must be
// treated as read-only. Text limits count Unicode code points.
//
// Facts about Slack are from docs.slack.dev; the page is named beside each.
package slackfake
