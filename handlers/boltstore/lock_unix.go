//go:build unix && !solaris && !aix

package boltstore

import (
	"os"
	"syscall"
)

// lockShared keeps Bolt from locking a file until f is closed. It does not wait.
func lockShared(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
}
