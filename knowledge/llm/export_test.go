package llm

import "partnershipbot/knowledge"

// CheckReply is what Answer does with a reply.
func (c *Client) CheckReply(text string) (knowledge.Reading, error) { return c.check(text) }
