package boltstore

import (
	"syscall"

	"github.com/boltdb/bolt"
)

// release takes the file's pages out of the process's memory; what is read again is
// mapped again, from the system's cache. It changes nothing that is stored, and readers
// may read meanwhile. Bolt must not map the file anew at the same time, which it does
// only within a write.
func release(db *bolt.DB) error {
	var size int64
	err := db.View(func(tx *bolt.Tx) error {
		size = tx.Size()
		return nil
	})
	if err != nil {
		return err
	}
	if _, _, errno := syscall.Syscall(syscall.SYS_MADVISE, db.Info().Data, uintptr(size), syscall.MADV_DONTNEED); errno != 0 {
		return errno
	}
	return nil
}
