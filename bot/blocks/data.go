package blocks

import (
	"strings"

	"github.com/slack-go/slack"

	"partnershipbot/handlers"
)

// table draws a table, or lists its rows if it stands on a page or does not fit into
// Slack's table. The list is also what is read aloud.
func (d *drawer) table(t handlers.Table) []piece {
	lines := list(t.Lines())
	if d.page || len(lines) != 1 || len(t.Rows)+1 > maxRows {
		return lines
	}
	block := slack.NewTableBlock("")
	characters := 0
	for i, row := range append([][]string{t.Columns}, t.Rows...) {
		cells := make([]slack.TableCell, len(row))
		for j, cell := range row {
			cell = strings.Join(strings.Fields(handlers.Clean(cell)), " ")
			characters += cost(cell)
			style := &slack.RichTextSectionTextStyle{Bold: true}
			if blank(cell) {
				cell = "–"
			}
			if i > 0 && j > 0 {
				style = nil
			}
			cells[j] = slack.NewTableRichTextCell(slack.NewRichTextSection(slack.NewRichTextSectionTextElement(cell, style)))
		}
		block.AddRow(cells...)
	}
	block.WithColumnSettings(wrapped(len(t.Columns))...)
	if characters > maxCells {
		return lines
	}
	return instead(lines, block)
}

// wrapped has long text in n columns run on in further lines.
func wrapped(n int) []slack.ColumnSetting {
	settings := make([]slack.ColumnSetting, n)
	for i := range settings {
		settings[i] = slack.ColumnSetting{Align: slack.ColumnAlignmentLeft, IsWrapped: true}
	}
	return settings
}

// chart draws a chart, or a table of the same figures if Slack's chart cannot hold it; on a
// page it draws a list. docs.slack.dev/reference/block-kit/blocks/data-visualization-block
func (d *drawer) chart(c handlers.Chart) []piece {
	lines := list(c.Table().Lines())
	if d.page || len(lines) != 1 {
		return append(heading(c.Title), lines...)
	}
	var series []slack.DataVisualizationDataSeries
	for _, s := range c.Series {
		var points []slack.DataVisualizationDataPoint
		for i, label := range c.Labels {
			points = append(points, slack.NewDataVisualizationDataPoint(label, s.Values[i]))
		}
		series = append(series, slack.NewDataVisualizationDataSeries(s.Name, points...))
	}
	block := slack.NewDataVisualizationBlock(c.Title,
		slack.NewDataVisualizationBarChart(slack.NewDataVisualizationAxisConfig(c.Labels...), series...))
	if block.Validate() != nil {
		return d.table(c.Table())
	}
	return instead(lines, block)
}

// instead is a piece that not every workspace can show, together with lines that all of
// them can.
func instead(lines []piece, blocks ...slack.Block) []piece {
	p := newPiece(lines[0].text, blocks...)
	p.plain, p.size = lines[0].blocks, max(p.size, lines[0].size)
	return []piece{p}
}
