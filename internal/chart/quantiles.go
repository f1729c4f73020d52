package chart

import (
	"math"

	"benchbook/internal/chart/sheet"
)

var quantiles = Kind{
	Name: "quantiles", Title: "分位数带图",
	Use:   "每个类别一行：P10–P90 浅带、P25–P75 深带、中位数竖线。序列依次为 P10、P25、P50、P75、P90，或只有 P25、P50、P75；参考线可标「你的品牌」。",
	Least: 3, Most: 5, strip: true,
	order: func(f *figure) int { return len(f.Series) / 2 },
	check: checkQuantiles, draw: drawQuantiles, option: optionQuantiles, describe: describeQuantiles, table: tableOf,
	example: func() Spec {
		keys := []string{"食品", "美妆", "母婴", "服饰", "宠物"}
		q := func(name string, shares ...float64) Series {
			values := points(keys[:4], shares...)
			for i := range values {
				values[i].N, values[i].NText = []int{96, 88, 64, 53}[i], itoa([]int{96, 88, 64, 53}[i])
			}
			return Series{Name: name, Values: append(values, suppressed(keys[4], 5))}
		}
		return Spec{
			ID: "rate-by-industry", Kind: "quantiles", Number: "图 3-1", Finding: "食品行业导流率最高，中位数 38%", Subtitle: "导流率的分布，按行业，品牌为单位，2026 年一季度",
			Unit: "%", Percent: true, CategoryTitle: "行业", Base: "n=301 个品牌", Source: "示例 KPI 数据", Sample: true,
			Notes:      []string{"浅带为 P10–P90，深带为 P25–P75，竖线为中位数。"},
			Series:     []Series{q("P10", .18, .14, .12, .08), q("P25", .28, .22, .19, .14), q("P50", .38, .31, .27, .22), q("P75", .47, .41, .36, .30), q("P90", .58, .52, .47, .41)},
			References: []Reference{{Name: "你的品牌", V: 0.25, Text: "25%"}},
		}
	},
}

// checkQuantiles wants three or five series that rise in every row.
func checkQuantiles(f *figure) error {
	if len(f.Series) == 4 {
		return problem("分位数需要 3 或 5 个序列", "quantiles take 3 or 5 series")
	}
	for row, first := range f.Series[0].Values {
		before := math.Inf(-1)
		for _, s := range f.Series {
			v := s.Values[row]
			if v.drawn() && v.V < before {
				return problem("%s 的分位数没有递增", "the quantiles of %s do not rise", first.Key)
			}
			before = math.Max(before, orElse(v.V, before))
		}
	}
	return nil
}

func drawQuantiles(d *drawing) { d.strips(d.quantileEntries(), d.quantileRow) }

// strips lays out a row a category with the median and the base at its end; mark draws the spread of one row.
func (d *drawing) strips(entries []entry, mark func(s sheet.Scale, row int, y float64)) {
	middle := d.f.Series[len(d.f.Series)/2]
	r := d.layRows(d.f.keys(), 20)
	s := sheet.Reach(d.scaleFor(d.f.extentOrZero()))
	bases := d.basesWidth(middle.Values)
	column := d.columnWidth(middle) + 8
	s = s.Over(r.left+4, d.Width-column-bases-4)
	d.legend(entries)
	refs := d.acrossReferences(d.f.References, s)
	head := sheet.Text{Role: sheet.Mute, Anchor: sheet.End}
	d.Text(d.Width-bases, d.y+14, sheet.Fit(d.f.seriesName(len(d.f.Series)/2), column-8, sheet.Size, false), head)
	if bases > 0 {
		d.Text(d.Width, d.y+14, "n", head)
	}
	d.y += 20
	r.place(d.y+4, 14)
	d.acrossAxis(s, d.y, r.foot)
	for row, v := range middle.Values {
		d.label(r, row)
		mark(s, row, r.middle(row))
		if v.drawn() {
			d.rowEnd(v, r.middle(row), bases, column)
		}
	}
	refs(r.foot)
}

// extentOrZero starts the axis at zero when the values come near it.
func (f *figure) extentOrZero() (lo, hi float64) {
	lo, hi = f.extent()
	if lo > 0 && lo < hi/2 {
		lo = 0
	}
	return lo, hi
}

// columnWidth is the width of the column of medians.
func (d *drawing) columnWidth(s Series) float64 {
	w := nameText.Width(s.Name)
	for _, v := range s.Values {
		if v.drawn() {
			w = max(w, datumText.Width(v.Text))
		}
	}
	return min(w, d.Width/4)
}

// basesWidth is the width of the column n; the narrow drawing leaves it to the table.
func (d *drawing) basesWidth(values []Value) float64 {
	w := 0.0
	for _, v := range values {
		if d.wide && v.NText != "" {
			w = max(w, tickText.Width(v.NText)+16)
		}
	}
	return min(w, d.Width/6)
}

// rowEnd prints the median and the base of a row at the right.
func (d *drawing) rowEnd(v Value, y, bases, column float64) {
	t := datumText
	t.Anchor = sheet.End
	d.Text(d.Width-bases, y+sheet.Baseline(t), sheet.Fit(v.Text, column, sheet.Size, t.Bold), t)
	if bases > 0 {
		n := sheet.Text{Role: sheet.Mute, Anchor: sheet.End, Datum: true}
		d.Text(d.Width, y+sheet.Baseline(n), sheet.Fit(v.NText, bases-8, sheet.Size, false), n)
	}
}

// quantileRow draws the bands of one row and the median over them.
func (d *drawing) quantileRow(s sheet.Scale, row int, y float64) {
	all, n := d.f.Series, len(d.f.Series)
	median := all[n/2].Values[row]
	if !median.drawn() {
		d.datum(d.absent(s.From, median, y, 18), y, median, false)
		return
	}
	if n == 5 {
		d.band(s, all[0].Values[row], all[4].Values[row], y, 10, sheet.Steps[1])
	}
	d.band(s, all[n/2-1].Values[row], all[n/2+1].Values[row], y, 18, sheet.Steps[3])
	x := s.At(median.V)
	d.Line(x, y-11, x, y+11, sheet.Mark{Stroke: sheet.Ink, Width: 2.5})
}

// band draws a stretch with firm ends, so that it can be seen where its tint is pale.
func (d *drawing) band(s sheet.Scale, from, to Value, y, height float64, r sheet.Role) {
	if !from.drawn() || !to.drawn() {
		return
	}
	a, b := s.At(from.V), s.At(to.V)
	d.Rect(a, y-height/2, b-a, height, sheet.Mark{Fill: r})
	for _, x := range []float64{a, b} {
		d.Line(x, y-height/2, x, y+height/2, sheet.Mark{Stroke: sheet.Categories[0], Width: 1.25})
	}
}

func (d *drawing) quantileEntries() []entry {
	n := len(d.f.Series)
	span := func(a, b int) string { return d.f.seriesName(a) + "–" + d.f.seriesName(b) }
	out := []entry{{name: span(n/2-1, n/2+1), mark: sheet.Mark{Fill: sheet.Steps[3]}}}
	if n == 5 {
		out = append([]entry{{name: span(0, 4), mark: sheet.Mark{Fill: sheet.Steps[1]}}}, out...)
	}
	return append(out, entry{name: d.f.seriesName(n / 2), mark: sheet.Mark{Stroke: sheet.Ink, Width: 2.5}, upright: true})
}

func describeQuantiles(f *figure) string {
	middle := f.Series[len(f.Series)/2]
	return f.kind.Title + "，" + itoa(len(middle.Values)) + " 个类别。" + f.seriesName(len(f.Series)/2) + "：" + rangeOf(middle.Values) + "。"
}

func optionQuantiles(f *figure) *option {
	middle := f.Series[len(f.Series)/2]
	var data []datum
	for row, v := range middle.Values {
		data = append(data, f.quantileItem(row, v))
	}
	series := custom(middle.Name, "quantiles", sheet.Categories[0], data)
	series.MarkLines = markLines(f.References, true)
	o := f.lying(series)
	o.legend = nil
	return o
}

// quantileItem is a row of quantiles for the script, with the name and the text of each.
func (f *figure) quantileItem(row int, median Value) datum {
	value := []any{row}
	out := item(median, nil)
	for i, s := range f.Series {
		value = append(value, item(s.Values[row], s.Values[row].V).Value)
		if median.drawn() {
			out.Names = append(out.Names, clip(f.seriesName(i)))
			out.Texts = append(out.Texts, s.Values[row].print())
		}
	}
	out.Value = value
	return out
}
