package stat

import (
	"math"
	"slices"
)

// Month is one month of an entity's cash flow; money in any one unit. NaN in a money column: the month isn't known.
type Month struct {
	Month         float64 // 0 is the month of the investment, 1 the first of operation
	Revenue, Cost float64
}

// PaybackTime is when the cumulative cash flow of an entity came back to 0, in months.
type PaybackTime struct {
	Event         bool    // it has paid back; otherwise it is censored at Observed
	Payback       float64 // linear within the month; NaN if not yet
	PaybackMonth  float64 // the first month whose end is at 0 or above; NaN if not yet
	NeverNegative bool    // cumulative cash flow was never below 0: paid back at 0
	Relapsed      bool    // below 0 again later
	Breakeven     float64 // first month >= 1 with revenue >= cost; NaN if none
	Observed      float64 // last month
}

// Payback follows one entity's cumulative net revenue. Months may come in any order; months with a missing value are
// left out. A cumulative amount smaller than the rounding of the inputs themselves counts as 0, so that decimals that
// cancel do cancel. Refuses DuplicateMonth, MonthGap and BadStart, in this order; months start at 0 or 1, and if they
// start at 1, nothing flowed in month 0. Without months there is no event and everything is NaN.
func Payback(months []Month) (PaybackTime, error) {
	nan := math.NaN()
	out := PaybackTime{Payback: nan, PaybackMonth: nan, Breakeven: nan, Observed: nan}
	known, err := consecutive(months)
	if err != nil || len(known) == 0 {
		return out, err
	}
	if known[0].Month == 1 {
		known = slices.Insert(known, 0, Month{})
	}
	cash := cumulative(known)
	last := len(cash) - 1
	out.Observed = float64(last)
	negative := slices.IndexFunc(cash, func(c float64) bool { return c < 0 })
	if negative < 0 {
		out.Event, out.NeverNegative, out.Payback, out.PaybackMonth = true, true, 0, 0
		return out, nil
	}
	for m := 1; m <= last && math.IsNaN(out.Breakeven); m++ {
		if known[m].Revenue-known[m].Cost >= 0 {
			out.Breakeven = float64(m)
		}
	}
	back := slices.IndexFunc(cash[negative:], func(c float64) bool { return c >= 0 })
	if back < 0 {
		return out, nil
	}
	m := negative + back
	out.Event, out.PaybackMonth = true, float64(m)
	out.Payback = float64(m-1) + -cash[m-1]/(cash[m]-cash[m-1])
	out.Relapsed = slices.ContainsFunc(cash[m:], func(c float64) bool { return c < 0 })
	return out, nil
}

// consecutive sorts the months that are known and checks that they run from 0 or 1 without gap or repeat.
func consecutive(months []Month) ([]Month, error) {
	var known []Month
	for _, m := range months {
		if !math.IsNaN(m.Month + m.Revenue + m.Cost) {
			known = append(known, m)
		}
	}
	slices.SortStableFunc(known, func(a, b Month) int { return compare(a.Month, b.Month) })
	for i := 1; i < len(known); i++ {
		if known[i].Month == known[i-1].Month {
			return nil, DuplicateMonth
		}
	}
	for i := 1; i < len(known); i++ {
		if known[i].Month != known[i-1].Month+1 {
			return nil, MonthGap
		}
	}
	if len(known) > 0 && known[0].Month != 0 && known[0].Month != 1 {
		return nil, BadStart
	}
	return known, nil
}

// cumulative adds up revenue - cost; what is below half a unit in the last place of all that flowed is 0.
func cumulative(months []Month) []float64 {
	var flow, turnover total
	out := make([]float64, len(months))
	for i, m := range months {
		flow.add(m.Revenue)
		flow.add(-m.Cost)
		turnover.add(math.Abs(m.Revenue))
		turnover.add(math.Abs(m.Cost))
		if c := flow.value(); math.Abs(c) > 0x1p-53*turnover.value() {
			out[i] = c
		}
	}
	return out
}
