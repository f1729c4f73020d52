package plan

import (
	"math/big"
	"slices"
)

// Row is one line of a reckoned forecast: a month, or all months together.
type Row struct {
	Label      string
	Committed  int64
	Target     *big.Rat // committed × rate
	TargetText string   // whole numbers of the months add up to that of the total
	Delivered  *big.Rat // nil = not known
	Factor     *big.Rat // delivered ÷ committed, at most 1
	Adjusted   *big.Rat
	Floor      *big.Rat // rounded towards the harder side
	Achieved   *big.Rat
	Done       *big.Rat // achieved ÷ adjusted; adjusted ÷ achieved where lower is better
	Status     Status
	Line       string
	Bonus      *big.Rat // yuan, nil = none is agreed
}

// Completion is how much of the forecast was reached, "" where that is not known.
func (r Row) Completion() string {
	if r.Done == nil {
		return ""
	}
	return percent(r.Done)
}

// Table is a forecast with every number reckoned.
type Table struct {
	*Forecast
	Rows []Row
	All  [2]Row // the months added up, and all months as one: both bases, whichever the contract names
}

// Reckon makes every number of the table.
func (f *Forecast) Reckon() *Table {
	t := &Table{Forecast: f}
	for _, m := range f.Months {
		t.Rows = append(t.Rows, f.month(m))
	}
	t.All[0], t.All[1] = t.months(), t.whole()
	t.spread()
	return t
}

// Verdict is the row that the contract judges by.
func (t *Table) Verdict() Row {
	if t.Basis == Cumulative {
		return t.All[1]
	}
	return t.All[0]
}

func (m Month) target() *big.Rat {
	if m.Rate == nil {
		return m.Target
	}
	return new(big.Rat).Mul(new(big.Rat).SetInt64(m.Committed), m.Rate)
}

func (f *Forecast) month(m Month) Row {
	r := Row{Label: m.Label, Committed: m.Committed, Target: m.target(), Delivered: m.Delivered, Achieved: m.Achieved}
	r.Factor = factor(m.Delivered, new(big.Rat).SetInt64(m.Committed))
	f.judge(&r)
	r.Bonus = f.bonus(r)
	if r.Bonus != nil && r.Bonus.Sign() > 0 {
		r.Line = overLine
	}
	return r
}

// factor is delivered ÷ committed, at most 1; nothing promised is nothing that can fail to come.
func factor(delivered, committed *big.Rat) *big.Rat {
	one := big.NewRat(1, 1)
	switch {
	case delivered == nil:
		return nil
	case committed.Sign() == 0 || delivered.Cmp(committed) >= 0:
		return one
	}
	return new(big.Rat).Quo(delivered, committed)
}

// judge lowers the forecast by the factor (for a cost, which spreads over fewer
// people, it raises the ceiling), and compares without rounding.
func (f *Forecast) judge(r *Row) {
	r.Status = Open
	if r.Factor != nil && (!f.Lower || r.Factor.Sign() > 0) {
		if f.Lower {
			r.Adjusted = new(big.Rat).Quo(r.Target, r.Factor)
			r.Floor = down(new(big.Rat).Quo(r.Adjusted, f.Floor), f.Decimals)
		} else {
			r.Adjusted = new(big.Rat).Mul(r.Target, r.Factor)
			r.Floor = up(new(big.Rat).Mul(r.Adjusted, f.Floor), f.Decimals)
		}
	}
	if r.Adjusted != nil && r.Achieved != nil {
		won, asked := r.Achieved, r.Adjusted
		if f.Lower {
			won, asked = asked, won
		}
		if asked.Sign() > 0 {
			r.Done = new(big.Rat).Quo(won, asked)
		}
		switch {
		case won.Cmp(asked) >= 0:
			r.Status = Met
		case won.Cmp(new(big.Rat).Mul(asked, f.Floor)) >= 0:
			r.Status = FloorMet
		default:
			r.Status = Missed
		}
	}
	r.Line = r.Status.Line()
}

// bonus is what the units beyond each tier are worth, up to the cap; nil where
// none is agreed or the result is not known. Who falls short of the forecast has
// no bonus, wherever the tiers begin.
func (f *Forecast) bonus(r Row) *big.Rat {
	if len(f.Tiers) == 0 || r.Achieved == nil || r.Status == Open {
		return nil
	}
	sum := new(big.Rat)
	if r.Status != Met {
		return sum
	}
	for i, t := range f.Tiers {
		top := r.Achieved
		if i+1 < len(f.Tiers) && top.Cmp(f.Tiers[i+1].Over) > 0 {
			top = f.Tiers[i+1].Over
		}
		if top.Cmp(t.Over) > 0 {
			sum.Add(sum, new(big.Rat).Mul(new(big.Rat).Sub(top, t.Over), t.Per))
		}
	}
	if f.Cap != nil && sum.Cmp(f.Cap) > 0 {
		sum.Set(f.Cap)
	}
	return down(sum, 2)
}

// months adds the months up as they are shown; it is missed where one of them is,
// since each is judged by itself.
func (t *Table) months() Row {
	out := Row{Label: "逐月合计", Target: new(big.Rat), Status: Open, Line: "—"}
	rank := []Status{Missed, FloorMet, Met}
	worst := len(rank)
	for _, r := range t.Rows {
		out.Committed += r.Committed
		out.Target.Add(out.Target, r.Target)
		if r.Status == Open {
			continue
		}
		worst = min(worst, slices.Index(rank, r.Status))
		for _, sum := range []struct {
			into **big.Rat
			x    *big.Rat
		}{{&out.Delivered, r.Delivered}, {&out.Adjusted, rounded(r.Adjusted, t.fine())}, {&out.Floor, r.Floor}, {&out.Achieved, r.Achieved}, {&out.Bonus, r.Bonus}} {
			add(sum.into, sum.x)
		}
	}
	if worst < len(rank) {
		out.Status = rank[worst]
		out.Line = out.Status.Line()
	}
	if t.Lower { // prices do not add up
		out.Target, out.Adjusted, out.Floor, out.Achieved = nil, nil, nil, nil
	}
	return out
}

func add(into **big.Rat, x *big.Rat) {
	if x == nil {
		return
	}
	if *into == nil {
		*into = new(big.Rat)
	}
	(*into).Add(*into, x)
}

// whole judges all months that are known as one: one factor, one floor. What came
// beyond the promise in one month makes up for another.
func (t *Table) whole() Row {
	out := Row{Label: "累计", Target: new(big.Rat), Status: Open, Line: "—"}
	known := new(big.Rat)
	target := new(big.Rat)
	for _, r := range t.Rows {
		out.Committed += r.Committed
		out.Target.Add(out.Target, r.Target)
		if r.Delivered == nil || r.Achieved == nil {
			continue
		}
		known.Add(known, new(big.Rat).SetInt64(r.Committed))
		target.Add(target, r.Target)
		add(&out.Delivered, r.Delivered)
		add(&out.Achieved, r.Achieved)
	}
	if t.Lower {
		return Row{Label: out.Label, Committed: out.Committed, Status: Open, Line: "—"}
	}
	judged := Row{Target: target, Delivered: out.Delivered, Achieved: out.Achieved, Factor: factor(out.Delivered, known)}
	t.judge(&judged)
	out.Factor, out.Adjusted, out.Floor, out.Done, out.Status, out.Line = judged.Factor, judged.Adjusted, judged.Floor, judged.Done, judged.Status, judged.Line
	return out
}

// spread prints the targets so that those of the months add up to that of all of
// them: the largest remainders are rounded up.
func (t *Table) spread() {
	for i := range t.All {
		t.All[i].TargetText = text(rounded(t.All[i].Target, t.Decimals), t.Decimals)
	}
	if t.Lower || t.All[0].Target == nil {
		for i := range t.Rows {
			t.Rows[i].TargetText = text(half(t.Rows[i].Target, t.Decimals), t.Decimals)
		}
		return
	}
	left := half(t.All[0].Target, t.Decimals)
	order := make([]int, len(t.Rows))
	whole, rest := make([]*big.Rat, len(t.Rows)), make([]*big.Rat, len(t.Rows))
	for i, r := range t.Rows {
		whole[i] = down(r.Target, t.Decimals)
		rest[i] = new(big.Rat).Sub(r.Target, whole[i])
		left.Sub(left, whole[i])
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rest[b].Cmp(rest[a]) })
	unit := new(big.Rat).Inv(pow10(t.Decimals))
	for _, i := range order {
		if left.Sign() <= 0 {
			break
		}
		whole[i].Add(whole[i], unit)
		left.Sub(left, unit)
	}
	for i := range t.Rows {
		t.Rows[i].TargetText = text(whole[i], t.Decimals)
	}
}

func rounded(x *big.Rat, decimals int) *big.Rat {
	if x == nil {
		return nil
	}
	return half(x, decimals)
}
