package release

import (
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// QueryResult is one released table in the shape of `query --json`. A pointer
// that is nil is null: nothing of a suppressed cell is in the bytes.
type QueryResult struct {
	Dataset string      `json:"dataset"`
	Column  string      `json:"column"`
	Base    string      `json:"base"`
	Weight  string      `json:"weight"`
	NRows   *int        `json:"n_rows"`
	Cells   []QueryCell `json:"cells"`
	columns []string
}

// QueryCell is one cell. A choice has one an option, with its share of the base
// in Value and its respondents in N; a number one a statistic, under the key "stat".
type QueryCell struct {
	Key          map[string]string `json:"key"`
	N            *int              `json:"n"`
	Contributors *int              `json:"contributors"`
	Value        *float64          `json:"value"`
	Lo           *float64          `json:"lo"`
	Hi           *float64          `json:"hi"`
	Suppressed   bool              `json:"suppressed"`
	Reason       string            `json:"reason"`
	Warnings     []string          `json:"warnings"`
}

// Query gives the rows of the last table that conditions keep (pairs of field
// and value or label), cut by fields, in their order. The number of rows is of
// the whole table; with conditions it is not given, since it was not protected.
func (r *Registry) Query(column string, by []string, where [][2]string) *QueryResult {
	t := r.order[len(r.order)-1]
	out := &QueryResult{Dataset: t.Dataset.Name, Column: column, Base: t.Base, Weight: t.Weight, Cells: []QueryCell{}}
	if len(where) == 0 && (t.NRows > 0 || t.Dataset.Open) {
		out.NRows = &t.NRows
	}
	name := column
	if t.Kind == "quantile" || t.Kind == "ratio" || t.Kind == "payback" {
		name = "stat"
	}
	out.columns = append(slices.Clone(by), name)
	for _, row := range t.ordered(by) {
		if !t.keeps(row, where) {
			continue
		}
		for _, c := range row.Cells {
			out.Cells = append(out.Cells, queryCell(c, name, by))
		}
	}
	return out
}

// ordered is the rows by the values of fields, the first of them first.
func (t *Table) ordered(by []string) []Row {
	rank := make([]map[string]int, len(t.By))
	for d := range t.By {
		rank[d] = map[string]int{}
	}
	for _, row := range t.Rows { // rows are in the order of their first field, then the second …
		for d, v := range row.Values {
			if _, seen := rank[d][v]; !seen {
				rank[d][v] = len(rank[d])
			}
		}
	}
	rows := slices.Clone(t.Rows)
	slices.SortStableFunc(rows, func(a, b Row) int {
		for _, f := range by {
			d := slices.IndexFunc(t.By, func(c Column) bool { return c.Field == f })
			if order := rank[d][a.Values[d]] - rank[d][b.Values[d]]; order != 0 {
				return order
			}
		}
		return 0
	})
	return rows
}

// keeps says whether a row meets conditions.
func (t *Table) keeps(row Row, where [][2]string) bool {
	for _, w := range where {
		d := slices.IndexFunc(t.By, func(c Column) bool { return c.Field == w[0] })
		if row.Values[d] != w[1] && row.Labels[d] != w[1] {
			return false
		}
	}
	return true
}

func queryCell(c *Cell, name string, by []string) QueryCell {
	key := map[string]string{name: c.option[0]}
	if name == "stat" {
		key[name] = c.stat
	}
	for _, k := range c.keys {
		if slices.Contains(by, k.Field) {
			key[k.Field] = k.Value
		}
	}
	out := QueryCell{Key: key, Suppressed: c.Suppressed(), Reason: c.Reason(), Warnings: []string{}}
	if c.Suppressed() {
		return out
	}
	out.N, out.Contributors = &c.n, &c.contributors
	out.Value, out.Lo, out.Hi = numberOrNull(c.value), numberOrNull(c.lo), numberOrNull(c.hi)
	for _, w := range c.warnings {
		out.Warnings = append(out.Warnings, w.Code)
	}
	return out
}

func numberOrNull(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// WriteCSV writes the table for a spreadsheet: the key's columns, then the
// numbers. Texts that a spreadsheet would run as a formula get an apostrophe.
func (q *QueryResult) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	header := append(append([]string{}, q.columns...), "n", "contributors", "value", "lo", "hi", "suppressed", "reason")
	if err := out.Write(header); err != nil {
		return err
	}
	for _, c := range q.Cells {
		var row []string
		for _, name := range q.columns {
			row = append(row, Inert(c.Key[name]))
		}
		row = append(row, intText(c.N), intText(c.Contributors), floatText(c.Value), floatText(c.Lo), floatText(c.Hi), strconv.FormatBool(c.Suppressed), c.Reason)
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Inert keeps a text from being a formula in the spreadsheet that opens it, by
// an apostrophe; East Asian spreadsheets take the full-width signs for the
// others. A number with its sign is no formula.
func Inert(s string) string {
	text := strings.TrimLeft(s, " \t\r\n\u00a0\u3000\ufeff")
	if first, _ := utf8.DecodeRuneInString(text); text == "" || !strings.ContainsRune("=+-@|%＝＋－＠", first) {
		return s
	}
	if len(text) > 1 && text[0] == '-' && strings.Trim(text[1:], "0123456789.,%") == "" {
		return s
	}
	return "'" + s
}

func intText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func floatText(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'g', -1, 64)
}

// Columns are the names of the key's columns, in order.
func (q *QueryResult) Columns() []string { return q.columns }
