package chart

import "benchbook/internal/chart/sheet"

// entry is one item of a legend: a name and the mark that stands for it.
type entry struct {
	name    string
	mark    sheet.Mark
	line    bool // the mark is a line, not a patch
	upright bool // the mark is a short upright line
	round   bool // the mark is a dot
	hatched bool // the mark is hatching
}

const (
	swatch    = 14.0
	legendRow = 20.0
)

// legend writes the entries in the order of the marks, in as many lines as they need, and moves d.y below them.
func (d *drawing) legend(entries []entry) {
	t := sheet.Text{}
	x := 0.0
	for _, e := range entries {
		name := sheet.Fit(e.name, min(d.Width-swatch-8, 260), sheet.Size, false)
		w := swatch + 6 + t.Width(name)
		if x > 0 && x+w > d.Width {
			x, d.y = 0, d.y+legendRow
		}
		d.key(x, d.y+8, e)
		d.Text(x+swatch+6, d.y+8+sheet.Baseline(t), name, t)
		x += w + 18
	}
	d.y += legendRow + 6
}

// key draws the mark of an entry, its middle at y.
func (d *drawing) key(x, y float64, e entry) {
	switch {
	case e.line:
		d.Line(x, y, x+swatch, y, e.mark)
	case e.upright:
		d.Line(x+swatch/2, y-8, x+swatch/2, y+8, e.mark)
	case e.hatched:
		d.Hatch(x, y-6, swatch, 12)
	case e.round:
		d.Circle(x+swatch/2, y, 5, e.mark)
	default:
		d.Rect(x, y-6, swatch, 12, e.mark)
	}
}

// heads writes the names of segments over them when every name fits over its own, else a legend. Spans are the ends of
// the segments of the first row.
func (d *drawing) heads(entries []entry, spans [][2]float64) {
	t := sheet.Text{Anchor: sheet.Middle, Role: sheet.Mute}
	for i, e := range entries {
		if t.Width(e.name)+8 > spans[i][1]-spans[i][0] {
			d.legend(entries)
			return
		}
	}
	for i, e := range entries {
		d.Text((spans[i][0]+spans[i][1])/2, d.y+14, e.name, t)
	}
	d.y += 22
}

// shape is the paint of a mark: filled, hollow for few answers, hatched outline for estimates.
func shape(r sheet.Role, v Value, dashed bool) sheet.Mark {
	switch {
	case dashed:
		return sheet.Mark{Fill: sheet.Paper, Stroke: r, Width: 1.5, Dash: "4 2"}
	case v.State == Hollow:
		return sheet.Mark{Fill: sheet.Paper, Stroke: r, Width: 1.5}
	}
	return sheet.Mark{Fill: r}
}
