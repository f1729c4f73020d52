package stat

import (
	"math"
	"slices"
)

// WeightedRule says what a weighted quantile is where the cumulated weight meets the probability exactly.
type WeightedRule string

// The rules of a weighted quantile. School is the product's default.
const (
	Math   WeightedRule = "math"   // the smallest value with F(x) >= p
	School WeightedRule = "school" // the same, averaged with the next larger value where F(x) = p
)

// Weighted is a sample prepared for weighted quantiles: its distinct values with the weight cumulated to each. Make it
// with NewWeighted.
type Weighted struct {
	N      int       // rows, unweighted
	NEff   float64   // Kish's effective sample size; NaN without rows
	values []float64 // ascending, distinct
	upTo   []float64 // cumulated weight
	x, w   []float64 // the rows kept
}

// NewWeighted takes values (NaN: missing) and their weights (nil: all 1). Refuses BadWeight and ZeroWeightTotal.
func NewWeighted(x, weight []float64) (*Weighted, error) {
	s, x, err := takeValues(x, weight)
	if err != nil {
		return nil, err
	}
	out := &Weighted{N: len(x), NEff: kish(s.w), x: x, w: s.w}
	at := make([]int, len(x))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int { return compare(x[a], x[b]) })
	var cum total
	for _, i := range at {
		cum.add(s.w[i])
		if k := len(out.values); k > 0 && out.values[k-1] == x[i] {
			out.upTo[k-1] = cum.value()
			continue
		}
		out.values, out.upTo = append(out.values, x[i]), append(out.upTo, cum.value())
	}
	return out, nil
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Quantile is the weighted quantile at p by a rule. F and p are compared with a tolerance of 1e-12. NaN without rows or
// for p outside [0, 1].
func (s *Weighted) Quantile(p float64, rule WeightedRule) float64 {
	if s.N == 0 || !(p >= 0 && p <= 1) {
		return math.NaN()
	}
	last := len(s.values) - 1
	whole := s.upTo[last]
	target, slack := p*whole, 1e-12*whole
	i, _ := slices.BinarySearchFunc(s.upTo, target-slack, compare)
	i = min(i, last)
	if rule != Math && p > 0 && i < last && math.Abs(s.upTo[i]-target) <= slack {
		return mix(s.values[i], s.values[i+1], 0.5)
	}
	return s.values[i]
}

// WeightedQuantile is the weighted quantile of x at p; see Weighted.Quantile.
func WeightedQuantile(x, weight []float64, p float64, rule WeightedRule) (float64, error) {
	s, err := NewWeighted(x, weight)
	if err != nil {
		return math.NaN(), err
	}
	return s.Quantile(p, rule), nil
}

// WeightedQuantileInterval is a weighted quantile (School) with limits read off the weighted distribution at PLo and
// PHi. FAtQ is the share of weight at or below the quantile; NEff is Kish's effective sample size.
type WeightedQuantileInterval struct {
	N        int
	Q        float64
	FAtQ     float64
	NEff     float64
	PLo, PHi float64
	Interval
}

// CI is the interval that the product prints beside a weighted quantile: beta limits for p at Kish's effective
// sample size, inverted with the rule Math (Woodruff 1952). A limit at the smallest or largest value is open: NaN.
func (s *Weighted) CI(p, level float64) WeightedQuantileInterval {
	out := s.interval(p)
	if math.IsNaN(out.Q) || badLevel(level) {
		return out
	}
	alpha := 1 - level
	out.PLo = betaLo(alpha, s.NEff*p, s.NEff*(1-p)+1)
	out.PHi = betaHi(alpha, s.NEff*p+1, s.NEff*(1-p))
	if lo := s.Quantile(out.PLo, Math); lo != s.values[0] {
		out.Lo = lo
	}
	if hi := s.Quantile(out.PHi, Math); hi != s.values[len(s.values)-1] {
		out.Hi = hi
	}
	return out
}

// Woodruff is the interval of survey practice: the logit interval of the share at or below the quantile, inverted with
// the rule School (Woodruff 1952; Francisco and Fuller 1991). It covers too rarely in the tails of small samples; CI
// is the default. NaN for fewer than two rows and where no weight lies above the quantile.
func (s *Weighted) Woodruff(p, level float64) WeightedQuantileInterval {
	out := s.interval(p)
	if math.IsNaN(out.Q) || badLevel(level) {
		return out
	}
	below := make([]float64, s.N)
	for i, x := range s.x {
		if x <= out.Q {
			below[i] = 1
		}
	}
	f, v, df := linearised(below, s.w, nil, nil)
	out.FAtQ = f
	if s.N < 2 || f == 1 {
		return out
	}
	limits := logitLimits(f, studentT(level, df)*math.Sqrt(v))
	out.PLo, out.PHi = limits.Lo, limits.Hi
	out.Interval = Interval{s.Quantile(limits.Lo, School), s.Quantile(limits.Hi, School)}
	return out
}

func (s *Weighted) interval(p float64) WeightedQuantileInterval {
	nan := math.NaN()
	return WeightedQuantileInterval{s.N, s.Quantile(p, School), nan, s.NEff, nan, nan, noInterval}
}
