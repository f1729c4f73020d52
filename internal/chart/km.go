package chart

import (
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"benchbook/internal/chart/sheet"
)

var km = Kind{
	Name: "km", Title: "回本曲线",
	Use: "Kaplan–Meier 阶梯曲线：到某时为止已回本的占比，带置信带；数值的 X 是时间。AtRisk 给出图下的在险数。",
	Attributes: []Attribute{
		{Name: "x_title", Title: "横轴名称", Default: "月数"},
		{Name: "x_step", Title: "横轴刻度的间隔，留空则自动", Number: true},
	},
	Least: 1, Most: 4,
	check: checkKM, draw: drawKM, option: optionKM, describe: describeKM, table: tableKM,
	example: exampleKM,
}

func exampleKM() Spec {
	curve := func(months []float64, shares ...float64) []Value {
		out := []Value{}
		for i, m := range months {
			v := share(itoa(int(m)), shares[i], math.Max(0, shares[i]-0.01*math.Sqrt(m)), math.Min(1, shares[i]+0.01*math.Sqrt(m)), 0)
			v.X, v.NText = m, ""
			out = append(out, v)
		}
		return out
	}
	risk := func(name string, counts ...int) AtRisk {
		r := AtRisk{Series: name}
		for i, n := range counts {
			r.At = append(r.At, Risk{X: float64(6 * i), Key: itoa(6 * i), Text: itoa(n)})
		}
		return r
	}
	return Spec{
		ID: "payback", Kind: "km", Number: "图 3-4", Finding: "自建团队 12 个月内过半回本，代运营要到 18 个月", Subtitle: "已回本企业的累计占比，按运营方式，2023–2026 年",
		Unit: "%", Percent: true, Ordered: true, CategoryTitle: "月数", Base: "n=184", Source: "示例回本数据", Sample: true,
		Notes: []string{"阴影为 95% 置信带；未回本者按最后观察时间删失。"},
		Series: []Series{
			{Name: "自建团队", Values: curve([]float64{0, 3, 5, 8, 11, 12, 15, 19, 23}, 0, .08, .17, .32, .46, .53, .62, .70, .74)},
			{Name: "代运营", Values: curve([]float64{0, 4, 7, 10, 14, 18, 22}, 0, .05, .14, .27, .41, .51, .58)},
		},
		AtRisk: []AtRisk{risk("自建团队", 102, 81, 44, 22, 9), risk("代运营", 82, 72, 51, 27, 11)},
	}
}

// describeKM says how high each curve gets, and when.
func describeKM(f *figure) string {
	var parts []string
	for i, s := range f.Series {
		last, found := lastDrawn(s.Values)
		if !found {
			parts = append(parts, short(f.seriesName(i))+"没有可显示的数值")
			continue
		}
		parts = append(parts, short(f.seriesName(i))+"到 "+short(last.Key)+" 时为 "+last.Text)
	}
	return f.kind.Title + "，横轴为" + f.attr("x_title") + "，" + itoa(len(f.Series)) + " 个序列。" + strings.Join(parts, "；") + "。"
}

func checkKM(f *figure) error {
	for _, s := range f.Series {
		for i, v := range s.Values {
			if !(math.Abs(v.X) <= mostExtreme) || i > 0 && v.X < s.Values[i-1].X {
				return problem("%s 的时间没有递增", "the times of %s do not rise", s.Name)
			}
		}
	}
	for _, r := range f.AtRisk {
		if !slices.ContainsFunc(f.Series, func(s Series) bool { return s.Name == r.Series }) {
			return problem("在险数的序列 %q 不存在", "there is no series %q for the numbers at risk", r.Series)
		}
		for i, a := range r.At {
			if !(math.Abs(a.X) <= mostExtreme) || i > 0 && a.X <= r.At[i-1].X {
				return problem("在险数的时间没有递增", "the times of the numbers at risk do not rise")
			}
		}
	}
	return nil
}

func drawKM(d *drawing) {
	lo, hi := d.f.fromZero()
	if d.f.Percent && hi <= 1 && hi > 0.85 {
		hi = 1
	}
	s := sheet.Reach(lo, hi, 5)
	marks := d.lineMarks()
	words := d.endingsWidth()
	ends := d.endings(words, s.Over(0, 0), marks)
	refs := d.f.onX(true)
	across := d.timeScale()
	left := max(d.upAxisWidth(s), d.riskNames())
	lines := d.acrossReferences(refs, across.Over(left, d.Width-words-swatch-14))
	p := d.standing(s, left, words+swatch+14, heightOf(ends))
	across = across.Over(p.left, p.right)
	ends = d.endings(words, p.up, marks)
	for i, series := range d.f.Series {
		d.stepBand(series.Values, across, p.up, d.f.scheme(i))
	}
	d.levels(p)
	for i, series := range d.f.Series {
		d.steps(series.Values, across, p, marks[i])
	}
	lines(p.foot)
	d.drawEndings(ends, p.right, p.top-8, p.foot+8)
	d.timeTicks(across, p)
	d.atRisk(across, p)
	d.unsaid = true // a curve has no place for words
}

// timeScale is the horizontal axis: from 0 to the last time, in even months.
func (d *drawing) timeScale() sheet.Scale {
	last := 0.0
	for _, s := range d.f.Series {
		last = max(last, s.Values[len(s.Values)-1].X)
	}
	for _, r := range d.f.AtRisk {
		for _, a := range r.At {
			last = max(last, a.X)
		}
	}
	for _, r := range d.f.onX(true) {
		last = max(last, r.V)
	}
	s := sheet.Reach(0, last, 6)
	if step := d.timeStep(last); step > 0 {
		s.Step, s.Max = step, math.Ceil(last/step-1e-9)*step
	}
	return s
}

// timeStep is the attribute x_step, or half a year, a quarter … where months are counted and it suits.
func (d *drawing) timeStep(last float64) float64 {
	if step := number(d.f.attr("x_step")); step > 0 && last/step <= 60 {
		return step
	}
	for _, step := range []float64{1, 3, 6, 12} {
		if last > 6 && last/step <= 7 {
			return step
		}
	}
	return 0
}

// steps draws a curve that holds its value until the next time, to the end of what was observed.
func (d *drawing) steps(values []Value, across sheet.Scale, p plot, m sheet.Mark) {
	for _, run := range runs(len(values), func(i int) bool { return values[i].drawn() }) {
		d.Lines(stairs(values[run[0]:run[1]], across, p.up, func(v Value) float64 { return v.V }), false, m)
	}
}

// stairs are the corners of a step line through one side of the values.
func stairs(values []Value, across, up sheet.Scale, side func(Value) float64) []sheet.Point {
	var out []sheet.Point
	for i, v := range values {
		if i > 0 {
			out = append(out, sheet.Point{X: across.At(v.X), Y: up.At(side(values[i-1]))})
		}
		out = append(out, sheet.Point{X: across.At(v.X), Y: up.At(side(v))})
	}
	return out
}

// stepBand shades between the ends of the intervals.
func (d *drawing) stepBand(values []Value, across, up sheet.Scale, r sheet.Role) {
	for _, run := range runs(len(values), func(i int) bool { return values[i].drawn() }) {
		edge := stairs(values[run[0]:run[1]], across, up, Value.high)
		low := stairs(values[run[0]:run[1]], across, up, Value.low)
		slices.Reverse(low)
		d.Lines(append(edge, low...), true, sheet.Mark{Fill: r, Opacity: 0.14})
	}
}

// timeTicks writes the times under the plot and the name of the axis.
func (d *drawing) timeTicks(across sheet.Scale, p plot) {
	ticks := across.Ticks()
	labels, at := make([]string, len(ticks)), make([]float64, len(ticks))
	for i, v := range ticks {
		labels[i], at[i] = across.Label(v, false), across.At(v)
		d.Line(at[i], p.foot, at[i], p.foot+4, sheet.Mark{Stroke: sheet.Axis})
	}
	d.tickLabels(at, labels, p.foot+18)
	t := sheet.Text{Role: sheet.Mute, Anchor: sheet.End}
	d.Text(p.right, p.foot+36, sheet.Fit(d.f.attr("x_title"), p.right, sheet.Size, false), t)
	d.y = p.foot + 44
}

func optionKM(f *figure) *option {
	var all []charts.SingleSeries
	for i, s := range f.Series {
		var data []datum
		for _, v := range s.Values {
			data = append(data, item(v, []any{v.X, item(v, v.V).Value}))
		}
		all = append(all, charts.SingleSeries{Name: clip(f.seriesName(i)), Type: types.ChartLine, Step: "end", Data: data, ItemStyle: filled(f.scheme(i)), LineStyle: strokeOf(f.scheme(i), s.Dashed)})
		all = append(all, f.stairSeries(i)...)
	}
	all[0].MarkLines = markLines(f.onX(false), false)
	x := valueAxis(false, f.attr("x_title"))
	x.SplitLine = &opts.SplitLine{Show: opts.Bool(false)}
	return &option{x: x, y: valueAxis(f.Percent, ""), legend: f.legendNames(), series: all}
}

// stairSeries is the band of a step curve: an item holds [from, lo, hi, to, lo, hi] with the same ends.
func (f *figure) stairSeries(i int) []charts.SingleSeries {
	values := f.Series[i].Values
	var data []datum
	for j := 1; j < len(values); j++ {
		if a := values[j-1]; a.hasInterval() {
			data = append(data, item(a, []float64{a.X, a.low(), a.high(), values[j].X, a.low(), a.high()}))
		}
	}
	if data == nil {
		return nil
	}
	return []charts.SingleSeries{custom(f.seriesName(i), "ribbon", f.scheme(i), data)}
}
