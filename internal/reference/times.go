package reference

import (
	"errors"
	"math"

	"benchbook/internal/stat"
)

// censored reads times and events; a row without an event flag is as good as one without a time.
func censored(in *input) (times []float64, events []bool) {
	times = in.numbers("time")
	events, known := in.flags("event")
	for i := range times {
		if !known[i] {
			times[i] = math.NaN()
		}
	}
	return times, events
}

func survival(in *input) (*stat.Survival, error) {
	conf := stat.ConfType(in.oneOf("conf_type", string(stat.LogLog), string(stat.LogScale), string(stat.Plain)))
	times, events := censored(in)
	return stat.KaplanMeier(times, events, in.level(), conf)
}

func km(in *input) (any, error) {
	s, err := survival(in)
	if err != nil {
		return nil, err
	}
	at := object{}
	for _, t := range in.numberList("times") {
		r := s.At(t)
		at[key(t)] = withLimits(object{"paid": num(r.Share), "at_risk": r.AtRisk}, r.Interval)
	}
	q25, _ := s.Quantile(0.25)
	q75, _ := s.Quantile(0.75)
	median, limits := s.Median()
	return object{"n": s.N, "events": s.Events, "q25": num(q25), "q75": num(q75), "median": num(median),
		"median_lo": num(limits.Lo), "median_hi": num(limits.Hi), "at": at, "naive_mean_paid": num(s.NaiveMean)}, nil
}

func kmCurve(in *input) (any, error) {
	s, err := survival(in)
	if err != nil {
		return nil, err
	}
	time, risk, events := []any{}, []any{}, []any{}
	surv, se, lo, hi := []any{}, []any{}, []any{}, []any{}
	for _, e := range s.Steps {
		time, risk, events = append(time, num(e.Time)), append(risk, e.AtRisk), append(events, e.Events)
		surv, se = append(surv, num(e.S)), append(se, num(e.SE))
		lo, hi = append(lo, num(e.Lo)), append(hi, num(e.Hi))
	}
	return object{"time": time, "at_risk": risk, "events": events, "surv": surv, "se_greenwood": se,
		"lo": lo, "hi": hi}, nil
}

func logrank(in *input) (any, error) {
	times, events := censored(in)
	group := in.texts("group")
	for i, g := range group {
		if g == "" {
			times[i] = math.NaN()
		}
	}
	t, err := stat.LogRankTest(times, events, group)
	return object{"chisq": num(t.ChiSquare), "df": t.DF, "p_value": num(t.P)}, err
}

// payback answers per entity; an entity that is refused doesn't take the others with it.
func payback(in *input) (any, error) {
	entity, month := in.texts("entity"), in.numbers("month")
	revenue, cost := in.numbers("revenue"), in.numbers("cost")
	ledger := map[string][]stat.Month{}
	for i, e := range entity {
		if e == "" {
			continue
		}
		ledger[e] = append(ledger[e], stat.Month{Month: month[i], Revenue: revenue[i], Cost: cost[i]})
	}
	out := object{}
	for e, months := range ledger {
		p, err := stat.Payback(months)
		var refusal stat.Refusal
		if errors.As(err, &refusal) {
			out[e] = refused(refusal)
			continue
		}
		out[e] = object{"event": p.Event, "payback": num(p.Payback), "payback_int": num(p.PaybackMonth),
			"never_negative": p.NeverNegative, "relapsed": p.Relapsed, "breakeven": num(p.Breakeven), "observed": num(p.Observed)}
	}
	return out, nil
}

func binnedQuantiles(in *input) (any, error) {
	lo, hi, counts := in.numbers("lo"), in.numbers("hi"), in.numbers("count")
	list := make([]stat.Bin, len(lo))
	for i := range lo {
		if math.IsNaN(lo[i]) {
			in.fail("a bin without a lower end")
		}
		list[i] = stat.Bin{Lo: lo[i], Hi: hi[i], Count: counts[i]}
	}
	b, err := stat.NewBinned(list)
	if err != nil {
		return nil, err
	}
	out, shares := object{"n": num(b.N)}, []any{}
	for name, q := range map[string]float64{"q1": 0.25, "median": 0.5, "q3": 0.75} {
		v := b.Quantile(q)
		out[name], out[name+"_bin"] = num(v.Value), nil
		if v.Bin != "" {
			out[name+"_bin"] = v.Bin
		}
	}
	for _, s := range b.Shares(in.level()) {
		shares = append(shares, withLimits(object{"n": num(s.Count), "share": num(s.Share)}, s.Interval))
	}
	out["bins"] = shares
	return out, nil
}

func binExact(in *input) (any, error) {
	b, err := stat.BinExact(in.numbers("x"), in.numberList("lower"))
	counts := append([]int{}, b.Counts...)
	return object{"n": b.N, "below_first": b.BelowFirst, "counts": counts, "median_exact": num(b.Median)}, err
}
