package stat

import (
	"math"
	"slices"
)

// ConfType is the scale on which the limits of a survival curve are symmetric.
type ConfType string

// The scales of survival limits. LogLog is the default: it keeps its level in small samples.
const (
	LogLog   ConfType = "log-log"
	LogScale ConfType = "log"
	Plain    ConfType = "plain"
)

// Step is the survival curve from one event time to the next. Limits are NaN where S is 1 or 0.
type Step struct {
	Time   float64
	AtRisk int // cases with a time at or after Time
	Events int // events at Time
	S      float64
	SE     float64 // Greenwood (1926); NaN where S is 0
	Interval
}

// Survival is a Kaplan-Meier curve of the share that hasn't had the event yet. For payback the event is "paid back" and
// a case that isn't there yet is censored at its last observed time.
type Survival struct {
	N      int
	Events int
	Steps  []Step  // event times, ascending
	Last   float64 // largest observed time, censored or not; NaN without cases
	// NaiveMean is the mean time of those who had the event: biased towards the fast ones, given only to show the bias.
	NaiveMean float64
	times     []float64 // all observed times, ascending
	conf      ConfType
}

// AtLevel is the same curve with limits at another level.
func (s *Survival) AtLevel(level float64) *Survival {
	out, z, greenwood := *s, normalZ(level), 0.0
	out.Steps = slices.Clone(s.Steps)
	for i := range out.Steps {
		step := &out.Steps[i]
		r, d := float64(step.AtRisk), float64(step.Events)
		if greenwood += d / (r * (r - d)); step.S > 0 {
			step.Interval = survivalLimits(step.S, z*math.Sqrt(greenwood), s.conf)
		}
	}
	return &out
}

// KaplanMeier estimates the curve from times (NaN: missing, dropped) and whether each is an event or censored (Kaplan
// and Meier 1958), with limits at a level on the scale conf ("" means LogLog). A case censored at t is still at
// risk at t. Refuses NegativeTime.
func KaplanMeier(times []float64, events []bool, level float64, conf ConfType) (*Survival, error) {
	s := &Survival{Last: math.NaN(), NaiveMean: math.NaN(), conf: conf}
	var paid []float64
	for i, t := range times {
		if math.IsNaN(t) {
			continue
		}
		if t < 0 {
			return nil, NegativeTime
		}
		s.times = append(s.times, t)
		if events[i] {
			paid = append(paid, t)
		}
	}
	slices.Sort(s.times)
	slices.Sort(paid)
	s.N, s.Events = len(s.times), len(paid)
	if s.N > 0 {
		s.Last = s.times[s.N-1]
	}
	if s.Events > 0 {
		s.NaiveMean = sumOf(paid) / float64(s.Events)
	}
	s.climb(paid, normalZ(level), conf)
	return s, nil
}

// climb makes the steps from the ascending times of the events.
func (s *Survival) climb(paid []float64, z float64, conf ConfType) {
	surv, greenwood := 1.0, 0.0
	for i := 0; i < len(paid); {
		j := i
		for j < len(paid) && paid[j] == paid[i] {
			j++
		}
		step := Step{Time: paid[i], AtRisk: s.atRisk(paid[i]), Events: j - i, SE: math.NaN(), Interval: noInterval}
		r, d := float64(step.AtRisk), float64(step.Events)
		surv *= (r - d) / r
		greenwood += d / (r * (r - d))
		step.S = surv
		if surv > 0 {
			step.SE = surv * math.Sqrt(greenwood)
			step.Interval = survivalLimits(surv, z*math.Sqrt(greenwood), conf)
		}
		s.Steps = append(s.Steps, step)
		i = j
	}
}

// survivalLimits are the limits around 0 < s < 1; h = z√G, the half width on the log scale.
func survivalLimits(s, h float64, conf ConfType) Interval {
	switch conf {
	case Plain:
		return Interval{math.Max(0, s-float64(s*h)), math.Min(1, s+float64(s*h))}
	case LogScale:
		return Interval{s * math.Exp(-h), math.Min(1, s*math.Exp(h))}
	}
	e := h / math.Log(s)
	return Interval{math.Pow(s, math.Exp(-e)), math.Pow(s, math.Exp(e))}
}

func (s *Survival) atRisk(t float64) int {
	i, _ := slices.BinarySearch(s.times, t)
	return s.N - i
}

// RestrictedMean is the mean time up to the largest observed one, with those who haven't had the event counted as long as
// they were seen to wait: the area under the curve (Irwin 1949). It is at most the true mean, where NaiveMean may be far
// below it. NaN without cases.
func (s *Survival) RestrictedMean() float64 {
	if s.N == 0 {
		return math.NaN()
	}
	var area total
	surv, from := 1.0, 0.0
	for _, e := range s.Steps {
		area.add(float64(surv * (e.Time - from)))
		surv, from = e.S, e.Time
	}
	area.add(float64(surv * (s.Last - from)))
	return area.value()
}

// Reached is the share that has had the event by a time. NaN past the largest observed time, unless everyone has had it;
// limits are NaN also where the share is 0 or 1.
type Reached struct {
	Share  float64
	AtRisk int     // cases with a time at or after that time
	SE     float64 // Greenwood; NaN where the limits are
	Interval
}

// At returns the share that has had the event by time t: 1 - S(t).
func (s *Survival) At(t float64) Reached {
	out := Reached{math.NaN(), s.atRisk(t), math.NaN(), noInterval}
	if s.N == 0 {
		return out
	}
	k, found := slices.BinarySearchFunc(s.Steps, t, func(e Step, t float64) int { return compare(e.Time, t) })
	if found {
		k++
	}
	surv, se, limits := 1.0, math.NaN(), noInterval
	if k > 0 {
		surv, se, limits = s.Steps[k-1].S, s.Steps[k-1].SE, s.Steps[k-1].Interval
	}
	if t > s.Last && surv > 0 {
		return out
	}
	out.Share, out.SE, out.Interval = 1-surv, se, Interval{1 - limits.Hi, 1 - limits.Lo}
	return out
}

// Quantile is the time by which a share q has had the event, with limits; NaN where it isn't reached (Brookmeyer and
// Crowley 1982). The limits are the same rule on the curves of the lower and upper limits of S.
func (s *Survival) Quantile(q float64) (float64, Interval) {
	at := s.crossing(q, func(e Step) float64 { return e.S })
	return at, Interval{
		Lo: s.crossing(q, func(e Step) float64 { return e.Lo }),
		Hi: s.crossing(q, func(e Step) float64 { return e.Hi }),
	}
}

// Median is Quantile(0.5).
func (s *Survival) Median() (float64, Interval) { return s.Quantile(0.5) }

// crossing is the first time at which 1 - curve >= q. Where they are equal (within 1.5e-8) it is the mean of that
// time and the next point of the curve, or the largest observed time after the curve's last point. Where the curve is NaN
// it has no point.
func (s *Survival) crossing(q float64, curve func(Step) float64) float64 {
	const tolerance = 1.5e-8
	for i, e := range s.Steps {
		done := 1 - curve(e)
		if !(done >= q-tolerance) {
			continue
		}
		if done > q+tolerance {
			return e.Time
		}
		for _, next := range s.Steps[i+1:] {
			if v := curve(next); !math.IsNaN(v) {
				return mix(e.Time, next.Time, 0.5)
			}
		}
		return mix(e.Time, s.Last, 0.5)
	}
	return math.NaN()
}
