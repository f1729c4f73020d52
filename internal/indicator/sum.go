package indicator

import "math"

// Sum adds numbers exactly: it keeps the parts that do not fit into one float
// (Shewchuk 1997), so its value is the true sum, rounded once, in whatever order
// the numbers came. The zero Sum is ready.
type Sum struct{ parts []float64 }

// Add takes a number.
func (s *Sum) Add(x float64) {
	kept := s.parts[:0]
	for _, p := range s.parts {
		if math.Abs(x) < math.Abs(p) {
			x, p = p, x
		}
		whole := x + p
		if rest := p - (whole - x); rest != 0 {
			kept = append(kept, rest)
		}
		x = whole
	}
	if math.IsInf(x, 0) || math.IsNaN(x) {
		kept = kept[:0] // beyond float64: the sum is no number from here on
	}
	s.parts = append(kept, x)
}

// Merge takes another sum.
func (s *Sum) Merge(o Sum) {
	for _, p := range o.parts {
		s.Add(p)
	}
}

// scaled is a sum of which every number is multiplied; it is rounded.
func (s Sum) scaled(by float64) (out Sum) {
	out.Add(s.Value() * by)
	return out
}

// Value is the sum, rounded to nearest, ties to even; not finite when it
// does not fit into a float64.
func (s *Sum) Value() float64 {
	n := len(s.parts)
	if n == 0 {
		return 0
	}
	hi, lo := s.parts[n-1], 0.0
	i := n - 2
	for ; i >= 0; i-- {
		before, p := hi, s.parts[i]
		hi = before + p
		if lo = p - (hi - before); lo != 0 {
			break
		}
	}
	// Half-way cases round by the sign of what is left below.
	if i > 0 && (lo < 0 && s.parts[i-1] < 0 || lo > 0 && s.parts[i-1] > 0) {
		if twice := 2 * lo; hi+twice-hi == twice {
			hi += twice
		}
	}
	return hi
}
