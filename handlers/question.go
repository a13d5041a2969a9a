package handlers

import (
	"strings"
	"time"

	"partnershipbot/knowledge"
)

// QuestionID names a question that was answered, or an inquiry to the clerk.
type QuestionID string

// Question is one question to the protocol with what was answered, kept so that the
// clerk sees what the protocol leaves open and which answers did not help.
type Question struct {
	ID     QuestionID `json:"id"`
	Person PersonID   `json:"person"`
	At     time.Time  `json:"at"`
	Text   string     `json:"text"`
	// After are the questions before it, oldest first, without which it cannot be understood.
	After []string `json:"after,omitempty"`
	// Silent says that the protocol does not cover it, as far as the bot could tell;
	// Clauses are what was shown, the nearest one where it is silent.
	Silent  bool                 `json:"silent,omitempty"`
	Clauses []knowledge.ClauseID `json:"clauses,omitempty"`
	// Protocol is the version that was searched. Model says that a language model helped.
	Protocol knowledge.Version `json:"protocol"`
	Model    bool              `json:"model,omitempty"`
	// Helpful is what the person said to "Was this helpful?", nil while they have not.
	Helpful  *bool `json:"helpful,omitempty"`
	Revision int   `json:"revision"`
}

// Whole is the question as it can be understood by somebody who has not read what was before it.
func (q Question) Whole() string {
	if len(q.After) == 0 {
		return q.Text
	}
	return q.Text + " (after “" + strings.Join(q.After, "”, “") + "”)"
}

// Inquiry is a question that a person sent to the clerk, and the clerk's reply to it.
type Inquiry struct {
	ID     QuestionID `json:"id"`
	Person PersonID   `json:"person"`
	Place  Place      `json:"place"` // where it was asked
	At     time.Time  `json:"at"`
	Text   string     `json:"text"`

	// Draft is what a clerk, Drafter, has typed and not yet sent.
	Draft   string    `json:"draft,omitempty"`
	Drafter PersonID  `json:"drafter,omitempty"`
	Reply   string    `json:"reply,omitempty"`
	Clerk   PersonID  `json:"clerk,omitempty"` // who replied
	Replied time.Time `json:"replied,omitzero"`
	// Kept says that the reply may be shown, as the clerk's note, to anyone who asks something
	// similar; Terms are what the question is about, to find it by.
	Kept  bool     `json:"kept,omitempty"`
	Terms []string `json:"terms,omitempty"`
	// Note is how the note reads since Editor changed it at Edited; empty, it is the reply.
	Note     string    `json:"note,omitempty"`
	Editor   PersonID  `json:"editor,omitempty"`
	Edited   time.Time `json:"edited,omitzero"`
	Revision int       `json:"revision"`
}

// Unnamed is an inquiry without who asked it, and where: what is left of a note once nothing
// else of that person is kept.
func (i Inquiry) Unnamed() Inquiry {
	i.Person, i.Place = "", Place{}
	return i
}
