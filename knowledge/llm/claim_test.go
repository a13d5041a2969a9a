package llm_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/llm"
)

// fair are shortened forms that a person may be shown.
var fair = []struct {
	clause   knowledge.ClauseID
	sentence string
}{
	{"managing-partnerships.1", "The status of any partnership should be clear."},
	{"managing-partnerships.1", "A partnership agreement or Terms of Reference is required to define how Partners will work together."},
	{"managing-partnerships.4.1", "The Council will act in accordance with Biddulph Town Council's Financial Regulations."},
	{"managing-partnerships.4.3", "The Council will act in the interests of the public good over individual interests."},
	{"managing-partnerships.5", "The Council will not enter into any new partnership where it considers it cannot fully and effectively contribute to its success."},
	{"managing-partnerships.6", "The Council will be mindful of the resource implications."},
	{"managing-partnerships.9.3", "To manage partnership effectively, Biddulph Town Council will make sure that actions taken by the partnership are clear, time-limited and task-orientated."},
	{"roles-of-councillors-and-officers.1", "The Council will be represented on any agreed partnership by specified Councillors or officers."},
	{"roles-of-councillors-and-officers.2", "Any specified officers or Councillors attending approved partnerships will represent only the Council and no other organisation, unless by specific agreement."},
	{"roles-of-councillors-and-officers.4.4", "Councillors and officers will avoid dominance by one or two individuals."},
	{"equalities-and-data-protection.2", "The Council's Data Protection Policy will apply where Council business is concerned."},
	{"guiding-principles.1.1", "We believe partnerships are necessary when government requires them."},
	{"when-is-partnership-working-appropriate.3", "The Council will only join a partnership if it can resource the investment (of time, assets, knowledge and money) required to effectively do so."},
	{"definition-of-a-partnership.4.1", "The Council does not define as a partnership an arrangement made by the Council with a third party to deliver one or more services on its behalf."},
}

// twisted are sentences made of the clause's words that say something else: the opposite, more
// than it says, or the same of something else.
var twisted = []struct {
	clause   knowledge.ClauseID
	sentence string
}{
	{"managing-partnerships.3", "The partnership must ensure that it fulfils its statutory duties, while in partnership the Council may not be bound by statutory duties."},
	{"managing-partnerships.4.3", "The Council will act in individual interests over the interests of the public good."},
	{"approval.2", "The Town Council approved £2,016 on 13 December."},
	{"managing-partnerships.9.1", "The partnership partners can influence the decision making of Biddulph Town Council."},
	{"roles-of-councillors-and-officers.2", "Councillors represent approved partnerships; only Council officers represent no other organisation, unless by specific agreement."},
	{"introduction.3", "Many refer to partnership working as a formally constituted legal partnership."},
	{"guiding-principles.1.1", "The Council requires partnerships when appropriate."},
	{"roles-of-councillors-and-officers.4.4", "Councillors and officers avoid £1 or £2 individuals."},
	{"equalities-and-data-protection.2", "The Council will secure an Information Sharing Agreement within a partnership and between partnership organisations, where appropriate."},
	{"when-is-partnership-working-appropriate.3", "The Council may have involvement where this is the case."},
	{"managing-partnerships.5", "The Council will not enter into any new partnership where it cannot contribute to its success."},

	// Without the points that it introduces, a line says nothing, or something else.
	{"definition-of-a-partnership.4", "Biddulph Town Council does not define as a partnership."},
	{"definition-of-a-partnership.4", "Biddulph Town Council does not define as a partnership:"},
	{"guiding-principles.1", "We believe partnerships are necessary when."},

	// What they refer to is outside the sentence.
	{"guiding-principles.3.5", "There are a number of ways they can help to do this, including wielding greater influence than individual partners could achieve, thus enhancing the impact on other parties."},
	{"when-is-partnership-working-appropriate.3", "Where this is the case, the Council may have limited involvement, but will be keen to receive updates."},
	{"managing-partnerships.3", "While the partnership may not be bound by statutory duties in these areas, the Council must ensure that it fulfils its statutory duties in its work through the partnership."},
	// Their punctuation marks are not the clause's.
	{"roles-of-councillors-and-officers.1", "The Council will - be - represented on any agreed partnership by specified Councillors. or officers."},

	{"managing-partnerships.1", "The status of any partnership is clear."},
	{"managing-partnerships.1", "A partnership agreement is required to define how Partners will work together."},
	{"managing-partnerships.1", "Partners will work together."},
	{"managing-partnerships.1", "The"},
	{"managing-partnerships.1", "The ."},
	{"managing-partnerships.1", "Therefore, the"},
	{"managing-partnerships.1", "A"},
	{"managing-partnerships.1", "The status"},
	{"managing-partnerships.2", "The Council can play different roles in partnerships."},
	{"managing-partnerships.3", "The responsibilities of all Partners include health and safety."},
	{"managing-partnerships.3", "The partnership may be bound by statutory duties in these areas."},
	{"managing-partnerships.4.2", "The Council will focus on short term issues."},
	{"managing-partnerships.4.3", "The Council will act in the interests of individual interests."},
	{"managing-partnerships.5", "The Council will enter into any new partnership where it considers it cannot fully and effectively contribute to its success."},
	{"managing-partnerships.5", "The Council will not enter into any new partnership."},
	{"managing-partnerships.8", "The Council is the lead agency."},
	{"managing-partnerships.9.4", "To manage partnership effectively, the Council will promote a blame culture."},
	{"managing-partnerships.9.8", "The Council will ensure whistleblowers are challenged."},
	{"roles-of-councillors-and-officers.1", "The Council will be represented on any partnership by Councillors."},
	{"roles-of-councillors-and-officers.2", "Any specified officers or Councillors attending approved partnerships will represent only the Council and no other organisation."},
	{"roles-of-councillors-and-officers.2", "Any specified officers or Councillors attending approved partnerships will represent no organisation."},
	{"roles-of-councillors-and-officers.4.4", "Councillors and officers will avoid one or two individuals."},
	{"guiding-principles.1.3", "Partnerships are necessary when one organisation on its own has responsibility for delivery."},
	{"guiding-principles.1.4", "The Council does possess the capacity on its own to deliver new services."},
	{"guiding-principles.2.1", "Partnerships give better access to funding."},
	{"when-is-partnership-working-appropriate.1.1", "Partnership arrangements are appropriate when they deliver added value."},
	{"when-is-partnership-working-appropriate.2", "All partnerships must improve outcomes for the communities of Biddulph."},
	{"when-is-partnership-working-appropriate.3", "The Council will join a partnership if it can resource the investment required."},
	{"when-is-partnership-working-appropriate.3", "The Council will only join a partnership if it can resource the investment (of time and money) required to effectively do so."},
	{"when-is-partnership-working-appropriate.3", "The Council may have limited involvement."},
	{"introduction.2.1", "We cannot undertake issues in partnership with other organisations."},
	{"introduction.2.2", "Biddulph Town Council is one of 3 tiers of local government."},
	{"definition-of-a-partnership.4.1", "The third party is a contract for services."},
	{"definition-of-a-partnership.4.1", "The Council does define as a partnership an arrangement made by the Council with a third party to deliver one or more services on its behalf."},
	{"definition-of-a-partnership.4.2", "Forums or groups of elected Councillors come together to discuss policy."},
	{"equalities-and-data-protection.1", "The Council has in place arrangements for completing Equalities Impact Assessments."},
	{"equalities-and-data-protection.2", "The Council's Data Protection Policy will apply."},
	{"equalities-and-data-protection.2", "The Council will seek to secure an Information Sharing Agreement within a partnership."},
	{"approval.2", "Approved by Town Council 13 December 2017."},
	{"approval.2", "Approved by Town Council 13%."},
}

// summarised reports whether a sentence about a clause that is quoted whole is kept.
func summarised(t *testing.T, c *llm.Client, clause knowledge.Clause, sentence string) bool {
	t.Helper()
	got, err := c.CheckReply(replyWith(clause.ID, clause.Text, sentence))
	return err == nil && len(got.Summary) > 0
}

func TestShortened(t *testing.T) {
	p := knowledge.Biddulph()
	c := llm.New(llm.Config{Protocol: p})
	for want, table := range map[bool][]struct {
		clause   knowledge.ClauseID
		sentence string
	}{true: fair, false: twisted} {
		for _, tt := range table {
			clause, err := p.Clause(tt.clause)
			if err != nil {
				t.Fatal(err)
			}
			if got := summarised(t, c, clause, tt.sentence); got != want {
				t.Errorf("%s: %q is shown: %v", tt.clause, tt.sentence, got)
			}
		}
	}
}

// TestOrder checks that the sentences of a clause are said once each, and in the clause's order.
func TestOrder(t *testing.T) {
	const id = "managing-partnerships.5"
	p := knowledge.Biddulph()
	clause, err := p.Clause(id)
	if err != nil {
		t.Fatal(err)
	}
	first := "Before entering into any partnership the Council will give consideration to its ability to contribute effectively to the partnership."
	second := "The Council will not enter into any new partnership where it considers it cannot fully and effectively contribute to its success."
	for said, want := range map[string]int{
		first + "|" + second: 2, second + "|" + first: 1, first + "|" + first + "|" + first: 1, first + "|" + second + "|" + first: 2,
	} {
		var answer []map[string]string
		for s := range strings.SplitSeq(said, "|") {
			answer = append(answer, map[string]string{"clause": id, "sentence": s})
		}
		reply, err := json.Marshal(map[string]any{"covered": true, "clauses": []string{id}, "answer": answer,
			"quotes": []any{map[string]string{"clause": id, "quote": clause.Text}}})
		if err != nil {
			t.Fatal(err)
		}
		got, err := llm.New(llm.Config{Protocol: p}).CheckReply(string(reply))
		if err != nil || len(got.Summary) != want {
			t.Errorf("of %q %d are shown, want %d; error %v", said, len(got.Summary), want, err)
		}
	}
}

// TestNothingTakenOut takes words out of the sentences of every clause, one to four in a row
// anywhere, and swaps words for one another: whatever is still shown must have every word that
// limits.
func TestNothingTakenOut(t *testing.T) {
	unhurried(t)
	p := knowledge.Biddulph()
	c := llm.New(llm.Config{Protocol: p})
	limiting := strings.Fields("not no only unless where when whenever if may cannot limited seek considers fully effectively " +
		"appropriate over than without avoid should must will one two or who which while all any")
	tried, shown := 0, 0
	for _, s := range p.Sections() {
		for _, clause := range s.Clauses {
			full := strings.Fields(strings.TrimSuffix(clause.LeadIn, ":") + " " + strings.TrimRight(clause.Text, ".;"))
			for from := range full {
				for n := 1; n <= 4 && from+n < len(full); n++ {
					rest := strings.Join(slices.Concat(full[:from], full[from+n:]), " ") + "."
					tried++
					if !summarised(t, c, clause, rest) {
						continue
					}
					shown++
					for _, w := range full[from : from+n] {
						if slices.Contains(limiting, strings.ToLower(strings.Trim(w, `.,;()"'`))) {
							t.Errorf("%s without %q is shown: %s", clause.ID, full[from:from+n], rest)
						}
					}
				}
				if from == 0 || strings.EqualFold(full[from-1], full[from]) || idle(full[from-1]) || idle(full[from]) {
					continue
				}
				swapped := slices.Clone(full)
				swapped[from-1], swapped[from] = swapped[from], swapped[from-1]
				if said := strings.Join(swapped, " ") + "."; summarised(t, c, clause, said) {
					t.Errorf("%s with words moved is shown: %s", clause.ID, said)
				}
			}
		}
	}
	if tried < 2000 || shown == 0 {
		t.Errorf("%d shortened sentences tried, %d shown", tried, shown)
	}
	t.Logf("%d shortened sentences tried, %d shown", tried, shown)
}

// idle reports a word that may stand anywhere.
func idle(w string) bool { return slices.Contains([]string{"the", "The", "-"}, w) }
