// Package blocks draws a [handlers.Reply] as Slack Block Kit, and reads what comes
// back: what was pressed ([Decode]) and what was typed ([Plain]).
//
// Everything is a pure function, and safe for concurrent use. Nothing that is drawn is
// markup, so that nothing in people's text, the protocol's or the bot's own can notify
// anybody or look like what it is not.
//
// # Why rich_text
//
// Paragraphs, lists and quotes are rich_text blocks, what Slack's own composer makes
// and so what every client draws. Their text is not markup: *stars*, <!channel>,
// :codes: and URLs stay as written, where a mrkdwn section would need invisible
// characters between them, which screen readers and copying trip over. A
// rich_text_quote and a rich_text_list with a border draw one quote bar, so a point
// stands as a bullet under the line that introduces it. Where Slack takes text objects
// only (headers, small print, labels), they are plain_text with emoji off, and raw:
// plain_text needs no escaping.
//
// # Choices, for a phone
//
// Choices whose labels are short are buttons side by side. As soon as one label is
// longer than a button is sure to show, each choice gets a line of its own, numbered
// as a person may type it, with a button beside it. Minor choices are drawn in the same
// way, without style or number. A form's fields are a label with a menu, or a label
// over tick boxes; a label too long for an option runs on in its description, or where
// that is too short stands above, numbered. What cannot be encoded in Slack's limits is
// shown in words, without a control, since it can still be typed.
package blocks
