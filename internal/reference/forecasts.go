package reference

import (
	"math"

	"benchbook/internal/stat"
)

func plans(in *input) []stat.Plan {
	committed, rate := in.numbers("committed"), in.numbers("rate")
	actual, achieved := in.optional("actual"), in.optional("achieved")
	out := make([]stat.Plan, len(committed))
	for i := range out {
		units := math.Round(rate[i] * 1e4)
		if !(math.Abs(rate[i]*1e4-units) <= 1e-6 && math.Abs(units) <= 1e9) {
			in.fail("rate %v isn't a number of 1/10000", rate[i])
		}
		if math.IsNaN(committed[i]) {
			in.fail("a month without committed users")
		}
		out[i] = stat.Plan{Committed: committed[i], Rate: int64(units), Actual: at(actual, i), Achieved: at(achieved, i)}
	}
	return out
}

func at(v []float64, i int) float64 {
	if v == nil {
		return math.NaN()
	}
	return v[i]
}

func forecast(in *input) (any, error) {
	months, floor := plans(in), int64(in.whole("floor_percent"))
	basis := in.oneOf("basis", string(stat.Monthly), string(stat.Cumulative))
	f, err := stat.Forecasted(months, floor)
	if err != nil {
		return nil, err
	}
	out := object{"target": nums(f.Target), "target_int": f.TargetInt, "target_total": num(f.TargetTotal),
		"target_total_int": f.TargetTotalInt, "floor_int": append([]int64{}, f.FloorInt...), "floor_total_int": f.FloorTotalInt}
	switch {
	case !in.has("actual"):
		return out, nil
	case basis == string(stat.Cumulative):
		p, err := stat.AdjustCumulative(months, floor)
		out["factor_total"], out["adjusted_total"], out["adjusted_floor_total"] = num(p.Factor), num(p.Target), num(p.Floor)
		return out, err
	}
	return monthly(out, months, floor, in.has("achieved"))
}

func monthly(out object, months []stat.Plan, floor int64, judged bool) (any, error) {
	list, total, err := stat.AdjustMonthly(months, floor)
	factor, adjusted, floors, status := []any{}, []any{}, []any{}, []any{}
	for _, m := range list {
		factor, adjusted = append(factor, num(m.Factor)), append(adjusted, num(m.Target))
		var least, verdict any
		if m.Known {
			least = m.FloorInt
		}
		if m.Status != "" {
			verdict = m.Status
		}
		floors, status = append(floors, least), append(status, verdict)
	}
	out["factor"], out["adjusted"], out["adjusted_floor_int"], out["adjusted_total"] = factor, adjusted, floors, num(total)
	if judged {
		out["status"] = status
	}
	return out, err
}
