package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// cubeTable is a table of counts in several dimensions with all margins, where the first dimension has a hierarchy of
// pairs above it. Counts of 1 to 4 are primary and want a range up to 5 and down to one less.
func cubeTable(r *rand.Rand, sizes []int) ([]TableCell, []Relation) {
	var cells []TableCell
	var relations []Relation
	index := map[string]int{}
	values := map[string]float64{}
	var keys []string
	inner := 1
	for _, n := range sizes {
		inner *= n
	}
	groups := (sizes[0] + 1) / 2
	name := func(at []int) string { return fmt.Sprint(at) }
	// A coordinate is 0..n-1, n for the margin, and in the first dimension n+1+g for a pair.
	var walk func(at []int, then func(at []int))
	walk = func(at []int, then func(at []int)) {
		if len(at) == len(sizes) {
			then(at)
			return
		}
		top := sizes[len(at)] + 1
		if len(at) == 0 {
			top += groups
		}
		for k := range top {
			walk(append(at[:len(at):len(at)], k), then)
		}
	}
	for i := range inner {
		v := math.Floor(math.Exp(r.NormFloat64()*1.2 + 2.5))
		if r.IntN(6) == 0 {
			v = 0
		}
		at, rest := make([]int, len(sizes)), i
		for d, n := range sizes {
			at[d], rest = rest%n, rest/n
		}
		values[name(at)] = v
	}
	walk(nil, func(at []int) {
		n := name(at)
		index[n] = len(keys)
		keys = append(keys, n)
		total := 0.0
		walk(nil, func(in []int) {
			if v, ok := values[name(in)]; ok && spans(at, in, sizes) {
				total += v
			}
		})
		cells = append(cells, TableCell{ID: n, Value: total, MaySuppress: true})
		for d, n := range sizes {
			relations = append(relations, linesOf(at, d, n, groups, name)...)
		}
	})
	for i := range cells {
		if v := cells[i].Value; v > 0 && v < 5 {
			cells[i].Primary, cells[i].Protect, cells[i].ProtectUp = true, 1, 5-v
		}
	}
	return cells, relations
}

// spans says whether an inner cell is part of a cell.
func spans(at, in, sizes []int) bool {
	for d, n := range sizes {
		switch {
		case in[d] >= n:
			return false
		case at[d] < n && at[d] != in[d], at[d] > n && in[d]/2 != at[d]-n-1:
			return false
		}
	}
	return true
}

func linesOf(at []int, d, n, groups int, name func([]int) string) (out []Relation) {
	with := func(k int) string {
		c := append([]int{}, at...)
		c[d] = k
		return name(c)
	}
	rel := Relation{Total: name(at)}
	switch {
	case at[d] == n && d == 0:
		for g := range groups {
			rel.Parts = append(rel.Parts, with(n+1+g))
		}
	case at[d] == n:
		for k := range n {
			rel.Parts = append(rel.Parts, with(k))
		}
	case at[d] > n:
		for k := 2 * (at[d] - n - 1); k < min(n, 2*(at[d]-n)); k++ {
			rel.Parts = append(rel.Parts, with(k))
		}
	default:
		return nil
	}
	return []Relation{rel}
}

// hide leaves out cells and holds them against the full audit.
func hide(t testing.TB, cells []TableCell, relations []Relation) (hidden []string, cost float64) {
	t.Helper()
	hidden, err := HideCells(cells, relations)
	if err != nil {
		t.Fatal(err)
	}
	gone := map[string]bool{}
	for _, id := range hidden {
		gone[id] = true
	}
	after := append([]TableCell{}, cells...)
	for i := range after {
		if after[i].Suppressed = gone[after[i].ID]; after[i].Suppressed {
			cost += after[i].Value
		}
	}
	found, err := AuditSuppression(after, relations)
	if err != nil {
		t.Fatal(err)
	}
	primary := map[string]bool{}
	for _, c := range cells {
		primary[c.ID] = c.Primary
	}
	for _, f := range found {
		if primary[f.ID] && !f.Protected {
			t.Fatalf("%s is exposed: %v to %v", f.ID, f.Min, f.Max)
		}
	}
	return hidden, cost
}

func TestHiddenCellsAreProtected(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 150 {
		sizes := make([]int, 2+r.IntN(2))
		for d := range sizes {
			sizes[d] = 2 + r.IntN(4)
		}
		cells, relations := cubeTable(r, sizes)
		hide(t, cells, relations)
	}
}

// What the method for large tables adds stays within 1.5 times the least.
func TestHidingIsNearTheCheapest(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	var ours, least float64
	for range 60 {
		cells, relations := crossTable(r, 2+r.IntN(4), 2+r.IntN(4), 1+r.IntN(4))
		primary := 0.0
		for _, c := range cells {
			if c.Primary {
				primary += c.Value
			}
		}
		best, err := ChooseSuppression(cells, relations)
		if err == CannotProtect {
			continue
		}
		table, _ := newTable(cells, relations)
		h := newHiding(table)
		var all []int
		for i, c := range cells {
			if c.Primary || c.MaySuppress {
				all = append(all, i)
			}
		}
		if h.solveLarge(all) != nil {
			t.Fatal("cannot protect what can be protected")
		}
		for i, c := range cells {
			if h.hidden[i] && !c.Primary {
				ours += c.Value
			}
		}
		for _, c := range cells {
			for _, id := range best {
				if id == c.ID && !c.Primary {
					least += c.Value
				}
			}
		}
	}
	t.Logf("added %.0f, at least %.0f", ours, least)
	if ours > 1.5*least {
		t.Errorf("added %.0f, at least %.0f", ours, least)
	}
}

func BenchmarkHideCells2000(b *testing.B) {
	cells, relations := cubeTable(rand.New(rand.NewPCG(1, 1)), []int{10, 10, 10})
	b.Logf("%d cells", len(cells))
	for b.Loop() {
		if _, err := HideCells(cells, relations); err != nil {
			b.Fatal(err)
		}
	}
}
