package handlers

import "partnershipbot/knowledge/assessment"

// Held is all that the record holds on one person.
type Held struct {
	Person PersonID `json:"person"`
	// Results are what the person submitted, every revision.
	Results []assessment.Record `json:"results"`
	// Acts are what the person did, and what was done to their results, without the
	// results themselves.
	Acts      []Entry            `json:"acts"`
	Drafts    []assessment.Draft `json:"drafts"`
	Questions []Question         `json:"questions"`
	// Inquiries are those that the person sent, or as a clerk replied to.
	Inquiries []Inquiry `json:"inquiries"`
	// Conversation is what is remembered of the talk with the person, nil for nothing.
	Conversation *Conversation `json:"conversation,omitempty"`
	// Waiting are things said that are not yet dealt with, Unsent what is yet to be said.
	Waiting []Turn     `json:"waiting"`
	Unsent  []Outgoing `json:"unsent"`
}

// Erasure says what the erasure of a person took away or changed, in numbers.
type Erasure struct {
	Results   int // references whose free text and author were removed
	Acts      int // entries in which the person's id was removed
	Drafts    int
	Questions int
	Inquiries int // questions to the clerk, and replies, that are not kept as notes
	Notes     int // those that are kept, and lost the person's id
}

// ErasedText stands where a person's own words stood.
const ErasedText = "(erased)"
