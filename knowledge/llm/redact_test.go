package llm_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/llm"
	"partnershipbot/knowledge/search"
)

var redactions = []struct{ name, in, want string }{
	{"e-mail", "write to jane.jones@biddulph.example please", "write to [email] please"},
	{"e-mail, odd", "meet @ home, bob＠example, @handle", "meet @ home, [email] [email]"},
	{"mailto", "<mailto:a@b.org|a@b.org> wrote", "[link] wrote"},
	{"mobile", "ring 07700 900123 today", "ring [phone] today"},
	{"landline", "ring (01782) 297 845 or 01782-297845.", "ring [phone] or [phone]."},
	{"abroad", "+44 (0)1782 297845, 0044 7700900123", "[phone], [phone]"},
	{"amounts and dates stay", "£1,000,000 by 13 December 2016, or 20,000 in 2026-27", "£1,000,000 by 13 December 2016, or 20,000 in 2026-27"},
	{"mention", "ask <@U0ABC12DE> and <@U0ABC12DE|jane> in <#C012345|general> <!channel>", "ask [id] and [id] in [id] [id]"},
	{"bare id", "U0ABC12DE said so in C01ABCDEF", "[id] said so in [id]"},
	{"no id", "UNDERSTAND the COUNCILLORS", "UNDERSTAND the COUNCILLORS"},
	{"link", "see https://canal.example/join?u=1 and <https://x.org|the page>", "see [link] and [link]"},
	{"bare domain", "see www.canal.example or canaltrust.org.uk/join", "see [link] or [link]"},
	{"postcode", "at ST8 6AB or st86ab", "at [postcode] or [postcode]"},
	{"councillor", "Can Cllr Smith sign it?", "Can Cllr [person] sign it?"},
	{"councillor in full", "Is Councillor J. P. O'Neill-Jones bound?", "Is Councillor [person] bound?"},
	{"lower case", "can cllr smith sign for mrs bloggs", "can cllr [person] sign for [person]"},
	{"two councillors", "Cllrs Smith and Patel, Biddulph", "Cllrs [person], Biddulph"},
	{"title", "Mrs Jane Jones and Dr. A. Moss object", "[person] and [person] object"},
	{"a name like a word", "Did Mr May or Cllr Will agree?", "Did [person] or Cllr [person] agree?"},
	{"mayor", "Mayor Oakes asked the mayor of Leek", "Mayor [person] asked the mayor of Leek"},
	{"again", "Does Smith pay? Cllr Smith says no. Smith's wrong.", "Does [person] pay? Cllr [person] says no. [person] wrong."},
	{"pair", "Should Peggy Ollerenshaw join?", "Should [person] join?"},
	{"first name", "does jane have to declare it, Simon?", "does [person] have to declare it, [person]?"},
	{"first name and surname", "ask jane bloggs", "ask [person]"},
	{"hidden character", "Cllr Sm\u200bith and Cllr\u00a0Oakes", "Cllr [person] and Cllr\u00a0[person]"},
	{"possessive", "Cllr Smith’s interests", "Cllr [person] interests"},
	{"role alone", "What should a Councillor do? And the Clerk?", "What should a Councillor do? And the Clerk?"},
	{"miss", "I miss meetings", "I miss meetings"},
	{"council", "Biddulph Town Council and Staffordshire Moorlands District Council", "Biddulph Town Council and Staffordshire Moorlands District Council"},
	{"documents", "Terms of Reference, Data Protection Policy, Financial Regulations, Codes of Conduct", "Terms of Reference, Data Protection Policy, Financial Regulations, Codes of Conduct"},
	{"criteria", "Is it Added Value, Value for Money or Good Governance?", "Is it Added Value, Value for Money or Good Governance?"},
	{"bodies", "Canal Trust, Severn Trent Water, Biddulph Grange, Keele University", "Canal Trust, Severn Trent Water, Biddulph Grange, Keele University"},
	{"question words", "Can We Join? What Is This? Thank You", "Can We Join? What Is This? Thank You"},
	{"short local number", "tel. 297 845, phone: 512345, ring me on 4521, call 51 23 45", "tel. [phone], phone: [phone], ring me on [phone], call [phone]"},
	{"spaced local number", "it is 297 845 or 01782 297 or 512-3456", "it is [phone] or [phone] or [phone]"},
	{"no number", "£297 845, call 5 meetings, 2016-2017, ring 2 people, 12 December 2016 100", "£297 845, call 5 meetings, 2016-2017, ring 2 people, 12 December 2016 100"},
	{"shouted surname", "does GARVEY pay? Cllr Jane GARVEY", "does [person] pay? Cllr [person]"},
	{"shouted text", "MAY WE JOIN THE CANAL TRUST WITHOUT INSURANCE", "MAY WE JOIN THE CANAL TRUST WITHOUT INSURANCE"},
	{"abbreviations", "does NALC or the HSE or the BACS rule apply", "does NALC or the HSE or the BACS rule apply"},
	{"names like words", "Cllr. Will May and Councillor Will May agreed", "Cllr. [person] and Councillor [person] agreed"},
	{"joined in lower case", "ask tom & jerry smith, or tom and errol flynn", "ask [person], or [person]"},
	{"joined, no name", "John and insurance premiums", "[person] and insurance premiums"},
	{"joined first names", "jane and tom agree", "[person] and [person] agree"},
	{"e-mail in words", "margaret at btinternet dot com, j.m (at) mail (dot) co (dot) uk", "[email], [email]"},
	{"at, no e-mail", "we meet at Biddulph Town Hall. Com", "we meet at Biddulph Town Hall. Com"},
	{"National Insurance", "my NI number is QQ 12 34 56 C or ab123456d", "my NI number is [number] or [number]"},
	{"born", "born 12/03/1961, dob: 3rd March 2001, born on March 3, 1950, date of birth is 1961-03-12, born in 1950", "born [date], dob: [date], born on [date], date of birth is [date], born in [date]"},
	{"date of the last century", "Jane, 12.3.1956", "[person], [date]"},
	{"verb", "John represents the scouts", "[person] represents the scouts"},
	{"verbs", "john runs the club and Jane attends; jane fixes the boats", "[person] runs the club and [person] attends; [person] fixes the boats"},
	{"surname alone", "ask Jones about it, or what does Whitfield get?", "ask [person] about it, or what does [person] get?"},
	{"surname in lower case", "ask whitfield about it", "ask [person] about it"},
	{"surname first", "Whitfield wants money. Ollerenshaw's firm gets it.", "[person] wants money. [person] firm gets it."},
	{"surnames joined", "do Barlow and Whitfield have to declare it?", "do [person] and [person] have to declare it?"},
	{"places", "is there one in Leek, or near Thorncliffe? Does Congleton pay?", "is there one in Leek, or near Thorncliffe? Does Congleton pay?"},
	{"things in capitals", "Do we need Insurance? Does a Treasurer sign? Is the Mascot paid? We want a Constitution.",
		"Do we need Insurance? Does a Treasurer sign? Is the Mascot paid? We want a Constitution."},
	{"a question mistyped", "waht is a parnership? tell us abuot it", "waht is a parnership? tell us abuot it"},
	{"names like words, in capitals", "Will Young said we could", "[person] said we could"},
	{"one of them alone", "does Mark want to be on the board? does Brown have to declare it?", "does [person] want to be on the board? does [person] have to declare it?"},
	{"two of them", "Joy Harper and Bill Stone run it; Grant Hill and Rose Bassett pay", "[person] and [person] run it; [person] and [person] pay"},
	{"whole names in lower case", "priya sharma says the scouts need us, and so does anil mehta", "[person] says the scouts need us, and so does [person]"},
	{"first names of all kinds", "my neighbour siobhan reckons we should, farooq and agnieszka too", "my neighbour [person] reckons we should, [person] and [person] too"},
	{"a neighbour", "my neighbour cattermole objects and my brother agrees", "my neighbour [person] objects and my brother agrees"},
	{"surnames in lower case", "hughes should declare his interest; is whittaker bound?", "[person] should declare his interest; is [person] bound?"},
	{"surnames first", "Bartlam lied about the grant. Khan, our treasurer, has resigned. Ng objected. Venables refused.",
		"[person] lied about the grant. [person], our treasurer, has resigned. [person] objected. [person] refused."},
	{"a family's", "Chaudhry and Sons want the contract on the Smiths' land", "[person] and Sons want the contract on the [person]' land"},
	{"after councillor in lower case", "Councillor green should go, councillor stone agreed", "Councillor [person] should go, councillor [person] agreed"},
	{"a modal after councillor", "which councillor will go, and what may a councillor mark as private?", "which councillor will go, and what may a councillor mark as private?"},
	{"first names that are words", "sue and dave run the hub", "[person] and [person] run the hub"},
	{"e-mail without signs", "jane dot bloggs at gmail, jane.bloggs at biddulph gov uk, bloggs at hotmail dot com", "[email], [email], [email]"},
	{"names like words, at work", "Frank says no; is Hope bound by it? Can Drew represent us? bill and tina run the cafe",
		"[person] says no; is [person] bound by it? Can [person] represent us? [person] and [person] run the cafe"},
	{"whoever says so", "olusegun said we must, goldstraw wants paying. Kowalczyk, who runs the club, is angry.",
		"[person] said we must, [person] wants paying. [person], who runs the club, is angry."},
	{"number in words", "ring oh seven seven oh oh nine hundred, or zero one seven eight two, double nine", "ring [phone] hundred, or [phone]"},
	{"numbers in words that stay", "one, two or three partners, ten at most", "one, two or three partners, ten at most"},
	{"words in capitals", "Do we Grant money? Is a Bill passed? Can the Young People's Trust join? A Rose Garden, Hope Street and Grant Funding?",
		"Do we Grant money? Is a Bill passed? Can the Young People's Trust join? A Rose Garden, Hope Street and Grant Funding?"},
	{"first words", "Waht is a partnership? Wot is it? Partners should pay. Volunteers must sign. Funding was refused.",
		"Waht is a partnership? Wot is it? Partners should pay. Volunteers must sign. Funding was refused."},
	{"words that are names", "can we grant it, mark it, hope for it and sue? will and may we?", "can we grant it, mark it, hope for it and sue? will and may we?"},
	{"nothing", "", ""},
	{"bad bytes", "\xff\xfe Cllr Smith\x00", "? Cllr [person] "},
}

func TestRedact(t *testing.T) {
	r := llm.NewRedactor(knowledge.Biddulph(), search.Everyday())
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

// TestRedactKeepsProtocol shows that no clause loses a word.
func TestRedactKeepsProtocol(t *testing.T) {
	p := knowledge.Biddulph()
	r := llm.NewRedactor(p, search.Everyday())
	for _, s := range p.Sections() {
		for _, c := range s.Clauses {
			for _, text := range []string{s.Title, c.Text, strings.ToUpper(c.Text)} {
				if got := r.Redact(text); got != text {
					t.Errorf("%s becomes\n%q", c.ID, got)
				}
			}
		}
	}
}
