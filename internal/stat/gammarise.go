package stat

import "math"

// gammaRise is log Γ(a+n) - log Γ(a), by Stirling's formula where a is large and the two would cancel.
func gammaRise(a, n float64) float64 {
	if n == 0 {
		return 0
	}
	if a < 15 {
		top, _ := math.Lgamma(a + n)
		bottom, _ := math.Lgamma(a)
		return top - bottom
	}
	return (a-0.5)*math.Log1p(n/a) + n*(math.Log(a+n)-1) + stirlingError(a+n) - stirlingError(a)
}

// digammaRise is ψ(a+n) - ψ(a), by the asymptotic series where a is large and the two would cancel. (gonum's Digamma is
// off by up to 3e-11 below 15.)
func digammaRise(a, n float64) float64 {
	if n == 0 {
		return 0
	}
	if a < 15 {
		return digamma(a+n) - digamma(a)
	}
	return math.Log1p(n/a) - digammaTail(a+n) + digammaTail(a)
}

// digamma is ψ(z) for z > 0, by recurrence from 15.
func digamma(z float64) float64 {
	below := 0.0
	for ; z < 15; z++ {
		below += 1 / z
	}
	return math.Log(z) - digammaTail(z) - below
}

// digammaTail is log z - ψ(z) for z of at least 15 (DLMF 5.11.2).
func digammaTail(z float64) float64 {
	q := 1 / (z * z)
	return 0.5/z + q*(1.0/12-q*(1.0/120-q*(1.0/252-q*(1.0/240-q*(1.0/132)))))
}
