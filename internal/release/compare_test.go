package release

import (
	"math"
	"strings"
	"testing"

	"benchbook/internal/benchmark"
	"benchbook/internal/indicator"
)

// cutShare is one share (yes of n) cut by groups, with the counts as given.
func cutShare(dataset string, yes, n []int) (total, cut *benchmark.Table) {
	ind := &indicator.Indicator{ID: "team", Dataset: dataset, Title: "团队", Unit: "%", Kind: "share", Is: []string{"有"}, Percent: true, Decimals: -1, Adjust: "holm"}
	total, cut = table(ind, false, 0), table(ind, false, 0)
	total.Dataset.Name, cut.Dataset.Name = dataset, dataset
	cut.By, cut.Apart = []*indicator.Segment{{Field: "industry", Title: "行业"}}, true
	x, of := 0, 0
	for g := range n {
		name := string(rune('A' + g))
		share(cut, benchmark.Group{Keys: []int{g}, Values: []string{name}, Labels: []string{name}}, yes[g], n[g])
		x, of = x+yes[g], of+n[g]
	}
	share(total, benchmark.Group{}, x, of)
	return total, cut
}

func share(t *benchmark.Table, g benchmark.Group, x, n int) {
	g.Contributors = n
	t.Groups = append(t.Groups, g)
	p := float64(x) / float64(n)
	t.Estimates = append(t.Estimates, benchmark.Estimate{Group: len(t.Groups) - 1, Option: -1, Stat: "share", Share: true, Value: p, Lo: p - 0.1, Hi: p + 0.1, Above: math.NaN(),
		Count: x, Base: n, Contributors: x, BaseContributors: n, RestContributors: n - x, Units: n, Counted: true, Method: benchmark.Wilson})
}

// edition links two tables of the same cut, as benchmark does.
func edition(now, before *benchmark.Table) {
	now.Indicator.Compare = before.Indicator
	benchmark.Changes([]*benchmark.Table{now, before})
}

func TestChangesAreToldWhereBothEditionsAre(t *testing.T) {
	total, cut := cutShare("new", []int{600, 400, 3, 20, 25}, []int{1000, 1000, 60, 61, 62})
	oldTotal, oldCut := cutShare("old", []int{400, 410, 30, 31, 32}, []int{1000, 1000, 60, 61, 62})
	edition(total, oldTotal)
	edition(cut, oldCut)
	reg := Release(Rules{}, []*benchmark.Table{total, cut, oldTotal, oldCut})
	for ref, want := range map[string]struct {
		text string
		is   Direction
	}{
		"new/team?industry=A&stat=change": {"+20.0个百分点", Higher},
		"new/team?industry=B&stat=change": {"-1.0个百分点", Alike},
		"new/team?industry=C&stat=change": {"样本不足(n<5)", Untold},
	} {
		c, err := reg.Lookup(ref)
		if err != nil {
			t.Fatal(err)
		}
		if c.Text() != want.text || c.Direction() != want.is {
			t.Errorf("%s: %s, %v", ref, c.Text(), c.Direction())
		}
		if _, _, limits := c.Interval(); limits == c.Suppressed() {
			t.Errorf("%s: interval %q", ref, c.IntervalText())
		}
	}
	for _, g := range "ABCDE" {
		change, err := reg.Lookup("new/team?industry=" + string(g) + "&stat=change")
		now, _ := reg.Lookup("new/team?industry=" + string(g))
		before, _ := reg.Lookup("old/team?industry=" + string(g))
		if err != nil || change.Suppressed() != (now.Suppressed() || before.Suppressed()) {
			t.Errorf("%c: %v now %s, before %s: %s", g, err, now.Text(), before.Text(), change.Text())
		}
	}
	newCut, _ := reg.Table("new", "team", []string{"industry"})
	told := newCut.Findings()
	if len(told) != 1 || !strings.Contains(told[0], "「A」高于「B」") || strings.Contains(told[0], "「C」") {
		t.Errorf("findings: %v", told)
	}
	c, _ := reg.Lookup("new/team?industry=A&stat=change")
	if got := c.IntervalText(); !strings.HasPrefix(got, "+15.") || !strings.HasSuffix(got, "个百分点") || !strings.Contains(got, " 至 +") {
		t.Errorf("interval %s", got)
	}
	if !c.Agrees("20个百分点") || c.Agrees("20%") {
		t.Error("a change is in percentage points, not percent")
	}
	if p, ok := c.P(); !ok || p > 0.05 {
		t.Errorf("p = %v", p)
	}
}

// A median's change has its unit and its sign; of a panel too small for the quantile nothing is told.
func TestChangesOfNumbersAreTold(t *testing.T) {
	number := func(dataset string) *benchmark.Table {
		tab := table(&indicator.Indicator{ID: "wage", Dataset: dataset, Title: "月薪", Unit: "元", Kind: "quantile", Decimals: -1, Adjust: "holm"}, false, 0)
		tab.Dataset.Name = dataset
		tab.Groups = []benchmark.Group{{Contributors: 40}}
		for _, stat := range []string{"p50", "p90"} {
			tab.Estimates = append(tab.Estimates, benchmark.Estimate{Option: -1, Stat: stat, Value: 8000, Lo: 7000, Hi: 9000, Above: math.NaN(), Count: 40, Base: 40, Contributors: 40, BaseContributors: 40})
		}
		return tab
	}
	now, before := number("new"), number("old")
	for i := range now.Estimates {
		now.Changes = append(now.Changes, benchmark.Change{Now: i, Earlier: before, Before: i, Diff: 350, Lo: -20, Hi: 700, P: 0.2, Panel: []int{15}, Base: 15, Method: benchmark.PairedQuantile})
	}
	reg := Release(Rules{}, []*benchmark.Table{now, before})
	c, err := reg.Lookup("new/wage?stat=change_p50")
	if err != nil || c.Text() != "+350元" || c.IntervalText() != "-20 至 +700元" || c.Direction() != Alike || c.Base() != 15 {
		t.Errorf("%v: %s, %s, %v, n=%d", err, c.Text(), c.IntervalText(), c.Direction(), c.Base())
	}
	if c, _ = reg.Lookup("new/wage?stat=change_p90"); !c.Suppressed() {
		t.Errorf("P90 of 15 brands: %s", c.Text())
	}
}

// A paired change in which few changed their answer would tell them.
func TestFewWhoChangedAreWithheld(t *testing.T) {
	for lost, want := range map[int]bool{0: false, 3: true, 8: false} {
		now, _ := cutShare("new", []int{60}, []int{100})
		before, _ := cutShare("old", []int{60}, []int{100})
		now.Changes = []benchmark.Change{{Now: 0, Earlier: before, Before: 0, Diff: 0.1, Lo: math.NaN(), Hi: math.NaN(), P: 0.01, Panel: []int{40, 20, lost, 30}}}
		c, err := Release(Rules{}, []*benchmark.Table{now, before}).Lookup("new/team?stat=change")
		if err != nil {
			t.Fatal(err)
		}
		if c.Suppressed() != want {
			t.Errorf("%d lost it: withheld %v", lost, c.Suppressed())
		}
	}
}

func TestSharesThatAddUp(t *testing.T) {
	// 1/3 each of 99: 33.3% thrice; largest remainders give the first the missing tenth.
	tables := crossed(false, [][]int{{33, 33, 33}})
	tables[0].Indicator.AddsUp, tables[0].Indicator.Decimals = true, 0
	for i := range tables[0].Estimates {
		tables[0].Estimates[i].Counted = true
	}
	row := Release(Rules{}, tables[:1]).Tables()[0].Rows[0]
	if got := row.Cells[0].Text() + row.Cells[1].Text() + row.Cells[2].Text(); got != "34%33%33%" {
		t.Errorf("got %s", got)
	}
	if x, _ := row.Cells[0].Value(); x != 1.0/3 || !row.Cells[0].warned("adds_up") || !row.Cells[0].Agrees("34%") {
		t.Errorf("the value stays and the rounding is said: %v %v", x, row.Cells[0].Warnings())
	}
}
