package privacy

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Retention is how many days what people wrote is kept: a question after it was asked, a
// draft after it was last worked on.
type Retention struct{ Questions, Drafts int }

// Default is what holds unless the Council decides otherwise.
var Default = Retention{Questions: 365, Drafts: 90}

// maxDays is ten years: beyond it, somebody means "for ever", which is no retention.
const maxDays = 3650

// ParseRetention reads days as in "questions=365d,drafts=90d", in either order; what is
// left out is as in [Default]. The error says what is wrong in plain words.
func ParseRetention(s string) (Retention, error) {
	r := Default
	fields := map[string]*int{"questions": &r.Questions, "drafts": &r.Drafts}
	for item := range strings.SplitSeq(s, ",") {
		name, value, _ := strings.Cut(item, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		field, ok := fields[name]
		if !ok {
			return Retention{}, errors.New("write it as in questions=365d,drafts=90d, each once")
		}
		delete(fields, name)
		days, err := strconv.Atoi(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(value)), "d"))
		if err != nil || days < 1 || days > maxDays {
			return Retention{}, fmt.Errorf("%s: it must be from 1d to %dd, in whole days", name, maxDays)
		}
		*field = days
	}
	return r, nil
}
