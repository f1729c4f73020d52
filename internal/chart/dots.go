package chart

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/types"

	"benchbook/internal/chart/sheet"
)

var dots = Kind{
	Name: "dots", Title: "变化图",
	Use:   "两个版次之间的变化：每个类别两个点和一条连线，灰点在前，彩点在后。",
	Least: 2, Most: 2,
	order: func(*figure) int { return 1 },
	draw:  drawDots, option: optionDots, describe: describeRows, table: tableOf,
	example: func() Spec {
		keys := []string{"食品", "美妆", "母婴", "服饰"}
		return Spec{
			ID: "rate-change", Kind: "dots", Number: "图 3-3", Finding: "四个行业中三个导流率上升，母婴回落", Subtitle: "导流率中位数，2024 与 2026 年",
			Unit: "%", Percent: true, CategoryTitle: "行业", Base: "n=301 个品牌（2026）", Source: "示例 KPI 数据", Sample: true,
			Series: []Series{{Name: "2024", Values: points(keys, 0.31, 0.27, 0.30, 0.20)}, {Name: "2026", Values: points(keys, 0.38, 0.31, 0.27, 0.22)}},
		}
	},
}

func drawDots(d *drawing) {
	earlier, later := d.f.Series[0], d.f.Series[1]
	r := d.layRows(d.f.keys(), 18)
	pad := 0.0
	for _, s := range d.f.Series {
		left, right := d.marginFor(s.Values)
		pad = max(pad, left, right)
	}
	s := sheet.Reach(d.scaleFor(d.f.extentOrZero())).Over(r.left+pad+8, d.Width-pad-8)
	d.dotHeads(s, earlier.Values[0], later.Values[0])
	refs := d.acrossReferences(d.f.References, s)
	top := d.y
	r.place(d.y+6, 12)
	d.acrossAxis(s, top, r.foot)
	refs(r.foot)
	for row := range earlier.Values {
		d.label(r, row)
		d.dotRow(s, earlier.Values[row], later.Values[row], r.middle(row))
	}
}

// dotRoles are the colours of the earlier and the later edition.
var dotRoles = []sheet.Role{sheet.Rest, sheet.Categories[0]}

// dotHeads names the two dots of the first row where they are, or in a legend when they are too close.
func (d *drawing) dotHeads(s sheet.Scale, a, b Value) {
	t := sheet.Text{Role: sheet.Mute, Anchor: sheet.Middle}
	first, second := d.f.seriesName(0), d.f.seriesName(1)
	apart := math.Abs(s.At(orElse(a.V, b.V)) - s.At(orElse(b.V, a.V)))
	if !a.drawn() || !b.drawn() || apart < (t.Width(first)+t.Width(second))/2+10 || t.Width(first)+t.Width(second) > d.Width/2 {
		d.legend([]entry{{name: first, mark: sheet.Mark{Fill: dotRoles[0]}, round: true}, {name: second, mark: sheet.Mark{Fill: dotRoles[1]}, round: true}})
		return
	}
	d.Text(d.inside(s.At(a.V), t.Width(first)), d.y+14, first, t)
	d.Text(d.inside(s.At(b.V), t.Width(second)), d.y+14, second, t)
	d.y += 20
}

// dotRow draws one change with both values printed outside the dots.
func (d *drawing) dotRow(s sheet.Scale, a, b Value, y float64) {
	switch {
	case a.drawn() && b.drawn():
		d.change(s, a, b, y)
	case a.drawn():
		d.single(s, a, b, y, dotRoles[0])
	case b.drawn():
		d.single(s, b, a, y, dotRoles[1])
	default:
		d.datum(d.absent(s.From, b, y, 18), y, b, false)
	}
}

func (d *drawing) change(s sheet.Scale, a, b Value, y float64) {
	xa, xb := s.At(a.V), s.At(b.V)
	d.Line(xa, y, xb, y, sheet.Mark{Stroke: sheet.Axis, Width: 2})
	d.Circle(xa, y, 5, shape(dotRoles[0], a, d.f.Series[0].Dashed))
	d.Circle(xb, y, 6, shape(dotRoles[1], b, d.f.Series[1].Dashed))
	d.dotWords(xa, y, a, xa < xb || xa == xb)
	d.dotWords(xb, y, b, xb < xa)
}

// dotWords prints a value beside its dot; the earlier one in grey is told by its place and dot.
func (d *drawing) dotWords(x, y float64, v Value, leftward bool) {
	if leftward {
		d.datum(x-11, y, v, true)
		return
	}
	d.datum(x+11, y, v, false)
}

// single draws the one value there is, and says why the other is not.
func (d *drawing) single(s sheet.Scale, there, gone Value, y float64, r sheet.Role) {
	x := s.At(there.V)
	d.Circle(x, y, 5.5, shape(r, there, false))
	d.datum(x+11, y, there, false)
	after := x + 11 + datumText.Width(there.Text) + 8
	if t := wordsFor(gone); after+t.Width(gone.print()) <= d.Width {
		d.datum(after, y, gone, false)
	}
}

func optionDots(f *figure) *option {
	all := []charts.SingleSeries{custom("", "joint", sheet.Axis, f.joints())}
	for i := range f.Series {
		all = append(all, f.rowPoints(i, dotRoles[i]))
	}
	all[0].MarkLines = markLines(f.References, true)
	return f.lying(all...)
}

// rowPoints is a series as points along the rows.
func (f *figure) rowPoints(i int, r sheet.Role) charts.SingleSeries {
	var data []datum
	for row, v := range f.Series[i].Values {
		data = append(data, item(v, []any{item(v, v.V).Value, row}))
	}
	return charts.SingleSeries{Name: clip(f.seriesName(i)), Type: types.ChartScatter, SymbolSize: 12, Data: data, ItemStyle: filled(r)}
}

// joints join the two dots of each row that has both.
func (f *figure) joints() []datum {
	data := []datum{}
	for row, a := range f.Series[0].Values {
		if b := f.Series[1].Values[row]; a.drawn() && b.drawn() {
			data = append(data, datum{Name: clip(a.Key), Value: []float64{a.V, float64(row), b.V}, Text: b.Text})
		}
	}
	return data
}
