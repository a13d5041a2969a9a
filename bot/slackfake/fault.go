package slackfake

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"
)

// Fault is how calls of a method go wrong. Exactly one of Error, Status, Body,
// Hang, Drop and Delay is set; Fail panics over any other.
type Fault struct {
	Error  string // answer {"ok":false,"error":Error}
	Status int    // answer with this HTTP status and no JSON, such as 429 or 500
	// RetryAfter is that header's value, normally whole seconds; empty for none.
	RetryAfter string
	Body       string // answer with this in place of the JSON
	// Hang gives no answer until the caller gives up, Heal or Close.
	Hang bool
	// Drop ends the connection in the middle of the answer.
	Drop bool
	// Delay carries the call out and only then takes this long to answer.
	Delay time.Duration
	// Apply carries the call out first, so that only its answer is lost. A bot
	// cannot tell this from a call that never happened.
	Apply bool
	// Channel is the one whose calls are affected; those of all if it is empty.
	Channel string
	// Times is how many calls are affected; 0 means every one until Heal.
	Times int
	// Probability is the share of calls affected, above 0 to 1; 0 means all.
	Probability float64
}

type fault struct {
	Fault
	healed chan struct{}
}

// Fail makes calls of the method fail. Method is a Web API method or "upload". Faults of one method queue up: the next begins when the one before
// has affected its number of calls. A fault that is not one of those described
// would test something else than the test says, so Fail panics over it.
func (s *Server) Fail(method string, f Fault) {
	ways := 0
	for _, set := range []bool{f.Error != "", f.Status != 0, f.Body != "", f.Hang, f.Drop, f.Delay > 0} {
		if set {
			ways++
		}
	}
	if ways != 1 || f.RetryAfter != "" && f.Status == 0 || f.Apply && f.Delay > 0 {
		panic(fmt.Sprintf("no fault of %s: %+v", method, f))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[method] = append(s.faults[method], &fault{Fault: f, healed: make(chan struct{})})
}

// Heal ends all faults of the method, or of every method when it is "". Hanging
// calls lose their connection.
func (s *Server) Heal(method string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, list := range s.faults {
		if method != "" && name != method {
			continue
		}
		for _, f := range list {
			close(f.healed)
		}
		delete(s.faults, name)
	}
}

// befall picks the fault that affects this call, or nil.
func (s *Server) befall(method string, call *Call) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.faults[method]
	i := slices.IndexFunc(list, func(f *fault) bool { return f.Times >= 0 && (f.Channel == "" || f.Channel == call.Args["channel"]) })
	if i < 0 {
		return nil
	}
	f := list[i]
	if f.Probability > 0 && rand.Float64() >= f.Probability {
		return nil
	}
	if f.Times > 0 {
		if f.Times--; f.Times == 0 {
			// Spent, but kept in the list: Heal must still release its hanging calls.
			f.Times = -1
		}
	}
	return f
}

// respond carries out the call and answers it, unless a fault prevents that.
func (s *Server) respond(w http.ResponseWriter, r *http.Request, name string, call *Call, apply func() reply) {
	f := s.befall(name, call)
	if f == nil || f.Delay > 0 {
		rep := apply()
		s.finish(call, rep.outcome)
		if f != nil {
			s.hold(r, f, time.After(f.Delay))
		}
		rep.write(w)
		return
	}
	if f.Apply {
		apply()
	}
	switch {
	case f.Hang:
		s.finish(call, "hung")
		s.hold(r, f, nil)
		panic(http.ErrAbortHandler)
	case f.Drop:
		s.finish(call, "dropped")
		half(w)
	case f.Body != "":
		s.finish(call, "half an answer")
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = io.WriteString(w, f.Body)
	case f.Status != 0:
		s.finish(call, fmt.Sprintf("status %d", f.Status))
		if f.RetryAfter != "" {
			w.Header().Set("Retry-After", f.RetryAfter)
		}
		http.Error(w, http.StatusText(f.Status), f.Status)
	default:
		rep := s.jsonReply(name, fail(f.Error))
		s.finish(call, f.Error)
		rep.write(w)
	}
}

// hold keeps a caller waiting until it gives up, the fault or the server ends, or it is over.
func (s *Server) hold(r *http.Request, f *fault, over <-chan time.Time) {
	select {
	case <-over:
	case <-s.done:
	case <-f.healed:
	case <-r.Context().Done():
	}
}

// half sends the beginning of an answer and breaks off.
func half(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer conn.Close()
	_, _ = conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 512\r\n\r\n{\"ok\":tr"))
}
