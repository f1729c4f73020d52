package stat

import "math"

// CalibratedShare is a share estimated with raked weights. SE takes the gain from the margins into account, SEFixed
// doesn't: it treats the raked weights as given.
type CalibratedShare struct {
	N           int
	P           float64
	SE, SEFixed float64
	Interval
}

// ShareAfterRaking rakes the rows that have a y of 0 or 1 (NaN: missing) to the margins and estimates the share of 1
// with the calibration variance (Deville and Särndal 1992): that of the residuals of y on the margins, by least
// squares with the base weights. Limits are Korn-Graubard with n-1 degrees of freedom, capped. Refuses as Rake does.
func ShareAfterRaking(y []float64, margins []Margin, weight []float64, level float64) (CalibratedShare, error) {
	s, y, err := takeValues(y, weight)
	if err != nil {
		return CalibratedShare{}, err
	}
	kept := make([]Margin, len(margins))
	for m := range margins {
		kept[m] = Margin{gather(margins[m].Category, s.at), margins[m].Targets}
	}
	raked, err := Rake(kept, s.w)
	if err != nil {
		return CalibratedShare{}, err
	}
	nan := math.NaN()
	out := CalibratedShare{len(y), nan, nan, nan, noInterval}
	if len(y) == 0 {
		return out, nil
	}
	w := scaled(raked.Weights)
	p, fixed, _ := linearised(y, w, nil, nil)
	e, n, whole := residuals(y, kept, s.w), float64(len(y)), sumOf(w)
	for i := range e {
		e[i] *= w[i] / whole
	}
	v := n / (n - 1) * spread(e)
	out.P, out.SE, out.SEFixed = p, math.Sqrt(v), math.Sqrt(fixed)
	out.Interval = kornGraubard(p, v, n, n-1, level, true)
	if p == 0 || p == 1 {
		out.SE, out.SEFixed, out.Interval = 0*out.SE, 0*out.SEFixed, betaLimits(p, kish(w), 1-level)
	}
	return out, nil
}

// residuals of the regression of y on the dummies of all margins, weighted by base. The dummies depend on each other, so
// they are made orthogonal one by one and what nothing new is left of is skipped.
func residuals(y []float64, margins []Margin, base []float64) []float64 {
	e := append([]float64(nil), y...)
	var basis [][]float64
	for _, m := range margins {
		for _, rows := range groupBy(len(y), m.Category) {
			d := make([]float64, len(y))
			for _, i := range rows {
				d[i] = 1
			}
			before := norm(d, base)
			project(d, basis, base)
			project(d, basis, base) // a second time, for what rounding left of the first
			size := norm(d, base)
			if size <= 1e-9*before {
				continue
			}
			for i := range d {
				d[i] /= size
			}
			basis = append(basis, d)
		}
	}
	project(e, basis, base)
	project(e, basis, base)
	return e
}

func norm(v, base []float64) float64 {
	return math.Sqrt(sum(len(v), func(i int) float64 { return base[i] * v[i] * v[i] }))
}

// project takes out of v what lies in the span of an orthonormal basis.
func project(v []float64, basis [][]float64, base []float64) {
	for _, b := range basis {
		c := sum(len(v), func(i int) float64 { return base[i] * v[i] * b[i] })
		for i := range v {
			v[i] -= float64(c * b[i])
		}
	}
}
