package stat

import (
	"math"
	"math/big"
	"slices"
)

// Basis says how a shortfall of delivered traffic lowers the targets; the contract names it.
type Basis string

// The bases: each month on its own (default), or the whole period at once.
const (
	Monthly    Basis = "monthly"
	Cumulative Basis = "cumulative"
)

// Plan is one month of a contract: committed users, the rate promised, and, once it is over, what was delivered.
type Plan struct {
	Committed float64 // users, a whole number
	Rate      int64   // in 1/10000
	Actual    float64 // users delivered; NaN: not known yet
	Achieved  float64 // users won; NaN: not known
}

// Forecast are the targets of a contract. Numbers that end in Int are whole users: the months' targets add up to the
// rounded total (largest remainder), floors are rounded up.
type Forecast struct {
	Target         []float64
	TargetInt      []int64
	TargetTotal    float64
	TargetTotalInt int64
	FloorInt       []int64
	FloorTotalInt  int64
}

// Forecasted computes targets (committed × rate) and floors (floorPercent of the target) in exact integers. Refuses
// NegativeValue, and NotACount for committed or actual users that aren't whole numbers up to 1e12, a rate or
// floor beyond a million, and floors that add up to more than 63 bits hold.
func Forecasted(months []Plan, floorPercent int64) (Forecast, error) {
	if err := checkPlan(months, floorPercent); err != nil {
		return Forecast{}, err
	}
	out := Forecast{TargetInt: make([]int64, len(months))}
	whole := new(big.Int)
	rest, left := make([]uint64, len(months)), int64(0)
	for i, m := range months {
		num := m.target(m.Committed)
		whole.Add(whole, num)
		q, r := new(big.Int).QuoRem(num, tenThousand, new(big.Int))
		out.TargetInt[i], rest[i] = q.Int64(), r.Uint64()
		left -= q.Int64()
		out.Target = append(out.Target, quotient(num, tenThousand))
		out.FloorInt = append(out.FloorInt, floorOf(num, floorPercent))
	}
	half := new(big.Int).Add(whole, big.NewInt(5000))
	out.TargetTotal, out.TargetTotalInt = quotient(whole, tenThousand), half.Quo(half, tenThousand).Int64()
	out.FloorTotalInt = floorOf(whole, floorPercent)
	for _, i := range byRemainder(rest)[:left+out.TargetTotalInt] {
		out.TargetInt[i]++
	}
	return out, nil
}

var tenThousand, million = big.NewInt(1e4), big.NewInt(1e6)

func checkPlan(months []Plan, floorPercent int64) error {
	negative := func(m Plan) bool { return m.Committed < 0 || m.Rate < 0 || m.Actual < 0 || m.Achieved < 0 }
	if floorPercent < 0 || slices.ContainsFunc(months, negative) {
		return NegativeValue
	}
	users := func(v float64) bool { return isCount(v) && v <= 1e12 }
	for _, m := range months {
		if !users(m.Committed) || m.Rate > 1e6 || !(math.IsNaN(m.Actual) || users(m.Actual)) {
			return NotACount
		}
	}
	if floorPercent > 1e6 || !floorFits(months, floorPercent) {
		return NotACount
	}
	return nil
}

// floorFits says that the floors of all months together are a number that a computer counts to.
func floorFits(months []Plan, percent int64) bool {
	whole := new(big.Int)
	for _, m := range months {
		whole.Add(whole, m.target(m.Committed))
	}
	whole.Mul(whole, big.NewInt(percent))
	return whole.Add(whole.Quo(whole, million), big.NewInt(1)).IsInt64()
}

// target is users × rate in 1/10000 users.
func (m Plan) target(users float64) *big.Int {
	return new(big.Int).Mul(big.NewInt(int64(users)), big.NewInt(m.Rate))
}

// floorOf is ⌈percent% of num/10000⌉.
func floorOf(num *big.Int, percent int64) int64 {
	v := new(big.Int).Mul(num, big.NewInt(percent))
	v.Add(v, big.NewInt(1e6-1))
	return v.Quo(v, million).Int64()
}

func quotient(a, b *big.Int) float64 {
	f, _ := new(big.Rat).SetFrac(a, b).Float64()
	return f
}

// MonthlyAdjustment is what one month's target comes to after the traffic that was delivered.
type MonthlyAdjustment struct {
	Known    bool    // the delivered traffic is known; otherwise the rest is NaN, 0 and ""
	Factor   float64 // min(1, actual/committed)
	Target   float64
	FloorInt int64
	Status   string // "met", "floor_met" or "missed"; "" where the result isn't known
}

// AdjustMonthly lowers every month's target in proportion to the traffic that was delivered, never raises it, and returns
// the total over the months that are known. Refuses as Forecasted does.
func AdjustMonthly(months []Plan, floorPercent int64) ([]MonthlyAdjustment, float64, error) {
	if err := checkPlan(months, floorPercent); err != nil {
		return nil, 0, err
	}
	out, whole := make([]MonthlyAdjustment, len(months)), new(big.Int)
	for i, m := range months {
		out[i] = MonthlyAdjustment{Factor: math.NaN(), Target: math.NaN()}
		if math.IsNaN(m.Actual) {
			continue
		}
		num := m.target(math.Min(m.Actual, m.Committed))
		whole.Add(whole, num)
		out[i] = MonthlyAdjustment{true, deliveredShare(m.Actual, m.Committed), quotient(num, tenThousand),
			floorOf(num, floorPercent), status(m.Achieved, num, floorPercent)}
	}
	return out, quotient(whole, tenThousand), nil
}

func deliveredShare(actual, committed float64) float64 {
	if committed == 0 {
		return 1
	}
	return math.Min(1, actual/committed)
}

// status compares a result with the adjusted target and its floor, exactly.
func status(achieved float64, num *big.Int, percent int64) string {
	if math.IsNaN(achieved) || math.IsInf(achieved, 0) {
		return ""
	}
	won := new(big.Rat).SetFloat64(achieved)
	switch {
	case won.Cmp(new(big.Rat).SetFrac(num, tenThousand)) >= 0:
		return "met"
	case won.Cmp(new(big.Rat).SetFrac(new(big.Int).Mul(num, big.NewInt(percent)), million)) >= 0:
		return "floor_met"
	}
	return "missed"
}

// PeriodAdjustment is what the target of a period comes to after the traffic that was delivered, over the months
// that are known.
type PeriodAdjustment struct {
	Factor, Target, Floor float64
	Status                string // "met", "floor_met" or "missed", compared exactly; "" where a result isn't known
}

// AdjustCumulative lowers the targets of all months that are known by one factor, min(1, Σactual/Σcommitted). Refuses as
// Forecasted does.
func AdjustCumulative(months []Plan, floorPercent int64) (PeriodAdjustment, error) {
	if err := checkPlan(months, floorPercent); err != nil {
		return PeriodAdjustment{}, err
	}
	var actual, committed, achieved float64
	whole := new(big.Int)
	for _, m := range months {
		if !math.IsNaN(m.Actual) {
			actual, committed, achieved = actual+m.Actual, committed+m.Committed, achieved+m.Achieved
			whole.Add(whole, m.target(m.Committed))
		}
	}
	out := PeriodAdjustment{Factor: deliveredShare(actual, committed)}
	out.Target = quotient(whole, tenThousand) * out.Factor
	out.Floor = out.Target * float64(floorPercent) / 100
	out.Status = statusOverall(actual, committed, achieved, whole, floorPercent)
	return out, nil
}

// statusOverall compares the result of all months with target × actual/committed: both sides times committed, so that
// nothing is divided.
func statusOverall(actual, committed, achieved float64, whole *big.Int, percent int64) string {
	if committed <= actual || math.IsNaN(achieved) {
		return status(achieved, whole, percent)
	}
	num := new(big.Int).Mul(whole, big.NewInt(int64(actual)))
	return status(achieved*committed, num, percent)
}
