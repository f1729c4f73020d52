package stat

import "math"

// Calibration is a raked sample, prepared for shares of parts of it: of those who answered, of one group. Make it with
// NewCalibration.
type Calibration struct {
	cellOf []int       // of each unit
	factor []float64   // raked weight over base weight, by cell
	weight []float64   // raked weights of the units
	basis  [][]float64 // orthonormal functions of the cell that span the margins' dummies
}

// NewCalibration takes the cell of every unit (a row, or all rows of one contributor, which then agree in every margin),
// the raked weights, and for every cell its category in each margin and its factor, raked over base weight.
func NewCalibration(cellOf []int, weight []float64, cells [][]string, factor []float64) *Calibration {
	base := make([]float64, len(cells))
	for i, c := range cellOf {
		base[c] += weight[i] / factor[c]
	}
	return &Calibration{cellOf, factor, weight, dummies(cells, base)}
}

// dummies are the margins' categories as functions of the cell, made orthonormal under the cells' base weights.
func dummies(cells [][]string, base []float64) (basis [][]float64) {
	if len(cells) == 0 {
		return nil
	}
	for m := range cells[0] {
		category := make([]string, len(cells))
		for c := range cells {
			category[c] = cells[c][m]
		}
		for _, members := range groupBy(len(cells), category) {
			d := make([]float64, len(cells))
			for _, c := range members {
				d[c] = 1
			}
			before := norm(d, base)
			project(d, basis, base)
			project(d, basis, base) // a second time, for what rounding left of the first
			size := norm(d, base)
			if !(size > 1e-9*before) {
				continue
			}
			for c := range d {
				d[c] /= size
			}
			basis = append(basis, d)
		}
	}
	return basis
}

// Share estimates the share of y (0 to 1 by unit) among the weight that each unit has in the part (0: it is outside, and
// y doesn't matter), with the calibration variance: that of the residuals, over the whole sample, of the part's
// linearised scores on the margins (Deville and Särndal 1992; Särndal, Swensson and Wretman 1992, section 10.6). Where
// everybody is in the part this is ShareAfterRaking. The variance is inflated by n/(n-1) of the part's own units. The
// options' weights and strata aren't used; clusters of units are.
func (c *Calibration) Share(y, part []float64, o ShareOptions) CalibratedShare {
	nan := math.NaN()
	inside, values, weights := c.inside(y, part)
	out := CalibratedShare{len(inside), nan, nan, nan, noInterval}
	if len(inside) == 0 {
		return out
	}
	level, n := level95(o.Level), float64(len(inside))
	p, fixed, df := linearised(values, weights, gather(o.Cluster, inside), nil)
	v := (df + 1) / df * spread(clusterSums(c.scores(y, part, p), all(len(y)), o.Cluster))
	if len(inside) == 1 {
		v = nan
	}
	out.P, out.SE, out.SEFixed = p, math.Sqrt(v), math.Sqrt(fixed)
	switch {
	case p == 0 || p == 1:
		out.SE, out.SEFixed, out.Interval = 0*out.SE, 0*out.SEFixed, betaLimits(p, kish(weights), 1-level)
	case o.Method == LogitShare:
		out.Interval = logitLimits(p, studentT(level, df)*out.SE)
	default:
		out.Interval = kornGraubard(p, v, n, df, level, !o.Uncapped)
	}
	return out
}

// inside are the units that have a weight in the part.
func (c *Calibration) inside(y, part []float64) (at []int, values, weights []float64) {
	for i, w := range part {
		if w > 0 {
			at, values, weights = append(at, i), append(values, y[i]), append(weights, w)
		}
	}
	return at, values, scaled(weights)
}

// scores are the weighted residuals of all units: those outside the part still move its estimate, through the margins.
func (c *Calibration) scores(y, part []float64, p float64) []float64 {
	whole := sumOf(part)
	z := make([]float64, len(y))
	inCell := make([]total, len(c.factor))
	for i, w := range part {
		if w > 0 {
			z[i] = w * (y[i] - p) / whole
			inCell[c.cellOf[i]].add(z[i] / c.factor[c.cellOf[i]])
		}
	}
	fit := make([]float64, len(c.factor))
	for _, b := range c.basis {
		k := sum(len(b), func(cell int) float64 { return b[cell] * inCell[cell].value() })
		for cell := range fit {
			fit[cell] += float64(k * b[cell])
		}
	}
	for i := range z {
		z[i] -= float64(fit[c.cellOf[i]] * c.weight[i])
	}
	return z
}

func all(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
