package handlers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ReadDay reads a day as people type it at a time: beside whole dates "today", "Tuesday"
// and "1 March", which are the last such day or, with ahead, the next one. Ahead, a month
// stands for its last day. Who says "last" or "next" decides that, whatever ahead is; the next
// of what is now, or is about to be, is that of next year.
func ReadDay(said string, now time.Time, ahead bool) (Date, bool) {
	said = strings.Trim(said, " .,;!?")
	if d, ok := ParseDate(said); ok {
		return d, true
	}
	today := now.In(CouncilTime())
	if days, ok := nearby[Fold(said)]; ok {
		return DateOf(today.AddDate(0, 0, days)), true
	}
	words := strings.Fields(strings.ReplaceAll(Fold(ordinalDay.ReplaceAllString(said, "$1")), "last of ", "")) // of a month
	fromMonth, fromDay := today, today
	switch {
	case slices.Contains(words, "last"):
		ahead = false
	case slices.Contains(words, "next"):
		ahead = true
		fromMonth, fromDay = today.AddDate(0, 1, 1-today.Day()), today.AddDate(0, 0, 7)
	}
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
	if d, ok := lastOfMonth(words); ok {
		return d, true
	}
	if d, ok := after(Fold(said), today); ok && ahead {
		return d, true
	}
	if d, ok := endOfMonth(bare, fromMonth); ok && ahead {
		return d, true
	}
	return inSomeYear(bare, fromDay, ahead)
}

var (
	nearby     = map[string]int{"today": 0, "yesterday": -1, "tomorrow": 1}
	ordinalDay = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)\b`)
	aroundDay  = strings.Fields("on the of by last next this end before")
)

// lastOfMonth is the last day of a month that is named with its year, in either order.
func lastOfMonth(words []string) (Date, bool) {
	if len(words) != 2 {
		return "", false
	}
	for _, said := range []string{words[0] + " " + words[1], words[1] + " " + words[0]} {
		for _, layout := range []string{"January 2006", "Jan 2006"} {
			if t, err := time.Parse(layout, said); err == nil {
				return DateOf(t.AddDate(0, 1, -1)), true
			}
		}
	}
	return "", false
}

// endOfMonth is the next last day of a month that is named alone.
func endOfMonth(month string, today time.Time) (Date, bool) {
	for _, year := range []int{today.Year(), today.Year() + 1} {
		if d, ok := lastOfMonth([]string{month, strconv.Itoa(year)}); ok && d >= DateOf(today) {
			return d, true
		}
	}
	return "", false
}

// after is the day some time from today: "12 months", "in a year".
func after(said string, today time.Time) (Date, bool) {
	m := spell.FindStringSubmatch(said)
	if m == nil {
		return "", false
	}
	n := Number(m[1])
	if m[1] == "a" || m[1] == "an" {
		n = 1
	}
	if n == 0 {
		return "", false
	}
	unit := units[m[2]]
	return DateOf(monthsOn(today, n*unit.months).AddDate(0, 0, n*unit.days)), true
}

// monthsOn is the same day some months on, or the last one of a month that is too short.
func monthsOn(day time.Time, n int) time.Time {
	on := day.AddDate(0, n, 0)
	if on.Day() != day.Day() {
		return on.AddDate(0, 0, -on.Day())
	}
	return on
}

var (
	spell = regexp.MustCompile(`^(?:(?:in|after|within) )?(\d{1,3}|[a-z]+) (day|week|month|year)s?(?: time| from now| from today| later| ahead)?$`)
	units = map[string]struct{ months, days int }{"day": {0, 1}, "week": {0, 7}, "month": {1, 0}, "year": {12, 0}}
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
