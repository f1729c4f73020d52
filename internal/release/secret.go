package release

import (
	"math"

	"benchbook/internal/benchmark"
)

// Secret is a number that must not be in the site, for the search of the
// finished files. It is made from the estimates and not from cells, which hold
// nothing of it.
type Secret struct {
	Cell   string // id of the cell, or of the one that the amount is a part of
	Amount bool   // of one contributor; else a withheld cell's own
	Value  float64
}

// simplest is the largest denominator of a fraction that is too common to be
// anybody's: 1/3 stands in any style sheet.
const simplest = 20

// Secrets lists the numbers of withheld cells of protected data, and the largest
// contributors' parts of all sums, and separately every number that is released,
// which is no secret wherever else it comes from.
func (r *Registry) Secrets(tables []*benchmark.Table) (secrets []Secret, released []float64) {
	for _, t := range tables {
		if t.Dataset.Open && !r.rules.Embargoed(t.Dataset) {
			continue
		}
		s := newScreen(r.rules, t)
		if s.made = r.madeFrom(t); s.made == nil {
			continue
		}
		s.eachCell(func(i int, c *Cell) {
			e := &t.Estimates[i]
			for _, m := range e.Magnitudes {
				for _, x := range m.Top {
					secrets = append(secrets, Secret{c.id, true, x})
				}
			}
			if !c.Suppressed() {
				return
			}
			for _, x := range []float64{e.Value, e.Lo, e.Hi} {
				if telling(x) {
					secrets = append(secrets, Secret{c.id, false, x})
				}
			}
		})
	}
	for _, t := range r.order {
		released = append(released, t.numbers()...)
	}
	return secrets, released
}

// madeFrom is the released form of a table; nil where another indicator took its place.
func (r *Registry) madeFrom(t *benchmark.Table) *Table {
	var by []string
	for _, segment := range t.By {
		by = append(by, segment.Field)
	}
	made, ok := r.Table(t.Dataset.Name, t.Indicator.ID, by)
	if !ok {
		return nil
	}
	return made
}

// telling says that a number is no simple fraction.
func telling(x float64) bool {
	for d := 1; d <= simplest; d++ {
		if y := x * float64(d); math.Abs(y-math.Round(y)) < 1e-9 {
			return false
		}
	}
	return !math.IsNaN(x) && !math.IsInf(x, 0)
}

// numbers are the released numbers of a table.
func (t *Table) numbers() (out []float64) {
	for _, row := range t.Rows {
		for _, c := range row.Cells {
			out = append(out, c.value, c.lo, c.hi)
		}
		if row.Curve != nil {
			for _, p := range row.Curve.points {
				out = append(out, p.Share, p.Lo, p.Hi)
			}
		}
	}
	return out
}
