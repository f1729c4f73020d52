package chart

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"

	"benchbook/internal/chart/sheet"
)

var bullet = Kind{
	Name: "bullet", Title: "子弹图",
	Use:   "每个类别一行，底色是各行共用的几条线（不及格、正常、优良、超额），横条是实际值；第二个序列可给出目标，画成竖线。",
	Least: 1, Most: 2,
	order: func(*figure) int { return 0 },
	check: checkBullet, draw: drawBullet, option: optionBullet, describe: describeRows, table: tableBullet,
	example: func() Spec {
		open := math.NaN()
		keys := []string{"门店导购", "公众号", "包裹卡", "短视频"}
		return Spec{
			ID: "lines-by-channel", Kind: "bullet", Number: "图 5-1", Finding: "门店导购越过优良线，短视频不及格", Subtitle: "导流率与四条线，按渠道，2026 年一季度",
			Unit: "%", Percent: true, CategoryTitle: "渠道", Base: "n=301 个品牌", Source: "示例 KPI 数据", Sample: true,
			Bands: []Band{
				{Name: "不及格", From: open, To: 0.05, ToText: "5%"}, {Name: "正常", From: 0.05, To: 0.17, FromText: "5%", ToText: "17%", FromClosed: true, ToClosed: true},
				{Name: "及格与优良之间", From: 0.17, To: 0.20, FromText: "17%", ToText: "20%", Gap: true}, {Name: "优良", From: 0.20, To: open, FromText: "20%", FromClosed: true},
			},
			Series: []Series{{Name: "实际", Values: points(keys, 0.24, 0.16, 0.12, 0.04)}, {Name: "目标", Values: points(keys, 0.22, 0.18, 0.15, 0.06)}},
		}
	},
}

func checkBullet(f *figure) error {
	if len(f.Bands) == 0 {
		return problem("子弹图没有线，要给出区间", "a bullet chart needs the bands of its lines")
	}
	if len(f.Bands) > 9 {
		return problem("子弹图至多 9 个区间", "a bullet chart carries at most 9 bands")
	}
	if f.gaugeEnds() == nil {
		return problem("区间没有任何上下限", "no band has an end")
	}
	return checkBands(f.Bands)
}

// bulletScale holds all values, zero and the ends of the bands; open bands run to the ends of the axis.
func (d *drawing) bulletScale() sheet.Scale {
	lo, hi := d.f.fromZero()
	for _, v := range d.f.gaugeEnds() {
		lo, hi = math.Min(lo, v), math.Max(hi, v)
	}
	if math.IsNaN(d.f.Bands[len(d.f.Bands)-1].To) {
		hi += (hi - lo) * 0.08
	}
	return sheet.Reach(lo, hi, d.ticksFor())
}

func drawBullet(d *drawing) {
	const height = 24.0
	r := d.layRows(d.f.keys(), height)
	column := d.valueColumn(d.f.Series[0].Values)
	s := d.bulletScale().Over(r.left, d.Width-column)
	roles := d.f.groundRoles()
	d.legend(d.bulletEntries(roles))
	refs := d.acrossReferences(d.f.References, s)
	r.place(d.y+2, 12)
	d.acrossAxis(s, d.y, r.foot)
	for row, v := range d.f.Series[0].Values {
		d.label(r, row)
		d.bulletRow(s, roles, row, r.top[row], height)
		if v.drawn() {
			d.atRight(v, r.middle(row), column)
		}
	}
	refs(r.foot)
}

// groundRoles are the paler steps of the one hue for the bands: a ground, over which the bar stays the firmest mark.
func (f *figure) groundRoles() []sheet.Role {
	out, i := make([]sheet.Role, len(f.Bands)), 0
	for j, b := range f.Bands {
		if !b.Gap {
			out[j] = sheet.Steps[min(i, 3)]
			i++
		}
	}
	return out
}

// targetMark is the line of a target, targetGround the gap around it where it crosses the bar.
var (
	targetMark   = sheet.Mark{Stroke: sheet.Categories[2], Width: 3}
	targetGround = sheet.Mark{Stroke: sheet.Paper, Width: 6}
)

// bulletRow draws the ground, the bar and the target of one row.
func (d *drawing) bulletRow(s sheet.Scale, roles []sheet.Role, row int, top, height float64) {
	v, middle := d.f.Series[0].Values[row], top+height/2
	if !v.drawn() {
		d.datum(d.absent(s.From, v, middle, height-6), middle, v, false)
		return
	}
	for i, b := range d.f.Bands {
		x1, x2 := s.At(orElse(b.From, s.Min)), s.At(orElse(b.To, s.Max))
		if b.Gap {
			d.Hatch(x1, top, x2-x1, height)
			continue
		}
		d.Rect(x1, top, x2-x1, height, sheet.Mark{Fill: roles[i]})
	}
	zero, end := s.At(0), s.At(v.V)
	m := shape(sheet.Ink, v, d.f.Series[0].Dashed)
	d.Rect(math.Min(zero, end), middle-4.5, math.Abs(end-zero), 9, m)
	if len(d.f.Series) == 2 {
		if target := d.f.Series[1].Values[row]; target.drawn() {
			x := s.At(target.V)
			d.Line(x, top+2, x, top+height-2, targetGround)
			d.Line(x, top+2, x, top+height-2, targetMark)
		}
	}
}

func (d *drawing) bulletEntries(roles []sheet.Role) []entry {
	out := []entry{{name: d.f.seriesName(0), mark: shape(sheet.Ink, Value{}, d.f.Series[0].Dashed)}}
	if len(d.f.Series) == 2 {
		out = append(out, entry{name: d.f.seriesName(1), mark: targetMark, upright: true})
	}
	for i, b := range d.f.Bands {
		e := entry{name: b.Name + " " + d.f.span(b), mark: sheet.Mark{Fill: roles[i]}, hatched: b.Gap}
		out = append(out, e)
	}
	return out
}

// tableBullet adds a row a band: the lines are part of what is drawn.
func tableBullet(f *figure) DataTable {
	t := tableOf(f)
	for _, b := range f.Bands {
		row := make([]string, len(t.Columns))
		row[0], row[1] = b.Name, f.span(b)
		t.Rows = append(t.Rows, row)
	}
	return t
}

// optionBullet draws bars, targets as points, and the edges of the bands as marked lines.
func optionBullet(f *figure) *option {
	bars := f.barSeries(0, sheet.Ink)
	refs := f.References
	for _, b := range f.Bands {
		if !math.IsNaN(b.From) {
			refs = append(refs[:len(refs):len(refs)], Reference{Name: b.Name, V: b.From, Text: f.edgeText(b.From, b.FromText)})
		}
	}
	bars.MarkLines = markLines(refs, true)
	all := []charts.SingleSeries{bars}
	if len(f.Series) == 2 {
		all = append(all, f.rowPoints(1, sheet.Categories[2]))
	}
	o := f.lying(all...)
	o.head = len(refs)
	return o
}
