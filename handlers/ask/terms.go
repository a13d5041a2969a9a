package ask

import (
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// terms are words that the assessment uses and the protocol does not explain. What they
// mean is said in the bot's own words, marked as such.
var terms = []struct {
	names []string
	means string
}{
	{[]string{"llp", "llps", "limited liability partnership", "limited liability partnerships"},
		"An LLP, a limited liability partnership, is a business that the law treats as a body of its own, so that its members are not usually liable for its debts themselves."},
	{[]string{"terms of reference", "tor", "tors"},
		"Terms of Reference are a short document that says what a group is for, who is in it, and how it decides."},
	{[]string{"partnership agreement", "agreement"},
		"A partnership agreement is a document in which the partners say what each of them will do, and on what terms."},
	{[]string{"whistleblowing", "whistle blowing", "whistle-blowing", "whistleblower", "whistleblowers", "whistle blower"},
		"Whistleblowing is when somebody inside reports wrongdoing, and is protected when they do."},
	{[]string{"equalities impact assessment", "equalities impact assessments", "equality impact assessment", "equality impact assessments", "eia", "eias", "eqia", "eqias"},
		"An Equalities Impact Assessment looks at how a plan would affect different groups of people, so that nobody is treated unfairly."},
	{[]string{"lead body", "lead partner", "lead agency", "lead organisation"},
		"The lead body is the partner that answers for the partnership as a whole, and often runs it from day to day."},
	{[]string{"information sharing agreement", "information sharing agreements", "data sharing agreement", "isa"},
		"An Information Sharing Agreement says which information partners pass to each other, why, and how they keep it safe."},
	{[]string{"conflict of interest", "conflicts of interest"},
		"A conflict of interest is when somebody has something of their own to gain or lose by what the group decides."},
	{[]string{"indicative result", "indicative"},
		"An indicative result is what the answers point to. It decides nothing: the Council does."},
	{[]string{"discussion forum", "talking shop"},
		"A discussion forum is a group that meets to talk, and does nothing together."},
	{[]string{"time-limited", "time limited"}, "Time-limited means that it has a date by which it is to be done."},
	{[]string{"task-orientated", "task orientated", "task-oriented", "task oriented"}, "Task-orientated means that it is aimed at getting a particular thing done."},
}

// meant and called are texts that ask what something means; short ones may stand alone.
var (
	meant = regexp.MustCompile(`^(?:(?:please|sorry|but|so|and|ok) )*(?:(?:can|could) you )?(?:tell me )?(?:explain |define |(?:the |what is the |what's the |is there a )?(?:meaning|definition) of |what exactly is |` +
		`how (?:do|would|does|is|are) (?:(?:you|we|they) define )?|what(?:'s| is| are|s| does| do| on earth is)?(?: you| we| they| it)?(?: mean(?:t)? by)? )(?:what )?(?:the (?:word|term|phrase) )?(?:a |an |the )?(.+?)` +
		`(?: (?:mean|means|defined|stand for|stands for|is|are|please|exactly|then))*$`)
	called   = regexp.MustCompile(`^(.+?) (?:meaning|definition)$`)
	initials = regexp.MustCompile(`^[a-z]{3,4}$`)
)

// explained is the answer with what a term means in the bot's own words, if it asks for one
// of them. Of the passages it keeps those that use the term.
func (f found) explained() found {
	names, means := ownWords(f.text)
	if means == "" {
		return f
	}
	f.own = means
	f.Passages = slices.DeleteFunc(slices.Clone(f.Passages), func(p knowledge.Passage) bool {
		quote := " " + handlers.Fold(p.LeadIn+" "+p.Quote) + " "
		return !slices.ContainsFunc(names, func(name string) bool { return strings.Contains(quote, " "+name+" ") })
	})
	if f.Silent = false; len(f.Passages) == 0 {
		f.Gloss, f.Document, f.summary = "", "", nil
	}
	return f
}

// ownWords explains the term that a text asks about, if it does, and gives its names.
func ownWords(text string) (names []string, means string) {
	said := strings.Fields(handlers.Fold(text))
	for i, w := range said {
		said[i] = strings.Trim(w, "'") // a quotation mark
	}
	name := strings.Join(said, " ")
	switch m, n := meant.FindStringSubmatch(name), called.FindStringSubmatch(name); {
	case m != nil:
		name = m[1]
	case n != nil:
		name = n[1]
	case !initials.MatchString(name):
		return nil, ""
	}
	for _, t := range terms {
		if slices.Contains(t.names, name) {
			return t.names, t.means
		}
	}
	return nil, ""
}
