package release

import (
	"math"
	"math/rand/v2"
	"testing"

	"benchbook/internal/benchmark"
	"benchbook/internal/indicator"
)

func TestAmountsAreCoarse(t *testing.T) {
	for x, want := range map[float64]float64{48731206.55: 48700000, 0.0731707: 0.0732, 14.499999999999998: 14.5, 999.6: 1000, 0.54455: 0.545, 5446: 5450, 9.4996: 9.5, -3.14159: -3.14, 0: 0, 6: 6} {
		if got := toDigits(x, 3, 9); got != want {
			t.Errorf("%v becomes %v, want %v", x, got, want)
		}
	}
}

// What is printed is the number rounded once, not the coarse one rounded again.
func TestCoarseNumbersPrintAsTheExactOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 15))
	for range 200_000 {
		x := math.Exp(r.NormFloat64() * 6)
		places := 2 - int(math.Floor(math.Log10(x)))
		for k := places; k > places-3; k-- {
			y := toDigits(x, 3, k)
			if toPlaces(y, k) != toPlaces(x, k) {
				t.Fatalf("%v is %v, and to %d places %v instead of %v", x, y, k, toPlaces(y, k), toPlaces(x, k))
			}
			if math.Abs(y-x) > 1.0001*math.Pow10(-places) {
				t.Fatalf("%v is %v", x, y)
			}
		}
	}
}

// A median of an odd number of contributors is one contributor's number, and a
// mean times n is a sum: of protected data neither comes out to the last digit.
func TestNoContributorsNumberIsPublished(t *testing.T) {
	values := []float64{}
	for k := range 21 {
		values = append(values, 48731206.55+917313.37*float64(k))
	}
	for _, open := range []bool{true, false} {
		ind := &indicator.Indicator{ID: "gmv", Dataset: "d", Kind: "quantile", Field: "gmv", Unit: "元", Decimals: -1}
		table := &benchmark.Table{Indicator: ind, Dataset: benchmark.Dataset{Name: "d", Open: open}, Groups: []benchmark.Group{{Contributors: 21}}}
		table.Estimates = []benchmark.Estimate{{Option: -1, Stat: "p50", Value: values[10], Lo: values[5], Hi: values[15], Above: math.NaN(), Count: 21, Base: 21, Contributors: 21, BaseContributors: 21}}
		for _, c := range Release(Rules{}, []*benchmark.Table{table}).order[0].Rows[0].Cells {
			for _, x := range []float64{c.value, c.lo, c.hi} {
				raw := false
				for _, v := range values {
					raw = raw || x == v
				}
				if raw != open {
					t.Errorf("open %v: %v is a contributor's own number: %v", open, x, raw)
				}
			}
		}
	}
}
