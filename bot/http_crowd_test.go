package bot_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"partnershipbot/bot/slackfake"
)

// TestHTTPCrowd: bodies that do not end keep nobody out, and no more of them are read at once
// than there is room for.
func TestHTTPCrowd(t *testing.T) {
	d := newDesk(t)
	d.logged("listening")
	const unfinished, room = 600, 512
	begun, took, answers := time.Now(), slackfake.Stopwatch(), make(chan string, unfinished)
	for range unfinished {
		conn, err := net.Dial("tcp", strings.TrimPrefix(d.base, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Slack-Signature: v0=00\r\nX-Slack-Request-Timestamp: %d\r\nContent-Length: 500\r\n\r\n{",
			time.Now().Unix())
		go func() {
			line, _ := bufio.NewReader(conn).ReadString('\n')
			answers <- line
		}()
		if len(answers) > 0 && time.Since(begun) < 2*time.Second {
			t.Fatalf("answered at once: %s", <-answers)
		}
	}
	if status, body := d.do(request{path: "/slack/events", body: message("Ev0", "1.0", "hello")}); status != http.StatusOK {
		t.Errorf("in the crowd: answered %d %q", status, body)
	}
	early := 0
	for range unfinished {
		if line := <-answers; !strings.Contains(line, "400") && !strings.Contains(line, "503") {
			t.Errorf("an unfinished request was answered with %q", line)
		}
		if time.Since(begun) < 7*time.Second/2 {
			early++
		}
	}
	if took := took(); took > 6*time.Second || early > room {
		t.Errorf("%d of %d unfinished requests were read at once, the last ended after %v", early, unfinished, took)
	}
}

// TestHTTPClaims: bodies of which only the length is known keep nobody out, and the log says
// once a minute that they were refused.
func TestHTTPClaims(t *testing.T) {
	d := newDesk(t)
	d.logged("listening")
	const crowd = 16
	answers := make(chan string, crowd)
	for range crowd {
		conn, err := net.Dial("tcp", strings.TrimPrefix(d.base, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Slack-Signature: v0=00\r\nX-Slack-Request-Timestamp: %d\r\nContent-Length: 1048576\r\n\r\n{",
			time.Now().Unix())
		go func() {
			line, _ := bufio.NewReader(conn).ReadString('\n')
			answers <- line
		}()
	}
	for i, words := range []string{"hello", strings.Repeat("hello ", 6000)} {
		for n := range 10 {
			id := fmt.Sprintf("%d.%d", i+1, n)
			hello := request{path: "/slack/events", body: message("Ev"+id, id, words)}
			status, body := d.do(hello)
			for strings.Contains(body, "not stored in time") { // on a slow machine, which keeps nobody out
				status, body = d.do(hello)
			}
			if status != http.StatusOK {
				t.Fatalf("meanwhile: answered %d %q", status, body)
			}
		}
	}
	for range crowd {
		if line := <-answers; !strings.Contains(line, "400") {
			t.Errorf("an unfinished request was answered with %q", line)
		}
	}
	if n := strings.Count(d.log.String(), "request not taken"); n != 1 {
		t.Errorf("%d lines in the log, want 1", n)
	}
}

// TestHTTPBodies: large bodies that do not end fill no memory, and a sender for whom there is
// no room is told so.
func TestHTTPBodies(t *testing.T) {
	d := newDesk(t)
	d.logged("listening")
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapInuse
	}
	const crowd, ceiling = 512, 32 << 20
	before, body := heap(), bytes.Repeat([]byte("x"), 1<<20-2)
	answers := make(chan string, crowd)
	for i := range crowd {
		length := "Content-Length: 1048575\r\n\r\n"
		if i%8 == 0 {
			length = "Transfer-Encoding: chunked\r\n\r\nfffff\r\n"
		}
		go func() {
			conn, err := net.Dial("tcp", strings.TrimPrefix(d.base, "http://"))
			if err != nil {
				answers <- err.Error()
				return
			}
			defer conn.Close()
			fmt.Fprintf(conn, "POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Slack-Signature: v0=00\r\nX-Slack-Request-Timestamp: %d\r\n%s",
				time.Now().Unix(), length)
			go func() { _, _ = conn.Write(body) }() // until the connection ends
			line, _ := bufio.NewReader(conn).ReadString('\n')
			answers <- line
		}()
	}
	most, full := uint64(0), 0
	for range crowd {
		if strings.Contains(<-answers, "503") {
			full++
		}
		most = max(most, heap())
	}
	if full < crowd/2 {
		t.Errorf("%d of %d were told that there is no room", full, crowd)
	}
	if most > before+ceiling {
		t.Errorf("the heap grew by %d MiB", (most-before)>>20)
	}
	if status, body := d.do(request{path: "/slack/events", body: message("Ev0", "1.0", "hello")}); status != http.StatusOK {
		t.Errorf("afterwards: answered %d %q", status, body)
	}
}

// TestHTTPSlow: whoever takes long to say what they want is cut off, before they keep Slack out.
func TestHTTPSlow(t *testing.T) {
	d := newDesk(t)
	d.logged("listening")
	for name, begins := range map[string]string{
		"nothing":     "",
		"half a line": "POST /slack/ev",
		"no headers":  "POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Slack-",
		"no body": fmt.Sprintf("POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Slack-Signature: v0=1\r\nX-Slack-Request-Timestamp: %d\r\n"+
			"Content-Length: 9\r\n\r\n{", time.Now().Unix()),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", strings.TrimPrefix(d.base, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			took := slackfake.Stopwatch()
			if _, err := io.WriteString(conn, begins); err != nil {
				t.Fatal(err)
			}
			_ = conn.SetReadDeadline(time.Now().Add(time.Minute))
			_, _ = io.Copy(io.Discard, conn) // until it is cut off
			if took := took(); took > 5*time.Second {
				t.Errorf("kept for %v", took)
			}
		})
	}
}

// TestHTTPConnections: only Slack keeps a connection open.
func TestHTTPConnections(t *testing.T) {
	d := newDesk(t)
	d.logged("listening")
	open := d.http.Transport
	for name, tt := range map[string]struct {
		r    request
		kept bool
	}{
		"Slack":          {request{path: "/slack/events", body: message("Ev1", "1.1", "hello")}, true},
		"nowhere":        {request{method: http.MethodGet, path: "/"}, false},
		"no post":        {request{method: http.MethodGet, path: "/slack/events"}, false},
		"unsigned":       {request{path: "/slack/events", header: map[string]string{"X-Slack-Signature": ""}}, false},
		"wrongly signed": {request{path: "/slack/events", body: "{}", header: map[string]string{"X-Slack-Signature": "v0=00"}}, false},
	} {
		var kept bool
		d.http.Transport = closing{open, &kept}
		if _, _, err := d.try(tt.r); err != nil || kept != tt.kept {
			t.Errorf("%s: kept open: %v, want %v (%v)", name, kept, tt.kept, err)
		}
	}
}

// closing notes whether a connection is kept for another request.
type closing struct {
	http.RoundTripper
	kept *bool
}

func (c closing) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.RoundTripper.RoundTrip(r)
	*c.kept = err == nil && !resp.Close
	return resp, err
}
