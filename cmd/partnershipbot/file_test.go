package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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

// TestDataFile: every command refuses a data file that cannot be used, in one sentence, and
// leaves the file as it is.
func TestDataFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	held, garbage := dir+"/held.db", dir+"/garbage.db"
	opened(t, held)
	const text = "not a data file"
	if err := os.WriteFile(garbage, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{held: "in use", garbage: "not a data file of the bot"} {
		for _, args := range [][]string{{"chat"}, {"serve"}, {"backup", dir + "/copy.db"}} {
			env := map[string]string{"PARTNERSHIPBOT_DB": file, "SLACK_BOT_TOKEN": "xoxb-fake", "SLACK_APP_TOKEN": "xapp-fake"}
			var out, errs lockedBuffer
			err := run(t.Context(), environ{getenv: func(k string) string { return env[k] }, stdin: strings.NewReader(""), stdout: &out, stderr: &errs}, args)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %v, want one with %q", args[0], err, want)
			}
			if got := exitStatus(err, &errs); got != 1 {
				t.Errorf("%s: exit status %d, want 1", args[0], got)
			}
		}
	}
	if after, err := os.ReadFile(garbage); err != nil || string(after) != text {
		t.Errorf("the file was changed: %q, %v", after, err)
	}
}
