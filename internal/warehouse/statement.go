package warehouse

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// table is the table's name as the engine reads it.
func (s *session) table() string {
	w := s.req.Dictionary.Warehouse
	var parts []string
	for _, part := range []string{w.Catalog, w.Schema, w.Table} {
		if part != "" {
			parts = append(parts, s.dialect.quote(part))
		}
	}
	return strings.Join(parts, ".")
}

// prepare learns the table's columns and decides what the engine sums.
func (s *session) prepare(l *diag.List) (ok bool, err error) {
	rows, err := s.conn.QueryContext(s.ctx, "SELECT * FROM "+s.table()+" "+s.dialect.none)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if s.columns, err = rows.Columns(); err != nil {
		return false, err
	}
	types, err := rows.ColumnTypes()
	if err != nil {
		return false, err
	}
	s.types = map[string]family{}
	for i, name := range s.columns {
		s.types[name] = familyOf(types[i].DatabaseTypeName())
	}
	for rows.Next() {
		continue // old servers send their header with the first block
	}
	if err := rows.Err(); err != nil {
		return false, err
	}
	d := s.req.Dictionary
	s.keys = append(slices.Clone(s.req.Keys), d.Reads()...)
	for _, pair := range s.req.Pairs {
		if s.exact(pair.A) && s.exact(pair.B) {
			s.pairs = append(s.pairs, pair)
		} else {
			s.keys = append(s.keys, pair.A, pair.B)
		}
	}
	slices.Sort(s.keys)
	s.keys = slices.Compact(s.keys)
	s.grouped, ok = d.Grouped(trimmed(s.columns), s.keys, l)
	return ok && !l.HasErrors(), nil
}

func trimmed(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = strings.Join(strings.Fields(name), " ")
	}
	return out
}

// exact says that the engine adds a field's numbers up without rounding, and
// that none of them means something else in the dictionary.
func (s *session) exact(name string) bool {
	d := s.req.Dictionary
	f, _ := d.Field(name)
	t := s.types[s.column(f)]
	return f.Format == "" && len(f.Missing) == 0 && len(f.Skipped) == 0 && len(d.Skipped) == 0 && len(d.Refused) == 0 && len(d.Missing) <= 1 &&
		f.Constraint.Minimum == nil && f.Constraint.Maximum == nil && !f.Constraint.Required && (t == wholes || t == decimals && f.Type == schema.Number)
}

// column is the table's own name of a field's column.
func (s *session) column(f *schema.Field) string {
	at := slices.Index(trimmed(s.columns), strings.Join(strings.Fields(f.Column), " "))
	if at < 0 {
		return f.Column
	}
	return s.columns[at]
}

// statement is the one GROUP BY.
func (s *session) statement() string {
	var out, by []string
	for i, name := range s.keys {
		f, _ := s.req.Dictionary.Field(name)
		key := s.dialect.quote(s.column(f))
		if s.types[s.column(f)] == texts {
			key = s.dialect.bytewise(key)
		}
		out = append(out, key+" AS k"+strconv.Itoa(i))
		by = append(by, key)
	}
	out = append(out, s.dialect.count+" AS n")
	for i, pair := range s.pairs {
		out = append(out, s.sums(i, pair)...)
	}
	group := ""
	if len(by) > 0 {
		group = "\nGROUP BY " + strings.Join(by, ", ")
	}
	return "SELECT " + strings.Join(out, ",\n  ") + "\nFROM " + s.table() + group
}

// sums are the four columns of a pair: both sums, rows that lack a side, rows
// that make no rate. They say what indicator says of single rows.
func (s *session) sums(i int, pair schema.Pair) []string {
	name := func(field string) string {
		f, _ := s.req.Dictionary.Field(field)
		return s.dialect.quote(s.column(f))
	}
	a, b := name(pair.A), name(pair.B)
	both := fmt.Sprintf("%s IS NOT NULL AND %s IS NOT NULL", a, b)
	odd := fmt.Sprintf("(%s < 0 OR %s < 0 OR (%s = 0 AND %s > 0))", a, b, b, a)
	good, bad := both+" AND NOT "+odd, both+" AND "+odd
	if pair.Signed {
		good, bad = both, "1 = 0"
	}
	of := func(when, then, as string) string {
		return fmt.Sprintf("SUM(CASE WHEN %s THEN %s ELSE 0 END) AS %s%d", when, then, as, i)
	}
	return []string{of(good, s.dialect.wide(a), "a"), of(good, s.dialect.wide(b), "b"), of("NOT ("+both+")", "1", "missing"), of(bad, "1", "invalid")}
}

// read runs the statement and holds its rows against the table's.
func (s *session) read(each func([]schema.Record) error) (Result, error) {
	whole, err := s.whole()
	if err != nil {
		return Result{}, err
	}
	rows, err := s.conn.QueryContext(s.ctx, s.statement())
	if err != nil {
		return Result{}, err
	}
	defer rows.Close()
	got, err := s.groups(rows, each)
	if err != nil {
		return Result{}, err
	}
	if got != whole {
		return Result{}, fmt.Errorf("the answer stands for %d rows, the table has %d: it changed while it was read, or a part of it did not answer; run again", got, whole)
	}
	return Result{Rows: got, Hash: hex.EncodeToString(s.hash[:]), Exclusions: s.grouped.Exclusions()}, nil
}

// whole is the number of rows in the table.
func (s *session) whole() (n int, err error) {
	var text any
	err = s.conn.QueryRowContext(s.ctx, "SELECT "+s.dialect.count+" FROM "+s.table()).Scan(&text)
	if err == nil {
		n, err = strconv.Atoi(cell(text, nil))
	}
	return n, err
}

// scanner is what groups needs of *sql.Rows.
type scanner interface {
	Next() bool
	Scan(into ...any) error
	Err() error
}

// groups decodes the rows of the answer.
func (s *session) groups(rows scanner, each func([]schema.Record) error) (total int, err error) {
	width := len(s.keys) + 1 + 4*len(s.pairs)
	values, into := make([]any, width), make([]any, width)
	for i := range values {
		into[i] = &values[i]
	}
	cells, columns, totals := make([]string, len(s.columns)), s.grouped.Columns(), make([]schema.Total, len(s.pairs))
	fields := make([]*schema.Field, len(s.keys))
	for i, name := range s.keys {
		fields[i], _ = s.req.Dictionary.Field(name)
	}
	for n := 0; rows.Next(); n++ {
		if err := rows.Scan(into...); err != nil {
			return 0, err
		}
		for i, f := range fields {
			cells[columns[f.Name]] = cell(values[i], f)
		}
		times, err := strconv.Atoi(cell(values[len(fields)], nil))
		if err == nil {
			err = s.totals(totals, values[len(fields)+1:], times)
		}
		if err != nil {
			return 0, err
		}
		if total += times; n&0xfff == 0 && s.req.Progress != nil {
			s.req.Progress(total)
		}
		s.digest(cells, times, totals)
		if recs := s.grouped.Decode(cells, times, totals); len(recs) > 0 && times > 0 {
			if err := each(recs); err != nil {
				return 0, taker{err}
			}
		}
	}
	return total, rows.Err()
}

// digest takes a group into the hash of the answer, to which each adds its own.
func (s *session) digest(cells []string, times int, totals []schema.Total) {
	h := sha256.Sum256(fmt.Appendf(nil, "%q %d %v", cells, times, totals))
	for i, carry := len(h)-1, 0; i >= 0; i-- {
		carry += int(s.hash[i]) + int(h[i])
		s.hash[i] = byte(carry)
		carry >>= 8
	}
}

// taker is an error of who takes the records, which goes back as it came.
type taker struct{ error }

func (s *session) totals(totals []schema.Total, values []any, times int) error {
	for i, pair := range s.pairs {
		text := func(k int) string { return cmp.Or(cell(values[4*i+k], nil), "0") }
		missing, err := strconv.Atoi(text(2))
		invalid, odd := strconv.Atoi(text(3))
		if err = cmp.Or(err, odd); err != nil {
			return err
		}
		totals[i] = schema.Total{Pair: pair, Rows: times, Missing: missing, Invalid: invalid, A: text(0), B: text(1)}
	}
	return nil
}
