package stat

import (
	"math"
	"math/big"
)

// Band is a named range of rates. Bounds are fractions of 1, exact to six decimals; NaN means no bound on that side. A
// closed bound belongs to the band.
type Band struct {
	Name               string
	Lo, Hi             float64
	LoClosed, HiClosed bool
}

// BandShare is how many units fall into a band.
type BandShare struct {
	Name         string
	N            int
	Share        float64
	Interval              // Wilson
	Simultaneous Interval // Wilson at level 1-α/K for K bands: to compare bands with each other
}

// BandTable is the distribution of units over bands.
type BandTable struct {
	N        int // units with a rate
	Excluded int // rows without one
	Bands    []BandShare
}

// Bands counts the units (num of den; NaN: missing) per band. A rate is compared as num·10⁶ against den·(bound·10⁶) in
// exact arithmetic, so that 50 of 1000 is 5%. Refuses BandsOverlap for a unit in two bands and then BandsGap for a unit
// in none.
func Bands(num, den []float64, bands []Band, level float64) (BandTable, error) {
	counts := make([]int, len(bands))
	out := BandTable{}
	gap := false
	for i := range num {
		if _, valid := usable(num[i], den[i]); !valid || den[i] <= 0 {
			out.Excluded++
			continue
		}
		out.N++
		hits := 0
		for k, b := range bands {
			if b.holds(num[i], den[i]) {
				counts[k]++
				hits++
			}
		}
		if hits > 1 {
			return BandTable{}, BandsOverlap
		}
		gap = gap || hits == 0
	}
	if gap {
		return BandTable{}, BandsGap
	}
	for k, b := range bands {
		x, n := float64(counts[k]), float64(out.N)
		out.Bands = append(out.Bands, BandShare{b.Name, counts[k], ratioOf(x, n), Wilson(x, n, level),
			Wilson(x, n, 1-(1-level)/float64(len(bands)))})
	}
	return out, nil
}

// holds says whether the rate num/den lies in the band.
func (b Band) holds(num, den float64) bool {
	if !math.IsNaN(b.Lo) {
		if c := againstBound(num, den, b.Lo); c < 0 || c == 0 && !b.LoClosed {
			return false
		}
	}
	if !math.IsNaN(b.Hi) {
		if c := againstBound(num, den, b.Hi); c > 0 || c == 0 && !b.HiClosed {
			return false
		}
	}
	return true
}

// againstBound compares num/den with a bound: -1, 0 or 1. Products of whole numbers below 2^53 are exact as they are;
// anything else goes through rationals.
func againstBound(num, den, bound float64) int {
	const exact = 1 << 53
	scaled := math.Round(bound * 1e6)
	if math.IsInf(scaled, 0) {
		return -compare(scaled, 0)
	}
	l, r := num*1e6, den*scaled
	if math.Abs(l) < exact && math.Abs(r) < exact && num == math.Trunc(num) && den == math.Trunc(den) {
		return compare(l, r)
	}
	if math.IsInf(num, 0) || math.IsInf(den, 0) {
		return compare(num/den, bound)
	}
	return product(num, 1e6).Cmp(product(den, scaled))
}

func product(a, b float64) *big.Rat {
	return new(big.Rat).Mul(new(big.Rat).SetFloat64(a), new(big.Rat).SetFloat64(b))
}
