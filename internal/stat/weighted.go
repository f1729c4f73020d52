package stat

import "math"

// sample is the rows that an estimator uses, with their weights scaled by a power of two (exactly, so that squares
// neither overflow nor lose digits) and the sum of the weights as given.
type sample struct {
	at   []int // positions in the input
	w    []float64
	sumW float64
}

// checkWeights refuses weights that aren't finite or are negative, and rows that all weigh 0.
func checkWeights(w []float64) error {
	positive := len(w) == 0
	for _, v := range w {
		if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
			return BadWeight
		}
		positive = positive || v > 0
	}
	if !positive {
		return ZeroWeightTotal
	}
	return nil
}

// takeRows keeps the rows for which present says so, checks their weights, and drops those of weight 0.
func takeRows(n int, weight []float64, present func(i int) bool) (sample, error) {
	at := make([]int, 0, n)
	for i := range n {
		if present(i) {
			at = append(at, i)
		}
	}
	if weight == nil {
		w := make([]float64, len(at))
		for i := range w {
			w[i] = 1
		}
		return sample{at, w, float64(len(w))}, nil
	}
	w := gather(weight, at)
	if err := checkWeights(w); err != nil {
		return sample{}, err
	}
	s := sample{at: at[:0]}
	for i, v := range w {
		if v > 0 {
			s.at, s.w = append(s.at, at[i]), append(s.w, v)
		}
	}
	s.sumW = sumOf(s.w)
	s.w = scaled(s.w)
	return s, nil
}

// scaled divides weights by the power of two next to the largest.
func scaled(w []float64) []float64 { return shifted(w, -exponent(w)) }

// exponent is that of the power of two next to the largest size among values.
func exponent(v []float64) int {
	top := 0.0
	for _, x := range v {
		top = math.Max(top, math.Abs(x))
	}
	_, exp := math.Frexp(top)
	return exp
}

// shifted multiplies by a power of two.
func shifted(v []float64, exp int) []float64 {
	out := make([]float64, len(v))
	for i, x := range v {
		out[i] = math.Ldexp(x, exp)
	}
	return out
}

// takeValues keeps the rows whose value isn't missing.
func takeValues(x, weight []float64) (sample, []float64, error) {
	s, err := takeRows(len(x), weight, func(i int) bool { return !math.IsNaN(x[i]) })
	return s, gather(x, s.at), err
}

// kish is the effective sample size (Σw)²/Σw² (Kish 1965); NaN without rows.
func kish(w []float64) float64 {
	if len(w) == 0 {
		return math.NaN()
	}
	s := sumOf(w)
	return s * s / dot(w, w)
}

// ShareMethod names the interval of a weighted share.
type ShareMethod string

// The intervals of a weighted share. KornGraubard is the default.
const (
	KornGraubard ShareMethod = "beta"   // beta limits at the effective sample size (Korn and Graubard 1998)
	LogitShare   ShareMethod = "xlogit" // symmetric on the logit scale
	PlainShare   ShareMethod = "mean"   // p ± t·se, not clipped
)

// ShareOptions says how a weighted share is estimated. The zero value is the product's default: every row weighs 1,
// rows are independent, 95%, Korn-Graubard with the effective size capped at n.
type ShareOptions struct {
	Level    float64     // confidence level; 0 means DefaultLevel
	Method   ShareMethod // "" means KornGraubard
	Uncapped bool        // lets the effective sample size exceed n
	Weight   []float64   // nil: all 1
	Cluster  []string    // nil: every row is its own cluster; ids count within a stratum
	Stratum  []string    // nil: one stratum
}

// Share is an estimated share. P, SE, Lo, Hi are fractions of 1. SE, Deff and the limits are NaN where a single
// row (or a stratum with a single cluster) leaves the variance unknown; Deff is NaN at 0% and 100% too.
type Share struct {
	N    int     // rows used, unweighted
	SumW float64 // sum of their weights as given
	P    float64
	SE   float64
	NEff float64 // Kish's effective sample size: about the weights alone
	Deff float64 // design effect of this estimate
	DF   float64 // clusters minus strata
	Interval
}

// WeightedShare estimates the weighted share of rows with y = 1 among rows with y 0 or 1 (NaN: missing), with the
// linearised variance of a design with weights, clusters and strata, and the interval that the options name. At 0% and
// 100% every method gives the beta limits at Kish's effective size. Refuses BadWeight and ZeroWeightTotal.
func WeightedShare(y []float64, o ShareOptions) (Share, error) {
	s, y, err := takeValues(y, o.Weight)
	if err != nil {
		return Share{}, err
	}
	nan := math.NaN()
	out := Share{N: len(y), SumW: s.sumW, P: nan, SE: nan, NEff: kish(s.w), Deff: nan, DF: nan, Interval: noInterval}
	if len(y) == 0 {
		return out, nil
	}
	var v float64
	out.P, v, out.DF = linearised(y, s.w, gather(o.Cluster, s.at), gather(o.Stratum, s.at))
	out.finish(v, o)
	return out, nil
}

// finish fills in standard error, design effect and limits from the variance v.
func (s *Share) finish(v float64, o ShareOptions) {
	level := level95(o.Level)
	sure := s.P == 0 || s.P == 1
	if sure && s.N > 1 {
		v = 0
	}
	s.SE = math.Sqrt(v)
	if !sure {
		s.Deff = v * float64(s.N-1) / (s.P * (1 - s.P))
	}
	switch t := studentT(level, s.DF) * s.SE; {
	case sure:
		s.Interval = betaLimits(s.P, s.NEff, 1-level)
	case o.Method == PlainShare:
		s.Interval = Interval{s.P - t, s.P + t}
	case o.Method == LogitShare:
		s.Interval = logitLimits(s.P, t)
	default:
		s.Interval = kornGraubard(s.P, v, float64(s.N), s.DF, level, !o.Uncapped)
	}
}

// linearised returns the weighted mean, its linearised variance and the degrees of freedom (Cochran 1977; Lumley
// 2010). The mean is exactly 0 or 1 when every y is.
func linearised(y, w []float64, cluster, stratum []string) (mean, v, df float64) {
	whole := sumOf(w)
	mean = dot(w, y) / whole
	if same(y) {
		mean = y[0]
	}
	if len(y) == 1 {
		return mean, math.NaN(), 0
	}
	z := make([]float64, len(y))
	for i := range y {
		z[i] = w[i] * (y[i] - mean) / whole
	}
	v, df = designVariance(z, cluster, stratum)
	return mean, v, df
}

func same(y []float64) bool {
	for _, v := range y {
		if v != y[0] {
			return false
		}
	}
	return true
}

// designVariance is Σ_h m_h/(m_h-1) Σ_j (z_hj - z̄_h)² over strata h and clusters j, and clusters minus strata. A
// stratum with one cluster has no variance: NaN.
func designVariance(z []float64, cluster, stratum []string) (v, df float64) {
	var all total
	clusters, strata := 0, groupBy(len(z), stratum)
	for _, rows := range strata {
		sums := clusterSums(z, rows, cluster)
		m := float64(len(sums))
		clusters += len(sums)
		all.add(m / (m - 1) * spread(sums))
	}
	return all.value(), float64(clusters - len(strata))
}

func clusterSums(z []float64, rows []int, cluster []string) []float64 {
	if cluster == nil {
		return gather(z, rows)
	}
	groups := groupBy(len(rows), gather(cluster, rows))
	sums := make([]float64, len(groups))
	for j, g := range groups {
		sums[j] = sum(len(g), func(i int) float64 { return z[rows[g[i]]] })
	}
	return sums
}

// groupBy returns the positions of each distinct key, in the order in which keys first occur; nil keys are one group.
func groupBy(n int, key []string) [][]int {
	var groups [][]int
	index := map[string]int{}
	for i := range n {
		k := ""
		if key != nil {
			k = key[i]
		}
		g, ok := index[k]
		if !ok {
			g = len(groups)
			index[k], groups = g, append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	return groups
}
