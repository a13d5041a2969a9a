//go:build linux || darwin

package boltstore_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"partnershipbot/handlers/boltstore"
)

func TestFullDisk(t *testing.T) {
	if err := command(t, filepath.Join(t.TempDir(), "pa.db"), "full disk").Run(); err != nil {
		t.Error(err)
	}
}

// fillDisk limits the size of the process's files, so that writing fails as on a full disk.
func fillDisk(s *boltstore.Store, path string) error {
	signal.Ignore(syscall.SIGXFSZ)
	ctx := context.Background()
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	full := syscall.Rlimit{Cur: uint64(info.Size()), Max: limit.Max}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
		return err
	}
	accepted := 0
	for err == nil && accepted < 10_000 {
		if _, err = s.Accept(ctx, turn(strconv.Itoa(accepted))); err == nil {
			accepted++
		}
	}
	if !errors.Is(err, syscall.EFBIG) && !strings.Contains(fmt.Sprint(err), syscall.EFBIG.Error()) {
		return fmt.Errorf("after %d turns: %w", accepted, err)
	}
	for range 3 {
		if _, err := s.Accept(ctx, turn(strconv.Itoa(accepted))); err == nil {
			return errors.New("accepted on a full disk")
		}
	}
	if inbox, err := s.Inbox(ctx); err != nil || len(inbox) != accepted {
		return fmt.Errorf("on a full disk: %d turns: %w", len(inbox), err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	for range 100 {
		if fresh, err := s.Accept(ctx, turn(strconv.Itoa(accepted))); err != nil || !fresh {
			return fmt.Errorf("with space again: fresh %t: %w", fresh, err)
		}
		accepted++
	}
	if inbox, err := s.Inbox(ctx); err != nil || len(inbox) != accepted {
		return fmt.Errorf("with space again: %d turns: %w", len(inbox), err)
	}
	return errors.Join(s.Check(ctx), s.Close())
}
