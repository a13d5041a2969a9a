package bot_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestHTTPCrowd: who sends bodies that do not end keeps nobody out, and no more of them are
// read at once than there is room for.
func TestHTTPCrowd(t *testing.T) {
	d := newDesk(t)
	d.logged("listening")
	const unfinished, room = 600, 512
	begun, answers := time.Now(), make(chan string, unfinished)
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
		if len(answers) > 0 {
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
	if took := time.Since(begun); took > 6*time.Second || early > room {
		t.Errorf("%d of %d unfinished requests were read at once, the last ended after %v", early, unfinished, took)
	}
}
