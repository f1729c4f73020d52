package chart

import (
	"github.com/go-echarts/go-echarts/v2/opts"

	"benchbook/internal/chart/sheet"
)

// markLines are the references of the interactive drawing, on a value axis that lies across or stands up. Where the axis
// lies across, the captions stand above the plot, each higher than the one before.
func markLines(refs []Reference, across bool) *opts.MarkLines {
	if len(refs) == 0 {
		return nil
	}
	m := &opts.MarkLines{MarkLineStyle: opts.MarkLineStyle{
		Symbol: []string{"none", "none"}, Label: &opts.Label{Show: opts.Bool(true), Formatter: "caption", Color: sheet.Ink.Light},
		LineStyle: &opts.LineStyle{Color: sheet.Ink.Light, Type: "dashed"},
	}}
	for i, r := range refs {
		line := referenceLine{Name: clip(r.caption()), Text: r.Text}
		if across {
			line.X = &r.V
			line.Label = &captionPlace{Position: "start", Distance: 4 + 16*i}
		} else {
			line.Y = &r.V
			line.Label = &captionPlace{Position: "insideEndTop"}
		}
		m.Data = append(m.Data, line)
	}
	return m
}

// referenceLine is an item of a mark line with the printed text.
type referenceLine struct {
	Name  string        `json:"name"`
	Text  string        `json:"text"`
	X     *float64      `json:"xAxis,omitempty"`
	Y     *float64      `json:"yAxis,omitempty"`
	Label *captionPlace `json:"label,omitempty"`
}

// captionPlace is where a caption stands; the label type of the library has no distance.
type captionPlace struct {
	Position string `json:"position"`
	Distance int    `json:"distance,omitempty"`
}
