package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"syscall"
)

// freeStart gives back what only the start needed: the garbage of training the index, and the
// pages of the program that did it and that hold the text it read. A page of the program that
// is needed after all is mapped again from the system's cache.
func freeStart() {
	debug.FreeOSMemory()
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return
	}
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	for line := range strings.Lines(string(maps)) {
		var from, to, skip uintptr
		var rights, device, path string
		if n, _ := fmt.Sscanf(line, "%x-%x %s %x %s %d %s", &from, &to, &rights, &skip, &device, &skip, &path); n < 7 {
			continue
		}
		if path == program && strings.HasPrefix(rights, "r-") {
			// Only saves memory, so a failure does no harm.
			_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, from, to-from, syscall.MADV_DONTNEED)
		}
	}
}
