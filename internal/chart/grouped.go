package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"

	"benchbook/internal/chart/sheet"
)

var grouped = Kind{
	Name: "grouped", Title: "分组条形图",
	Use: "两至五个序列并列比较，每个类别一组横条；序列名直接写在第一组。",
	Attributes: []Attribute{
		{Name: "colours", Title: "配色：各不相同，或同一色相由浅到深（有先后的序列）", Default: "categories", Choices: []string{"categories", "steps"}},
	},
	Least: 2, Most: 5,
	order: func(*figure) int { return 0 },
	draw:  drawGrouped, option: optionGrouped, describe: describeRows, table: tableOf,
	example: func() Spec {
		keys := []string{"1–3 人", "4–10 人", "11–30 人", "30 人以上"}
		return Spec{
			ID: "team-size", Kind: "grouped", Number: "图 4-1", Finding: "团队在变大：11 人以上的企业两年增加了 12 个百分点", Subtitle: "私域团队规模，占已组建团队的企业，2024 与 2026 年",
			Unit: "%", Percent: true, Ordered: true, CategoryTitle: "团队规模", Base: "n=245（2026）", Source: "示例调研", Sample: true,
			Series: []Series{{Name: "2024 年", Values: points(keys, 0.41, 0.36, 0.16, 0.07)}, {Name: "2026 年", Values: points(keys, 0.33, 0.32, 0.23, 0.12)}},
			Attrs:  map[string]string{"colours": "steps"},
		}
	},
}

func drawGrouped(d *drawing) {
	const height, gap = 15.0, 3.0
	n := float64(len(d.f.Series))
	r := d.layRows(d.f.keys(), n*height+(n-1)*gap)
	s := d.groupedScale(r)
	named := d.namesFit(s)
	if !named {
		d.legend(d.seriesEntries())
	}
	refs := d.acrossReferences(d.f.References, s)
	top := d.y
	r.place(d.y+6, 16)
	d.acrossAxis(s, top, r.foot)
	for row := range d.f.Series[0].Values {
		d.label(r, row)
	}
	var words []func()
	for i, series := range d.f.Series {
		for row, v := range series.Values {
			y := r.top[row] + float64(i)*(height+gap) + height/2
			x, leftward := d.bar(s, v, y, height, d.seriesColour(i), series.Dashed)
			words = append(words, func() { d.datum(x, y, v, leftward) })
			if named && row == 0 {
				words = append(words, func() { d.nameAfter(x, y, v, d.f.seriesName(i)) })
			}
		}
	}
	refs(r.foot)
	for _, write := range words {
		write()
	}
}

// groupedScale leaves room for the printed values of all series.
func (d *drawing) groupedScale(r *rows) sheet.Scale {
	left, right := 0.0, 0.0
	for _, s := range d.f.Series {
		l, r := d.marginFor(s.Values)
		left, right = max(left, l), max(right, r)
	}
	return sheet.Reach(d.scaleFor(d.f.fromZero())).Over(r.left+left, d.Width-right)
}

// namesFit reports whether the name of every series can stand after its value in the first row.
func (d *drawing) namesFit(s sheet.Scale) bool {
	for i, series := range d.f.Series {
		v := series.Values[0]
		if !v.drawn() || v.V < 0 {
			return false
		}
		end := s.At(v.high()) + 6 + datumText.Width(v.Text) + 8
		if end+nameText.Width(d.f.seriesName(i)) > d.Width {
			return false
		}
	}
	return true
}

var nameText = sheet.Text{Role: sheet.Mute, Halo: true}

// nameAfter writes the name of a series after a printed value.
func (d *drawing) nameAfter(x, y float64, v Value, name string) {
	d.Text(x+datumText.Width(v.Text)+8, y+sheet.Baseline(nameText), name, nameText)
}

// seriesColour is the role of a series in the scheme that the attribute colours chose.
func (d *drawing) seriesColour(i int) sheet.Role { return d.f.scheme(i) }

func (f *figure) scheme(i int) sheet.Role {
	if f.attr("colours") != "steps" || f.Series[i].Colour > 0 {
		return f.colour(i)
	}
	return ramp(len(f.Series))[i]
}

// ramp is n roles of one hue, apart in lightness; up to four avoid the palest steps, which are hard to see on the page.
func ramp(n int) []sheet.Role {
	picks := [][]int{{4}, {2, 5}, {2, 4, 6}, {1, 3, 4, 6}}
	if n > len(picks) {
		return sheet.Ramp(n)
	}
	out := make([]sheet.Role, n)
	for i, step := range picks[n-1] {
		out[i] = sheet.Steps[step]
	}
	return out
}

// seriesEntries are the legend of the series.
func (d *drawing) seriesEntries() []entry {
	out := make([]entry, len(d.f.Series))
	for i, s := range d.f.Series {
		out[i] = entry{name: d.f.seriesName(i), mark: shape(d.seriesColour(i), Value{}, s.Dashed)}
	}
	return out
}

func optionGrouped(f *figure) *option {
	var all []charts.SingleSeries
	for i := range f.Series {
		all = append(all, f.barSeries(i, f.scheme(i)))
	}
	all[0].MarkLines = markLines(f.References, true)
	return f.lying(all...)
}
