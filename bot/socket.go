package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// The connections are the bot's own, since slack-go closes one as soon as Slack announces to end it,
// and opens the next only then. A tap or a command that Slack still sends on the old one comes once
// only. slack-go also gives no word of a delivery that it cannot read as JSON.

const (
	// ackTime bounds the sending of an acknowledgement; Slack waits three seconds
	// (docs.slack.dev/apis/events-api/using-socket-mode).
	ackTime = 2 * time.Second
	// maxSilence is far longer than Slack takes between two pings.
	maxSilence = 30 * time.Second
	// maxParting is longer than Slack takes to end a connection after announcing it: about ten
	// seconds (docs.slack.dev/apis/events-api/using-socket-mode#disconnect).
	maxParting = 15 * time.Second
	// writeBuffer lets every acknowledgement leave in one frame, as slack-go's does: it says that
	// Slack drops those in several.
	writeBuffer = 32 << 10
)

// line is one connection. What came over it is acknowledged over it.
type line struct {
	conn    *websocket.Conn
	writing sync.Mutex
	served  atomic.Bool // it brought a delivery
}

// connect keeps a connection open until ctx ends or Slack refuses, which is reported to fail. What
// comes is handled in the context work. Connections are closed when hung ends: until then what
// was delivered can be acknowledged.
func (b *Bot) connect(ctx, hung, work context.Context) {
	var lines sync.WaitGroup
	defer lines.Wait()
	for pause := (redial{log: b.log}); pause.wait(ctx) == nil; {
		l, err := b.dial(ctx)
		pause.line = l
		var status slack.StatusCodeError
		switch {
		case ctx.Err() != nil:
			if err == nil {
				_ = l.conn.Close()
			}
			return
		case advice(err) != "", errors.As(err, &status) && status.Code == http.StatusNotFound:
			b.fail(fmt.Errorf("connect to Slack: %w", explain(err)))
			return
		case err != nil:
			b.log.Warn("cannot connect to Slack, trying again", "err", withoutURL(err))
			if _, wait := judge(err); wait > 0 {
				sleep(ctx, wait)
			}
			continue
		}
		b.up.Add(1)
		b.log.Info("connected")
		parts := make(chan struct{})
		lines.Go(func() {
			defer l.bye()
			part := sync.OnceFunc(func() { close(parts) })
			defer part()
			b.hear(ctx, work, l, part)
			b.up.Add(-1)
			if ctx.Err() != nil {
				<-hung.Done()
			}
		})
		<-parts
	}
}

// dial opens a connection.
func (b *Bot) dial(ctx context.Context) (*line, error) {
	_, address, err := b.api.StartSocketModeContext(ctx)
	if err != nil {
		return nil, err
	}
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: apiTimeout, WriteBufferSize: writeBuffer}
	conn, _, err := dialer.DialContext(ctx, address, nil) // the library closes the body
	if err != nil {
		return nil, err
	}
	return &line{conn: conn}, nil
}

// hear takes what comes over a connection until that ends or ctx does. It calls part once Slack
// announces to end it.
func (b *Bot) hear(ctx, work context.Context, l *line, part func()) {
	var end time.Time // once Slack has announced it
	lives := func() error {
		silent := time.Now().Add(b.silence)
		if !end.IsZero() && end.Before(silent) {
			silent = end
		}
		_ = l.conn.SetReadDeadline(silent)
		return ctx.Err() // only after that, so that the end of ctx prevails
	}
	defer context.AfterFunc(ctx, func() { _ = l.conn.SetReadDeadline(time.Unix(1, 0)) })()
	l.conn.SetPingHandler(func(data string) error {
		// If it cannot be written, nothing more will be read either.
		_ = l.conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(ackTime))
		return lives()
	})
	var body bytes.Buffer
	for lives() == nil {
		_, r, err := l.conn.NextReader()
		if err != nil {
			return
		}
		body.Reset()
		if _, err := body.ReadFrom(r); err != nil {
			return
		}
		f := readFrame(body.Bytes())
		switch f.Type {
		case socketmode.RequestTypeHello:
		case socketmode.RequestTypeDisconnect:
			if end.IsZero() {
				end = time.Now().Add(b.parting)
			}
			part()
		default:
			l.served.Store(true)
			b.receive(work, l, f)
		}
	}
}

// receive handles what came over a connection. It waits only where too much waits already:
// meanwhile nothing is read from there, and pings go unanswered.
func (b *Bot) receive(ctx context.Context, l *line, f frame) {
	ack := func(payload any) {
		if f.ID == "" {
			return // there is nothing to acknowledge
		}
		if err := l.ack(f.ID, payload); err != nil {
			// Slack sends it again, and the store recognises it.
			b.log.Warn("not acknowledged", "envelope_id", f.ID, "err", err)
		}
	}
	event, err := f.event()
	if err == nil {
		b.deliver(ctx, event, ack, func(Outcome) {})
		return
	}
	b.observe.Delivered("unknown", Unreadable, 0)
	b.log.Warn("delivery not understood", "envelope_id", f.ID, "kind", f.Type)
	ack(nil) // or Slack would keep sending it
}

// bye closes a connection. The system cuts off one that is closed while something in it is unread,
// and what was acknowledged last might not arrive; so what still comes is read, and thrown away.
func (l *line) bye() {
	defer l.conn.Close()
	by := time.Now().Add(hangUpTime / 2)
	farewell := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	if l.conn.WriteControl(websocket.CloseMessage, farewell, by) == nil {
		_ = l.conn.NetConn().SetReadDeadline(by)
		_, _ = io.Copy(io.Discard, l.conn.NetConn()) // until Slack closes it
	}
}

func (l *line) ack(envelope string, payload any) error {
	body, err := json.Marshal(socketmode.Response{EnvelopeID: envelope, Payload: payload})
	if err != nil {
		return err
	}
	l.writing.Lock()
	defer l.writing.Unlock()
	_ = l.conn.SetWriteDeadline(time.Now().Add(ackTime))
	if err := l.conn.WriteMessage(websocket.TextMessage, body); err != nil {
		_ = l.conn.Close() // half of it may have left
		return err
	}
	return nil
}

// frame is what Slack sends over a socket
// (docs.slack.dev/apis/events-api/using-socket-mode#events).
type frame struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}

// readFrame reads as much of a frame as can be read: at least its id, if there is one.
func readFrame(body []byte) (f frame) {
	if json.Unmarshal(body, &f) != nil {
		f = frame{}
		_ = json.Unmarshal(shallow(body), &f)
		f.Payload = nil
	}
	return f
}

// shallow is a JSON object without what its values contain, so that it can be read however deep
// they are: encoding/json gives up at 10,000 levels.
func shallow(object []byte) []byte {
	var out []byte
	depth, quoted, escaped := 0, false, false
	for _, c := range object {
		at := depth // of the value that c belongs to
		switch {
		case escaped:
			escaped = false
		case quoted:
			quoted, escaped = c != '"', c == '\\'
		case c == '"':
			quoted = true
		case c == '{', c == '[':
			depth++
			if at = depth; at == 2 {
				out = append(out, "null"...)
			}
		case c == '}', c == ']':
			depth--
		}
		if at <= 1 {
			out = append(out, c)
		}
	}
	return out
}

// event is a delivery in the form that is common to socket and HTTP. The error is errUnknown, or says why
// it cannot be read.
func (f frame) event() (socketmode.Event, error) {
	e := socketmode.Event{Type: socketmode.EventType(f.Type), Request: &socketmode.Request{Type: f.Type, EnvelopeID: f.ID}}
	err := attempt(func() (err error) {
		switch e.Type {
		case socketmode.EventTypeEventsAPI:
			e.Data, err = readEvent(f.Payload)
		case socketmode.EventTypeInteractive:
			var data slack.InteractionCallback
			err = json.Unmarshal(f.Payload, &data)
			e.Data = data
		case socketmode.EventTypeSlashCommand:
			var data slack.SlashCommand
			err = json.Unmarshal(f.Payload, &data)
			e.Data = data
		default:
			err = errUnknown
		}
		return err
	})
	return e, err
}
