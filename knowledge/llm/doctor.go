package llm

import (
	"context"
	"errors"
	"fmt"

	openai "github.com/sashabaranov/go-openai"
)

// Check makes one small call, for doctor. Its error is one sentence that says what to do and
// holds no secret. The call bypasses the breaker and is not retried, but counts towards the
// ceilings.
func (c *Client) Check(ctx context.Context) error {
	if c.base == nil {
		return errors.New("OPENAI_BASE_URL is not an http or https address: set it to one such as http://localhost:11434/v1")
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	resp, err := c.once(ctx, openai.ChatCompletionRequest{
		Model:    c.model,
		Messages: []openai.ChatCompletionMessage{{Role: openai.ChatMessageRoleUser, Content: "Reply with OK."}},
	})
	if err == nil && len(resp.Choices) == 0 {
		err = unavailable(ReasonGarbled, 0)
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return c.advice(e)
	}
	return err
}

func (c *Client) advice(e *Error) error {
	server := "the model server at " + c.base.Host
	switch e.Reason {
	case ReasonKey:
		return fmt.Errorf("%s refuses the key: set OPENAI_API_KEY to one that is valid there", server)
	case ReasonModel:
		return fmt.Errorf("%s does not offer model %q at %s: check OPENAI_MODEL and OPENAI_BASE_URL, which usually ends in /v1",
			server, c.model, c.base.EscapedPath())
	case ReasonRequest:
		return fmt.Errorf("%s refuses the request (status %d): check that OPENAI_MODEL %q is a chat model", server, e.Status, c.model)
	case ReasonBusy:
		return fmt.Errorf("%s says that a limit is reached or credit used up: check the account there, or try again later", server)
	case ReasonServer:
		return fmt.Errorf("%s has a fault of its own (status %d): try again later; until then answers come without it", server, e.Status)
	case ReasonTimeout:
		return fmt.Errorf("%s gave no answer within %s: check that the model is loaded, or choose a faster one", server, c.timeout)
	case ReasonConnection:
		return fmt.Errorf("%s cannot be reached: check OPENAI_BASE_URL, the network, and that the server is running", server)
	case ReasonRedirect:
		return fmt.Errorf("%s sends requests elsewhere: set OPENAI_BASE_URL to the final address", server)
	case ReasonGarbled:
		return fmt.Errorf("%s answers, but not as a model does: check OPENAI_BASE_URL, which usually ends in /v1", server)
	case ReasonCalls, ReasonTokens:
		return errors.New("today's ceiling for the model is reached: raise it, or wait until midnight UTC")
	}
	return e
}
