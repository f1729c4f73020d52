package client

import (
	"math"
	"strconv"
	"strings"
)

// Amount is a number in 1/10,000, so that sums of days are exact.
type Amount int64

// one is the amount 1.
const one Amount = 10_000

// most is the largest number that is added up; beyond it sums could overflow.
const most = 1e11

// amountOf reads a cell's number; ok is false beyond what is exact.
func amountOf(x float64) (Amount, bool) {
	if math.IsNaN(x) || math.Abs(x) > most {
		return 0, false
	}
	return Amount(math.Round(x * float64(one))), true
}

// Value is a KPI in a period: a number over another, the latter 1 where the KPI
// is no ratio. Known is false where there is none, and Why says why.
type Value struct {
	Num, Den Amount
	Known    bool
	Why      string
}

// Float is the value, NaN where there is none.
func (v Value) Float() float64 {
	if !v.Known {
		return math.NaN()
	}
	return float64(v.Num) / float64(v.Den)
}

// whole gives both numbers as whole ones: of tenthousandths, unless both are whole already.
func (v Value) whole() (num, den int64) {
	if v.Num%one == 0 && v.Den%one == 0 {
		return int64(v.Num / one), int64(v.Den / one)
	}
	return int64(v.Num), int64(v.Den)
}

// Text prints a value of a KPI with its unit: 12.5%, 5,336 人.
func (k *KPI) Text(v Value) string {
	if !v.Known {
		return "—"
	}
	return k.Print(v.Float())
}

// Print writes a number in the KPI's unit and decimals.
func (k *KPI) Print(x float64) string {
	if math.IsNaN(x) {
		return "—"
	}
	if k.Percent {
		return Grouped(x*100, k.Decimals) + "%"
	}
	return Grouped(x, k.Decimals) + spaced(k.Unit)
}

func spaced(unit string) string {
	if unit == "" {
		return ""
	}
	return " " + unit
}

// Grouped writes a number with commas between thousands, rounded half away from zero.
func Grouped(x float64, decimals int) string {
	scale := math.Pow10(decimals)
	x = math.Round(x*scale*(1+1e-15)) / scale
	text := strconv.FormatFloat(math.Abs(x), 'f', decimals, 64)
	whole, rest, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		whole += "." + rest
	}
	if x < 0 {
		return "−" + whole
	}
	return whole
}
