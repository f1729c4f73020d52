package page

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/config"
	"benchbook/internal/diag"
)

// Definition is one figure of data/charts.toml, or one that a reference in the text implies.
type Definition struct {
	ID        string // file name, element id and address of the figure
	Dataset   string
	Indicator string
	By        []string          // segments, in the order of the cut
	Kind      string            // of the drawing; "" = what fits the indicator
	Title     string            // measure, printed where the text gives no finding
	Subtitle  string            // "" = made from the indicator
	Note      string            // printed under the figure
	Attrs     map[string]string // of the kind
	Several   []Part            // the indicators laid beside each other, in their order; Indicator is then the first
	Pos       diag.Pos
}

// Part is one of the indicators that a figure lays beside each other: a stage
// of a funnel, an aspect of a radar.
type Part struct {
	Dataset, Indicator string
	Label              string // "" = the indicator's title
}

// Charts is all declared figures by id.
type Charts struct {
	list []Definition
	byID map[string]int
}

type rawCharts struct {
	Chart []struct {
		ID        string            `toml:"id"`
		Indicator string            `toml:"indicator"`
		Several   []string          `toml:"indicators"`
		Labels    []string          `toml:"labels"`
		Kind      string            `toml:"kind"`
		By        string            `toml:"by"`
		Title     string            `toml:"title"`
		Subtitle  string            `toml:"subtitle"`
		Note      string            `toml:"note"`
		Attrs     map[string]string `toml:"attrs"`
	} `toml:"chart"`
}

var chartID = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,79}$`)

// LoadCharts reads one charts file strictly. Whether the indicators exist is
// found when the figures are bound.
func LoadCharts(file string, src []byte, l *diag.List) *Charts {
	var raw rawCharts
	pos, _ := config.Decode(file, src, &raw, l)
	c := &Charts{byID: map[string]int{}}
	for i, r := range raw.Chart {
		at := func(key string) diag.Pos { return pos.Pos("chart", i, key) }
		dataset, indicator, ok := strings.Cut(r.Indicator, "/")
		d := Definition{ID: r.ID, Dataset: dataset, Indicator: indicator, By: splitBy(r.By), Kind: r.Kind, Title: r.Title,
			Subtitle: r.Subtitle, Note: r.Note, Attrs: r.Attrs, Pos: at("indicator")}
		if !chartID.MatchString(r.ID) {
			l.Add(diag.Diagnostic{Code: "chart.id", Pos: at("id"), Message: diag.T("图的 id %q 不能用作文件名", "the chart id %q cannot be a file name", r.ID),
				Hint: diag.T("用小写字母开头，只用小写字母、数字、- 和 _", "start with a lower-case letter; use lower-case letters, digits, - and _")})
			continue
		}
		if len(r.Several) > 0 || len(r.Labels) > 0 {
			if !d.lay(r.Several, r.Labels, r.Indicator != "", pos, i, l) {
				continue
			}
		} else if !ok || indicator == "" {
			l.Add(diag.Diagnostic{Code: "chart.indicator", Pos: at("indicator"), Message: diag.T("图 %s 的 indicator 要写成 数据集/指标，现在是 %q", "chart %s: indicator has to be DATASET/INDICATOR, it is %q", r.ID, r.Indicator)})
			continue
		}
		checkKind(d, at("kind"), l)
		c.add(d, l)
	}
	return c
}

func splitBy(by string) []string {
	var out []string
	for part := range strings.SplitSeq(by, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// chartKinds are the names that a definition's kind may have.
func chartKinds() []string {
	names := []string{tableKind}
	for _, k := range chart.Kinds() {
		names = append(names, k.Name)
	}
	slices.Sort(names)
	return names
}

func checkKind(d Definition, pos diag.Pos, l *diag.List) {
	if d.Kind == "" || slices.Contains(chartKinds(), d.Kind) {
		return
	}
	hint := diag.DidYouMean(d.Kind, chartKinds())
	if hint.IsZero() {
		hint = diag.T("可用的有 %s", "there are %s", strings.Join(chartKinds(), ", "))
	}
	l.Add(diag.Diagnostic{Code: "chart.kind", Pos: pos, Message: diag.T("没有名为 %q 的图形", "no kind of chart is called %q", d.Kind), Hint: hint})
}

func (c *Charts) add(d Definition, l *diag.List) {
	if first, ok := c.byID[d.ID]; ok {
		l.Add(diag.Diagnostic{Code: "chart.duplicate", Pos: d.Pos, Message: diag.T("图的 id %q 重复", "the chart id %q is used twice", d.ID),
			Notes: []diag.Note{{Pos: c.list[first].Pos, Text: diag.T("第一次出现在这里", "it was first used here")}}})
		return
	}
	c.byID[d.ID] = len(c.list)
	c.list = append(c.list, d)
}

// ids lists the declared ids.
func (c *Charts) ids() []string {
	ids := make([]string, len(c.list))
	for i, d := range c.list {
		ids[i] = d.ID
	}
	return ids
}

// resolve turns a reference's target and query into a definition: a declared id,
// or DATASET/INDICATOR with by= and kind= for a figure that is nowhere declared.
func (c *Charts) resolve(scheme, target string, query map[string]string) (Definition, error) {
	dataset, indicator, direct := strings.Cut(target, "/")
	if !direct {
		i, ok := c.byID[target]
		if !ok {
			return Definition{}, &unknownName{what: "chart", name: target, known: c.ids()}
		}
		d := c.list[i]
		if scheme == tableKind && d.Kind != tableKind {
			d.Kind, d.ID = tableKind, d.ID+"-table"
		}
		return d, nil
	}
	d := Definition{Dataset: dataset, Indicator: indicator, By: splitBy(query["by"]), Kind: query["kind"]}
	if scheme == tableKind {
		d.Kind = tableKind
	}
	if d.Kind != "" && !slices.Contains(chartKinds(), d.Kind) {
		return Definition{}, &unknownName{what: "kind", name: d.Kind, known: chartKinds()}
	}
	for key := range query {
		if key != "by" && key != "kind" {
			return Definition{}, &unknownName{what: "parameter", name: key, known: []string{"by", "kind"}}
		}
	}
	parts := append([]string{dataset, indicator}, d.By...)
	if d.Kind != "" {
		parts = append(parts, d.Kind)
	}
	d.ID = identifier(parts...)
	return d, nil
}

// unknownName is a reference to something that does not exist.
type unknownName struct {
	what, name string
	known      []string
}

func (u *unknownName) Error() string { return fmt.Sprintf("no %s %q", u.what, u.name) }
