package stat

import (
	"math"
	"math/rand/v2"
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

// Whatever the numbers are, an estimator answers or refuses.
func TestHostileNumbers(t *testing.T) {
	pool := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, 1, 1, 2, -1, 0.5, 1e308, 5e-324, 1e18, 3}
	words := []string{"", "a", "b", "a;b", "none", "\x00|"}
	r := rand.New(rand.NewPCG(11, 12))
	pick := func() float64 { return pool[r.IntN(len(pool))] }
	for range 1500 {
		n := r.IntN(6)
		col := func() []float64 {
			v := make([]float64, n)
			for i := range v {
				v[i] = pick()
			}
			return v
		}
		texts, flags := make([]string, n), make([]bool, n)
		for i := range texts {
			texts[i], flags[i] = words[r.IntN(len(words))], r.IntN(2) == 0
		}
		x, y, z, level, p := col(), col(), col(), []float64{0.95, 0.2, pick()}[r.IntN(3)], pick()
		margins := []Margin{{texts, []Target{{"a", pick()}, {"b", 2}, {"", 1}, {"a;b", 0}, {"none", 1}, {"\x00|", 1}}}}
		askEverything(x, y, z, texts, flags, margins, level, p)
		for _, i := range []Interval{Wilson(p, pick(), level), ClopperPearson(p, pick(), level)} {
			if i.Lo > i.Hi || i.Lo < 0 || i.Hi > 1 {
				t.Fatalf("interval %v", i)
			}
		}
	}
}

func askEverything(x, y, z []float64, texts []string, flags []bool, margins []Margin, level, p float64) {
	for _, m := range []ShareMethod{KornGraubard, LogitShare, PlainShare} {
		_, _ = WeightedShare(x, ShareOptions{Level: level, Method: m, Weight: y, Cluster: texts, Uncapped: len(flags) > 2})
	}
	q := Question{Options: []string{"a", "b", "none"}, Sep: ";", None: "none", Estimator: ShareOptions{Weight: x}}
	_, _ = SingleChoice(texts, q)
	_, _ = MultiSelect(texts, q)
	_, _ = SummarizeWeights(x)
	_, _ = TrimWeights(x, p)
	_, _ = Rake(margins, x)
	_, _ = ShareAfterRaking(x, margins, nil, level)
	_, _ = MeanOf(x, y, level)
	BoxPlot(Sorted(x), BoxHinge)
	QuantileCI(Sorted(x), p, level)
	GroupedMedians(x, texts, 2, level)
	if s, err := NewWeighted(x, y); err == nil {
		s.CI(p, level)
		s.Woodruff(p, level)
	}
	_, _ = RatioOfSums(x, y, z, level)
	_, _ = BetaBinomial(x, y, MaximumLikelihood, level)
	_, _ = Bands(x, y, []Band{{"all", p, math.NaN(), true, false}}, level)
	if k, err := KaplanMeier(x, flags, level, Plain); err == nil {
		k.Median()
		k.At(p)
	}
	_, _ = LogRankTest(x, flags, texts)
	var months []Month
	var bins []Bin
	var plans []Plan
	var rows []Contribution
	for i := range x {
		months = append(months, Month{x[i], y[i], z[i]})
		bins = append(bins, Bin{x[i], y[i], z[i]})
		plans = append(plans, Plan{x[i], 500, y[i], z[i]})
		rows = append(rows, Contribution{"c", texts[i], x[i]})
	}
	_, _ = Payback(months)
	_, _ = BinnedQuantile(bins, p)
	_, _ = BinExact(x, y)
	_, _ = Forecasted(plans, 80)
	_, _, _ = AdjustMonthly(plans, 80)
	_, _ = AdjustCumulative(plans, 80)
	_, _ = PrimarySuppression(rows, SensitivityRules{3, 1, p, p})
	_, _ = RoundPercent(x, 1)
	AdjustP(x, BenjaminiHochberg)
	PercentileRank(x, p, level)
	if len(x) > 3 {
		DiffProp(x[0], x[1], x[2], x[3], level)
	}
}

// Twelve months at the most that is allowed would add up beyond 63 bits: refused, not wrapped round.
func TestForecastsBeyondCountingAreRefused(t *testing.T) {
	months := make([]Plan, 12)
	for i := range months {
		months[i] = Plan{Committed: 1e12, Rate: 1e6, Actual: math.NaN(), Achieved: math.NaN()}
	}
	if _, err := Forecasted(months, 1e6); err != NotACount {
		t.Errorf("twelve months: %v", err)
	}
	out, err := Forecasted(months[:9], 1e6)
	if err != nil || out.FloorTotalInt != 9e18 {
		t.Errorf("nine months: %v, %v", out.FloorTotalInt, err)
	}
}
