package chart

import (
	"math"
	"strings"

	"benchbook/internal/chart/sheet"
)

// gaugeEdges writes the limits of the bands under the gauge.
func (d *drawing) gaugeEdges(s sheet.Scale, foot float64) {
	var labels []string
	var at []float64
	for i, b := range d.f.Bands {
		if !math.IsNaN(b.From) && (i == 0 || b.From != d.f.Bands[i-1].To) {
			labels, at = append(labels, sheet.Fit(d.f.edgeText(b.From, b.FromText), 100, sheet.Size, false)), append(at, s.At(b.From))
		}
		if !math.IsNaN(b.To) {
			labels, at = append(labels, sheet.Fit(d.f.edgeText(b.To, b.ToText), 100, sheet.Size, false)), append(at, s.At(b.To))
		}
	}
	for _, x := range at {
		d.Line(x, foot, x, foot+5, sheet.Mark{Stroke: sheet.Axis})
	}
	d.tickLabels(at, labels, foot+19)
	d.y = foot + 30
}

// edgeText is a limit as given, or as an axis would print it.
func (f *figure) edgeText(v float64, text string) string {
	if text != "" {
		return text
	}
	step := math.Abs(v)
	if step == 0 {
		step = 1
	}
	return sheet.Scale{Step: step}.Label(v, f.Percent)
}

// span is the range of a band in words: 「≥15%，≤30%」.
func (f *figure) span(b Band) string {
	var parts []string
	if !math.IsNaN(b.From) {
		parts = append(parts, []string{">", "≥"}[one(b.FromClosed)]+f.edgeText(b.From, b.FromText))
	}
	if !math.IsNaN(b.To) {
		parts = append(parts, []string{"<", "≤"}[one(b.ToClosed)]+f.edgeText(b.To, b.ToText))
	}
	return strings.Join(parts, "，")
}

// shareOf is the value of a band in the series, if there is one.
func (f *figure) shareOf(band string) (Value, bool) {
	for _, s := range f.Series {
		for _, v := range s.Values {
			if v.Key == band {
				return v, true
			}
		}
	}
	return Value{}, false
}

// bandRows lists the bands below the gauge: mark, name, range, and the share where there is one.
func (d *drawing) bandRows(roles []sheet.Role) {
	share, name := d.Width*0.26, d.Width*0.36
	if len(d.f.Series) == 0 {
		share = 0
	}
	d.bandHeads(name, share)
	for i, b := range d.f.Bands {
		y := d.y + 11
		if b.Gap {
			d.Hatch(0, y-6, swatch, 12)
		} else {
			d.Rect(0, y-6, swatch, 12, sheet.Mark{Fill: roles[i]})
		}
		t := sheet.Text{}
		d.Text(swatch+8, y+sheet.Baseline(t), sheet.Fit(b.Name, name-swatch-16, sheet.Size, false), t)
		d.Text(name, y+sheet.Baseline(t), sheet.Fit(d.f.span(b), d.Width-name-share-8, sheet.Size, false), sheet.Text{Role: sheet.Mute})
		if v, found := d.f.shareOf(b.Name); found {
			w := wordsFor(v)
			w.Anchor = sheet.End
			d.Text(d.Width, y+sheet.Baseline(w), sheet.Fit(v.print(), share, sheet.Size, w.Bold), w)
		}
		d.y += 24
	}
}

// bandHeads names the column of shares.
func (d *drawing) bandHeads(name, share float64) {
	if share == 0 {
		return
	}
	t := sheet.Text{Role: sheet.Mute}
	d.Text(name, d.y+13, "范围", t)
	t.Anchor = sheet.End
	d.Text(d.Width, d.y+13, sheet.Fit(d.f.seriesName(0), share, sheet.Size, false), t)
	d.y += 22
}
