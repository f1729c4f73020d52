package indicator

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// fields are those that a query about protected data cuts by, its conditions
// included, in an order that the question's wording has no part in.
func (q Query) fields(d *schema.Dictionary) ([]string, *Problem) {
	var by []string
	for _, entry := range q.By {
		fields, message, hint := cut(d, entry)
		if !message.IsZero() {
			return nil, &Problem{message, hint}
		}
		by = append(by, fields...)
	}
	for i, w := range q.Where {
		if slices.ContainsFunc(q.Where[:i], func(o Condition) bool { return o.Field == w.Field }) {
			return nil, &Problem{diag.T("字段 %q 有两个条件", "field %q has two conditions", w.Field), diag.Text{}}
		}
		by = append(by, w.Field)
	}
	slices.Sort(by)
	by = slices.Compact(by)
	if slices.Contains(by, q.Column) || len(by) > maxCut {
		return nil, &Problem{diag.T("分组和条件合起来最多 %d 个字段，且不能是被统计的列", "cut by %d fields at most, conditions included, and not by the column itself", maxCut),
			diag.T("条件也是一种分组：受保护的数据按整张表一起保护，再取其中一行", "a condition is a cut as well: of protected data the whole table is protected, and one row of it is shown")}
	}
	return by, nil
}

// mostCoarser bounds how many coarser fields are looked at beside one.
const mostCoarser = 4

// Coarser finds, for each of the fields that a query cuts by, the other fields
// of which each value takes in whole values of it, as a province takes in
// cities: one pass over the rows. Of two fields that sort rows alike the one
// that the dictionary lists first is the coarser.
func (q Query) Coarser(d *schema.Dictionary, rows Rows) (map[string][]string, error) {
	by, problem := q.fields(d)
	if problem != nil || len(by) == 0 {
		return nil, nil
	}
	cols := newColumns(d)
	var inner, outer []*segmenter
	for i := range d.Fields {
		if f := &d.Fields[i]; Cuttable(d, f) && f.Type != schema.List && f.Name != q.Column {
			outer = append(outer, newSegmenter(cols, f.Name))
			if slices.Contains(by, f.Name) {
				inner = append(inner, newSegmenter(cols, f.Name))
			}
		}
	}
	var pairs []*pairing
	for _, in := range inner {
		for _, out := range outer {
			if in.field.Name != out.field.Name {
				pairs = append(pairs, &pairing{in: in, out: out, of: map[int]int{}, back: map[int]int{}, alike: true})
			}
		}
	}
	err := rows(cols.fields(), func(rec *schema.Record) error {
		if pairs = slices.DeleteFunc(pairs, func(p *pairing) bool { return !p.holds(rec) }); len(pairs) == 0 {
			return errNoPair
		}
		return nil
	})
	if errors.Is(err, errNoPair) {
		err = nil
	}
	out := map[string][]string{}
	for _, p := range pairs {
		in, over := p.in.field.Name, p.out.field.Name
		names := d.FieldNames()
		if len(p.back) < 2 || p.alike && slices.Index(names, in) < slices.Index(names, over) || len(out[in]) == mostCoarser {
			continue
		}
		out[in] = append(out[in], over)
	}
	return out, err
}

// errNoPair ends a pass that has nothing left to find.
var errNoPair = errors.New("no pair of fields is left")

// pairing is two fields of which one may be coarser.
type pairing struct {
	in, out  *segmenter
	of, back map[int]int
	alike    bool // one value for one value, so far
}

// holds takes a row and says whether each inner value still has but one outer.
func (p *pairing) holds(rec *schema.Record) bool {
	v := p.in.key(rec)
	if v < 0 {
		return true
	}
	w := p.out.key(rec)
	if known, seen := p.of[v]; w < 0 || seen && known != w {
		return false
	}
	p.of[v] = w
	if known, seen := p.back[w]; seen && known != v {
		p.alike = false
	}
	p.back[w] = v
	return true
}

// Lattice is the tables that the answer to a query about protected data rests
// on: all margins of the one that is asked for, those by coarser fields
// included, each after its own margins, and that table last.
func (q Query) Lattice(d *schema.Dictionary, coarser map[string][]string) ([]Task, *Problem) {
	ind, problem := q.indicator(d)
	if problem != nil {
		return nil, problem
	}
	if problem := checkWhere(d, q.Where); problem != nil {
		return nil, problem
	}
	by, problem := q.fields(d)
	if problem != nil {
		return nil, problem
	}
	found := map[string][]string{"": {}}
	var add func(fields []string)
	add = func(fields []string) {
		name := strings.Join(fields, "\x00")
		if _, known := found[name]; known {
			return
		}
		found[name] = fields
		for i, f := range fields {
			rest := slices.Concat(fields[:i], fields[i+1:])
			add(rest)
			for _, c := range coarser[f] {
				if !slices.Contains(fields, c) {
					add(slices.Sorted(slices.Values(append(rest[:len(rest):len(rest)], c))))
				}
			}
		}
	}
	add(by)
	depth := func(fields []string) (n int) {
		for _, f := range fields {
			n += len(coarser[f])
		}
		return n
	}
	var tasks []Task
	for _, fields := range found {
		tasks = append(tasks, Task{ind, fields})
	}
	slices.SortFunc(tasks, func(a, b Task) int {
		last := func(t Task) int { return map[bool]int{true: 1}[slices.Equal(t.By, by)] }
		return cmp.Or(last(a)-last(b), len(a.By)-len(b.By), depth(a.By)-depth(b.By), slices.Compare(a.By, b.By))
	})
	return tasks, nil
}
