package stat

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// drawn is a random survey: amounts with ties and gaps, weights with zeros, rates, times, groups.
type drawn struct {
	x, w, num, den, times []float64
	events                []bool
	group                 []string
}

func draw(seed uint64, n int) drawn {
	r := rand.New(rand.NewPCG(seed, 7))
	var d drawn
	for range n {
		x := math.Round(math.Exp(r.NormFloat64()+2)*4) / 4
		if r.IntN(9) == 0 {
			x = math.NaN()
		}
		w := math.Exp(r.NormFloat64() / 2)
		if r.IntN(11) == 0 {
			w = 0
		}
		den := float64(r.IntN(400))
		d.x, d.w = append(d.x, x), append(d.w, w)
		d.den, d.num = append(d.den, den), append(d.num, math.Floor(den*r.Float64()*1.1))
		d.times = append(d.times, float64(r.IntN(24)))
		d.events = append(d.events, r.IntN(3) > 0)
		d.group = append(d.group, string(rune('a'+r.IntN(3))))
	}
	return d
}

// shuffled is the same rows in another order, with weights times a constant.
func (d drawn) shuffled(seed uint64, scale float64) drawn {
	at := rand.New(rand.NewPCG(seed, 8)).Perm(len(d.x))
	out := drawn{gather(d.x, at), gather(d.w, at), gather(d.num, at), gather(d.den, at), gather(d.times, at),
		gather(d.events, at), gather(d.group, at)}
	for i := range out.w {
		out.w[i] *= scale
	}
	return out
}

func binary(x []float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = v
		if !math.IsNaN(v) {
			out[i] = float64(count(v > 7))
		}
	}
	return out
}

// numbersOf is everything that estimators say of a survey except for sums of weights.
func numbersOf(t *testing.T, d drawn) []float64 {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	s, err := WeightedShare(binary(d.x), ShareOptions{Weight: d.w, Stratum: d.group})
	must(err)
	m, err := MeanOf(d.x, d.w, 0.95)
	must(err)
	r, err := RatioOfSums(d.num, d.den, d.w, 0.95)
	must(err)
	q, err := NewWeighted(d.x, d.w)
	must(err)
	k, err := KaplanMeier(d.times, d.events, 0.95, LogLog)
	must(err)
	l, err := LogRankTest(d.times, d.events, d.group)
	must(err)
	rake := []Margin{{d.group, []Target{{"a", 50}, {"b", 30}, {"c", 20}}}}
	c, err := ShareAfterRaking(binary(d.x), rake, d.w, 0.95)
	must(err)
	median, limits := k.Median()
	ci, wo := q.CI(0.5, 0.95), q.Woodruff(0.25, 0.95)
	return []float64{float64(s.N), s.P, s.SE, s.NEff, s.Deff, s.DF, s.Lo, s.Hi, m.Mean, m.SE, m.Lo, m.Hi,
		r.R, r.SE, r.Lo, r.KEff, r.SEJack, r.Jackknife.Lo, r.Jackknife.Hi, r.Mean.Mean, r.Median,
		ci.Q, ci.PLo, ci.PHi, ci.Lo, ci.Hi, wo.Q, wo.FAtQ, wo.Lo, wo.Hi, median, limits.Lo, limits.Hi, k.At(6).Share,
		l.ChiSquare, c.P, c.SE, c.SEFixed, c.Lo, c.Hi}
}

func TestRowOrderAndScaleOfWeightsDontMatter(t *testing.T) {
	for seed := range uint64(20) {
		d := draw(seed, 30+int(seed)*9)
		want := numbersOf(t, d)
		for _, scale := range []float64{1, 1e-7, 3e200} {
			for i, got := range numbersOf(t, d.shuffled(seed, scale)) {
				if math.IsNaN(want[i]) != math.IsNaN(got) || math.Abs(got-want[i]) > 1e-10*math.Abs(want[i]) {
					t.Errorf("seed %d, weights × %g: number %d is %v, not %v", seed, scale, i, got, want[i])
				}
			}
		}
	}
}

func TestEqualWeightsAreNoWeights(t *testing.T) {
	d := draw(3, 80)
	x := Sorted(d.x)
	equal := slices.Repeat([]float64{2.5}, len(x))
	for p := 0.0; p <= 1; p += 1.0 / 64 {
		weighted, err := WeightedQuantile(x, equal, p, School)
		if err != nil {
			t.Fatal(err)
		}
		if want := QuantileOfType(x, p, 2); weighted != want {
			t.Errorf("p = %v: School %v, type 2 %v", p, weighted, want)
		}
	}
	a, _ := RatioOfSums(d.num, d.den, nil, 0.95)
	b, _ := RatioOfSums(d.num, d.den, slices.Repeat([]float64{7}, len(d.num)), 0.95)
	near(t, "ratio", b.R, a.R, 1e-12)
	near(t, "its jackknife limit", b.Jackknife.Hi, a.Jackknife.Hi, 1e-12)
}

func TestQuantilesAreOrdered(t *testing.T) {
	for seed := range uint64(30) {
		d := draw(seed, 5+int(seed))
		x := Sorted(d.x)
		w, err := NewWeighted(d.x, d.w)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []QuantileType{1, 2, 4, 5, 6, 7, 8, 9} {
			last := math.Inf(-1)
			for k := range 201 {
				q := QuantileOfType(x, float64(k)/200, kind)
				if !(q >= last) || q < x[0] || q > x[len(x)-1] {
					t.Fatalf("seed %d, type %d, p = %v: %v after %v", seed, kind, float64(k)/200, q, last)
				}
				last = q
			}
		}
		last := math.Inf(-1)
		for k := range 201 {
			q := w.Quantile(float64(k)/200, School)
			if !(q >= last) {
				t.Fatalf("seed %d, weighted: %v after %v", seed, q, last)
			}
			last = q
		}
	}
}

func TestIntervalsHoldTheirEstimate(t *testing.T) {
	for n := 1.0; n <= 40; n++ {
		for x := 0.0; x <= n; x += 0.5 {
			for _, i := range []Interval{Wilson(x, n, 0.95), Wilson(x, n, 0.999), ClopperPearson(x, n, 0.9)} {
				if !(i.Lo >= 0 && i.Lo <= x/n && x/n <= i.Hi && i.Hi <= 1) {
					t.Fatalf("%v of %v: %v", x, n, i)
				}
			}
			turned, i := Wilson(n-x, n, 0.95), Wilson(x, n, 0.95)
			if math.Abs(turned.Lo-(1-i.Hi)) > 1e-14 {
				t.Fatalf("%v of %v isn't the mirror image of its complement", x, n)
			}
		}
	}
}

func TestBandsPartition(t *testing.T) {
	nan := math.NaN()
	bands := []Band{{"low", nan, 0.05, false, false}, {"mid", 0.05, 0.2, true, true}, {"high", 0.2, nan, false, false}}
	for seed := range uint64(20) {
		d := draw(seed, 60)
		b, err := Bands(d.num, d.den, bands, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, s := range b.Bands {
			n += s.N
		}
		if n != b.N || b.N+b.Excluded != len(d.num) {
			t.Errorf("seed %d: %d in bands, %d in all, %d excluded of %d", seed, n, b.N, b.Excluded, len(d.num))
		}
		if _, err := Bands(d.num, d.den, append(bands, bands[1]), 0.95); err != BandsOverlap {
			t.Errorf("seed %d: a band given twice: %v", seed, err)
		}
	}
}

func TestRakedWeightsMeetEveryMargin(t *testing.T) {
	for seed := range uint64(15) {
		d := draw(seed, 120)
		size := make([]string, len(d.x))
		for i := range size {
			size[i] = []string{"s", "m", "l"}[(i*i+int(seed))%3]
		}
		margins := []Margin{{d.group, []Target{{"a", 500}, {"b", 300}, {"c", 200}}},
			{size, []Target{{"s", 610}, {"m", 280}, {"l", 110}}}}
		r, err := Rake(margins, d.w)
		if err == EmptyCategory {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range margins {
			for _, target := range m.Targets {
				got := sum(len(size), func(i int) float64 { return r.Weights[i] * float64(count(m.Category[i] == target.Category)) })
				near(t, "margin "+target.Category, got, target.Total, 1e-9)
			}
		}
	}
}

func TestTrimmingEndsWhereTheRoundsEnd(t *testing.T) {
	for seed := range uint64(30) {
		d := draw(seed, 40)
		r, err := TrimWeights(d.w, 1.6)
		if err == CannotTrim {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		w := gather(d.w, r.At)
		for round := 0; round < 10000 && slices.Max(w) > r.Upper; round++ {
			cut, under := 0.0, 0.0
			for _, v := range w {
				cut += math.Max(0, v-r.Upper)
				under += float64(count(v <= r.Upper))
			}
			for i, v := range w {
				w[i] = r.Upper
				if v <= r.Upper {
					w[i] = v + cut/under
				}
			}
		}
		for i := range w {
			near(t, "trimmed weight", r.Weights[i], w[i], 1e-11)
		}
	}
}
