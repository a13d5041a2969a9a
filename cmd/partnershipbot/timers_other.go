//go:build !linux

package main

// coarsenTimers does nothing: how late a thread is woken can be set on Linux.
func coarsenTimers() {}
