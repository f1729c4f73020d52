package release

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// outsider knows what cells show and how tables add up. It narrows every number
// by one equation at a time, again and again, and solves the equations in a
// finite field: no linear program. What it finds is true.
type outsider struct {
	names  []string
	at     map[string]int
	lo, hi []float64
	shown  []bool
	sums   [][]int // a total, then its parts
}

// look writes down the numbers of all tables of one indicator: for a group and
// an option, "" being the base. Nests are the inner fields by their outer ones.
func look(reg *Registry, nests map[string]func(inner string) (outer string), inner map[string]string) *outsider {
	o := &outsider{at: map[string]int{}}
	lines, order := map[[2]string][]int{}, [][2]string{}
	line := func(total, field string, part int) {
		key := [2]string{total, field}
		if lines[key] == nil {
			order = append(order, key)
		}
		if !slices.Contains(lines[key], part) {
			lines[key] = append(lines[key], part)
		}
	}
	for _, t := range reg.Tables() {
		for _, row := range t.Rows {
			sum := []int{o.number(spot(t, row, -1, nil) + "|")}
			for _, c := range row.Cells {
				value, _ := c.Option()
				n := o.number(spot(t, row, -1, nil) + "|" + value)
				sum = append(sum, n)
				if !c.Suppressed() {
					o.see(n, c.N())
					o.see(sum[0], c.Base())
				}
			}
			o.sums = append(o.sums, sum)
			for k, n := range sum {
				option := ""
				if k > 0 {
					option, _ = row.Cells[k-1].Option()
				}
				for d, column := range t.By {
					line(spot(t, row, d, nil)+"|"+option, column.Field, n)
					if outer := nests[column.Field]; outer != nil {
						line(spot(t, row, d, &[2]string{inner[column.Field], outer(row.Values[d])})+"|"+option, column.Field, n)
					}
				}
			}
		}
	}
	for _, key := range order {
		if total, ok := o.at[key[0]]; ok {
			o.sums = append(o.sums, append([]int{total}, lines[key]...))
		}
	}
	return o
}

func (o *outsider) number(name string) int {
	i, known := o.at[name]
	if !known {
		i = len(o.names)
		o.at[name] = i
		o.names, o.lo, o.hi, o.shown = append(o.names, name), append(o.lo, 0), append(o.hi, math.Inf(1)), append(o.shown, false)
	}
	return i
}

func (o *outsider) see(i, count int) {
	o.lo[i], o.hi[i], o.shown[i] = float64(count), float64(count), true
}

// spot is a row's place without its d-th field, or with another in its stead.
func spot(t *Table, row Row, d int, instead *[2]string) string {
	var parts []string
	for i, c := range t.By {
		if i != d {
			parts = append(parts, c.Field+"="+row.Values[i])
		}
	}
	if instead != nil {
		parts = append(parts, instead[0]+"="+instead[1])
	}
	slices.Sort(parts)
	return strings.Join(parts, ",")
}

// narrow goes over the sums until nothing changes; false when they contradict each other.
func (o *outsider) narrow() bool {
	for changed, rounds := true, 0; changed && rounds < 100; rounds++ {
		changed = false
		for _, s := range o.sums {
			lo, hi, open := 0.0, 0.0, 0
			for _, p := range s[1:] {
				if lo += o.lo[p]; math.IsInf(o.hi[p], 1) {
					open++
				} else {
					hi += o.hi[p]
				}
			}
			top := hi
			if open > 0 {
				top = math.Inf(1)
			}
			changed = o.cut(s[0], lo, top) || changed
			for _, p := range s[1:] {
				most, others := hi, open
				if math.IsInf(o.hi[p], 1) {
					others--
				} else {
					most -= o.hi[p]
				}
				if others > 0 {
					most = math.Inf(1)
				}
				changed = o.cut(p, o.lo[s[0]]-most, o.hi[s[0]]-(lo-o.lo[p])) || changed
				if o.lo[p] > o.hi[p] {
					return false
				}
			}
		}
	}
	return true
}

func (o *outsider) cut(i int, lo, hi float64) (changed bool) {
	if lo > o.lo[i] {
		o.lo[i], changed = lo, true
	}
	if hi < o.hi[i] {
		o.hi[i], changed = hi, true
	}
	return changed
}

// solve fixes whatever the equations alone determine: unknowns that stand alone
// in a row of the reduced system, over the integers modulo a prime.
func (o *outsider) solve() (fixed []int) {
	const prime = 1_000_003
	column, unknown := map[int]int{}, []int{}
	for i := range o.names {
		if o.lo[i] < o.hi[i] {
			column[i] = len(unknown)
			unknown = append(unknown, i)
		}
	}
	var rows [][]int64
	for _, s := range o.sums {
		row, used := make([]int64, len(unknown)), false
		for k, i := range s {
			if c, ok := column[i]; ok {
				used = true
				if row[c]++; k == 0 {
					row[c] += prime - 2
				}
			}
		}
		if used {
			rows = append(rows, row)
		}
	}
	rank := 0
	for c := 0; c < len(unknown) && rank < len(rows); c++ {
		p := slices.IndexFunc(rows[rank:], func(r []int64) bool { return r[c]%prime != 0 })
		if p < 0 {
			continue
		}
		rows[rank], rows[rank+p] = rows[rank+p], rows[rank]
		f := power(rows[rank][c]%prime, prime-2, prime)
		for k := range rows[rank] {
			rows[rank][k] = rows[rank][k] * f % prime
		}
		for r := range rows {
			if g := rows[r][c]; r != rank && g != 0 {
				for k, v := range rows[rank] {
					if v != 0 {
						rows[r][k] = ((rows[r][k]-g*v)%prime + prime) % prime
					}
				}
			}
		}
		rank++
	}
	for _, row := range rows[:rank] {
		only, n := -1, 0
		for c, v := range row {
			if v != 0 {
				only, n = c, n+1
			}
		}
		if n == 1 {
			fixed = append(fixed, unknown[only])
		}
	}
	return fixed
}

func power(x, n, m int64) int64 {
	out := int64(1)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			out = out * x % m
		}
		x = x * x % m
	}
	return out
}

// reaches searches the tables of whole numbers for one in which a number is at
// least so large; effort bounds the search, and true when it is used up.
func (o *outsider) reaches(i int, least float64, effort *int) bool {
	try := *o
	try.lo, try.hi = slices.Clone(o.lo), slices.Clone(o.hi)
	try.lo[i] = math.Max(try.lo[i], least)
	return try.complete(effort)
}

func (o *outsider) complete(effort *int) bool {
	if *effort--; *effort < 0 {
		return true
	}
	if !o.narrow() {
		return false
	}
	next := slices.IndexFunc(o.names, func(string) bool { return false })
	for i := range o.names {
		if o.lo[i] < o.hi[i] && (next < 0 || o.hi[i]-o.lo[i] < o.hi[next]-o.lo[next]) {
			next = i
		}
	}
	if next < 0 {
		return true
	}
	for v := o.lo[next]; v <= math.Min(o.hi[next], o.lo[next]+40); v++ {
		try := *o
		try.lo, try.hi = slices.Clone(o.lo), slices.Clone(o.hi)
		try.lo[next], try.hi[next] = v, v
		if try.complete(effort) {
			return true
		}
	}
	return false
}

// attack fails when a count below the minimum is shown, when a number that is
// not shown comes out, or when one that is small is bounded below the minimum.
func attack(t testing.TB, truth any, reg *Registry) { attackNested(t, truth, reg, nil, nil, true) }

func attackNested(t testing.TB, truth any, reg *Registry, nests map[string]func(string) string, inner map[string]string, single bool) {
	t.Helper()
	if found := reg.Exposed(); len(found) > 0 {
		t.Fatalf("%v: the audit finds %v", truth, found)
	}
	for _, table := range reg.Tables() {
		for _, row := range table.Rows {
			for _, c := range row.Cells {
				if n := c.Contributors(); n > 0 && n < 5 {
					t.Fatalf("%v: %s shows %d contributors", truth, c.ID(), n)
				}
			}
		}
	}
	o := look(reg, nests, inner)
	if !o.narrow() {
		t.Fatalf("%v: what is shown contradicts itself", truth)
	}
	for i, n := range o.names {
		switch {
		case o.shown[i] || o.hi[i] == 0:
		case single && o.hi[i] < 5, o.hi[i] == o.lo[i]:
			t.Fatalf("%v: %s is %v to %v", truth, n, o.lo[i], o.hi[i])
		}
	}
	for _, i := range o.solve() {
		t.Fatalf("%v: %s follows from the equations", truth, o.names[i])
	}
	if unknown := len(o.names) - len(slices.DeleteFunc(slices.Clone(o.shown), func(s bool) bool { return !s })); single && unknown <= 16 {
		for i, n := range o.names {
			effort := 3000
			if !o.shown[i] && o.hi[i] > 0 && !o.reaches(i, 5, &effort) {
				t.Fatalf("%v: no whole table has %s at 5 or more", truth, n)
			}
		}
	}
}
