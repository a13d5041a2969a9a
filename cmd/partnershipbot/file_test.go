package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// TestWriteFileOnce: of many who write a file of one name at once, one does, and the others
// are told that there is one.
func TestWriteFileOnce(t *testing.T) {
	const many = 50
	for range 20 {
		dir := t.TempDir()
		name := filepath.Join(dir, "register.csv")
		var errs [many]error
		var ready, ended sync.WaitGroup
		ready.Add(many)
		for i := range many {
			ended.Go(func() {
				errs[i] = writeFile(name, func(w io.Writer) error {
					ready.Done()
					ready.Wait() // so that nobody sees another's file before the work is done
					_, err := fmt.Fprint(w, i)
					return err
				})
			})
		}
		ended.Wait()
		written, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, err := range errs {
			if own := string(written) == fmt.Sprint(i); own && err != nil || !own && !errors.Is(err, fs.ErrExist) {
				t.Errorf("the file holds %s, and %d got %v", written, i, err)
			}
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
			t.Errorf("left in the folder: %v, %v", left, err)
		}
	}
}
