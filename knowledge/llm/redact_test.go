package llm_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/llm"
	"partnershipbot/knowledge/search"
)

func newRedactor() *llm.Redactor {
	p := knowledge.Biddulph()
	return llm.NewRedactor(p, search.NewVocabulary(p))
}

var redactions = []struct{ name, in, want string }{
	{"known words", "Who decides whether we join, and who pays?", "who decides whether we join, and who pays?"},
	{"e-mail", "write to jane.jones@biddulph.example please", "write to [name] please"},
	{"e-mail, odd", "bob＠example, @handle", "[name], [name]"},
	{"e-mail in words", "margaret at btinternet dot com", "[name] at [name]"},
	{"mailto", "<mailto:a@b.org|a@b.org> wrote", "[name] wrote"},
	{"mobile", "ring 07700 900123 today", "ring [number] today"},
	{"landline", "ring (01782) 297 845 or 01782-297845.", "ring [number] or [number]."},
	{"number in words", "ring oh seven seven oh oh, or zero one seven eight", "ring [number], or [number]"},
	{"number in words, short", "ring five five five, or treble six oh", "ring [number], or [number]"},
	{"number in words, mixed", "it is oh 7 double nine, o one 2 treble three", "it is [number], [number]"},
	{"address spelt out", "write to jo at example dot org, or to jo dot green at example dot co dot uk", "write to [name] at [name], or to [name] at [name]"},
	{"address with spaces", "write to jo @ example . org or clerk at example. com. who pays?", "write to [name] at [name] or [name] at [name]. who pays?"},
	{"address in brackets", "write to green [at] example(dot)org please", "write to [name] at [name] please"},
	{"address alone", "it is on council dot gov dot uk now", "it is on [name] now"},
	{"a dot that is no address", "since the year dot . who pays? me. us", "since the year dot, who pays? me. us"},
	{"can't and won't", "I can't and we won't, so why doesn't it? Doesn't it?", "i can not and we will not, so why does not it? does not it?"},
	{"I'm", "I'm new and I've asked", "i am new and i have asked"},
	{"words that are names, used as words", "is there a grant for art projects, and who may mark it? will it cost ten miles of pipe, or a penny? is green waste covered, or the church hall?",
		"is there a grant for art projects, and who may mark it? will it cost ten miles of pipe, or a penny? is green waste covered, or the church hall?"},
	{"pairs", "there's a row between mark and hope, and between rose and will; me and will left", "there a row between [name] and [name], and between [name] and [name]; me and [name] left"},
	{"in apposition", "the treasurer, may brown, left. penny, our clerk, left", "the treasurer, [name], left. [name], our clerk, left"},
	{"cue mistyped", "doe frAnk have to", "does [name] have to"},
	{"numbers in words that stay", "one, two or three partners, ten at most", "one, two or three partners, ten at most"},
	{"amount and date", "£1,000,000 by 13 December", "[number] by [number] december"},
	{"mention", "ask <@U0ABC12DE|jane> in <#C012345|general> <!channel>", "ask [number] in [number] [name]"},
	{"bare id", "U0ABC12DE said so", "[number] said so"},
	{"link", "see https://canal.example/join and <https://x.org|the page>", "see [name] and [name]"},
	{"bare domain", "see www.canal.example or canaltrust.org.uk/join", "see [name] or [name]"},
	{"postcode", "at ST8 6AB or st86ab", "at [number] or [number]"},
	{"National Insurance", "it is QQ 12 34 56 C", "it is [name] [number] [name]"},
	{"councillor", "Can Cllr Smith sign it?", "can cllr [name] sign it?"},
	{"councillor in full", "Is Councillor J. P. O'Neill-Jones bound?", "is councillor [name]. [name]. [name] bound?"},
	{"lower case", "can cllr smith sign for mrs bloggs", "can cllr [name] sign for mrs [name]"},
	{"two councillors", "Cllrs Smith and Patel, Biddulph", "cllrs [name] and [name], biddulph"},
	{"initials", "Mrs Jane Jones and Dr. A. Moss object", "mrs [name] and dr. [name]. [name] object"},
	{"hidden character", "Cllr Sm\u200bith and Cllr\u00a0Oakes", "cllr [name] and cllr [name]"},
	{"first name", "does jane have to declare it, Simon?", "does [name] have to declare it, [name]?"},
	{"rare name", "my neighbour siobhan reckons we should, Wojciech too", "my neighbour [name] reckons we should, [name] too"},
	{"role alone", "What should a Councillor do? And the Clerk?", "what should a councillor do? and the clerk?"},
	{"miss", "I miss meetings", "i miss meetings"},
	{"our own bodies and documents", "Biddulph Town Council, Terms of Reference, Financial Regulations", "biddulph town council, terms of reference, financial regulations"},
	{"other bodies", "does Severn Trent Water pay, or the Canal Trust", "does [name] pay, or the [name]"},
	{"places", "is there one in Leek? Does Congleton pay?", "is there one in [name]? does [name] pay?"},
	{"capitals in a sentence", "Does a Treasurer sign?", "does a [name] sign?"},
	{"every word a capital", "Can We Join? What Is This? Thank You", "can we join? what is this? thank you"},
	{"shouted", "MAY WE JOIN WITHOUT INSURANCE", "may we join without insurance"},
	{"shouted name", "CAN CLLR GREEN SIGN FOR GARVEY", "can cllr [name] sign for [name]"},
	{"mistyped", "waht is a parnership? tell us abuot it", "what is a partnership? tell us about it"},
	{"as spoken", "wot do u want", "what do you want"},
	{"contraction", "don't we have to, and isn't it the council's?", "do not we have to, and is not it the council?"},
	{"names that are words", "Did Mr May or Cllr Will agree?", "did mr [name] or cllr [name] agree?"},
	{"two of them", "Grant Hill and Penny Lane pay", "[name] and [name] pay"},
	{"two of them in lower case", "does penny lane pay, or mark hill", "does [name] pay, or [name]"},
	{"one of them beside another name", "bill ollerenshaw and frank o'neill said so", "[name] and [name] said so"},
	{"one of them alone", "does Mark want to be on the board? Frank says no", "does [name] want to be on the board? [name] says no"},
	{"one of them after a title", "councillor green should go. green said so.", "councillor [name] should go. [name] said so."},
	{"names in lower case, who do or are asked", "will from the trust asked. mark is our representative. does frank have to declare? email penny at once. art wants to know. can hunt represent us? is hope allowed to?",
		"[name] from the trust asked. [name] is our representative. does [name] have to declare? email [name] at once. [name] wants to know. can [name] represent us? is [name] allowed to?"},
	{"words that are names", "can we grant it, mark it and hope for a green park? will and may we?", "can we grant it, mark it and hope for a [name]? will and may we?"},
	{"after a title", "cllrs hawkins, salt and wood, mr & mrs salt, mr biddulph or Mr Value", "cllrs [name], [name] and [name], mr and mrs [name], mr [name] or mr [name]"},
	{"a title for itself", "does a cllr have to declare it?", "does a cllr have to declare it?"},
	{"other forms of known words", "an equalities impact assessment, which reduces it", "an equalities impact assessment, which reducing it"},
	{"auxiliaries", "Will we pay? May the council refuse? Will said so. which councillor will go?", "will we pay? may the council refuse? [name] said so. which councillor will go?"},
	{"dashes", "we - that is, the council — pay", "we, that is, the council, pay"},
	{"brackets of its own", "does [name] pay [number]", "does [name] pay [number]"},
	{"other scripts", "Кто платит? 谁", "[name]? [name]"},
	{"nothing", "", ""},
	{"bad bytes", "\xff\xfe Cllr Smith\x00", "cllr [name]"},
	{"a name at the end that is also a word", "can we trust will?", "can we trust [name]?"},
	{"no name after who it is about", "do what they will", "do what they will"},
	{"a family", "does the walker family have a say", "does the [name] family have a say"},
}

func TestRedact(t *testing.T) {
	r := newRedactor()
	for _, tt := range redactions {
		t.Run(tt.name, func(t *testing.T) {
			got := r.Redact(tt.in)
			if got != tt.want {
				t.Errorf("Redact(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
			if again := r.Redact(got); again != got {
				t.Errorf("redacted twice: %q", again)
			}
		})
	}
}

// TestRedactKeepsProtocol checks that hardly any word of a clause is lost: only words that
// people are also called by, where two stand side by side.
func TestRedactKeepsProtocol(t *testing.T) {
	unhurried(t)
	r := newRedactor()
	lost, all := 0, 0
	for _, s := range knowledge.Biddulph().Sections() {
		for _, c := range s.Clauses {
			all += len(strings.Fields(c.Text))
			lost += strings.Count(r.Redact(c.Text), "[")
		}
	}
	if lost*100 > all {
		t.Errorf("of %d words %d are lost", all, lost)
	}
}

// TestRedactNothingKnown checks that nothing is sent if no word is known.
func TestRedactNothingKnown(t *testing.T) {
	if got := llm.NewRedactor(knowledge.Biddulph(), nil).Redact("who pays?"); got != "[name]?" {
		t.Error(got)
	}
}

// unhurried leaves a test out with -short, as for the race detector: it has no concurrency to check.
func unhurried(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
}
