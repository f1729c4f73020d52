package stat

import (
	"math"
	"slices"
)

// WeightSummary describes positive weights. Deff is Kish's design effect n·Σw²/W² = 1 + CV2: what unequal weights
// alone cost; it isn't the design effect of an estimate. Everything but N and Sum is NaN without rows.
type WeightSummary struct {
	N                   int
	Sum, Mean, Min, Max float64
	CV2                 float64 // squared coefficient of variation
	Deff                float64
	NEff                float64 // (Σw)²/Σw² (Kish 1965)
}

// SummarizeWeights describes the weights above 0. Refuses BadWeight and ZeroWeightTotal.
func SummarizeWeights(weight []float64) (WeightSummary, error) {
	s, err := takeRows(len(weight), weight, func(int) bool { return true })
	if err != nil {
		return WeightSummary{}, err
	}
	return describe(gather(weight, s.at)), nil
}

// describe summarises weights that are all in use; a raked weight may be 0.
func describe(w []float64) WeightSummary {
	n := float64(len(w))
	if len(w) == 0 {
		nan := math.NaN()
		return WeightSummary{0, 0, nan, nan, nan, nan, nan, nan}
	}
	total, eff := sumOf(w), kish(scaled(w))
	return WeightSummary{len(w), total, total / n, slices.Min(w), slices.Max(w), n/eff - 1, n / eff, eff}
}

// Trimmed is a set of weights with a cap and the same sum as before.
type Trimmed struct {
	Upper         float64 // the cap: a multiple of the median weight
	NTrimmed      int     // weights that were above the cap to begin with
	At            []int   // the rows of positive weight
	Weights       []float64
	Before, After WeightSummary
}

// TrimWeights caps weights at timesMedian times their median. What is cut goes in equal parts to the weights that aren't
// above the cap, again and again until none is (Potter 1990). That ends where every weight is min(cap, w + c) with
// the one c that keeps the sum, which is what is computed. Refuses CannotTrim where the cap is below the mean weight,
// BadWeight and ZeroWeightTotal.
func TrimWeights(weight []float64, timesMedian float64) (Trimmed, error) {
	s, err := takeRows(len(weight), weight, func(int) bool { return true })
	if err != nil {
		return Trimmed{}, err
	}
	w := gather(weight, s.at)
	ascending := Sorted(w)
	out := Trimmed{Upper: timesMedian * Quantile(ascending, 0.5), At: s.at, Before: describe(w)}
	if len(w) > 0 && !(out.Upper*float64(len(w)) >= s.sumW*(1-1e-12)) {
		return Trimmed{}, CannotTrim
	}
	above, _ := slices.BinarySearch(ascending, math.Nextafter(out.Upper, math.Inf(1)))
	out.NTrimmed = len(w) - above
	if out.NTrimmed > 0 {
		lift := waterLevel(ascending, out.Upper, above)
		for i := range w {
			w[i] = math.Min(out.Upper, w[i]+lift)
		}
	}
	out.Weights, out.After = w, describe(w)
	return out, nil
}

// waterLevel is the c for which Σ min(upper, w + c) = Σ w, given how many of the ascending weights are at most upper.
func waterLevel(ascending []float64, upper float64, below int) float64 {
	for ; below > 0; below-- {
		excess := sum(len(ascending)-below, func(i int) float64 { return ascending[below+i] - upper })
		lift := excess / float64(below)
		if ascending[below-1]+lift <= upper {
			return lift
		}
	}
	return upper
}
