package handlers

import "strings"

// Lists are what a file has under names: words, phrases, or regular expressions for them.
type Lists []struct {
	Name  string
	Lines []string
}

// ReadLists reads lines that are indented under the names of their lists; "#" begins a comment.
func ReadLists(text string) (all Lists) {
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		switch {
		case bare == "" || strings.HasPrefix(line, "#"):
		case line[0] == '\t':
			last := &all[len(all)-1]
			last.Lines = append(last.Lines, bare)
		default:
			all = append(all, Lists{{Name: bare}}...)
		}
	}
	return all
}

// Pattern is a regular expression for any line of a list, as the inside of a group. A list
// that is missing is a mistake in the program, and a panic.
func (all Lists) Pattern(name string) string { return strings.Join(all.lines(name), "|") }

// Phrases are those of a list, with "|" between those of a line.
func (all Lists) Phrases(name string) []string { return strings.Split(all.Pattern(name), "|") }

// Words are those of a list, with spaces between them.
func (all Lists) Words(name string) []string {
	return strings.Fields(strings.Join(all.lines(name), " "))
}

func (all Lists) lines(name string) []string {
	for _, list := range all {
		if list.Name == name {
			return list.Lines
		}
	}
	panic("no list is called " + name)
}
