package stat

import "math"

// Ratio is a rate over many units (brands, shops): numerators over denominators. Fractions are of 1. The ratio of
// sums answers "of all exposed, how many": large units dominate it. The mean and the median of ratios are about the
// typical unit and use only units with a positive denominator.
type Ratio struct {
	N         int // units used
	NMissing  int // numerator or denominator missing
	NInvalid  int // negative, or something of nothing
	NOver     int // used although the numerator exceeds the denominator
	SumNum    float64
	SumDen    float64
	R         float64  // ratio of sums
	SE        float64  // linearised
	Interval           // R ± t·SE with N-1 degrees of freedom
	KEff      float64  // (Σwx)²/Σ(wx)²: how many units the ratio of sums really rests on
	SEJack    float64  // jackknife; NaN where one unit holds the whole denominator
	Jackknife Interval // logit limits from SEJack with max(1, KEff-1) degrees of freedom: the product's default
	NRatios   int
	Mean      Mean    // of the units' ratios
	Median    float64 // of the units' ratios; type 7, weighted School
}

// pairs are rows of numerator y and denominator x.
type pairs struct{ y, x, w []float64 }

// usable says of one row whether both sides are there and whether they make a rate.
func usable(num, den float64) (present, valid bool) {
	present = !math.IsNaN(num) && !math.IsNaN(den)
	return present, present && num >= 0 && den >= 0 && !(den == 0 && num > 0)
}

// RatioOfSums estimates Σnum/Σden over rows (NaN: missing) with weights (nil: all 1). Rows with a missing side and
// invalid rows are counted and dropped, rows above 100% are counted and kept. Variances: linearised (Cochran 1977,
// chapter 6) and jackknife. Refuses BadWeight and ZeroWeightTotal, over all rows.
func RatioOfSums(num, den, weight []float64, level float64) (Ratio, error) {
	out := emptyRatio()
	if weight != nil {
		if err := checkWeights(weight); err != nil {
			return Ratio{}, err
		}
	}
	s, err := takeRows(len(num), weight, func(i int) bool { return weight == nil || weight[i] > 0 })
	if err != nil {
		return Ratio{}, err
	}
	for i := range num {
		present, valid := usable(num[i], den[i])
		out.NMissing += count(!present)
		out.NInvalid += count(present && !valid)
	}
	var p pairs
	var raw []float64
	for k, i := range s.at {
		if _, valid := usable(num[i], den[i]); valid {
			p.y, p.x, p.w = append(p.y, num[i]), append(p.x, den[i]), append(p.w, s.w[k])
			raw = append(raw, weightAt(weight, i))
			out.NOver += count(num[i] > den[i])
		}
	}
	out.N, out.SumNum, out.SumDen = len(p.y), dot(raw, p.y), dot(raw, p.x)
	exp := exponent(p.x) // rates don't depend on the unit of both sides, but squares of counts may be too large
	p.y, p.x = shifted(p.y, -exp), shifted(p.x, -exp)
	if dot(p.w, p.x) > 0 {
		out.estimate(p, level)
		err = out.perUnit(p, weight != nil, level)
	}
	return out, err
}

func emptyRatio() Ratio {
	nan := math.NaN()
	return Ratio{R: nan, SE: nan, Interval: noInterval, KEff: nan, SEJack: nan, Jackknife: noInterval,
		Mean: Mean{0, nan, nan, noInterval}, Median: nan}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func weightAt(weight []float64, i int) float64 {
	if weight == nil {
		return 1
	}
	return weight[i]
}

// estimate fills in the ratio of sums with both of its standard errors.
func (r *Ratio) estimate(p pairs, level float64) {
	n := float64(len(p.y))
	sy, sx := dot(p.w, p.y), dot(p.w, p.x)
	r.R = sy / sx
	wx, u := make([]float64, len(p.y)), make([]float64, len(p.y))
	for i := range p.y {
		wx[i] = p.w[i] * p.x[i]
		u[i] = p.w[i] * (p.y[i] - float64(r.R*p.x[i])) / sx
	}
	r.KEff = sx / dot(wx, wx) * sx
	if len(p.y) < 2 {
		return
	}
	r.SE = math.Sqrt(n / (n - 1) * spread(u))
	half := studentT(level, n-1) * r.SE
	r.Interval = Interval{r.R - half, r.R + half}
	r.jackknife(p, sy, sx, level)
}

// jackknife leaves out one unit at a time.
func (r *Ratio) jackknife(p pairs, sy, sx, level float64) {
	n, without := float64(len(p.y)), p.without(sy, sx)
	if without == nil {
		return
	}
	r.SEJack = math.Sqrt((n - 1) / n * spread(without))
	if r.R > 0 && r.R < 1 {
		r.Jackknife = logitLimits(r.R, studentT(level, math.Max(1, r.KEff-1))*r.SEJack)
	}
}

// without is the ratio of sums without each unit; nil where one unit holds all of the denominator.
func (p pairs) without(sy, sx float64) []float64 {
	out := make([]float64, len(p.y))
	for i := range p.y {
		rest := sx - float64(p.w[i]*p.x[i])
		if !(rest > 1e-12*sx) {
			return nil
		}
		out[i] = (sy - float64(p.w[i]*p.y[i])) / rest
	}
	return out
}

// perUnit fills in the mean and the median of the units' own ratios.
func (r *Ratio) perUnit(p pairs, weighted bool, level float64) (err error) {
	var ratios, w []float64
	for i, x := range p.x {
		if x > 0 {
			ratios, w = append(ratios, p.y[i]/x), append(w, p.w[i])
		}
	}
	r.NRatios = len(ratios)
	if r.Mean, err = MeanOf(ratios, w, level); err != nil {
		return err
	}
	if !weighted {
		r.Median = Quantile(Sorted(ratios), 0.5)
		return nil
	}
	r.Median, err = WeightedQuantile(ratios, w, 0.5, School)
	return err
}
