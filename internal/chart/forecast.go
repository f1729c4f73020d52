package chart

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"

	"benchbook/internal/chart/sheet"
)

var forecast = Kind{
	Name: "forecast", Title: "预测与实际",
	Use:   "每个月一行：空心虚线条是预测，实心条是实际，竖线是下限。序列依次为预测、实际、下限，后一个可省；还没有实际的月份只画预测。",
	Least: 2, Most: 3,
	check: checkForecast, draw: drawForecast, option: optionForecast, describe: describeForecast, table: tableOf,
	example: func() Spec {
		keys := []string{"2026-01", "2026-02", "2026-03", "2026-04"}
		actual := points(keys, 0, 0, 0, 0)
		for i, n := range []float64{1310, 980, 1645} {
			actual[i] = Value{Key: keys[i], V: n, Lo: math.NaN(), Hi: math.NaN(), Text: sheet.Scale{Step: 1}.Label(n, false)}
		}
		actual[3] = Value{Key: keys[3], State: Missing}
		counts := func(numbers ...float64) []Value {
			out := points(keys, numbers...)
			for i, n := range numbers {
				out[i].Text = sheet.Scale{Step: 1}.Label(n, false)
			}
			return out
		}
		return Spec{
			ID: "forecast-actual", Kind: "forecast", Number: "图 5-2", Finding: "三个月里二月跌破八成下限", Subtitle: "新增好友，预测、下限与实际，2026 年",
			Unit: "人", Ordered: true, CategoryTitle: "月份", Base: "一家品牌", Source: "示例合同与台账", Sample: true,
			Series: []Series{{Name: "预测", Dashed: true, Values: counts(1250, 1400, 1500, 1600)}, {Name: "实际", Values: actual}, {Name: "八成下限", Values: counts(1000, 1120, 1200, 1280)}},
		}
	},
}

func checkForecast(f *figure) error {
	for _, s := range f.Series {
		for _, v := range s.Values {
			if v.drawn() && v.V < 0 {
				return problem("%s/%s 是负数，预测图只画数量", "%s/%s is negative; a forecast chart draws amounts", s.Name, v.Key)
			}
		}
	}
	return nil
}

// forecastColumn is the room for a column of printed numbers, its head included.
func (d *drawing) forecastColumn(i int) float64 {
	w := nameText.Width(d.f.seriesName(i))
	for _, v := range d.f.Series[i].Values {
		w = max(w, datumText.Width(v.print()))
	}
	return min(w, d.Width/5) + 12
}

func drawForecast(d *drawing) {
	const height = 22.0
	r := d.layRows(d.f.keys(), height)
	actual, planned := d.forecastColumn(1), d.forecastColumn(0)
	s := sheet.Reach(d.scaleFor(d.f.fromZero())).Over(r.left, d.Width-actual-planned)
	d.legend(d.forecastEntries())
	refs := d.acrossReferences(d.f.References, s)
	d.columnHead(d.Width, actual, 1)
	d.columnHead(d.Width-actual, planned, 0)
	d.y += 20
	top := d.y
	r.place(d.y+4, 12)
	d.acrossAxis(s, top, r.foot)
	for row := range d.f.Series[0].Values {
		d.label(r, row)
		d.forecastRow(s, row, r.middle(row), height)
		d.columnCell(d.Width, r.middle(row), actual, d.f.Series[1].Values[row], true)
		d.columnCell(d.Width-actual, r.middle(row), planned, d.f.Series[0].Values[row], false)
	}
	refs(r.foot)
}

// columnHead names a column of numbers that ends at x.
func (d *drawing) columnHead(x, width float64, series int) {
	d.Text(x, d.y+14, sheet.Fit(d.f.seriesName(series), width-12, sheet.Size, false), sheet.Text{Role: sheet.Mute, Anchor: sheet.End})
}

// columnCell prints a value in a column that ends at x.
func (d *drawing) columnCell(x, y, width float64, v Value, bold bool) {
	t := wordsFor(v)
	t.Anchor, t.Bold = sheet.End, t.Bold && bold
	d.Text(x, y+sheet.Baseline(t), sheet.Fit(v.print(), width-12, sheet.Size, t.Bold), t)
}

// forecastRow draws what was planned as an outline, what came as a bar inside it, and the floor as a line across.
func (d *drawing) forecastRow(s sheet.Scale, row int, y, height float64) {
	plan, actual := d.f.Series[0].Values[row], d.f.Series[1].Values[row]
	if plan.drawn() {
		d.Rect(s.From+0.75, y-height/2+0.75, s.At(plan.V)-s.From-1.5, height-1.5, planMark)
	}
	switch {
	case actual.drawn():
		d.Rect(s.From, y-5.5, s.At(actual.V)-s.From, 11, shape(sheet.Categories[0], actual, false))
	case actual.State == Suppressed:
		d.Hatch(s.From, y-5.5, min(56, s.To-s.From), 11)
	}
	if len(d.f.Series) == 3 {
		if floor := d.f.Series[2].Values[row]; floor.drawn() {
			x := s.At(floor.V)
			d.Line(x, y-height/2-2, x, y+height/2+2, floorMark)
		}
	}
}

var (
	planMark  = sheet.Mark{Fill: sheet.Paper, Stroke: sheet.Rest, Width: 1.5, Dash: "4 2"}
	floorMark = sheet.Mark{Stroke: sheet.Categories[2], Width: 2.25}
)

func (d *drawing) forecastEntries() []entry {
	out := []entry{{name: d.f.seriesName(0), mark: planMark}, {name: d.f.seriesName(1), mark: sheet.Mark{Fill: sheet.Categories[0]}}}
	if len(d.f.Series) == 3 {
		out = append(out, entry{name: d.f.seriesName(2), mark: floorMark, upright: true})
	}
	return out
}

// describeForecast says how far the actual values go.
func describeForecast(f *figure) string {
	known := 0
	for _, v := range f.Series[1].Values {
		known += one(v.drawn())
	}
	out := f.kind.Title + "，" + itoa(len(f.Series[0].Values)) + " 期，其中 " + itoa(known) + " 期有" + f.seriesName(1) + "。"
	return out + f.seriesName(0) + rangeOf(f.Series[0].Values) + "。"
}

func optionForecast(f *figure) *option {
	plan, actual := f.barSeries(0, sheet.Rest), f.barSeries(1, sheet.Categories[0])
	plan.MarkLines = markLines(f.References, true)
	all := []charts.SingleSeries{plan, actual}
	if len(f.Series) == 3 {
		all = append(all, f.rowPoints(2, sheet.Categories[2]))
	}
	return f.lying(all...)
}
