package chart

import "benchbook/internal/chart/sheet"

var boxes = Kind{
	Name: "boxes", Title: "箱形图",
	Use:   "每个类别一个横放的箱：箱为 P25–P75，竖线为中位数，须线到 P10 与 P90；不画离群点和最大最小值，它们会指认某一家。序列同分位数带图。",
	Least: 3, Most: 5, strip: true,
	order: func(f *figure) int { return len(f.Series) / 2 },
	check: checkQuantiles, draw: drawBoxes, option: optionQuantiles, describe: describeQuantiles, table: tableOf,
	example: func() Spec {
		s := quantiles.example()
		s.ID, s.Kind, s.Number, s.References = "rate-boxes", "boxes", "图 3-8", nil
		s.Notes = []string{"箱为 P25–P75，竖线为中位数，须线到 P10 与 P90。"}
		return s
	},
}

func drawBoxes(d *drawing) { d.strips(d.boxEntries(), d.boxRow) }

// boxMark is the outline of a box.
var boxMark = sheet.Mark{Fill: sheet.Steps[1], Stroke: sheet.Categories[0], Width: 1.25}

// boxRow draws one box; a limit that is not shown leaves its whisker out.
func (d *drawing) boxRow(s sheet.Scale, row int, y float64) {
	all, n := d.f.Series, len(d.f.Series)
	median := all[n/2].Values[row]
	if !median.drawn() {
		d.datum(d.absent(s.From, median, y, 18), y, median, false)
		return
	}
	from, to := all[n/2-1].Values[row], all[n/2+1].Values[row]
	if n == 5 {
		d.boxWhisker(s, from, all[0].Values[row], y)
		d.boxWhisker(s, to, all[4].Values[row], y)
	}
	if from.drawn() && to.drawn() {
		d.Rect(s.At(from.V), y-8, s.At(to.V)-s.At(from.V), 16, boxMark)
	}
	x := s.At(median.V)
	d.Line(x, y-9, x, y+9, sheet.Mark{Stroke: sheet.Ink, Width: 2.5})
}

// boxWhisker draws the stem from an edge of the box to an outer quantile, with a cap.
func (d *drawing) boxWhisker(s sheet.Scale, edge, outer Value, y float64) {
	if !edge.drawn() || !outer.drawn() {
		return
	}
	m := sheet.Mark{Stroke: sheet.Axis, Width: 1.5}
	d.Line(s.At(edge.V), y, s.At(outer.V), y, m)
	d.Line(s.At(outer.V), y-5, s.At(outer.V), y+5, m)
}

func (d *drawing) boxEntries() []entry {
	n := len(d.f.Series)
	span := func(a, b int) string { return d.f.seriesName(a) + "–" + d.f.seriesName(b) }
	out := []entry{{name: span(n/2-1, n/2+1), mark: boxMark}}
	if n == 5 {
		out = append(out, entry{name: span(0, 4), mark: sheet.Mark{Stroke: sheet.Axis, Width: 1.5}, line: true})
	}
	return append(out, entry{name: d.f.seriesName(n / 2), mark: sheet.Mark{Stroke: sheet.Ink, Width: 2.5}, upright: true})
}
