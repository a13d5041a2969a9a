package search_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"partnershipbot/knowledge/search"
)

var stop = strings.Fields("a an and are as at be been before both by can could did do does each either else ever for from had has have how if in into is it its itself more much no nor not of on one only or other others our out own same should so some such than that the their them then there these they this those three to two up was we well what when where whether which while who whom why will with within without would you your any all between through across about upon under over may might must us ultimately therefore thus e g")

func TestFrameScratch(t *testing.T) {
	ix, p := newIndex(t)
	seen := map[string]bool{}
	var ws []string
	for _, s := range p.Sections() {
		for _, c := range s.Clauses {
			for _, w := range regexp.MustCompile(`[a-z]+`).FindAllString(strings.ToLower(c.Text), -1) {
				if len(w) > 2 && !seen[w] && !slices.Contains(stop, w) {
					seen[w] = true
					ws = append(ws, w)
				}
			}
		}
	}
	fmt.Println(len(ws), "words")
	for _, f := range []string{"what does it say about %s", "does it mention %s?", "tell me about %s", "is there anything on %s", "what about %s", "where is %s mentioned?", "anything on %s in there", "%s?", "what does the protocol say about %s", "and %s?"} {
		var silent, other, wrong []string
		for _, w := range ws {
			a := ix.Ask(fmt.Sprintf(f, w), nil)
			switch {
			case a.Silent:
				silent = append(silent, w)
			case len(a.Passages) == 0:
				other = append(other, w+":"+string(a.Intent))
			case !strings.Contains(strings.ToLower(a.Passages[0].Quote), w[:min(len(w), 4)]):
				wrong = append(wrong, w)
			}
		}
		fmt.Println(f, "silent", len(silent), silent, "\n   other", other, "\n   without", len(wrong), wrong)
	}
	b, _ := os.ReadFile("/tmp/w/frames_out.txt")
	for _, w := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		line := w + ": "
		for _, f := range []string{"what does it say about %s", "does it mention %s?", "is there anything on %s", "%s?"} {
			a := ix.Ask(fmt.Sprintf(f, w), nil)
			if !a.Silent && len(a.Passages) > 0 {
				line += "[" + string(a.Passages[0].Clause) + "] "
			} else {
				line += "- "
			}
		}
		fmt.Println(line)
	}
	_ = search.Question
}
