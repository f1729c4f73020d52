package release

import (
	"math"
	"strconv"
	"strings"

	"benchbook/internal/benchmark"
)

// Curve is the share that has paid back by each time, as steps. Where data are
// protected, times are whole, each step is of enough who newly paid back, also
// beside what is published for single times, and the curve shows only the
// stretch in which enough are under observation.
type Curve struct {
	unit   string
	points []CurvePoint
	risk   []Risk
	last   float64
}

// Risk is how many are under observation at a time.
type Risk struct {
	Time float64
	N    int
}

// AtRisk is how many are under observation, at those whole times for which it may be told.
func (c *Curve) AtRisk() []Risk { return c.risk }

// watch tells how many are under observation, as far apart as it takes that
// between two of the times nobody, or enough, had the event, and nobody, or
// enough, went out of sight.
func (s *screen) watch(c benchmark.Curve, out *Curve) {
	events, gone := 0, 0
	for _, w := range c.Watched {
		if events, gone = events+w.Events, gone+w.Gone; w.Time > out.last || !s.open && w.Owners < s.rules.minimum() {
			return
		}
		if s.open || !s.few(events) && !s.few(gone) {
			out.risk = append(out.risk, Risk{w.Time, w.N})
			events, gone = 0, 0
		}
	}
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
		s.watch(c, out)
		return out
	}
	out.last = math.Floor(c.Last)
	steps := s.wholeSteps(c, out)
	ends := s.published(c.Group)
	since := 0
	for i, p := range steps {
		since += p.Events
		if since < s.rules.minimum() || !s.leavesEnough(steps[i+1:], p.Time, ends) {
			continue
		}
		p.Share, p.Lo, p.Hi = twice(p.Share, shareDecimals, 2), twice(p.Lo, shareDecimals, 2), twice(p.Hi, shareDecimals, 2)
		out.add(p, p.Time)
		since = 0
	}
	if len(out.points) == 0 {
		return nil
	}
	if since > 0 { // what happened after the last step that is shown would lie on a flat line
		out.last = out.points[len(out.points)-1].Time
	}
	s.watch(c, out)
	return out
}

// wholeSteps tells each step at the end of its whole unit with all that
// happened in it, as far as enough are under observation; it cuts the curve there.
func (s *screen) wholeSteps(c benchmark.Curve, out *Curve) (steps []benchmark.Point) {
	for _, p := range c.Points {
		end := math.Ceil(p.Time)
		if p.AtRiskOwners < s.rules.minimum() || end > c.Last {
			out.last = math.Min(out.last, math.Max(end-1, 0))
			break
		}
		p.Time = end
		if n := len(steps); n > 0 && steps[n-1].Time == end {
			p.AtRisk = steps[n-1].AtRisk
			p.Events += steps[n-1].Events
			steps = steps[:n-1]
		}
		steps = append(steps, p)
	}
	return steps
}

// published lists the times for which a group's share paid back is published:
// how many paid back by then is known.
func (s *screen) published(group int) (times []float64) {
	for _, i := range s.cells[group] {
		if t, err := strconv.ParseFloat(strings.TrimPrefix(s.table.Estimates[i].Stat, "paid"), 64); err == nil && s.verdict[i] == published {
			times = append(times, t)
		}
	}
	return times
}

// leavesEnough says that between a step and the next published time nobody, or
// enough, paid back.
func (s *screen) leavesEnough(next []benchmark.Point, from float64, ends []float64) bool {
	for _, end := range ends {
		between := 0
		for _, p := range next {
			if p.Time <= end {
				between += p.Events
			}
		}
		if end >= from && between > 0 && between < s.rules.minimum() {
			return false
		}
	}
	return true
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
