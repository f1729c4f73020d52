package stat

import "math"

// BoxRule says how the quartiles of a box plot are taken.
type BoxRule string

// The rules of a box plot: type 7 quartiles (default), or Tukey's hinges (1977), the medians of the halves.
const (
	BoxType7 BoxRule = "type7"
	BoxHinge BoxRule = "hinge"
)

// Box is a box plot. Whiskers are the most extreme values within 1.5 times the box's height of the quartiles;
// Outliers are the values beyond, ascending, with repeats.
type Box struct {
	N                    int
	Q1, Median, Q3       float64
	WhiskerLo, WhiskerHi float64
	Outliers             []float64
}

// BoxPlot summarises ascending values. A value on a fence is inside. Everything is NaN without values.
func BoxPlot(sorted []float64, rule BoxRule) Box {
	nan := math.NaN()
	out := Box{len(sorted), Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75), nan, nan, []float64{}}
	if out.N == 0 {
		return out
	}
	if rule == BoxHinge {
		out.Q1, out.Q3 = hinges(sorted)
	}
	reach := 1.5 * (out.Q3 - out.Q1)
	// A fence made of decimals misses a value that lies on it by rounding only.
	slack := 1e-14 * math.Max(math.Abs(out.Q1), math.Abs(out.Q3))
	for _, x := range sorted {
		if x < out.Q1-reach-slack || x > out.Q3+reach+slack {
			out.Outliers = append(out.Outliers, x)
			continue
		}
		if math.IsNaN(out.WhiskerLo) {
			out.WhiskerLo = x
		}
		out.WhiskerHi = x
	}
	return out
}

// hinges are the medians of the lower and upper half, the median belonging to both.
func hinges(sorted []float64) (lo, hi float64) {
	half := (len(sorted) + 1) / 2
	return Quantile(sorted[:half], 0.5), Quantile(sorted[len(sorted)-half:], 0.5)
}
