package stat

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The fit is at least as likely as every point of a fine grid, whatever the units look like.
func TestLikeliestBeatsTheGrid(t *testing.T) {
	fitted := 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 3))
		var u units
		spread := 0.02 * float64(seed%5)
		for range 2 + r.IntN(40) {
			x := math.Floor(1 + 500*r.Float64()*r.Float64())
			p := math.Min(1, math.Max(0, 0.15+spread*4*(r.Float64()-0.4)))
			u.x, u.y = append(u.x, x), append(u.y, math.Floor(x*p+r.Float64()))
		}
		if u.extreme() {
			continue
		}
		s, err := BetaBinomial(u.y, u.x, MaximumLikelihood, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		height := sumOf(u.y)*math.Log(s.Mu) + (sumOf(u.x)-sumOf(u.y))*math.Log1p(-s.Mu)
		if s.Rho > 0 {
			fitted++
			height = u.logLikelihood([2]float64{math.Log(s.Mu / (1 - s.Mu)), math.Log(s.Rho / (1 - s.Rho))})
		}
		for m := -6.0; m < 3; m += 0.15 {
			for l := -12.0; l < 4; l += 0.2 {
				if at := u.logLikelihood([2]float64{m, l}); at > height+2e-6 {
					t.Fatalf("seed %d: mu %.4f, rho %.5f lies %.2g below (%.2f, %.2f)", seed, s.Mu, s.Rho, at-height, m, l)
				}
			}
		}
	}
	if fitted < 10 {
		t.Errorf("only %d of the samples vary beyond chance", fitted)
	}
}

func TestShrinkageDrawsSmallUnitsMore(t *testing.T) {
	s, err := BetaBinomial([]float64{5, 500, 1, 90, math.NaN()}, []float64{10, 1000, 100, 1000, 5}, MaximumLikelihood, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	small, large := s.Posterior[0], s.Posterior[1]
	if s.K != 4 || !(small.Mean < large.Mean && large.Mean < 0.5) || !(small.Hi-small.Lo > large.Hi-large.Lo) {
		t.Errorf("%d units; both at 50%%: small %v, large %v", s.K, small, large)
	}
	if _, err := BetaBinomial([]float64{0, 3}, []float64{9, 3}, Moments, 0.95); err != Degenerate {
		t.Errorf("all at 0%% or 100%%: %v", err)
	}
}
