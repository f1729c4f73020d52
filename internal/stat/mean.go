package stat

import "math"

// Mean is a weighted mean with its standard error and t interval, in the unit of the values. SE and limits are NaN
// for a single row; everything is NaN without rows.
type Mean struct {
	N    int
	Mean float64
	SE   float64
	Interval
}

// MeanOf estimates the mean of x (NaN: missing) with weights (nil: all 1): Σwx/W, the linearised variance of a
// weighted mean, and t with n-1 degrees of freedom (Cochran 1977). Refuses BadWeight and ZeroWeightTotal.
func MeanOf(x, weight []float64, level float64) (Mean, error) {
	s, x, err := takeValues(x, weight)
	if err != nil {
		return Mean{}, err
	}
	out := Mean{len(x), math.NaN(), math.NaN(), noInterval}
	if len(x) == 0 {
		return out, nil
	}
	exp := exponent(x) // amounts beyond 1e154 have no square
	mean, v, df := linearised(shifted(x, -exp), s.w, nil, nil)
	se := math.Sqrt(v)
	half := studentT(level, df) * se
	out.Mean, out.SE = math.Ldexp(mean, exp), math.Ldexp(se, exp)
	out.Interval = Interval{math.Ldexp(mean-half, exp), math.Ldexp(mean+half, exp)}
	return out, nil
}
