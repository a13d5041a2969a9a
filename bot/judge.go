package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// verdict is what Slack's answer means for a reply.
type verdict int

const (
	posted   verdict = iota
	tryAgain         // later, unchanged
	refused          // this call will never succeed
	hopeless         // no call will: the token is invalid, or may not post
)

// verdicts lists the errors that do not mean that the call itself was wrong
// (docs.slack.dev/reference/methods/chat.postMessage#errors). Any other means that it was: the
// channel is gone or archived, the bot is not in it, the person has left. Such a reply is given
// up; what it reports is stored all the same.
var verdicts = map[string]verdict{
	"ratelimited": tryAgain, "rate_limited": tryAgain, "message_limit_exceeded": tryAgain, "internal_error": tryAgain,
	"fatal_error": tryAgain, "service_unavailable": tryAgain, "request_timeout": tryAgain, "team_added_to_org": tryAgain,
	"org_login_required": tryAgain,
	"invalid_auth":       hopeless, "not_authed": hopeless, "account_inactive": hopeless, "token_revoked": hopeless,
	"token_expired": hopeless,
}

// silenced lists the posting errors that every message will meet until somebody changes
// something in Slack.
var silenced = map[string]bool{
	"missing_scope": true, "not_allowed_token_type": true, "access_denied": true, "ekm_access_denied": true,
	"team_access_not_granted": true,
}

// errMute marks an error that keeps the bot from posting at all.
var errMute = errors.New("posting is not allowed")

// errorCode is the error code that Slack answered with; empty if it did not.
func errorCode(err error) string {
	answer, _ := errors.AsType[slack.SlackErrorResponse](err)
	return answer.Err
}

// mute marks a posting error if it is one of those.
func mute(err error) error {
	if silenced[errorCode(err)] {
		return fmt.Errorf("%w: %w", errMute, err)
	}
	return err
}

// judge interprets an error from slack-go; wait is how long Slack asks to wait, or 0.
func judge(err error) (v verdict, wait time.Duration) {
	var (
		limited *slack.RateLimitedError
		answer  slack.SlackErrorResponse
	)
	switch {
	case err == nil:
		return posted, 0
	case errors.Is(err, errMute):
		return hopeless, 0
	case errors.Is(err, errPanic), errors.Is(err, errOversized): // and would be so again
		return refused, 0
	case errors.As(err, &limited):
		return tryAgain, limited.RetryAfter
	case errors.As(err, &answer):
		if v, ok := verdicts[answer.Err]; ok {
			return v, 0
		}
		return refused, 0
	}
	return tryAgain, 0 // no answer, or an unreadable one
}

// tooFast reports whether Slack limits the rate, and how long to wait, if it says. Without the
// header Retry-After, slack-go gives only the status.
func tooFast(err error) (limited bool, wait time.Duration) {
	var (
		after  *slack.RateLimitedError
		status slack.StatusCodeError
	)
	switch {
	case errors.As(err, &after):
		return true, after.RetryAfter
	case errors.As(err, &status):
		return status.Code == http.StatusTooManyRequests, 0
	}
	return strings.HasSuffix(strings.ReplaceAll(errorCode(err), "_", ""), "ratelimited"), 0
}

// unclear reports whether a failed call may have been carried out all the same.
func unclear(err error) bool {
	var (
		status slack.StatusCodeError
		answer slack.SlackErrorResponse
	)
	limited, _ := tooFast(err)
	switch {
	case err == nil, limited, errors.Is(err, context.Canceled):
		return false
	case errors.As(err, &answer):
		return verdicts[answer.Err] == tryAgain
	case errors.As(err, &status):
		return status.Code >= http.StatusInternalServerError
	}
	return true
}

// blocksRefused reports whether Slack objects to the layout, not to the message itself.
func blocksRefused(err error) bool {
	return strings.Contains(errorCode(err), "blocks")
}

// channelGone reports whether Slack knows no such channel.
func channelGone(err error) bool {
	return errorCode(err) == "channel_not_found"
}

// explain adds to a Slack error what the operator can do about it.
func explain(err error) error {
	if todo := advice(err); todo != "" {
		return fmt.Errorf("%w: %s", err, todo)
	}
	return err
}

// advice says what the operator can do about a Slack error that will not pass by itself; it is
// empty for any other.
func advice(err error) string {
	answer, _ := errors.AsType[slack.SlackErrorResponse](err)
	switch answer.Err {
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired":
		return "Slack does not accept the token: copy it again from the app's pages, or reinstall the app"
	case "not_allowed_token_type":
		return "SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-; they may be the wrong way round"
	case "missing_scope":
		return "the app lacks the scope " + answer.Needed + ": paste the manifest again and reinstall the app"
	case "access_denied", "ekm_access_denied", "team_access_not_granted":
		return "the workspace does not let the app post: ask its administrators to allow it"
	}
	return ""
}
