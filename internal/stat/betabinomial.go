package stat

import "math"

// Shrinkage is a beta-binomial model of the rates of many units: their true rates follow Beta(Alpha, Beta), and each
// unit's own rate is drawn towards the mean the more, the smaller the unit. Rho = 0 says that the units don't differ
// beyond chance: Alpha, Beta and the posterior limits are then NaN and every posterior mean is Mu.
type Shrinkage struct {
	K           int     // units used
	Mu          float64 // mean rate
	Rho         float64 // correlation within a unit, 1/(α+β+1)
	Alpha, Beta float64
	Posterior   []Posterior // of the units used, in the order of the input
}

// Posterior is what is known of one unit's rate.
type Posterior struct {
	Row  int // position in the input
	Mean float64
	Interval
}

// FitMethod says how the beta-binomial model is fitted.
type FitMethod string

// The fits: maximum likelihood (default), or moments (Kleinman 1973).
const (
	MaximumLikelihood FitMethod = "mle"
	Moments           FitMethod = "mom"
)

// units are successes y of x trials.
type units struct{ y, x []float64 }

// BetaBinomial fits the model to units with y successes of x > 0 trials, y <= x; other rows (NaN: missing) are left
// out. The maximum of the likelihood counts only if it is at least 1e-6 above the binomial one, otherwise rho is 0.
// Refuses TooFew below two units, Degenerate where every unit is at 0 or at 100% or Moments gives rho >= 1.
func BetaBinomial(y, x []float64, method FitMethod, level float64) (Shrinkage, error) {
	var u units
	var rows []int
	for i := range y {
		if _, valid := usable(y[i], x[i]); valid && x[i] > 0 && y[i] <= x[i] {
			u.y, u.x, rows = append(u.y, y[i]), append(u.x, x[i]), append(rows, i)
		}
	}
	if len(rows) < 2 {
		return Shrinkage{}, TooFew
	}
	if u.extreme() {
		return Shrinkage{}, Degenerate
	}
	mu, rho := u.moments()
	if method == Moments {
		if rho >= 1 {
			return Shrinkage{}, Degenerate
		}
	} else {
		mu, rho = u.likeliest(mu, rho)
	}
	nan := math.NaN()
	out := Shrinkage{len(rows), mu, rho, nan, nan, make([]Posterior, len(rows))}
	if rho < 1e-8 {
		out.Rho, out.Mu = 0, sumOf(u.y)/sumOf(u.x)
	} else {
		out.Alpha, out.Beta = mu*(1/rho-1), (1-mu)*(1/rho-1)
	}
	for k, i := range rows {
		out.Posterior[k] = out.posterior(i, u.y[k], u.x[k], level)
	}
	return out, nil
}

func (s Shrinkage) posterior(row int, y, x, level float64) Posterior {
	if s.Rho == 0 {
		return Posterior{row, s.Mu, noInterval}
	}
	a, b, alpha := s.Alpha+y, s.Beta+x-y, 1-level
	return Posterior{row, a / (a + b), Interval{betaLo(alpha, a, b), betaHi(alpha, a, b)}}
}

func (u units) extreme() bool {
	for i := range u.y {
		if u.y[i] != 0 && u.y[i] != u.x[i] {
			return false
		}
	}
	return true
}

// moments is the pooled rate and the moment estimate of rho, which may be negative.
func (u units) moments() (mu, rho float64) {
	n, k := sumOf(u.x), float64(len(u.x))
	mu = sumOf(u.y) / n
	s := sum(len(u.x), func(i int) float64 {
		d := u.y[i]/u.x[i] - mu
		return u.x[i] * d * d
	})
	v := mu * (1 - mu)
	return mu, (s - v*(k-1)) / (v * (n - dot(u.x, u.x)/n - (k - 1)))
}

// likeliest climbs the likelihood over the logits of mu and rho from the best of several starts.
func (u units) likeliest(mu, rho float64) (float64, float64) {
	start, height := [2]float64{}, math.Inf(-1)
	for _, r := range []float64{rho, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95} {
		if !(r > 0 && r < 1) {
			continue
		}
		at := [2]float64{math.Log(mu / (1 - mu)), math.Log(r / (1 - r))}
		if h := u.logLikelihood(at); h > height {
			start, height = at, h
		}
	}
	top := u.climb(start)
	binomial := sumOf(u.y)*math.Log(mu) + (sumOf(u.x)-sumOf(u.y))*math.Log1p(-mu)
	if !(u.logLikelihood(top) >= binomial+1e-6) {
		return mu, 0
	}
	return logistic(top[0]), logistic(top[1])
}

// climb is Newton's method with a Hessian from differences of the gradient; a step that doesn't rise is halved, and
// where the surface isn't a hilltop the gradient leads.
func (u units) climb(at [2]float64) [2]float64 {
	height := u.logLikelihood(at)
	for range 200 {
		step := u.newtonStep(at)
		size := math.Max(math.Abs(step[0]), math.Abs(step[1]))
		if size > 2 {
			step[0], step[1] = step[0]*2/size, step[1]*2/size
		}
		next, risen := at, false
		for range 40 {
			next = [2]float64{at[0] + step[0], at[1] + step[1]}
			if h := u.logLikelihood(next); h >= height {
				height, risen = h, true
				break
			}
			step[0], step[1] = step[0]/2, step[1]/2
		}
		if !risen || math.Abs(next[1]) > 35 {
			break
		}
		at = next
		if size < 1e-11 {
			break
		}
	}
	return u.polish(at)
}

// polish goes on with Newton's steps where the likelihood is too flat to tell one point from the next by its height, as
// long as each step is less than half of the one before.
func (u units) polish(at [2]float64) [2]float64 {
	last := 1e-3
	for range 20 {
		step := u.newtonStep(at)
		size := math.Max(math.Abs(step[0]), math.Abs(step[1]))
		if !(size < last/2) {
			break
		}
		at, last = [2]float64{at[0] + step[0], at[1] + step[1]}, size
	}
	return at
}

func (u units) newtonStep(at [2]float64) [2]float64 {
	const h = 1e-5
	g := u.gradient(at)
	var hess [2][2]float64
	for k := range 2 {
		up, down := at, at
		up[k], down[k] = at[k]+h, at[k]-h
		gu, gd := u.gradient(up), u.gradient(down)
		hess[0][k], hess[1][k] = (gu[0]-gd[0])/(2*h), (gu[1]-gd[1])/(2*h)
	}
	off := (hess[0][1] + hess[1][0]) / 2
	det := hess[0][0]*hess[1][1] - off*off
	if hess[0][0] < 0 && det > 0 {
		return [2]float64{(off*g[1] - hess[1][1]*g[0]) / det, (off*g[0] - hess[0][0]*g[1]) / det}
	}
	return g
}

// shapes are α, β and α+β of the logits of mu and rho.
func shapes(at [2]float64) (a, b, s float64) {
	s = math.Exp(-at[1])
	return s * logistic(at[0]), s * logistic(-at[0]), s
}

// logLikelihood leaves out the binomial coefficients, which don't depend on the parameters.
func (u units) logLikelihood(at [2]float64) float64 {
	a, b, s := shapes(at)
	return sum(len(u.y), func(i int) float64 {
		return gammaRise(a, u.y[i]) + gammaRise(b, u.x[i]-u.y[i]) - gammaRise(s, u.x[i])
	})
}

// gradient is that of logLikelihood by the two logits.
func (u units) gradient(at [2]float64) [2]float64 {
	a, b, s := shapes(at)
	var da, db total
	for i := range u.y {
		all := digammaRise(s, u.x[i])
		da.add(digammaRise(a, u.y[i]) - all)
		db.add(digammaRise(b, u.x[i]-u.y[i]) - all)
	}
	ga, gb := da.value(), db.value()
	return [2]float64{a * b / s * (ga - gb), -(a*ga + b*gb)}
}
