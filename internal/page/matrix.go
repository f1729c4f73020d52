package page

import (
	"cmp"
	"slices"

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
	title := cmp.Or(def.Title, q.Title, q.ID)
	s := chart.Spec{ID: def.ID, Kind: kind, Finding: title, Unit: "%", Percent: true, Attrs: def.Attrs, CategoryTitle: "分项",
		Ordered: kind == "heatmap", Base: matrixBase(tables), Source: source(t, datasets), Sample: t.Dataset.Sample}
	s.Subtitle = cmp.Or(def.Subtitle, title+"，基数为"+baseWord(t)+"的"+cmp.Or(t.Dataset.Unit, "记录")+"，"+span(t.Dataset.From, t.Dataset.To))
	b := binder{t: t, spec: &s}
	for _, o := range t.Options {
		series := chart.Series{Name: o.Label}
		for i, table := range tables {
			series.Values = append(series.Values, b.value(labels[i], find(table.Rows[0], "share", o.Value)))
		}
		s.Series = append(s.Series, series)
	}
	s.Notes = b.notes(def)
	return s, b.shown
}

// matrixBase is the base of all rows: "n=412", or where they differ a range.
func matrixBase(tables []*release.Table) string {
	first := tables[0].BaseText()
	for _, t := range tables[1:] {
		if t.BaseText() != first {
			return "各分项基数见数据表"
		}
	}
	return first + tables[0].Dataset.Unit
}
