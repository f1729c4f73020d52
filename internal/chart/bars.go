package chart

import "benchbook/internal/chart/sheet"

var bars = Kind{
	Name: "bars", Title: "条形图",
	Use: "一个序列，每个类别一根横条，可带区间须线；用于占比和多选题，类别多、名称长也适用。",
	Attributes: []Attribute{
		{Name: "highlight", Title: "着色的类别，其余为灰"},
	},
	Least: 1, Most: 1,
	order: func(*figure) int { return 0 },
	draw:  drawBars, option: optionBars, describe: describeRows, table: tableOf,
	example: func() Spec {
		return Spec{
			ID: "team-built", Kind: "bars", Number: "图 2-1", Finding: "六成受访企业已组建私域团队，食品行业最高", Subtitle: "已组建私域团队的企业占比，按行业，2026 年一季度",
			Unit: "%", Percent: true, CategoryTitle: "行业", Base: "n=412", Source: "示例调研，2026 年 3 月", Sample: true,
			Notes: []string{"须线为 95% 置信区间（Wilson）；空心条的基数不足 30。"},
			Series: []Series{{Name: "已组建", Values: []Value{
				share("食品", 0.712, 0.624, 0.786, 118), share("美妆", 0.655, 0.567, 0.733, 119), share("母婴", 0.596, 0.459, 0.720, 52),
				hollow(share("家居", 0.5, 0.313, 0.687, 24)), suppressed("宠物", 5), share("其他", 0.437, 0.342, 0.537, 96),
			}}},
			References: []Reference{{Name: "全体", V: 0.595, Text: "60%"}},
		}
	},
}

func drawBars(d *drawing) {
	values := d.f.Series[0].Values
	height := 18.0
	if len(values) > 20 {
		height = 14
	}
	r := d.layRows(d.f.keys(), height)
	left, right := d.marginFor(values)
	s := sheet.Reach(d.scaleFor(d.f.fromZero()))
	s = s.Over(r.left+left, d.Width-right)
	refs := d.acrossReferences(d.f.References, s)
	top := d.y
	r.place(d.y+6, rowGap(len(values)))
	d.acrossAxis(s, top, r.foot)
	ends := make([]float64, len(values))
	leftward := make([]bool, len(values))
	for i, v := range values {
		d.label(r, i)
		ends[i], leftward[i] = d.bar(s, v, r.middle(i), height, d.barColour(v), d.f.Series[0].Dashed)
	}
	refs(r.foot)
	for i, v := range values {
		d.datum(ends[i], r.middle(i), v, leftward[i])
	}
}

// scaleFor adds the number of steps that suits the width.
func (d *drawing) scaleFor(lo, hi float64) (float64, float64, int) { return lo, hi, d.ticksFor() }

// barColour is one colour for all bars, or grey for all but the highlighted one.
func (d *drawing) barColour(v Value) sheet.Role {
	chosen := d.f.attr("highlight")
	if chosen != "" && v.Key != chosen {
		return sheet.Rest
	}
	return d.f.colour(0)
}
