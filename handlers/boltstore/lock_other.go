//go:build !unix || solaris || aix

package boltstore

import (
	"errors"
	"os"
)

// lockShared is not supported on this system.
func lockShared(*os.File) error { return errors.ErrUnsupported }
