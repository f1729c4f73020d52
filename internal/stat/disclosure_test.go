package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// crossTable is a two-way table with margins; one cell in some is primary, inner cells may be suppressed.
func crossTable(r *rand.Rand, rows, cols, primaries int) ([]TableCell, []Relation) {
	var cells []TableCell
	var relations []Relation
	id := func(i, j int) string { return fmt.Sprintf("r%dc%d", i, j) }
	value := make([][]float64, rows+1)
	for i := range value {
		value[i] = make([]float64, cols+1)
	}
	for i := range rows {
		for j := range cols {
			v := math.Floor(math.Exp(r.NormFloat64() + 3))
			if r.IntN(8) == 0 {
				v = 0
			}
			value[i][j] = v
			value[i][cols] += v
			value[rows][j] += v
			value[rows][cols] += v
		}
	}
	for i := range value {
		for j, v := range value[i] {
			cells = append(cells, TableCell{ID: id(i, j), Value: v, MaySuppress: i < rows && j < cols})
		}
	}
	line := func(total string, n int, part func(k int) string) {
		rel := Relation{Total: total}
		for k := range n {
			rel.Parts = append(rel.Parts, part(k))
		}
		relations = append(relations, rel)
	}
	for i := range rows + 1 {
		line(id(i, cols), cols, func(k int) string { return id(i, k) })
	}
	for j := range cols + 1 {
		line(id(rows, j), rows, func(k int) string { return id(k, j) })
	}
	for range primaries {
		c := &cells[r.IntN(rows)*(cols+1)+r.IntN(cols)]
		c.Primary, c.Protect = true, math.Floor(c.Value/5)
	}
	return cells, relations
}

// byGonum is the largest value of a suppressed cell (sign 1), or the smallest (-1), by another solver.
func byGonum(cells []TableCell, relations []Relation, q string, sign float64) (float64, error) {
	var ids []string
	value := map[string]float64{}
	for _, c := range cells {
		value[c.ID] = c.Value
		if c.Suppressed {
			ids = append(ids, c.ID)
		}
	}
	tab := newTableau(nil, make([]float64, len(ids)))
	for _, r := range relations {
		row := make([]float64, len(ids))
		for k, id := range append([]string{r.Total}, r.Parts...) {
			if i := slices.Index(ids, id); i >= 0 {
				row[i]++
				if k == 0 {
					row[i] = -1
				}
			}
		}
		tab.addRow(row) // gonum wants rows that don't imply each other
	}
	if len(tab.t) == 0 {
		return math.Inf(1), nil
	}
	a := mat.NewDense(len(tab.t), len(ids), slices.Concat(tab.t...))
	b := make([]float64, len(tab.t))
	for k, row := range tab.t {
		for i, id := range ids {
			b[k] += row[i] * value[id]
		}
	}
	c := make([]float64, len(ids))
	c[slices.Index(ids, q)] = -sign
	opt, _, err := lp.Simplex(c, a, b, 1e-10, nil)
	return -sign * opt, err
}

func TestAuditAgreesWithAnotherSolver(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	compared := 0
	for range 60 {
		cells, relations := crossTable(r, 2+r.IntN(3), 2+r.IntN(3), 0)
		for i := range cells {
			cells[i].Suppressed = r.IntN(2) == 0
		}
		found, err := AuditSuppression(cells, relations)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			hi, errHi := byGonum(cells, relations, f.ID, 1)
			lo, errLo := byGonum(cells, relations, f.ID, -1)
			if errHi == lp.ErrUnbounded && math.IsNaN(f.Max) {
				compared++
				continue
			}
			if errHi != nil || errLo != nil {
				continue // gonum gives up on some degenerate tables
			}
			compared++
			if math.Abs(hi-f.Max) > 1e-6 || math.Abs(lo-f.Min) > 1e-6 {
				t.Errorf("%s: [%v, %v], by gonum [%v, %v]", f.ID, f.Min, f.Max, lo, hi)
			}
		}
	}
	if compared < 200 {
		t.Errorf("only %d cells compared", compared)
	}
}

// cheapestByTrying is the least cost of all selections of the cells that may be suppressed; +Inf if none protects.
func cheapestByTrying(t *testing.T, cells []TableCell, relations []Relation) float64 {
	var free []int
	for i, c := range cells {
		if c.MaySuppress && !c.Primary {
			free = append(free, i)
		}
	}
	best := math.Inf(1)
	for mask := range 1 << len(free) {
		try, cost := slices.Clone(cells), 0.0
		for k, i := range free {
			if mask>>k&1 == 1 {
				try[i].Suppressed, cost = true, cost+try[i].Value
			}
		}
		if cost < best && protects(t, try, relations) {
			best = cost
		}
	}
	return best
}

func protects(t *testing.T, cells []TableCell, relations []Relation) bool {
	t.Helper()
	primary := map[string]bool{}
	for i := range cells {
		cells[i].Suppressed = cells[i].Suppressed || cells[i].Primary
		primary[cells[i].ID] = cells[i].Primary
	}
	found, err := AuditSuppression(cells, relations)
	if err != nil {
		t.Fatal(err)
	}
	return !slices.ContainsFunc(found, func(f Feasible) bool { return primary[f.ID] && !f.Protected })
}

func TestChosenSuppressionIsTheCheapest(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	protected := 0
	for trial := range 25 {
		cells, relations := crossTable(r, 3, 3, 1+r.IntN(2))
		want := cheapestByTrying(t, cells, relations)
		ids, err := ChooseSuppression(cells, relations)
		if math.IsInf(want, 1) {
			if err != CannotProtect {
				t.Errorf("trial %d: %v, %v, though nothing protects", trial, ids, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("trial %d: %v", trial, err)
			continue
		}
		protected++
		cost := 0.0
		for i, c := range cells {
			cells[i].Suppressed = slices.Contains(ids, c.ID)
			if cells[i].Suppressed && !c.Primary {
				cost += c.Value
			}
		}
		if !protects(t, cells, relations) || math.Abs(cost-want) > 1e-6 {
			t.Errorf("trial %d: %v costs %v, the cheapest %v", trial, ids, cost, want)
		}
	}
	if protected < 10 {
		t.Errorf("only %d tables could be protected", protected)
	}
}

func TestTablesThatDontHangTogether(t *testing.T) {
	cells := []TableCell{{ID: "a", Value: 1, Suppressed: true}, {ID: "b", Value: 2}}
	if _, err := AuditSuppression(cells, []Relation{{"a", []string{"ghost"}}}); err == nil {
		t.Error("a relation with an unknown cell is accepted")
	}
	if _, err := AuditSuppression(append(cells, cells[0]), nil); err == nil {
		t.Error("a cell given twice is accepted")
	}
	cells[0].Value = -1
	if _, err := AuditSuppression(cells, nil); err != NegativeValue {
		t.Errorf("a negative suppressed cell: %v", err)
	}
}

func TestLargerTableIsProtected(t *testing.T) {
	cells, relations := crossTable(rand.New(rand.NewPCG(9, 9)), 12, 10, 9)
	ids, err := ChooseSuppression(cells, relations)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cells {
		cells[i].Suppressed = slices.Contains(ids, c.ID)
	}
	if !protects(t, cells, relations) {
		t.Error("a primary cell is exposed")
	}
	t.Logf("%d of %d cells suppressed", len(ids), len(cells))
}
