package chart

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"

	"benchbook/internal/chart/sheet"
)

var histogram = Kind{
	Name: "histogram", Title: "直方图",
	Use:   "分组计数或占比，一个序列；Bands 依次给出各组的上下限，首末两组可以开口。组距不等时柱等宽并注明。",
	Least: 1, Most: 1,
	check: checkHistogram, draw: drawHistogram, option: optionHistogram, describe: describeRows, table: tableOf,
	example: func() Spec {
		keys := []string{"0–3 个月", "3–6 个月", "6–9 个月", "9–12 个月", "12–15 个月", "15 个月以上"}
		edges := []float64{0, 3, 6, 9, 12, 15, math.NaN()}
		s := Spec{
			ID: "payback-months", Kind: "histogram", Number: "图 3-6", Finding: "回本多在 6 至 12 个月，一成半超过 15 个月", Subtitle: "回本月数的分布，已回本企业，2023–2026 年",
			Unit: "家", CategoryTitle: "回本月数", Ordered: true, Base: "n=118", Source: "示例回本数据", Sample: true,
			References: []Reference{{Name: "中位数", V: 9.4, Text: "9.4 个月"}},
		}
		var values []Value
		for i, n := range []int{9, 21, 27, 26, 17, 18} {
			values = append(values, Value{Key: keys[i], V: float64(n), Lo: math.NaN(), Hi: math.NaN(), Text: itoa(n)})
			s.Bands = append(s.Bands, Band{Name: keys[i], From: edges[i], To: edges[i+1], FromClosed: true})
		}
		s.Series = []Series{{Name: "企业数", Values: values}}
		return s
	},
}

// checkHistogram wants no negative count, and bands that fit the values and each other.
func checkHistogram(f *figure) error {
	if err := checkParts(f); err != nil {
		return err
	}
	if len(f.Bands) == 0 {
		if len(f.References) > 0 {
			return problem("没有 Bands 就无法画参考线 %q", "without bands there is no place for the reference %q", f.References[0].Name)
		}
		return nil
	}
	if len(f.Bands) != len(f.Series[0].Values) {
		return problem("有 %d 个分组、%d 个数值", "there are %d bands for %d values", len(f.Bands), len(f.Series[0].Values))
	}
	return checkBands(f.Bands)
}

// checkBands wants bands in order that do not overlap, open only at the outer ends.
func checkBands(bands []Band) error {
	for i, b := range bands {
		last := len(bands) - 1
		switch {
		case math.IsNaN(b.From) && i > 0 || math.IsNaN(b.To) && i < last:
			return problem("区间 %q 只有在首尾才能开口", "band %q may be open only at the outer ends", b.Name)
		case b.From > b.To || i > 0 && b.From < bands[i-1].To:
			return problem("区间 %q 的上下限颠倒或与前一个重叠", "band %q is upside down or overlaps the one before", b.Name)
		case math.Abs(b.From) > mostExtreme || math.Abs(b.To) > mostExtreme:
			return problem("区间 %q 的上下限无法作图", "the ends of band %q cannot be drawn", b.Name)
		}
	}
	return nil
}

// bins are the columns of a histogram on the sheet, all of the same width.
type bins struct {
	left, width float64
	bands       []Band
}

func (b bins) from(i int) float64 { return b.left + float64(i)*b.width }

// at is the position of a value among the bins, in proportion within its bin and in the middle of an open one.
func (b bins) at(v float64) float64 {
	for i, band := range b.bands {
		if v >= band.To && i < len(b.bands)-1 {
			continue
		}
		share := (v - band.From) / (band.To - band.From)
		if !(share >= 0 && share <= 1) {
			share = 0.5
		}
		return b.from(i) + share*b.width
	}
	return b.left
}

func drawHistogram(d *drawing) {
	values := d.f.Series[0].Values
	if !d.columnsFit(len(values)) {
		d.horizontalBins()
		return
	}
	printed := d.printsFit(values)
	lo, hi := d.histogramReach()
	s := sheet.Reach(lo, hi, 5)
	b := bins{bands: d.f.Bands}
	if !printed {
		b.left = d.upAxisWidth(s)
	}
	b.width = (d.Width - b.left) / float64(len(values))
	lines := d.binReferences(b)
	if note := d.binNote(); note != "" {
		d.Text(0, d.y+13, sheet.Fit(note, d.Width, sheet.Size, false), sheet.Text{Role: sheet.Mute})
		d.y += 22
	}
	top := d.y + 22
	foot := top + 200
	s = s.Over(foot, top)
	if !printed {
		d.upAxis(s, b.left, d.Width)
	}
	d.columns(values, b, s, printed)
	lines(foot)
	d.Line(b.left, foot, d.Width, foot, sheet.Mark{Stroke: sheet.Axis})
	d.binLabels(b, foot)
}

// histogramReach is the extent of the counts; references lie on the other axis.
func (d *drawing) histogramReach() (lo, hi float64) {
	most, _, _ := extremes(d.f.Series[0].Values)
	return 0, math.Max(orElse(most.V, 0), 0)
}

// columns draws the bins; open ones are paler and lose their outer edge.
func (d *drawing) columns(values []Value, b bins, s sheet.Scale, printed bool) {
	t := datumText
	t.Anchor = sheet.Middle
	for i, v := range values {
		x, foot := b.from(i), s.From
		if !v.drawn() {
			if v.State == Suppressed {
				d.Hatch(x+1, foot-24, b.width-2, 24)
				d.unsaid = true
			}
			continue
		}
		m := shape(d.f.colour(0), v, d.f.Series[0].Dashed)
		if m.Stroke.Name == "" && i < len(b.bands) && b.bands[i].open() {
			m.Opacity = 0.6
		}
		m.Tip = v.Key + " " + v.Text
		d.Rect(x+1, s.At(v.V), b.width-2, foot-s.At(v.V), m)
		if printed {
			d.Text(x+b.width/2, s.At(v.V)-6, v.Text, t)
		}
	}
}

func (b Band) open() bool { return math.IsNaN(b.From) || math.IsNaN(b.To) }

func optionHistogram(f *figure) *option {
	s := f.barSeries(0, f.colour(0))
	s.BarCategoryGap = "4%"
	all := []charts.SingleSeries{s}
	if len(f.References) > 0 {
		all = append(all, f.uprights())
	}
	return &option{x: categoryAxis(f.keys()), y: valueAxis(f.Percent, ""), series: all}
}

// uprights are the references among the bins: a bin is one wide, its middle at a whole number.
func (f *figure) uprights() charts.SingleSeries {
	b := bins{left: -0.5, width: 1, bands: f.Bands}
	var data []datum
	for _, r := range f.References {
		data = append(data, datum{Name: r.caption(), Value: []float64{b.at(r.V)}, Text: r.Text})
	}
	return custom("", "upright", sheet.Ink, data)
}
