package reference

import (
	"math"

	"benchbook/internal/stat"
)

func ratio(in *input) (any, error) {
	r, err := stat.RatioOfSums(in.numbers("num"), in.numbers("den"), in.weights(), in.level())
	return withLimits(object{"n": r.N, "n_missing": r.NMissing, "n_invalid": r.NInvalid, "n_over": r.NOver,
		"sum_num": num(r.SumNum), "sum_den": num(r.SumDen), "ratio_of_sums": num(r.R), "se": num(r.SE),
		"k_eff": num(r.KEff), "se_jackknife": num(r.SEJack), "jl_lo": num(r.Jackknife.Lo), "jl_hi": num(r.Jackknife.Hi),
		"n_ratios": r.NRatios, "mean_of_ratios": num(r.Mean.Mean), "mean_lo": num(r.Mean.Lo), "mean_hi": num(r.Mean.Hi),
		"median_of_ratios": num(r.Median)}, r.Interval), err
}

func betaBinomial(in *input) (any, error) {
	method := stat.FitMethod(in.oneOf("method", string(stat.MaximumLikelihood), string(stat.Moments)))
	s, err := stat.BetaBinomial(in.numbers("num"), in.numbers("den"), method, in.level())
	mean, lo, hi := []any{}, []any{}, []any{}
	for _, p := range s.Posterior {
		mean, lo, hi = append(mean, num(p.Mean)), append(lo, num(p.Lo)), append(hi, num(p.Hi))
	}
	return object{"k": s.K, "mu": num(s.Mu), "rho": num(s.Rho), "alpha": num(s.Alpha), "beta": num(s.Beta),
		"post_mean": mean, "post_lo": lo, "post_hi": hi}, err
}

func bands(in *input) (any, error) {
	var given []struct {
		Name     string   `json:"name"`
		Lo       *float64 `json:"lo"`
		Hi       *float64 `json:"hi"`
		LoClosed bool     `json:"lo_closed"`
		HiClosed bool     `json:"hi_closed"`
	}
	in.decode("bands", &given)
	if len(given) == 0 {
		in.fail("parameter %q names no band", "bands")
	}
	list := make([]stat.Band, len(given))
	for i, b := range given {
		list[i] = stat.Band{Name: b.Name, Lo: bound(b.Lo), Hi: bound(b.Hi), LoClosed: b.LoClosed, HiClosed: b.HiClosed}
	}
	t, err := stat.Bands(in.numbers("num"), in.numbers("den"), list, in.level())
	out := object{}
	for _, b := range t.Bands {
		out[b.Name] = withLimits(object{"n": b.N, "share": num(b.Share),
			"sim_lo": num(b.Simultaneous.Lo), "sim_hi": num(b.Simultaneous.Hi)}, b.Interval)
	}
	return object{"n": t.N, "n_excluded": t.Excluded, "bands": out}, err
}

func bound(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}
