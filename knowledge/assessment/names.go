package assessment

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names reads the proposal's title, partners and aim if they are plainly stated.
func names(text string, list []token) []Suggestion {
	var all []Suggestion
	for _, read := range []func(string, []token) (Suggestion, bool){title, partners, aim} {
		if s, ok := read(text, list); ok {
			all = append(all, s)
		}
	}
	return all
}

var (
	calling   = words("called titled entitled named")
	callable  = words("project scheme partnership proposal initiative programme campaign it this")
	noTitle   = words("it them us off for on by in to a an after up back same")
	quoteEnds = map[rune]rune{'“': '”', '"': '"', '‘': '’', '\'': '\''}
)

// maxTitle is the greatest number of words in a title, and maxQuoted the greatest number of
// bytes in one within quotation marks.
const (
	maxTitle  = 8
	maxQuoted = 120
)

// title reads what something is called: "a scheme called Towpath Together".
func title(text string, list []token) (Suggestion, bool) {
	for i, t := range list {
		if !calling[t.word] || i == 0 || i+1 == len(list) || !isCallable(list, i) ||
			noTitle[list[i+1].word] || follows(list, i+1, "same") || doubtful(text, list, match{span: span{i, i + 1}}) {
			continue
		}
		name, end := quoted(text, list[i].end)
		if name == "" {
			s := titleWords(list, i+1)
			if s.end == s.start || s.end-s.start > maxTitle {
				continue
			}
			name, end = s.in(text, list), list[s.end-1].end
		}
		return Suggestion{Title, Answer{Text: name}, text[list[i-1].start:end]}, true
	}
	return Suggestion{}, false
}

// isCallable reports whether what is "called" something is the proposal: "the scheme called",
// "it would be called".
func isCallable(list []token, i int) bool {
	j := i - 1
	for j > 0 && j > i-4 && slices.Contains([]string{"is", "be", "to", "will", "would"}, list[j].word) {
		j--
	}
	return callable[list[j].word]
}

// quoted returns what is between quotation marks straight after a position.
func quoted(text string, from int) (inside string, end int) {
	rest := strings.TrimLeft(text[from:], " :")
	open, size := utf8.DecodeRuneInString(rest)
	last, ok := quoteEnds[open]
	if !ok {
		return "", 0
	}
	from = len(text) - len(rest) + size
	n := strings.IndexRune(text[from:min(len(text), from+maxQuoted)], last)
	if n < 0 || strings.Contains(text[from:from+n], "\n") {
		return "", 0
	}
	return strings.TrimSpace(text[from : from+n]), from + n + utf8.RuneLen(last)
}

// titleWords returns the words of a title from i to the end of the thought.
func titleWords(list []token, i int) span {
	s := span{i, i}
	for s.end < len(list) && s.end-i <= maxTitle && (s.end == i || !list[s.end].stop) && (s.end == i || !parting[list[s.end].word]) {
		s.end++
	}
	return s
}

// orgNouns are words by which an organisation is recognised. A name without one may be a
// person's, and is not read.
var orgNouns = words("trust county society club association institute school college university church charity police nhs " +
	"district federation union foundation agency authority alliance company committee museum surgery hospice friends rotary " +
	"scouts guides brigade wi ltd cic cio llp constabulary highways board library housing waterways")

// ofNouns are those that may go on with "of": Friends of Grange Park.
var ofNouns = words("friends society association trust chamber institute university church federation")

// nameStops are words that occur in no name, so that a name ends before them.
var nameStops = words("to with about on in at by from who that which is are has have will would can could do does did want wants wanted " +
	"like us we they them it this and or but for asked asks ask approached invited invites not no if said says together so because as " +
	"being been was were also both called named titled")

// maxNamed is how many words an organisation's name has at most.
const maxNamed = 8

// org reads the name of an organisation that starts at the i-th word.
func org(text string, list []token, i int) (s span, ok bool) {
	s = span{i, i}
	of := false
	for ; s.end < len(list) && s.end-i < maxNamed; s.end++ {
		t := list[s.end]
		if s.end > i && t.stop || nameStops[t.word] {
			break
		}
		switch {
		case t.word == "of" && s.end > i && ofNouns[list[s.end-1].word]:
			of = true
		case of && !capital(text, t):
			return s, false
		}
	}
	if s.end == i {
		return s, false
	}
	last := list[s.end-1].word
	return s, of && last != "of" || orgNouns[last] || last == otherCouncil
}

func capital(text string, t token) bool {
	r, _ := utf8.DecodeRuneInString(text[t.start:])
	return unicode.IsUpper(r)
}

// orgs reads a list of organisations that starts at the i-th word: "the canal trust, the county
// and us". Words for the speakers and for those already named are skipped. If anything else is
// in the list, it ends before that.
func orgs(text string, list []token, i int) []span {
	var found []span
	for i < len(list) {
		switch w := list[i].word; {
		case w == "and" || w == "plus" || w == "both" || w == "also":
			i++
			continue
		case w == "them" || w == "us" || w == "ourselves":
			i++
		default:
			s, ok := org(text, list, i)
			if !ok {
				return found
			}
			found, i = append(found, s), s.end
		}
		if i < len(list) && list[i].word != "and" && list[i].word != "plus" && !strings.HasPrefix(strings.TrimLeft(text[list[i-1].end:], " "), ",") {
			return found
		}
	}
	return found
}

// joining are words that show, in the same sentence, that "with" means a partnership.
var joining = words("partnership partnering partner partners together jointly alongside collaborate collaborating team")

// partners reads who the others are: who wants or asks us to do something, by whom we were
// asked, with whom, and who "the partners are".
func partners(text string, list []token) (Suggestion, bool) {
	var found []span
	for i, t := range list {
		at := span{i, i + 1}
		switch {
		case t.word == "us" && follows(list, i, "to") && !doubtful(text, list, match{span: at}):
			found = append(found, asker(text, list, i)...)
		case t.word == "by" && i > 0 && slices.Contains([]string{"asked", "invited", "approached"}, list[i-1].word) && !doubtful(text, list, match{span: at}):
			found = append(found, orgs(text, list, i+1)...)
		case t.word == "with" && !follows(list, i, "us") && joins(list, i) && !doubtful(text, list, match{span: at}):
			found = append(found, orgs(text, list, i+1)...)
		case (t.word == "are" || t.word == "be") && i > 0 && slices.ContainsFunc(list[max(0, i-2):i], func(t token) bool { return t.word == "partners" }) &&
			!doubtful(text, list, match{span: at}):
			found = append(found, orgs(text, list, i+1)...)
		}
	}
	// Only one sentence is put back to the person; names from other sentences are left out.
	var named []string
	var at span
	for _, s := range found {
		name := s.in(text, list)
		if list[s.start].sentence != list[found[0].start].sentence || slices.ContainsFunc(named, func(n string) bool { return strings.EqualFold(n, name) }) {
			continue
		}
		if at = at.join(s); len(named) == 0 {
			at = s
		}
		named = append(named, name)
	}
	if len(named) == 0 {
		return Suggestion{}, false
	}
	return Suggestion{Partners, Answer{Text: strings.Join(named, ", ")}, at.in(text, list)}, true
}

func follows(list []token, i int, w string) bool {
	return i+1 < len(list) && !list[i+1].stop && list[i+1].word == w
}

// wanting are the words between an organisation and "us to".
var wanting = words("want wants wanted would like has have asked asking asks invited invites inviting approached is are")

// asker returns the organisations that, before "us to" at the i-th word, are said to want
// something. Their names must begin the thought.
func asker(text string, list []token, i int) []span {
	j := i
	for j > 0 && !list[j].stop && wanting[list[j-1].word] {
		j--
	}
	if j == i || j == 0 || list[j].stop {
		return nil
	}
	s := sentence(list, span{j, j + 1})
	for start := max(s.start, j-3*maxNamed); start < j; start++ {
		if start > s.start && !list[start].stop && !nameStops[list[start-1].word] {
			continue
		}
		if found := orgs(text, list, start); len(found) > 0 && found[len(found)-1].end == j {
			return found
		}
	}
	return nil
}

// joins reports whether a "with" is about doing something together.
func joins(list []token, i int) bool {
	s := sentence(list, span{i, i + 1})
	for j := s.start; j < s.end; j++ {
		if joining[list[j].word] || list[j].word == "us" && follows(list, j, "to") ||
			j == i-1 && (list[j].word == "working" || list[j].word == "work") {
			return true
		}
	}
	return false
}

// takingPart are verbs that say how the Council takes part, and not what for.
var takingPart = words("join be help come sign take get attend work partner sit become consider go meet give do say agree contribute have put pay object fund send lend let")

// aim reads what the proposal is for: "the aim is to ...", "wants us to ...".
func aim(text string, list []token) (Suggestion, bool) {
	for i, t := range list {
		if t.word != "to" || i == 0 || i+2 >= len(list) || list[i+1].stop || t.stop {
			continue
		}
		m := match{span: span{i, i + 1}}
		before := list[i-1].word
		stated := i > 1 && (before == "is" || before == "would") && slices.Contains([]string{"aim", "idea", "purpose", "goal"}, list[i-2].word) && list[i+1].word != "be"
		wanted := before == "us" && i > 1 && wanting[list[i-2].word] && !takingPart[list[i+1].word]
		if !stated && !wanted || doubtful(text, list, m) {
			continue
		}
		c := clause(list, m.span)
		s := span{i + 1, c.end}
		for s.end < len(list) && !list[s.end].stop && list[s.end].word == "and" && stated {
			s.end = clause(list, span{s.end + 1, min(s.end+2, len(list))}).end
		}
		for j := s.start; j < s.end; j++ {
			if list[j].word == "with" {
				s.end = j // "with whom" is another fact
			}
		}
		if n := s.end - s.start; n < 2 || n > 40 {
			continue
		}
		return Suggestion{Aim, Answer{Text: s.in(text, list)}, s.in(text, list)}, true
	}
	return Suggestion{}, false
}
