package llm

// CheckReply is what Answer does with a reply.
func (c *Client) CheckReply(text string) (Reading, error) { return c.check(text) }
