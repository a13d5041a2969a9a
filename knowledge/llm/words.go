package llm

import "strings"

// ordinary words carry no subject and are nobody's name; many begin a question. The
// modal verbs will and may and four months are left out: people are called so.
var ordinary = set(`
a about above according added after afternoon again against all also always am an and
another any anybody anyone anything anyway apparently are aren't as ask at away based be
because been before being below besides between both but by call can can't cannot come
could couldn't dear december did didn't do does doesn't doing don't done down each
either else email evening ever every everybody everyone everything february few first
for friday from further get gets getting give go goes going good got had has hasn't have
haven't having he hello help her here hers hi him his hiya how however i i'd i'll i'm
i've if in instead into is isn't it it's its itself january july just keep kindly know
last later least less let let's like look made make makes many maybe me message mine
monday more morning most much must my myself need needs never next no nobody none nor
not nothing november now october of off often ok okay on once only or ought our ours out
over own per perhaps please put rather ring same saturday say says see send september
shall she should show since so some somebody someone something soon still such sunday
take tell than thank thanks that that's the their them then there therefore these they
they're thing things this those though through thursday to today together tomorrow too
tuesday two under unless until up upon us use used very want wants was wasn't way we
we'd we'll we're we've wednesday well were what what's whatever when whenever where
wherever whether which while who who's whoever whom whose why with within without won't
work would wouldn't yes yesterday yet you you'd you'll you're you've your yours
`)

// organisations are words by which a run of capitals is known for a body or a place.
var organisations = set(`
academy act agency agm asap bacs covid nalc nato slcc unesco urgent airport alliance ambulance archive arms association authority avenue
bank bill board borough brewery britain british bureau business canal cancer care
cathedral centre chamber charity charter christmas church city clinic close club co-
operative code college commission committee community company confederation conference
consortium cooperative corporation council county court cricket cross crown department
district drive east education england english enterprise environment estate european
executive facebook fair farm fayre federation festival fire foi football forum
foundation fund garden gardens gdpr google government grange group guild hall health
heritage home hospital hotel house housing industrial institute institution ireland
irish island kingdom lane league legion library limited lions lodge ltd manor market
medical memorial microsoft mills ministry moor museum national network nhs north
northern office ordnance parish park parliament plan plc police policy portal practice
project pub railway rangers region regional regulation regulations rescue river road
rotary round royal scheme school schools scotland scottish service services shop slack
society south southern sports square staffordshire state station strategy street survey
team teams theatre tower town trust uk union unison united university valley village
wales water waterways welsh west western whatsapp wildlife women women's youth zoom
`)

// personal titles go with the name they introduce; roles stay, because an answer may
// turn on them. After the short ones, a name is one in lower case too.
var (
	personal = set(`mr mrs ms miss mx dr prof professor sir lady lord dame rev revd reverend`)
	roles    = set(`cllr cllrs clr councillor councillors mayor mayoress alderman clerk chair
chairman chairwoman chairperson officer officers`)
	short = set(`mr mrs ms mx dr prof revd cllr cllrs clr`)
)

// verbs that people are the subject of, besides the protocol's and the ordinary.
var verbs = set(`
agreed applied attends became began belongs bought brings brought called calls chairs
comes claims complained donated drives earns employs found gave heads helped hires holds
invited is joined keeps knew knows leads leaves left likes lives loves met moved objects
offered offers owes ordered organises owns paid pays plays promised ran refused refuses
represents resigned resigns runs said sat sells sells serves signed sits sold speaks
spoke sponsors started stays stood suggested suggests supplies supports talked thinks
thought told took trains tried tries volunteers voted votes wanted wears went wins wishes
won worked works writes wrote reckon reckons run say want think lied lies owes wants says
`)

// determiners begin a verb's object.
var determiners = set(`the a an his her their my our your its this that some any all no two`)

func set(words string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// stem takes the endings off a word in lower case, so that what is agreed is known by
// the agreement.
func stem(w string) string {
	w = cutEnding(w, "s")
	for _, end := range []string{"ment", "ing", "ed", "ly"} {
		if cut := cutEnding(w, end); cut != w {
			w = cut
			break
		}
	}
	w = strings.TrimRight(w, "e")
	if strings.HasSuffix(w, "i") {
		w = w[:len(w)-1] + "y"
	}
	return w
}

// cutEnding leaves words alone that would be too short without it, "apply" and "business".
func cutEnding(w, end string) string {
	cut, ok := strings.CutSuffix(w, end)
	if !ok || len(cut) < 3 || end == "ly" && len(cut) < 4 || end == "s" && strings.HasSuffix(cut, "s") {
		return w
	}
	return cut
}
