//go:build unix

package main

import (
	"net"
	"sync"
	"syscall"
)

// masking is held by whoever has changed the mask: two at once would each put back what
// the other had set.
var masking sync.Mutex

// listenMasked makes the socket with no rights for others, from the first instant: a
// change of mode comes too late for who is already in the queue. The mask is the whole
// process's; a file that another goroutine makes meanwhile has fewer rights, never more.
func listenMasked(path string) (net.Listener, error) {
	masking.Lock()
	defer masking.Unlock()
	defer syscall.Umask(syscall.Umask(0o177))
	return net.Listen("unix", path)
}
