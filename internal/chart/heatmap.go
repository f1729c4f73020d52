package chart

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"benchbook/internal/chart/sheet"
)

var heatmap = Kind{
	Name: "heatmap", Title: "热力表",
	Use:   "行乘列的数值表，颜色由浅到深，格内印数值；每个序列是一列，列多时分块排列。",
	Least: 1, Most: 24,
	draw: drawHeatmap, option: optionHeatmap, describe: describeHeatmap, table: tableOf,
	example: func() Spec {
		keys := []string{"食品", "美妆", "母婴"}
		column := func(name string, shares ...float64) Series {
			return Series{Name: name, Values: points(keys, shares...)}
		}
		last := column("包裹卡", 0.33, 0.29, 0)
		last.Values[2] = suppressed("母婴", 5)
		return Spec{
			ID: "channel-rate", Kind: "heatmap", Number: "图 3-5", Finding: "门店导购的导流率在每个行业都最高", Subtitle: "导流率中位数，按行业和渠道，2026 年一季度",
			Unit: "%", Percent: true, Ordered: true, CategoryTitle: "行业", Base: "n=301 个品牌", Source: "示例 KPI 数据", Sample: true,
			Series: []Series{column("门店导购", 0.46, 0.41, 0.39), column("公众号", 0.22, 0.25, 0.19), column("短视频", 0.12, 0.21, 0.15), last},
		}
	},
}

// cellHeight is the height of a row of cells, leastCell the width below which columns go into another block.
const cellHeight, leastCell = 30.0, 46.0

func drawHeatmap(d *drawing) {
	r := d.layRows(d.f.keys(), cellHeight)
	room := d.Width - r.left
	least := min(max(leastCell, d.widestPrint()+8), room)
	across := min(len(d.f.Series), max(1, int(room/least)))
	blocks := (len(d.f.Series) + across - 1) / across
	across = (len(d.f.Series) + blocks - 1) / blocks
	width := min(room/float64(across), 120)
	for from := 0; from < len(d.f.Series); from += across {
		d.block(r, from, min(from+across, len(d.f.Series)), width)
		d.y += 10
	}
	d.y -= 8
}

// widestPrint is the width of the widest value that is a number; excuses may be cut to the hatching alone.
func (d *drawing) widestPrint() float64 {
	w := 0.0
	for _, s := range d.f.Series {
		for _, v := range s.Values {
			if v.drawn() {
				w = max(w, cellText.Width(v.Text))
			}
		}
	}
	return w
}

var cellText = sheet.Text{Anchor: sheet.Middle, Datum: true}

// block draws some of the columns with the labels of the rows before them.
func (d *drawing) block(r *rows, from, to int, width float64) {
	t := sheet.Text{Role: sheet.Mute, Anchor: sheet.Middle}
	heads, tallest := make([][]string, to-from), 0
	for i := range heads {
		heads[i] = sheet.Wrap(d.f.seriesName(from+i), width-6, sheet.Size, false, mostLines)
		tallest = max(tallest, len(heads[i]))
	}
	height := float64(tallest) * t.Leading()
	for i, lines := range heads {
		x := r.left + (float64(i)+0.5)*width
		d.Block(x, d.y+height-float64(len(lines))*t.Leading()/2, lines, t)
	}
	d.y += height + 4
	r.top = nil
	r.place(d.y, 2)
	tint := d.f.tints()
	for row := range d.f.Series[0].Values {
		d.label(r, row)
		for i := from; i < to && !d.f.beyond(row, i); i++ {
			d.cell(d.f.Series[i].Values[row], r.left+float64(i-from)*width, r.top[row], width-2, tint)
		}
	}
	d.y = r.foot
}

// cell draws one value: a tint with its number, or hatching with its excuse.
func (d *drawing) cell(v Value, x, y, w float64, tint func(float64) sheet.Role) {
	t := cellText
	if !v.drawn() {
		t.Role, t.Halo = sheet.Mute, true
		if v.State == Suppressed {
			d.Hatch(x, y, w, cellHeight)
		}
		if words := v.print(); t.Width(words) <= w {
			d.Text(x+w/2, y+cellHeight/2+sheet.Baseline(t), words, t)
		} else {
			d.unsaid = true
		}
		return
	}
	role := tint(v.V)
	m := sheet.Mark{Fill: role}
	t.Role = sheet.On(role)
	if v.State == Hollow {
		m, t.Role = shape(role, v, false), sheet.Ink
	}
	d.Rect(x, y, w, cellHeight, m)
	d.Text(x+w/2, y+cellHeight/2+sheet.Baseline(t), sheet.Fit(v.Text, w-2, sheet.Size, false), t)
}

// tints gives the step of the one hue for a value, from the least to the greatest of the figure, or from zero when the
// least comes near it.
func (f *figure) tints() func(v float64) sheet.Role {
	lo, hi := f.extentOrZero()
	return func(v float64) sheet.Role {
		if hi == lo {
			return sheet.Steps[3]
		}
		step := int((v - lo) / (hi - lo) * float64(len(sheet.Steps)))
		return sheet.Steps[max(0, min(step, len(sheet.Steps)-1))]
	}
}

func describeHeatmap(f *figure) string {
	var most, least Value
	top, bottom := math.Inf(-1), math.Inf(1)
	for i, s := range f.Series {
		m, l, found := extremes(s.Values)
		if found && m.V > top {
			most, top = m, m.V
			most.Key += "·" + f.seriesName(i)
		}
		if found && l.V < bottom {
			least, bottom = l, l.V
			least.Key += "·" + f.seriesName(i)
		}
	}
	head := f.kind.Title + "，" + itoa(len(f.Series[0].Values)) + " 行 " + itoa(len(f.Series)) + " 列。"
	if math.IsInf(top, -1) {
		return head
	}
	return head + rangeOf([]Value{most, least}) + "。"
}

func optionHeatmap(f *figure) *option {
	var data []datum
	var names []string
	tint := f.tints()
	for i, s := range f.Series {
		names = append(names, f.seriesName(i))
		for row, v := range s.Values {
			d := item(v, []any{i, row, item(v, v.V).Value})
			if v.drawn() {
				role := tint(v.V)
				d.ItemStyle, d.Label = filled(role), &opts.Label{Color: sheet.On(role).Light}
			}
			data = append(data, d)
		}
	}
	series := charts.SingleSeries{Type: types.ChartHeatMap, Data: data, Label: &opts.Label{Show: opts.Bool(true), Formatter: "text", Color: sheet.Ink.Light}}
	return &option{x: categoryAxis(names), y: downwards(f.keys()), series: []charts.SingleSeries{series}}
}
