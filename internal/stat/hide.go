package stat

import (
	"math"
	"slices"
)

// smallBlock is up to how many cells a part of a table is solved at the least cost; searchEffort bounds that search.
const (
	smallBlock   = 48
	searchEffort = 3_000_000
)

// HideCells is ChooseSuppression for tables of thousands of cells. Cells that are Suppressed stay so. Parts of up to
// smallBlock cells are solved at the least cost. In larger ones every line that leaves out a primary cell gets partners,
// cheapest first; then linear programs look for what is still exposed, and where one is stuck the cheapest cell whose
// release moves the bound joins; at last, what turns out needless is published again, dearest first.
//
// Refuses CannotProtect and NegativeValue. The answer holds the ids of all cells left out, in the order of the cells.
func HideCells(cells []TableCell, relations []Relation) ([]string, error) {
	t, err := newTable(cells, relations)
	if err != nil {
		return nil, err
	}
	h := newHiding(t)
	h.effort = pruneEffort
	for _, part := range h.components(func(i int) bool { return h.hidden[i] || cells[i].MaySuppress }) {
		if err := h.solve(part); err != nil {
			return nil, err
		}
	}
	out := []string{}
	for i, c := range cells {
		if h.hidden[i] {
			out = append(out, c.ID)
		}
	}
	return out, nil
}

// hiding is a table on its way to protection.
type hiding struct {
	*table
	hidden   []bool
	rows     [][]entry // the relations, cells ascending
	touching [][]int   // the relations of each cell
	pruning  bool      // cells are being published again
	costs    int       // of the dearest audit of a part so far
	effort   int       // left for publishing again, in entries of tableaus
	mark     []int     // stamps of visits to cells …
	visited  []int     // … and to relations
	stamp    int
}

// entry is a cell of a relation with its coefficient.
type entry struct {
	cell  int
	value float64
}

const pruneEffort = 150_000_000

func newHiding(t *table) *hiding {
	h := &hiding{table: t, hidden: make([]bool, len(t.cells)), touching: make([][]int, len(t.cells)),
		mark: make([]int, len(t.cells)), visited: make([]int, len(t.relations))}
	for i, c := range t.cells {
		h.hidden[i] = c.Primary || c.Suppressed
	}
	for r, relation := range t.relations {
		var row []entry
		for i, v := range relation {
			h.touching[i] = append(h.touching[i], r)
			row = append(row, entry{i, v})
		}
		slices.SortFunc(row, func(a, b entry) int { return a.cell - b.cell })
		h.rows = append(h.rows, row)
	}
	return h
}

// components gathers the cells that pass into parts that relations tie together, each ascending.
func (h *hiding) components(takes func(i int) bool) [][]int {
	h.stamp++
	var out [][]int
	for i := range h.cells {
		if takes(i) && h.mark[i] != h.stamp {
			out = append(out, h.component(i, takes))
		}
	}
	return out
}

// component is the part of one cell; it uses the current stamp.
func (h *hiding) component(first int, takes func(i int) bool) []int {
	h.mark[first] = h.stamp
	part := []int{first}
	for k := 0; k < len(part); k++ {
		for _, r := range h.touching[part[k]] {
			if h.visited[r] == h.stamp {
				continue
			}
			h.visited[r] = h.stamp
			for _, e := range h.rows[r] {
				if takes(e.cell) && h.mark[e.cell] != h.stamp {
					h.mark[e.cell] = h.stamp
					part = append(part, e.cell)
				}
			}
		}
	}
	slices.Sort(part)
	return part
}

// tableauOf is the linear system of some cells with all others at their values, and the position of each cell in it.
func (h *hiding) tableauOf(part []int) (*tableau, map[int]int) {
	local, x := make(map[int]int, len(part)), make([]float64, len(part))
	for k, i := range part {
		local[i], x[k] = k, h.cells[i].Value
	}
	var touched []int
	for _, i := range part {
		touched = append(touched, h.touching[i]...)
	}
	slices.Sort(touched)
	var rows [][]float64
	for _, r := range slices.Compact(touched) {
		row := make([]float64, len(part))
		for _, e := range h.rows[r] {
			if k, ok := local[e.cell]; ok {
				row[k] = e.value
			}
		}
		rows = append(rows, row)
	}
	return newTableau(rows, x), local
}

// solve protects one part.
func (h *hiding) solve(part []int) error {
	if !slices.ContainsFunc(part, func(i int) bool { return h.cells[i].Primary }) {
		return nil
	}
	if len(part) <= smallBlock && h.solveSmall(part) {
		return nil
	}
	return h.solveLarge(part)
}

func (h *hiding) solveLarge(part []int) error {
	h.costs = 0
	h.closeLines(part)
	if exposed := h.exposed(h.hiddenOf(part)); len(exposed) > 0 && !h.mend(exposed) {
		return CannotProtect
	}
	h.publishAgain(part)
	return nil
}

// solveSmall searches for the cheapest selection; false when that takes too long or there is none.
func (h *hiding) solveSmall(part []int) bool {
	tab, _ := h.tableauOf(part)
	s := h.selection(block{part, tab})
	s.work = searchEffort
	for k, i := range part { // what is left out already costs nothing more
		if h.hidden[i] && !h.cells[i].Primary {
			s.base.release(k)
			s.free = slices.DeleteFunc(s.free, func(f int) bool { return f == k })
		}
	}
	picked, ok := s.solve()
	if !ok || s.work <= 0 {
		return false
	}
	for _, k := range picked {
		h.hidden[part[k]] = true
	}
	return true
}

func (h *hiding) hiddenOf(part []int) []int {
	return slices.DeleteFunc(slices.Clone(part), func(i int) bool { return !h.hidden[i] })
}

// publishAgain leaves out less where that protects as well, while effort is left.
func (h *hiding) publishAgain(part []int) {
	var extra []int
	for _, i := range part {
		if h.hidden[i] && !h.cells[i].Primary && !h.cells[i].Suppressed {
			extra = append(extra, i)
		}
	}
	slices.SortStableFunc(extra, func(a, b int) int { return compare(h.cells[b].cost(), h.cells[a].cost()) })
	h.pruning = true
	defer func() { h.pruning = false }()
	for _, i := range extra {
		if h.effort <= 0 || h.costs > h.effort {
			return
		}
		h.stamp++
		around := h.component(i, func(k int) bool { return h.hidden[k] })
		h.hidden[i] = false
		rest := slices.DeleteFunc(around, func(k int) bool { return k == i })
		h.hidden[i] = len(h.exposed(rest)) > 0
	}
}

// infinite is a cost that no sum of costs reaches.
var infinite = math.Inf(1)
