package client

import (
	"math"

	"benchbook/internal/stat"
)

// Change is what became of a KPI since the period before, and whether it counts.
type Change struct {
	Diff   float64 // in the KPI's unit; of a percentage a fraction of 1; NaN where nothing is compared
	Share  float64 // of the value before; NaN where that is zero or the KPI is a percentage
	Better bool
	Counts bool
	Why    string // why it counts, or does not
}

// ordinary is how many times the usual step between periods a count has to move
// to be more than the usual up and down (the median absolute step of the trend).
const ordinary = 2

// change compares with the period before. A change counts when it crosses a line
// or the floor of the forecast, when the two shares differ by more than chance
// (Newcombe's interval leaves zero out), or when a count moves beyond its usual step.
func (s *Score) change(before *Promise, line string) Change {
	out := Change{Diff: math.NaN(), Share: math.NaN()}
	if !s.Compared {
		out.Why = "两期不都完整，不比较"
		return out
	}
	now, then := s.Now.Float(), s.Before.Float()
	out.Diff = now - then
	if !s.KPI.Percent && then != 0 {
		out.Share = out.Diff / then
	}
	out.Better = s.KPI.better(out.Diff)
	switch {
	case out.Diff == 0:
		out.Why = "与上期相同"
	case s.Line != line:
		out.Counts, out.Why = true, "从"+line+"到"+s.Line
	case before != nil && s.Promise != nil && before.Status != s.Promise.Status:
		out.Counts, out.Why = true, "对预测从「"+before.Status.Title()+"」到「"+s.Promise.Status.Title()+"」"
	default:
		out.Counts, out.Why = s.beyondChance()
	}
	return out
}

func (s *Score) beyondChance() (bool, string) {
	if s.KPI.Percent && s.KPI.Numerator != "" {
		x1, n1 := s.Before.whole()
		x2, n2 := s.Now.whole()
		c := stat.DiffProp(float64(x1), float64(n1), float64(x2), float64(n2), 0.95)
		switch {
		case math.IsNaN(c.Lo):
			return false, "不是人数之比，无从检验"
		case c.Lo > 0 || c.Hi < 0:
			return true, "超出抽样误差"
		}
		return false, "在抽样误差之内"
	}
	usual, known := s.usualStep()
	switch step := math.Abs(s.Now.Float() - s.Before.Float()); {
	case !known:
		return false, "期数太少，看不出平常的波动"
	case step > ordinary*usual:
		return true, "超过平常波动的两倍"
	}
	return false, "在平常的波动之内"
}

// usualStep is the median step between complete neighbours of the trend, the
// last one left out, of which there have to be three.
func (s *Score) usualStep() (float64, bool) {
	var steps []float64
	for i := 1; i < len(s.Trend)-1; i++ {
		a, b := s.Trend[i-1], s.Trend[i]
		if a.Complete && b.Complete && a.Value.Known && b.Value.Known {
			steps = append(steps, math.Abs(b.Value.Float()-a.Value.Float()))
		}
	}
	if len(steps) < 3 {
		return 0, false
	}
	return stat.Quantile(stat.Sorted(steps), 0.5), true
}
