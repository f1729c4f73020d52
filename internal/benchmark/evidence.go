package benchmark

import (
	"math"

	"benchbook/internal/stat"
)

// evidence is what comparing an estimate with another needs beyond value and
// limits: a standard error, or what gives limits at any level. The zero
// evidence compares nothing. It may hold raw values and never leaves the room.
type evidence struct {
	se, df   float64 // of a rate, a mean, a share of a curve; df is above 0 then
	at       float64 // probability of a quantile
	sorted   []float64
	weighted *stat.Weighted
	curve    *stat.Survival
}

// measured says that there is a standard error.
func (e evidence) measured() bool { return e.df > 0 && !math.IsNaN(e.se) }

// limited says that there are limits at any level.
func (e evidence) limited() bool { return e.sorted != nil || e.weighted != nil || e.curve != nil }

// limits are those at a level.
func (e evidence) limits(level float64) stat.Interval {
	switch {
	case e.weighted != nil:
		return e.weighted.CI(e.at, level).Interval
	case e.curve != nil:
		_, limits := e.curve.AtLevel(level).Quantile(e.at)
		return limits
	}
	return stat.QuantileCI(e.sorted, e.at, level).Interval
}

// comparable says that an estimate can be held against another of its kind.
func (e *Estimate) comparable() bool {
	if math.IsNaN(e.Value) {
		return false
	}
	return e.Share && e.Units > 0 || e.evidence.measured() || e.evidence.limited()
}

// difference is b minus a, of independent samples, with the method that it was
// found by.
func (t *Table) difference(a, b *Estimate) (stat.Difference, Method) {
	switch {
	case a.Counted && b.Counted:
		d := stat.DiffProp(float64(a.Count), float64(a.Base), float64(b.Count), float64(b.Base), level)
		return stat.Difference{Diff: d.Diff, Interval: d.Interval, P: d.P}, Newcombe
	case a.Units > 0 && b.Units > 0:
		d := stat.DiffWeighted(a.asShare(), b.asShare())
		return stat.Difference{Diff: d.Diff, Interval: d.Interval, P: d.P}, WeightedChange
	case a.evidence.measured() && b.evidence.measured():
		return stat.DiffMeasured(a.asMeasured(), b.asMeasured()), MeasuredChange
	case a.evidence.limited() && b.evidence.limited():
		return stat.DiffLimited(a.asLimited(), b.asLimited(), 0, level), QuantileChange
	}
	nan := math.NaN()
	return stat.Difference{Diff: b.Value - a.Value, Interval: stat.Interval{Lo: nan, Hi: nan}, P: nan}, PlainChange
}

// asShare is an estimate as package stat compares it.
func (e *Estimate) asShare() stat.Share {
	s := stat.Share{N: e.Units, P: e.Value, SE: e.SE, Interval: stat.Interval{Lo: e.Lo, Hi: e.Hi}}
	if e.Counted {
		s.SE = math.Sqrt(e.Value * (1 - e.Value) / float64(e.Base-1))
	}
	return s
}

func (e *Estimate) asMeasured() stat.Measured {
	return stat.Measured{Value: e.Value, SE: e.evidence.se, DF: e.evidence.df, Interval: stat.Interval{Lo: e.Lo, Hi: e.Hi}}
}

func (e *Estimate) asLimited() stat.Limited {
	return stat.Limited{Value: e.Value, At: e.evidence.limits}
}
