package chart

import (
	"strings"

	"benchbook/internal/chart/sheet"
)

var referenceText = sheet.Text{Bold: true}

// caption is the words beside a reference line: name and value.
func (r Reference) caption() string { return strings.TrimSpace(r.Name + " " + r.Text) }

// acrossReferences writes the captions of references on a horizontal axis above a plot, a line each, and returns what
// draws the lines down to foot once it is known. It moves d.y below the captions.
func (d *drawing) acrossReferences(refs []Reference, s sheet.Scale) func(foot float64) {
	if len(refs) == 0 {
		return func(float64) {}
	}
	starts := make([]float64, len(refs))
	for i, r := range refs {
		caption := sheet.Fit(r.caption(), d.Width-8, sheet.Size, true)
		w := referenceText.Width(caption)
		x := d.inside(s.At(r.V), w)
		d.Text(x-w/2, d.y+13, caption, referenceText)
		starts[i] = d.y + 18
		d.y += 20
	}
	return func(foot float64) {
		for i, r := range refs {
			d.throughCaptions(refs, starts, i, s.At(r.V), foot)
		}
	}
}

// throughCaptions draws the line of reference i; it starts below the last caption, joined to its own by a tick.
func (d *drawing) throughCaptions(refs []Reference, starts []float64, i int, x, foot float64) {
	mark := sheet.Mark{Stroke: sheet.Ink, Width: 1.5, Dash: sheet.Dotted}
	d.Line(x, starts[len(refs)-1], x, foot, mark)
	if i < len(refs)-1 {
		d.Line(x, starts[i], x, starts[i]+3, sheet.Mark{Stroke: sheet.Ink, Width: 1.5})
	}
}

// onX and onV part the references by their axis.
func (f *figure) onX(x bool) []Reference {
	var out []Reference
	for _, r := range f.References {
		if r.OnX == x {
			out = append(out, r)
		}
	}
	return out
}
