package benchmark

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// durations is the times of one group's projects, paid back or censored.
type durations struct {
	times    []float64
	events   []bool
	owners   []int // by time; nameless ones are negative and distinct
	left     int   // rows or projects that say nothing usable
	relapsed int
	calendar bool
}

// PaidStat is the name of the share paid back by a time: paid6.
func PaidStat(t float64) string { return "paid" + strconv.FormatFloat(t, 'f', -1, 64) }

// payback estimates the time to payback and its curve.
func (t *Table) payback(g int, c *cell) {
	d := t.durations(c)
	conf := stat.ConfType(t.Indicator.Interval) // "" means log-log
	km, err := stat.KaplanMeier(d.times, d.events, level, conf)
	if err != nil {
		km = &stat.Survival{Last: math.NaN(), NaiveMean: math.NaN()}
	}
	s := sample{values: d.times, people: d.people(func(int) bool { return true })}
	for _, q := range t.Indicator.Quantiles {
		e := t.blank(g, StatName(q), s, kaplanMeier(t.Indicator.Interval))
		at, limits := km.Quantile(q)
		e.Value, e.Lo, e.Hi, e.Unreached = at, limits.Lo, limits.Hi, math.IsNaN(at) && km.N > 0
		e.evidence = evidence{at: q, curve: km}
		d.caveats(&e, km)
		t.Estimates = append(t.Estimates, e)
	}
	for _, h := range t.Indicator.Horizon {
		t.Estimates = append(t.Estimates, t.paidBy(g, h, s, d, km))
	}
	t.paybackNotes(g, s, d, km)
	t.curve(g, d, km)
}

// paidBy is the share paid back by a time; too few under observation there is no share.
func (t *Table) paidBy(g int, h float64, s sample, d *durations, km *stat.Survival) Estimate {
	e := t.blank(g, PaidStat(h), s, kaplanMeier(t.Indicator.Interval))
	e.Share = true
	at := km.At(h)
	e.Value, e.Lo, e.Hi = at.Share, at.Lo, at.Hi
	e.evidence = evidence{se: at.SE, df: math.Inf(1)}
	e.Count = 0
	for i, x := range d.times {
		if d.events[i] && x <= h {
			e.Count++
		}
	}
	e.Contributors = d.people(func(i int) bool { return d.events[i] && d.times[i] <= h })
	e.RestContributors = d.people(func(i int) bool { return !d.events[i] || d.times[i] > h })
	if at.AtRisk < fewAtRisk && at.Share < 1 {
		e.Value, e.Lo, e.Hi = math.NaN(), math.NaN(), math.NaN()
		e.warn(Warning{"at_risk", "观察到这时的项目不足 5 个，不给占比。"})
	}
	d.caveats(&e, km)
	return e
}

// paybackNotes are the censored share, and the mean of those who paid back,
// given only to show how far it is off.
func (t *Table) paybackNotes(g int, s sample, d *durations, km *stat.Survival) {
	e := t.blank(g, "censored", s, Wilson)
	e.Share = true
	e.Count = km.N - km.Events
	e.Contributors = d.people(func(i int) bool { return !d.events[i] })
	e.RestContributors = d.people(func(i int) bool { return d.events[i] })
	if km.N > 0 {
		limits := stat.Wilson(float64(e.Count), float64(km.N), level)
		e.Value, e.Lo, e.Hi = float64(e.Count)/float64(km.N), limits.Lo, limits.Hi
	}
	paid := d.people(func(i int) bool { return d.events[i] })
	naive := t.blank(g, "naive_mean", s, NaiveMean)
	naive.Value, naive.Count, naive.Base, naive.Contributors, naive.BaseContributors = km.NaiveMean, km.Events, km.Events, paid, paid
	restricted := t.blank(g, "restricted_mean", s, RestrictedMean)
	restricted.Value = km.RestrictedMean()
	t.Estimates = append(t.Estimates, e, naive, restricted)
}

func (d *durations) caveats(e *Estimate, km *stat.Survival) {
	if d.left > 0 {
		e.warn(unusable(d.left))
	}
	if km.N > 0 && float64(km.N-km.Events) > manyCensored*float64(km.N) {
		e.warn(Warning{"censored", "一半以上还没有回本，后段曲线不稳。"})
	}
	if d.relapsed > 0 {
		e.warn(Warning{"relapsed", "有的项目回本后又转负；按首次回本计。"})
	}
	if d.calendar {
		e.warn(Warning{"calendar", "台账只有日历月份，以首个有记录的月份为第 1 个月。"})
	}
}

func (t *Table) durations(c *cell) *durations {
	d := &durations{}
	for i := range c.people {
		p := &c.people[i]
		f := p.data.(*indicator.Flows)
		d.left += f.Invalid
		if t.Indicator.Time == "" {
			d.ledger(p, f)
			continue
		}
		d.left += f.Missing
		for _, x := range f.Durations {
			d.add(p, x.Time, x.Event)
		}
	}
	d.sort()
	return d
}

func (d *durations) add(p *person, time float64, event bool) {
	owner := p.owner
	if p.anonymous() {
		owner = -1 - len(d.times)
	}
	d.times, d.events, d.owners = append(d.times, time), append(d.events, event), append(d.owners, owner)
}

// ledger follows one contributor's money; months without both sides make a
// hole, and a ledger with a hole or an unknown start is left out and counted.
func (d *durations) ledger(p *person, f *indicator.Flows) {
	if len(f.Months) == 0 {
		d.left += f.Missing
		return
	}
	numbers := slices.Sorted(maps.Keys(f.Months))
	shift := 0
	if f.Calendar {
		shift = numbers[0] - 1
	}
	months := make([]stat.Month, 0, len(numbers))
	for _, m := range numbers {
		flow := f.Months[m]
		month := stat.Month{Month: float64(m - shift), Revenue: flow.Revenue.Value(), Cost: flow.Cost.Value()}
		if flow.Missing > 0 {
			month.Revenue = math.NaN()
		}
		months = append(months, month)
	}
	out, err := stat.Payback(months)
	if err != nil || math.IsNaN(out.Observed) || f.Missing > 0 {
		d.left++
		return
	}
	d.calendar = d.calendar || f.Calendar
	if out.Relapsed {
		d.relapsed++
	}
	if out.Event {
		d.add(p, out.Payback, true)
		return
	}
	d.add(p, out.Observed, false)
}

// sort orders the cases so that the rows' order leaves no trace.
func (d *durations) sort() {
	order := make([]int, len(d.times))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case d.times[a] != d.times[b]:
			if d.times[a] < d.times[b] {
				return -1
			}
			return 1
		case d.events[a] != d.events[b]:
			if d.events[a] {
				return -1
			}
			return 1
		}
		return 0
	})
	out := durations{left: d.left, relapsed: d.relapsed, calendar: d.calendar}
	for _, i := range order {
		out.times, out.events, out.owners = append(out.times, d.times[i]), append(out.events, d.events[i]), append(out.owners, d.owners[i])
	}
	*d = out
}

// people counts distinct owners of the cases that take part.
func (d *durations) people(takes func(i int) bool) int {
	seen := map[int]bool{}
	for i, o := range d.owners {
		if takes(i) {
			seen[o] = true
		}
	}
	return len(seen)
}

// curve keeps the steps for drawing, after disclosure control.
func (t *Table) curve(g int, d *durations, km *stat.Survival) {
	c := Curve{Group: g, Contributors: d.people(func(int) bool { return true }), Last: km.Last}
	// From the last step backwards, every case still at risk is met once.
	seen, next := map[int]bool{}, len(d.times)-1
	for i := len(km.Steps) - 1; i >= 0; i-- {
		s := km.Steps[i]
		for ; next >= 0 && d.times[next] >= s.Time; next-- {
			seen[d.owners[next]] = true
		}
		c.Points = append(c.Points, Point{Time: s.Time, Share: 1 - s.S, Lo: 1 - s.Hi, Hi: 1 - s.Lo, AtRisk: s.AtRisk, AtRiskOwners: len(seen), Events: s.Events})
	}
	slices.Reverse(c.Points)
	c.Watched = d.watched(km.Last)
	t.Curves = append(t.Curves, c)
}

// mostWatched is how many whole times are looked at.
const mostWatched = 600

// watched counts who is under observation at whole times.
func (d *durations) watched(last float64) (out []Watch) {
	at := 0
	for t := 0.0; t <= last && len(out) < mostWatched; t++ {
		w := Watch{Time: t}
		for ; at < len(d.times) && d.times[at] < t; at++ {
			if d.events[at] {
				w.Events++
			} else {
				w.Gone++
			}
		}
		w.N = len(d.times) - at
		out = append(out, w)
	}
	seen, next := map[int]bool{}, len(d.times)-1 // backwards, every case is met once
	for i := len(out) - 1; i >= 0; i-- {
		for ; next >= 0 && d.times[next] >= out[i].Time; next-- {
			seen[d.owners[next]] = true
		}
		out[i].Owners = len(seen)
	}
	return out
}
