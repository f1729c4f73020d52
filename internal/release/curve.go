package release

import (
	"math"

	"benchbook/internal/benchmark"
)

// Curve is the share that has paid back by each time, as steps. Where data are
// protected, times are whole, and the curve shows only the stretch in which
// enough contributors have paid back and enough are still under observation.
type Curve struct {
	unit   string
	points []CurvePoint
	last   float64
}

// CurvePoint is the curve from Time to the next point. Lo and Hi are NaN where
// the share is 0 or 1. Its texts are as printed everywhere.
type CurvePoint struct {
	Time, Share, Lo, Hi                 float64
	AtRisk                              int // under observation just before Time
	TimeText, ShareText, LoText, HiText string
}

// Points are the steps in order of time.
func (c *Curve) Points() []CurvePoint { return c.points }

// Last is the time up to which the curve may be drawn.
func (c *Curve) Last() float64 { return c.last }

// Unit is the unit of the times: 个月.
func (c *Curve) Unit() string { return c.unit }

// curve releases a curve; nil where nothing of it may be shown.
func (s *screen) curve(c benchmark.Curve) *Curve {
	out := &Curve{unit: s.table.Indicator.Unit, last: c.Last}
	if s.open {
		for _, p := range c.Points {
			out.add(p, p.Time)
		}
		return out
	}
	out.last = math.Floor(c.Last)
	paid := 0
	for _, p := range c.Points {
		// A step is told at the end of its whole unit, with all that happened in it.
		end := math.Ceil(p.Time)
		if p.AtRiskOwners < s.rules.minimum() || end > c.Last {
			out.last = math.Min(out.last, math.Max(end-1, 0))
			break
		}
		if paid += p.Events; paid < s.rules.minimum() {
			continue
		}
		if n := len(out.points); n > 0 && out.points[n-1].Time == end {
			p.AtRisk = out.points[n-1].AtRisk
			out.points = out.points[:n-1]
		}
		out.add(p, end)
	}
	if len(out.points) == 0 {
		return nil
	}
	return out
}

func (c *Curve) add(p benchmark.Point, time float64) {
	shown := Cell{percent: true, unit: "%", lo: p.Lo, hi: p.Hi, above: math.NaN()}
	point := CurvePoint{Time: time, Share: p.Share, Lo: p.Lo, Hi: p.Hi, AtRisk: p.AtRisk,
		TimeText: fixed(time, timeDecimals(time)), ShareText: shown.plain(p.Share, 0, true), LoText: shown.LoText(), HiText: shown.HiText()}
	c.points = append(c.points, point)
}

func timeDecimals(t float64) int {
	if t == math.Trunc(t) {
		return 0
	}
	return 1
}
