package handlers

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// ReadDay reads a day as people type it at a time: beside whole dates "today", "Tuesday"
// and "1 March", which are the last such day or, with ahead, the next one.
func ReadDay(said string, now time.Time, ahead bool) (Date, bool) {
	if d, ok := ParseDate(strings.TrimSpace(said)); ok {
		return d, true
	}
	today := now.In(Home)
	if days, ok := nearby[Fold(said)]; ok {
		return DateOf(today.AddDate(0, 0, days)), true
	}
	words := strings.Fields(Fold(ordinalDay.ReplaceAllString(said, "$1")))
	words = slices.DeleteFunc(words, func(w string) bool { return slices.Contains(aroundDay, w) })
	if len(words) == 1 {
		if d, ok := weekday(words[0], today, ahead); ok {
			return d, true
		}
	}
	if len(words) > 1 && !strings.ContainsAny(words[0], "0123456789") { // March 1
		words[0], words[1] = words[1], words[0]
	}
	for i, w := range words {
		if w == "sept" {
			words[i] = "sep"
		}
	}
	bare := strings.Join(words, " ")
	if d, ok := ParseDate(bare); ok {
		return d, true
	}
	return inSomeYear(bare, today, ahead)
}

var (
	nearby     = map[string]int{"today": 0, "yesterday": -1, "tomorrow": 1}
	ordinalDay = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)\b`)
	aroundDay  = strings.Fields("on the of by last next this")
)

// weekday is the nearest day of that name, not today itself.
func weekday(name string, today time.Time, ahead bool) (Date, bool) {
	step := -1
	if ahead {
		step = 1
	}
	for i := 1; i <= 7; i++ {
		if d := today.AddDate(0, 0, i*step); len(name) > 2 && strings.HasPrefix(strings.ToLower(d.Weekday().String()), name) {
			return DateOf(d), true
		}
	}
	return "", false
}

// inSomeYear reads a day without a year as the nearest one: there is a 29 February within
// eight years of any day.
func inSomeYear(day string, today time.Time, ahead bool) (Date, bool) {
	for i := range 10 {
		year := today.Year() - i
		if ahead {
			year = today.Year() + i
		}
		for _, layout := range []string{"2 January", "2 Jan", "2/1"} {
			joint := " "
			if layout == "2/1" {
				joint = "/"
			}
			t, err := time.Parse(layout+joint+"2006", day+joint+time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006"))
			d := Date(t.Format(time.DateOnly))
			if err == nil && (d == DateOf(today) || d > DateOf(today) == ahead) {
				return d, true
			}
		}
	}
	return "", false
}
