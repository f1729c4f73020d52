package stat

import "math"

// Wilson is the score interval of x successes in n trials at a confidence level (Wilson 1927), without continuity
// correction. x may be fractional, as it is for mid-ranks. The limit is exactly 0 for x = 0 and exactly 1 for
// x = n; both limits are NaN for n = 0 and for x outside 0 … n.
func Wilson(x, n, level float64) Interval {
	if !(n > 0) || !(x >= 0 && x <= n) || badLevel(level) || math.IsInf(n, 0) {
		return noInterval
	}
	z := normalZ(level)
	p, zz := x/n, z*z/n
	centre := (p + zz/2) / (1 + zz)
	half := z / (1 + zz) * math.Sqrt(p*(1-p)/n+zz/(4*n))
	out := Interval{math.Max(0, centre-half), math.Min(1, centre+half)}
	if x == 0 {
		out.Lo = 0
	}
	if x == n {
		out.Hi = 1
	}
	return out
}

// ClopperPearson is the exact binomial interval of x successes in n trials (Clopper and Pearson 1934): the beta
// quantiles B(α/2; x, n-x+1) and B(1-α/2; x+1, n-x). NaN as in Wilson.
func ClopperPearson(x, n, level float64) Interval {
	if !(n > 0) || !(x >= 0 && x <= n) || badLevel(level) || math.IsInf(n, 0) {
		return noInterval
	}
	alpha := 1 - level
	return Interval{betaLo(alpha, x, n-x+1), betaHi(alpha, x+1, n-x)}
}

// ratioOf is a/b, NaN where b is 0.
func ratioOf(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}
