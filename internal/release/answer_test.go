package release

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"benchbook/internal/benchmark"
)

// latticeOf is the tables that the answer about one rests on, margins first.
func latticeOf(tables []*benchmark.Table, last *benchmark.Table) (out []*benchmark.Table) {
	top := newScreen(Rules{}, last)
	for _, t := range tables {
		if newScreen(Rules{}, t).marginOf(top) {
			out = append(out, t)
		}
	}
	depth := func(t *benchmark.Table) (n int) {
		for _, segment := range t.By {
			if segment.Field == "a" {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(out, func(a, b *benchmark.Table) int {
		return cmp.Or(len(a.By)-len(b.By), depth(a)-depth(b))
	})
	return append(out, last)
}

// Every question that can be asked of a survey is asked, each by itself; an
// outsider holds all the answers together, and the site beside them.
func TestAllAnswersTogetherHold(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 7))
	told, all := 0, 0
	for round := range 20 {
		sizes := make([]int, 1+r.IntN(3))
		for d := range sizes {
			sizes[d] = 2 + r.IntN(3)
		}
		owned := round%3 == 2
		s := randomSurvey(r, sizes, 2+r.IntN(3), 30+r.IntN(400), owned)
		tables := s.tables()
		var site []*benchmark.Table
		if round%2 == 1 { // the site publishes one of the cuts with its margins
			site = latticeOf(tables, tables[r.IntN(len(tables))])
		}
		together := Release(Rules{}, site)
		for _, asked := range tables {
			answer := Answer(Rules{}, site, latticeOf(tables, asked), nil)
			again := Answer(Rules{}, site, latticeOf(tables, asked), nil)
			if fmt.Sprint(withheldIn(answer)) != fmt.Sprint(withheldIn(again)) {
				t.Fatal("the same question has two answers")
			}
			for _, made := range answer.order {
				together.add(made)
			}
			cells, hidden := answer.Counts()
			told, all = told+cells-hidden, all+cells
		}
		pairs := func(k string) string {
			n, err := strconv.Atoi(k)
			if err != nil {
				t.Fatal(err)
			}
			return strconv.Itoa(pairOf(n))
		}
		attackFew(t, fmt.Sprintf("round %d, sizes %v", round, sizes), together, few(tables), map[string]func(string) string{"a": pairs}, map[string]string{"a": "h"}, !owned)
	}
	if told == 0 {
		t.Error("nothing is told, so nothing was tried")
	}
	t.Logf("%d of %d cells are told", told, all)
}

// few names the numbers of too few contributors, as look does.
func few(tables []*benchmark.Table) map[string]bool {
	out := map[string]bool{}
	for _, t := range tables {
		for _, e := range t.Estimates {
			row := Row{Values: t.Groups[e.Group].Values}
			made := &Table{}
			for _, segment := range t.By {
				made.By = append(made.By, Column{Field: segment.Field})
			}
			if e.Contributors > 0 && e.Contributors < 5 {
				out[spot(made, row, -1, nil)+"|"+t.Options[e.Option].Value] = true
			}
			if e.BaseContributors > 0 && e.BaseContributors < 5 {
				out[spot(made, row, -1, nil)+"|"] = true
			}
		}
	}
	return out
}

// attackFew fails when a number of too few contributors comes out, or is bounded
// below the minimum.
func attackFew(t testing.TB, truth any, reg *Registry, few map[string]bool, nests map[string]func(string) string, inner map[string]string, single bool) {
	t.Helper()
	o := look(reg, nests, inner)
	if !o.narrow() {
		t.Fatalf("%v: what is shown contradicts itself", truth)
	}
	for i, n := range o.names {
		if few[n] && (o.shown[i] || o.hi[i] == o.lo[i] || single && o.hi[i] < 5) {
			t.Fatalf("%v: %s is %v to %v", truth, n, o.lo[i], o.hi[i])
		}
	}
	for _, i := range o.solve() {
		if few[o.names[i]] {
			t.Fatalf("%v: %s follows from the equations", truth, o.names[i])
		}
	}
}

func withheldIn(r *Registry) (out []string) {
	for _, t := range r.order {
		for _, row := range t.Rows {
			for _, c := range row.Cells {
				if c.Suppressed() {
					out = append(out, c.ID())
				}
			}
		}
	}
	return out
}

// An earlier edition's withheld cell stays withheld.
func TestAnAnswerOpensNothingThatWasClosed(t *testing.T) {
	tables := crossed(false, [][]int{{20, 30}, {30, 40}, {10, 12}})
	closed := map[string]bool{"d/team?industry=行业0&is=选项0&stat=share": true}
	reg := Answer(Rules{}, nil, tables, closed)
	c, err := reg.Lookup("d/team?industry=行业0&is=选项0")
	if err != nil || !c.Suppressed() {
		t.Fatalf("%v %v", c, err)
	}
	if n := len(withheldIn(reg)); n < 4 {
		t.Errorf("only %d cells are withheld, so that it follows from the others", n)
	}
}
