package benchmark

import (
	"slices"

	"benchbook/internal/diag"
	"benchbook/internal/indicator"
	"benchbook/internal/schema"
)

// Compute makes every table of a set's plan. Rows that cannot be weighted as
// the dictionary asks are an error in the list, and then there are no tables.
func Compute(set *indicator.Set, l *diag.List) []*Table {
	w, ok := weigh(set, l)
	if !ok {
		return nil
	}
	cal := calibrate(set, w)
	tables := make([]*Table, 0, len(set.Plan.Tasks))
	for _, task := range set.Plan.Tasks {
		tables = append(tables, compute(set, task, w, cal))
	}
	for nests, i := nests(set), 0; i < len(tables); i++ {
		tables[i].Nests = nests
	}
	return tables
}

func compute(set *indicator.Set, task indicator.Task, w *weighting, cal *calibration) *Table {
	at := slices.Index(set.Indicators, task.Indicator)
	dict := set.Plan.Dictionary
	t := &Table{Indicator: task.Indicator, Dataset: describe(dict), Options: set.Options[at],
		clustered: dict.Cluster != "", stratified: dict.Stratum != "",
		Additive: additive(task.Indicator), Rows: set.Kept, Excluded: set.Excluded, Filtered: len(set.Plan.Where) > 0}
	if len(task.Indicator.Is) > 0 {
		t.Options = nil // the answers were made one number, so there is nothing to lay out by answer
	}
	if len(task.Indicator.Bands) > 0 {
		for _, b := range task.Indicator.Bands {
			t.Options = append(t.Options, indicator.Option{Value: b.Name, Label: b.Name})
		}
	}
	t.By = make([]*indicator.Segment, len(task.By))
	columns := make([]int, len(task.By))
	for i, name := range task.By {
		columns[i] = slices.IndexFunc(set.Segments, func(s *indicator.Segment) bool { return s.Field == name })
		t.By[i] = set.Segments[columns[i]]
	}
	t.Dataset.Weighting = w.note(dict)
	if task.Indicator.Weight == indicator.RakedWeight {
		t.calibration = cal
	}
	cells := group(set, t.By, columns, at, w)
	for g, cell := range cells {
		t.Groups = append(t.Groups, cell.group)
		t.estimate(g, cell)
	}
	for i := range t.Estimates {
		t.Estimates[i].general()
	}
	t.across(cells, set)
	return t
}

// additive says whether the options of an indicator are parts of a whole.
func additive(ind *indicator.Indicator) bool {
	return ind.Kind == "share" || ind.Base == indicator.Answers || ind.Kind == "binned" || len(ind.Bands) > 0
}

func describe(d *schema.Dictionary) Dataset {
	out := Dataset{Name: d.Name, Title: d.Title, Source: d.Source, Licence: d.Licence, Unit: d.Unit, From: d.Collected.From, To: d.Collected.To,
		Open: d.Open(), Sample: d.Sample, Embargo: d.Embargo}
	if f, ok := d.Field(d.Contributor); ok {
		out.Contributor = f.Title
	}
	return out
}

// estimate computes one group by the indicator's kind.
func (t *Table) estimate(g int, c *cell) {
	switch t.Indicator.Kind {
	case "share", "multi":
		t.choice(g, c)
	case "binned":
		t.choice(g, c)
		t.binned(g, c)
	case "ratio":
		t.ratio(g, c)
	case "quantile":
		t.quantile(g, c)
	case "payback":
		t.payback(g, c)
	}
}
