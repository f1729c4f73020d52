package chart

import (
	"math"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/types"

	"benchbook/internal/chart/sheet"
)

var likert = Kind{
	Name: "likert", Title: "态度量表图",
	Use: "从否定到肯定的答案，每个序列是一个答案；中立的一档跨在零线上，否定向左，肯定向右。",
	Attributes: []Attribute{
		{Name: "neutral", Title: "中立的是第几个序列；0 表示没有，留空则序列数为单数时取正中", Number: true},
	},
	Least: 2, Most: 7,
	order: func(f *figure) int { return len(f.Series) - 1 },
	check: checkLikert, draw: drawLikert, option: optionLikert, describe: describeParts, table: tableOf,
	example: func() Spec {
		keys := []string{"导流成本可接受", "团队能力足够", "对回本周期满意"}
		return Spec{
			ID: "attitude", Kind: "likert", Number: "图 2-6", Finding: "导流成本多数可接受，回本周期多数不满意", Subtitle: "对下列说法的同意程度，占受访企业，2026 年",
			Unit: "%", Percent: true, CategoryTitle: "说法", Base: "n=412", Source: "示例调研", Sample: true,
			Series: []Series{
				{Name: "很不同意", Values: points(keys, 0.05, 0.09, 0.21)}, {Name: "不同意", Values: points(keys, 0.14, 0.22, 0.33)},
				{Name: "一般", Values: points(keys, 0.23, 0.28, 0.24)}, {Name: "同意", Values: points(keys, 0.39, 0.30, 0.16)}, {Name: "很同意", Values: points(keys, 0.19, 0.11, 0.06)},
			},
		}
	},
}

// neutral is the index of the neutral series, -1 when there is none.
func (f *figure) neutral() int {
	given := f.attr("neutral")
	if given == "" {
		if len(f.Series)%2 == 1 {
			return len(f.Series) / 2
		}
		return -1
	}
	n, _ := strconv.Atoi(given) // checked before
	return n - 1
}

func checkLikert(f *figure) error {
	if given := f.attr("neutral"); given != "" {
		n, err := strconv.Atoi(given)
		if err != nil || n < 0 || n > len(f.Series) {
			return problem("neutral 应为 0 至 %d 的整数，而不是 %q", "neutral must be a whole number from 0 to %d, not %q", len(f.Series), given)
		}
	}
	return checkParts(f)
}

// sides are the number of negative series, and where the positive ones start.
func (f *figure) sides() (negative, positive int) {
	if n := f.neutral(); n >= 0 {
		return n, n + 1
	}
	return len(f.Series) / 2, len(f.Series) / 2
}

// outward are the steps from the middle of a diverging scale, by how many answers a side has.
var outward = [][]int{{}, {4}, {2, 5}, {2, 4, 6}, {1, 3, 5, 6}, {1, 2, 3, 5, 6}, {1, 2, 3, 4, 5, 6}, {0, 1, 2, 3, 4, 5, 6}}

// likertRoles colours the answers from one hue through grey to the other.
func (f *figure) likertRoles() []sheet.Role {
	negative, positive := f.sides()
	out := make([]sheet.Role, len(f.Series))
	for i := range out {
		switch {
		case i < negative:
			out[i] = against(negative-1-i, negative)
		case i < positive:
			out[i] = sheet.Zero
		default:
			out[i] = sheet.Steps[outward[len(out)-positive][i-positive]]
		}
	}
	return out
}

// against is the role of the i-th of n negative answers, counted from the middle.
func against(i, n int) sheet.Role {
	if n <= 2 {
		return sheet.Against[[]int{1, 0, 2}[i+n-1]]
	}
	return sheet.Against[min(i, len(sheet.Against)-1)]
}

// before is how far left of zero a row starts: its negative answers and half of the neutral one.
func (f *figure) before(row int) float64 {
	negative, positive := f.sides()
	sum := 0.0
	for i, s := range f.Series[:positive] {
		v := orElse(s.Values[row].V, 0)
		if i >= negative {
			v /= 2
		}
		sum += v
	}
	return sum
}

func drawLikert(d *drawing) {
	roles := d.f.likertRoles()
	all := d.stack(roles, func(row int) float64 { return -d.f.before(row) })
	left, right := 0.0, 0.0
	for _, parts := range all {
		left, right = math.Max(left, -parts[0].from), math.Max(right, parts[len(parts)-1].to)
	}
	scale := sheet.Reach(-left, right, d.ticksFor())
	scale.Min, scale.Max = -left, math.Max(right, scale.Step-left) // no room to waste beyond the longest rows
	d.drawParts(all, scale, roles)
}

// optionLikert mirrors the drawing: negative answers count leftwards, the neutral one half each way. The bars of a side
// stack outwards from zero, so the negative series come in reverse.
func optionLikert(f *figure) *option {
	negative, positive := f.sides()
	roles := f.likertRoles()
	var all []charts.SingleSeries
	for i := negative; i < positive; i++ {
		all = append(all, f.signed(i, roles[i], -0.5), f.signed(i, roles[i], 0.5))
	}
	for i := negative - 1; i >= 0; i-- {
		all = append(all, f.signed(i, roles[i], -1))
	}
	for i := positive; i < len(f.Series); i++ {
		all = append(all, f.signed(i, roles[i], 1))
	}
	o := f.lying(all...)
	o.x.AxisLabel.Formatter += "Size" // both sides count parts: no minus signs
	return o
}

func (f *figure) signed(i int, r sheet.Role, factor float64) charts.SingleSeries {
	data := plainItems(f.Series[i].Values)
	for row, v := range f.Series[i].Values {
		if v.drawn() {
			data[row].Value = v.V * factor
		}
	}
	return charts.SingleSeries{Name: clip(f.seriesName(i)), Type: types.ChartBar, Stack: "whole", Data: data, ItemStyle: filled(r)}
}
