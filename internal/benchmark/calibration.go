package benchmark

import (
	"cmp"
	"math"
	"slices"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// calibration is a raked sample as estimates of its parts need it: they are the
// surer, the more of an answer the margins explain.
type calibration struct {
	sample   *stat.Calibration
	at       map[int]int // contributor → unit
	clusters []string    // by unit
}

// unit is one contributor of the sample.
type unit struct {
	id, cell int
	weight   float64
	cluster  string
}

// calibrate prepares the sample. Nil where nothing was raked, and where it would
// not be sound: strata, rows left out by conditions, or contributors with rows
// in several cells of the margins. Weights then count as given, which makes
// intervals wider.
func calibrate(set *indicator.Set, w *weighting) *calibration {
	d := set.Plan.Dictionary
	if w == nil || len(d.Weighting.Margins) == 0 || d.Stratum != "" || len(set.Plan.Where) > 0 {
		return nil
	}
	units, ok := unitsOf(set, w)
	if !ok {
		return nil
	}
	c := &calibration{at: map[int]int{}}
	cellOf, weights := make([]int, len(units)), make([]float64, len(units))
	for i, u := range units {
		cellOf[i], weights[i], c.at[u.id] = u.cell, u.weight, i
		if d.Cluster != "" {
			c.clusters = append(c.clusters, u.cluster)
		}
	}
	c.sample = stat.NewCalibration(cellOf, weights, w.cells, w.factor)
	return c
}

// unitsOf lists the contributors in an order that the rows' order has little part in.
func unitsOf(set *indicator.Set, w *weighting) (units []unit, ok bool) {
	at := map[int]int{}
	for i := range set.Observations {
		o := &set.Observations[i]
		weight := w.of(o) * o.Base * float64(o.Members)
		if !(weight > 0) {
			continue
		}
		k, known := at[o.Contributor]
		if !known {
			k = len(units)
			at[o.Contributor] = k
			units = append(units, unit{id: o.Contributor, cell: o.Cell, cluster: o.Cluster})
		}
		if units[k].cell != o.Cell || units[k].cluster != o.Cluster {
			return nil, false
		}
		units[k].weight += weight
	}
	slices.SortFunc(units, func(a, b unit) int {
		return cmp.Or(cmp.Compare(a.cell, b.cell), cmp.Compare(a.weight, b.weight), cmp.Compare(a.cluster, b.cluster), cmp.Compare(a.id, b.id))
	})
	return units, true
}

// calibrated fills in a share of raked rows; false where there is no calibration.
func (t *Table) calibrated(e *Estimate, parts []part) bool {
	c := t.calibration
	if c == nil || t.Indicator.Per != indicator.ByRow || slices.ContainsFunc(parts, func(p part) bool { return p.id < 0 }) {
		return false
	}
	y, weight := make([]float64, len(c.at)), make([]float64, len(c.at))
	var inside []float64
	for _, p := range parts {
		i := c.at[p.id]
		y[i], weight[i] = math.Min(p.hits/p.base, 1), p.weight
		inside = append(inside, p.weight)
	}
	s := c.sample.Share(y, weight, stat.ShareOptions{Level: t.level(e), Method: t.shareMethod(), Cluster: c.clusters})
	e.Method = Calibrated
	if t.shareMethod() == stat.LogitShare {
		e.Method = CalibratedLogit
	}
	e.Value, e.Lo, e.Hi, e.SE = s.P, s.Lo, s.Hi, s.SE
	if sum, err := stat.SummarizeWeights(inside); err == nil {
		e.NEff = sum.NEff
	}
	if v := s.P * (1 - s.P); v > 0 && s.SE*s.SE*float64(e.Units-1) > bigDesign*v {
		e.warn(designEffect)
	}
	t.together(e)
	return true
}
