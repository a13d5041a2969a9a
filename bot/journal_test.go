package bot

import (
	"bytes"
	"context"
	"strings"
	"sync"
)

// journal is a log that may be read while it is written, and waited on.
type journal struct {
	mu      sync.Mutex
	buf     bytes.Buffer
	changed chan struct{}
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.changed != nil {
		close(j.changed)
		j.changed = nil
	}
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

// says waits until the log holds a text n times.
func (j *journal) says(text string, n int) func(context.Context) error {
	return func(ctx context.Context) error {
		for {
			j.mu.Lock()
			if strings.Count(j.buf.String(), text) >= n {
				j.mu.Unlock()
				return nil
			}
			if j.changed == nil {
				j.changed = make(chan struct{})
			}
			changed := j.changed
			j.mu.Unlock()
			select {
			case <-changed:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}
