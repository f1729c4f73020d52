package stat

import "math"

// Measured is an estimate as a comparison needs it: its value, its limits at the level of the comparison, and its
// standard error with degrees of freedom (infinite: normal).
type Measured struct {
	Value, SE, DF float64
	Interval
}

// Difference is one estimate minus another, in their unit.
type Difference struct {
	Diff, SE, DF float64
	Interval
	P float64 // two-sided, unadjusted; NaN where nothing can be tested
}

var noDifference = Difference{math.NaN(), math.NaN(), math.NaN(), noInterval, math.NaN()}

// DiffMeasured compares two estimates of independent samples (rates, means, shares of a survival curve): limits by MOVER
// from those of both (Zou and Donner 2008), so that they keep their asymmetry; p by Student with Welch's degrees of
// freedom (1947).
func DiffMeasured(older, newer Measured) Difference {
	d, limits := newcombe(older.Value, newer.Value, older.Interval, newer.Interval)
	se := math.Hypot(older.SE, newer.SE)
	out := Difference{d, se, welch(older, newer), limits, math.NaN()}
	out.P = differenceP(d, se, out.DF)
	return out
}

// welch is the number of degrees of freedom of a sum of two variances (Satterthwaite 1946).
func welch(a, b Measured) float64 {
	va, vb := a.SE*a.SE, b.SE*b.SE
	whole := va + vb
	if whole == 0 {
		return math.Min(a.DF, b.DF)
	}
	va, vb = va/whole, vb/whole
	return 1 / (va*va/a.DF + vb*vb/b.DF)
}

// differenceP tests a difference against 0; without any spread it is certain.
func differenceP(d, se, df float64) float64 {
	switch {
	case se > 0 && math.IsInf(df, 1):
		return normalP(d / se)
	case se > 0:
		return studentP(d/se, df)
	case se == 0 && d == 0:
		return 1
	case se == 0 && !math.IsNaN(d):
		return 0
	}
	return math.NaN()
}

// Limited is an estimate without a standard error, but with limits at any level, such as a quantile. An open limit is NaN.
type Limited struct {
	Value float64
	At    func(level float64) Interval
}

// DiffLimited compares two such estimates. Correlation is that of the two estimators: 0 for independent samples. The
// limits are MOVER's (Zou and Donner 2008; for medians in the spirit of Price and Bonett 2002), and p is the largest
// alpha whose interval still holds 0, so that test and interval never disagree. Estimators that are one and the same
// (correlation 1) leave nothing to compare but the values.
func DiffLimited(older, newer Limited, correlation, level float64) Difference {
	out := noDifference
	if out.Diff = newer.Value - older.Value; math.IsNaN(out.Diff) || badLevel(level) {
		return out
	}
	if out.Diff == 0 {
		out.P = 1
	}
	if correlation > 1-1e-12 {
		return out
	}
	at := func(level float64) Interval {
		return moverLimits(older.Value, newer.Value, older.At(level), newer.At(level), correlation)
	}
	if out.Interval = at(level); out.Diff != 0 {
		out.P = invert(at)
	}
	return out
}

// moverLimits combines the limits a of p1 and b of p2 into limits of p2 - p1 for correlated estimators.
func moverLimits(p1, p2 float64, a, b Interval, correlation float64) Interval {
	half := func(x, y float64) float64 {
		return math.Sqrt(math.Max(0, float64(x*x)+float64(y*y)-float64(2*correlation*x*y)))
	}
	return Interval{p2 - p1 - half(p2-b.Lo, a.Hi-p1), p2 - p1 + half(b.Hi-p2, p1-a.Lo)}
}

// invert is the largest alpha at which limits hold 0, to twelve digits; limits get wider as alpha falls. Below 1e-15
// it is 0, and 1 where the narrowest limits hold 0.
func invert(at func(level float64) Interval) float64 {
	holds := func(alpha float64) bool {
		i := at(1 - alpha)
		return !(i.Lo > 0) && !(i.Hi < 0)
	}
	lo, hi := math.Log(1e-15), 0.0
	if !holds(math.Exp(lo)) {
		return 0
	}
	for hi-lo > 1e-12 {
		if mid := lo + (hi-lo)/2; holds(math.Exp(mid)) {
			lo = mid
		} else {
			hi = mid
		}
	}
	return math.Exp(lo)
}
