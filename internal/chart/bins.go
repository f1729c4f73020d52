package chart

import (
	"math"

	"benchbook/internal/chart/sheet"
)

// even reports whether the bins that are closed have the same width, so that their edges make a numeric axis.
func (f *figure) even() bool {
	width := math.NaN()
	for i, b := range f.Bands {
		if i > 0 && b.From != f.Bands[i-1].To {
			return false
		}
		if b.open() {
			continue
		}
		if math.Abs((b.To-b.From)-width) > 1e-9*math.Abs(width) {
			return false
		}
		width = b.To - b.From
	}
	return !math.IsNaN(width)
}

// columnsFit reports whether upright columns have room for their labels; else the bins are drawn as horizontal bars.
func (d *drawing) columnsFit(n int) bool {
	width := d.Width / float64(n)
	if d.f.even() {
		return width >= 6
	}
	for _, key := range d.f.keys() {
		for _, line := range sheet.Wrap(key, width-6, sheet.Size, false, nameLines) {
			if len(line) >= len(sheet.Ellipsis) && line[len(line)-len(sheet.Ellipsis):] == sheet.Ellipsis {
				return false
			}
		}
	}
	return len(d.f.References) == 0 || width >= 6
}

// printsFit reports whether the counts can be printed over the columns: at most 12, all with room.
func (d *drawing) printsFit(values []Value) bool {
	for _, v := range values {
		if datumText.Width(v.Text)+4 > d.Width/float64(len(values)) {
			return false
		}
	}
	return len(values) <= 12
}

// binNote says that the columns have the same width although the bins have not.
func (d *drawing) binNote() string {
	if len(d.f.Bands) > 0 && !d.f.even() {
		return "组距不等，柱宽相同，柱高为数值"
	}
	return ""
}

// binLabels writes the edges of even bins, or the names of the others, under the columns.
func (d *drawing) binLabels(b bins, foot float64) {
	if d.f.even() {
		d.edgeLabels(b, foot)
		return
	}
	t := sheet.Text{Role: sheet.Mute, Anchor: sheet.Middle}
	tallest := 1
	for i, key := range d.f.keys() {
		lines := sheet.Wrap(key, b.width-6, sheet.Size, false, nameLines)
		d.Block(b.from(i)+b.width/2, foot+6+float64(len(lines))*t.Leading()/2, lines, t)
		tallest = max(tallest, len(lines))
	}
	d.y = foot + 12 + float64(tallest)*t.Leading()
}

// edgeLabels writes the edges of the bins; an open end says 以上 or 以下.
func (d *drawing) edgeLabels(b bins, foot float64) {
	n := len(b.bands)
	labels, at := make([]string, n+1), make([]float64, n+1)
	step := sheet.Scale{Step: math.Inf(1)}
	for _, band := range b.bands {
		step.Step = min(step.Step, orElse(band.To-band.From, math.Inf(1)))
	}
	for i, band := range b.bands {
		labels[i], at[i] = edge(band.From, band.FromText, step, "以下"), b.from(i)
	}
	last := b.bands[n-1]
	labels[n], at[n] = edge(last.To, last.ToText, step, "以上"), b.from(n)
	d.tickLabels(at, labels, foot+18)
	d.y = foot + 26
}

func edge(v float64, text string, s sheet.Scale, open string) string {
	switch {
	case math.IsNaN(v):
		return open
	case text != "":
		return sheet.Fit(text, 100, sheet.Size, false)
	}
	return sheet.Fit(s.Label(v, false), 100, sheet.Size, false)
}

// binReferences writes the captions of the references and returns what draws their lines.
func (d *drawing) binReferences(b bins) func(foot float64) {
	if len(d.f.References) == 0 {
		return func(float64) {}
	}
	placed := make([]Reference, len(d.f.References))
	for i, r := range d.f.References {
		r.V = b.at(r.V) // from here on in pixels
		placed[i] = r
	}
	return d.acrossReferences(placed, sheet.Scale{Min: 0, Max: d.Width, From: 0, To: d.Width})
}

// horizontalBins draws bins whose names are long as bars, in their own order; references are left to the table.
func (d *drawing) horizontalBins() {
	refs := d.f.References
	d.f.References = nil
	drawBars(d)
	d.f.References = refs
}
