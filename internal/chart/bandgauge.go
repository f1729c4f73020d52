package chart

import (
	"math"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"benchbook/internal/chart/sheet"
)

var bandgauge = Kind{
	Name: "bandgauge", Title: "区间标尺",
	Use:   "一条标尺上的几个区间，首尾可开口，未定义的一段画斜线；参考线标出中位数或「你的品牌」。序列可选，给出各区间的占比，类别名与区间名相同。",
	Least: 0, Most: 1,
	check: checkGauge, draw: drawGauge, option: optionGauge, describe: describeGauge, table: tableGauge,
	example: func() Spec {
		open := math.NaN()
		return Spec{
			ID: "rate-bands", Kind: "bandgauge", Number: "图 3-7", Finding: "四成品牌达标，两成优秀", Subtitle: "导流率的四个区间和品牌占比，2026 年一季度",
			Unit: "%", Percent: true, CategoryTitle: "区间", Base: "n=301 个品牌", Source: "示例 KPI 数据", Sample: true,
			Bands: []Band{
				{Name: "偏低", From: open, To: 0.15, ToText: "15%"}, {Name: "达标", From: 0.15, To: 0.30, FromText: "15%", ToText: "30%", FromClosed: true, ToClosed: true},
				{Name: "未定义", From: 0.30, To: 0.35, FromText: "30%", ToText: "35%", Gap: true}, {Name: "优秀", From: 0.35, To: open, FromText: "35%", FromClosed: true},
			},
			Series:     []Series{{Name: "品牌占比", Values: points([]string{"偏低", "达标", "未定义", "优秀"}, 0.27, 0.42, 0.10, 0.21)}},
			References: []Reference{{Name: "你的品牌", V: 0.25, Text: "25%"}, {Name: "中位数", V: 0.27, Text: "27%"}},
		}
	},
}

func checkGauge(f *figure) error {
	if len(f.Bands) == 0 {
		return problem("标尺没有区间", "the gauge has no bands")
	}
	if len(f.Bands) > 9 {
		return problem("标尺至多 9 个区间", "a gauge carries at most 9 bands")
	}
	if f.gaugeEnds() == nil {
		return problem("标尺的区间没有任何上下限", "no band of the gauge has an end")
	}
	for _, s := range f.Series {
		for _, v := range s.Values {
			if _, found := f.bandNamed(v.Key); !found {
				return problem("没有名为 %q 的区间", "no band is called %q", v.Key)
			}
		}
	}
	return checkBands(f.Bands)
}

func (f *figure) bandNamed(name string) (Band, bool) {
	for _, b := range f.Bands {
		if b.Name == name {
			return b, true
		}
	}
	return Band{}, false
}

// gaugeEnds are all finite ends and references.
func (f *figure) gaugeEnds() []float64 {
	var out []float64
	for _, b := range f.Bands {
		for _, v := range []float64{b.From, b.To} {
			if !math.IsNaN(v) {
				out = append(out, v)
			}
		}
	}
	return out
}

// gaugeScale reaches past the outermost ends where a band is open or a reference lies outside.
func (d *drawing) gaugeScale() sheet.Scale {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range d.f.gaugeEnds() {
		lo, hi = math.Min(lo, v), math.Max(hi, v)
	}
	span := hi - lo
	if span == 0 {
		span = math.Max(math.Abs(hi), 1)
	}
	inner := lo
	if math.IsNaN(d.f.Bands[0].From) {
		lo -= span * 0.3
	}
	if math.IsNaN(d.f.Bands[len(d.f.Bands)-1].To) {
		hi += span * 0.3
	}
	for _, r := range d.f.References {
		lo, hi = math.Min(lo, r.V-span*0.05), math.Max(hi, r.V+span*0.05)
	}
	if inner >= 0 && lo < 0 && d.f.referencesNotNegative() {
		lo = 0
	}
	return sheet.Scale{Min: lo, Max: hi, Step: span}.Over(6, d.Width-6)
}

func (f *figure) referencesNotNegative() bool {
	for _, r := range f.References {
		if r.V < 0 {
			return false
		}
	}
	return true
}

const gaugeHeight = 30.0

func drawGauge(d *drawing) {
	s := d.gaugeScale()
	lines := d.acrossReferences(d.f.References, s)
	top := d.y + 4
	roles := d.f.bandRoles()
	for i, b := range d.f.Bands {
		d.gaugeBand(s, b, top, roles[i])
	}
	lines(top + gaugeHeight + 4)
	d.gaugeEdges(s, top+gaugeHeight)
	d.bandRows(roles)
}

// bandRoles are steps of one hue for the bands; gaps have none.
func (f *figure) bandRoles() []sheet.Role {
	n := 0
	for _, b := range f.Bands {
		n += one(!b.Gap)
	}
	hues := ramp(min(max(n, 1), len(sheet.Steps)))
	out := make([]sheet.Role, len(f.Bands))
	i := 0
	for j, b := range f.Bands {
		if !b.Gap {
			out[j] = hues[min(i, len(hues)-1)]
			i++
		}
	}
	return out
}

// gaugeBand draws one band; an open end runs out into a point.
func (d *drawing) gaugeBand(s sheet.Scale, b Band, top float64, r sheet.Role) {
	from, to := orElse(b.From, s.Min), orElse(b.To, s.Max)
	x1, x2, foot := s.At(from), s.At(to)-1, top+gaugeHeight
	if b.Gap {
		d.Hatch(x1, top, x2-x1, gaugeHeight)
		return
	}
	tip := math.Min(10, (x2-x1)/2)
	edge := []sheet.Point{{X: x1, Y: top}, {X: x2, Y: top}}
	if math.IsNaN(b.To) {
		edge = []sheet.Point{{X: x1, Y: top}, {X: x2 - tip, Y: top}, {X: x2, Y: (top + foot) / 2}, {X: x2 - tip, Y: foot}}
	} else {
		edge = append(edge, sheet.Point{X: x2, Y: foot})
	}
	if math.IsNaN(b.From) {
		edge[0].X += tip
		edge = append(edge, sheet.Point{X: x1 + tip, Y: foot}, sheet.Point{X: x1, Y: (top + foot) / 2})
	} else {
		edge = append(edge, sheet.Point{X: x1, Y: foot})
	}
	d.Lines(edge, true, sheet.Mark{Fill: r})
}

func describeGauge(f *figure) string {
	parts := make([]string, 0, len(f.Bands))
	for _, b := range f.Bands[:min(5, len(f.Bands))] {
		text := short(b.Name) + " " + f.span(b)
		if v, found := f.shareOf(b.Name); found {
			text += "（" + v.print() + "）"
		}
		parts = append(parts, text)
	}
	out := f.kind.Title + "，" + itoa(len(f.Bands)) + " 个区间：" + strings.Join(parts, "；") + "。"
	for _, r := range f.References[:min(2, len(f.References))] {
		out += short(r.caption()) + "。"
	}
	return out
}

// tableGauge has a row a band and a row a reference.
func tableGauge(f *figure) DataTable {
	t := DataTable{Columns: []Column{{Title: f.first("区间")}, {Title: "范围"}}}
	for _, b := range f.Bands {
		t.Rows = append(t.Rows, []string{b.Name, f.span(b)})
	}
	if len(f.Series) == 1 {
		cell := func(row int) string {
			v, found := f.shareOf(f.Bands[row].Name)
			if !found {
				return ""
			}
			return v.print()
		}
		base := func(row int) string { v, _ := f.shareOf(f.Bands[row].Name); return v.NText }
		t.add(f.withUnit(f.seriesName(0)), cell)
		t.add("n", base)
	}
	t.addReferences(f)
	return t
}

// optionGauge stacks the bands as one bar; open ends reach as far as in the drawing.
func optionGauge(f *figure) *option {
	d := &drawing{Sheet: sheet.New(f.ID, float64(Wide)), f: f}
	s, roles := d.gaugeScale(), f.bandRoles()
	var all []charts.SingleSeries
	var names []string
	for i, b := range f.Bands {
		names = append(names, clip(b.Name))
		from, to := orElse(b.From, s.Min), orElse(b.To, s.Max)
		data := datum{Name: clip(b.Name), Value: []float64{from, 0, to}, Text: f.span(b)}
		if v, found := f.shareOf(b.Name); found {
			data.Names, data.Texts = []string{clip(f.seriesName(0))}, []string{v.print()}
		}
		role := sheet.Zero
		if !b.Gap {
			role = roles[i]
		}
		all = append(all, custom(b.Name, "bandspan", role, []datum{data}))
	}
	all = append(all, charts.SingleSeries{Type: types.ChartBar, Data: []datum{}, MarkLines: markLines(f.References, true)})
	x := valueAxis(f.Percent, "")
	x.Min, x.Max = s.Min, s.Max
	return &option{x: x, y: opts.XAxis{Type: "category", Data: []string{f.first("区间")}, AxisLabel: axisLabel(), Inverse: opts.Bool(true)}, legend: names, series: all, head: len(f.References)}
}
