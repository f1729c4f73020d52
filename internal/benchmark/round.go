package benchmark

import (
	"math"

	"benchbook/internal/stat"
)

// AddUp rounds the shares of counts to a number of decimals of a percentage so
// that they add up to exactly 100% (largest remainders); fractions of 1. ok is
// false where there is nothing to round.
func AddUp(counts []float64, decimals int) (shares []float64, ok bool) {
	r, err := stat.RoundPercent(counts, decimals)
	if err != nil || r.Units == nil {
		return nil, false
	}
	for _, units := range r.Units {
		shares = append(shares, float64(units)/(100*math.Pow10(decimals)))
	}
	return shares, true
}
