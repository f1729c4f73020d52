package release

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"

	"benchbook/internal/benchmark"
	"benchbook/internal/indicator"
)

// survey is rows of answers: a choice, and fields to cut by. The field h groups
// the values of the field a in pairs. Each row has an owner.
type survey struct {
	fields  []string
	sizes   []int
	options int
	rows    [][]int // answers to the fields, then the option
	owners  []int
}

func randomSurvey(r *rand.Rand, sizes []int, options, rows int, owned bool) *survey {
	s := &survey{fields: []string{"a", "b", "c"}[:len(sizes)], sizes: sizes, options: options}
	for i := range rows {
		var row []int
		for _, n := range append(slices.Clone(sizes), options) {
			row = append(row, int(float64(n)*math.Pow(r.Float64(), 1.7)))
		}
		owner := i
		if owned && r.IntN(2) == 0 {
			owner = r.IntN(rows)
		}
		s.rows, s.owners = append(s.rows, row), append(s.owners, owner)
	}
	return s
}

func pairOf(k int) int { return k / 2 }

// tables cuts the survey by every set of its fields, and by h in the place of a.
func (s *survey) tables() []*benchmark.Table {
	ind := &indicator.Indicator{ID: "team", Dataset: "d", Kind: "share", Field: "team", Percent: true, Decimals: -1}
	of := map[string]string{}
	for k := range s.sizes[0] {
		of[fmt.Sprint(k)] = fmt.Sprint(pairOf(k))
	}
	var out []*benchmark.Table
	for mask := range 1 << len(s.fields) {
		for _, pairs := range []bool{false, true} {
			if pairs && mask&1 == 0 {
				continue
			}
			t := table(ind, false, s.options)
			t.Nests = []benchmark.Nest{{Inner: "a", Outer: "h", Of: of}}
			s.fill(t, mask, pairs)
			out = append(out, t)
		}
	}
	return out
}

// fill counts one table.
func (s *survey) fill(t *benchmark.Table, mask int, pairs bool) {
	var at []int
	for d, f := range s.fields {
		if mask>>d&1 == 1 {
			if at = append(at, d); pairs && d == 0 {
				f = "h"
			}
			t.By = append(t.By, &indicator.Segment{Field: f})
		}
	}
	type cell struct {
		keys   []int
		counts []int
		owners []map[int]bool
	}
	found, order := map[string]*cell{}, []string{}
	for i, row := range s.rows {
		keys := []int{}
		for _, d := range at {
			k := row[d]
			if pairs && d == 0 {
				k = pairOf(k)
			}
			keys = append(keys, k)
		}
		name := fmt.Sprint(keys)
		if found[name] == nil {
			found[name] = &cell{keys: keys, counts: make([]int, s.options), owners: make([]map[int]bool, s.options+1)}
			for k := range found[name].owners {
				found[name].owners[k] = map[int]bool{}
			}
			order = append(order, name)
		}
		c, option := found[name], row[len(row)-1]
		c.counts[option]++
		c.owners[option][s.owners[i]] = true
		c.owners[s.options][s.owners[i]] = true
	}
	slices.Sort(order)
	for _, name := range order {
		c := found[name]
		g := benchmark.Group{Keys: c.keys, Contributors: len(c.owners[s.options])}
		for _, k := range c.keys {
			g.Values = append(g.Values, fmt.Sprint(k))
		}
		g.Labels = g.Values
		addGroup(t, g, c.counts)
		for k := range s.options {
			e := &t.Estimates[len(t.Estimates)-s.options+k]
			e.Contributors, e.BaseContributors = len(c.owners[k]), len(c.owners[s.options])
		}
	}
}

// 10,000 tables of two to four dimensions with all margins and a hierarchy are
// protected and attacked where BENCHBOOK_FULL asks for so many, forty otherwise.
func TestRandomTablesHold(t *testing.T) {
	tables := 40
	if n, err := strconv.Atoi(os.Getenv("BENCHBOOK_FULL")); err == nil {
		tables = max(n, 10)
	}
	var cells, suppressed, largest atomic.Int64
	t.Run("all", func(t *testing.T) {
		for shard := range uint64(10) {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				r := rand.New(rand.NewPCG(21, shard))
				for i := range tables / 10 {
					n, hidden := randomTable(t, r, i)
					cells.Add(int64(n))
					suppressed.Add(int64(hidden))
					largest.Store(max(largest.Load(), int64(n)))
				}
			})
		}
	})
	t.Logf("%d tables, %d cells, the largest of about %d, %d suppressed; none exposed", tables, cells.Load(), largest.Load(), suppressed.Load())
}

// randomTable protects and attacks one of one to three fields and a choice;
// every third has owners of several rows, every fiftieth is large.
func randomTable(t *testing.T, r *rand.Rand, i int) (cells, suppressed int) {
	t.Helper()
	most, rows := 4, 40+int(math.Exp(3+r.Float64()*5))
	if i%50 == 5 {
		most, rows = 7, 20_000
	}
	sizes := make([]int, 1+r.IntN(3))
	for d := range sizes {
		sizes[d] = 2 + r.IntN(most-1)
	}
	owned := i%3 == 2
	s := randomSurvey(r, sizes, 2+r.IntN(3), rows, owned)
	reg := Release(Rules{}, s.tables())
	pairs := func(k string) string {
		n, err := strconv.Atoi(k)
		if err != nil {
			t.Fatal(err)
		}
		return strconv.Itoa(pairOf(n))
	}
	attackNested(t, fmt.Sprintf("table %d, sizes %v", i, sizes), reg, map[string]func(string) string{"a": pairs}, map[string]string{"a": "h"}, !owned)
	return reg.Counts()
}

func BenchmarkRelease2000(b *testing.B) {
	s := randomSurvey(rand.New(rand.NewPCG(3, 4)), []int{8, 6, 5}, 4, 30000, false)
	tables := s.tables()
	var reg *Registry
	for b.Loop() {
		reg = Release(Rules{}, tables)
	}
	cells, suppressed := reg.Counts()
	b.ReportMetric(float64(cells), "cells")
	b.ReportMetric(float64(suppressed), "suppressed")
}
