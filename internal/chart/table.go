package chart

import "slices"

// DataTable is everything that is drawn, as strings. No cell is empty.
type DataTable struct {
	Caption string
	Columns []Column
	Rows    [][]string // the first cell of a row names it
}

// Column is a column of a DataTable. Numeric columns are right-aligned.
type Column struct {
	Title   string // with the unit
	Numeric bool
}

// Table is the data table of a figure: whatever is drawn, with the same rounding, and n.
func Table(s Spec) (DataTable, error) {
	f, err := prepare(s)
	if err != nil {
		return DataTable{}, err
	}
	t := f.kind.table(f)
	t.Caption = f.caption()
	for _, row := range t.Rows {
		for i := range row {
			row[i] = orDash(row[i])
		}
	}
	return t, nil
}

// caption is number and title, then what is measured.
func (f *figure) caption() string {
	caption := f.title()
	if f.Number != "" {
		caption = f.Number + " " + caption
	}
	if f.Subtitle != "" && f.Subtitle != f.title() {
		caption += "（" + f.Subtitle + "）"
	}
	if f.Sample {
		caption += "（示例数据）"
	}
	return caption
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// withUnit is a column title with the unit of the figure.
func (f *figure) withUnit(title string) string {
	if f.Unit == "" {
		return title
	}
	return title + "（" + f.Unit + "）"
}

// first is the title of the first column.
func (f *figure) first(otherwise string) string {
	if f.CategoryTitle == "" {
		return otherwise
	}
	return f.CategoryTitle
}

// tableOf is the table of most kinds: a row a category, a column a series, with intervals and bases where there are any.
func tableOf(f *figure) DataTable {
	t := DataTable{Columns: []Column{{Title: f.first("类别")}}}
	for _, key := range f.keys() {
		t.Rows = append(t.Rows, []string{key})
	}
	for i, s := range f.Series {
		t.addSeries(f, s, i)
	}
	t.addBases(f)
	t.addReferences(f)
	return t
}

// add appends a column.
func (t *DataTable) add(title string, cell func(row int) string) {
	t.Columns = append(t.Columns, Column{Title: title, Numeric: true})
	for i := range t.Rows {
		t.Rows[i] = append(t.Rows[i], cell(i))
	}
}

func (t *DataTable) addSeries(f *figure, s Series, i int) {
	name := f.seriesName(i)
	t.add(f.withUnit(name), func(row int) string { return s.Values[row].print() })
	if !slices.ContainsFunc(s.Values, Value.hasInterval) {
		return
	}
	prefix := ""
	if len(f.Series) > 1 {
		prefix = name + " "
	}
	t.add(prefix+"区间下限", func(row int) string { return s.Values[row].LoText })
	t.add(prefix+"区间上限", func(row int) string { return s.Values[row].HiText })
}

// seriesName is the name of a series, or what it can be called when it has none.
func (f *figure) seriesName(i int) string {
	switch {
	case f.Series[i].Name != "":
		return f.Series[i].Name
	case len(f.Series) == 1:
		return "数值"
	}
	return "序列 " + itoa(i+1)
}

// addBases adds one column n where all series share their bases, else one a series, and none where there are no bases.
func (t *DataTable) addBases(f *figure) {
	if f.sharedBases() {
		if slices.ContainsFunc(f.Series[0].Values, func(v Value) bool { return v.NText != "" }) {
			t.add("n", func(row int) string { return f.Series[0].Values[row].NText })
		}
		return
	}
	for i, s := range f.Series {
		t.add(f.seriesName(i)+" n", func(row int) string { return s.Values[row].NText })
	}
}

func (f *figure) sharedBases() bool {
	for _, s := range f.Series[1:] {
		for i, v := range s.Values {
			if v.NText != f.Series[0].Values[i].NText {
				return false
			}
		}
	}
	return true
}

// addReferences adds a row for each reference line, its value in the second column.
func (t *DataTable) addReferences(f *figure) {
	for _, r := range f.References {
		row := make([]string, len(t.Columns))
		row[0], row[1] = orDash(r.Name), r.Text
		t.Rows = append(t.Rows, row)
	}
}
