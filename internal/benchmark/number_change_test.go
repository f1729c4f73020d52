package benchmark

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"benchbook/internal/stat"
)

const panelFields = `
contributor = "who"
[[field]]
name = "who"
type = "string"
role = "id"
[[field]]
name = "x"
type = "number"
[[field]]
name = "num"
type = "integer"
[[field]]
name = "den"
type = "integer"
[[field]]
name = "y"
type = "string"
categories = ["1", "0"]
[[field]]
name = "w"
type = "number"
`

// panelRows are 24 brands: amounts, rates, a yes and a weight, that move by a bit from the old edition to the new one.
func panelRows(newer bool) (rows string, p stat.Panel, r stat.RatioPanel) {
	var b strings.Builder
	b.WriteString("who,x,num,den,y,w\n")
	for i := range 24 {
		w, before, y, den := 1+float64(i%4), float64(10+7*i%23), 40+5*(i*5%11), 200+30*(i*7%13)
		after := before + float64(i*3%7)
		num := y + i*2%9
		yes, was := 1-(i+1)%3%2, 1-i%3%2
		p.Old, p.New, p.Weight = append(p.Old, before), append(p.New, after), append(p.Weight, w)
		r.OldNum, r.OldDen, r.NewNum, r.NewDen = append(r.OldNum, float64(y)), append(r.OldDen, float64(den)), append(r.NewNum, float64(num)), append(r.NewDen, float64(den+10))
		if newer {
			fmt.Fprintf(&b, "b%d,%v,%d,%d,%d,%v\n", i, after, num, den+10, yes, w)
		} else {
			fmt.Fprintf(&b, "b%d,%v,%d,%d,%d,%v\n", i, before, y, den, was, w)
		}
	}
	return b.String(), p, r
}

func twice(kind, rest, more string) string {
	return one(kind, rest+more) + strings.Replace(one(kind, rest), "dataset = \"d\"", "dataset = \"old\"", 1)
}

func changesBy(tables []*Table) map[string]Change {
	out := map[string]Change{}
	for _, t := range tables {
		for _, c := range t.Changes {
			out[t.Estimates[c.Now].Stat] = c
		}
	}
	return out
}

func (c Change) is(t *testing.T, what string, want stat.Difference, m Method) {
	t.Helper()
	near(t, what+" difference", c.Diff, want.Diff)
	near(t, what+" lo", c.Lo, want.Lo)
	near(t, what+" hi", c.Hi, want.Hi)
	near(t, what+" p", c.P, want.P)
	if c.Method != m {
		t.Errorf("%s: method %s, want %s", what, c.Method.Code, m.Code)
	}
}

// Through the whole way of the site: rates, means and quantiles change as package stat compares them.
func TestNumbersChange(t *testing.T) {
	now, p, r := panelRows(true)
	before, _, _ := panelRows(false)
	const amount, rate = "field = \"x\"\n", "unit = \"%\"\nnumerator = \"num\"\ndenominator = \"den\"\n"
	level := 0.95
	q := func(x []float64, p float64) stat.Limited {
		x = stat.Sorted(x)
		return stat.Limited{Value: stat.Quantile(x, p), At: func(level float64) stat.Interval { return stat.QuantileCI(x, p, level).Interval }}
	}
	free := changesBy(editions(t, panelFields, twice("quantile", amount, "compare = \"old/i\"\n"), now, before))
	free["p50"].is(t, "median", stat.DiffLimited(q(p.Old, 0.5), q(p.New, 0.5), 0, level), QuantileChange)
	if c := free["p50"]; len(c.Warnings) != 1 || c.Warnings[0].Code != "overlap" || c.Panel != nil {
		t.Errorf("the same brands as if they were others: %+v", c)
	}
	panel := changesBy(editions(t, panelFields, twice("quantile", amount, "compare = \"old/i\"\npaired = true\n"), now, before))
	bare := p
	bare.Weight = nil
	want, _ := stat.DiffPairedQuantiles(bare, 0.5, level, 7)
	panel["p50"].is(t, "paired median", want, PairedQuantile)
	want, _ = stat.DiffPairedMeans(bare, level)
	panel["mean"].is(t, "paired mean", want, PairedMean)
	if c := panel["p50"]; c.Base != 24 || len(c.Panel) != 1 || c.Panel[0] != 24 || len(c.Warnings) != 0 {
		t.Errorf("24 brands: %+v", c)
	}
	if a, b := free["p50"], panel["p50"]; !(b.Hi-b.Lo < a.Hi-a.Lo) {
		t.Errorf("a panel is surer: %v–%v against %v–%v", b.Lo, b.Hi, a.Lo, a.Hi)
	}
	rates := changesBy(editions(t, panelFields, twice("ratio", rate, "compare = \"old/i\"\npaired = true\n"), now, before))
	want, _ = stat.DiffPairedRatios(r, level)
	rates["ratio"].is(t, "paired ratio", want, PairedRatio)
	for name := range rates {
		if strings.HasPrefix(name, "k_eff") || strings.HasPrefix(name, "shrunk") {
			t.Errorf("%s has no change", name)
		}
	}
	rates = changesBy(editions(t, panelFields, twice("ratio", rate, "compare = \"old/i\"\n"), now, before))
	a, _ := stat.RatioOfSums(r.OldNum, r.OldDen, nil, level)
	b, _ := stat.RatioOfSums(r.NewNum, r.NewDen, nil, level)
	as := func(r stat.Ratio) stat.Measured {
		return stat.Measured{Value: r.R, SE: r.SEJack, DF: math.Max(1, r.KEff-1), Interval: r.Jackknife}
	}
	rates["ratio"].is(t, "ratio", stat.DiffMeasured(as(a), as(b)), MeasuredChange)
}

func TestWeightedPanelsChange(t *testing.T) {
	now, _, _ := panelRows(true)
	before, p, _ := panelRows(false)
	fields := "weight = \"w\"\n" + panelFields
	got := changesBy(editions(t, fields, twice("share", "field = \"y\"\nis = [\"1\"]\n", "compare = \"old/i\"\npaired = true\n"), now, before))["share"]
	answers := stat.Panel{Weight: p.Weight}
	for i := range 24 {
		answers.Old, answers.New = append(answers.Old, float64(1-i%3%2)), append(answers.New, float64(1-(i+1)%3%2))
	}
	want, err := stat.DiffPairedShares(answers, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	got.is(t, "weighted share", want, PairedWeighted)
	if got.Base != 24 || len(got.Panel) != 4 {
		t.Errorf("%+v", got)
	}
	got = changesBy(editions(t, fields, twice("quantile", "field = \"x\"\n", "compare = \"old/i\"\npaired = true\n"), now, before))["p50"]
	want, _ = stat.DiffPairedQuantiles(p, 0.5, 0.95, 0)
	got.is(t, "weighted median", want, PairedQuantile)
}

// Projects in both editions are said to overlap; a curve is compared by its shares and its median.
func TestPaybacksChange(t *testing.T) {
	dictionary := "contributor = \"who\"\n[[field]]\nname = \"who\"\ntype = \"string\"\nrole = \"id\"\n[[field]]\nname = \"months\"\ntype = \"number\"\n[[field]]\nname = \"paid\"\ntype = \"integer\"\n"
	rows := func(from, shift int) string {
		out := "who,months,paid\n"
		for i := range 40 {
			out += fmt.Sprintf("b%d,%d,%d\n", from+i, 1+shift+i*7%15, 1-i%4/3)
		}
		return out
	}
	got := changesBy(editions(t, dictionary, twice("payback", "time = \"months\"\nevent = \"paid\"\n", "compare = \"old/i\"\n"), rows(0, 0), rows(100, 3)))
	paid, median := got["paid6"], got["p50"]
	if paid.Method != MeasuredChange || !(paid.P > 0 && paid.P < 0.2) || !(paid.Diff > 0) || len(paid.Warnings) != 0 {
		t.Errorf("share paid by month 6: %+v", paid)
	}
	if median.Method != QuantileChange || median.Diff != -3 || !(median.P > 0 && median.P < 0.3) || !(median.Lo < -3 && median.Hi > -3) {
		t.Errorf("median: %+v", median)
	}
	if got := changesBy(editions(t, dictionary, twice("payback", "time = \"months\"\nevent = \"paid\"\n", "compare = \"old/i\"\n"), rows(0, 0), rows(20, 3)))["p50"]; len(got.Warnings) != 1 {
		t.Errorf("twenty projects in both: %+v", got.Warnings)
	}
}

// Groups are compared in their medians and ratios too.
func TestNumbersOfGroupsAreContrasted(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("g,x\n")
	for i := range 30 {
		fmt.Fprintf(&rows, "甲,%d\n乙,%d\n丙,%d\n", 10+i, 11+i, 60+i)
	}
	dictionary := strings.Replace(groups, "name = \"y\"\ntype = \"string\"\ncategories = [\"1\", \"0\"]", "name = \"x\"\ntype = \"number\"", 1)
	got := observe(t, dictionary, one("quantile", "field = \"x\"\nby = [\"g\"]\n"), rows.String())[1].Contrasts(every)
	if len(got) != 3 || !(got[0].P > 0.05 && got[1].P < 0.001 && got[2].P < 0.001) || got[0].Diff != 1 || got[1].Diff != 50 {
		t.Errorf("%+v", got)
	}
}
