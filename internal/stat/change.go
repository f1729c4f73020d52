package stat

import "math"

// ChangeTest names the test behind a p-value.
type ChangeTest string

// The tests of a change between two independent shares.
const (
	NoTest      ChangeTest = "none"     // both editions at 0% or both at 100%
	PooledZ     ChangeTest = "z_pooled" // normal approximation with the pooled share
	FisherExact ChangeTest = "fisher"
	McNemar     ChangeTest = "mcnemar" // exact
	NotTested   ChangeTest = ""        // an edition without answers
)

// Change is a difference of shares, new minus old, in fractions of 1.
type Change struct {
	Diff float64
	Interval
	P    float64 // two-sided p-value, unadjusted
	Test ChangeTest
}

// DiffProp compares x1 of n1 (old) with x2 of n2 (new), independent samples: Newcombe's hybrid score interval (1998,
// method 10); pooled z where the smallest expected count is at least 5, Fisher's exact test otherwise. NaN where an
// edition has no answers or a count isn't within its n; counts that aren't whole numbers have no exact test, so P is NaN.
func DiffProp(x1, n1, x2, n2, level float64) Change {
	out := Change{math.NaN(), noInterval, math.NaN(), NotTested}
	a, b := Wilson(x1, n1, level), Wilson(x2, n2, level)
	if math.IsNaN(a.Lo + b.Lo) {
		return out
	}
	out.Diff, out.Interval = newcombe(x1/n1, x2/n2, a, b)
	pooled := (x1 + x2) / (n1 + n2)
	switch {
	case pooled == 0 || pooled == 1:
		out.P, out.Test = 1, NoTest
	case math.Min(n1, n2)*math.Min(pooled, 1-pooled) >= 5:
		out.P, out.Test = normalP(out.Diff/math.Sqrt(pooled*(1-pooled)*(1/n1+1/n2))), PooledZ
	case isCount(x1) && isCount(n1) && isCount(x2) && isCount(n2):
		out.P, out.Test = fisher(x1, n1, x2, n2), FisherExact
	}
	return out
}

// newcombe combines the limits a of p1 and b of p2 into limits of p2 - p1.
func newcombe(p1, p2 float64, a, b Interval) (d float64, out Interval) {
	d = p2 - p1
	return d, Interval{d - math.Hypot(p2-b.Lo, a.Hi-p1), d + math.Hypot(b.Hi-p2, p1-a.Lo)}
}

// fisher sums the probabilities of all tables with the same margins that are no likelier than the observed one (relative
// fuzz 1e-7). Probabilities are taken relative to the observed table, by the ratio of neighbours, so nothing cancels.
func fisher(x1, n1, x2, n2 float64) float64 {
	k := x1 + x2
	lo, hi := math.Max(0, k-n2), math.Min(k, n1)
	ratio := func(x float64) float64 { // P(x+1)/P(x)
		return (n1 - x) * (k - x) / ((x + 1) * (n2 - k + x + 1))
	}
	var all, rare total
	tally := func(logP float64) {
		p := math.Exp(logP)
		all.add(p)
		if p <= 1+1e-7 {
			rare.add(p)
		}
	}
	tally(0)
	for x, l := x1, 0.0; x < hi; x++ {
		l += math.Log(ratio(x))
		tally(l)
	}
	for x, l := x1, 0.0; x > lo; x-- {
		l -= math.Log(ratio(x - 1))
		tally(l)
	}
	return math.Min(1, rare.value()/all.value())
}

// WeightedChange is a difference of weighted shares between two editions.
type WeightedChange struct {
	Old, New Share
	Diff     float64
	SE       float64
	DF       float64
	Interval         // Newcombe's construction on both editions' limits
	P        float64 // two-sided, Student with DF
}

// DiffWeighted compares two editions that were sampled independently, each given as WeightedShare returns it (MOVER: Zou
// and Donner 2008). Where an edition has no rows everything is NaN; where it has one, SE and P are.
func DiffWeighted(older, newer Share) WeightedChange {
	nan := math.NaN()
	out := WeightedChange{Old: older, New: newer, Diff: nan, SE: nan, DF: nan, Interval: noInterval, P: nan}
	if older.N == 0 || newer.N == 0 {
		return out
	}
	out.Diff, out.Interval = newcombe(older.P, newer.P, older.Interval, newer.Interval)
	out.SE = math.Hypot(older.SE, newer.SE)
	out.DF = float64(older.N + newer.N - 2)
	switch {
	case out.SE > 0:
		out.P = studentP(out.Diff/out.SE, out.DF)
	case out.SE == 0 && out.Diff == 0:
		out.P = 1
	case out.SE == 0:
		out.P = 0
	}
	return out
}

// DiffPaired compares the same units in both editions from the counts of units with the property in both, in the new one
// only (gained), in the old one only (lost), and in neither: interval of Bonett and Price (2012), p-value of the exact
// McNemar test. NaN without units or for a negative count.
func DiffPaired(both, gained, lost, neither, level float64) Change {
	n := both + gained + lost + neither
	if !(n > 0) || math.Min(math.Min(both, gained), math.Min(lost, neither)) < 0 || badLevel(level) {
		return Change{math.NaN(), noInterval, math.NaN(), NotTested}
	}
	a, b := (gained+1)/(n+2), (lost+1)/(n+2)
	half := normalZ(level) * math.Sqrt((a+b-(a-b)*(a-b))/(n+2))
	return Change{(gained - lost) / n, Interval{math.Max(-1, a-b-half), math.Min(1, a-b+half)}, mcnemar(gained, lost), McNemar}
}

// mcnemar is the two-sided binomial test of gained among gained + lost with probability ½. The distribution is symmetric,
// so the outcomes no likelier than the observed one are both tails.
func mcnemar(gained, lost float64) float64 {
	if gained == lost {
		return 1
	}
	low, n := math.Min(gained, lost), gained+lost
	_, upper := betaTails(low+1, n-low, 0.5, 0.5)
	return math.Min(1, 2*upper)
}
