package stat

import "math"

// Panel is the same units in two editions. Weight (nil: all 1) is the newer edition's: what the unit stands for now.
// Cluster (nil: every unit is its own) says which units belong together.
type Panel struct {
	Old, New []float64
	Weight   []float64
	Cluster  []string
}

// DiffPairedShares is the change of a weighted share among the same units, from 0/1 answers: the weighted mean of the
// units' own changes with its linearised variance. Limits are Bonett and Price's (2012) at the effective number of units
// n_e = (g+l-(g-l)²)/v of the shares g that gained and l that lost it, at most n, Kish's where nobody changed; without
// weights and clusters DiffPaired is exact. Refuses BadWeight and ZeroWeightTotal.
func DiffPairedShares(p Panel, level float64) (Difference, error) {
	s, d, err := p.changes(func(older, newer float64) float64 { return newer - older })
	if err != nil || len(d) == 0 || badLevel(level) {
		return noDifference, err
	}
	mean, v, df := linearised(d, s.w, gather(p.Cluster, s.at), nil)
	out := Difference{mean, math.Sqrt(v), df, noInterval, differenceP(mean, math.Sqrt(v), df)}
	changed := make([]float64, len(d))
	for i := range d {
		changed[i] = math.Abs(d[i])
	}
	any := dot(s.w, changed) / sumOf(s.w)
	n := math.Min(float64(len(d)), (any-mean*mean)/v)
	if !(v > 0) {
		n = kish(s.w)
	}
	a, b := (n*(any+mean)/2+1)/(n+2), (n*(any-mean)/2+1)/(n+2)
	half := studentT(level, df) * math.Sqrt((a+b-(a-b)*(a-b))/(n+2))
	out.Interval = Interval{math.Max(-1, a-b-half), math.Min(1, a-b+half)}
	return out, nil
}

// DiffPairedMeans is the mean of the units' own changes with its t interval (Cochran 1977). Refuses BadWeight and
// ZeroWeightTotal.
func DiffPairedMeans(p Panel, level float64) (Difference, error) {
	s, d, err := p.changes(func(older, newer float64) float64 { return newer - older })
	if err != nil || len(d) == 0 {
		return noDifference, err
	}
	mean, v, df := linearised(d, s.w, gather(p.Cluster, s.at), nil)
	se := math.Sqrt(v)
	half := studentT(level, df) * se
	return Difference{mean, se, df, Interval{mean - half, mean + half}, differenceP(mean, se, df)}, nil
}

// DiffPairedQuantiles is how far the quantile at q of the units has moved: of a type (Hyndman and Fan) without weights, by
// the rule School with them. The two quantiles are correlated as the units' being at or below them is. Refuses BadWeight
// and ZeroWeightTotal.
func DiffPairedQuantiles(p Panel, q, level float64, kind QuantileType) (Difference, error) {
	s, _, err := p.changes(func(older, newer float64) float64 { return older + newer })
	if err != nil || len(s.at) == 0 {
		return noDifference, err
	}
	var limited [2]Limited
	var below [2][]float64
	for e, x := range [][]float64{gather(p.Old, s.at), gather(p.New, s.at)} {
		if limited[e], err = quantileOf(x, gather(p.Weight, s.at), q, kind); err != nil {
			return noDifference, err
		}
		for _, v := range x {
			below[e] = append(below[e], float64(count(v <= limited[e].Value)))
		}
	}
	r := correlation(scores(below[0], s.w), scores(below[1], s.w), gather(p.Cluster, s.at))
	return DiffLimited(limited[0], limited[1], r, level), nil
}

// quantileOf is a quantile with its limits at any level.
func quantileOf(x, weight []float64, q float64, kind QuantileType) (Limited, error) {
	if weight == nil {
		x = Sorted(x)
		return Limited{QuantileOfType(x, q, kind), func(level float64) Interval { return QuantileCI(x, q, level).Interval }}, nil
	}
	w, err := NewWeighted(x, weight)
	if err != nil {
		return Limited{}, err
	}
	return Limited{w.Quantile(q, School), func(level float64) Interval { return w.CI(q, level).Interval }}, nil
}

// changes applies f to the units that answered in both editions.
func (p Panel) changes(f func(older, newer float64) float64) (sample, []float64, error) {
	d := make([]float64, len(p.Old))
	for i := range d {
		d[i] = f(p.Old[i], p.New[i])
	}
	return takeValues(d, p.Weight)
}

// scores are the parts of the units in the error of a weighted mean.
func scores(y, w []float64) []float64 {
	mean := dot(w, y) / sumOf(w)
	z := make([]float64, len(y))
	for i := range y {
		z[i] = w[i] * (y[i] - mean)
	}
	return z
}

// correlation of two sets of scores, of clusters where there are any; 0 where one of them doesn't vary.
func correlation(a, b []float64, cluster []string) float64 {
	a, b = clusterSums(a, all(len(a)), cluster), clusterSums(b, all(len(b)), cluster)
	ma, mb := sumOf(a)/float64(len(a)), sumOf(b)/float64(len(b))
	cross := sum(len(a), func(i int) float64 { return float64((a[i] - ma) * (b[i] - mb)) })
	size := math.Sqrt(spread(a)) * math.Sqrt(spread(b))
	if !(size > 0) {
		return 0
	}
	return math.Max(-1, math.Min(1, cross/size))
}

// RatioPanel is the rates of the same units in two editions, numerators of denominators.
type RatioPanel struct {
	OldNum, OldDen, NewNum, NewDen []float64
	Weight                         []float64 // nil: all 1
}

// DiffPairedRatios is the change of the ratio of sums of the same units, with the jackknife variance of the change and
// t with max(1, k-1) degrees of freedom, k the smaller of the two effective numbers of units. Units that make no
// rate in one of the editions are left out. NaN where one unit holds a whole denominator. Refuses BadWeight and
// ZeroWeightTotal.
func DiffPairedRatios(p RatioPanel, level float64) (Difference, error) {
	s, err := takeRows(len(p.OldNum), p.Weight, func(i int) bool {
		_, before := usable(p.OldNum[i], p.OldDen[i])
		_, now := usable(p.NewNum[i], p.NewDen[i])
		return before && now
	})
	if err != nil || len(s.at) == 0 {
		return noDifference, err
	}
	older := leaveOneOut(gather(p.OldNum, s.at), gather(p.OldDen, s.at), s.w)
	newer := leaveOneOut(gather(p.NewNum, s.at), gather(p.NewDen, s.at), s.w)
	out := noDifference
	if out.Diff = newer.whole - older.whole; older.without == nil || newer.without == nil || len(s.at) < 2 {
		return out, nil
	}
	d := make([]float64, len(s.at))
	for i := range d {
		d[i] = newer.without[i] - older.without[i]
	}
	n := float64(len(d))
	out.SE = math.Sqrt((n - 1) / n * spread(d))
	out.DF = math.Max(1, math.Min(older.kEff, newer.kEff)-1)
	half := studentT(level, out.DF) * out.SE
	out.Interval = Interval{out.Diff - half, out.Diff + half}
	out.P = differenceP(out.Diff, out.SE, out.DF)
	return out, nil
}

// outs is a ratio of sums, and without each unit in turn.
type outs struct {
	whole, kEff float64
	without     []float64 // nil where it isn't defined
}

func leaveOneOut(y, x, w []float64) outs {
	exp := exponent(x)
	p := pairs{shifted(y, -exp), shifted(x, -exp), w}
	sy, sx := dot(p.w, p.y), dot(p.w, p.x)
	wx := make([]float64, len(x))
	for i := range x {
		wx[i] = p.w[i] * p.x[i]
	}
	return outs{sy / sx, sx / dot(wx, wx) * sx, p.without(sy, sx)}
}
