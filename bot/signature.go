package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"
	"time"
)

// The headers of a signed request, and how far its time may be off
// (docs.slack.dev/authentication/verifying-requests-from-slack).
const (
	signatureHeader = "X-Slack-Signature"
	timestampHeader = "X-Slack-Request-Timestamp"
	signatureWindow = 5 * time.Minute
)

// Reasons to refuse a request; each is the sentence that its sender reads.
var (
	ErrUnsigned = errors.New("this request is not signed by Slack")
	ErrForged   = errors.New("this request is not signed with this app's signing secret")
	ErrOld      = errors.New("this request was signed more than five minutes ago, or one of the clocks is wrong")
)

// SigningSecret is the app's secret, with which Slack signs its requests: 32 hex digits, used
// as text.
type SigningSecret string

// Verify checks the signature of a request over its raw body. The error is [ErrUnsigned],
// [ErrForged] or [ErrOld]. A request that is sent twice passes twice: the caller has to
// recognise it. An empty secret verifies nothing.
func (s SigningSecret) Verify(h http.Header, body []byte, now time.Time) error {
	if err := headed(h, now); err != nil {
		return err
	}
	mac := hmac.New(sha256.New, []byte(s))
	mac.Write([]byte("v0:" + h.Get(timestampHeader) + ":"))
	mac.Write(body)
	want := "v0=" + hex.EncodeToString(mac.Sum(nil))
	if s == "" || !hmac.Equal([]byte(want), []byte(h.Get(signatureHeader))) { // in constant time
		return ErrForged
	}
	return nil
}

// headed checks what can be checked before the body is read.
func headed(h http.Header, now time.Time) error {
	if h.Get(signatureHeader) == "" || h.Get(timestampHeader) == "" {
		return ErrUnsigned
	}
	sent, err := strconv.ParseInt(h.Get(timestampHeader), 10, 64)
	if err != nil {
		return ErrUnsigned
	}
	if now.Sub(time.Unix(sent, 0)).Abs() > signatureWindow {
		return ErrOld
	}
	return nil
}
