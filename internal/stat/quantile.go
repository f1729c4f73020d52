package stat

import "math"

// QuantileType is one of the continuous or discontinuous sample quantiles of Hyndman and Fan (1996), by their number.
type QuantileType int

// plotting gives a and b of the continuous types: the quantile lies at a + p(n+1-a-b) on the ranks 1 … n.
var plotting = map[QuantileType][2]float64{
	4: {0, 1}, 5: {0.5, 0.5}, 6: {0, 0}, 7: {1, 1}, 8: {1.0 / 3, 1.0 / 3}, 9: {3.0 / 8, 3.0 / 8},
}

// Quantile is the type 7 quantile of ascending values at probability p: linear between the order statistics around
// (n-1)p + 1, as in Excel's PERCENTILE.INC. NaN for no values or p outside [0, 1].
func Quantile(sorted []float64, p float64) float64 { return QuantileOfType(sorted, p, 7) }

// QuantileOfType is the quantile of ascending values by one of Hyndman and Fan's types 1, 2 and 4 to 9; NaN for another
// type, no values, or p outside [0, 1]. A rank within 1e-12·n of a whole number is that number, so p = 0.29 with
// n = 100 averages the 29th and 30th value under type 2.
func QuantileOfType(sorted []float64, p float64, kind QuantileType) float64 {
	n := float64(len(sorted))
	if n == 0 || !(p >= 0 && p <= 1) {
		return math.NaN()
	}
	if kind == 1 || kind == 2 {
		return stepQuantile(sorted, p, kind)
	}
	ab, ok := plotting[kind]
	if !ok {
		return math.NaN()
	}
	rank := snapped(ab[0]+p*(n+1-ab[0]-ab[1]), n)
	k := math.Floor(rank)
	return mix(order(sorted, k), order(sorted, k+1), rank-k)
}

// stepQuantile is the inverse of the empirical distribution (type 1), averaged where it is flat (type 2).
func stepQuantile(sorted []float64, p float64, kind QuantileType) float64 {
	n := float64(len(sorted))
	rank := snapped(n*p, n)
	k := math.Floor(rank)
	if rank > k {
		return order(sorted, k+1)
	}
	if kind == 1 {
		return order(sorted, k)
	}
	return mix(order(sorted, k), order(sorted, k+1), 0.5)
}

// snapped rounds a rank to the whole number that it is within 1e-12·n of.
func snapped(rank, n float64) float64 {
	if k := math.Round(rank); math.Abs(rank-k) <= 1e-12*n {
		return k
	}
	return rank
}

// order is the k-th smallest value, k held within 1 … n.
func order(sorted []float64, k float64) float64 {
	i := int(math.Max(1, math.Min(k, float64(len(sorted)))))
	return sorted[i-1]
}

// mix is lo + (hi-lo)·d. The product is rounded before it is added, so that a platform with fused multiply-add gives the
// same bits.
func mix(lo, hi, d float64) float64 {
	if lo == hi {
		return lo
	}
	if gap := hi - lo; !math.IsInf(gap, 0) {
		return lo + float64(gap*d)
	}
	return float64(lo*(1-d)) + float64(hi*d)
}

// QuantileInterval is a quantile with distribution-free limits. RankLo and RankHi are the order statistics that are
// the limits, 1 … N; 0 says that the side is open, and its limit is NaN.
type QuantileInterval struct {
	N              int
	Q              float64 // type 7
	RankLo, RankHi int
	Interval
	Coverage float64 // the exact probability that the interval covers, for any continuous distribution
}

// QuantileCI is the type 7 quantile of ascending values at p with the binomial order-statistic interval (David and
// Nagaraja 2003, section 7.1). Coverage is at least level.
func QuantileCI(sorted []float64, p, level float64) QuantileInterval {
	n := len(sorted)
	out := QuantileInterval{N: n, Q: Quantile(sorted, p), Interval: noInterval, Coverage: math.NaN()}
	if math.IsNaN(out.Q) || badLevel(level) {
		return out
	}
	alpha := 1 - level
	l, u := binomialQuantile(alpha/2, n, p), binomialQuantile(1-alpha/2, n, p)+1
	below, above := 0.0, 1.0
	if l >= 1 {
		out.RankLo, out.Lo, below = l, sorted[l-1], binomialCDF(l-1, n, p)
	}
	if u <= n {
		out.RankHi, out.Hi, above = u, sorted[u-1], binomialCDF(u-1, n, p)
	}
	out.Coverage = above - below
	return out
}

// GroupMedian is the median of one group with its order-statistic limits, or withheld for too few values.
type GroupMedian struct {
	Suppressed bool
	QuantileInterval
}

// GroupedMedians returns the median of every group of values; a group with fewer than minN values is suppressed, with
// its count kept and its numbers NaN. Missing values (NaN) don't count.
func GroupedMedians(x []float64, group []string, minN int, level float64) map[string]GroupMedian {
	values := map[string][]float64{}
	for i, g := range group {
		if !math.IsNaN(x[i]) {
			values[g] = append(values[g], x[i])
		}
	}
	out := make(map[string]GroupMedian, len(values))
	for g, v := range values {
		m := GroupMedian{QuantileInterval: QuantileCI(Sorted(v), 0.5, level)}
		if len(v) < minN {
			m = GroupMedian{true, QuantileInterval{N: len(v), Q: math.NaN(), Interval: noInterval, Coverage: math.NaN()}}
		}
		out[g] = m
	}
	return out
}
