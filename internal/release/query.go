package release

import (
	"encoding/csv"
	"io"
	"math"
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

// Query gives the released table of a column cut by fields.
func (r *Registry) Query(dataset, column string, by []string) (*QueryResult, bool) {
	t, ok := r.Table(dataset, column, by)
	if !ok {
		return nil, false
	}
	out := &QueryResult{Dataset: dataset, Column: column, Base: t.Base, Weight: t.Weight, Cells: []QueryCell{}}
	if t.NRows > 0 || t.Dataset.Open {
		out.NRows = &t.NRows
	}
	for _, c := range t.By {
		out.columns = append(out.columns, c.Field)
	}
	name := column
	if t.Kind == "quantile" {
		name = "stat"
	}
	out.columns = append(out.columns, name)
	for _, row := range t.Rows {
		for _, c := range row.Cells {
			out.Cells = append(out.Cells, queryCell(c, name))
		}
	}
	return out, true
}

func queryCell(c *Cell, name string) QueryCell {
	key := map[string]string{name: c.option[0]}
	if name == "stat" {
		key[name] = c.stat
	}
	for _, k := range c.keys {
		key[k.Field] = k.Value
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
