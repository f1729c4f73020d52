package stat

import (
	"math"
	"math/rand/v2"
)

// simulation is one kind of interval or test with the trial that it is put to.
type simulation struct {
	kind string
	slow bool // fewer repetitions
	once trial
}

// The truths of the simulated worlds: lognormal amounts have median 1; their quartile and P90 lie at exp(∓0.6745) and
// exp(1.2816); paybacks are Weibull with scale 9 and shape 1.4.
var (
	lowerQuartile = math.Exp(-0.6744897501960817)
	ninthDecile   = math.Exp(1.2815515655446004)
	medianPayback = 9 * math.Pow(math.Ln2, 1/1.4)
	paidBySix     = 1 - math.Exp(-math.Pow(6.0/9, 1.4))
)

// paybacks draws times that are censored uniformly up to a last month; a low one leaves more than half unpaid.
func paybacks(r *rand.Rand, n int, scale, last float64) *Survival {
	var times []float64
	var events []bool
	for range n {
		t, c := scale*math.Pow(r.ExpFloat64(), 1/1.4), 1+last*r.Float64()
		times, events = append(times, math.Min(t, c)), append(events, t <= c)
	}
	k, _ := KaplanMeier(times, events, 0.95, LogLog)
	return k
}

// sized draws a population of two equal parts that answer 20% and 40%, where the first is twice as likely to answer the
// survey; the margins are known.
func sized(r *rand.Rand, n int) (y []float64, margins []Margin) {
	var part []string
	for range n {
		name, p := "a", 0.2
		if r.Float64() > 2.0/3 {
			name, p = "b", 0.4
		}
		part, y = append(part, name), append(y, float64(count(r.Float64() < p)))
	}
	return y, []Margin{{part, []Target{{"a", 500}, {"b", 500}}}}
}

// clustered draws n answers in groups of five that agree with each other (correlation 0.2), 30% on average.
func clustered(r *rand.Rand, n int) (y []float64, cluster []string) {
	for i := range n {
		cluster = append(cluster, string(rune('a'+i/5)))
	}
	for at := 0; at < n; at += 5 {
		u := r.Float64()
		p := betaQuantile(u, 1-u, 0.3*4, 0.7*4)
		for range min(5, n-at) {
			y = append(y, float64(count(r.Float64() < p)))
		}
	}
	return y, cluster
}

// panel draws correlated pairs: two lognormal amounts, the second times by.
func panel(r *rand.Rand, n int, by float64) Panel {
	var p Panel
	for range n {
		u := 0.8 * r.NormFloat64()
		p.Old = append(p.Old, math.Exp(u+0.6*r.NormFloat64()))
		p.New = append(p.New, by*math.Exp(u+0.6*r.NormFloat64()))
	}
	return p
}

// answers draws the same units' answers in two editions: 30% and, where moved, 40%, else 30% again; most of them alike.
// Counts are those in both, gained, lost, in neither.
func answers(r *rand.Rand, n int, moved bool) (p Panel, counts [4]float64) {
	for range n {
		older, gains := r.Float64() < 0.3, 0.06/0.7
		if moved {
			gains = 0.16 / 0.7
		}
		newer := older && r.Float64() >= 0.2 || !older && r.Float64() < gains
		p.Old, p.New = append(p.Old, float64(count(older))), append(p.New, float64(count(newer)))
		counts[2*count(!newer)+count(!older)]++ // newer only: 1, older only: 2
	}
	return p, counts
}

// ratioPanel draws brands whose rates keep to themselves from one edition to the next, in the second times by.
func ratioPanel(r *rand.Rand, n int, by float64) RatioPanel {
	const a, b = 0.11 * (1/0.06 - 1), 0.89 * (1/0.06 - 1)
	var p RatioPanel
	for range n {
		u, size := r.Float64(), math.Exp(6+1.3*r.NormFloat64())
		rate := betaQuantile(u, 1-u, a, b)
		draw := func(rate float64) (y, x float64) {
			x = math.Ceil(size * math.Exp(0.3*r.NormFloat64()))
			y = math.Round(x*rate + r.NormFloat64()*math.Sqrt(x*rate*(1-rate)))
			return math.Max(0, math.Min(x, y)), x
		}
		y1, x1 := draw(rate)
		y2, x2 := draw(math.Min(1, by*rate))
		p.OldNum, p.OldDen, p.NewNum, p.NewDen = append(p.OldNum, y1), append(p.OldDen, x1), append(p.NewNum, y2), append(p.NewDen, x2)
	}
	return p
}

func measuredMean(x []float64) Measured {
	m, _ := MeanOf(x, nil, 0.95)
	return Measured{m.Mean, m.SE, float64(m.N - 1), m.Interval}
}

func measuredRatio(num, den []float64) Measured {
	q, _ := RatioOfSums(num, den, nil, 0.95)
	return Measured{q.R, q.SEJack, math.Max(1, q.KEff-1), q.Jackknife}
}

func limitedMedian(x []float64) Limited {
	x = Sorted(x)
	return Limited{Quantile(x, 0.5), func(level float64) Interval { return QuantileCI(x, 0.5, level).Interval }}
}

func times(x []float64, by float64) []float64 {
	out := make([]float64, len(x))
	for i := range x {
		out[i] = by * x[i]
	}
	return out
}

func normals(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return x
}

// trials are the intervals of the site, by kind.
var trials = []simulation{
	{kind: "share, Wilson (p 10%)", once: func(r *rand.Rand, n int) bool {
		_, x := successes(r, n, 0.1)
		return covers(Wilson(x, float64(n), 0.95), 0.1)
	}},
	{kind: "share, Wilson (p 30%)", once: func(r *rand.Rand, n int) bool {
		_, x := successes(r, n, 0.3)
		return covers(Wilson(x, float64(n), 0.95), 0.3)
	}},
	{kind: "share, Clopper-Pearson (p 30%)", once: func(r *rand.Rand, n int) bool {
		_, x := successes(r, n, 0.3)
		return covers(ClopperPearson(x, float64(n), 0.95), 0.3)
	}},
	{kind: "weighted share, Korn-Graubard", once: func(r *rand.Rand, n int) bool {
		y, _ := successes(r, n, 0.3)
		s, _ := WeightedShare(y, ShareOptions{Weight: lognormalWeights(r, n)})
		return covers(s.Interval, 0.3)
	}},
	{kind: "weighted share, logit", once: func(r *rand.Rand, n int) bool {
		y, _ := successes(r, n, 0.3)
		s, _ := WeightedShare(y, ShareOptions{Weight: lognormalWeights(r, n), Method: LogitShare})
		return covers(s.Interval, 0.3)
	}},
	{kind: "clustered share (groups of 5, rho 0.2)", once: func(r *rand.Rand, n int) bool {
		y, cluster := clustered(r, n)
		s, _ := WeightedShare(y, ShareOptions{Cluster: cluster})
		return covers(s.Interval, 0.3)
	}},
	{kind: "raked share, calibration variance", once: func(r *rand.Rand, n int) bool {
		y, margins := sized(r, n)
		s, err := ShareAfterRaking(y, margins, nil, 0.95)
		return err != nil || covers(s.Interval, 0.3)
	}},
	{kind: "five bands at once, Bonferroni", once: func(r *rand.Rand, n int) bool {
		counts, ok := [5]float64{}, true
		for range n {
			counts[int(5*math.Sqrt(r.Float64()))]++
		}
		for k, x := range counts {
			ok = ok && covers(Wilson(x, float64(n), 1-0.05/5), float64(2*k+1)/25)
		}
		return ok
	}},
	{kind: "lower quartile, order statistics", once: func(r *rand.Rand, n int) bool {
		return covers(QuantileCI(Sorted(amounts(r, n)), 0.25, 0.95).Interval, lowerQuartile)
	}},
	{kind: "median, order statistics", once: func(r *rand.Rand, n int) bool {
		return covers(QuantileCI(Sorted(amounts(r, n)), 0.5, 0.95).Interval, 1)
	}},
	{kind: "P90, order statistics (open above counts)", once: func(r *rand.Rand, n int) bool {
		return covers(QuantileCI(Sorted(amounts(r, n)), 0.9, 0.95).Interval, ninthDecile)
	}},
	{kind: "weighted median, Kish-beta", once: func(r *rand.Rand, n int) bool {
		s, _ := NewWeighted(amounts(r, n), lognormalWeights(r, n))
		return covers(s.CI(0.5, 0.95).Interval, 1)
	}},
	{kind: "weighted P90, Kish-beta (open above counts)", once: func(r *rand.Rand, n int) bool {
		s, _ := NewWeighted(amounts(r, n), lognormalWeights(r, n))
		return covers(s.CI(0.9, 0.95).Interval, ninthDecile)
	}},
	{kind: "weighted median, Woodruff", once: func(r *rand.Rand, n int) bool {
		s, _ := NewWeighted(amounts(r, n), lognormalWeights(r, n))
		return covers(s.Woodruff(0.5, 0.95).Interval, 1)
	}},
	{kind: "weighted P90, Woodruff", once: func(r *rand.Rand, n int) bool {
		s, _ := NewWeighted(amounts(r, n), lognormalWeights(r, n))
		return covers(s.Woodruff(0.9, 0.95).Interval, ninthDecile)
	}},
	{kind: "mean of normal amounts, t", once: func(r *rand.Rand, n int) bool {
		m, _ := MeanOf(normals(r, n), nil, 0.95)
		return covers(m.Interval, 0)
	}},
	{kind: "mean of lognormal amounts, t", once: func(r *rand.Rand, n int) bool {
		m, _ := MeanOf(amounts(r, n), nil, 0.95)
		return covers(m.Interval, math.Exp(0.5))
	}},
	{kind: "mean of ratios, t", once: func(r *rand.Rand, n int) bool {
		q, _ := RatioOfSums(must2(brands(r, n)))
		return covers(q.Mean.Interval, 0.11)
	}},
	{kind: "ratio of sums, linearised", once: func(r *rand.Rand, n int) bool {
		q, _ := RatioOfSums(must2(brands(r, n)))
		return covers(q.Interval, 0.11)
	}},
	{kind: "ratio of sums, jackknife logit", once: func(r *rand.Rand, n int) bool {
		q, _ := RatioOfSums(must2(brands(r, n)))
		return covers(q.Jackknife, 0.11)
	}},
	{kind: "one brand's rate, beta-binomial", slow: true, once: func(r *rand.Rand, n int) bool {
		const a, b = 0.11 * (1/0.06 - 1), 0.89 * (1/0.06 - 1)
		num, den := brands(r, n)
		u, x := r.Float64(), den[0]
		p := betaQuantile(u, 1-u, a, b)
		num[0] = 0
		for range int(x) {
			num[0] += float64(count(r.Float64() < p))
		}
		s, err := BetaBinomial(num, den, MaximumLikelihood, 0.95)
		return err != nil || covers(s.Posterior[0].Interval, p)
	}},
	{kind: "payback median, log-log (25% unpaid)", once: func(r *rand.Rand, n int) bool {
		_, limits := paybacks(r, n, 9, 35).Median()
		return covers(limits, medianPayback)
	}},
	{kind: "payback median, log-log (half unpaid)", once: func(r *rand.Rand, n int) bool {
		_, limits := paybacks(r, n, 9, 17).Median()
		return covers(limits, medianPayback)
	}},
	{kind: "share paid back by month 6, log-log", once: func(r *rand.Rand, n int) bool {
		return covers(paybacks(r, n, 9, 17).At(6).Interval, paidBySix)
	}},
	{kind: "percentile rank, Wilson", once: func(r *rand.Rand, n int) bool {
		return covers(PercentileRank(amounts(r, n), ninthDecile, 0.95).Interval, 0.9)
	}},
	{kind: "change of a share, Newcombe", once: func(r *rand.Rand, n int) bool {
		_, x1 := successes(r, n, 0.3)
		_, x2 := successes(r, n, 0.4)
		return covers(DiffProp(x1, float64(n), x2, float64(n), 0.95).Interval, 0.1)
	}},
	{kind: "change of a weighted share", once: func(r *rand.Rand, n int) bool {
		y1, _ := successes(r, n, 0.3)
		y2, _ := successes(r, n, 0.4)
		a, _ := WeightedShare(y1, ShareOptions{Weight: lognormalWeights(r, n)})
		b, _ := WeightedShare(y2, ShareOptions{Weight: lognormalWeights(r, n)})
		return covers(DiffWeighted(a, b).Interval, 0.1)
	}},
	{kind: "change of a share, same brands", once: func(r *rand.Rand, n int) bool {
		_, c := answers(r, n, true)
		return covers(DiffPaired(c[0], c[1], c[2], c[3], 0.95).Interval, 0.1)
	}},
	{kind: "change of a weighted share, same brands", once: func(r *rand.Rand, n int) bool {
		p, _ := answers(r, n, true)
		p.Weight = lognormalWeights(r, n)
		d, _ := DiffPairedShares(p, 0.95)
		return covers(d.Interval, 0.1)
	}},
	{kind: "change of a median (times 1.5)", slow: true, once: func(r *rand.Rand, n int) bool {
		d := DiffLimited(limitedMedian(amounts(r, n)), limitedMedian(times(amounts(r, n), 1.5)), 0, 0.95)
		return covers(d.Interval, 0.5)
	}},
	{kind: "change of a median, same brands", slow: true, once: func(r *rand.Rand, n int) bool {
		d, _ := DiffPairedQuantiles(panel(r, n, 1.5), 0.5, 0.95, 7)
		return covers(d.Interval, 0.5)
	}},
	{kind: "change of a mean of normal amounts", once: func(r *rand.Rand, n int) bool {
		return covers(DiffMeasured(measuredMean(normals(r, n)), measuredMean(times(normals(r, n), 2))).Interval, 0)
	}},
	{kind: "change of a ratio of sums (11% to 14.3%)", once: func(r *rand.Rand, n int) bool {
		y, x := brands(r, n)
		p := ratioPanel(r, n, 1.3)
		truth := 0.3 * 0.11
		return covers(DiffMeasured(measuredRatio(y, x), measuredRatio(p.NewNum, p.NewDen)).Interval, truth)
	}},
	{kind: "change of a ratio of sums, same brands", once: func(r *rand.Rand, n int) bool {
		d, _ := DiffPairedRatios(ratioPanel(r, n, 1.3), 0.95)
		return covers(d.Interval, 0.3*0.11)
	}},
	{kind: "change of a share paid back by month 6", once: func(r *rand.Rand, n int) bool {
		return covers(DiffMeasured(measuredPaid(paybacks(r, n, 9, 17)), measuredPaid(paybacks(r, n, 9, 17))).Interval, 0)
	}},
}

func measuredPaid(s *Survival) Measured {
	at := s.At(6)
	return Measured{at.Share, at.SE, math.Inf(1), at.Interval}
}

func must2(num, den []float64) (a, b, weight []float64, level float64) { return num, den, nil, 0.95 }

// alarms are the tests of the site where nothing has changed: they raise a false alarm at 5%.
var alarms = []simulation{
	{kind: "change of a share: pooled z or Fisher", once: func(r *rand.Rand, n int) bool {
		_, x1 := successes(r, n, 0.3)
		_, x2 := successes(r, n, 0.3)
		return DiffProp(x1, float64(n), x2, float64(n), 0.95).P <= 0.05
	}},
	{kind: "change of a weighted share", once: func(r *rand.Rand, n int) bool {
		y1, _ := successes(r, n, 0.3)
		y2, _ := successes(r, n, 0.3)
		a, _ := WeightedShare(y1, ShareOptions{Weight: lognormalWeights(r, n)})
		b, _ := WeightedShare(y2, ShareOptions{Weight: lognormalWeights(r, n)})
		return DiffWeighted(a, b).P <= 0.05
	}},
	{kind: "change of a share, same brands: McNemar", once: func(r *rand.Rand, n int) bool {
		_, c := answers(r, n, false)
		return DiffPaired(c[0], c[1], c[2], c[3], 0.95).P <= 0.05
	}},
	{kind: "change of a weighted share, same brands", once: func(r *rand.Rand, n int) bool {
		p, _ := answers(r, n, false)
		p.Weight = lognormalWeights(r, n)
		d, _ := DiffPairedShares(p, 0.95)
		return d.P <= 0.05
	}},
	{kind: "change of a median", slow: true, once: func(r *rand.Rand, n int) bool {
		return DiffLimited(limitedMedian(amounts(r, n)), limitedMedian(amounts(r, n)), 0, 0.95).P <= 0.05
	}},
	{kind: "change of a median, same brands", slow: true, once: func(r *rand.Rand, n int) bool {
		d, _ := DiffPairedQuantiles(panel(r, n, 1), 0.5, 0.95, 7)
		return d.P <= 0.05
	}},
	{kind: "change of a mean of normal amounts", once: func(r *rand.Rand, n int) bool {
		return DiffMeasured(measuredMean(normals(r, n)), measuredMean(times(normals(r, n), 2))).P <= 0.05
	}},
	{kind: "change of a ratio of sums", once: func(r *rand.Rand, n int) bool {
		y, x := brands(r, n)
		y2, x2 := brands(r, n)
		return DiffMeasured(measuredRatio(y, x), measuredRatio(y2, x2)).P <= 0.05
	}},
	{kind: "change of a ratio of sums, same brands", once: func(r *rand.Rand, n int) bool {
		d, _ := DiffPairedRatios(ratioPanel(r, n, 1), 0.95)
		return d.P <= 0.05
	}},
	{kind: "log-rank of two groups", once: func(r *rand.Rand, n int) bool {
		var t []float64
		var e []bool
		var g []string
		for i := range n {
			x, c := 9*math.Pow(r.ExpFloat64(), 1/1.4), 1+17*r.Float64()
			t, e, g = append(t, math.Min(x, c)), append(e, x <= c), append(g, string(rune('a'+i%2)))
		}
		q, _ := LogRankTest(t, e, g)
		return q.P <= 0.05
	}},
}
