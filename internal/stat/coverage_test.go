package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// trial draws a sample of n and says whether the interval of one kind covers the truth; an open side counts as covering.
type trial func(r *rand.Rand, n int) bool

func covers(i Interval, truth float64) bool { return !(i.Lo > truth) && !(i.Hi < truth) }

// lognormalWeights have a Kish design effect of about 1.5.
func lognormalWeights(r *rand.Rand, n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = math.Exp(r.NormFloat64() * math.Sqrt(math.Log(1.5)))
	}
	return w
}

func successes(r *rand.Rand, n int, p float64) (y []float64, x float64) {
	y = make([]float64, n)
	for i := range y {
		y[i] = float64(count(r.Float64() < p))
		x += y[i]
	}
	return y, x
}

// brands draws units whose rates vary around 11% (correlation .06) and whose size is lognormal.
func brands(r *rand.Rand, n int) (num, den []float64) {
	const a, b = 0.11 * (1/0.06 - 1), 0.89 * (1/0.06 - 1)
	for range n {
		x := math.Ceil(math.Exp(6 + 1.3*r.NormFloat64()))
		u := r.Float64()
		p := betaQuantile(u, 1-u, a, b)
		y := math.Round(x*p + r.NormFloat64()*math.Sqrt(x*p*(1-p)))
		num, den = append(num, math.Max(0, math.Min(x, y))), append(den, x)
	}
	return num, den
}

func amounts(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.Exp(r.NormFloat64())
	}
	return x
}

// BenchmarkCoverage simulates how often nominal 95% intervals cover the truth, and how often 5% tests raise a false
// alarm, and prints both tables in percent. It is the table of the handbook.
func BenchmarkCoverage(b *testing.B) {
	var table strings.Builder
	for b.Loop() {
		table.Reset()
		simulate(&table, "nominal 95%: covered", trials)
		simulate(&table, "nominal 5%: false alarms", alarms)
	}
	fmt.Print(table.String()) // b.Log cuts long tables
}

func simulate(w *strings.Builder, title string, kinds []simulation) {
	fmt.Fprintf(w, "%-46s %6s %6s %6s\n", title, "n=20", "n=60", "n=200")
	for k, t := range kinds {
		fmt.Fprintf(w, "%-46s", t.kind)
		for _, n := range []int{20, 60, 200} {
			repetitions := 4000
			if t.slow {
				repetitions = 600
			}
			r, hits := rand.New(rand.NewPCG(uint64(k), uint64(n))), 0
			for range repetitions {
				hits += count(t.once(r, n))
			}
			fmt.Fprintf(w, " %6.1f", 100*float64(hits)/float64(repetitions))
		}
		w.WriteByte('\n')
	}
}

// Wilson's coverage is enumerated exactly over a grid of shares. The bars are those that discrete data allow: the mean
// near 95%, and a floor that rises with n.
func TestWilsonCoverage(t *testing.T) {
	for n, floor := range map[int]float64{20: 0.915, 60: 0.93, 200: 0.935} {
		var all []float64
		for p := 0.05; p < 0.951; p += 0.01 {
			hit := 0.0
			for x := range n + 1 {
				if covers(Wilson(float64(x), float64(n), 0.95), p) {
					hit += binomialCDF(x, n, p) - binomialCDF(x-1, n, p)
				}
			}
			all = append(all, hit)
		}
		if mean, least := sumOf(all)/float64(len(all)), slices.Min(all); mean < 0.94 || mean > 0.965 || least < floor {
			t.Errorf("n = %d: mean coverage %.3f, least %.3f", n, mean, least)
		}
	}
}

// The coverage that QuantileCI states is at least the level and, by simulation, true.
func TestOrderStatisticCoverage(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	hits, stated := 0, 0.0
	for range 3000 {
		q := QuantileCI(Sorted(amounts(r, 35)), 0.5, 0.95)
		hits, stated = hits+count(covers(q.Interval, 1)), q.Coverage
	}
	if got := float64(hits) / 3000; stated < 0.95 || math.Abs(got-stated) > 0.015 {
		t.Errorf("covers %.3f of the time, stated %.3f", got, stated)
	}
	for n := range 300 {
		for _, p := range []float64{0.01, 0.1, 0.25, 0.5, 0.9} {
			if q := QuantileCI(slices.Repeat([]float64{1}, n+1), p, 0.95); q.Coverage < 0.95-1e-12 {
				t.Errorf("n = %d, p = %v: coverage %v", n+1, p, q.Coverage)
			}
		}
	}
}
