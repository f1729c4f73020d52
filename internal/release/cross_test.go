package release

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"benchbook/internal/benchmark"
	"benchbook/internal/indicator"
)

// cube makes the four tables of a choice cut by two fields, and the true
// counts of each by row and option.
func cube(counts [][][]int) (tables []*benchmark.Table, truth map[string][][]int) {
	ind := &indicator.Indicator{ID: "team", Dataset: "d", Kind: "share", Percent: true, Decimals: -1}
	a, b := &indicator.Segment{Field: "a"}, &indicator.Segment{Field: "b"}
	options, truth := len(counts[0][0]), map[string][][]int{}
	add := func(t *benchmark.Table, name string, keys []int, row []int) {
		values := make([]string, len(keys))
		for i, k := range keys {
			values[i] = fmt.Sprint(k)
		}
		addGroup(t, benchmark.Group{Keys: keys, Values: values, Labels: values}, row)
		truth[name] = append(truth[name], row)
	}
	total, byA, byB, both := table(ind, false, options), table(ind, false, options), table(ind, false, options), table(ind, false, options)
	byA.By, byB.By, both.By = []*indicator.Segment{a}, []*indicator.Segment{b}, []*indicator.Segment{a, b}
	all, columns := make([]int, options), make([][]int, len(counts[0]))
	for i, rows := range counts {
		sum := make([]int, options)
		for j, row := range rows {
			add(both, "a,b", []int{i, j}, row)
			columns[j] = plus(columns[j], row)
			sum = plus(sum, row)
		}
		add(byA, "a", []int{i}, sum)
		all = plus(all, sum)
	}
	for j, column := range columns {
		add(byB, "b", []int{j}, column)
	}
	add(total, "", nil, all)
	return []*benchmark.Table{total, byA, byB, both}, truth
}

func plus(a, b []int) []int {
	out := make([]int, len(b))
	copy(out, a)
	for i, n := range b {
		out[i] += n
	}
	return out
}

// Tables cut by two fields hold against an outsider who adds and subtracts.
func TestCrossedTablesHoldTogether(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		counts := make([][][]int, 2+r.IntN(3))
		nb, options := 2+r.IntN(3), 2+r.IntN(2)
		for i := range counts {
			counts[i] = make([][]int, nb)
			for j := range counts[i] {
				for range options {
					counts[i][j] = append(counts[i][j], r.IntN(25))
				}
			}
		}
		tables, _ := cube(counts)
		attack(t, counts, Release(Rules{}, tables))
	}
}
