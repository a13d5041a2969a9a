package clerk_test

import (
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// What is asked of a result by its reference or its name, in whatever words, is answered from the record; to
// somebody else it is not there.
func TestCalled(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal towpath", "2027-03-01")
	d.stored(councillor, proposal("Food bank", "The churches"))
	d.turn(handlers.Turn{Person: theClerk, Text: "return 2: the costs are missing", Trigger: "trigger"})
	d.fills(theClerk, map[string]string{"reason": "the costs are missing", "point": "none"})
	decided, returned := "minute 45/26", "Returned for more information: the costs are missing"
	for said, want := range map[string]string{
		"when was PA-2026-0001 decided": decided, "what was decided on pa-2026-1?": decided, "tell me about PA-2026-0001": decided, "who represents us on PA-2026-0001": "Two councillors",
		"has the canal towpath been decided": decided, "did they say yes to the canal": decided, "what did the council decide on the canal towpath": decided,
		"why was PA-2026-0002 returned": returned, "what happened to the food bank one": returned, "how's the food bank doing": returned, "show me the food bank": returned,
		"is the food bank approved": returned, "what were my answers for the food bank": "Every answer of PA-2026-0002", "can I withdraw PA-2026-0002": "PA-2026-0002: Food bank",
	} {
		d.types(councillor, "show PA-2026-0001") // another than what is named
		d.says(d.types(councillor, said), want)
		d.says(d.types(stranger, said), "!"+decided, "!"+returned, "!Food bank")
	}
	d.says(d.types(stranger, "when was PA-2026-0001 decided"), "I can't find a result with that reference")
	d.types(theClerk, "queue")
	d.says(d.types(theClerk, "was the food bank's proposal returned"), returned)
	for _, said := range []string{"what is a bank?", "who represents the council?", "show me the definition", "what is the status of a partnership?", "why is food important"} {
		d.says(d.types(councillor, said), fallbackText)
	}
}

// One word that nothing else of theirs is called is enough, whatever else is said, unless the protocol has it.
func TestCalledByOneWord(t *testing.T) {
	d := newDesk(t)
	d.stored(councillor, proposal("Community van", "The churches"))
	d.stored(councillor, proposal("Bowling pavilion", "The bowling club"))
	d.stored(councillor, proposal("Christmas lights", "The Lions"))
	for said, want := range map[string]string{
		"has the council decided on the van": "PA-2026-0001", "was the van declined": "PA-2026-0001", "did we join the bowling club": "PA-2026-0002",
		"what happened to the lions thing": "PA-2026-0003", "is the pavilion going ahead": "PA-2026-0002", "what do we have to do for the pavilion": "PA-2026-0002",
		"are we in a partnership with the bowling club": "PA-2026-0002", "when will the clerk look at the lions": "PA-2026-0003",
		"who decides on community projects": fallbackText, "do we need insurance for a van": fallbackText, "is a bowling club a partnership": fallbackText,
	} {
		d.says(d.types(councillor, said), want)
		d.says(d.types(stranger, said), "!PA-2026")
	}
	for said, want := range map[string]string{
		"was it declined": "Waiting for the clerk's review", "why was it declined": "Waiting for the clerk's review", "did we join it": "Waiting for the clerk's review",
		"is it approved": "Waiting for the clerk's review", "who represents us on it": "Waiting for the clerk's review",
	} {
		d.types(councillor, "show PA-2026-0001")
		d.says(d.types(councillor, said), want)
		d.says(d.types(stranger, said), fallbackText)
	}
	d.says(d.types(councillor, "did the clerk withdraw mine"), "Waiting for the clerk's review")
	d.says(d.types(councillor, "which of mine are joined"), "PA-2026-0003")
}

// What an author answered, and got, is told without a name, also where no result was shown.
func TestWhatIDid(t *testing.T) {
	d := newDesk(t)
	d.stored(councillor, proposal("Food bank", "The churches"))
	for said, want := range map[string]string{
		"what conditions did i get": "To put in place", "why did i get conditions": "with conditions", "what did i answer about money": "Every answer", "what did i say about good governance": "Every answer",
	} {
		d.says(d.types(councillor, said), "PA-2026-0001", want)
		d.says(d.types(stranger, said), fallbackText)
	}
}

// Where somebody's results stand is told without naming one, too.
func TestStanding(t *testing.T) {
	d := newDesk(t)
	asked := []string{"has anyone looked at it", "has the council decided yet", "what's happening with mine", "status", "any news?", "when will I hear back"}
	for _, said := range asked {
		d.says(d.types(councillor, said), fallbackText)
	}
	d.stored(councillor, proposal("Food bank", "The churches"))
	for _, said := range asked {
		d.says(d.types(councillor, said), "PA-2026-0001: Food bank", "Waiting for the clerk's review")
	}
	d.stored(stranger, proposal("Canal towpath", "The trust"))
	d.stored(stranger, proposal("Ferry", "The trust"))
	for _, said := range asked {
		d.says(d.types(stranger, said), "Where your results stand, newest first", "[PA-2026-0003 Ferry: waiting for the clerk][PA-2026-0002 Canal towpath: waiting for the clerk]")
	}
	d.says(d.types(councillor, "do I need to do anything?"), "nothing waits for your answer")
}

// The clerk asks for lists in ordinary words.
func TestAsksList(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal towpath", "2027-03-01")
	d.stored(councillor, proposal("Food bank", "The churches"))
	d.stored(stranger, proposal("River festival", "The river group"))
	d.turn(handlers.Turn{Person: theClerk, Text: "return 2: the costs are missing", Trigger: "trigger"})
	d.fills(theClerk, map[string]string{"reason": "the costs are missing", "point": "none"})
	for said, want := range map[string]string{
		"which ones are returned": "PA-2026-0002 Food bank", "show me the returned ones": "PA-2026-0002 Food bank", "what have I sent back?": "PA-2026-0002 Food bank",
		"how many are waiting": "PA-2026-0003 River festival", "what is still waiting for review": "PA-2026-0003 River festival",
		"list the decided ones": "PA-2026-0001 Canal towpath", "what came in this month": "3 results.", "how many cases are there": "3 results.", "what came in last year": "I found none",
		"which are under review": "There are none.", "who hasn't heard back": "How things stand", "which ones aren't decided": "How things stand",
		"what is a contract for services?": fallbackText, "so what's a discussion forum": fallbackText, "what does not appropriate mean": fallbackText, "which ones are not appropriate": "Results “Not appropriate”",
		"which partnerships are appropriate": fallbackText, "what is decided by the council": fallbackText,
	} {
		d.says(d.types(theClerk, said), want)
		d.says(d.types(stranger, said), "!Food bank")
	}
}

// A deed is done to what is called by its name, and a condition of a list is set by its number.
func TestDeedByName(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal towpath", "2027-03-01")
	d.stored(councillor, proposal("Food bank", "The churches"))
	d.stored(councillor, proposal("Food festival", "The river group"))
	for said, want := range map[string][3]string{
		"decide food bank: joined":             {"PA-2026-0002: Food bank", "kind", "join"},
		"return the food bank: who pays":       {"PA-2026-0002: Food bank", "reason", "who pays"},
		"refer food festival to finance":       {"PA-2026-0003: Food festival", "committee", "finance"},
		"note on the food festival: rang them": {"PA-2026-0003: Food festival", "remark", "rang them"},
		"withdraw the food bank":               {"PA-2026-0002: Food bank", "reason", ""},
		"refer  food\nfestival, to finance":    {"PA-2026-0003: Food festival", "committee", "finance"},
	} {
		d.turn(handlers.Turn{Person: theClerk, Text: said, Trigger: "trigger"})
		w := d.window(theClerk)
		for _, in := range w.Inputs {
			if in.ID == want[1] && (in.Value != want[2] || w.About != want[0]) {
				t.Errorf("%q opens %q with %q", said, w.About, in.Value)
			}
		}
	}
	d.says(d.types(theClerk, "return food: who pays"), "To which one?", "[Return PA-2026-0003: Food festival][Return PA-2026-0002: Food bank]")
	d.says(d.types(councillor, "withdraw food"), "To which one?", "[Withdraw PA-2026-0003: Food festival][Withdraw PA-2026-0002: Food bank]")
	d.says(d.types(stranger, "withdraw food"), "!PA-2026")
	d.says(d.types(theClerk, "return to sender"), fallbackText)
	d.says(d.types(theClerk, "take up food festival"), "PA-2026-0003: Food festival", "Under review")
	for said, due := range map[string]string{"1 by 1 April 2027": "2027-04-01", "condition 1 by 1 April 2027": "2027-04-01", "number 1 is to be done by 5 April 2027": "2027-04-05", "1 is done": ""} {
		d.types(theClerk, "conditions")
		d.turn(handlers.Turn{Person: theClerk, Text: said, Trigger: "trigger"})
		for _, in := range d.window(theClerk).Inputs {
			if in.ID == "due" && in.Value != due || in.ID == "met" && (in.Value == "yes") != (due == "") {
				t.Errorf("%q: %s is %q", said, in.ID, in.Value)
			}
		}
	}
	d.types(theClerk, "conditions")
	d.says(d.types(theClerk, "1 by some day"), "I cannot read “some day” as a day")
}

// A name that shares a word with more results than are looked through is found all the same.
func TestDeedByNameOfMany(t *testing.T) {
	d := newDesk(t)
	d.stored(councillor, proposal("Canal garden", "The trust"))
	first, err := d.store.Record(t.Context(), team, "PA-2026-0001")
	if err != nil {
		t.Fatal(err)
	}
	var many handlers.Effect
	for n := range handlers.MostNamed {
		one := first
		one.Reference, one.Answers = assessment.NewReference(2026, n+2), proposal("Canal path", "The trust")
		one.Draft = assessment.DraftID("d" + string(one.Reference))
		many.Records = append(many.Records, one)
	}
	d.commit(many)
	d.turn(handlers.Turn{Person: theClerk, Text: "return the canal garden: who pays", Trigger: "trigger"})
	if w := d.window(theClerk); w.About != "PA-2026-0001: Canal garden" {
		t.Errorf("opens %q", w.About)
	}
}

// A partnership that was joined keeps its name when its author is erased, though it has ended.
func TestErasedName(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal towpath", "2027-03-01")
	d.stored(councillor, proposal("Food bank", "The churches"))
	d.turn(handlers.Turn{Person: theClerk, Text: "decide 1", Trigger: "trigger"})
	d.fills(theClerk, map[string]string{"kind": "end", "on": string(handlers.DateOf(d.now)), "minute": "46/26"})
	if _, err := d.store.Erase(t.Context(), team, councillor, theClerk, "asked", d.now); err != nil {
		t.Fatal(err)
	}
	d.says(d.types(theClerk, "results"), "PA-2026-0001 Canal towpath: decided, end the partnership", "PA-2026-0002 (erased)")
	d.says(d.types(theClerk, "show 2"), "PA-2026-0001: Canal towpath", "Proposal: "+handlers.ErasedText)
	if got := (handlers.Case{Title: "Food bank", Partnership: handlers.Partnership{Name: "Other"}}).Name(); got != "Food bank" {
		t.Errorf("called %q", got)
	}
}

// Who finds something wrong in what they submitted is told how it is put right; others, and who has
// submitted nothing, are not meant.
func TestMistaken(t *testing.T) {
	d := newDesk(t)
	asked := []string{"I made a mistake in it, can I correct the partners?", "I got the partners wrong", "I've sent it with a mistake", "I need to change my answers"}
	for _, said := range asked {
		d.says(d.types(councillor, said), fallbackText)
	}
	d.stored(councillor, proposal("Canal path", "The trust"))
	for _, said := range asked {
		d.says(d.types(councillor, said), "You can assess it again", "PA-2026-0001")
		d.says(d.types(theClerk, said), "!You can assess it again")
	}
	d.stored(stranger, proposal("Food bank", "The churches"))
	d.stored(stranger, proposal("Ferry", "The churches"))
	d.says(d.types(stranger, "I got the partners wrong"), "open the one you mean", "Ferry", "Food bank", "!Canal path")
}

// A line of the list that was shown last is opened in whatever words count it.
func TestOpensLine(t *testing.T) {
	d := newDesk(t)
	d.stored(councillor, proposal("Food bank", "The churches"))
	d.stored(councillor, proposal("Ferry", "The trust"))
	for said, want := range map[string]string{"open the first one": "PA-2026-0001: Food bank", "show me number 2": "PA-2026-0002: Ferry", "can you show me the second one please": "PA-2026-0002: Ferry",
		"let me see the first": "PA-2026-0001: Food bank", "open the fifth one": fallbackText, "show me the first section": fallbackText} {
		d.types(theClerk, "queue")
		d.says(d.types(theClerk, said), want)
	}
	d.types(theClerk, "notes") // no list is on offer
	d.says(d.types(theClerk, "open the first one"), fallbackText)
}
