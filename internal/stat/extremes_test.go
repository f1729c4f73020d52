package stat

import (
	"math"
	"testing"
)

func TestHugeNumbersKeepTheirDigits(t *testing.T) {
	m, err := MeanOf([]float64{1e300, 3e300}, nil, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "mean", m.Mean, 2e300, 1e-15)
	near(t, "its error", m.SE, 1e300, 1e-14)
	r, err := RatioOfSums([]float64{1e200, 3e200}, []float64{1e201, 1e201}, []float64{1e250, 1e250}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ratio", r.R, 0.2, 1e-14)
	near(t, "its error", r.SE, 0.1, 1e-14)
	near(t, "units it rests on", r.KEff, 2, 1e-14)
	near(t, "quantile", Quantile([]float64{-1.5e308, 1.5e308}, 0.75), 0.75e308, 1e-15)
	for _, n := range []float64{1e6, 1e9, 1e12} {
		i, w := ClopperPearson(n/4, n, 0.95), Wilson(n/4, n, 0.95)
		near(t, "exact width", i.Hi-i.Lo, w.Hi-w.Lo, 1e-3) // they differ by 1/n
	}
}

func TestNothingIsEstimatedFromNothing(t *testing.T) {
	nan := math.NaN()
	nothing := []float64{nan, nan}
	s, err := WeightedShare(nothing, ShareOptions{Weight: []float64{nan, -1}})
	if err != nil || s.N != 0 || !math.IsNaN(s.P) {
		t.Errorf("weights of missing rows are looked at: %+v, %v", s, err)
	}
	k, err := KaplanMeier(nothing, []bool{true, false}, 0.95, "")
	if err != nil || k.N != 0 || !math.IsNaN(k.At(3).Share) {
		t.Errorf("survival of nobody: %+v, %v", k, err)
	}
	r, err := Rake([]Margin{{[]string{}, []Target{{"a", 0}}}}, nil)
	if err != nil || r.Summary.N != 0 || !math.IsNaN(r.Summary.Deff) {
		t.Errorf("raking nobody to nothing: %+v, %v", r, err)
	}
	if i := Wilson(1, 0, 0.95); !math.IsNaN(i.Lo) || !math.IsNaN(Wilson(3, 2, 0.95).Hi) || !math.IsNaN(Wilson(1, 2, 1).Lo) {
		t.Error("an interval without trials, beyond them, or at 100%")
	}
	if _, err := RoundPercent([]float64{1}, 12); err != NotACount {
		t.Errorf("12 digits: %v", err)
	}
	if c := DiffProp(3, 2, 1, 2, 0.95); !math.IsNaN(c.Diff) || c.Test != NotTested {
		t.Errorf("3 of 2: %+v", c)
	}
}
