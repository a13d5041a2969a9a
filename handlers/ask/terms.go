package ask

import (
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// term is what is explained in the bot's own words, marked as such.
type term struct {
	names  []string
	means  string
	clause knowledge.ClauseID // what it rests on, if anything
}

// terms are words that the assessment uses and the protocol does not explain.
var terms = append([]term{
	{[]string{"llp", "llps", "limited liability partnership", "limited liability partnerships"},
		"An LLP, a limited liability partnership, is a business that the law treats as a body of its own, so that its members are not usually liable for its debts themselves.", ""},
	{[]string{"terms of reference", "tor", "tors"},
		"Terms of Reference are a document that says what a group is for and how it works.", ""},
	{[]string{"partnership agreement", "agreement"},
		"A partnership agreement is a document in which the partners say how they will work together, and what each of them is responsible for.", ""},
	{[]string{"whistleblowing", "whistle blowing", "whistle-blowing", "whistleblower", "whistleblowers", "whistle blower"},
		"Whistleblowing is when somebody who works for an organisation, or with it, reports wrongdoing there.", ""},
	{[]string{"equalities impact assessment", "equalities impact assessments", "equality impact assessment", "equality impact assessments", "eia", "eias", "eqia", "eqias"},
		"An Equalities Impact Assessment looks at how something that is done, or planned, affects different groups of people, to find out whether any of them is put at a disadvantage.", ""},
	{[]string{"lead body", "lead partner", "lead agency", "lead organisation"},
		"The lead body is the partner that takes the lead in running the partnership.", ""},
	{[]string{"information sharing agreement", "information sharing agreements", "data sharing agreement", "isa"},
		"An Information Sharing Agreement says which information partners pass to each other, why, and how they keep it safe.", ""},
	{[]string{"conflict of interest", "conflicts of interest"},
		"A conflict of interest is when somebody who takes part in a decision has something else to gain or lose by it, for themselves or for somebody they are close to.", ""},
	{[]string{"indicative result", "indicative"},
		"An indicative result is what the answers point to. It decides nothing: the Council does.", ""},
	{[]string{"time-limited", "time limited"}, "Time-limited means that it is to be done within a set time.", ""},
	{[]string{"task-orientated", "task orientated", "task-oriented", "task oriented"}, "Task-orientated means that it is aimed at getting a particular thing done.", ""},
}, resultTerms...)

// meant and called are texts that ask what something means; short ones may stand alone.
var (
	meant = regexp.MustCompile(`^(?:(?:please|sorry|but|so|and|ok) )*(?:(?:can|could) you )?(?:tell me )?(?:explain |what (?:happens|do (?:i|we) do|now|is next) (?:if|when) (?:the result|the outcome|my result|our result|it|mine)(?: is| was| says| comes out as| comes back as|'s) |define |(?:the |what is the |what's the |is there a )?(?:meaning|definition) of |what exactly is |` +
		`how (?:do|would|does|is|are) (?:(?:you|we|they) define )?|what(?:'s| is| are|s| does| do| on earth is)?(?: you| we| they| it)?(?: mean(?:t)? by)? )(?:what )?(?:the (?:word|term|phrase) )?(?:a |an |the )?(.+?)` +
		`(?: (?:mean|means|defined|stand for|stands for|is|are|please|exactly|then|a result|as a result|as an outcome))*$`)
	called   = regexp.MustCompile(`^(.+?) (?:meaning|definition)$`)
	initials = regexp.MustCompile(`^[a-z]{3,4}$`)
)

// explained is the answer with what a term means in the bot's own words, if it asks for one
// of them. Of the passages it keeps those that use the term.
func (f found) explained(p *knowledge.Protocol) found {
	t := ownWords(f.text)
	if t.means == "" {
		return f
	}
	f.own = t.means
	f.Passages = slices.DeleteFunc(slices.Clone(f.Passages), func(p knowledge.Passage) bool {
		quote := " " + handlers.Fold(p.LeadIn+" "+p.Quote) + " "
		return !slices.ContainsFunc(t.names, func(name string) bool { return strings.Contains(quote, " "+name+" ") })
	})
	if rests, err := p.Passage(t.clause); t.clause != "" && err == nil {
		f.Passages = append([]knowledge.Passage{rests}, slices.DeleteFunc(f.Passages, func(p knowledge.Passage) bool { return p.Clause == t.clause })...)
		f.Gloss, f.Documents, f.summary = "", nil, nil
	}
	f.ofResult = t.ofResult()
	if f.Silent = false; len(f.Passages) == 0 {
		f.Gloss, f.Documents, f.summary = "", nil, nil
	}
	return f
}

// ownWords explains the term that a text asks about, if it does.
func ownWords(text string) term {
	said := strings.Fields(handlers.Fold(text))
	for i, w := range said {
		said[i] = strings.Trim(w, "'") // a quotation mark
	}
	text = strings.Join(said, " ")
	for _, t := range terms {
		if slices.ContainsFunc(t.names, func(name string) bool { return strings.Contains(text, name) }) && slices.Contains(t.names, asksMeaning(text)) {
			return t
		}
	}
	return term{}
}

// asksMeaning is what folded words ask the meaning of, or "".
func asksMeaning(said string) string {
	if m := meant.FindStringSubmatch(said); m != nil {
		return m[1]
	}
	if m := called.FindStringSubmatch(said); m != nil {
		return m[1]
	}
	if initials.MatchString(said) {
		return said
	}
	return ""
}
