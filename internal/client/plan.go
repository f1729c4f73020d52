package client

import (
	"math"

	"benchbook/internal/stat"
)

// Status is how a result stands to what was promised.
type Status string

// The statuses; Unjudged is one that cannot be told.
const (
	Met      Status = "met"
	FloorMet Status = "floor_met"
	Missed   Status = "missed"
	Unjudged Status = ""
)

// Title is the status in words.
func (s Status) Title() string {
	switch s {
	case Met:
		return "完成"
	case FloorMet:
		return "达到下限"
	case Missed:
		return "未达下限"
	}
	return "未评定"
}

// Promise is a result against its forecast: what was promised, what it comes to
// after the traffic that arrived, and the floor. Numbers are in the KPI's unit;
// NaN is unknown. Target and Adjusted are both told, never one in place of the other.
type Promise struct {
	Target, Adjusted, Floor float64
	Factor                  float64 // delivered share of the traffic, at most 1; NaN where none is promised
	Committed, Delivered    float64 // users
	Achieved                float64 // the result that is judged; of a cumulative basis, of all months
	From                    string  // label of the first month where the basis is cumulative
	Down                    bool    // lower is better
	Status                  Status
}

// promise judges a KPI in a period of whole months; nil where nothing is promised.
func (g *Ledger) promise(c *Client, k *KPI, p Period, known Day) *Promise {
	if p.Cadence != Monthly && p.Cadence != Quarterly {
		return nil // contracts are by the month; shorter reports do not talk of money
	}
	v := g.Roll(k, p, known)
	switch {
	case k.Target != nil && k.ratio():
		return k.rate(v, c.Contract.Floor)
	case k.Target != nil:
		return k.fixed(v, int64(len(p.months())), c.Contract.Floor)
	case len(k.Plan) > 0:
		return g.forecast(c, k, p, known)
	}
	return nil
}

// scale is what a target's whole numbers are parts of.
func (k *KPI) scale() int64 {
	if k.Percent && k.ratio() {
		return 10_000
	}
	return 100
}

// rate judges a quotient without dividing: numerator × scale against
// denominator × target, the other way round where lower is better.
func (k *KPI) rate(v Value, floor int64) *Promise {
	target := float64(*k.Target) / float64(k.scale())
	out := &Promise{Target: target, Adjusted: target, Floor: k.floorOf(target, floor), Factor: math.NaN(), Achieved: v.Float(), Down: k.Down}
	if !v.Known {
		return out
	}
	num, den := v.whole()
	won, promised := float64(num*k.scale()), float64(den**k.Target)
	out.Status = k.judge(won, promised, floor)
	return out
}

// fixed judges a count against a figure for every month.
func (k *KPI) fixed(v Value, months, floor int64) *Promise {
	target := float64(*k.Target*months) / 100
	out := &Promise{Target: target, Adjusted: target, Floor: k.floorOf(target, floor), Factor: math.NaN(), Achieved: v.Float(), Down: k.Down}
	if v.Known {
		out.Status = k.judge(float64(v.Num/one*100+v.Num%one/100), float64(*k.Target*months), floor)
	}
	return out
}

// judge compares whole numbers; where lower is better the target is what the
// result would have to be at most, and the floor is target ÷ floor.
func (k *KPI) judge(won, promised float64, floor int64) Status {
	if k.Down {
		won, promised = promised, won
	}
	months, _, err := stat.AdjustMonthly([]stat.Plan{{Committed: promised, Rate: 10_000, Actual: promised, Achieved: won}}, floor)
	if err != nil {
		return Unjudged
	}
	return Status(months[0].Status)
}

func (k *KPI) floorOf(target float64, floor int64) float64 {
	if k.Down {
		return target * 100 / float64(floor)
	}
	return target * float64(floor) / 100
}

// forecast judges committed traffic × rate, month by month or over all months
// since the first, as the contract says.
func (g *Ledger) forecast(c *Client, k *KPI, p Period, known Day) *Promise {
	var plan []stat.Plan
	out := &Promise{Factor: math.NaN(), Down: k.Down}
	for _, m := range c.Planned(k, p) {
		if len(plan) == 0 && m.Period.Start < p.Start {
			out.From = m.Period.Label()
		}
		month := stat.Plan{Committed: float64(m.Committed), Rate: m.Rate, Actual: float64(m.Committed), Achieved: g.Roll(k, m.Period, known).Float()}
		if k.Traffic != "" {
			month.Actual = math.Round(g.Traffic(k, m.Period, known).Float())
		}
		plan = append(plan, month)
		out.Committed, out.Delivered, out.Achieved = out.Committed+month.Committed, out.Delivered+month.Actual, out.Achieved+month.Achieved
	}
	if len(plan) == 0 {
		return nil
	}
	if c.Contract.Basis == stat.Cumulative {
		return out.cumulative(plan, c.Contract.Floor)
	}
	return out.monthly(plan, c.Contract.Floor)
}

func (p *Promise) cumulative(plan []stat.Plan, floor int64) *Promise {
	all, err := stat.Forecasted(plan, floor)
	adjusted, failed := stat.AdjustCumulative(plan, floor)
	if err != nil || failed != nil || math.IsNaN(p.Delivered) {
		return p.unknown(all)
	}
	p.Target, p.Adjusted, p.Floor, p.Factor, p.Status = all.TargetTotal, adjusted.Target, math.Ceil(adjusted.Floor-1e-9), adjusted.Factor, Status(adjusted.Status)
	return p
}

// monthly adds up the months of a period; a quarter is missed where one of its
// months is, since each month is judged on its own.
func (p *Promise) monthly(plan []stat.Plan, floor int64) *Promise {
	all, err := stat.Forecasted(plan, floor)
	months, total, failed := stat.AdjustMonthly(plan, floor)
	if err != nil || failed != nil || math.IsNaN(p.Delivered) {
		return p.unknown(all)
	}
	p.Target, p.Adjusted, p.Status = all.TargetTotal, total, Met
	if p.Committed > 0 {
		p.Factor = math.Min(1, p.Delivered/p.Committed)
	}
	for _, m := range months {
		p.Floor += float64(m.FloorInt)
		p.Status = worse(p.Status, Status(m.Status))
	}
	return p
}

func (p *Promise) unknown(all stat.Forecast) *Promise {
	p.Target, p.Adjusted, p.Floor, p.Status = all.TargetTotal, math.NaN(), math.NaN(), Unjudged
	return p
}

func worse(a, b Status) Status {
	rank := map[Status]int{Met: 0, FloorMet: 1, Missed: 2, Unjudged: 3}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// bonus is what lies above 超额线 × the price, in cents, at most the cap.
func (k *KPI) bonus(v Value, p Period) int64 {
	if k.Bonus == nil || k.Lines.Over == nil || p.Cadence != Monthly || k.Line(v) != lineOver {
		return 0
	}
	over, exact := hundredths(*k.Lines.Over)
	if !exact {
		return 0
	}
	beyond := int64(v.Num)/100 - over
	if k.Down {
		beyond = -beyond
	}
	cents := beyond * k.Bonus.Per / 100
	if k.Bonus.Cap > 0 {
		cents = min(cents, k.Bonus.Cap)
	}
	return cents
}

// Share is an amount over the adjusted forecast, NaN where that is not known or
// zero; of a KPI where lower is better the forecast over the amount.
func (p *Promise) Share(x float64) float64 {
	a, b := x, p.Adjusted
	if p.Down {
		a, b = b, a
	}
	if !(b > 0) {
		return math.NaN()
	}
	return a / b
}

// Reached is the share of the adjusted forecast that the result comes to; NaN
// where nothing is promised or known.
func (s *Score) Reached() float64 {
	if s.Promise == nil || s.Promise.Status == Unjudged {
		return math.NaN()
	}
	return s.Promise.Share(s.Promise.Achieved)
}

// Planned are the months of a KPI's forecast that a period is judged by: those in
// it, and where the basis is cumulative all before as well.
func (c *Client) Planned(k *KPI, p Period) (out []Month) {
	for _, m := range k.Plan {
		if m.Period.End <= p.End && (c.Contract.Basis != stat.Monthly || m.Period.Start >= p.Start) {
			out = append(out, m)
		}
	}
	return out
}
