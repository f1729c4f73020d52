package chart

import (
	"math"
	"slices"
	"strconv"

	"benchbook/internal/chart/sheet"
)

// number reads an attribute that was checked; empty is 0.
func number(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64)
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return 0
	}
	return v
}

// riskNames is the room left of the plot for the names of the rows at risk; the narrow drawing writes them over the rows.
func (d *drawing) riskNames() float64 {
	w := 0.0
	for _, r := range d.f.AtRisk {
		if d.wide {
			w = max(w, tickText.Width(r.Series)+24)
		}
	}
	return min(w, 130)
}

// atRisk draws the counts under the curve, each below its time.
func (d *drawing) atRisk(across sheet.Scale, p plot) {
	if len(d.f.AtRisk) == 0 {
		return
	}
	d.Text(0, d.y+12, "在险数", sheet.Text{Role: sheet.Mute})
	d.y += 22
	name := sheet.Text{Role: sheet.Mute}
	for _, r := range d.f.AtRisk {
		if d.wide {
			d.Text(0, d.y+12, sheet.Fit(r.Series, p.left-20, sheet.Size, false), name)
		} else {
			d.Text(0, d.y+12, sheet.Fit(r.Series, d.Width, sheet.Size, false), name)
			d.y += 18
		}
		d.riskRow(r, across)
		d.y += 20
	}
}

// riskRow writes the counts of one series, leaving out those that would touch the one before.
func (d *drawing) riskRow(r AtRisk, across sheet.Scale) {
	t := sheet.Text{Anchor: sheet.Middle, Datum: true}
	end := math.Inf(-1)
	if d.wide {
		end = across.From - 20
	}
	for _, a := range r.At {
		w := t.Width(a.Text)
		x := d.inside(across.At(a.X), w)
		if x-w/2 < end+6 {
			continue
		}
		d.Text(x, d.y+12, a.Text, t)
		end = x + w/2
	}
}

// tableKM lists the steps of each series below each other, with the numbers at risk where they are drawn.
func tableKM(f *figure) DataTable {
	t := DataTable{Columns: []Column{{Title: "分组"}, {Title: f.first("时间"), Numeric: true}, {Title: f.withUnit("占比"), Numeric: true},
		{Title: "区间下限", Numeric: true}, {Title: "区间上限", Numeric: true}, {Title: "在险数", Numeric: true}}}
	for i, s := range f.Series {
		t.Rows = append(t.Rows, f.stepRows(i, s)...)
	}
	t.addReferences(f)
	return t
}

// stepRows are the steps of a series and, between them, the times at which only the number at risk is known; there the
// curve has the value of the step before.
func (f *figure) stepRows(i int, s Series) [][]string {
	type timed struct {
		x   float64
		row []string
	}
	var all []timed
	name := f.seriesName(i)
	for _, v := range s.Values {
		all = append(all, timed{v.X, []string{name, v.Key, v.print(), v.LoText, v.HiText, v.NText}})
	}
	for _, a := range f.risksOf(s.Name) {
		if j := slices.IndexFunc(s.Values, func(v Value) bool { return v.X == a.X }); j >= 0 {
			all[j].row[5] = a.Text
			continue
		}
		v := stepAt(s.Values, a.X)
		all = append(all, timed{a.X, []string{name, a.Key, v.print(), v.LoText, v.HiText, a.Text}})
	}
	slices.SortStableFunc(all, func(a, b timed) int { return int(math.Copysign(1, a.x-b.x)) * one(a.x != b.x) })
	rows := make([][]string, len(all))
	for i, t := range all {
		rows[i] = t.row
	}
	return rows
}

func (f *figure) risksOf(series string) []Risk {
	for _, r := range f.AtRisk {
		if r.Series == series {
			return r.At
		}
	}
	return nil
}

// stepAt is the value of a step curve at a time; before the first step there is none.
func stepAt(values []Value, x float64) Value {
	at := Value{State: Missing}
	for _, v := range values {
		if v.X <= x {
			at = v
		}
	}
	return at
}
