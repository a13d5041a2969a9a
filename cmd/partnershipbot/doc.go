// Partnershipbot answers questions about a council's Partnerships Protocol and leads
// councillors through its assessment, in Slack or in a terminal.
//
//	main.go       the commands and how one is chosen; settings.go: variables and flags
//	app.go        what the bot is wired from
//	serve.go      the bot in Slack; observe.go, metrics.go, gauges.go: its health and metrics
//	chat.go       the bot in a terminal; console.go: its keys; fill.go, fill_doubt.go: its forms; terminal.go,
//	              table.go, wrap.go: what it shows; save.go: the files it writes
//	ask.go        questions and assessments as JSON lines; lines.go: reading them
//	rules.go      the rules of the outcome, rules_table.go: written out; manifest.go, doctor.go: setting up
//	deskfiles.go  files for the clerk; forget.go: what is forgotten each night
//	thrift.go     what the program spends, memory_linux.go: of its own pages, timers_linux.go: on waking
//
// Commands on the record (cases.go, export.go, verify.go, file.go, person.go) are errands
// (errand.go): done on the data file itself or, while a bot has it open, by that bot over a
// socket (socket.go). Either way they end in a function of a [record] (record.go).
package main
