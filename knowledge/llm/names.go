package llm

import "strings"

// names are known words that are names too: of the words in the phrasebook, those that people
// in Britain are called by. They are sent only in lower case, and only if nothing beside them
// looks like the rest of a name.
var names = set(`
anna april art august baby bacon bank barn barney beard beck bell bells berry bill bird bishop black blood bob bobby
bond bridge bright broad brook brown buck budge bull burn butcher carrier carter case cave chance charity chase cherry
child chuck church cook cross crow curate curry dare daren day dean dodge don dot drew driver duck faith farm farmer
field fin fire flower fort foster fox frank friend fry gale gamble garden gates glory grace grant green grey guy hall
ham hand head heart heath hedges heron hill holder holiday honey hook hoover hope house hunt iris ivy jack joe jolly
joy judge june justice keen key king kit lake lane law lean lemon lent lime little lock long love main man manners
marina mark marsh mason mat may meadow miles mill mills moon moor mould mull mustard nan new nice nick nolan old page
pal park parks pat patch peace peat penny pet petty pier piper plant pooh pool post potter pound power price pride
prior purse quick rain rich river rob robin rock root rose rush sailor salt sandy scout sergeant sharp shell sherry
ship short skill skip sky slow small smoke snow son soul south spring squire stamp star steel stiff stone street
strong sue summer sweet tailor tinker tod tree trump twist vale van vicar victor violet walker wall war ward warden
wards watch water weaver weir west wheel white wild will wind windmill winner winter wise wonder wood worth worthy
yard young
`)

// auxiliary are the names that can also begin a question, and subjects the words that then
// follow.
var (
	auxiliary = set(`will may`)
	subjects  = set(`a all an any anybody anyone both council councillors each either every everybody everyone he i it
members my nobody officers one our partners people she somebody someone that the their there these they this those
us we what who you your`)
)

// titles come before a name. They are sent, because an answer may turn on them. After a short
// one, whatever follows is a name.
var (
	titles = set(`
alderman chair chairman chairperson chairwoman clerk cllr cllrs clr councillor councillors dame dr lady lord mayor
mayoress miss mr mrs ms mx officer prof professor rev revd reverend sir
`)
	short = set(`cllr cllrs clr dame dr lord mr mrs ms mx prof revd sir`)
)

// plain are the words that most often follow a title when no name does.
var plain = set(`
a act acts also and are as at attend be can cannot could declare did do does for from had has have in is it may might
must need needs not of on or our represent represents should sign that the their they to was were who whose will with would
`)

// addressed come before the name of a person of whom something is asked or to whom something is
// sent, and acting behind the name of one who opens a sentence; determined follow where neither
// is one: "email the bill".
var (
	addressed  = set(`does did is was has had can could should would email ring phone tell ask told asked emailed`)
	acting     = set(`is was has had does did says said asks asked thinks thought wants wanted told tells rang emailed from at`)
	determined = set(`a an the of to our their his her`)
)

// numerals are how digits are said.
var numerals = set(`
oh nought zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand double treble triple
`)

func set(words string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}
