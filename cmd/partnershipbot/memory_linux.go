package main

import (
	"fmt"
	"iter"
	"os"
	"runtime/debug"
	"strings"
	"syscall"
)

// freeStart gives back what only the start needed: the garbage of training the index, and the
// pages of the program that did it and that hold the text it read. One that is needed after all
// is mapped again from the system's cache.
func freeStart() {
	debug.FreeOSMemory()
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return
	}
	for from, to := range constant(string(maps), program) {
		// Only saves memory, so a failure does no harm.
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, from, to-from, syscall.MADV_DONTNEED)
	}
}

// constant yields where the parts of a file begin and end in memory that are never written to.
func constant(maps, file string) iter.Seq2[uintptr, uintptr] {
	return func(yield func(from, to uintptr) bool) {
		for line := range strings.Lines(maps) {
			var from, to uintptr
			var rights, offset, device, inode, path string
			n, _ := fmt.Sscanf(line, "%x-%x %s %s %s %s %s", &from, &to, &rights, &offset, &device, &inode, &path)
			if n == 7 && path == file && strings.HasPrefix(rights, "r-") && !yield(from, to) {
				return
			}
		}
	}
}
