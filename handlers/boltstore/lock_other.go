//go:build !unix || solaris || aix

package boltstore

import (
	"errors"
	"os"
)

// lockShared cannot do here what it does on Unix.
func lockShared(*os.File) error { return errors.ErrUnsupported }
