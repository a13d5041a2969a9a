package llm

import "errors"

// These are the kinds of [Error], for errors.Is. If the caller gave up, the kind is
// context.Canceled instead.
var (
	ErrUnavailable = errors.New("model unavailable")
	ErrCeiling     = errors.New("daily ceiling for the model reached")
	ErrRejected    = errors.New("model reply rejected")
)

// Reason gives the details in one word, for logs and counters. It never holds any part of the
// question, the reply or the key.
type Reason string

// These are the reasons for ErrUnavailable.
const (
	ReasonAddress    Reason = "address"    // BaseURL is not an http address
	ReasonConnection Reason = "connection" // there was no connection, or it broke
	ReasonTimeout    Reason = "timeout"
	ReasonPaused     Reason = "paused"   // the breaker is open; nothing was sent
	ReasonBusy       Reason = "busy"     // 429
	ReasonServer     Reason = "server"   // 5xx
	ReasonKey        Reason = "key"      // 401 or 403
	ReasonModel      Reason = "model"    // 404: no such model, or no such path
	ReasonRequest    Reason = "request"  // any other 4xx
	ReasonRedirect   Reason = "redirect" // the server redirects
	ReasonGarbled    Reason = "garbled"  // not a chat completion, or far too long
)

// These are the reasons for ErrRejected.
const (
	ReasonBlank    Reason = "blank" // there was no question; nothing was sent
	ReasonRefusal  Reason = "refusal"
	ReasonCut      Reason = "cut"      // the reply stopped at its length limit
	ReasonEmpty    Reason = "empty"    // no text in it
	ReasonFormat   Reason = "format"   // not the JSON that was asked for
	ReasonTooMany  Reason = "too_many" // more clauses, quotes or sentences than are allowed
	ReasonUnknown  Reason = "unknown_clause"
	ReasonQuote    Reason = "invented_quote"
	ReasonUnquoted Reason = "unquoted_clause" // a clause or sentence has no quote to rest on
	ReasonControl  Reason = "control"         // control or invisible characters
	ReasonMarkup   Reason = "markup"
	ReasonLink     Reason = "link"
	ReasonMention  Reason = "mention"
	ReasonLong     Reason = "long"
	ReasonFault    Reason = "fault" // this package's own: it panicked over the question or the reply
)

// These are the other reasons.
const (
	ReasonCalls     Reason = "calls"  // of ErrCeiling
	ReasonTokens    Reason = "tokens" // of ErrCeiling
	ReasonCancelled Reason = "cancelled"
)

// Error says why there is no reading. It wraps nothing that came from the server, whose
// messages may repeat the question or part of the key.
type Error struct {
	Kind   error // a sentinel of this package, or context.Canceled
	Reason Reason
	Status int // of the HTTP reply, or 0
}

func (e *Error) Error() string { return "ask model: " + e.Kind.Error() + " (" + string(e.Reason) + ")" }

func (e *Error) Unwrap() error { return e.Kind }

func unavailable(r Reason, status int) *Error {
	return &Error{Kind: ErrUnavailable, Reason: r, Status: status}
}

func rejected(r Reason) *Error { return &Error{Kind: ErrRejected, Reason: r} }
