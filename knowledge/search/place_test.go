package search_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// TestPlace asks for parts of the protocol by position.
func TestPlace(t *testing.T) {
	ix, _ := newIndex(t)
	type asked struct {
		Section, Clause knowledge.ClauseID
		Category        search.Category
	}
	for ask, want := range map[string]asked{
		"show me the section on equalities":                                             {Section: "equalities-and-data-protection.1"},
		"Can you read me the Guiding Principles section?":                               {Section: "guiding-principles.1"},
		"open the introduction please":                                                  {Section: "introduction.1"},
		"show me managing partnerships":                                                 {Section: "managing-partnerships.1"},
		"what does the section on roles say":                                            {Section: "roles-of-councillors-and-officers.1"},
		"read paragraph 3 of Managing Partnerships":                                     {Clause: "managing-partnerships.3"},
		"managing partnerships para 9 point 2":                                          {Clause: "managing-partnerships.9.2"},
		"Hello, what is the third paragraph of introduction?":                           {Clause: "introduction.3"},
		"the second point of paragraph 4 of the definition of a partnership":            {Clause: "definition-of-a-partnership.4.2"},
		"last paragraph of the introduction":                                            {Clause: "introduction.3"},
		"what is the final paragraph of Managing Partnerships":                          {Clause: "managing-partnerships.9"},
		"first point of Guiding Principles":                                             {Clause: "guiding-principles.1.1"},
		"the last point of paragraph 9 of managing partnerships":                        {Clause: "managing-partnerships.9.14"},
		"point 99 of guiding principles":                                                {Category: search.Part},
		"read paragraph 30 of Managing Partnerships":                                    {Category: search.Part},
		"what does section 9 say?":                                                      {Category: search.Part},
		"show me appendix B":                                                            {Category: search.Part},
		"quote clause 4.2 of the protocol":                                              {Category: search.Part},
		"read out paragraph 4":                                                          {Category: search.Part},
		"What are the roles of the Council in a partnership?":                           {Clause: "managing-partnerships.2"},
		"When is partnership working appropriate?":                                      {Clause: "when-is-partnership-working-appropriate.1"},
		"May the Council make a payment under section 137 of the Local Government Act?": {Category: search.Law},
	} {
		a := ix.Ask(ask, nil)
		got := asked{Section: a.Section, Category: a.Category}
		if len(a.Passages) > 0 && !a.Silent {
			got.Clause = a.Passages[0].Clause
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Ask(%q) (-want +got):\n%s", ask, diff)
		}
	}
}
