package stat

import (
	"math"
	"testing"
)

func nearly(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12+1e-9*math.Abs(want)) && !(math.IsNaN(got) && math.IsNaN(want)) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func wants(t *testing.T, what string, got Difference, diff, se, df, lo, hi, p float64) {
	t.Helper()
	for _, x := range []struct {
		name      string
		got, want float64
	}{{"difference", got.Diff, diff}, {"se", got.SE, se}, {"df", got.DF, df}, {"lo", got.Lo, lo}, {"hi", got.Hi, hi}, {"p", got.P, p}} {
		if x.want != untold {
			nearly(t, what+": "+x.name, x.got, x.want)
		}
	}
}

// untold stands where a test says nothing of a number.
const untold = -12345

// Miles per gallon of mtcars with manual against automatic gears: p as R's t.test (Welch).
func TestMeansAreComparedAsWelchDoes(t *testing.T) {
	manual := []float64{21, 21, 22.8, 32.4, 30.4, 33.9, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4}
	automatic := []float64{21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 21.5, 15.5, 15.2, 13.3, 19.2}
	d := DiffMeasured(measuredMean(automatic), measuredMean(manual))
	wants(t, "mtcars", d, 24.39230769230769269-17.14736842105263293, 1.92320213385972005, 18.33225163840046079, untold, untold, 0.00137363833307103)
	if !(d.Lo < d.Diff && d.Diff < d.Hi && d.Lo > 0) {
		t.Errorf("limits %v", d.Interval)
	}
}

// Student's sleep data: R's paired t.test; with weights 1 … 10, survey's svymean of the differences.
func TestPairedMeansAsInR(t *testing.T) {
	p := Panel{Old: []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2}, New: []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}}
	d, _ := DiffPairedMeans(p, 0.95)
	wants(t, "sleep", d, 1.58, untold, 9, 0.70011423672301754, 2.45988576327698238, 0.00283289019738427)
	p.Weight = []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	d, _ = DiffPairedMeans(p, 0.95)
	wants(t, "weighted", d, 1.7363636363636363, 0.5533315531066442, 9, 0.4846407001011859, 2.9880865726270870, 0.0119661826831951)
}

// survey's svymean of gained minus lost, and Bonett and Price's limits written out in R.
func TestPairedWeightedSharesAsInR(t *testing.T) {
	p := Panel{Old: []float64{1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0}, New: []float64{1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0}, Weight: []float64{1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3}}
	d, _ := DiffPairedShares(p, 0.95)
	wants(t, "weighted", d, 0.125, 0.207003330378713, 11, -0.374754078585094, 0.576615780712754, 0.558187560851786)
	p.Cluster = []string{"1", "2", "3", "4", "1", "2", "3", "4", "1", "2", "3", "4"}
	d, _ = DiffPairedShares(p, 0.95)
	wants(t, "clustered", d, 0.125, 0.275336494466653, 3, untold, untold, 0.680667839005735)
	p.New = p.Old
	d, _ = DiffPairedShares(p, 0.95)
	wants(t, "nobody changed", d, 0, 0, 3, untold, untold, 1)
	if !(d.Lo < -0.05 && d.Hi > 0.05) {
		t.Errorf("twelve who did not change are no proof that nobody does: %v", d.Interval)
	}
}

// The jackknife written out in R: six brands, each left out in both editions at once.
func TestPairedRatiosAsInR(t *testing.T) {
	d, _ := DiffPairedRatios(RatioPanel{OldNum: []float64{5, 20, 3, 40, 8, 12}, OldDen: []float64{100, 150, 60, 300, 90, 110},
		NewNum: []float64{9, 25, 6, 41, 15, 20}, NewDen: []float64{110, 160, 55, 310, 80, 140}}, 0.95)
	wants(t, "six brands", d, 0.0270305393112411, 0.0168062465715102, 3.4846206425153792, -0.0224830003765709, 0.0765440789990530, 0.1934154942569675)
}

func ramp() (a, b, mixed []float64) {
	for i := range 12 {
		a, b = append(a, float64(i+1)), append(b, float64(i+1)*1.5+3)
	}
	for _, i := range []int{2, 1, 4, 3, 12, 11, 6, 5, 8, 7, 10, 9} {
		mixed = append(mixed, b[i-1])
	}
	return a, b, mixed
}

// 1 … 12 against 4.5 … 21 by steps of 1.5: limits by qbinom in R, combined; p by halving alpha.
func TestMediansAreComparedWithoutAShape(t *testing.T) {
	a, b, mixed := ramp()
	d := DiffLimited(limitedMedian(a), limitedMedian(b), 0, 0.95)
	wants(t, "independent", d, 6.25, math.NaN(), math.NaN(), -0.0597147320619813, 12.5597147320619804, untold)
	if math.Abs(d.P-0.145996093749997) > 1e-9 {
		t.Errorf("p = %v", d.P)
	}
	d, _ = DiffPairedQuantiles(Panel{Old: a, New: mixed}, 0.5, 0.95, 7)
	wants(t, "paired", d, 6.25, math.NaN(), math.NaN(), 1, 11.5, untold)
	if !(d.P < 0.05) {
		t.Errorf("limits without 0 and p = %v", d.P)
	}
	same, _ := DiffPairedQuantiles(Panel{Old: a, New: a}, 0.5, 0.95, 7)
	wants(t, "the same", same, 0, math.NaN(), math.NaN(), math.NaN(), math.NaN(), 1)
}

// Test and interval never disagree: p is below alpha where 0 is outside.
func TestLimitsAndTestOfMediansAgree(t *testing.T) {
	a, b, _ := ramp()
	for shift := -10.0; shift < 10; shift += 0.5 {
		moved := make([]float64, len(b))
		for i := range b {
			moved[i] = b[i] + shift
		}
		for _, level := range []float64{0.8, 0.9, 0.95, 0.99} {
			d := DiffLimited(limitedMedian(a), limitedMedian(moved), 0, level)
			if outside := d.Lo > 0 || d.Hi < 0; outside != (d.P < 1-level-1e-9) {
				t.Errorf("shift %v, level %v: %v, p = %v", shift, level, d.Interval, d.P)
			}
		}
	}
}

func TestNothingIsComparedWithNothing(t *testing.T) {
	nan := math.NaN()
	for name, f := range map[string]func() (Difference, error){
		"shares": func() (Difference, error) { return DiffPairedShares(Panel{}, 0.95) },
		"means": func() (Difference, error) {
			return DiffPairedMeans(Panel{Old: []float64{nan}, New: []float64{1}}, 0.95)
		},
		"quantiles": func() (Difference, error) { return DiffPairedQuantiles(Panel{}, 0.5, 0.95, 7) },
		"ratios":    func() (Difference, error) { return DiffPairedRatios(RatioPanel{}, 0.95) },
		"missing":   func() (Difference, error) { return DiffMeasured(Measured{Value: nan}, Measured{Value: 1}), nil },
		"limited": func() (Difference, error) {
			return DiffLimited(limitedMedian(nil), limitedMedian([]float64{1}), 0, 0.95), nil
		},
	} {
		if d, err := f(); err != nil || !math.IsNaN(d.Diff) || !math.IsNaN(d.P) {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
	bad := Panel{Old: []float64{1, 0}, New: []float64{0, 1}, Weight: []float64{1, -1}}
	if _, err := DiffPairedShares(bad, 0.95); err != BadWeight {
		t.Errorf("a negative weight: %v", err)
	}
	if _, err := DiffPairedMeans(bad, 0.95); err != BadWeight {
		t.Errorf("a negative weight: %v", err)
	}
	if d, _ := DiffPairedMeans(Panel{Old: []float64{1}, New: []float64{3}}, 0.95); d.Diff != 2 || !math.IsNaN(d.P+d.Lo) {
		t.Errorf("one unit: %+v", d)
	}
}

// The area under the curve; benchmark holds it against R on real data.
func TestRestrictedMeanAsInR(t *testing.T) {
	times, events := []float64{1, 2, 2, 3, 5}, []bool{true, true, false, true, false}
	// By hand: S is 1, 0.8, 0.6, 0.3 from 0, 1, 2, 3 to 5: 1 + 0.8 + 0.6 + 0.6.
	s, _ := KaplanMeier(times, events, 0.95, LogLog)
	nearly(t, "by hand", s.RestrictedMean(), 3)
	if s.NaiveMean != 2 {
		t.Errorf("naive mean %v", s.NaiveMean)
	}
	empty, _ := KaplanMeier(nil, nil, 0.95, LogLog)
	if !math.IsNaN(empty.RestrictedMean()) {
		t.Error("no cases have no mean")
	}
}
