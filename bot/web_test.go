package bot

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

// TestLongAnswers: an answer is read whole or refused, and one that is refused is not asked for
// again.
func TestLongAnswers(t *testing.T) {
	t.Parallel()
	const empty = `{"ok":true,"channel":""}`
	for name, tt := range map[string]struct {
		size int
		want verdict
	}{
		"the longest": {maxAnswer, posted},
		"a byte more": {maxAnswer + 1, refused},
		"much more":   {2 * maxAnswer, refused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, empty[:len(empty)-2]+strings.Repeat("C", tt.size-len(empty))+`"}`)
			}))
			defer s.Close()
			web := newWeb()
			defer web.CloseIdleConnections()
			_, _, err := slack.New("xoxb", slack.OptionAPIURL(s.URL+"/"), slack.OptionHTTPClient(web)).PostMessage("C1", slack.MsgOptionText("x", false))
			if v, _ := judge(err); v != tt.want {
				t.Errorf("judged %v: %v", v, err)
			}
		})
	}
}
