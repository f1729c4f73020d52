package chart

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"

	"benchbook/internal/chart/sheet"
)

var stacked = Kind{
	Name: "stacked", Title: "堆积条形图",
	Use: "各部分之和为整体（100%）；每个序列是一个部分，按给定的先后排列。",
	Attributes: []Attribute{
		{Name: "colours", Title: "配色：同一色相由浅到深（部分有先后），或各不相同（至多五个部分）", Default: "steps", Choices: []string{"steps", "categories"}},
	},
	Least: 2, Most: 7,
	order: func(*figure) int { return 0 },
	check: checkStacked, draw: drawStacked, option: optionStacked, describe: describeParts, table: tableOf,
	example: func() Spec {
		keys := []string{"食品", "美妆", "母婴"}
		return Spec{
			ID: "budget-mix", Kind: "stacked", Number: "图 2-4", Finding: "食品企业的私域预算最高，三成超过 100 万元", Subtitle: "年度私域预算分档，占有预算的企业，2026 年",
			Unit: "%", Percent: true, CategoryTitle: "行业", Base: "n=246", Source: "示例调研", Sample: true, Ordered: true,
			Series: []Series{
				{Name: "20 万以下", Values: points(keys, 0.18, 0.24, 0.38)}, {Name: "20–50 万", Values: points(keys, 0.24, 0.31, 0.33)},
				{Name: "50–100 万", Values: points(keys, 0.27, 0.26, 0.20)}, {Name: "100 万以上", Values: points(keys, 0.31, 0.19, 0.09)},
			},
		}
	},
}

func checkStacked(f *figure) error {
	if f.attr("colours") == "categories" && len(f.Series) > len(sheet.Categories) {
		return problem("各不相同的颜色至多 %d 个", "there are at most %d colours without order", len(sheet.Categories))
	}
	return checkParts(f)
}

// checkParts wants no negative part.
func checkParts(f *figure) error {
	for _, s := range f.Series {
		for _, v := range s.Values {
			if v.drawn() && v.V < 0 {
				return problem("部分 %s/%s 是负数", "the part %s/%s is negative", s.Name, v.Key)
			}
		}
	}
	return nil
}

// part is a piece of a stacked row: a value of a series between two positions on the axis.
type part struct {
	v        Value
	from, to float64
	role     sheet.Role
}

func drawStacked(d *drawing) {
	roles := d.partRoles()
	all := d.stack(roles, func(int) float64 { return 0 })
	d.drawParts(all, sheet.Reach(0, d.f.greatestTotal(), d.ticksFor()), roles)
}

// partRoles are the colours of the parts.
func (d *drawing) partRoles() []sheet.Role {
	out := make([]sheet.Role, len(d.f.Series))
	for i := range out {
		out[i] = d.f.scheme(i)
	}
	return out
}

// stack lays the parts of each row end to end from the position that start gives.
func (d *drawing) stack(roles []sheet.Role, start func(row int) float64) [][]part {
	out := make([][]part, len(d.f.Series[0].Values))
	for row := range out {
		at := start(row)
		for i, s := range d.f.Series {
			p := part{v: s.Values[row], from: at, to: at, role: roles[i]}
			if p.v.drawn() {
				p.to += p.v.V
			}
			at = p.to
			out[row] = append(out[row], p)
		}
	}
	return out
}

// greatestTotal is the length of the longest row; shares that miss 1 by rounding make 1.
func (f *figure) greatestTotal() float64 {
	greatest := 0.0
	for row := range f.Series[0].Values {
		total := 0.0
		for _, s := range f.Series {
			total += orElse(s.Values[row].V, 0)
		}
		greatest = max(greatest, total)
	}
	if f.Percent && math.Abs(greatest-1) < 0.01 {
		return 1
	}
	return greatest
}

// drawParts draws rows of parts with their values inside where they fit.
func (d *drawing) drawParts(all [][]part, s sheet.Scale, roles []sheet.Role) {
	const height = 24.0
	r := d.layRows(d.f.keys(), height)
	s = s.Over(r.left, d.Width-1)
	entries := make([]entry, len(d.f.Series))
	spans := make([][2]float64, len(d.f.Series))
	for i, p := range all[0] {
		entries[i] = entry{name: d.f.seriesName(i), mark: shape(roles[i], Value{}, d.f.Series[i].Dashed)}
		spans[i] = [2]float64{s.At(p.from), s.At(p.to)}
	}
	if r.above {
		d.legend(entries)
	} else {
		d.heads(entries, spans)
	}
	r.place(d.y, 12)
	d.acrossAxis(s, d.y, r.foot)
	for row, parts := range all {
		d.label(r, row)
		for i, p := range parts {
			d.part(s, p, r.top[row], height, d.f.Series[i].Dashed)
		}
		d.restOfRow(s, parts, r.middle(row), height)
	}
}

// part draws one piece, a hairline of the page between it and the next.
func (d *drawing) part(s sheet.Scale, p part, top, height float64, dashed bool) {
	x, w := s.At(p.from), s.At(p.to)-s.At(p.from)
	m := shape(p.role, p.v, dashed)
	inset := m.Width / 2
	d.Rect(x+inset, top+inset, w-1-2*inset, height-2*inset, m)
	t := sheet.Text{Anchor: sheet.Middle, Role: sheet.On(m.Fill), Datum: true}
	if m.Fill == sheet.Paper {
		t.Role = sheet.Ink
	}
	if p.v.drawn() && t.Width(p.v.Text)+6 <= w {
		d.Text(x+(w-1)/2, top+height/2+sheet.Baseline(t), p.v.Text, t)
	}
}

// restOfRow hatches a stretch after the parts when some of them must not be shown.
func (d *drawing) restOfRow(s sheet.Scale, parts []part, y, height float64) {
	for _, p := range parts {
		if p.v.drawn() {
			continue
		}
		x := d.absent(s.At(parts[len(parts)-1].to), p.v, y, height)
		d.datum(x, y, p.v, false)
		return
	}
}

func optionStacked(f *figure) *option {
	var all []charts.SingleSeries
	for i := range f.Series {
		s := f.barSeries(i, f.scheme(i))
		s.Stack = "whole"
		all = append(all, s)
	}
	return f.lying(all...)
}
