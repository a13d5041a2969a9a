package clerk

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// title is what a result is called: the words of its name and of its partners'.
type title struct {
	ref   assessment.Reference
	words []string
}

func titleOf(ref assessment.Reference, texts ...string) title {
	return title{ref, strings.Fields(handlers.Fold(strings.Join(texts, " ")))}
}

func (t title) has(word string) bool { return slices.Contains(t.words, word) }

// hasAll reports whether a title has all words, as they are or bare.
func (t title) hasAll(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !t.has(w) && !t.has(bare(w)) })
}

// titles are those that have all words, the newest first: of a councillor their own, of the clerk all.
func (c *Clerk) titles(ctx context.Context, req handlers.Request, words ...string) (titles []title, err error) {
	if req.Clerk {
		var text string // as the store looks for it
		for _, w := range words {
			text += bare(w) + " "
		}
		found, err := c.store.Cases(ctx, req.Team, handlers.Filter{Text: text, Newest: true}, "", handlers.MostNamed)
		for _, one := range found.Cases {
			titles = append(titles, titleOf(one.Reference, one.Title, one.Partners, one.Partnership.Name, one.Partnership.Partners))
		}
		return having(titles, words), err
	}
	records, err := c.store.Records(ctx, req.Team, req.Person, "", handlers.MostNamed)
	for _, r := range records {
		titles = append(titles, titleOf(r.Reference, r.Answers[assessment.Title].Text, r.Answers[assessment.Partners].Text))
	}
	return having(titles, words), err
}

// oneCalled is the result that goes by a name; ok is false where none does, or several do.
func (c *Clerk) oneCalled(ctx context.Context, req handlers.Request, name string) (ref assessment.Reference, ok bool, err error) {
	words := nameOf(name)
	if len(words) == 0 {
		return "", false, nil
	}
	named, err := c.titles(ctx, req, words...)
	if err != nil || len(named) != 1 {
		return "", false, err
	}
	return named[0].ref, true, nil
}

// having are those of titles that have all words.
func having(titles []title, words []string) (those []title) {
	for _, t := range titles {
		if t.hasAll(words) {
			those = append(those, t)
		}
	}
	return those
}

// casesOf are the results that have titles.
func (c *Clerk) casesOf(ctx context.Context, req handlers.Request, titles []title) (cases []handlers.Case, err error) {
	for _, t := range titles {
		one, err := c.store.Case(ctx, req.Team, t.ref)
		if err != nil {
			return nil, err
		}
		cases = append(cases, one)
	}
	return cases, nil
}

// bare is a word without the ending that a name has in "the food bank's conditions".
func bare(word string) string { return strings.TrimSuffix(word, "'s") }

// around are words around a name that are no part of it.
var around = lists.Words("around")

// namesNothing reports whether a word is part of no name.
func namesNothing(word string) bool {
	return slices.Contains(unnamed, word) || slices.Contains(around, word)
}

// nameOf are the words of folded ones that may be a name; none if none of them tells one from another.
func nameOf(said string) []string {
	words := slices.DeleteFunc(strings.Fields(said), namesNothing)
	if !slices.ContainsFunc(words, handlers.TellsApart) {
		return nil
	}
	return words
}

// wordsOf are the words of a protocol, which name nothing.
func wordsOf(p *knowledge.Protocol) map[string]bool {
	words := map[string]bool{}
	for _, section := range p.Sections() {
		for _, clause := range section.Clauses {
			for _, w := range strings.Fields(handlers.Fold(clause.Text)) {
				words[strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })] = true
			}
		}
	}
	return words
}
