package chart

import (
	"math"

	"benchbook/internal/chart/sheet"
)

// ticksFor is about how many steps a horizontal axis gets.
func (d *drawing) ticksFor() int {
	if d.wide {
		return 6
	}
	return 4
}

var tickText = sheet.Text{Role: sheet.Mute, Anchor: sheet.Middle}

// tickHeight is the room that tick labels take below a plot.
const tickHeight = 22

// acrossAxis draws a horizontal value axis under a plot: a hairline at each tick, a firmer one at zero, and as many labels
// as fit. It moves d.y below the labels.
func (d *drawing) acrossAxis(s sheet.Scale, top, foot float64) {
	ticks := s.Ticks()
	labels := make([]string, len(ticks))
	for i, v := range ticks {
		d.Line(s.At(v), top, s.At(v), foot, gridMark(v))
		labels[i] = s.Label(d.magnitude(v), d.f.Percent)
	}
	positions := make([]float64, len(ticks))
	for i, v := range ticks {
		positions[i] = s.At(v)
	}
	d.tickLabels(positions, labels, foot+16)
	d.y = foot + tickHeight
}

// magnitude drops the sign where both sides of zero count parts.
func (d *drawing) magnitude(v float64) float64 {
	if d.f.kind.Name == "likert" {
		return math.Abs(v)
	}
	return v
}

func gridMark(v float64) sheet.Mark {
	if v == 0 {
		return sheet.Mark{Stroke: sheet.Axis}
	}
	return sheet.Mark{Stroke: sheet.Grid}
}

// tickLabels writes labels centred under positions that rise, every second, third … when they are too close, and keeps
// the outer ones inside the sheet.
func (d *drawing) tickLabels(positions []float64, labels []string, y float64) {
	stride := d.stride(positions, labels)
	for i := 0; i < len(labels); i += stride {
		d.Text(d.inside(positions[i], tickText.Width(labels[i])), y, labels[i], tickText)
	}
}

// stride is the least step at which no two labels touch, after the outer ones were moved inside.
func (d *drawing) stride(positions []float64, labels []string) int {
	for stride := 1; stride < len(labels); stride++ {
		end, fits := math.Inf(-1), true
		for i := 0; i < len(labels); i += stride {
			w := tickText.Width(labels[i])
			x := d.inside(positions[i], w)
			fits = fits && x-w/2 >= end+6
			end = x + w/2
		}
		if fits {
			return stride
		}
	}
	return max(1, len(labels))
}

// inside moves the middle of something w wide so that it does not leave the sheet.
func (d *drawing) inside(x, w float64) float64 {
	return math.Max(w/2, math.Min(x, d.Width-w/2))
}

// upAxis draws a vertical value axis: hairlines over the plot with the labels right-aligned before left.
func (d *drawing) upAxis(s sheet.Scale, left, right float64) {
	t := sheet.Text{Role: sheet.Mute, Anchor: sheet.End}
	for _, v := range s.Ticks() {
		d.Line(left, s.At(v), right, s.At(v), gridMark(v))
		d.Text(left-8, s.At(v)+sheet.Baseline(t), s.Label(v, d.f.Percent), t)
	}
}

// upAxisWidth is the room that the labels of a vertical axis take.
func (d *drawing) upAxisWidth(s sheet.Scale) float64 {
	widest := 0.0
	for _, v := range s.Ticks() {
		widest = max(widest, tickText.Width(s.Label(v, d.f.Percent)))
	}
	return widest + 8
}
