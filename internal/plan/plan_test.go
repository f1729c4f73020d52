package plan

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/stat"
)

func forecast(t *testing.T, text string) (*Table, []string) {
	t.Helper()
	var l diag.List
	f, ok := LoadForecast("x", "data/forecasts/x.toml", []byte(text), &l)
	var codes []string
	for _, d := range l.Sorted() {
		codes = append(codes, d.Code)
	}
	if !ok {
		return nil, codes
	}
	return f.Reckon(), codes
}

// 80.00% passes and 79.99% fails, and neither is printed as the other.
func TestExactlyEightyPercentPasses(t *testing.T) {
	for achieved, want := range map[int]string{9877: "80.00% 达标 正常线", 9876: "80.00% 达标 正常线", 9875: "79.99% 未达标 不及格线", 12345: "100.00% 达标 优良线", 12344: "99.99% 达标 正常线"} {
		table, bad := forecast(t, fmt.Sprintf("floor = 80\nbasis = \"monthly\"\nmonth = [{month = \"2026-01\", committed = 12345, rate = 100, delivered = 12345, achieved = %d}]", achieved))
		if len(bad) > 0 {
			t.Fatal(bad)
		}
		r := table.Rows[0]
		if got := percent(r.Done) + " " + r.Status.Title() + " " + r.Line; got != want {
			t.Errorf("%d gives %s, want %s", achieved, got, want)
		}
	}
}

const sixMonths = `
floor = 80
month = [
  { month = "2026-01", committed = 20000, rate = 12, delivered = 20000, achieved = 1905 },
  { month = "2026-02", committed = 30000, rate = "13%", delivered = 24000, achieved = 2610 },
  { month = "2026-03", committed = 30000, rates = [70, 20], delivered = 33000, achieved = 3900 },
]
`

// The two bases give different answers, both of which are told.
func TestMonthlyAndCumulativeDiffer(t *testing.T) {
	table, bad := forecast(t, `basis = "cumulative"`+sixMonths)
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	var got []string
	for _, r := range append(table.Rows, table.All[:]...) {
		got = append(got, fmt.Sprint(r.TargetText, " ", text(r.Adjusted, 2), " ", text(r.Floor, 0), " ", r.Status))
	}
	want := "2,400 2,400.00 1,920 missed|3,900 3,120.00 2,496 floor_met|4,200 4,200.00 3,360 floor_met|10,500 9,720.00 7,776 missed|10,500 10,106.25 8,085 floor_met"
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
	if table.Verdict().Status != FloorMet {
		t.Error("the contract's basis does not decide")
	}
}

// What comes beyond the promise never raises the forecast of a month.
func TestFactorIsCapped(t *testing.T) {
	table, _ := forecast(t, `basis = "monthly"`+sixMonths)
	if f := table.Rows[2].Factor; f.Cmp(big.NewRat(1, 1)) != 0 {
		t.Errorf("factor %s", f)
	}
}

// A cost is a ceiling: it rises where traffic falls short, and is met from below.
func TestCostHasACeiling(t *testing.T) {
	for achieved, want := range map[string]Status{"8.00": Met, "10.00": FloorMet, "10.01": Missed} {
		table, bad := forecast(t, "floor = 80\ndecimals = 2\nbetter = \"lower\"\nbasis = \"monthly\"\nmonth = [{month = \"2026-01\", committed = 1000, target = 8.00, delivered = 1000, achieved = "+achieved+"}]")
		if len(bad) > 0 {
			t.Fatal(bad)
		}
		if r := table.Rows[0]; r.Status != want || text(r.Floor, 2) != "10.00" {
			t.Errorf("%s is %s under %s", achieved, r.Status, text(r.Floor, 2))
		}
	}
	table, _ := forecast(t, "floor = 80\ndecimals = 2\nbetter = \"lower\"\nbasis = \"monthly\"\nmonth = [{month = \"2026-01\", committed = 1000, target = 8, delivered = 800, achieved = 12.5},{month = \"2026-02\", committed = 1000, target = 8, delivered = 0, achieved = 12.5}]")
	if r := table.Rows[0]; text(r.Floor, 2) != "12.50" || r.Status != FloorMet {
		t.Errorf("with 80%% of the traffic the ceiling is %s, %s", text(r.Floor, 2), r.Status)
	}
	if table.Rows[1].Status != Open {
		t.Error("a month without any traffic is judged")
	}
}

func TestBonusTiersAndCap(t *testing.T) {
	const head = "floor = 80\nbasis = \"monthly\"\ntier = [{over = 4000, per = 6}, {over = 4500, per = 8.5}]\n"
	for achieved, want := range map[int]string{3599: "0.00", 4000: "0.00", 4350: "2,100.00", 4501: "3,008.50", 9000: "5,000.00"} {
		table, bad := forecast(t, head+fmt.Sprintf("cap = 5000\nmonth = [{month = \"2026-01\", committed = 30000, rate = 12, delivered = 30000, achieved = %d}]", achieved))
		if len(bad) > 0 {
			t.Fatal(bad)
		}
		if got := text(table.Rows[0].Bonus, 2); got != want {
			t.Errorf("%d is worth %s, want %s", achieved, got, want)
		}
	}
}

func TestWhatIsWrongWithAForecast(t *testing.T) {
	month := `month = [{month = "2026-01", committed = 10, rate = 12}]`
	cases := map[string]string{
		"floor = 80\n" + month:                                                                                "forecast.basis",
		"floor = 0\nbasis = \"monthly\"\n" + month:                                                            "forecast.floor",
		"floor = 80\nbasis = \"monthly\"":                                                                     "forecast.month",
		"floor = 80\nbasis = \"monthly\"\nmonth = [{month = \"2026-13\", rate = 1}]":                          "forecast.month",
		"floor = 80\nbasis = \"monthly\"\nmonth = [{month = \"2026-01\"}]":                                    "forecast.rate",
		"floor = 80\nbasis = \"monthly\"\nmonth = [{month = \"2026-01\", rate = 112}]":                        "forecast.rate",
		"floor = 80\nbasis = \"cumulative\"\nbetter = \"lower\"\nmonth = [{month = \"2026-01\", target = 1}]": "forecast.basis",
		"floor = 80\nbasis = \"monthly\"\nmonth = [{month = \"2026-01\", rate = 12, achieved = 1.5}]":         "forecast.number",
		"floor = 80\nbasis = \"monthly\"\ntier = [{over = 3, per = 1}, {over = 2, per = 1}]\n" + month:        "forecast.tier",
	}
	for text, want := range cases {
		if _, bad := forecast(t, text); strings.Join(bad, " ") != want {
			t.Errorf("%s\ngives %v, want %s", text, bad, want)
		}
	}
}

// The reckoning agrees with the statistics' own, which the reference cases hold, on
// tables that both can write.
func TestAgreesWithTheReferenceFormulas(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 500 {
		f := &Forecast{Floor: big.NewRat(int64(1+r.IntN(100)), 100), Basis: Cumulative}
		var plan []stat.Plan
		for i := range 1 + r.IntN(6) {
			rate, c, d, a := int64(r.IntN(10001)), int64(r.IntN(50000)), int64(r.IntN(60000)), int64(r.IntN(9000))
			f.Months = append(f.Months, Month{Label: fmt.Sprint(i), Committed: c, Rate: big.NewRat(rate, 10000), Delivered: big.NewRat(d, 1), Achieved: big.NewRat(a, 1)})
			plan = append(plan, stat.Plan{Committed: float64(c), Rate: rate, Actual: float64(d), Achieved: float64(a)})
		}
		percent := new(big.Rat).Mul(f.Floor, big.NewRat(100, 1)).Num().Int64()
		table := f.Reckon()
		all, _ := stat.Forecasted(plan, percent)
		months, _, _ := stat.AdjustMonthly(plan, percent)
		whole, _ := stat.AdjustCumulative(plan, percent)
		for i, row := range table.Rows {
			if row.TargetText != text(big.NewRat(all.TargetInt[i], 1), 0) || row.Floor.Cmp(big.NewRat(months[i].FloorInt, 1)) != 0 || string(row.Status) != months[i].Status {
				t.Fatalf("month %d of %+v: %s %s %s, want %d %+v", i, plan, row.TargetText, row.Floor, row.Status, all.TargetInt[i], months[i])
			}
		}
		adjusted, _ := table.All[1].Adjusted.Float64()
		if string(table.All[1].Status) != whole.Status || math.Abs(adjusted-whole.Target) > 1e-6*(1+whole.Target) {
			t.Fatalf("%+v: %s %v, want %+v", plan, table.All[1].Status, adjusted, whole)
		}
	}
}

func ledger(t *testing.T, months ...[2]int) *Return {
	t.Helper()
	var b strings.Builder
	for _, m := range months {
		fmt.Fprintf(&b, "[[month]]\nearned = %d\nspent = %d\n", m[0], m[1])
	}
	var l diag.List
	p, ok := LoadPayback("x", "x", []byte(b.String()), &l)
	if !ok {
		t.Fatal(l.Sorted())
	}
	return p.Reckon()
}

func TestPaybackInterpolatesRelapsesAndIsCensored(t *testing.T) {
	cases := []struct {
		name   string
		months [][2]int
		want   string
	}{
		{"within the month", [][2]int{{0, 100}, {60, 20}, {100, 20}}, "2.75 个月 平衡 2 回本 3 盈利 0 转负 0"},
		{"relapse", [][2]int{{0, 100}, {120, 0}, {0, 50}, {80, 0}}, "1.83 个月 平衡 2 回本 2 盈利 4 转负 3"},
		{"not yet", [][2]int{{0, 100}, {20, 10}}, "至少 2 个月，尚未回本 平衡 2 回本 0 盈利 0 转负 0"},
		{"never below", [][2]int{{10, 10}, {20, 10}}, "从未垫钱 平衡 1 回本 0 盈利 0 转负 0"},
	}
	for _, c := range cases {
		r := ledger(t, c.months...)
		if got := fmt.Sprintf("%s 平衡 %d 回本 %d 盈利 %d 转负 %d", r.TimeText(), r.Breakeven, r.Month, r.Profit, r.Relapse); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		var months []stat.Month
		for i, m := range c.months {
			months = append(months, stat.Month{Month: float64(i + 1), Revenue: float64(m[0]), Cost: float64(m[1])})
		}
		ref, err := stat.Payback(months)
		if time := ref.Payback; err != nil || r.Time != nil && math.Abs(ratFloat(r.Time)-time) > 1e-9 || ref.Relapsed != (r.Relapse > 0) {
			t.Errorf("%s: the statistics say %+v", c.name, ref)
		}
	}
}

func ratFloat(x *big.Rat) float64 { f, _ := x.Float64(); return f }
