package chart

import (
	"math"

	"benchbook/internal/chart/sheet"
)

// bar draws a horizontal bar from zero to the value, its middle at y, or the sign for what is not shown. It returns where
// a text after the bar may start and whether it is on the left of it.
func (d *drawing) bar(s sheet.Scale, v Value, y, height float64, r sheet.Role, dashed bool) (x float64, leftward bool) {
	zero := s.At(0)
	if !v.drawn() {
		return d.absent(zero, v, y, height), false
	}
	end := s.At(v.V)
	m := shape(r, v, dashed)
	inset := 0.0
	if m.Stroke.Name != "" {
		inset = m.Width / 2
	}
	d.Rect(math.Min(zero, end)+inset, y-height/2+inset, math.Abs(end-zero)-2*inset, height-2*inset, m)
	d.whisker(s, v, y)
	if v.V < 0 {
		return s.At(v.low()) - 6, true
	}
	return s.At(v.high()) + 6, false
}

// absent hatches a fixed stretch for a suppressed value: it has no length that could be read. A missing value leaves
// the row empty. It returns where the words start.
func (d *drawing) absent(x float64, v Value, y, height float64) float64 {
	if v.State != Suppressed {
		return x + 6
	}
	stretch := math.Min(56, d.Width-x)
	d.Hatch(x, y-height/2, stretch, height)
	return x + stretch + 6
}

// whisker draws an interval over a mark: a stem with caps, an open end without.
func (d *drawing) whisker(s sheet.Scale, v Value, y float64) {
	if !v.hasInterval() {
		return
	}
	lo, hi := s.At(v.low()), s.At(v.high())
	stem := sheet.Mark{Stroke: sheet.Ink, Width: 1.25}
	d.Line(lo, y, hi, y, stem)
	if !math.IsNaN(v.Lo) {
		d.Line(lo, y-4, lo, y+4, stem)
	}
	if !math.IsNaN(v.Hi) {
		d.Line(hi, y-4, hi, y+4, stem)
	}
}

var datumText = sheet.Text{Datum: true, Halo: true, Bold: true}

// wordsFor is how the print of a value is set: a number firmly, an excuse in grey.
func wordsFor(v Value) sheet.Text {
	if v.drawn() {
		return datumText
	}
	return sheet.Text{Role: sheet.Mute, Halo: true, Datum: true}
}

// datum prints a value at x, before it when leftward. An excuse without room goes under the drawing.
func (d *drawing) datum(x, y float64, v Value, leftward bool) {
	t := wordsFor(v)
	room := d.Width - x
	if leftward {
		t.Anchor, room = sheet.End, min(x, d.margin) // no more was kept from the label of the row
	}
	if !v.drawn() && t.Width(v.print()) > room {
		d.unsaid = true
		return
	}
	d.Text(x, y+sheet.Baseline(t), sheet.Fit(v.print(), room, sheet.Size, t.Bold), t)
}

// marginFor is the room that the prints of values need beyond the bars, left and right; an excuse stands where a bar
// would be and needs none.
func (d *drawing) marginFor(values []Value) (left, right float64) {
	for _, v := range values {
		if !v.drawn() {
			continue
		}
		w := math.Min(datumText.Width(v.Text), d.margin) + 8
		if v.V < 0 {
			left = max(left, w)
		} else {
			right = max(right, w)
		}
	}
	return left, right
}
