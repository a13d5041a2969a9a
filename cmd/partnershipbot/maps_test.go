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

// TestMapsAreWhole: a package's own map names each of its files, but for those that are one
// system's part of another.
func TestMapsAreWhole(t *testing.T) {
	partOf := regexp.MustCompile(`_(linux|unix|other|test)\.go$`)
	entry := regexp.MustCompile(`(?m)^//\t[a-z_]+\.go `)
	maps := 0
	for _, pattern := range []string{"*/doc.go", "*/*/doc.go"} {
		found, err := filepath.Glob(filepath.Join("..", "..", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !entry.Match(text) {
				continue
			}
			maps++
			files, err := filepath.Glob(filepath.Join(filepath.Dir(name), "*.go"))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				if f != name && !partOf.MatchString(f) && !regexp.MustCompile(`\b`+regexp.QuoteMeta(filepath.Base(f))).Match(text) {
					t.Errorf("%s does not name %s", name, filepath.Base(f))
				}
			}
		}
	}
	if maps < 5 {
		t.Errorf("only %d maps", maps)
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
