package reference

import (
	"math"

	"benchbook/internal/stat"
)

func diffProp(in *input) (any, error) {
	c := stat.DiffProp(in.number("x1"), in.number("n1"), in.number("x2"), in.number("n2"), in.level())
	out := object{"diff": num(c.Diff), "p_value": num(c.P), "p_method": nil}
	if c.Test != stat.NotTested {
		out["p_method"] = string(c.Test)
	}
	return withLimits(out, c.Interval), nil
}

func diffPropWeighted(in *input) (any, error) {
	y, weight, edition := in.numbers("y"), in.weights(), in.texts("edition")
	of := func(param string) (stat.Share, error) {
		which := in.word(param)
		o := stat.ShareOptions{Level: in.level()}
		var rows []float64
		if weight != nil {
			o.Weight = []float64{}
		}
		for i, e := range edition {
			if e != which {
				continue
			}
			rows = append(rows, y[i])
			if weight != nil {
				o.Weight = append(o.Weight, weight[i])
			}
		}
		return stat.WeightedShare(rows, o)
	}
	older, err := of("old")
	if err != nil {
		return nil, err
	}
	newer, err := of("new")
	if err != nil {
		return nil, err
	}
	c := stat.DiffWeighted(older, newer)
	return withLimits(object{"p_old": num(c.Old.P), "p_new": num(c.New.P), "diff": num(c.Diff), "se": num(c.SE),
		"df": num(c.DF), "p_value": num(c.P)}, c.Interval), nil
}

func diffPropPaired(in *input) (any, error) {
	c := stat.DiffPaired(in.number("both"), in.number("gained"), in.number("lost"), in.number("neither"), in.level())
	return withLimits(object{"diff": num(c.Diff), "p_value": num(c.P)}, c.Interval), nil
}

func pAdjust(in *input) (any, error) {
	method := stat.Adjustment(in.oneOf("method", string(stat.Holm), string(stat.BenjaminiHochberg)))
	alpha := in.numberOr("alpha", 0.05)
	adjusted := stat.AdjustP(in.numbers("p"), method)
	m, significant := 0, make([]any, len(adjusted))
	for i, p := range adjusted {
		if !math.IsNaN(p) {
			m++
			significant[i] = p <= alpha
		}
	}
	return object{"m": m, "adjusted": nums(adjusted), "significant": significant}, nil
}

func percentileRank(in *input) (any, error) {
	r := stat.PercentileRank(in.numbers("x"), in.number("value"), in.level())
	return withLimits(object{"n": r.N, "below": r.Below, "equal": r.Equal, "rank": num(r.Rank)}, r.Interval), nil
}
