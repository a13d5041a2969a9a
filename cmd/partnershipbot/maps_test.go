package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestMaps: the files that the packages' own maps and the README name are there.
func TestMaps(t *testing.T) {
	root := filepath.Join("..", "..")
	maps := []string{filepath.Join(root, "README.md")}
	for _, pattern := range []string{"*/doc.go", "*/*/doc.go"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		maps = append(maps, found...)
	}
	file := regexp.MustCompile(`\b(?:[a-z]+/)*[a-z_]+\.(?:go|txt|bin)\b`)
	named := 0
	for _, name := range maps {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range file.FindAllString(string(text), -1) {
			named++
			beside, ofRoot := filepath.Join(filepath.Dir(name), f), filepath.Join(root, "cmd", "partnershipbot", f)
			if !exists(beside) && !exists(ofRoot) {
				t.Errorf("%s names %s, which is not there", name, f)
			}
		}
	}
	if len(maps) < 5 || named < 60 {
		t.Errorf("%d maps name %d files", len(maps), named)
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
