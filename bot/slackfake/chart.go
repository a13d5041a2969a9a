package slackfake

import (
	"fmt"
	"unicode/utf8"
)

// checkChart holds a bar, area or line chart to 6 series of 1 to 20 points, each of a
// label of the axis, and labels to 20 characters.
// https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
func checkChart(c *checker, at string, o map[string]any) {
	chart, _ := o["chart"].(map[string]any)
	axis, _ := chart["axis_config"].(map[string]any)
	categories, _ := axis["categories"].([]any)
	series, _ := chart["series"].([]any)
	if len(series) < 1 || len(series) > 6 {
		c.say(at+"/chart/series", "must have 1 to 6 items")
	}
	for i, s := range series {
		one, _ := s.(map[string]any)
		data, _ := one["data"].([]any)
		here := fmt.Sprintf("%s/chart/series/%d", at, i)
		if len(data) < 1 || len(data) > 20 || len(data) != len(categories) {
			c.say(here+"/data", "must have 1 to 20 items, one for each category")
		}
		if n := utf8.RuneCountInString(str(one["name"])); n < 1 || n > 20 {
			c.say(here+"/name", "must have 1 to 20 characters")
		}
		for j, p := range data {
			point, _ := p.(map[string]any)
			if label := str(point["label"]); j >= len(categories) || label != str(categories[j]) || utf8.RuneCountInString(label) > 20 {
				c.say(fmt.Sprintf("%s/data/%d/label", here, j), "must be a category of at most 20 characters")
			}
		}
	}
}
