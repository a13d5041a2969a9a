//go:build unix

package main

import (
	"net"
	"sync"
	"syscall"
)

// masking is held while the umask is changed: two goroutines at once could each restore
// what the other had set.
var masking sync.Mutex

// listenMasked makes a socket that nobody else has permissions on, from the first instant:
// changing the mode afterwards would be too late for a client already in the queue. The
// umask belongs to the whole process, so a file that another goroutine makes meanwhile may
// get fewer permissions, but never more.
func listenMasked(path string) (net.Listener, error) {
	masking.Lock()
	defer masking.Unlock()
	defer syscall.Umask(syscall.Umask(0o177))
	return net.Listen("unix", path)
}
