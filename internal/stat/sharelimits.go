package stat

import "math"

// betaLimits are beta limits around p at an effective sample size. At 0 and 1 the outer limit is exact.
func betaLimits(p, n, alpha float64) Interval {
	return Interval{betaLo(alpha, n*p, n*(1-p)+1), betaHi(alpha, n*p+1, n*(1-p))}
}

// kornGraubard are beta limits at n_e = p(1-p)/v·(t_{n-1}/t_df)², at most n when capped (Korn and Graubard 1998). A share
// without any variance between clusters is its own interval unless the cap applies.
func kornGraubard(p, v, n, df, level float64, capped bool) Interval {
	if math.IsNaN(v) {
		return noInterval
	}
	t := studentT(level, n-1) / studentT(level, df)
	effective := p * (1 - p) / v * t * t
	if capped {
		effective = math.Min(effective, n)
	}
	if math.IsInf(effective, 1) {
		return Interval{p, p}
	}
	return betaLimits(p, effective, 1-level)
}

// logitLimits are p ± t·se on the logit scale, back on the scale of shares; half = t·se on the scale of shares.
func logitLimits(p, half float64) Interval {
	centre, h := math.Log(p/(1-p)), half/(p*(1-p))
	return Interval{logistic(centre - h), logistic(centre + h)}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
