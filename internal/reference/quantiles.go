package reference

import (
	"math"

	"benchbook/internal/stat"
)

// perProbability lays out a quantile for every probability of the case.
func perProbability(in *input, n int, f func(p float64) float64) object {
	q := object{}
	for _, p := range in.numberList("probs") {
		q[key(p)] = num(f(p))
	}
	return object{"n": n, "q": q}
}

func quantile(in *input) (any, error) {
	x := stat.Sorted(in.numbers("x"))
	kind := stat.QuantileType(in.numberOr("type", 7))
	if math.IsNaN(stat.QuantileOfType([]float64{0}, 0, kind)) {
		in.fail("quantile type %v isn't known", kind)
	}
	return perProbability(in, len(x), func(p float64) float64 { return stat.QuantileOfType(x, p, kind) }), nil
}

func weightedQuantile(in *input) (any, error) {
	rule := stat.WeightedRule(in.oneOf("rule", string(stat.School), string(stat.Math)))
	s, err := stat.NewWeighted(in.numbers("x"), in.weights())
	if err != nil {
		return nil, err
	}
	return perProbability(in, s.N, func(p float64) float64 { return s.Quantile(p, rule) }), nil
}

func rank(k int) any {
	if k == 0 {
		return nil
	}
	return k
}

func quantileCI(in *input) (any, error) {
	q := stat.QuantileCI(stat.Sorted(in.numbers("x")), in.number("prob"), in.level())
	return withLimits(object{"n": q.N, "q": num(q.Q), "rank_lo": rank(q.RankLo), "rank_hi": rank(q.RankHi),
		"coverage": num(q.Coverage)}, q.Interval), nil
}

func weightedInterval(in *input, f func(s *stat.Weighted, p, level float64) stat.WeightedQuantileInterval) (any, error) {
	s, err := stat.NewWeighted(in.numbers("x"), in.weights())
	if err != nil {
		return nil, err
	}
	q := f(s, in.number("prob"), in.level())
	return withLimits(object{"n": q.N, "q": num(q.Q), "f_at_q": num(q.FAtQ), "n_eff": num(q.NEff),
		"p_lo": num(q.PLo), "p_hi": num(q.PHi)}, q.Interval), nil
}

func weightedQuantileCI(in *input) (any, error) {
	return weightedInterval(in, (*stat.Weighted).Woodruff)
}

func weightedQuantileCIKish(in *input) (any, error) { return weightedInterval(in, (*stat.Weighted).CI) }

func boxplot(in *input) (any, error) {
	rule := stat.BoxRule(in.oneOf("rule", string(stat.BoxType7), string(stat.BoxHinge)))
	b := stat.BoxPlot(stat.Sorted(in.numbers("x")), rule)
	return object{"n": b.N, "q1": num(b.Q1), "median": num(b.Median), "q3": num(b.Q3),
		"whisker_lo": num(b.WhiskerLo), "whisker_hi": num(b.WhiskerHi), "outliers": nums(b.Outliers)}, nil
}

func groupedMedian(in *input) (any, error) {
	x, group := in.numbers("x"), in.texts("group")
	for i, g := range group {
		if g == "" {
			x[i] = math.NaN() // a row without a group is in none
		}
	}
	minN := int(in.numberOr("min_n", 1))
	out := object{}
	for g, m := range stat.GroupedMedians(x, group, minN, in.level()) {
		out[g] = withLimits(object{"n": m.N, "suppressed": m.Suppressed, "median": num(m.Q)}, m.Interval)
	}
	return out, nil
}
