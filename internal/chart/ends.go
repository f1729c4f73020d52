package chart

import (
	"math"
	"slices"

	"benchbook/internal/chart/sheet"
)

// ending is what stands right of a plot, at the end of a line: a name and the value printed below it.
type ending struct {
	y     float64 // where the line ends; the words stand as near as there is room
	lines []string
	value string
	mark  sheet.Mark // of the short line before the words
}

// nameLines is how many lines a name at the end of a line may take.
const nameLines = 2

// endings are the direct labels of the series and the horizontal references, cut to a width.
func (d *drawing) endings(width float64, s sheet.Scale, marks []sheet.Mark) []ending {
	var out []ending
	for i, series := range d.f.Series {
		last, found := lastDrawn(series.Values)
		if !found {
			last = Value{V: s.Min, Text: Value{State: Suppressed}.print()}
		}
		e := ending{y: s.At(last.V), value: sheet.Fit(last.Text, width, sheet.Size, true), mark: marks[i]}
		if len(d.f.Series) > 1 && series.Name != "" {
			e.lines = sheet.Wrap(series.Name, width, sheet.Size, false, nameLines)
		}
		out = append(out, e)
	}
	for _, r := range d.f.onX(false) {
		e := ending{y: s.At(r.V), value: sheet.Fit(r.Text, width, sheet.Size, true), mark: referenceMark}
		if r.Name != "" {
			e.lines = sheet.Wrap(r.Name, width, sheet.Size, false, nameLines)
		}
		out = append(out, e)
	}
	return out
}

var referenceMark = sheet.Mark{Stroke: sheet.Ink, Width: 1.5, Dash: sheet.Dotted}

func lastDrawn(values []Value) (Value, bool) {
	for _, v := range slices.Backward(values) {
		if v.drawn() {
			return v, true
		}
	}
	return Value{}, false
}

// endingsWidth is the room for the words right of a plot.
func (d *drawing) endingsWidth() float64 {
	most := 84.0
	if d.wide {
		most = 140
	}
	w := 0.0
	for _, s := range d.f.Series {
		if last, found := lastDrawn(s.Values); found {
			w = max(w, datumText.Width(last.Text))
		} else {
			w = max(w, datumText.Width(Value{State: Suppressed}.print()))
		}
		if len(d.f.Series) > 1 {
			w = max(w, nameText.Width(s.Name))
		}
	}
	for _, r := range d.f.onX(false) {
		w = max(w, nameText.Width(r.Name), datumText.Width(r.Text))
	}
	return min(w, most)
}

func (e ending) height() float64 { return float64(len(e.lines)+1)*sheet.Size*sheet.Leading + 4 }

// heightOf is the room that all endings need above each other.
func heightOf(all []ending) float64 {
	sum := 0.0
	for _, e := range all {
		sum += e.height()
	}
	return sum
}

// spread finds for each ending the middle of its words: as near to its line as may be, none over another, all between
// top and foot.
func spread(all []ending, top, foot float64) []float64 {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(math.Copysign(1, all[a].y-all[b].y)) * one(all[a].y != all[b].y) })
	middle := make([]float64, len(all))
	free := top
	for _, i := range order {
		h := all[i].height()
		middle[i] = math.Max(all[i].y, free+h/2)
		free = middle[i] + h/2
	}
	free = foot
	for _, i := range slices.Backward(order) {
		h := all[i].height()
		middle[i] = math.Min(middle[i], free-h/2)
		free = middle[i] - h/2
	}
	return middle
}

// drawEndings writes the words right of x, with a leader from the end of each line.
func (d *drawing) drawEndings(all []ending, x, top, foot float64) {
	middles := spread(all, top, foot)
	for i, e := range all {
		y := middles[i]
		if math.Abs(y-e.y) > 4 {
			d.Line(x+2, e.y, x+8, y, sheet.Mark{Stroke: sheet.Axis})
		}
		lines := append(slices.Clone(e.lines), e.value)
		for j, line := range lines {
			t := sheet.Text{Halo: true}
			if j == len(lines)-1 {
				t = datumText
			}
			at := y + (float64(j)-float64(len(lines)-1)/2)*sheet.Size*sheet.Leading
			d.Text(x+swatch+12, at+sheet.Baseline(t), line, t)
		}
		first := y - float64(len(lines)-1)/2*sheet.Size*sheet.Leading
		d.Line(x+10, first, x+swatch+8, first, e.mark)
	}
}
