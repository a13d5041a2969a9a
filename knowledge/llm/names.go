package llm

import "strings"

// Words of the phrasebook that are also what people in Britain are called.
var (
	// given are hardly ever anything else, or what names in small letters are mistaken for.
	given = set(`
anna barney bob bobby brian carol dale daren dean don iris jack joe neil nick nolan pat pip pooh robin sandy sherry
sue tod victor violet
`)
	// either are given names that are ordinary words as often.
	either = set(`
amber april art august bill dot drew faith frank grace grant guy hope ivy joy june mark may miles penny rich rob rose
will
`)
	// family are names that follow a given name or a title, and ordinary words otherwise.
	family = set(`
archer archers baby bacon baker bank banker banks barn beard beck bell bells berry bird bishop black blood bloggs bond
bridge bridges bright broad brook brown buck budge builder bull burn butcher carrier carter case cave champion chance
charity chase cherry child chuck church cook cross crow curate curry dare day dodge driver duck farm farmer field fin fire flower
fort foster fox friend fry gale gamble garden gardener gates glory gold green grey hall ham hand head heart heath hedges heron
hill holder holiday honey hook hoover house hunt jolly judge justice keen key king kit lake lane law lean lemon lent lime
little lock long love main man manners marina marks marsh mason mat meadow mill mills moon moor mould mull mustard nan new
nice old page pal park parks patch peace peat pet petty pier piper plant pool post potter pound power price pride prior
purse quick rain river rock root rush sailor salt scout sergeant sharp shell shepherd shepherds ship short skill skip sky
slow small smoke snow son soul south spring squire stamp star steel stiff stone street strong summer summers sweet tailor tinker tower
trader tree trump twist vale van vicar walker wall walls war ward warden wards watch water waters weaver weir west wheel white
wild wind windmill winner winter wise wonder wood worth worthy yard young
`)
)

// kin follow the name of a family.
var kin = set(`family household brothers sisters twins clan`)

func isName(word string) bool { return given[word] || either[word] || family[word] }

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
	// councillors are the short ones that may stand without a name: "what a cllr may do".
	councillors = set(`cllr cllrs clr`)
)

// plain are the words that most often follow a title when no name does.
var plain = set(`
a act acts also and are as at attend be can cannot could declare did do does for from had has have in is it may might
must need needs not of on or our represent represents should sign that the their they to was were who whose will with would
`)

// These stand beside a name.
var (
	// introducing come before the name of a person: what people are to each other, what is
	// asked of or said to somebody, and "called".
	introducing = set(`
called named nicknamed surname surnamed mate mates pal neighbour cousin brother sister daughter son wife husband uncle
auntie aunt mum dad nephew niece colleague bloke chap lad fella email emails emailed ring rang phone phoned tell tells told
ask asks asked thank thanks saw met gave give gives sent paid owes
`)
	// onwards are the pairs of words that do the same.
	onwards = set(`ask+for asked+for asking+for married+to engaged+to related+to speak+to spoke+to spoken+to talk+to talked+to
write+to wrote+to written+to signed+by run+by sits+with`)
	// questioning do so too, but are more often the beginning of something else.
	questioning = set(`does did is was has had can could should would with between if let`)
	// acting follow the name of a person who opens a sentence, and modal any name.
	acting = set(`is was has had does did says said asks asked thinks thought wants wanted tells told rang emailed from at yesterday`)
	modal  = set(`should would could can must might cannot needs`)
	// determined follow a verb rather than a name, "email the bill", and determining come before
	// a noun, "the bill". A person can be "our Bill".
	determined  = set(`a an the of to our their his her it them us these those`)
	determining = set(`a an the this that these those his her its their no any every each some which what another few`)
)

// compounds tell that a word is none, where the phrasebook has no such pair.
var compounds = set(`
public+art street+art art+class art+classes art+club art+exhibition art+festival art+gallery art+group art+groups
art+project art+projects art+show art+trail art+work art+works good+faith bad+faith faith+group faith+groups faith+school
faith+schools grace+period
`)

// digits are how they are said, and numerals all that numbers are made of.
var (
	digits   = set(`o oh nil nought naught zero one two three four five six seven eight nine double treble triple`)
	numerals = set(`
o oh nil nought naught zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand double treble triple
`)
)

// These are in addresses that are spelt out; domains end them.
var (
	dots    = set(`dot`)
	dashes  = set(`dash hyphen underscore`)
	domains = set(`com org net co gov uk eu info`)
)

func set(words string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}
