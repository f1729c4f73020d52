package stat

import (
	"fmt"
	"math"
)

// TableCell is one cell of a table of amounts, total cells included. Values are known to the publisher and at least 0.
type TableCell struct {
	ID          string
	Value       float64
	Suppressed  bool    // AuditSuppression: isn't published
	Primary     bool    // ChooseSuppression: must not be published
	MaySuppress bool    // ChooseSuppression: may be left out to protect others
	Protect     float64 // how far from its value both bounds of an outsider must stay; NaN is 0
	ProtectUp   float64 // how far above its value the upper bound must stay, where that is more than Protect
	Cost        float64 // what leaving it out costs; 0 is Value
}

// bounds are what an outsider's upper bound must reach and the lower one must not exceed.
func (c TableCell) bounds() (up, down float64) {
	protect := c.Protect
	if math.IsNaN(protect) {
		protect = 0
	}
	return c.Value + math.Max(protect, c.ProtectUp), c.Value - protect
}

func (c TableCell) cost() float64 {
	if c.Cost != 0 {
		return c.Cost
	}
	return c.Value
}

// Relation says that the parts add up to the total; all are ids of cells. Whatever is published together is a
// relation: totals, subtotals, other editions.
type Relation struct {
	Total string
	Parts []string
}

// Feasible is what an outsider can work out about a suppressed cell.
type Feasible struct {
	ID        string
	Min, Max  float64 // Max is NaN where nothing bounds the cell
	Exact     bool    // the value follows from what is published
	Protected bool    // not exact, and both bounds at least Protect away from the value
}

// table is cells with their relations by position.
type table struct {
	cells     []TableCell
	relations []map[int]float64 // coefficient of each cell: parts 1, total -1
	slack     float64           // 1e-7 of the largest value
}

func newTable(cells []TableCell, relations []Relation) (*table, error) {
	t := &table{cells: cells, slack: 1e-7}
	index := map[string]int{}
	for i, c := range cells {
		if _, twice := index[c.ID]; twice {
			return nil, fmt.Errorf("stat: cell %q occurs twice", c.ID)
		}
		index[c.ID] = i
		if math.IsNaN(c.Value) || math.IsInf(c.Value, 0) {
			return nil, fmt.Errorf("stat: cell %q has no value", c.ID)
		}
		if c.Value < 0 && (c.Suppressed || c.Primary || c.MaySuppress) {
			return nil, NegativeValue
		}
		t.slack = math.Max(t.slack, 1e-7*math.Abs(c.Value))
	}
	for _, r := range relations {
		row := map[int]float64{}
		for k, id := range append([]string{r.Total}, r.Parts...) {
			i, ok := index[id]
			if !ok {
				return nil, fmt.Errorf("stat: a relation names %q, which isn't a cell", id)
			}
			row[i]++
			if k == 0 {
				row[i] = -1
			}
		}
		t.relations = append(t.relations, row)
	}
	return t, nil
}

// block is a part of a table: cells that aren't certain to be published and that relations tie together, and their tableau.
type block struct {
	at  []int // positions in the table
	tab *tableau
}

// blocks gathers the cells that may move into independent parts. Cells that are published anyway are constants.
func (t *table) blocks(moves func(TableCell) bool) []block {
	parent := make([]int, len(t.cells))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, row := range t.relations {
		first := -1
		for i := range row {
			if !moves(t.cells[i]) {
				continue
			}
			if first >= 0 {
				parent[root(i)] = root(first)
			}
			first = i
		}
	}
	groups, index := [][]int{}, map[int]int{}
	for i, c := range t.cells {
		if !moves(c) {
			continue
		}
		g, ok := index[root(i)]
		if !ok {
			g = len(groups)
			index[root(i)], groups = g, append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	out := make([]block, len(groups))
	for g, at := range groups {
		out[g] = t.block(at)
	}
	return out
}

func (t *table) block(at []int) block {
	local, x := map[int]int{}, make([]float64, len(at))
	for k, i := range at {
		local[i], x[k] = k, t.cells[i].Value
	}
	var rows [][]float64
	for _, relation := range t.relations {
		row, used := make([]float64, len(at)), false
		for i, v := range relation {
			if k, ok := local[i]; ok {
				row[k], used = v, true
			}
		}
		if used {
			rows = append(rows, row)
		}
	}
	return block{at, newTableau(rows, x)}
}

// judge finds the bounds of variable q of a tableau that is a cell.
func (t *table) judge(tab *tableau, q int, c TableCell) Feasible {
	out := Feasible{ID: c.ID, Max: tab.extreme(q, 1), Min: tab.extreme(q, -1)}
	if out.Min < t.slack {
		out.Min = 0
	}
	up, down := c.bounds()
	out.Exact = out.Max-out.Min < t.slack
	out.Protected = !out.Exact && out.Max >= up-t.slack && out.Min <= down+t.slack
	if math.IsInf(out.Max, 1) {
		out.Max = math.NaN()
	}
	return out
}

// AuditSuppression works out, for every suppressed cell, the least and the largest value that the published cells, the
// relations and non-negativity leave possible (Fischetti and Salazar 2001), by linear programs. Results are in the
// order of the cells. Refuses NegativeValue for a suppressed cell; a relation with an unknown id is an error.
func AuditSuppression(cells []TableCell, relations []Relation) ([]Feasible, error) {
	t, err := newTable(cells, relations)
	if err != nil {
		return nil, err
	}
	found := make([]Feasible, len(cells))
	for _, b := range t.blocks(func(c TableCell) bool { return c.Suppressed }) {
		for k := range b.at {
			b.tab.release(k)
		}
		for k, i := range b.at {
			found[i] = t.judge(b.tab, k, cells[i])
		}
	}
	out := []Feasible{}
	for i, c := range cells {
		if c.Suppressed {
			out = append(out, found[i])
		}
	}
	return out, nil
}
