package search

import (
	"bytes"
	"encoding/gob"
	"flag"
	"os"
	"runtime"
	"testing"

	"partnershipbot/knowledge"
)

var update = flag.Bool("update", false, "rewrite learnt.bin")

// TestLearnt holds what is kept in learnt.bin against what the phrasebook teaches now. Other
// processors round the weights otherwise.
func TestLearnt(t *testing.T) {
	if testing.Short() {
		t.Skip("trains on all of the phrasebook; without -short")
	}
	var file bytes.Buffer
	_, err := newIndex(knowledge.Biddulph(), phrasebookText, func(samples []sample, classes int) *learnt {
		l := train(samples, classes)
		file.Write(digest(samples, classes))
		if err := gob.NewEncoder(&file).Encode(l); err != nil {
			t.Fatal(err)
		}
		return l
	})
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("learnt.bin", file.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	of := digest(nil, 0)
	same := bytes.HasPrefix(learntFile, file.Bytes()[:len(of)])
	if runtime.GOARCH == "amd64" {
		same = bytes.Equal(learntFile, file.Bytes())
	}
	if !same {
		t.Error("learnt.bin is of another phrasebook or training; run: go generate ./knowledge/search")
	}
}
