package chart

import (
	"slices"

	"benchbook/internal/chart/sheet"
)

var line = Kind{
	Name: "line", Title: "折线图",
	Use: "随时间变化的一至五个序列；类别写作 2025、2025-03、2025-Q1、2025-03-08 时按时间排布，否则等距。",
	Attributes: []Attribute{
		{Name: "zero", Title: "纵轴是否从 0 开始；auto 在变化不大时截断并注明", Default: "auto", Choices: []string{"auto", "yes", "no"}},
		{Name: "forecast", Title: "从这个类别起为预测，画作虚线"},
	},
	Least: 1, Most: 5,
	check: checkLine, draw: drawLine, option: optionLine, describe: describeCourse, table: tableOf,
	example: func() Spec {
		keys := []string{"2025-01", "2025-04", "2025-07", "2025-10", "2026-01", "2026-04"}
		banded := func(shares ...float64) []Value {
			out := points(keys, shares...)
			for i, v := range shares {
				out[i] = share(keys[i], v, v-0.04, v+0.04, 300)
			}
			return out
		}
		return Spec{
			ID: "rate-trend", Kind: "line", Number: "图 3-2", Finding: "食品行业导流率一年半升至 38%，服饰停在两成", Subtitle: "导流率中位数，按季度",
			Unit: "%", Percent: true, Ordered: true, CategoryTitle: "季度", Base: "n=301 个品牌", Source: "示例 KPI 数据", Sample: true,
			Notes:  []string{"色带为 95% 区间；虚线为预测。"},
			Series: []Series{{Name: "食品", Values: banded(.29, .31, .32, .35, .37, .38)}, {Name: "服饰", Values: banded(.19, .20, .19, .21, .20, .20)}},
			Attrs:  map[string]string{"forecast": "2026-04", "zero": "yes"},
		}
	},
}

func checkLine(f *figure) error {
	from := f.Attrs["forecast"]
	if from != "" && !slices.Contains(f.keys(), from) {
		return problem("预测起点 %q 不是一个类别", "the forecast starts at %q, which is no category", from)
	}
	return checkNoX(f)
}

// checkNoX refuses references on a horizontal axis that has no numbers.
func checkNoX(f *figure) error {
	if refs := f.onX(true); len(refs) > 0 {
		return problem("图形 %s 的横轴没有数值，参考线 %q 无处可画", "kind %s has no numbers on its horizontal axis for the reference %q", f.kind.Name, refs[0].Name)
	}
	return nil
}

// plot is the area of a drawing with two axes.
type plot struct {
	left, right, top, foot float64
	up                     sheet.Scale
}

// standing lays out a plot with a value axis at the left and words at the right, and draws its grid. Enough is the least
// height of the words at the right, left the least room before the plot.
func (d *drawing) standing(s sheet.Scale, left, right, enough float64) plot {
	if note := d.axisNote(s); note != "" {
		d.Text(0, d.y+13, sheet.Fit(note, d.Width, sheet.Size, false), sheet.Text{Role: sheet.Mute})
		d.y += 24
	}
	height := 220.0
	if d.wide {
		height = 260
	}
	p := plot{left: max(left, d.upAxisWidth(s)), right: d.Width - right, top: d.y + 8}
	p.foot = p.top + max(height, enough)
	p.up = s.Over(p.foot, p.top)
	d.upAxis(p.up, p.left, p.right)
	return p
}

// axisNote is the unit, and a warning when the axis does not start at zero.
func (d *drawing) axisNote(s sheet.Scale) string {
	note := ""
	if d.f.Unit != "" && !d.f.Percent {
		note = "单位：" + d.f.Unit
	}
	if s.Min > 0 || s.Max < 0 {
		if note != "" {
			note += "；"
		}
		note += "纵轴不从 0 开始"
	}
	return note
}

// lineScale starts at zero unless the attribute says otherwise, or the values stay in the upper half of the axis.
func (d *drawing) lineScale() sheet.Scale {
	lo, hi := d.f.extent()
	zero := d.f.attr("zero")
	if zero == "yes" || zero == "auto" && lo <= hi/2 && lo >= 0 {
		lo, hi = d.f.fromZero()
	}
	return sheet.Reach(lo, hi, 5)
}

func drawLine(d *drawing) {
	s := d.lineScale()
	marks := d.lineMarks()
	words := d.endingsWidth()
	ends := d.endings(words, s.Over(0, 0), marks)
	if d.printsValues() {
		d.y += 12
	}
	p := d.standing(s, 0, words+swatch+14, heightOf(ends))
	ends = d.endings(words, p.up, marks)
	at := placesOf(d.f.keys(), p.left+d.firstInset(), p.right-8)
	for i := range d.f.Series {
		d.ribbon(d.f.Series[i].Values, at, p.up, d.f.scheme(i))
	}
	d.levels(p)
	for i := range d.f.Series {
		d.course(d.f.Series[i].Values, at, p.up, marks[i])
	}
	d.gaps(at, p)
	d.valuesAbove(at, p)
	d.drawEndings(ends, p.right, p.top-8, p.foot+8)
	d.timeLabels(at, p)
}

// firstInset is how far from the axis the first point stands: its value may be printed over it.
func (d *drawing) firstInset() float64 {
	if d.printsValues() {
		return min(max(8, datumText.Width(d.f.Series[0].Values[0].print())/2+2), 40)
	}
	return 8
}

// printsValues reports whether the values are few enough to be printed over the points.
func (d *drawing) printsValues() bool {
	return len(d.f.Series) == 1 && len(d.f.Series[0].Values) <= 12
}

// lineMarks tells the series apart by colour and by dash.
func (d *drawing) lineMarks() []sheet.Mark {
	out := make([]sheet.Mark, len(d.f.Series))
	for i, s := range d.f.Series {
		out[i] = sheet.Mark{Stroke: d.f.scheme(i), Width: 2.25, Round: true}
		if s.Dashed {
			out[i].Dash = sheet.Dashed
		}
	}
	return out
}

// levels draws the horizontal references.
func (d *drawing) levels(p plot) {
	for _, r := range d.f.onX(false) {
		d.Line(p.left, p.up.At(r.V), p.right, p.up.At(r.V), referenceMark)
	}
}

// timeLabels writes the categories under the plot.
func (d *drawing) timeLabels(at []float64, p plot) {
	labels := d.f.keys()
	for i, l := range labels {
		labels[i] = sheet.Fit(l, 120, sheet.Size, false)
	}
	d.tickLabels(at, labels, p.foot+18)
	d.y = p.foot + 26
}
