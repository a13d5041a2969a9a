package report

import (
	"encoding/json"
	"fmt"
	"io"

	"partnershipbot/handlers"
)

// JSON writes a case with its history, including the records, as one line
//
//	{"case":{…},"history":[…]}
//
// so that several written one after the other are JSON Lines. People appear by id.
func JSON(w io.Writer, c handlers.Case, history []handlers.Entry) error {
	err := json.NewEncoder(w).Encode(struct {
		Case    handlers.Case    `json:"case"`
		History []handlers.Entry `json:"history"`
	}{c, history})
	if err != nil {
		return fmt.Errorf("write %s as JSON: %w", c.Reference, err)
	}
	return nil
}
