package release

import (
	"math"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/benchmark"
	"benchbook/internal/indicator"
)

// spending makes a mean cut by industry from each contributor's amount.
func spending(groups ...[]float64) []*benchmark.Table {
	ind := &indicator.Indicator{ID: "spend", Dataset: "d", Title: "花费", Unit: "元", Kind: "quantile", Field: "spend", Decimals: -1}
	total, cut := table(ind, false, 0), table(ind, false, 0)
	cut.By = []*indicator.Segment{{Field: "industry"}}
	add := func(t *benchmark.Table, g benchmark.Group, x []float64) {
		x = slices.Clone(x)
		slices.Sort(x)
		slices.Reverse(x)
		sum := 0.0
		for _, v := range x {
			sum += v
		}
		g.Contributors = len(x)
		t.Groups = append(t.Groups, g)
		nan := math.NaN()
		e := benchmark.Estimate{Group: len(t.Groups) - 1, Option: -1, Stat: "mean", Value: sum / float64(len(x)), Lo: nan, Hi: nan, Above: nan, Count: len(x), Base: len(x),
			Contributors: len(x), BaseContributors: len(x), Magnitudes: []benchmark.Magnitude{{Total: sum, Top: x[:min(5, len(x))], Owners: len(x)}}}
		median := e
		median.Stat, median.Magnitudes = "p50", nil
		t.Estimates = append(t.Estimates, e, median)
	}
	var all []float64
	for i, x := range groups {
		name := string(rune('A' + i))
		add(cut, benchmark.Group{Keys: []int{i}, Values: []string{name}, Labels: []string{name}}, x)
		all = append(all, x...)
	}
	add(total, benchmark.Group{}, all)
	return []*benchmark.Table{total, cut}
}

func even(n int, x float64) (out []float64) {
	for range n {
		out = append(out, x)
	}
	return out
}

func concealedIn(t *testing.T, reg *Registry, stat string) (out []string) {
	t.Helper()
	cut, _ := reg.Table("d", "spend", []string{"industry"})
	for _, row := range cut.Rows {
		if c, _ := row.Cell(stat, ""); c.Suppressed() {
			if c.Reason() != "dominance" || c.Text() != "不公布" {
				t.Errorf("%s: %s, %s", c.ID(), c.Reason(), c.Text())
			}
			out = append(out, row.Values[0])
		}
	}
	return out
}

// In B two of ten hold 95%: its mean is withheld, and the mean of the smallest
// group that hides it; the medians stay.
func TestDominatedMeansAreWithheldWithAPartner(t *testing.T) {
	groups := [][]float64{even(10, 100), append(even(8, 5), 400, 360), even(10, 300), even(10, 500)}
	reg := Release(Rules{Dominance: []Dominance{{2, 85}}, Money: []Dominance{{2, 85}}}, spending(groups...))
	if got := concealedIn(t, reg, "mean"); strings.Join(got, "") != "AB" {
		t.Errorf("means withheld: %v", got)
	}
	if got := concealedIn(t, reg, "p50"); len(got) > 0 {
		t.Errorf("medians withheld: %v", got)
	}
	if got := concealedIn(t, Release(Rules{}, spending(groups...)), "mean"); len(got) > 0 {
		t.Errorf("without the rule: %v", got)
	}
}

func TestRulesOfAmounts(t *testing.T) {
	m := func(x ...float64) benchmark.Magnitude {
		sum := 0.0
		for _, v := range x {
			sum += v
		}
		return benchmark.Magnitude{Total: sum, Top: x, Owners: len(x)}
	}
	nk, p, zone := Rules{Dominance: []Dominance{{2, 85}}}, Rules{PPercent: 10}, Rules{}.SafetyZone()
	for _, c := range []struct {
		rules Rules
		of    benchmark.Magnitude
		want  bool
	}{
		{nk, m(50, 35, 15), false}, {nk, m(50, 36, 14), true}, {nk, m(0, 0, 0), false},
		{p, m(100, 50, 10), false}, {p, m(100, 50, 9), true}, {p, m(100), true},
		{zone, m(25, 25, 25, 25), false}, {zone, m(26, 25, 25, 24), true}, {Rules{}, m(100, 1), false},
	} {
		if got := c.rules.dominated(c.of); got != c.want {
			t.Errorf("%+v, %v: dominated = %v", c.rules, c.of.Top, got)
		}
	}
}

// The rules that readers see are those that were applied; the withdrawn preset says that it is withdrawn.
func TestRulesAreToldAsTheyAre(t *testing.T) {
	text := func(r Rules) string {
		var out []string
		for _, rule := range Release(r, nil).Rules() {
			out = append(out, rule.Label+"："+rule.Text)
		}
		return strings.Join(out, "\n")
	}
	if plain := text(Rules{Minimum: 7}); !strings.Contains(plain, "至少有 7 个") || strings.Contains(plain, "占比过大") || strings.Contains(plain, "safety") {
		t.Error(plain)
	}
	if all := text(Rules{Dominance: []Dominance{{2, 85.5}}, PPercent: 10}.SafetyZone()); !strings.Contains(all, "最大的 2 个贡献者合计超过 85.5%") ||
		!strings.Contains(all, "估到 10% 以内") || !strings.Contains(all, "已撤回") || !strings.Contains(all, "最大的 1 个贡献者合计超过 25%") {
		t.Error(all)
	}
}

// A share of one answer and a table of all answers print the same numbers: what
// the one withholds the other does not tell.
func TestIndicatorsOfOneFieldAreProtectedTogether(t *testing.T) {
	options := table(&indicator.Indicator{ID: "stage", Dataset: "d", Kind: "share", Field: "stage", Percent: true, Decimals: -1}, false, 4)
	addGroup(options, benchmark.Group{}, []int{3, 20, 30, 40})
	one := table(&indicator.Indicator{ID: "late", Dataset: "d", Kind: "share", Field: "stage", Is: []string{"选项2", "选项3", "选项1"}, Percent: true, Decimals: -1}, false, 0)
	share(one, benchmark.Group{}, 90, 93)
	alone := Release(Rules{}, []*benchmark.Table{one})
	if c, _ := alone.Lookup("d/late"); c == nil || !c.Suppressed() {
		t.Error("all but three is told")
	}
	two := table(&indicator.Indicator{ID: "mid", Dataset: "d", Kind: "share", Field: "stage", Is: []string{"选项1", "选项0"}, Percent: true, Decimals: -1}, false, 0)
	share(two, benchmark.Group{}, 23, 93)
	reg := Release(Rules{}, []*benchmark.Table{options, two})
	small, _ := reg.Lookup("d/stage?is=选项0")
	partner, _ := reg.Lookup("d/stage?is=选项1")
	union, _ := reg.Lookup("d/mid")
	if !small.Suppressed() || !partner.Suppressed() && !union.Suppressed() || len(reg.Exposed()) > 0 {
		t.Errorf("small %v, partner %v, union %v, exposed %v", small.Text(), partner.Text(), union.Text(), reg.Exposed())
	}
}

// What an earlier edition told hides nothing: another cell has to.
func TestToldCellsProtectNothing(t *testing.T) {
	counts := [][]int{{20, 30}, {3, 40}, {10, 12}, {25, 25}}
	first := Release(Rules{}, crossed(false, counts))
	told := map[string]bool{}
	for _, table := range first.Tables() {
		for _, row := range table.Rows {
			for _, c := range row.Cells {
				told[c.ID()] = row.Label() == "行业2"
			}
		}
	}
	reg := Release(Rules{Told: told}, crossed(false, counts))
	for ref, hidden := range map[string]bool{"行业1&is=选项0": true, "行业2&is=选项0": false, "行业2&is=选项1": false} {
		if c, err := reg.Lookup("d/team?industry=" + ref); err != nil || c.Suppressed() != hidden {
			t.Errorf("%s: %v %v", ref, c.Text(), err)
		}
	}
	attack(t, counts, reg)
}

// Steps of a curve are of enough who paid back, also against the shares that
// are published for single months.
func TestCurveStepsAreOfEnough(t *testing.T) {
	ind := &indicator.Indicator{ID: "back", Dataset: "d", Kind: "payback", Unit: "个月", Horizon: []float64{6}, Decimals: -1}
	tab := table(ind, false, 0)
	tab.Groups = []benchmark.Group{{Contributors: 60}}
	tab.Estimates = []benchmark.Estimate{{Option: -1, Stat: "paid6", Share: true, Value: 0.4, Lo: 0.3, Hi: 0.5, Above: math.NaN(), Count: 17, Base: 60,
		Contributors: 17, BaseContributors: 60, RestContributors: 43}}
	curve := benchmark.Curve{Contributors: 60, Last: 12}
	for i, n := range []int{2, 4, 3, 3, 2, 3, 1, 3, 2, 1} { // months 1 to 10
		curve.Points = append(curve.Points, benchmark.Point{Time: float64(i+1) - 0.5, Share: float64(i+1) / 20, AtRisk: 60 - i, AtRiskOwners: 60 - i, Events: n})
	}
	tab.Curves = []benchmark.Curve{curve}
	reg := Release(Rules{}, []*benchmark.Table{tab})
	table, _ := reg.Table("d", "back", nil)
	var times []float64
	for _, p := range table.Rows[0].Curve.Points() {
		times = append(times, p.Time)
	}
	if !slices.Equal(times, []float64{2, 4, 6, 9}) || table.Rows[0].Curve.Last() != 9 {
		t.Errorf("steps at %v, to %v", times, table.Rows[0].Curve.Last())
	}
}
