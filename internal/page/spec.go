package page

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/release"
)

// specOf binds a released table to a drawing: which cells become which series,
// and the words around them. It chooses, it never computes: every number and
// every text of a number is a cell's.
// The cells are those that are shown, whose methods and caveats are told with it.
func specOf(t *release.Table, def Definition, datasets map[string]DatasetInfo) (chart.Spec, []*release.Cell) {
	kind := cmp.Or(def.Kind, fittingKind(t))
	s := chart.Spec{ID: def.ID, Kind: kind, Finding: cmp.Or(def.Title, t.Title), Subtitle: cmp.Or(def.Subtitle, subtitle(t)), Unit: t.Unit, Percent: t.Percent,
		Attrs: def.Attrs, Base: based(t), Source: source(t, datasets), Sample: t.Dataset.Sample}
	if t.Kind == "share" || t.Kind == "multi" {
		s.Unit, s.Percent = "%", true
	}
	b := binder{t: t, spec: &s}
	switch kind {
	case tableKind:
		b.all()
	case "heatmap", "retention":
		b.grid(kind)
	case "stacked", "likert", "grouped":
		b.options(kind)
	case "quantiles", "boxes":
		b.quantiles()
	case "bullet":
		b.single()
		b.lines()
	case "km":
		b.curves()
	case "bandgauge":
		b.gauge()
	case "histogram":
		b.histogram()
	case "dots":
		b.pair()
	default:
		b.single()
	}
	s.Notes = b.notes(def)
	return s, b.shown
}

// fittingKind is the drawing for a table whose chart names none.
func fittingKind(t *release.Table) string {
	answers := len(t.Options) - len(t.Bands)
	switch {
	case t.Kind == "payback":
		return "km"
	case t.Kind == "ratio" || t.Kind == "quantile":
		if slices.ContainsFunc(t.By, func(c release.Column) bool { return c.Ordered && c.Overlapping }) {
			return "line"
		}
		if len(quantileStats(t)) >= 3 {
			return "quantiles"
		}
		return "bars"
	case t.Kind == "binned" && len(t.By) == 0:
		return "histogram"
	case len(t.By) == 0 || answers == 0:
		return "bars"
	case t.Additive && answers >= 2 && answers <= 5:
		return "stacked"
	}
	return "heatmap"
}

// subtitle states measure, cut, period and unit of observation.
func subtitle(t *release.Table) string {
	parts := []string{t.Title}
	for _, c := range t.By {
		parts = append(parts, "按"+c.Title)
	}
	if t.Base == "answers" {
		parts = append(parts, "基数为全部选择")
	} else if t.Dataset.Unit != "" {
		parts = append(parts, "基数为"+baseWord(t)+"的"+observed(t))
	}
	if s := span(t.Dataset.From, t.Dataset.To); s != "" {
		parts = append(parts, s)
	}
	return afterQuestion.Replace(strings.Join(parts, "，"))
}

// afterQuestion drops the comma behind a question's own mark.
var afterQuestion = strings.NewReplacer("？，", "？", "?，", "? ", "！，", "！", "。，", "。")

// observed is the unit of observation without its measure word: 家企业 → 企业.
func observed(t *release.Table) string {
	return cmp.Or(strings.TrimLeft(t.Dataset.Unit, "家个份位名条"), "记录")
}

// baseWord says which rows a share is a share of; other numbers rest on those that have one.
func baseWord(t *release.Table) string {
	switch {
	case t.Kind != "share" && t.Kind != "multi":
		return "有数据"
	case t.Base == "all":
		return "全部"
	case t.Base == "asked":
		return "被问到"
	}
	return "作答"
}

func based(t *release.Table) string {
	n := t.BaseText()
	if n == "" {
		return ""
	}
	if effective := t.EffectiveText(); effective != "" {
		return n + t.Dataset.Unit + "（" + effective + "）"
	}
	return n + t.Dataset.Unit
}

func source(t *release.Table, datasets map[string]DatasetInfo) string {
	out := "来源：" + cmp.Or(t.Dataset.Source, t.Dataset.Title, t.Dataset.Name)
	if to := datasets[t.Dataset.Name].To; to != "" {
		out += "；数据截至 " + to
	}
	return out
}

// notes are the author's note, the caveats of the numbers that are shown, and
// what was withheld.
func (b *binder) notes(def Definition) []string {
	var out []string
	if def.Note != "" {
		out = append(out, def.Note)
	}
	var stats []string
	for _, c := range b.shown {
		stats = append(stats, c.Stat())
	}
	out = append(out, b.t.Findings(stats...)...)
	if b.spec.Kind == "km" {
		out = append(out, b.censoring()...)
	}
	withheld := false
	for _, c := range b.shown {
		withheld = withheld || c.Suppressed()
		for _, w := range c.Warnings() {
			if !slices.Contains(out, w.Text) {
				out = append(out, w.Text)
			}
		}
	}
	if withheld {
		out = append(out, "「样本不足」：贡献者太少，或公布后会推算出这样的数，按公布规则不给数字。")
	}
	return out
}

// binder turns a table's cells into the series of one kind of drawing.
type binder struct {
	t     *release.Table
	spec  *chart.Spec
	shown []*release.Cell // whose caveats go under the figure
}

// value is a cell as a datum.
func (b *binder) value(key string, c *release.Cell) chart.Value {
	v := chart.Value{Key: key, V: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), State: chart.Missing}
	if c == nil {
		return v
	}
	b.shown = append(b.shown, c)
	if c.Suppressed() {
		v.State, v.Note = chart.Suppressed, c.Text()
		return v
	}
	v.N, v.NText = c.Base(), strings.TrimPrefix(c.NText(), "n=")
	x, ok := c.Value()
	if !ok {
		v.Note = c.Text()
		return v
	}
	v.State, v.V, v.Text = chart.Shown, x, c.Text()
	if c.Small() {
		v.State = chart.Hollow
	}
	if lo, hi, ok := c.Interval(); ok {
		v.Lo, v.Hi, v.LoText, v.HiText = lo, hi, c.LoText(), c.HiText()
	}
	return v
}

// all is every cell of a table, for a figure that is only a table.
func (b *binder) all() {
	for _, r := range b.t.Rows {
		b.shown = append(b.shown, r.Cells...)
	}
}

func find(r release.Row, stat, option string) *release.Cell {
	c, _ := r.Cell(stat, option)
	return c
}

// answers are the options that are no bands.
func (b *binder) answers() []release.Option { return b.t.Options[:len(b.t.Options)-len(b.t.Bands)] }

func (b *binder) category() string {
	titles := make([]string, len(b.t.By))
	for i, c := range b.t.By {
		titles[i] = c.Title
	}
	return cmp.Or(strings.Join(titles, " · "), "类别")
}

func (b *binder) rowsOrdered() bool {
	return slices.ContainsFunc(b.t.By, func(c release.Column) bool { return c.Ordered })
}

// mainStat is what a drawing of single numbers shows.
func (b *binder) mainStat() string {
	switch b.t.Kind {
	case "ratio":
		return "ratio"
	case "share", "multi":
		return "share"
	}
	return "p50"
}

// single is one series: the options of the total, or the groups' main number;
// in a line with two cuts, one series a value of the second.
func (b *binder) single() {
	if len(b.t.By) == 0 && len(b.answers()) > 0 {
		b.spec.CategoryTitle, b.spec.Ordered = "选项", b.t.Ordered
		b.spec.Series = []chart.Series{b.ofOptions(b.firstRow(), "")}
		return
	}
	b.spec.CategoryTitle, b.spec.Ordered = b.category(), b.rowsOrdered()
	if len(b.t.By) == 2 && b.spec.Kind == "line" {
		b.bySecond()
		return
	}
	series := chart.Series{Name: b.t.Title}
	for _, r := range b.t.Rows {
		series.Values = append(series.Values, b.value(r.Label(), find(r, b.mainStat(), "")))
	}
	b.spec.Series = []chart.Series{series}
}

// grid lays answers against groups; numbers with two cuts lie the first cut against the second.
func (b *binder) grid(kind string) {
	if len(b.answers()) > 0 || len(b.t.By) != 2 {
		b.options("heatmap")
		return
	}
	b.spec.CategoryTitle, b.spec.Ordered = b.t.By[0].Title, kind == "retention" || b.t.By[0].Ordered
	b.bySecond()
}

func (b *binder) firstRow() release.Row {
	if len(b.t.Rows) == 0 {
		return release.Row{}
	}
	return b.t.Rows[0]
}

// ofOptions is a series of a row's answers.
func (b *binder) ofOptions(r release.Row, name string) chart.Series {
	s := chart.Series{Name: name}
	for _, o := range b.answers() {
		s.Values = append(s.Values, b.value(o.Label, find(r, "share", o.Value)))
	}
	return s
}

// bySecond is one series a value of the second cut, over the values of the first.
func (b *binder) bySecond() {
	var firsts, seconds []string
	cells := map[[2]string]*release.Cell{}
	for _, r := range b.t.Rows {
		if !slices.Contains(firsts, r.Labels[0]) {
			firsts = append(firsts, r.Labels[0])
		}
		if !slices.Contains(seconds, r.Labels[1]) {
			seconds = append(seconds, r.Labels[1])
		}
		cells[[2]string{r.Labels[0], r.Labels[1]}] = find(r, b.mainStat(), "")
	}
	for _, second := range seconds {
		s := chart.Series{Name: second}
		for _, first := range firsts {
			s.Values = append(s.Values, b.value(first, cells[[2]string{first, second}]))
		}
		b.spec.Series = append(b.spec.Series, s)
	}
}

// options lays groups against answers: the parts of a bar are answers, the
// columns of a heat map and the colours of grouped bars are groups.
func (b *binder) options(kind string) {
	if kind == "heatmap" || kind == "grouped" {
		b.spec.CategoryTitle, b.spec.Ordered = "选项", b.t.Ordered
		for _, r := range b.t.Rows {
			b.spec.Series = append(b.spec.Series, b.ofOptions(r, r.Label()))
		}
		return
	}
	b.spec.CategoryTitle, b.spec.Ordered = b.category(), b.rowsOrdered()
	for _, o := range b.answers() {
		s := chart.Series{Name: o.Label}
		for _, r := range b.t.Rows {
			s.Values = append(s.Values, b.value(r.Label(), find(r, "share", o.Value)))
		}
		b.spec.Series = append(b.spec.Series, s)
	}
}
