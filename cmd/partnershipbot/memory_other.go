//go:build !linux

package main

import "runtime/debug"

// freeStart gives back the garbage of training the index.
func freeStart() { debug.FreeOSMemory() }
