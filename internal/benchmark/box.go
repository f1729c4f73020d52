package benchmark

import (
	"math"

	"benchbook/internal/stat"
)

// box adds the numbers of a box plot beside the median. Whiskers and outliers
// are single contributors' numbers; so where the data are protected there are
// no outliers, the whiskers are the 10th and 90th percentile, and each number
// needs as many contributors as the quantile that it stands for.
func (t *Table) box(g int, s sample) {
	if t.Indicator.Box == "" {
		return
	}
	b := stat.BoxPlot(s.values, stat.BoxRule(t.Indicator.Box))
	method := BoxOpen
	if !t.Dataset.Open {
		method = BoxProtected
		b.WhiskerLo, b.WhiskerHi = stat.Quantile(s.values, 0.1), stat.Quantile(s.values, 0.9)
	}
	for _, n := range []struct {
		stat  string
		value float64
		needs int // contributors
	}{{"whisker_lo", b.WhiskerLo, tailContributors}, {"box_q1", b.Q1, quartileContributors}, {"box_q3", b.Q3, quartileContributors}, {"whisker_hi", b.WhiskerHi, tailContributors}} {
		e := t.blank(g, n.stat, s, method)
		if t.Dataset.Open || s.people >= n.needs {
			e.Value = n.value
		}
		t.Estimates = append(t.Estimates, e)
	}
	if t.Dataset.Open {
		e := t.blank(g, "outliers", s, CountOnly)
		e.Value = float64(len(b.Outliers))
		t.Estimates = append(t.Estimates, e)
	}
}

// How many contributors P10 and P90, and the quartiles, need.
const (
	tailContributors     = 20
	quartileContributors = 12
)

// shrunk is how contributors' rates are spread once what is chance in small
// ones is taken out: a beta-binomial model, told by its mean and the quartiles
// of its estimates, never by a contributor's own.
func (t *Table) shrunk(g int, s sample, num, den []float64) {
	if t.Indicator.Shrink == "" {
		return
	}
	model, err := stat.BetaBinomial(num, den, stat.FitMethod(t.Indicator.Shrink), level)
	values := []float64{math.NaN(), math.NaN(), math.NaN(), math.NaN()}
	if err == nil && model.K >= tailContributors && s.people >= tailContributors {
		rates := make([]float64, model.K)
		for i, p := range model.Posterior {
			rates[i] = p.Mean
		}
		rates = stat.Sorted(rates)
		values = []float64{model.Mu, stat.Quantile(rates, 0.25), stat.Quantile(rates, 0.5), stat.Quantile(rates, 0.75)}
	}
	for i, name := range []string{"shrunk_mean", "shrunk_p25", "shrunk_p50", "shrunk_p75"} {
		e := t.blank(g, name, s, Shrunk)
		e.Value = values[i]
		t.Estimates = append(t.Estimates, e)
	}
}
