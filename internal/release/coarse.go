package release

import (
	"math"
	"strconv"

	"benchbook/internal/benchmark"
)

// Numbers of protected data are published as coarse as a reader needs them. A
// double of a mean times its n is a sum to the last cent; a median of an odd
// number of contributors is one contributor's number; a weighted share tells
// weights. What is left exact is what n and the count beside it tell anyway:
// shares of rows that count once, and their limits.

// DefaultDigits is how many significant digits amounts of protected data have.
const DefaultDigits = 3

const (
	shareDecimals = 3 // of shares that rest on weights, clusters or curves, as fractions of 1: a tenth of a percent
	pDecimals     = 3
)

func (r Rules) digits() int {
	if r.Digits <= 0 {
		return DefaultDigits
	}
	return r.Digits
}

// coarsen rounds what a cell tells.
func (s *screen) coarsen(c *Cell, e *benchmark.Estimate) {
	if s.open || e.Counted || counting(e.Stat) && e.Stat != "k_eff" {
		return
	}
	round := func(x float64) float64 { return toDigits(x, s.rules.digits(), c.shownPlaces()) }
	if e.Share {
		round = func(x float64) float64 { return twice(x, shareDecimals, c.shownPlaces()) }
	}
	if plain := float64(e.Count) / float64(e.Base); !e.Share || math.Abs(c.value-plain) > 1e-12 {
		c.value = round(c.value)
	}
	c.lo, c.hi = round(c.lo), round(c.hi)
	c.nEff = toDigits(c.nEff, DefaultDigits, 0)
}

// coarseChange rounds a difference like what it is the difference of.
func (s *screen) coarseChange(c *Cell, x float64) float64 {
	if c.stat == changeStat {
		return twice(x, shareDecimals, c.shownPlaces())
	}
	return toDigits(x, s.rules.digits(), c.shownPlaces())
}

// toDigits rounds to significant digits, half away from zero; the result is the
// double nearest to the decimal number.
func toDigits(x float64, digits, shown int) float64 {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	return twice(x, digits-1-int(math.Floor(math.Log10(math.Abs(x)))), shown)
}

// twice rounds so that rounding once more, to the fewer places that are shown,
// gives what rounding the number itself would: 0.5446 is 0.544 where whole
// percents are shown, since 0.545 would print as 55%.
func twice(x float64, places, shown int) float64 {
	y := toPlaces(x, places)
	if shown < places && toPlaces(y, shown) != toPlaces(x, shown) {
		return toPlaces(y-math.Copysign(math.Pow10(-places), x), places)
	}
	return y
}

// shownPlaces is how many places of the value itself a cell prints.
func (c *Cell) shownPlaces() int {
	if c.percent {
		return c.decimals + 2
	}
	return c.decimals
}

// toPlaces rounds to decimals, or with a number below 0 to tens, hundreds and so on.
func toPlaces(x float64, places int) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	if places > 15 || places < -300 {
		return x
	}
	unit := math.Pow10(max(places, -places))
	if places < 0 {
		return math.Round(x/unit) * unit
	}
	// 14.5 may have become 14.499999999999998 on its way; and what is printed has to read back as the decimal.
	rounded := math.Copysign(math.Floor(float64(math.Abs(x)*unit*(1+1e-12))+0.5)/unit, x)
	if text, err := strconv.ParseFloat(strconv.FormatFloat(rounded, 'f', places, 64), 64); err == nil {
		return text
	}
	return rounded
}
