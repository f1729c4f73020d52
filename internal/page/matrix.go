package page

import (
	"cmp"
	"slices"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/release"
)

// Question is a question of several columns with one list of answers: the rows
// of a matrix. A chart of DATASET/QUESTION draws them all.
type Question struct {
	ID     string
	Title  string
	Fields []string // one a row
	Rows   []string // their labels
}

// question finds a question of a dataset.
func question(datasets []DatasetInfo, dataset, name string) (Question, bool) {
	for _, d := range datasets {
		if d.ID != dataset {
			continue
		}
		i := slices.IndexFunc(d.Questions, func(q Question) bool { return q.ID == name })
		if i >= 0 {
			return d.Questions[i], true
		}
	}
	return Question{}, false
}

// matrixTables are the released totals of a question's rows; rows that are not
// there or have other answers than the first are left out.
func (c *composer) matrixTables(def Definition, q Question) (tables []*release.Table, labels []string) {
	for i, field := range q.Fields {
		t, ok := c.Registry.Table(def.Dataset, field, nil)
		if !ok || len(t.Rows) == 0 || len(tables) > 0 && !slices.Equal(t.Options, tables[0].Options) {
			continue
		}
		tables, labels = append(tables, t), append(labels, q.Rows[i])
	}
	return tables, labels
}

// matrixSpec lays the rows of a question against its answers.
func matrixSpec(tables []*release.Table, labels []string, q Question, def Definition, datasets map[string]DatasetInfo) (chart.Spec, []*release.Cell) {
	t := tables[0]
	kind := def.Kind
	if kind == "" {
		kind = "heatmap"
		if t.Ordered && t.Additive && len(t.Options) >= 2 && len(t.Options) <= 7 {
			kind = "likert"
		}
	}
	title := cmp.Or(def.Title, q.Title, "各分项的作答分布")
	s := chart.Spec{ID: def.ID, Kind: kind, Finding: title, Unit: "%", Percent: true, Attrs: def.Attrs, CategoryTitle: "分项",
		Ordered: kind == "heatmap" || kind == tableKind, Source: source(t, datasets), Sample: t.Dataset.Sample}
	s.Subtitle = cmp.Or(def.Subtitle, strings.TrimRight(afterQuestion.Replace(title+"，")+"基数为"+baseWord(t)+"的"+observed(t)+"，"+span(t.Dataset.From, t.Dataset.To), "，"))
	b := binder{t: t, spec: &s}
	for _, o := range t.Options {
		series := chart.Series{Name: o.Label}
		for i, table := range tables {
			series.Values = append(series.Values, b.value(labels[i], find(table.Rows[0], "share", o.Value)))
		}
		s.Series = append(s.Series, series)
	}
	s.Base = baseRange(b.shown) + t.Dataset.Unit
	s.Notes = b.notes(def)
	return s, b.shown
}

// baseRange is the base of all cells: "n=412", or where they differ "n=388–412".
func baseRange(cells []*release.Cell) string {
	least, most := "", ""
	lo, hi := 0, 0
	for _, c := range cells {
		n := c.Base()
		if n == 0 {
			continue
		}
		if lo == 0 || n < lo {
			lo, least = n, c.NText()
		}
		if n > hi {
			hi, most = n, strings.TrimPrefix(c.NText(), "n=")
		}
	}
	if lo == hi {
		return least
	}
	return least + "–" + most
}

// matrixTable is the figure as a table: a row a line of the question.
func matrixTable(s chart.Spec) (chart.DataTable, error) {
	s.Kind = "heatmap"
	return chart.Table(s)
}
