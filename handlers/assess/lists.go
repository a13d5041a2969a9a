package assess

import (
	_ "embed"
	"strings"
)

// repliesText holds what people reply, by what it means. Its head says how it is written.
//
//go:embed replies.txt
var repliesText string

var replies = alternatives(repliesText)

// alternatives are the lists of a text by their names, each with "|" between its lines.
func alternatives(text string) map[string]string {
	by := map[string]string{}
	for _, list := range lists(text) {
		by[list.name] = strings.Join(list.lines, "|")
	}
	return by
}

// list is some lines under a name.
type list struct {
	name  string
	lines []string
}

// lists reads lines that are indented under the names of their lists; "#" begins a comment.
func lists(text string) (all []list) {
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		switch {
		case bare == "" || strings.HasPrefix(line, "#"):
		case line[0] == '\t':
			last := &all[len(all)-1]
			last.lines = append(last.lines, bare)
		default:
			all = append(all, list{name: bare})
		}
	}
	return all
}
