package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "partnershipbot/"

// allowed lists, for each package, the packages of ours and the outside clients that it may
// import. Arrows run one way: cmd, bot, handlers, knowledge.
var allowed = map[string][]string{
	"knowledge":            {},
	"knowledge/search":     {"knowledge"},
	"knowledge/assessment": {"knowledge"},
	"knowledge/llm":        {"knowledge", "github.com/sashabaranov/go-openai"},
	"handlers":             {"knowledge", "knowledge/assessment", "knowledge/search"},
	"handlers/ask":         {"handlers", "knowledge", "knowledge/assessment", "knowledge/search"},
	"handlers/assess":      {"handlers", "knowledge", "knowledge/assessment", "knowledge/search"},
	"handlers/clerk":       {"handlers", "knowledge", "knowledge/assessment", "knowledge/search"},
	"handlers/report":      {"handlers", "knowledge", "knowledge/assessment", "codeberg.org/go-pdf/fpdf"},
	"handlers/privacy":     {"handlers", "knowledge/search"},
	// The store keeps the handlers' own types, so it imports them; they do not import it.
	"handlers/boltstore":           {"handlers", "knowledge", "knowledge/assessment", "github.com/boltdb/bolt"},
	"handlers/boltstore/diskfault": {},
	"bot":                          {"handlers", "bot/blocks", "github.com/slack-go/slack", "github.com/gorilla/websocket"},
	"bot/blocks":                   {"handlers", "knowledge", "github.com/slack-go/slack"},
	"bot/slackfake":                {"github.com/gorilla/websocket"},
}

// clients are the packages that reach the outside world; a package may import one only if
// the table says so.
var clients = []string{
	"github.com/slack-go/slack", "github.com/boltdb/bolt", "github.com/sashabaranov/go-openai", "github.com/gorilla/websocket", "net/http", "codeberg.org/go-pdf/fpdf",
}

// mayServe are the packages that may use net/http.
var mayServe = []string{"bot", "bot/slackfake", "knowledge/llm"}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(p.ImportPath, module)
		if strings.HasPrefix(name, "cmd/") {
			continue // it joins all the others
		}
		may, ok := allowed[name]
		if !ok {
			t.Errorf("package %s is not in the table: what may it import?", name)
			continue
		}
		seen++
		for _, imported := range p.Imports {
			if own, ok := strings.CutPrefix(imported, module); ok && !slices.Contains(may, own) {
				t.Errorf("%s imports %s", name, own)
			}
			for _, client := range clients {
				used := imported == client || strings.HasPrefix(imported, client+"/")
				if used && !slices.Contains(may, client) && !(client == "net/http" && slices.Contains(mayServe, name)) {
					t.Errorf("%s imports %s", name, imported)
				}
			}
		}
	}
	if seen != len(allowed) {
		t.Errorf("%d packages checked, the table has %d", seen, len(allowed))
	}
}

// TestNothingIsCalledByName keeps the program small: once text/template is linked in, the
// linker can drop no exported method, and the program grows by a quarter, on disk and in
// memory.
func TestNothingIsCalledByName(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	if slices.Contains(strings.Fields(string(out)), "text/template") {
		t.Error("the program depends on text/template")
	}
}
