package chart

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"

	"benchbook/internal/chart/sheet"
)

var radar = Kind{
	Name: "radar", Title: "雷达图",
	Use:   "三到八个方面、一到三个序列，各方面同一把尺；只用来看轮廓是否均衡，比较大小请用条形图。",
	Least: 1, Most: 3,
	check: checkRadar, draw: drawRadar, option: optionRadar, describe: describeRows, table: tableOf,
	example: func() Spec {
		keys := []string{"导购运营", "价值生产", "用户洞察", "精准营销", "业务构建", "组织整合"}
		return Spec{
			ID: "six-abilities", Kind: "radar", Number: "图 2-6", Finding: "洞察与组织是两块短板", Subtitle: "六项能力自评为「较强」的企业占比，2026 年一季度",
			Unit: "%", Percent: true, Ordered: true, CategoryTitle: "能力", Base: "n=412", Source: "示例调研", Sample: true,
			Series: []Series{{Name: "全体", Values: points(keys, .52, .44, .28, .39, .41, .25)}, {Name: "已回本", Values: points(keys, .63, .55, .42, .48, .50, .39)}},
		}
	},
}

func checkRadar(f *figure) error {
	if n := len(f.Series[0].Values); n < 3 || n > 8 {
		return problem("雷达图要 3 到 8 个方面，给了 %d 个", "a radar takes 3 to 8 aspects, not %d", n)
	}
	if len(f.References) > 0 {
		return problem("雷达图不画参考线 %q", "a radar has no place for the reference %q", f.References[0].Name)
	}
	for _, s := range f.Series {
		for _, v := range s.Values {
			if v.drawn() && v.V < 0 {
				return problem("%s/%s 是负数，雷达图从 0 开始", "%s/%s is negative; a radar starts at zero", s.Name, v.Key)
			}
		}
	}
	return nil
}

// wheel is the geometry of a radar.
type wheel struct {
	x, y, radius float64
	scale        sheet.Scale
	n            int
}

// at is the place of a value on spoke i; the first spoke points up.
func (w wheel) at(i int, v float64) sheet.Point {
	angle := 2*math.Pi*float64(i)/float64(w.n) - math.Pi/2
	r := w.scale.At(v)
	return sheet.Point{X: w.x + r*math.Cos(angle), Y: w.y + r*math.Sin(angle)}
}

func drawRadar(d *drawing) {
	keys := d.f.keys()
	if len(d.f.Series) > 1 {
		d.legend(d.radarEntries())
	}
	words := d.radarWords(keys)
	side := 0.0
	for _, lines := range words {
		for _, l := range lines {
			side = max(side, d.radarKey()+l.set.Width(l.text))
		}
	}
	lo, hi := d.f.fromZero()
	w := wheel{n: len(keys), scale: sheet.Reach(lo, hi, 4)}
	w.radius = min(130, (d.Width-2*side-24)/2)
	w.radius = max(w.radius, 40)
	w.scale = w.scale.Over(0, w.radius)
	w.x, w.y = d.Width/2, d.y+linesHeight(words[0])+w.radius+10
	d.web(w)
	for i := range d.f.Series {
		d.outline(w, i)
	}
	d.y = d.rimWords(w, words) + 8
}

// radarLine is one line beside a spoke: the name of the aspect, then the value of each series.
type radarLine struct {
	text  string
	set   sheet.Text
	value bool // with the mark of its series before it, where there are several
	of    int
}

// radarKey is the room for the mark before a value.
func (d *drawing) radarKey() float64 {
	if len(d.f.Series) == 1 {
		return 0
	}
	return swatch + 5
}

// radarWords are the lines of every spoke, cut to the room beside the wheel.
func (d *drawing) radarWords(keys []string) [][]radarLine {
	limit := (d.Width - 2*70) / 2
	if d.wide {
		limit = 170
	}
	out := make([][]radarLine, len(keys))
	for i, key := range keys {
		for _, l := range sheet.Wrap(key, limit, sheet.Size, false, 2) {
			out[i] = append(out[i], radarLine{text: l})
		}
		for of, s := range d.f.Series {
			v := s.Values[i]
			t := wordsFor(v)
			if words := v.print(); v.drawn() || t.Width(words) <= limit-d.radarKey() {
				out[i] = append(out[i], radarLine{sheet.Fit(words, limit-d.radarKey(), sheet.Size, t.Bold), t, true, of})
			} else {
				d.unsaid = d.unsaid || v.State == Suppressed
			}
		}
	}
	return out
}

// web draws the rings and spokes.
func (d *drawing) web(w wheel) {
	for _, tick := range w.scale.Ticks() {
		ring := make([]sheet.Point, w.n)
		for i := range ring {
			ring[i] = w.at(i, tick)
		}
		if tick > 0 {
			d.Lines(ring, true, sheet.Mark{Fill: sheet.Paper, Opacity: 0.01, Stroke: sheet.Grid})
		}
	}
	for i := range w.n {
		p := w.at(i, w.scale.Max)
		d.Line(w.x, w.y, p.X, p.Y, sheet.Mark{Stroke: sheet.Grid})
	}
}

// outline draws one series: a closed line where every aspect is known, else the stretches that are.
func (d *drawing) outline(w wheel, series int) {
	values, role, m := d.f.Series[series].Values, d.f.colour(series), d.radarMark(series)
	for _, run := range runs(len(values), func(i int) bool { return values[i].drawn() }) {
		var edge []sheet.Point
		for i := run[0]; i < run[1]; i++ {
			edge = append(edge, w.at(i, values[i].V))
		}
		closed := run[1]-run[0] == len(values)
		if closed {
			d.Lines(edge, true, sheet.Mark{Fill: role, Opacity: 0.10})
			edge = append(edge, edge[0])
		}
		d.Lines(edge, false, m)
	}
	for i, v := range values {
		if v.drawn() {
			p := w.at(i, v.V)
			d.Circle(p.X, p.Y, 3.5, shape(role, v, false))
		}
	}
}

// rimWords writes the words of the spokes around the wheel: those at the top and the bottom centred, the others in a
// column at their side, moved apart where they would touch. It returns the foot of the lowest.
func (d *drawing) rimWords(w wheel, words [][]radarLine) float64 {
	foot, bottom := w.y+w.radius, -1
	var sides [2][]int // right from the top down, left likewise
	for i := range w.n {
		switch p := w.at(i, w.scale.Max); {
		case math.Abs(p.X-w.x) < 1 && p.Y < w.y:
			d.stackWords(w.x, w.y-w.radius-8-linesHeight(words[i]), words[i], sheet.Middle)
		case math.Abs(p.X-w.x) < 1:
			bottom = i // after the sides, which may reach below the wheel
		case p.X > w.x:
			sides[0] = append(sides[0], i)
		default:
			sides[1] = append([]int{i}, sides[1]...)
		}
	}
	for side, spokes := range sides {
		free := w.y - w.radius - 4
		for _, i := range spokes {
			height := linesHeight(words[i])
			p := w.at(i, w.scale.Max)
			top := max(free, p.Y-height/2)
			x, anchor := max(p.X, w.x+w.radius*0.55)+10, sheet.Start
			if side == 1 {
				x, anchor = min(p.X, w.x-w.radius*0.55)-10, sheet.End
			}
			d.stackWords(x, top, words[i], anchor)
			free = top + height + 6
			foot = max(foot, free)
		}
	}
	if bottom >= 0 {
		d.stackWords(w.x, foot+8, words[bottom], sheet.Middle)
		foot += 8 + linesHeight(words[bottom])
	}
	return foot
}

func linesHeight(lines []radarLine) float64 { return float64(len(lines)) * sheet.Size * sheet.Leading }

// stackWords writes lines below each other from top on.
func (d *drawing) stackWords(x, top float64, lines []radarLine, anchor sheet.Anchor) {
	for i, l := range lines {
		t := l.set
		t.Anchor = anchor
		y, at := top+(float64(i)+0.5)*t.Leading(), x
		if key := d.radarKey(); l.value && key > 0 {
			from := d.keyBefore(&at, t, l.text)
			d.Line(from, y, from+swatch, y, d.radarMark(l.of))
		}
		d.Text(at, y+sheet.Baseline(t), l.text, t)
	}
}

// keyBefore finds where the mark before a value starts, and moves the value after it.
func (d *drawing) keyBefore(x *float64, t sheet.Text, words string) float64 {
	switch t.Anchor {
	case sheet.End:
		return *x - t.Width(words) - d.radarKey()
	case sheet.Middle:
		*x += d.radarKey() / 2
		return *x - t.Width(words)/2 - d.radarKey()
	}
	*x += d.radarKey()
	return *x - d.radarKey()
}

// radarMark is the line of a series: told apart by colour and by dash.
func (d *drawing) radarMark(i int) sheet.Mark {
	m := sheet.Mark{Stroke: d.f.colour(i), Width: 2, Round: true, Dash: []string{"", sheet.Dashed, sheet.Dotted}[min(i, 2)]}
	if d.f.Series[i].Dashed {
		m.Dash = sheet.Dashed
	}
	return m
}

func (d *drawing) radarEntries() []entry {
	out := make([]entry, len(d.f.Series))
	for i := range d.f.Series {
		out[i] = entry{name: d.f.seriesName(i), line: true, mark: d.radarMark(i)}
	}
	return out
}

// optionRadar shows the aspects as grouped bars: a pointer finds them more easily than the corners of an outline.
func optionRadar(f *figure) *option {
	var all []charts.SingleSeries
	for i := range f.Series {
		all = append(all, f.barSeries(i, f.colour(i)))
	}
	return f.lying(all...)
}
