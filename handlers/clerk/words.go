package clerk

import (
	_ "embed"

	"partnershipbot/handlers"
)

// wordsText holds what people say to the desk. Its head says how it is written.
//
//go:embed words.txt
var wordsText string

var lists = handlers.ReadLists(wordsText)
