package report

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// box stands in print for a character that the font lacks.
const box = "□"

// inFont returns the characters in the font, which are the same in regular and bold; all are
// below U+10000.
var inFont = sync.OnceValue(func() map[rune]bool {
	font, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		panic("the font is part of the program: " + err.Error())
	}
	has := map[rune]bool{}
	for r := rune(' '); r <= 0xFFFF; r++ {
		if glyph, err := font.GlyphIndex(nil, r); err == nil && glyph != 0 {
			has[r] = true
		}
	}
	return has
})

// hyphens are replaced by a plain one where the font lacks them.
var hyphens = strings.NewReplacer("\u2010", "-", "\u2011", "-")

// printable returns text in characters that the font has. It composes characters if it can,
// otherwise leaves out the marks that the font lacks, and otherwise puts a box; lacking reports
// whether there is a box.
func printable(text string) (print string, lacking bool) {
	if plain(text) {
		return text, false
	}
	var b strings.Builder
	for _, r := range hyphens.Replace(norm.NFC.String(text)) {
		if r == '\n' || inFont()[r] {
			b.WriteRune(r)
			continue
		}
		for _, part := range norm.NFKD.String(string(r)) {
			switch {
			case inFont()[part]:
				b.WriteRune(part)
			case !unicode.In(part, unicode.Mn, unicode.Cf):
				b.WriteString(box)
				lacking = true
			}
		}
	}
	return b.String(), lacking
}
