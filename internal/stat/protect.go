package stat

import (
	"cmp"
	"slices"
)

// ChooseSuppression picks further cells to leave out so that every primary cell is protected (see Feasible) at the least
// sum of suppressed values, and returns the ids of all suppressed cells, primary ones included, in the order of the
// cells. Refuses CannotProtect where even leaving out all that may be left out isn't enough, and NegativeValue.
//
// More suppression never protects less, so every answer must hit each set of cells without which some primary cell
// stays exposed. The search collects such sets, takes the cheapest selection that hits them all, and is done when that
// protects everything: the selection is then the cheapest of all. Where a table is too large for that, the cheapest
// cells are taken until all is protected, and what turns out needless is published again.
func ChooseSuppression(cells []TableCell, relations []Relation) ([]string, error) {
	t, err := newTable(cells, relations)
	if err != nil {
		return nil, err
	}
	chosen := make([]bool, len(cells))
	for _, b := range t.blocks(func(c TableCell) bool { return c.Primary || c.MaySuppress }) {
		s := t.selection(b)
		picked, ok := s.solve()
		if !ok {
			return nil, CannotProtect
		}
		for _, k := range slices.Concat(picked, s.primary) {
			chosen[b.at[k]] = true
		}
	}
	out := []string{}
	for i, c := range cells {
		if chosen[i] {
			out = append(out, c.ID)
		}
	}
	return out, nil
}

// selection is the choice within one block. Cells are positions in the block.
type selection struct {
	table   *table
	block   block
	base    *tableau // with the primary cells released
	primary []int
	free    []int // by ascending cost
	cost    []float64
	work    int // effort left, in entries of tableaus copied
}

const selectionEffort = 200_000_000

func (t *table) selection(b block) *selection {
	s := &selection{table: t, block: b, base: b.tab.clone(), cost: make([]float64, len(b.at)), work: selectionEffort}
	whole := 0.0
	for k, i := range b.at {
		whole += t.cells[i].cost()
		if t.cells[i].Primary {
			s.primary = append(s.primary, k)
			s.base.release(k)
		} else {
			s.free = append(s.free, k)
		}
	}
	for k, i := range b.at { // a trifle per cell, so that of equal costs the smaller selection wins
		s.cost[k] = t.cells[i].cost() + 1e-9*max(1, whole)/float64(len(b.at))
	}
	slices.SortStableFunc(s.free, func(a, b int) int { return cmp.Compare(s.cost[a], s.cost[b]) })
	return s
}

// with is the tableau in which a set of cells is released too.
func (s *selection) with(set []int) *tableau {
	t := s.copyOf(s.base)
	for _, k := range set {
		t.release(k)
	}
	return t
}

func (s *selection) copyOf(t *tableau) *tableau {
	s.work -= (len(t.t) + 1) * len(t.x)
	return t.clone()
}

// exposed is a primary cell that isn't protected, -1 if there is none.
func (s *selection) exposed(t *tableau) int {
	for _, p := range s.primary {
		if !s.protects(t, p) {
			return p
		}
	}
	return -1
}

func (s *selection) protects(t *tableau, p int) bool {
	return s.table.judge(t, p, s.table.cells[s.block.at[p]]).Protected
}

func (s *selection) enough(set []int) bool { return s.exposed(s.with(set)) < 0 }

// solve returns the cells to suppress beside the primary ones.
func (s *selection) solve() ([]int, bool) {
	if len(s.primary) == 0 || s.enough(nil) {
		return nil, true
	}
	if !s.enough(s.free) {
		return nil, false
	}
	var musts [][]int
	for s.work > 0 {
		picked, exact := cheapestHit(musts, s.cost)
		if !exact {
			break
		}
		t := s.with(picked)
		p := s.exposed(t)
		if p < 0 {
			return s.pruned(picked), true
		}
		for p >= 0 && s.work > 0 { // several sets that don't overlap at once
			must := s.mustHit(t, p)
			musts = append(musts, must)
			for _, k := range must {
				t.release(k)
			}
			p = s.exposed(t)
		}
	}
	return s.pruned(s.cheapestEnough()), true
}

// mustHit releases whatever may be released while p stays exposed; the cells that remain are a set that every answer
// hits. Cheap cells are tried first, so that the set consists of dear ones.
func (s *selection) mustHit(t *tableau, p int) (must []int) {
	t = s.copyOf(t)
	for _, k := range s.free {
		if !t.frozen[k] {
			continue
		}
		next := s.copyOf(t)
		next.release(k)
		if s.protects(next, p) {
			must = append(must, k)
		} else {
			t = next
		}
	}
	return must
}

// cheapestEnough is the shortest run of the cheapest cells that suffices.
func (s *selection) cheapestEnough() []int {
	lo, hi := 0, len(s.free)
	for lo < hi {
		mid := (lo + hi) / 2
		if s.enough(s.free[:mid]) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return slices.Clone(s.free[:lo])
}

// pruned leaves out again, dearest first, what isn't needed.
func (s *selection) pruned(set []int) []int {
	set = slices.Clone(set)
	slices.SortStableFunc(set, func(a, b int) int { return cmp.Compare(s.cost[b], s.cost[a]) })
	for i := 0; i < len(set); {
		if rest := slices.Concat(set[:i], set[i+1:]); s.enough(rest) {
			set = rest
		} else {
			i++
		}
	}
	return set
}
