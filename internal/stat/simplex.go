package stat

import (
	"math"
	"slices"
)

// tableau is the set of all x >= 0 with A·x = A·x0 for a known point x0 >= 0, in which some variables are frozen at
// their value. It is kept solved for a basis; the known point spares the search for a first solution, and one tableau
// serves every objective. (gonum's lp solves one objective at a time from nothing, rejects redundant rows, and can stop at
// degenerate corners, which tables of suppressed zeros are full of.)
type tableau struct {
	t      [][]float64 // rows: the coefficients of all variables, the identity in basic columns
	basis  []int       // the variable of each row
	rowOf  []int       // the row of each variable; -1 where it isn't basic
	x      []float64
	frozen []bool
	unit   float64   // largest value: the scale of rounding
	work   int       // entries that were computed
	used   []int     // columns of the row that pivots
	lo, hi []float64 // where watched: the least and largest value of each variable met on the way; all are possible
}

// watch begins to note the values that are met.
func (s *tableau) watch() { s.lo, s.hi = slices.Clone(s.x), slices.Clone(s.x) }

func (s *tableau) note(j int) {
	if s.lo != nil {
		s.lo[j], s.hi[j] = math.Min(s.lo[j], s.x[j]), math.Max(s.hi[j], s.x[j])
	}
}

const pivotSlack = 1e-9

// newTableau starts at x0 with every variable frozen.
func newTableau(a [][]float64, x0 []float64) *tableau {
	s := &tableau{x: slices.Clone(x0), frozen: make([]bool, len(x0)), rowOf: make([]int, len(x0)), unit: 1}
	for j, v := range x0 {
		s.frozen[j], s.rowOf[j] = true, -1
		s.unit = math.Max(s.unit, v)
	}
	for _, row := range a {
		s.addRow(slices.Clone(row))
	}
	return s
}

// addRow solves a new equation for one of its variables, unless the others imply it.
func (s *tableau) addRow(row []float64) {
	for k, j := range s.basis {
		s.work += len(row)
		subtract(row, s.t[k], row[j])
	}
	best := -1
	for j, v := range row {
		if math.Abs(v) > pivotSlack && (best < 0 || math.Abs(v) > math.Abs(row[best])) {
			best = j
		}
	}
	if best < 0 {
		return
	}
	s.t, s.basis = append(s.t, row), append(s.basis, best)
	s.rowOf[best] = len(s.t) - 1
	s.pivot(len(s.t)-1, best)
}

// subtract takes a multiple of a row from another.
func subtract(row, other []float64, f float64) {
	if f == 0 {
		return
	}
	for j, v := range other {
		row[j] -= float64(f * v)
	}
}

// pivot makes variable j basic in row k; values don't change.
func (s *tableau) pivot(k, j int) {
	s.rowOf[s.basis[k]] = -1
	s.basis[k], s.rowOf[j] = j, k
	row, f := s.t[k], s.t[k][j]
	s.used = s.used[:0]
	for i, v := range row {
		if v != 0 {
			row[i] = v / f
			s.used = append(s.used, i)
		}
	}
	row[j] = 1
	for i, other := range s.t {
		f := other[j]
		if i == k || f == 0 {
			continue
		}
		for _, c := range s.used {
			if other[c] -= float64(f * row[c]); math.Abs(other[c]) < 1e-13 {
				other[c] = 0
			}
		}
		other[j] = 0
		s.work += len(s.used)
	}
}

// release lets variable j move. Rows of frozen variables never hold a free one.
func (s *tableau) release(j int) {
	if !s.frozen[j] {
		return
	}
	s.frozen[j] = false
	if s.rowOf[j] >= 0 {
		return // its row holds frozen variables only, so it can't move before one of them is released
	}
	for k, b := range s.basis {
		if s.frozen[b] && math.Abs(s.t[k][j]) > pivotSlack {
			s.pivot(k, j)
			return
		}
	}
}

// releaseAll lets every variable move.
func (s *tableau) releaseAll() {
	for j := range s.frozen {
		s.frozen[j] = false
	}
}

// block finds the free basic variable that hits 0 first when j moves in a direction, and the length of that step.
func (s *tableau) block(j int, direction float64) (row int, step float64) {
	row, step = -1, math.Inf(1)
	for k, b := range s.basis {
		slope := s.t[k][j] * direction // x_b falls by slope per unit
		if s.frozen[b] || slope <= pivotSlack {
			continue
		}
		d := math.Max(0, s.x[b]) / slope
		if d < step || d == step && b < s.basis[row] {
			row, step = k, d
		}
	}
	return row, step
}

// move changes a variable that isn't basic, and the basic ones with it.
func (s *tableau) move(j int, by float64) {
	s.x[j] += by
	s.note(j)
	for k, b := range s.basis {
		if v := s.t[k][j]; v != 0 {
			s.x[b] -= float64(v * by)
			s.note(b)
		}
	}
}

func (s *tableau) clone() *tableau {
	c := *s
	c.t = make([][]float64, len(s.t))
	for k := range s.t {
		c.t[k] = slices.Clone(s.t[k])
	}
	c.basis, c.rowOf = slices.Clone(s.basis), slices.Clone(s.rowOf)
	c.x, c.frozen = slices.Clone(s.x), slices.Clone(s.frozen)
	c.used = nil
	c.lo, c.hi = slices.Clone(s.lo), slices.Clone(s.hi)
	return &c
}
