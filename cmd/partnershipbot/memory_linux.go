package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"syscall"
)

// freeProgram gives back the pages of the program itself. One that is needed again is mapped again from
// the system's cache, with its neighbours, so that in time most would count as the process's memory:
// those that only the start needed, and those of what is done now and then.
func freeProgram() {
	for _, part := range ownPages() {
		// Only saves memory, so a failure does no harm.
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, part[0], part[1]-part[0], syscall.MADV_DONTNEED)
	}
}

// ownPages are where the parts of the program that are never written to begin and end in memory.
var ownPages = sync.OnceValue(func() (parts [][2]uintptr) {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return nil
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return nil
	}
	return constant(string(maps), program)
})

// constant is where the parts of a file begin and end in memory that are never written to.
func constant(maps, file string) (parts [][2]uintptr) {
	for line := range strings.Lines(maps) {
		var from, to uintptr
		var rights, offset, device, inode, path string
		n, _ := fmt.Sscanf(line, "%x-%x %s %s %s %s %s", &from, &to, &rights, &offset, &device, &inode, &path)
		if n == 7 && path == file && strings.HasPrefix(rights, "r-") {
			parts = append(parts, [2]uintptr{from, to})
		}
	}
	return parts
}
