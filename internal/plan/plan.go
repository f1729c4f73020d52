// Package plan holds the two reckonings that a contract of the trade rests on:
// the forecast table (committed traffic × rates, a floor, what a shortfall of
// traffic does to it, a bonus) and the payback of a ledger of months.
//
// In: data/forecasts/NAME.toml and data/paybacks/NAME.toml. Out: every number
// of the table in exact arithmetic, with the one text that the page and the
// spreadsheet both show, and the formulas of the spreadsheet, which give the same
// digits. It refuses floating point: a verdict is a comparison of whole numbers and
// no rounding comes before it (79.99% is shown as that, never as 80%).
//
// The numbers are an agreement's or one project's own, not observations of
// contributors: nothing here goes through disclosure control.
package plan

import (
	"math/big"
	"strconv"
	"strings"

	"benchbook/internal/diag"
)

// Status is how a result stands to its forecast.
type Status string

// The statuses. Open is a month whose traffic or result is not known yet, or in
// which no traffic was promised and none came.
const (
	Open     Status = "open"
	Missed   Status = "missed"
	FloorMet Status = "floor_met"
	Met      Status = "met"
)

// Title is the status in a reader's words.
func (s Status) Title() string {
	return map[Status]string{Open: "未评定", Missed: "未达标", FloorMet: "达标", Met: "达标"}[s]
}

// Line is the performance line that the status stands for.
func (s Status) Line() string {
	return map[Status]string{Open: "—", Missed: "不及格线", FloorMet: "正常线", Met: "优良线"}[s]
}

// overLine is the line beyond which a bonus is paid.
const overLine = "超额线"

// Basis says how a shortfall of traffic is reckoned.
type Basis string

// The bases.
const (
	Monthly    Basis = "monthly"
	Cumulative Basis = "cumulative"
)

// Title is the basis in a reader's words.
func (b Basis) Title() string {
	if b == Cumulative {
		return "累计"
	}
	return "逐月"
}

// Tier is a price for every unit beyond a number, up to the next tier.
type Tier struct {
	Over *big.Rat
	Per  *big.Rat // yuan
}

// Month is one line of a forecast, as it is written.
type Month struct {
	Label               string
	Committed           int64
	Rate                *big.Rat // share of the traffic that is promised; nil where Target is
	RateText            string
	Target              *big.Rat
	Delivered, Achieved *big.Rat // nil = not known yet
}

// Forecast is one table as it is written.
type Forecast struct {
	Name, File, Title, Summary string
	KPI, Unit, Traffic, Source string
	Lower, Sample              bool
	Decimals                   int      // of a result: 0 for people, 2 for yuan
	Floor                      *big.Rat // share of the forecast that has to be reached
	FloorText                  string
	Basis                      Basis
	Tiers                      []Tier
	Cap                        *big.Rat // of the bonus, nil = none
	Months                     []Month
	Pos                        diag.Pos
}

// half rounds half away from zero to so many decimals.
func half(x *big.Rat, decimals int) *big.Rat {
	scaled := new(big.Rat).Mul(x, pow10(decimals))
	two := new(big.Int).Mul(scaled.Denom(), big.NewInt(2))
	n := new(big.Int).Mul(new(big.Int).Abs(scaled.Num()), big.NewInt(2))
	n.Add(n, scaled.Denom()).Quo(n, two)
	if x.Sign() < 0 {
		n.Neg(n)
	}
	return new(big.Rat).Quo(new(big.Rat).SetInt(n), pow10(decimals))
}

// down and up round to so many decimals without ever crossing x.
func down(x *big.Rat, decimals int) *big.Rat {
	scaled := new(big.Rat).Mul(x, pow10(decimals))
	q := new(big.Int).Div(scaled.Num(), scaled.Denom()) // Euclidean: towards −∞ for a positive divisor
	return new(big.Rat).Quo(new(big.Rat).SetInt(q), pow10(decimals))
}

func up(x *big.Rat, decimals int) *big.Rat {
	return new(big.Rat).Neg(down(new(big.Rat).Neg(x), decimals))
}

func pow10(n int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil))
}

// text prints a number with so many decimals and commas; nil is 「—」.
func text(x *big.Rat, decimals int) string {
	if x == nil {
		return "—"
	}
	s := new(big.Rat).Abs(x).FloatString(decimals)
	whole, frac, dotted := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dotted {
		whole += "." + frac
	}
	if x.Sign() < 0 && strings.Trim(s, "0.") != "" {
		return "-" + whole
	}
	return whole
}

// percent prints a share with two decimals, cut off and never rounded up: a result
// that falls short of 80% is not printed as 80.00%.
func percent(x *big.Rat) string {
	if x == nil {
		return "—"
	}
	return down(new(big.Rat).Mul(x, big.NewRat(100, 1)), 2).FloatString(2) + "%"
}

// decimal reads a number as it is written in TOML, exactly.
func decimal(v any) (*big.Rat, string, bool) {
	var s string
	switch v := v.(type) {
	case int64:
		s = strconv.FormatInt(v, 10)
	case float64:
		s = strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		s = strings.TrimSpace(strings.ReplaceAll(v, ",", ""))
	default:
		return nil, "", false
	}
	bare, isPercent := strings.CutSuffix(s, "%")
	if strings.ContainsAny(bare, "eE/xX_") {
		return nil, "", false
	}
	r, ok := new(big.Rat).SetString(bare)
	if ok && isPercent {
		r.Quo(r, big.NewRat(100, 1))
	}
	return r, s, ok
}
