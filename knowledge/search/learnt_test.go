package search

import (
	"flag"
	"os"
	"runtime"
	"strings"
	"testing"

	"partnershipbot/knowledge"
)

var update = flag.Bool("update", false, "rewrite learnt.bin")

// TestLearnt compares what is kept in learnt.bin with what the phrasebook teaches now. Other
// processors round the weights differently.
func TestLearnt(t *testing.T) {
	if testing.Short() {
		t.Skip("trains on all of the phrasebook; without -short")
	}
	var file []byte
	_, err := newIndex(knowledge.Biddulph(), phrasebookText, func(samples []sample, classes int) *learnt {
		l := train(samples, classes)
		file = append(digest(samples, classes), l.pack()...)
		return l
	})
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("learnt.bin", file, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	of := digest(nil, 0)
	same := strings.HasPrefix(learntFile, string(file[:len(of)]))
	if runtime.GOARCH == "amd64" {
		same = learntFile == string(file)
	}
	if !same {
		t.Error("learnt.bin is of another phrasebook or training; run: go generate ./knowledge/search")
	}
}
