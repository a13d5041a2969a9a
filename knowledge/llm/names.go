package llm

import "strings"

// A word that is known may be a name all the same. These are names too: they are sent in
// lower case only, and only where nothing beside them looks like the rest of a name. Of the
// words of the phrasebook, they are the ones that people in Britain are called.
var names = set(`
april august baby bank bell bells berry bill bishop black blood bond bridge bright broad brown buck budge carter
case chance charity chase child church cook cross curry day dean dodge don drew duck faith farm farmer field fin
fire foster frank friend gale garden grace grant green guy hall hand head heart hedges hill holder holiday hook
hope house hunt iris ivy jack joy judge june justice key king kit lane law lean lent little lock long love main man
manners marina mark marsh mason may miles mill mills moon moor mould mull nan new nice nick nolan old page park
parks pat patch peace penny pet petty plant pooh pool post potter power price pride prior purse quick rain rich
river rob robin root rose rush salt sandy scout sergeant sharp shell ship short skill skip slow small smoke
snow son soul south spring stamp star steel stone street strong sue summer sweet tailor tree trump twist van vicar
victor violet wall war ward warden wards watch water west wheel white wild will wind winter wise wonder wood worth
worthy yard young
`)

// auxiliary are those of them that sentences begin with, and subjects the words that then
// follow.
var (
	auxiliary = set(`will may`)
	subjects  = set(`a all an any anybody anyone both council councillors each either every everybody everyone he i it
members my nobody officers one our partners people she somebody someone that the their there these they this those
us we what who you your`)
)

// titles come before a name. They are sent: an answer may turn on them. After the short
// ones, whatever follows is a name.
var (
	titles = set(`
alderman chair chairman chairperson chairwoman clerk cllr cllrs clr councillor councillors dame dr lady lord mayor
mayoress miss mr mrs ms mx officer prof professor rev revd reverend sir
`)
	short = set(`cllr cllrs clr dame dr lord mr mrs ms mx prof revd sir`)
)

// plain are the words that most often follow a title where no name does.
var plain = set(`
a act acts also and are as at attend be can cannot could declare did do does for from had has have in is it may might
must need needs not of on or our represent represents should sign that the their they to was were who whose will with would
`)

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
