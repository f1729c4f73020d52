package stat

import (
	"math"
	"slices"
)

// step moves variable j, which is outside the basis, as far as it goes: down to 0, or into the place of the basic
// variable that hits 0 first. It returns the length; infinite, and nothing is moved, where nothing stops it.
func (s *tableau) step(j int, direction float64) float64 {
	row, length := s.block(j, direction)
	switch {
	case direction < 0 && s.x[j] <= length:
		length = s.x[j]
		s.move(j, -length)
		s.x[j] = 0
		return length
	case row < 0:
		return math.Inf(1)
	}
	s.move(j, direction*length)
	s.x[s.basis[row]] = 0
	s.pivot(row, j)
	return length
}

// extreme is the largest (sign 1) or smallest (sign -1) value of variable q; infinite where nothing bounds it. Entering
// variables are chosen by slope, and by Bland's rule while steps are empty, so that it can't cycle. A variable outside
// the basis need not be at a bound while q doesn't depend on it: that spares the way to a corner of the whole system.
func (s *tableau) extreme(q int, sign float64) float64 {
	if s.frozen[q] {
		return s.x[q]
	}
	empty := 0
	for range 1000 + 50*len(s.x) {
		j, direction := s.entering(q, sign, empty > len(s.basis))
		if j < 0 {
			break
		}
		switch length := s.step(j, direction); {
		case math.IsInf(length, 1):
			if s.hi != nil {
				s.hi[q] = length
			}
			return length
		case length > 1e-12*s.unit:
			empty = 0
		default:
			empty++
		}
	}
	return math.Max(0, s.x[q])
}

// reach says whether variable q can be brought to a goal above (sign 1) or below (sign -1) its value; where it says no, the
// row of q is that of its extreme. Afterwards the point is half-way between where it was and where it came: away from
// corners, where many further moves would be stopped at once.
func (s *tableau) reach(q int, sign, goal float64) bool {
	if s.frozen[q] {
		return false
	}
	start := slices.Clone(s.x)
	defer func() {
		for j := range start {
			s.x[j] = (s.x[j] + start[j]) / 2
		}
	}()
	empty := 0
	for range 1000 + 50*len(s.x) {
		need := sign * (goal - s.x[q])
		if need <= 0 {
			return true
		}
		j, direction := s.entering(q, sign, empty > len(s.basis))
		if j < 0 {
			return false
		}
		if k := s.rowOf[q]; k >= 0 {
			need /= math.Abs(s.t[k][j])
		}
		if _, free := s.block(j, direction); free >= need && (direction > 0 || s.x[j] >= need) {
			s.move(j, direction*need)
			return true
		}
		if s.step(j, direction) > 1e-12*s.unit {
			empty = 0
		} else {
			empty++
		}
	}
	return false
}

// entering picks a free variable outside the basis whose move in some direction moves q the right way; -1 = none.
func (s *tableau) entering(q int, sign float64, bland bool) (best int, direction float64) {
	best, slope, k := -1, pivotSlack, s.rowOf[q]
	for j := range s.x {
		if s.frozen[j] || s.rowOf[j] >= 0 || k < 0 && j != q {
			continue
		}
		gain := sign
		if k >= 0 {
			gain = -sign * s.t[k][j]
		}
		if way := s.way(j, gain); way*gain > slope {
			best, slope, direction = j, way*gain, way
			if bland {
				return best, direction
			}
		}
	}
	return best, direction
}

// way is the direction in which a variable outside the basis gains; 0 when it is at 0 and would have to fall.
func (s *tableau) way(j int, gain float64) float64 {
	switch {
	case gain > 0:
		return 1
	case s.x[j] > 1e-12*s.unit:
		return -1
	}
	return 0
}
