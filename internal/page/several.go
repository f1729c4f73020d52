package page

import (
	"cmp"
	"slices"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/diag"
	"benchbook/internal/release"
)

// lay fills a definition with the indicators that it lays beside each other, or
// reports what is wrong with the list.
func (d *Definition) lay(several, labels []string, single bool, pos posOf, i int, l *diag.List) bool {
	at := pos.Pos("chart", i, "indicators")
	wrong := func(m diag.Text, hint diag.Text) bool {
		l.Add(diag.Diagnostic{Code: "chart.indicator", Pos: at, Message: m, Hint: hint})
		return false
	}
	d.Pos = at
	switch {
	case single:
		return wrong(diag.T("图 %s 既写了 indicator 又写了 indicators", "chart %s has both indicator and indicators", d.ID),
			diag.T("只留一个：一个指标用 indicator，几个并列用 indicators", "keep one: indicator for one, indicators for several side by side"))
	case len(labels) > 0 && len(labels) != len(several):
		return wrong(diag.T("图 %s 有 %d 个指标、%d 个名称", "chart %s has %d indicators and %d labels", d.ID, len(several), len(labels)),
			diag.T("labels 要与 indicators 一一对应，或者不写", "labels go with indicators one by one, or are left out"))
	}
	for j, ref := range several {
		dataset, indicator, ok := strings.Cut(ref, "/")
		if !ok || indicator == "" {
			return wrong(diag.T("图 %s 的 indicators 要写成 数据集/指标，其中有 %q", "chart %s: indicators have to be DATASET/INDICATOR, one is %q", d.ID, ref), diag.Text{})
		}
		part := Part{Dataset: dataset, Indicator: indicator}
		if len(labels) > 0 {
			part.Label = labels[j]
		}
		d.Several = append(d.Several, part)
	}
	d.Dataset, d.Indicator = d.Several[0].Dataset, d.Several[0].Indicator
	return true
}

// posOf finds the place of a key in a file.
type posOf interface{ Pos(path ...any) diag.Pos }

// needsOfParts are the tables of all indicators of a figure, each with its cut.
func (d Definition) needsOfParts(pos diag.Pos, width int) []Need {
	var out []Need
	for _, p := range d.Several {
		out = append(out, Need{Definition{Dataset: p.Dataset, Indicator: p.Indicator, By: d.By}.ref(), pos, width})
	}
	return out
}

// fillSeveral binds a figure to the tables of its indicators: they are the
// categories, and the groups of the cut, where there is one, the series.
func (c *composer) fillSeveral(f *Bound, def Definition) bool {
	var labels []string
	for _, p := range def.Several {
		t, ok := c.Registry.Table(p.Dataset, p.Indicator, def.By)
		if !ok {
			return false
		}
		f.tables, labels = append(f.tables, t), append(labels, cmp.Or(p.Label, t.Title))
	}
	if odd := slices.IndexFunc(f.tables, func(t *release.Table) bool { return !sameScale(t, f.tables[0]) }); odd >= 0 {
		c.l.Add(diag.Diagnostic{Code: "chart.draw", Pos: def.Pos, Message: diag.T("图 %s 的几个指标单位不同：%s 与 %s", "the indicators of chart %s have different units: %s and %s",
			def.ID, labels[0], labels[odd]), Hint: diag.T("并列的指标要能放在同一把尺上", "indicators side by side have to fit on one scale")})
		return false
	}
	f.Spec, f.shown = severalSpec(f.tables, labels, def, c.labels())
	return true
}

// sameScale holds for tables whose main numbers fit on one scale.
func sameScale(a, b *release.Table) bool { return unitOf(a) == unitOf(b) && a.Percent == b.Percent }

func unitOf(t *release.Table) string {
	if t.Kind == "share" || t.Kind == "multi" {
		return "%"
	}
	return t.Unit
}

// severalSpec lays the main numbers of several indicators beside each other.
func severalSpec(tables []*release.Table, labels []string, def Definition, datasets map[string]DatasetInfo) (chart.Spec, []*release.Cell) {
	t := tables[0]
	s := chart.Spec{ID: def.ID, Kind: cmp.Or(def.Kind, "bars"), Finding: cmp.Or(def.Title, t.Title), Unit: unitOf(t), Percent: t.Percent || unitOf(t) == "%", Attrs: def.Attrs,
		CategoryTitle: "指标", Ordered: true, Source: source(latest(tables), datasets), Sample: t.Dataset.Sample}
	s.Subtitle = cmp.Or(def.Subtitle, strings.Join(labels, "、")+"，"+span(t.Dataset.From, t.Dataset.To))
	b := binder{t: t, spec: &s}
	for i := range t.Rows {
		series := chart.Series{Name: t.Rows[i].Label()}
		for j, table := range tables {
			b.t = table
			var cell *release.Cell
			if k := slices.IndexFunc(table.Rows, func(r release.Row) bool { return slices.Equal(r.Labels, t.Rows[i].Labels) }); k >= 0 {
				cell = find(table.Rows[k], b.mainStat(), b.onlyAnswer())
			}
			series.Values = append(series.Values, b.value(labels[j], cell))
		}
		s.Series = append(s.Series, series)
	}
	b.t = t
	s.Base = baseRange(b.shown) + t.Dataset.Unit
	s.Notes = b.notes(def)
	return s, b.shown
}

// latest is the table whose data were collected last, which a figure of several
// editions is up to date with.
func latest(tables []*release.Table) *release.Table {
	out := tables[0]
	for _, t := range tables[1:] {
		if t.Dataset.To > out.Dataset.To {
			out = t
		}
	}
	return out
}

// onlyAnswer is the answer that a share counts, "" for other numbers.
func (b *binder) onlyAnswer() string {
	if b.mainStat() == "share" && len(b.answers()) > 0 {
		return b.answers()[0].Value
	}
	return ""
}
