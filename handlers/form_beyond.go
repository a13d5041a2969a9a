package handlers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// rowNumbers are figures as rows are named by, and not part of a word or an amount.
var rowNumbers = regexp.MustCompile(`[£$€.]?\b\d+\b(?:[%.]\d)?%?`)

// Beyond gives the numbers in a text that would answer the form, if only it had so many rows,
// as typed. It is read with numbers of rows in their place: "we have 20 officers" is no answer.
func (f Form) Beyond(text string) (none []string) {
	rows := f.rows()
	text = between.ReplaceAllString(inFigures(text), "$1 to $2")
	said := rowNumbers.FindAllString(text, -1)
	free := 1 // the next row that is not named
	var ends []int
	var read strings.Builder
	at := 0
	for _, m := range rowNumbers.FindAllStringIndex(text, -1) {
		number := text[m[0]:m[1]]
		read.WriteString(text[at:m[0]])
		at = m[1]
		n, err := strconv.Atoi(number)
		if err != nil || n >= 1 && n <= rows {
			read.WriteString(number)
			continue
		}
		none = append(none, number)
		for slices.Contains(said, strconv.Itoa(free)) && free < rows {
			free++
		}
		if n = free; strings.HasSuffix(text[:m[0]], " to ") {
			n = rows // "3 to 9"
		}
		read.WriteString(strconv.Itoa(n))
		ends, free = append(ends, read.Len()), min(free+1, rows)
	}
	read.WriteString(text[at:])
	if len(none) == 0 {
		return nil
	}
	rest := ""
	if _, ok := f.Read(read.String()); !ok { // it may go on to something else
		if _, rest = f.HearTicks(read.String()); rest == read.String() {
			return nil
		}
	}
	n := 0
	for n < len(ends) && ends[n] <= read.Len()-len(rest) {
		n++
	}
	return none[:n]
}

// rows are how many things can be named by their number.
func (f Form) rows() int {
	if len(f.Fields) == 0 || !f.Fields[0].Many {
		return len(f.Fields)
	}
	n := 0
	for _, field := range f.Fields {
		n += len(field.Options)
	}
	return n
}

// Short gives how many answers a text is that says nothing but answers, one after another, and
// not as many as the form has rows: "yes yes", "yes, no, yes" of five. It is 0 for any other.
// The same said in two ways, as in "yes, certainly", is one.
func (f Form) Short(text string) int {
	words := strings.Fields(Fold(text))
	if len(words) < 2 || len(f.Fields) < 2 || f.Fields[0].Many {
		return 0
	}
	n, repeated := 0, false
	for i, w := range words {
		if w == "and" && i > 0 {
			continue
		}
		if _, ok := f.option(w); !ok {
			return 0
		}
		repeated = repeated || i > 0 && w == words[0]
		n++
	}
	if _, one := f.option(strings.Join(words, " ")); n == len(f.Fields) || one && !repeated {
		return 0
	}
	return n
}

// others is the form as it stands where lines are excepted by their numbers: the line that sets
// such a one aside is then among all the others, unless another that does so is ticked already.
func (f Form) others(excepted []int) Form {
	n, whole := 0, 0
	var aside *Option // what was ticked here for the line that is excepted
	open := false
	fields := slices.Clone(f.Fields)
	for i := range fields {
		fields[i].Options = slices.Clone(fields[i].Options)
		for j := range fields[i].Options {
			switch o := &fields[i].Options[j]; {
			case !o.Apart:
				whole, open, aside = n, true, nil
			case o.Chosen && aside != nil:
				aside.Chosen = false
			case o.Chosen:
				open = false
			case open && slices.Contains(excepted, whole):
				o.Chosen, open, aside = true, false, o
			}
			n++
		}
	}
	f.Fields = fields
	return f
}
