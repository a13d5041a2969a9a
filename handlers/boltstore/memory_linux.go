package boltstore

import (
	"syscall"

	"github.com/boltdb/bolt"
)

// release takes the file's pages out of the process's memory; a page that is read again is
// mapped again from the system's cache. Nothing stored changes, and reads may go on meanwhile.
// Bolt must not remap the file at the same time, which it does only during a write.
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
