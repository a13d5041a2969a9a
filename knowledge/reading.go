package knowledge

// Reading is what a language model made of a question, checked against the protocol.
type Reading struct {
	// Covered is false if the model finds the protocol silent; Clauses is then the
	// nearest or empty, and Summary empty.
	Covered bool
	Clauses []ClauseID // all exist; best first, at most three
	// Summary is in the model's words, never to be shown as the protocol's. It may
	// be empty.
	Summary []Sentence
}

// Sentence is plain text that rests on one of the reading's clauses.
type Sentence struct {
	Text   string
	Clause ClauseID
}
