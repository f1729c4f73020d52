package chart

import "benchbook/internal/chart/sheet"

var funnel = Kind{
	Name: "funnel", Title: "漏斗图",
	Use:   "一个序列，类别是先后的环节，每个环节一根居中的横条；各环节要有同一个分母，例如都占被触达的人。",
	Least: 1, Most: 1,
	check: checkFunnel, draw: drawFunnel, option: optionBars, describe: describeFunnel, table: tableOf,
	example: func() Spec {
		keys := []string{"被触达", "加为好友", "七日后仍在", "进群", "首次下单"}
		return Spec{
			ID: "diversion-funnel", Kind: "funnel", Number: "图 3-4", Finding: "一百个被触达的人里，三个下了第一单", Subtitle: "各环节人数占被触达人数，品牌合计，2026 年一季度",
			Unit: "%", Percent: true, Ordered: true, CategoryTitle: "环节", Base: "n=301 个品牌", Source: "示例 KPI 数据", Sample: true,
			Series: []Series{{Name: "占被触达", Values: points(keys, 1, 0.14, 0.11, 0.06, 0.03)}},
		}
	},
}

// checkFunnel refuses what has no width: a funnel counts people.
func checkFunnel(f *figure) error {
	for _, v := range f.Series[0].Values {
		if v.drawn() && v.V < 0 {
			return problem("漏斗的环节 %s 是负数", "stage %s of the funnel is negative", v.Key)
		}
	}
	if len(f.References) > 0 {
		return problem("漏斗没有数轴，参考线 %q 无处可画", "a funnel has no axis for the reference %q", f.References[0].Name)
	}
	return nil
}

func drawFunnel(d *drawing) {
	const height, gap = 26.0, 14.0
	values := d.f.Series[0].Values
	r := d.layRows(d.f.keys(), height)
	column := d.valueColumn(values)
	_, most := d.f.fromZero()
	widths := sheet.Scale{Max: orOne(most)}.Over(0, d.Width-r.left-column)
	middle := (r.left + d.Width - column) / 2
	r.place(d.y+4, gap)
	for i, v := range values {
		d.label(r, i)
		if !v.drawn() {
			d.datum(d.absent(r.left, v, r.middle(i), height), r.middle(i), v, false)
			continue
		}
		if !r.above && i > 0 && values[i-1].drawn() {
			d.narrowing(middle, widths.At(values[i-1].V), widths.At(v.V), r.top[i-1]+height, r.top[i])
		}
		w := max(widths.At(v.V), 1)
		d.Rect(middle-w/2, r.top[i], w, height, shape(d.f.colour(0), v, d.f.Series[0].Dashed))
		d.atRight(v, r.middle(i), column)
	}
	d.y = r.foot + 4
}

// narrowing is the pale stretch between two stages: what is lost on the way.
func (d *drawing) narrowing(middle, above, below, top, foot float64) {
	d.Lines([]sheet.Point{{X: middle - above/2, Y: top}, {X: middle + above/2, Y: top}, {X: middle + below/2, Y: foot}, {X: middle - below/2, Y: foot}},
		true, sheet.Mark{Fill: sheet.Steps[0]})
}

// valueColumn is the room for printed values at the right edge, with the space before them.
func (d *drawing) valueColumn(values []Value) float64 {
	w := 0.0
	for _, v := range values {
		if v.drawn() {
			w = max(w, datumText.Width(v.Text))
		}
	}
	return min(w, d.Width/4) + 12
}

// atRight prints a value at the right edge.
func (d *drawing) atRight(v Value, y, column float64) {
	t := datumText
	t.Anchor = sheet.End
	d.Text(d.Width, y+sheet.Baseline(t), sheet.Fit(v.Text, column-12, sheet.Size, t.Bold), t)
}

func orOne(v float64) float64 {
	if v == 0 {
		return 1
	}
	return v
}

// describeFunnel says where it starts and ends.
func describeFunnel(f *figure) string {
	values := f.Series[0].Values
	head := f.kind.Title + "，" + itoa(len(values)) + " 个环节。"
	first, last := values[0], values[len(values)-1]
	if len(values) < 2 || !first.drawn() || !last.drawn() {
		return head + rangeOf(values) + "。"
	}
	return head + "从" + short(first.Key) + "的 " + first.Text + " 到" + short(last.Key) + "的 " + last.Text + "。"
}
