package chart

import (
	"benchbook/internal/chart/sheet"
)

// rows lays out horizontal marks with one label each: left of the marks, or above them where the column is too narrow.
type rows struct {
	text  sheet.Text
	lines [][]string
	above bool
	left  float64   // where the marks may start
	mark  float64   // height of the marks of one row
	top   []float64 // where the marks of each row start
	foot  float64   // below the last row
}

// most lines of a label; the rest is in the table.
const mostLines = 3

// layRows measures the labels. Mark is the height of the marks in a row.
func (d *drawing) layRows(labels []string, mark float64) *rows {
	r := &rows{mark: mark, text: sheet.Text{Anchor: sheet.End}}
	share := 0.34
	if d.wide {
		r.text.Size, share = sheet.LabelSize, 0.36
	}
	widest := 0.0
	for _, l := range labels {
		widest = max(widest, r.text.Width(l[:min(len(l), 400)]))
	}
	limit := share * d.Width
	if r.above = !d.wide && widest > limit; r.above {
		limit, r.text.Anchor = d.Width, sheet.Start
	}
	taken := 0.0
	for _, l := range labels {
		lines := sheet.Wrap(l, limit, r.text.FontSize(), false, mostLines)
		r.lines = append(r.lines, lines)
		for _, line := range lines {
			taken = max(taken, r.text.Width(line))
		}
	}
	if !r.above {
		r.left = taken + 10
	}
	d.margin = (d.Width - r.left) / 3
	return r
}

// place puts the rows below y, with a gap between them.
func (r *rows) place(y, gap float64) {
	for _, lines := range r.lines {
		text := float64(len(lines)) * r.text.Leading()
		height := max(text, r.mark)
		if r.above {
			y += text + 2
			height = r.mark
		}
		r.top = append(r.top, y+(height-r.mark)/2)
		y += height + gap
	}
	r.foot = y - gap/2
}

// middle is the y of the middle of the marks of a row.
func (r *rows) middle(i int) float64 { return r.top[i] + r.mark/2 }

// label writes the label of a row.
func (d *drawing) label(r *rows, i int) {
	if r.above {
		height := float64(len(r.lines[i])) * r.text.Leading()
		d.Block(0, r.top[i]-2-height/2, r.lines[i], r.text)
		return
	}
	d.Block(r.left-10, r.middle(i), r.lines[i], r.text)
}

// rowGap is the space between rows: less when there are many.
func rowGap(n int) float64 {
	if n > 20 {
		return 8
	}
	return 12
}
