package chart

import (
	"math"
	"slices"
	"strings"

	"benchbook/internal/chart/sheet"
)

var paths = Kind{
	Name: "paths", Title: "路径图",
	Use: "一个序列，类别写成「公众号→个人号→社群」这样的一条路，带的粗细是数值；同名的站合在一起，颜色随第一站。",
	Attributes: []Attribute{
		{Name: "start", Title: "每条路前面共同的一站，例如「触点」"},
	},
	Least: 1, Most: 1,
	check: checkPaths, draw: drawPaths, option: optionBars, describe: describeRows, table: tableOf,
	example: func() Spec {
		keys := []string{"公众号→个人号→社群", "公众号→个人号", "个人号→社群→公众号", "个人号→社群", "个人号→公众号"}
		return Spec{
			ID: "diversion-paths", Kind: "paths", Number: "图 3-6", Finding: "三成企业先公众号、再个人号、后进群", Subtitle: "主要引流路径，占有私域团队的企业，2026 年一季度",
			Unit: "%", Percent: true, Ordered: true, CategoryTitle: "路径", Base: "n=245", Source: "示例调研", Sample: true,
			Series: []Series{{Name: "占比", Values: points(keys, .31, .17, .12, .26, .14)}},
		}
	},
}

// arrows part the stations of a path.
const arrows = "→➔➜⟶"

// mostStations and mostPaths are what can be followed with the eye.
const mostStations, mostPaths = 5, 14

// stations are the stops of a path, the common one first.
func (f *figure) stations(key string) []string {
	var out []string
	if start := sheet.Clean(f.Attrs["start"]); start != "" {
		out = append(out, start)
	}
	for _, s := range strings.FieldsFunc(key, func(r rune) bool { return strings.ContainsRune(arrows, r) }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func checkPaths(f *figure) error {
	if len(f.Series[0].Values) > mostPaths {
		return problem("路径图至多 %d 条路", "a path chart carries at most %d paths", mostPaths)
	}
	if len(f.References) > 0 {
		return problem("路径图没有数轴，参考线 %q 无处可画", "a path chart has no axis for the reference %q", f.References[0].Name)
	}
	for _, v := range f.Series[0].Values {
		if n := len(f.stations(v.Key)); n < 2 || n > mostStations {
			return problem("路径 %q 要有 2 到 %d 站，用 → 隔开", "path %q needs 2 to %d stations, parted by →", v.Key, mostStations)
		}
		if v.drawn() && v.V < 0 {
			return problem("路径 %s 是负数", "path %s is negative", v.Key)
		}
	}
	return nil
}

// route is one path laid out: where its band runs in each column.
type route struct {
	value    Value
	stops    []string
	role     sheet.Role
	width    float64   // of the band
	top      []float64 // of the band, a column each
	position float64   // of the printed value
}

// station is a stop of a column with the bands that pass through it.
type station struct {
	name        string
	lines       []string
	top, height float64
}

// flow is the layout of a path chart.
type flow struct {
	routes   []*route
	columns  [][]*station
	left     float64 // of the first column
	step     float64 // from column to column
	words    float64 // room for a label beside its station
	foot     float64
	stations map[[2]string]*station // by column and name
}

// stationWidth is the width of a station's bar, stationGap the space between two of a column.
const stationWidth, stationGap = 9.0, 14.0

func drawPaths(d *drawing) {
	l := d.layFlow()
	for _, r := range l.routes {
		d.drawRoute(l, r)
	}
	for i, column := range l.columns {
		x := l.left + float64(i)*l.step
		for _, s := range column {
			d.Rect(x, s.top, stationWidth, s.height, sheet.Mark{Fill: sheet.Ink})
			d.Block(x+stationWidth+6, s.top+s.height/2, s.lines, sheet.Text{Halo: true})
		}
	}
	for _, r := range l.routes {
		t := wordsFor(r.value)
		t.Anchor = sheet.End
		words := r.value.print()
		if !r.value.drawn() && t.Width(words) > l.left-8 {
			words, d.unsaid = "—", d.unsaid || r.value.State == Suppressed
		}
		d.Text(l.left-8, r.position+sheet.Baseline(t), sheet.Fit(words, l.left-8, sheet.Size, t.Bold), t)
	}
	d.y = l.foot + 8
}

// layFlow finds the columns, the room of every station and the bands through them.
func (d *drawing) layFlow() *flow {
	l := &flow{left: d.valueColumn(d.f.Series[0].Values), stations: map[[2]string]*station{}}
	l.left = max(l.left, 32)
	deepest := l.plan(d.f)
	l.step = (d.Width - l.left) / float64(deepest)
	l.words = l.step - stationWidth - 12
	l.foot = d.y
	for i := range deepest {
		l.column(i, d.y+4)
	}
	return l
}

// plan makes the routes, widest bands scaled to what a column can hold, in the order of their first stops.
func (l *flow) plan(f *figure) (deepest int) {
	total, firsts := 0.0, []string{}
	for _, v := range f.Series[0].Values {
		if v.drawn() {
			total += v.V
		}
		stops := f.stations(v.Key)
		deepest = max(deepest, len(stops))
		lead := stops[min(1, len(stops)-1)]
		if f.Attrs["start"] == "" {
			lead = stops[0]
		}
		if !slices.Contains(firsts, lead) {
			firsts = append(firsts, lead)
		}
		role := sheet.Rest
		if i := slices.Index(firsts, lead); i < len(sheet.Categories) {
			role = sheet.Categories[i]
		}
		l.routes = append(l.routes, &route{value: v, stops: stops, role: role, top: make([]float64, len(stops))})
	}
	const full = 150.0 // the height of all bands together
	for _, r := range l.routes {
		r.width = 2
		if r.value.drawn() && total > 0 {
			r.width = math.Max(2, r.value.V/total*full)
		}
	}
	slices.SortStableFunc(l.routes, func(a, b *route) int {
		return slices.Index(firsts, a.stops[leadOf(f, a)]) - slices.Index(firsts, b.stops[leadOf(f, b)])
	})
	return deepest
}

// leadOf is the index of the stop that gives a route its colour.
func leadOf(f *figure, r *route) int {
	if f.Attrs["start"] == "" {
		return 0
	}
	return min(1, len(r.stops)-1)
}

// column lays out one column below y: stations in the order of the bands that reach them, each tall enough for its
// label, and in the first column each band tall enough for its value.
func (l *flow) column(i int, y float64) {
	var order []*station
	through := map[*station][]*route{}
	for _, r := range l.routes {
		if i >= len(r.stops) {
			continue
		}
		key := [2]string{string(rune('0' + i)), r.stops[i]}
		s := l.stations[key]
		if s == nil {
			s = &station{name: r.stops[i], lines: sheet.Wrap(r.stops[i], max(l.words, sheet.Size), sheet.Size, false, mostLines)}
			l.stations[key] = s
			order = append(order, s)
		}
		through[s] = append(through[s], r)
	}
	least := 2.0
	if i == 0 {
		least = sheet.Size*sheet.Leading + 2
	}
	for _, s := range order {
		s.top = y
		for _, r := range through[s] {
			slot := max(r.width, least)
			r.top[i] = y + (slot-r.width)/2
			if i == 0 {
				r.position = y + slot/2
			}
			y += slot
		}
		s.height = y - s.top
		if words := float64(len(s.lines)) * sheet.Size * sheet.Leading; words > s.height {
			s.centre(through[s], i, words)
			y = s.top + s.height
		}
		y += stationGap
	}
	l.columns = append(l.columns, order)
	l.foot = max(l.foot, y-stationGap)
}

// centre makes a station taller for its label and keeps its bands in its middle.
func (s *station) centre(routes []*route, column int, height float64) {
	shift := (height - s.height) / 2
	for _, r := range routes {
		r.top[column] += shift
		if column == 0 {
			r.position += shift
		}
	}
	s.height = height
}

// drawRoute draws the band of a path from column to column; one that must not be shown is a dotted line of no width.
func (d *drawing) drawRoute(l *flow, r *route) {
	for i := 1; i < len(r.stops); i++ {
		x1, x2 := l.left+float64(i-1)*l.step+stationWidth, l.left+float64(i)*l.step
		upper, lower := bend(x1, r.top[i-1], x2, r.top[i]), bend(x1, r.top[i-1]+r.width-1, x2, r.top[i]+r.width-1)
		if !r.value.drawn() {
			d.Lines(upper, false, sheet.Mark{Stroke: sheet.Axis, Width: 1.5, Dash: sheet.Dotted})
			continue
		}
		slices.Reverse(lower)
		d.Lines(append(upper, lower...), true, sheet.Mark{Fill: r.role, Opacity: 0.5, Tip: r.value.Key + " " + r.value.Text})
	}
}

// bend is a curve that leaves and arrives level, as short straight lines.
func bend(x1, y1, x2, y2 float64) []sheet.Point {
	const parts = 14
	out := make([]sheet.Point, 0, parts+1)
	for i := range parts + 1 {
		t := float64(i) / parts
		out = append(out, sheet.Point{X: x1 + (x2-x1)*t, Y: y1 + (y2-y1)*t*t*(3-2*t)})
	}
	return out
}
