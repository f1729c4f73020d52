package reference

import (
	"maps"
	"slices"
	"strings"

	"benchbook/internal/stat"
)

func propWilson(in *input) (any, error) { return proportion(in, stat.Wilson) }

func propClopperPearson(in *input) (any, error) { return proportion(in, stat.ClopperPearson) }

func proportion(in *input, interval func(x, n, level float64) stat.Interval) (any, error) {
	x, n := in.number("x"), in.number("n")
	out := object{"n": num(n), "x": num(x), "p": num(x / n)}
	return withLimits(out, interval(x, n, in.level())), nil
}

func shareOptions(in *input) stat.ShareOptions {
	method := in.oneOf("method", string(stat.KornGraubard), string(stat.LogitShare), string(stat.PlainShare))
	return stat.ShareOptions{Level: in.level(), Method: stat.ShareMethod(method), Weight: in.weights()}
}

func question(in *input) stat.Question {
	return stat.Question{
		Options:   in.codes("options"),
		Missing:   in.codes("missing"),
		NotAsked:  in.codes("not_asked"),
		Sep:       in.word("sep"),
		None:      in.word("none"),
		OfAsked:   in.oneOf("denominator", "answered", "asked") == "asked",
		Estimator: shareOptions(in),
	}
}

func turnout(t stat.Turnout) object {
	return object{"n_rows": t.Rows, "n_asked": t.Asked, "n_missing": t.Missing, "n_answered": t.Answered}
}

func singleChoice(in *input) (any, error) {
	a, err := stat.SingleChoice(in.texts("y"), question(in))
	out, options := turnout(a.Turnout), object{}
	for _, o := range a.Options {
		options[o.Code] = withLimits(object{"n": o.N, "p": num(o.P)}, o.Interval)
	}
	out["denominator"], out["options"] = a.Base, options
	return out, err
}

func multiSelect(in *input) (any, error) {
	a, err := stat.MultiSelect(in.texts("y"), question(in))
	out, options := turnout(a.Turnout), object{}
	for _, o := range a.Options {
		option := object{"n": o.N, "p_respondents": num(o.P), "p_answers": num(o.OfAnswers)}
		options[o.Code] = withLimits(option, o.Interval)
	}
	out["n_answers"], out["mean_answers"], out["options"] = a.Answers, num(a.MeanAnswers), options
	return out, err
}

func propWeighted(in *input) (any, error) {
	o := shareOptions(in)
	o.Cluster, o.Stratum = in.optionalTexts("cluster"), in.optionalTexts("stratum")
	capped := true
	in.decode("cap_neff", &capped)
	o.Uncapped = !capped
	s, err := stat.WeightedShare(in.numbers("y"), o)
	return withLimits(object{"n": s.N, "sum_w": num(s.SumW), "p": num(s.P), "se": num(s.SE),
		"n_eff_kish": num(s.NEff), "deff": num(s.Deff), "df": num(s.DF)}, s.Interval), err
}

// weightsOrOnes is the weight of every row: 1 where the role isn't named.
func weightsOrOnes(in *input) []float64 {
	if w := in.weights(); w != nil {
		return w
	}
	return slices.Repeat([]float64{1}, len(in.rows))
}

func weightsSummary(in *input) (any, error) {
	s, err := stat.SummarizeWeights(weightsOrOnes(in))
	return object{"n": s.N, "sum": num(s.Sum), "mean": num(s.Mean), "min": num(s.Min), "max": num(s.Max),
		"cv2": num(s.CV2), "kish_deff": num(s.Deff), "n_eff": num(s.NEff)}, err
}

func margins(in *input) []stat.Margin {
	targets := map[string]map[string]*float64{}
	in.decode("targets", &targets)
	var out []stat.Margin
	for _, name := range in.roles["margins"] {
		m := stat.Margin{Category: in.column(name)}
		for _, category := range slices.Sorted(maps.Keys(targets[name])) {
			total := -1.0 // null is no target
			if v := targets[name][category]; v != nil {
				total = *v
			}
			m.Targets = append(m.Targets, stat.Target{Category: category, Total: total})
		}
		out = append(out, m)
	}
	if len(out) == 0 {
		in.fail("role %q names no column", "margins")
	}
	return out
}

func rake(in *input) (any, error) {
	m, weight := margins(in), in.weights()
	r, err := stat.Rake(m, weight)
	s := r.Summary
	out := object{"n": s.N, "sum_w": num(s.Sum), "kish_deff": num(s.Deff), "n_eff": num(s.NEff),
		"w_min": num(s.Min), "w_max": num(s.Max)}
	if weight != nil {
		first := make([]float64, 0, 20)
		for _, i := range r.At[:min(20, len(r.At))] {
			first = append(first, r.Weights[i])
		}
		out["first_weights"] = nums(first)
		return out, err
	}
	cells := object{}
	for _, i := range r.At {
		parts := make([]string, len(m))
		for k := range m {
			parts[k] = m[k].Category[i]
		}
		cells[strings.Join(parts, "|")] = num(r.Weights[i])
	}
	out["cells"] = cells
	return out, err
}

func trimWeights(in *input) (any, error) {
	t, err := stat.TrimWeights(weightsOrOnes(in), in.number("upper_x_median"))
	return object{"upper": num(t.Upper), "n_trimmed": t.NTrimmed, "sum_w": num(t.After.Sum), "w_max": num(t.After.Max),
		"kish_deff_before": num(t.Before.Deff), "kish_deff_after": num(t.After.Deff), "weights": nums(t.Weights)}, err
}

func propCalibrated(in *input) (any, error) {
	s, err := stat.ShareAfterRaking(in.numbers("y"), margins(in), in.weights(), in.level())
	return withLimits(object{"n": s.N, "p": num(s.P), "se_calibrated": num(s.SE), "se_fixed_weights": num(s.SEFixed)},
		s.Interval), err
}

func mean(in *input) (any, error) {
	m, err := stat.MeanOf(in.numbers("x"), in.weights(), in.level())
	return withLimits(object{"n": m.N, "mean": num(m.Mean), "se": num(m.SE)}, m.Interval), err
}
