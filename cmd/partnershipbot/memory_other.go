//go:build !linux

package main

// freeProgram does nothing: how pages are given back differs between systems.
func freeProgram() {}
