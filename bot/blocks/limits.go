package blocks

// Slack's limits, each with its page on docs.slack.dev. A payload that breaks one is
// refused whole, mostly as invalid_blocks, and nothing of it is shown. Slack does not
// say what it counts as a character, so [cost] counts the most it could.
const (
	// maxBlocks is for one message: /reference/block-kit/blocks
	maxBlocks = 50
	// maxHomeBlocks is for one Home page: /reference/block-kit/blocks
	maxHomeBlocks = 100
	// maxSize bounds the JSON of one message's blocks, in bytes. The limit is undocumented:
	// msg_blocks_too_long was seen near 13,200 characters (github.com/slackapi/bolt-js/issues/2509)
	// and with 11,341 characters of text in rich_text blocks, whose containers count
	// (/issues/2867 there). Bytes of JSON are never fewer than what is counted.
	maxSize = 12_000
	// maxHomeSize bounds the JSON of a Home page, in bytes: beyond 250 kB views.publish
	// answers view_too_large: /reference/methods/views.publish
	maxHomeSize = 200_000
	// maxText is for a message's text: chat.update refuses more as msg_too_long:
	// /reference/methods/chat.update
	maxText = 4_000

	// maxChunk is for a section's text, and for any text object:
	// /reference/block-kit/composition-objects/text-object. rich_text names no limit of
	// its own and is kept to the same.
	maxChunk = 3_000
	// maxHeader is for a header: /reference/block-kit/blocks/header-block
	maxHeader = 150
	// maxActions is the number of elements in an actions block:
	// /reference/block-kit/blocks/actions-block
	maxActions = 25
	// maxButtonValue and maxButtonAlt are for a button's value and accessibility_label:
	// /reference/block-kit/block-elements/button-element
	maxButtonValue = 2_000
	maxButtonAlt   = 75
	// shownButton is how much of a button's text is sure to be shown, of the 75
	// characters it may have; a longer label would end in an ellipsis on a phone. Same page.
	shownButton = 30
	// maxOption is for an option's text and its description, and for its value by the
	// stricter of two sources: /reference/block-kit/composition-objects/option-object
	maxOption = 75
	// maxSelect is the number of options in a static_select:
	// /reference/block-kit/block-elements/select-menu-element
	maxSelect = 100
	// maxTicks is the number of options in checkboxes:
	// /reference/block-kit/block-elements/checkboxes-element
	maxTicks = 10
	// maxRows and maxCells are for a table's rows and the characters in all of them:
	// /reference/block-kit/blocks/table-block
	maxRows  = 100
	maxCells = 10_000
	// maxID is for a block_id and an action_id: /reference/block-kit/blocks
	maxID = 255

	// maxBeside bounds the text beside a control. It is ours, so that text, control and
	// value together stay far from maxSize; what is longer goes into text blocks before it.
	maxBeside = 1_000
	// maxIncoming is what Slack keeps of a message: /reference/methods/chat.postMessage.
	// Of a longer text nothing beyond is read.
	maxIncoming = 40_000
)

// room is what fits into one message or page; data counts tables and charts, of which
// Slack takes one and two: /reference/block-kit/blocks/table-block.
type room struct{ blocks, size, text, data int }

var (
	messageRoom = room{maxBlocks, maxSize, maxText, 1}
	homeRoom    = room{maxHomeBlocks, maxHomeSize, maxHomeSize, 0}
)
