package release

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"benchbook/internal/benchmark"
	"benchbook/internal/diag"
)

// Registry is every cell that a site may show.
type Registry struct {
	rules             Rules
	tables            map[string][]*Table // by DATASET/INDICATOR, from the total to the finest
	order             []*Table
	cells, suppressed int
	exposed           []Exposure
}

func (r *Registry) add(t *Table) {
	key := t.Dataset.Name + "/" + t.Indicator
	r.tables[key] = append(r.tables[key], t)
	r.order = append(r.order, t)
	for _, row := range t.Rows {
		r.cells += len(row.Cells)
	}
	r.suppressed += t.Suppressed()
}

// Counts is the number of cells and how many of them are suppressed.
func (r *Registry) Counts() (cells, suppressed int) { return r.cells, r.suppressed }

// Tables lists every table, in the order of the release.
func (r *Registry) Tables() []*Table { return r.order }

// Minimum is the fewest contributors of a published cell.
func (r *Registry) Minimum() int { return r.rules.minimum() }

// Table finds an indicator cut by fields, in whatever order they are named; no
// fields is the total.
func (r *Registry) Table(dataset, indicator string, by []string) (*Table, bool) {
	wanted := slices.Sorted(slices.Values(by))
	for _, t := range r.tables[dataset+"/"+indicator] {
		if slices.Equal(t.fields(), wanted) {
			return t, true
		}
	}
	return nil, false
}

func (t *Table) fields() []string {
	var out []string
	for _, c := range t.By {
		out = append(out, c.Field)
	}
	slices.Sort(out)
	return out
}

// LookupError says why a reference finds no cell, and what was probably meant.
type LookupError struct {
	Ref     string
	Message diag.Text
	Nearest string // a name to put in the place of the wrong one; "" = none
}

// Error is the message in English.
func (e *LookupError) Error() string { return e.Message.In("en") }

// Hint is a diagnostic's hint.
func (e *LookupError) Hint() diag.Text {
	if e.Nearest == "" {
		return diag.Text{}
	}
	return diag.T("是不是 %q？", "did you mean %q?", e.Nearest)
}

// Lookup finds the cell that a reference names:
// DATASET/INDICATOR?FIELD=VALUE&is=OPTION&stat=p50. Fields, options and
// statistics that are not named mean the total, the whole and the indicator's
// main statistic. A miss is a *LookupError with the nearest name.
func (r *Registry) Lookup(ref string) (*Cell, error) {
	parsed, ok := benchmark.ParseRef(ref)
	if !ok {
		return nil, &LookupError{ref, diag.T("引用 %q 不是 数据集/指标 的形式", "reference %q is not DATASET/INDICATOR", ref), ""}
	}
	table, err := r.tableOf(ref, parsed)
	if err != nil {
		return nil, err
	}
	row, err := table.rowOf(ref, parsed)
	if err != nil {
		return nil, err
	}
	return row.cellOf(ref, parsed, table)
}

func (r *Registry) tableOf(ref string, parsed benchmark.Ref) (*Table, error) {
	tables := r.tables[parsed.Dataset+"/"+parsed.Indicator]
	if len(tables) == 0 {
		name := parsed.Dataset + "/" + parsed.Indicator
		return nil, &LookupError{ref, diag.T("没有指标 %q", "there is no indicator %q", name), diag.Nearest(name, slices.Sorted(maps.Keys(r.tables)))}
	}
	var fields, known []string
	for _, kv := range parsed.Rest {
		fields = append(fields, kv[0])
	}
	for _, t := range tables {
		known = append(known, t.fields()...)
	}
	if t, ok := r.Table(parsed.Dataset, parsed.Indicator, fields); ok {
		return t, nil
	}
	for _, f := range fields {
		if !slices.Contains(known, f) {
			return nil, &LookupError{ref, diag.T("指标 %[2]q 没有按 %[1]q 分组", "indicator %[2]q is not cut by %[1]q", f, parsed.Indicator), diag.Nearest(f, known)}
		}
	}
	return nil, &LookupError{ref, diag.T("指标 %[2]q 没有按 %[1]s 交叉分组", "indicator %[2]q is not cut by %[1]s together", strings.Join(fields, ","), parsed.Indicator), ""}
}

// rowOf finds the row by values or labels.
func (t *Table) rowOf(ref string, parsed benchmark.Ref) (*Row, error) {
	rows := make([]*Row, len(t.Rows))
	for i := range t.Rows {
		rows[i] = &t.Rows[i]
	}
	for d, column := range t.By {
		i := slices.IndexFunc(parsed.Rest, func(kv [2]string) bool { return kv[0] == column.Field })
		value := parsed.Rest[i][1]
		var known []string
		left := rows[:0:0]
		for _, row := range rows {
			known = append(known, row.Values[d], row.Labels[d])
			if row.Values[d] == value || row.Labels[d] == value {
				left = append(left, row)
			}
		}
		if len(left) == 0 {
			return nil, &LookupError{ref, diag.T("%[2]q 没有 %[1]q 这一组", "there is no group %q of %q", value, column.Field), diag.Nearest(value, known)}
		}
		rows = left
	}
	if len(rows) == 0 {
		return nil, &LookupError{ref, diag.T("%q 没有数据", "%q has no data", t.ID), ""}
	}
	return rows[0], nil
}

// cellOf finds the cell by option and statistic.
func (row *Row) cellOf(ref string, parsed benchmark.Ref, t *Table) (*Cell, error) {
	stat := t.mainStat(parsed)
	if c, ok := row.Cell(stat, parsed.Is); ok {
		return c, nil
	}
	var options, stats []string
	for _, c := range row.Cells {
		if c.option[0] != "" {
			options = append(options, c.option[0], c.option[1])
		}
		if c.option[0] == "" || parsed.Is != "" {
			stats = append(stats, c.stat)
		}
	}
	switch {
	case parsed.Is != "" && !slices.Contains(options, parsed.Is):
		return nil, &LookupError{ref, diag.T("%[2]q 没有选项 %[1]q", "there is no option %q of %q", parsed.Is, t.ID), diag.Nearest(parsed.Is, options)}
	case len(stats) == 0:
		return nil, &LookupError{ref, diag.T("%q 有多个选项，要写明 is=…", "%q has options: say which with is=…", t.ID), ""}
	}
	return nil, &LookupError{ref, diag.T("%[2]q 没有统计量 %[1]q，可用 %[3]s", "there is no statistic %q of %q, use one of %s", stat, t.ID, strings.Join(slices.Compact(stats), ", ")),
		diag.Nearest(stat, stats)}
}

// mainStat is the statistic that a reference means where it names none.
func (t *Table) mainStat(parsed benchmark.Ref) string {
	switch stat := parsed.Stat; {
	case stat == "median":
		return "p50"
	case stat != "":
		return stat
	case parsed.Is != "" || t.Kind == "share" || t.Kind == "multi":
		return "share"
	case t.Kind == "ratio":
		return "ratio"
	}
	return "p50"
}

// String says how much there is.
func (r *Registry) String() string {
	return fmt.Sprintf("%d tables, %d cells, %d suppressed", len(r.order), r.cells, r.suppressed)
}
