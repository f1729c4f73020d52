package chart

import (
	"math"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"benchbook/internal/chart/sheet"
)

// runs parts indices 0 to n-1 into stretches without a gap.
func runs(n int, there func(int) bool) [][2]int {
	var out [][2]int
	for i := 0; i < n; i++ {
		if !there(i) {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last][1] == i {
			out[last][1]++
		} else {
			out = append(out, [2]int{i, i + 1})
		}
	}
	return out
}

// ribbon draws the interval band of a line, where both ends are known.
func (d *drawing) ribbon(values []Value, at []float64, s sheet.Scale, r sheet.Role) {
	there := func(i int) bool {
		v := values[i]
		return v.drawn() && !math.IsNaN(v.Lo) && !math.IsNaN(v.Hi)
	}
	for _, run := range runs(len(values), there) {
		var edge []sheet.Point
		for i := run[0]; i < run[1]; i++ {
			edge = append(edge, sheet.Point{X: at[i], Y: s.At(values[i].Hi)})
		}
		for i := run[1] - 1; i >= run[0]; i-- {
			edge = append(edge, sheet.Point{X: at[i], Y: s.At(values[i].Lo)})
		}
		d.Lines(edge, true, sheet.Mark{Fill: r, Opacity: 0.16})
	}
}

// course draws the line of a series, broken where there is no value and dashed where it is a forecast, and its points.
func (d *drawing) course(values []Value, at []float64, s sheet.Scale, m sheet.Mark) {
	forecast := d.forecastFrom()
	for _, run := range runs(len(values), func(i int) bool { return values[i].drawn() }) {
		var known, guessed []sheet.Point
		for i := run[0]; i < run[1]; i++ {
			p := sheet.Point{X: at[i], Y: s.At(values[i].V)}
			if i < forecast {
				known = append(known, p)
			}
			if i >= forecast-1 {
				guessed = append(guessed, p)
			}
		}
		dashed := m
		dashed.Dash = sheet.Dashed
		d.Lines(known, false, m)
		if forecast < run[1] {
			d.Lines(guessed, false, dashed)
		}
	}
	d.points(values, at, s, m.Stroke, forecast)
}

// forecastFrom is the index of the first forecast, the number of values when there is none.
func (d *drawing) forecastFrom() int {
	if i := slices.Index(d.f.keys(), d.f.attr("forecast")); i >= 0 {
		return i
	}
	return len(d.f.Series[0].Values)
}

// points marks the values of a line when there are few, and always those that stand alone, come from few answers or are
// forecasts.
func (d *drawing) points(values []Value, at []float64, s sheet.Scale, r sheet.Role, forecast int) {
	for i, v := range values {
		alone := (i == 0 || !values[i-1].drawn()) && (i == len(values)-1 || !values[i+1].drawn())
		if !v.drawn() || len(values) > 24 && !alone && v.State != Hollow {
			continue
		}
		m := sheet.Mark{Fill: r, Tip: v.Key + " " + v.Text}
		if v.State == Hollow || i >= forecast {
			m.Fill, m.Stroke, m.Width = sheet.Paper, r, 1.75
		}
		d.Circle(at[i], s.At(v.V), 3.25, m)
	}
}

// gaps hatches the foot of the plot where a value must not be shown.
func (d *drawing) gaps(at []float64, p plot) {
	for i, key := range d.f.keys() {
		for _, s := range d.f.Series {
			if s.Values[i].State == Suppressed && s.Values[i].Key == key {
				d.Hatch(at[i]-6, p.foot-14, 12, 14)
				d.unsaid = true
				break
			}
		}
	}
}

// absentKey explains the hatching, by the words of the first value that must not be shown.
func (d *drawing) absentKey() {
	for _, s := range d.f.Series {
		for _, v := range s.Values {
			if v.State == Suppressed {
				d.Hatch(0, d.y+4, swatch, 12)
				d.Text(swatch+6, d.y+10+sheet.Baseline(tickText), sheet.Fit(v.print(), d.Width-swatch-6, sheet.Size, false), sheet.Text{Role: sheet.Mute})
				d.y += 24
				return
			}
		}
	}
}

// valuesAbove prints the values of a single line over its points when there are at most 12 and all fit; the last one
// stands at the end of the line.
func (d *drawing) valuesAbove(at []float64, p plot) {
	values := d.f.Series[0].Values
	if !d.printsValues() {
		return
	}
	t := datumText
	t.Anchor, t.Bold = sheet.Middle, false
	for i := 1; i < len(at); i++ {
		if (t.Width(values[i-1].print())+t.Width(values[i].print()))/2+6 > at[i]-at[i-1] {
			return
		}
	}
	for i, v := range values[:len(values)-1] {
		if v.drawn() && at[i]-t.Width(v.Text)/2 > p.left-4 {
			d.Text(at[i], p.up.At(v.high())-9, v.Text, t)
		}
	}
}

func optionLine(f *figure) *option {
	var all []charts.SingleSeries
	for i, s := range f.Series {
		lineSeries := charts.SingleSeries{Name: clip(f.seriesName(i)), Type: types.ChartLine, Data: plainItems(s.Values), ItemStyle: filled(f.scheme(i)), LineStyle: strokeOf(f.scheme(i), s.Dashed)}
		all = append(all, lineSeries)
		all = append(all, f.ribbonSeries(i)...)
	}
	all[0].MarkLines = markLines(f.onX(false), false)
	y := valueAxis(f.Percent, "")
	y.Scale = opts.Bool(f.attr("zero") != "yes")
	return &option{x: categoryAxis(f.keys()), y: y, legend: f.legendNames(), series: all}
}

func strokeOf(r sheet.Role, dashed bool) *opts.LineStyle {
	s := &opts.LineStyle{Color: r.Light, Width: 2}
	if dashed {
		s.Type = "dashed"
	}
	return s
}

// ribbonSeries is the band of a line: an item spans from one point to the next, as [from, lo, hi, to, lo, hi].
func (f *figure) ribbonSeries(i int) []charts.SingleSeries {
	values := f.Series[i].Values
	var data []datum
	for j := 1; j < len(values); j++ {
		a, b := values[j-1], values[j]
		if a.hasInterval() && b.hasInterval() {
			data = append(data, item(b, []float64{float64(j - 1), a.low(), a.high(), float64(j), b.low(), b.high()}))
		}
	}
	if data == nil {
		return nil
	}
	return []charts.SingleSeries{custom(f.seriesName(i), "ribbon", f.scheme(i), data)}
}
