package reference

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// table is a CSV file as text.
type table struct {
	header []string
	rows   [][]string
}

func readTable(path string) (*table, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\uFEFF"))))
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s has no header", filepath.Base(path))
	}
	return &table{rows[0], rows[1:]}, nil
}

// input is what an estimator sees of a case: its parameters, and the rows that are left by "where", by role. The first
// thing that is missing or malformed is kept in err, and the columns then hold missing values of the right length.
type input struct {
	params map[string]json.RawMessage
	roles  map[string][]string
	table  *table
	rows   [][]string
	err    error
}

func (r *run) input(c testCase) (*input, error) {
	in := &input{params: c.Params, roles: map[string][]string{}, table: &table{}}
	for role, v := range c.Columns {
		switch v := v.(type) {
		case string:
			in.roles[role] = []string{v}
		case []any:
			for _, name := range v {
				in.roles[role] = append(in.roles[role], fmt.Sprint(name))
			}
		default:
			return nil, fmt.Errorf("role %q is neither a column nor a list of columns", role)
		}
	}
	if c.Input != nil {
		t, err := r.table(*c.Input)
		if err != nil {
			return nil, err
		}
		in.table, in.rows = t, t.rows
	}
	for column, v := range c.Where {
		at := slices.Index(in.table.header, column)
		if at < 0 {
			return nil, fmt.Errorf("where names %q, which isn't a column", column)
		}
		value := plain(v)
		in.rows = slices.DeleteFunc(slices.Clone(in.rows), func(row []string) bool { return row[at] != value })
	}
	return in, nil
}

// table reads each file once. A name that leads out of the folder isn't followed.
func (r *run) table(name string) (*table, error) {
	if t, ok := r.tables[name]; ok {
		return t, nil
	}
	local := filepath.FromSlash(name)
	if !filepath.IsLocal(local) {
		return nil, fmt.Errorf("%s lies outside the folder", name)
	}
	t, err := readTable(filepath.Join(r.dir, local))
	if err == nil {
		r.tables[name] = t
	}
	return t, err
}

func (in *input) fail(format string, args ...any) {
	if in.err == nil {
		in.err = fmt.Errorf(format, args...)
	}
}

// column is the text of a named column.
func (in *input) column(name string) []string {
	out := make([]string, len(in.rows))
	at := slices.Index(in.table.header, name)
	if at < 0 {
		in.fail("column %q isn't in the input", name)
		return out
	}
	for i, row := range in.rows {
		out[i] = row[at]
	}
	return out
}

// has says whether a role is named.
func (in *input) has(role string) bool { return len(in.roles[role]) > 0 }

// texts is the column of a role that must be there.
func (in *input) texts(role string) []string {
	if len(in.roles[role]) != 1 {
		in.fail("role %q needs one column", role)
		return make([]string, len(in.rows))
	}
	return in.column(in.roles[role][0])
}

// optionalTexts is nil where the role isn't named.
func (in *input) optionalTexts(role string) []string {
	if !in.has(role) {
		return nil
	}
	return in.texts(role)
}

// numbers is the column of a role that must be there; an empty field is NaN.
func (in *input) numbers(role string) []float64 { return in.parse(role, false) }

// parse reads numbers. A broken weight is a missing one, which the estimators refuse by their own code.
func (in *input) parse(role string, lenient bool) []float64 {
	fields := in.texts(role)
	out := make([]float64, len(fields))
	for i, f := range fields {
		f = strings.TrimSpace(f)
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			v = math.NaN()
		}
		if err != nil && f != "" && !lenient {
			in.fail("%q in the column of %q isn't a number", f, role)
		}
		out[i] = v
	}
	return out
}

// optional is nil where the role isn't named.
func (in *input) optional(role string) []float64 {
	if !in.has(role) {
		return nil
	}
	return in.numbers(role)
}

func (in *input) weights() []float64 {
	if !in.has("weight") {
		return nil
	}
	return in.parse("weight", true)
}

// flags reads 0 and 1; known says which aren't missing.
func (in *input) flags(role string) (set, known []bool) {
	v := in.numbers(role)
	set, known = make([]bool, len(v)), make([]bool, len(v))
	for i, x := range v {
		set[i], known[i] = x == 1, !math.IsNaN(x)
		if known[i] && x != 0 && x != 1 {
			in.fail("%v in the column of %q is neither 0 nor 1", x, role)
		}
	}
	return set, known
}
