package stat

import (
	"math"
	"slices"
)

// Adjustment is a correction of p-values for being many.
type Adjustment string

// The adjustments: Holm (1979) for headline claims, Benjamini and Hochberg (1995) for tables to explore.
const (
	Holm              Adjustment = "holm"
	BenjaminiHochberg Adjustment = "BH"
)

// AdjustP adjusts a family of p-values; a missing one (NaN) stays NaN and doesn't belong to the family. An unknown method
// leaves every value NaN.
func AdjustP(p []float64, method Adjustment) []float64 {
	out := make([]float64, len(p))
	var at []int
	for i, v := range p {
		out[i] = math.NaN()
		if !math.IsNaN(v) {
			at = append(at, i)
		}
	}
	slices.SortStableFunc(at, func(a, b int) int { return compare(p[a], p[b]) })
	m := float64(len(at))
	switch method {
	case Holm:
		worst := 0.0
		for j, i := range at {
			worst = math.Max(worst, math.Min(1, (m-float64(j))*p[i]))
			out[i] = worst
		}
	case BenjaminiHochberg:
		best := 1.0
		for j := len(at) - 1; j >= 0; j-- {
			best = math.Min(best, m/float64(j+1)*p[at[j]])
			out[at[j]] = best
		}
	}
	return out
}
