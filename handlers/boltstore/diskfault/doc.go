// Package diskfault stands between a test's process and its disk, where the system lets it: on Linux.
package diskfault
