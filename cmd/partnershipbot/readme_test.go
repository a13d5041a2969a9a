package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadme holds the conversation that the README begins with against the program.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(string(text), "```\n> ")
	shown, _, found := strings.Cut("> "+shown, "```")
	var typed strings.Builder
	for line := range strings.Lines(shown) {
		if said, ok := strings.CutPrefix(line, "> "); ok {
			typed.WriteString(said)
		}
	}
	if !found || typed.Len() == 0 {
		t.Fatal("the README shows no conversation")
	}
	_, said, _ := strings.Cut(chatIn(t, filepath.Join(t.TempDir(), "pa.db"), "councillor", typed.String()), "\n> ")
	said, _, _ = strings.Cut("> "+said, "\nGoodbye.")
	if diff := cmp.Diff(said, shown); diff != "" {
		t.Errorf("the program says another thing than the README (-program +README):\n%s", diff)
	}
}
