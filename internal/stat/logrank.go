package stat

import (
	"math"
	"slices"
)

// LogRank is the test of whether groups have the event at the same pace.
type LogRank struct {
	ChiSquare float64 // NaN below two groups
	DF        int     // groups - 1
	P         float64
}

// LogRankTest compares groups of times (NaN: missing) by Mantel's log-rank test (1966): observed minus expected events,
// with the hypergeometric variance. A group that was never at risk at an event doesn't count towards the
// statistic. Refuses NegativeTime.
func LogRankTest(times []float64, events []bool, group []string) (LogRank, error) {
	var t []float64
	var e []bool
	var g []string
	for i, v := range times {
		if v < 0 {
			return LogRank{}, NegativeTime
		}
		if !math.IsNaN(v) {
			t, e, g = append(t, v), append(e, events[i]), append(g, group[i])
		}
	}
	groups := groupBy(len(t), g)
	out := LogRank{math.NaN(), max(0, len(groups)-1), math.NaN()}
	if len(groups) < 2 {
		return out, nil
	}
	excess, expected, cov := excessEvents(t, e, groups)
	var at []int
	for j, x := range expected {
		if x > 0 {
			at = append(at, j)
		}
	}
	out.ChiSquare = 0
	if len(at) > 1 {
		out.ChiSquare = quadratic(gather(excess, at[1:]), cov, at[1:])
	}
	out.P = chiSquareP(out.ChiSquare, float64(out.DF))
	return out, nil
}

// excessEvents returns, per group, observed - expected and expected events, and the covariance of the former.
func excessEvents(t []float64, e []bool, groups [][]int) (excess, expected []float64, cov [][]float64) {
	k := len(groups)
	excess, expected, cov = make([]float64, k), make([]float64, k), make([][]float64, k)
	all := make([][]float64, k)  // times, ascending
	paid := make([][]float64, k) // times of events, ascending
	var moments []float64
	for j, rows := range groups {
		cov[j] = make([]float64, k)
		all[j] = Sorted(gather(t, rows))
		for _, i := range rows {
			if e[i] {
				paid[j] = append(paid[j], t[i])
			}
		}
		slices.Sort(paid[j])
		moments = append(moments, paid[j]...)
		excess[j] = float64(len(paid[j]))
	}
	slices.Sort(moments)
	for i := 0; i < len(moments); {
		d := 1
		for i+d < len(moments) && moments[i+d] == moments[i] {
			d++
		}
		addMoment(moments[i], float64(d), all, excess, expected, cov)
		i += d
	}
	return excess, expected, cov
}

// addMoment adds one event time with d events.
func addMoment(t, d float64, all [][]float64, excess, expected []float64, cov [][]float64) {
	risk, n := make([]float64, len(all)), 0.0
	for j := range all {
		risk[j] = float64(from(all[j], t))
		n += risk[j]
	}
	for j := range all {
		x := d * risk[j] / n
		expected[j] += x
		excess[j] -= x
		if n < 2 {
			continue
		}
		for l := range all {
			same := float64(count(l == j))
			cov[j][l] += d * (n - d) / (n - 1) * risk[j] / n * (same - risk[l]/n)
		}
	}
}

// from counts the ascending values at or above t.
func from(sorted []float64, t float64) int {
	i, _ := slices.BinarySearch(sorted, t)
	return len(sorted) - i
}

// quadratic is x'·V⁻¹·x for the rows and columns of v at the given positions, by elimination with pivots.
func quadratic(x []float64, v [][]float64, at []int) float64 {
	n := len(at)
	m := make([][]float64, n)
	for j := range m {
		m[j] = append(gather(v[at[j]], at), x[j])
	}
	for c := range n {
		p := c
		for r := c + 1; r < n; r++ {
			if math.Abs(m[r][c]) > math.Abs(m[p][c]) {
				p = r
			}
		}
		m[c], m[p] = m[p], m[c]
		for r := c + 1; r < n; r++ {
			f := m[r][c] / m[c][c]
			for k := c; k <= n; k++ {
				m[r][k] -= float64(f * m[c][k])
			}
		}
	}
	solution := make([]float64, n)
	for c := n - 1; c >= 0; c-- {
		rest := sum(n-c-1, func(k int) float64 { return m[c][c+1+k] * solution[c+1+k] })
		solution[c] = (m[c][n] - rest) / m[c][c]
	}
	return dot(solution, x)
}
