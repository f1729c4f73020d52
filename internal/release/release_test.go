package release

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"benchbook/internal/benchmark"
	"benchbook/internal/indicator"
)

// crossed makes the tables of a single choice: the total, and its cut by a
// field, from counts by group and option. Every row is a contributor.
func crossed(open bool, counts [][]int) []*benchmark.Table {
	ind := &indicator.Indicator{ID: "team", Dataset: "d", Title: "团队", Unit: "%", Kind: "share", Base: indicator.Answered, Percent: true, Decimals: -1}
	segment := &indicator.Segment{Field: "industry", Title: "行业"}
	total := table(ind, open, len(counts[0]))
	cut := table(ind, open, len(counts[0]))
	cut.By = []*indicator.Segment{segment}
	sums := make([]int, len(counts[0]))
	for g, row := range counts {
		name := fmt.Sprintf("行业%d", g)
		addGroup(cut, benchmark.Group{Keys: []int{g}, Values: []string{name}, Labels: []string{name}}, row)
		for k, n := range row {
			sums[k] += n
		}
	}
	addGroup(total, benchmark.Group{}, sums)
	return []*benchmark.Table{total, cut}
}

func table(ind *indicator.Indicator, open bool, options int) *benchmark.Table {
	t := &benchmark.Table{Indicator: ind, Dataset: benchmark.Dataset{Name: "d", Title: "调研", Unit: "家企业", Open: open}, Additive: true}
	for k := range options {
		t.Options = append(t.Options, indicator.Option{Value: fmt.Sprintf("选项%d", k), Label: fmt.Sprintf("选项 %d", k)})
	}
	return t
}

func addGroup(t *benchmark.Table, g benchmark.Group, counts []int) {
	base := 0
	for _, n := range counts {
		base += n
	}
	g.Contributors = base
	t.Groups = append(t.Groups, g)
	t.Rows += base
	for k, n := range counts {
		t.Estimates = append(t.Estimates, benchmark.Estimate{Group: len(t.Groups) - 1, Option: k, Stat: "share", Share: true,
			Value: float64(n) / float64(base), Lo: 0.123456, Hi: 0.654321, Above: math.NaN(), Count: n, Base: base, Contributors: n, BaseContributors: base,
			RestContributors: base - n, Method: benchmark.Wilson, Warnings: []benchmark.Warning{{Code: "small_n", Text: "样本较小"}}})
	}
}

func TestSmallCellsAreWithheldWithAPartner(t *testing.T) {
	reg := Release(Rules{}, crossed(false, [][]int{{20, 30}, {3, 40}, {10, 12}, {2, 1}}))
	want := map[string]bool{
		"行业0&is=选项0": false, "行业1&is=选项0": true, "行业1&is=选项1": true, // 3 of 43, and its complement
		"行业3&is=选项0": true, "行业3&is=选项1": true, // a group of 3
		"行业2&is=选项0": true, // the smallest group hides the group of 3
	}
	for ref, hidden := range want {
		c, err := reg.Lookup("d/team?industry=" + ref)
		if err != nil {
			t.Fatal(err)
		}
		if c.Suppressed() != hidden {
			t.Errorf("%s: suppressed = %v, want %v", ref, c.Suppressed(), hidden)
		}
	}
	if c, _ := reg.Lookup("d/team?is=选项0"); c.Suppressed() || c.Text() != "30%" || c.NText() != "n=118" {
		t.Errorf("the total: %s %s", c.Text(), c.NText())
	}
}

func TestOpenDataIsNotSuppressed(t *testing.T) {
	reg := Release(Rules{}, crossed(true, [][]int{{1, 0}, {0, 2}}))
	if cells, suppressed := reg.Counts(); cells != 6 || suppressed != 0 {
		t.Errorf("%d cells, %d suppressed", cells, suppressed)
	}
}

// Random tables hold against an outsider who adds and subtracts.
func TestNothingComesBackBySubtraction(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		counts := make([][]int, 2+r.IntN(6))
		options := 2 + r.IntN(4)
		for g := range counts {
			for range options {
				n := r.IntN(30)
				if r.IntN(3) == 0 {
					n = r.IntN(7)
				}
				counts[g] = append(counts[g], n)
			}
		}
		attack(t, counts, Release(Rules{}, crossed(false, counts)))
	}
}

// Nothing of a suppressed cell may be had from any getter or from its JSON.
func TestASuppressedCellIsEmpty(t *testing.T) {
	reg := Release(Rules{}, crossed(false, [][]int{{20, 30}, {3, 40}, {10, 12}}))
	c, err := reg.Lookup("d/team?industry=行业1&is=选项0")
	if err != nil {
		t.Fatal(err)
	}
	lo, hi, interval := c.Interval()
	value, ok := c.Value()
	if ok || interval || !math.IsNaN(value) || !math.IsNaN(lo) || !math.IsNaN(hi) || c.N() != 0 || c.Base() != 0 || c.Contributors() != 0 ||
		len(c.Warnings()) != 0 || c.Method() != (Method{}) || c.NText() != "" || c.BaseText() != "" || c.IntervalText() != "" || c.LoText() != "" {
		t.Errorf("something is left: %+v", *c)
	}
	if c.Text() != "样本不足(n<5)" || c.FormatAt(3) != c.Text() || c.Bare() != c.Text() || c.Reason() != "disclosure" {
		t.Errorf("text %q, reason %q", c.Text(), c.Reason())
	}
	for _, show := range []string{"value", "n", "interval", "count"} {
		text, _ := c.Show(show)
		if strings.ContainsAny(text, "34") {
			t.Errorf("show=%s tells %q", show, text)
		}
	}
	if c.Agrees("7%") || c.Rewrite("value", "7%") != c.Text() {
		t.Error("a text must not be compared with a suppressed value")
	}
}

func TestQueryHasNulls(t *testing.T) {
	reg := Release(Rules{}, crossed(false, [][]int{{20, 30}, {3, 40}, {10, 12}}))
	q, ok := reg.Query("team", []string{"industry"}, nil), true
	if !ok {
		t.Fatal("no table")
	}
	out, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"key":{"industry":"行业1","team":"选项0"},"n":null,"contributors":null,"value":null,"lo":null,"hi":null,"suppressed":true,"reason":"disclosure","warnings":[]}`
	if !strings.Contains(string(out), want) {
		t.Errorf("%s\nlacks %s", out, want)
	}
	want = `{"key":{"industry":"行业0","team":"选项0"},"n":20,"contributors":20,"value":0.4,"lo":0.123,"hi":0.654,"suppressed":false,"reason":"","warnings":["small_n"]}`
	if !strings.Contains(string(out), want) && !strings.Contains(string(out), `"industry":"行业0","team":"选项0"},"n":null`) {
		t.Errorf("%s\nlacks %s", out, want)
	}
}

func TestQuantileFloors(t *testing.T) {
	for stat, want := range map[string]int{"p50": 5, "p25": 12, "p75": 12, "p10": 20, "p90": 20, "p95": 40, "p5": 40, "p99": 200, "mean": 0, "paid6": 0, "share": 0} {
		if got := quantileFloor(stat); got != want {
			t.Errorf("%s: %d, want %d", stat, got, want)
		}
	}
}

func TestLookupSuggests(t *testing.T) {
	reg := Release(Rules{}, crossed(true, [][]int{{20, 30}, {3, 40}}))
	for ref, nearest := range map[string]string{
		"d/taem?is=选项0":              "d/team",
		"d/team?is=选项 9":             "选项 0",
		"d/team?industy=行业1&is=选项0":  "industry",
		"d/team?industry=行业7&is=选项0": "行业0",
		"d/team?is=选项0&stat=shar":    "share",
		"d/team":                     "",
		"team":                       "",
	} {
		_, err := reg.Lookup(ref)
		miss, ok := err.(*LookupError)
		if !ok || miss.Nearest != nearest {
			t.Errorf("%s: %v, nearest %q, want %q", ref, err, miss.Nearest, nearest)
		}
	}
	byLabel, err := reg.Lookup("d/team?is=选项%201&industry=行业0")
	if err != nil || byLabel.ID() != "d/team?industry=行业0&is=选项1&stat=share" {
		t.Errorf("%v %v", byLabel, err)
	}
	if again, err := reg.Lookup(byLabel.ID()); err != nil || again != byLabel {
		t.Errorf("a cell's id does not find it: %v", err)
	}
}
