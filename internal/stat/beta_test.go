package stat

import (
	"math"
	"math/big"
	"testing"
)

func near(t *testing.T, what string, got, want, rel float64) {
	t.Helper()
	if !(math.Abs(got-want) <= rel*math.Abs(want)) {
		t.Errorf("%s: got %.17g, want %.17g (off by %.1e)", what, got, want, got/want-1)
	}
}

// The quantiles were computed with 40-digit arithmetic from the power series of the incomplete beta function.
func TestBetaQuantile(t *testing.T) {
	for _, c := range []struct{ p, a, b, want float64 }{
		{0.025, 1, 10, 0.0025285785444617845},
		{0.975, 2, 9, 0.44501611702819542},
		{0.025, 57, 144, 0.223554398010684452},
		{0.975, 58, 143, 0.352942699751539889},
		{0.025, 0.3, 12.5, 2.6212851098940502e-7},
		{0.975, 0.3, 12.5, 0.144698828813539502},
		{0.025, 0.01, 3, 1.39719593454020838e-161},
		{0.5, 2.5, 0.5, 0.904474181962178896},
		{0.025, 1234.5, 98765.25, 0.0116699396837939586},
		{0.975, 1234.5, 98765.25, 0.0130385964152334193},
		{0.005, 500000, 500001, 0.498711587808873868},
		{1e-06, 40, 2, 0.662148304445895258},
		{0.025, 99.5, 0.5, 0.975008553139558464},
		{0.001, 12, 3.7, 0.387318635109210312},
	} {
		near(t, "beta quantile", betaQuantile(c.p, 1-c.p, c.a, c.b), c.want, 1e-12)
	}
}

func TestBetaQuantileAtTheEdges(t *testing.T) {
	for _, c := range []struct{ p, a, b, want float64 }{
		{0.025, 0, 5, 0}, {0.975, 5, 0, 1}, {0, 2, 2, 0}, {1, 2, 2, 1}, {0.025, 1e-5, 3, 0},
	} {
		if got := betaQuantile(c.p, 1-c.p, c.a, c.b); got != c.want {
			t.Errorf("B(%v; %v, %v) = %v, want %v", c.p, c.a, c.b, got, c.want)
		}
	}
	if !math.IsNaN(betaQuantile(0.5, 0.5, math.NaN(), 1)) || !math.IsNaN(betaQuantile(0.5, 0.5, math.Inf(1), 1)) {
		t.Error("shapes that aren't numbers have a quantile")
	}
}

// Small df by 40-digit arithmetic; large ones by the expansion in 1/df (Abramowitz and Stegun 26.7.5), exact to 1e-16
// there.
func TestStudentT(t *testing.T) {
	for _, c := range []struct{ df, want float64 }{
		{1, 12.7062047361747046}, {1.37, 6.88507315664170791}, {2, 4.30265272974946385}, {4.618, 2.63587443221880974},
		{24.7266538720352, 2.06069361449291049}, {199, 1.97195654425175383},
	} {
		near(t, "t quantile", studentT(0.95, c.df), c.want, 1e-13)
	}
	z := normalZ(0.95)
	near(t, "z", z, 1.959963984540054235, 1e-15)
	for _, df := range []float64{1e5, 3.5e6, 1e9} {
		want := z + (z*z*z+z)/(4*df) + (5*math.Pow(z, 5)+16*z*z*z+3*z)/(96*df*df)
		near(t, "t quantile of large df", studentT(0.95, df), want, 1e-12)
		near(t, "t tail of large df", studentP(want, df), 0.05, 1e-11)
	}
	if !math.IsNaN(studentT(0.95, 0)) || !math.IsNaN(studentP(1, 0)) {
		t.Error("0 degrees of freedom have a distribution")
	}
}

// Binomial tails against exact integer arithmetic.
func TestBinomialCDF(t *testing.T) {
	for _, n := range []int{1, 7, 40, 301} {
		whole := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
		acc := new(big.Int)
		for k := range n {
			term := new(big.Int).Binomial(int64(n), int64(k))
			term.Mul(term, new(big.Int).Exp(big.NewInt(3), big.NewInt(int64(k)), nil))
			term.Mul(term, new(big.Int).Exp(big.NewInt(7), big.NewInt(int64(n-k)), nil))
			acc.Add(acc, term)
			want, _ := new(big.Rat).SetFrac(acc, whole).Float64()
			near(t, "binomial tail", binomialCDF(k, n, 0.3), want, 2e-12)
		}
	}
}

func TestBinomialQuantileTakesExactTies(t *testing.T) {
	if k := binomialQuantile(0.25, 2, 0.5); k != 0 {
		t.Errorf("P(X <= 0) = 1/4 exactly, but the quantile is %d", k)
	}
	for n := 1; n <= 60; n++ {
		if a, b := binomialQuantile(0.025, n, 0.5), binomialQuantile(0.975, n, 0.5); a+b != n {
			t.Errorf("n = %d: %d and %d aren't symmetric", n, a, b)
		}
	}
}

func TestChiSquareTail(t *testing.T) {
	for _, x := range []float64{0.01, 1, 25.4, 90} { // closed forms for 2 and 4 degrees of freedom
		near(t, "df 2", chiSquareP(x, 2), math.Exp(-x/2), 1e-12)
		near(t, "df 4", chiSquareP(x, 4), math.Exp(-x/2)*(1+x/2), 1e-12)
		near(t, "df 1", chiSquareP(x, 1), normalP(math.Sqrt(x)), 1e-12)
	}
}

func TestGammaRiseMatchesProducts(t *testing.T) {
	for _, a := range []float64{0.4, 3, 14.9, 15.1, 800, 1e7, 1e12} {
		logs, inverse := 0.0, 0.0
		for j := range 12 {
			logs += math.Log(a + float64(j))
			inverse += 1 / (a + float64(j))
		}
		near(t, "log rise", gammaRise(a, 12), logs, 3e-13)
		near(t, "digamma rise", digammaRise(a, 12), inverse, 3e-13)
	}
}
