package stat

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// normalZ is the two-sided normal quantile Φ⁻¹(1-α/2) of a confidence level.
func normalZ(level float64) float64 { return math.Sqrt2 * math.Erfinv(level) }

// normalP is the two-sided tail probability of |z|.
func normalP(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// studentT is the two-sided Student quantile t at 1-α/2 for df > 0, fractional df included; NaN otherwise.
// t² = ν(1-x)/x where x is the α quantile of Beta(ν/2, ½).
func studentT(level, df float64) float64 {
	if !(df > 0) || badLevel(level) {
		return math.NaN()
	}
	alpha := 1 - level
	var u float64
	if alpha <= 0.5 {
		u = betaLogit(alpha, df/2, 0.5)
	} else {
		u = -betaLogit(level, 0.5, df/2)
	}
	return math.Sqrt(df) * math.Exp(-u/2)
}

// studentP is the two-sided tail probability of |t| with df degrees of freedom.
func studentP(t, df float64) float64 {
	if !(df > 0) || math.IsNaN(t) {
		return math.NaN()
	}
	if math.IsInf(t, 0) {
		return 0
	}
	s := df + t*t
	lower, _ := betaTails(df/2, 0.5, df/s, t*t/s)
	return lower
}

// chiSquareP is the upper tail probability of a chi-square statistic.
func chiSquareP(x, df float64) float64 {
	if !(df > 0) || math.IsNaN(x) {
		return math.NaN()
	}
	return mathext.GammaIncRegComp(df/2, math.Max(0, x)/2)
}

// binomialCDF is P(X <= k) for X ~ Bin(n, p).
func binomialCDF(k, n int, p float64) float64 {
	switch {
	case k < 0:
		return 0
	case k >= n || p <= 0:
		return 1
	case p >= 1:
		return 0
	}
	_, upper := betaTails(float64(k+1), float64(n-k), p, 1-p)
	return upper
}

// binomialQuantile is the smallest k with P(X <= k) >= prob. The comparison forgives 1e-13, so that a probability that
// is met exactly counts as met.
func binomialQuantile(prob float64, n int, p float64) int {
	lo, hi := 0, n
	for lo < hi {
		mid := lo + (hi-lo)/2
		if binomialCDF(mid, n, p) >= prob*(1-1e-13) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
