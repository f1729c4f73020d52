package benchmark

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

const randomFields = `
unit = "家企业"
%s
[[field]]
name = "who"
type = "string"
role = "id"
[[field]]
name = "g"
type = "string"
categories = ["甲", "乙"%s, "丙"]
[[field]]
name = "y"
type = "string"
categories = ["一", "二"%s, "三"]
[[field]]
name = "tools"
type = "list"
separator = ";"
categories = ["企微", "社群", "小程序"]
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
name = "t"
type = "number"
[[field]]
name = "e"
type = "integer"
[[field]]
name = "w"
type = "number"
`

const randomIndicators = `
[[indicator]]
id = "choice"
dataset = "d"
kind = "share"
field = "y"
by = ["g"]
[[indicator]]
id = "several"
dataset = "d"
kind = "multi"
field = "tools"
by = ["g"]
[[indicator]]
id = "amount"
dataset = "d"
kind = "quantile"
field = "x"
by = ["g"]
  [[indicator.band]]
  name = "少"
  to = 20
  to_closed = true
  [[indicator.band]]
  name = "多"
  from = 20
  from_closed = false
[[indicator]]
id = "rate"
dataset = "d"
kind = "ratio"
unit = "%"
numerator = "num"
denominator = "den"
by = ["g"]
[[indicator]]
id = "back"
dataset = "d"
kind = "payback"
time = "t"
event = "e"
by = ["g"]
`

// randomRows are answers with ties, gaps, zero weights and contributors who come again; weights are times scale.
func randomRows(seed uint64, n int, scale float64) []string {
	r := rand.New(rand.NewPCG(seed, 3))
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	rows := make([]string, n)
	for i := range rows {
		den := r.IntN(500)
		weight := float64(1+r.IntN(8)) / 4 * float64(min(1, r.IntN(12)))
		rows[i] = fmt.Sprintf("b%d,%s,%s,%s,%s,%d,%d,%v,%d,%v", r.IntN(n), pick("甲", "乙", "丙", ""), pick("一", "二", "三", "一", ""), pick("企微", "企微;社群", "小程序;社群", "", "社群"),
			pick("", fmt.Sprint(math.Round(math.Exp(3+r.NormFloat64())*4)/4), fmt.Sprint(r.IntN(40))), int(float64(den)*r.Float64()), den, float64(r.IntN(60))/4, r.IntN(2), weight*scale)
	}
	return rows
}

// numbersOf is every number of tables by its name.
func numbersOf(tables []*Table) map[string]Estimate {
	out := map[string]Estimate{}
	for _, t := range tables {
		for _, e := range t.Estimates {
			out[t.Indicator.ID+" "+strings.Join(t.Groups[e.Group].Values, "+")+" "+t.option(&e)+" "+e.Stat] = e
		}
	}
	return out
}

// equalNumbers compares to twelve digits: scaled weights are other floats.
func equalNumbers(t *testing.T, what string, want, got map[string]Estimate) {
	t.Helper()
	for name, a := range want {
		b, there := got[name]
		if !there {
			t.Errorf("%s: no %s", what, name)
			continue
		}
		for i, pair := range [][2]float64{{a.Value, b.Value}, {a.Lo, b.Lo}, {a.Hi, b.Hi}, {float64(a.Count), float64(b.Count)}, {float64(a.Base), float64(b.Base)},
			{float64(a.Contributors), float64(b.Contributors)}, {float64(len(a.Warnings)), float64(len(b.Warnings))}} {
			if math.IsNaN(pair[0]) != math.IsNaN(pair[1]) || math.Abs(pair[0]-pair[1]) > 1e-12*math.Abs(pair[0]) {
				t.Errorf("%s: %s, number %d: %v, want %v", what, name, i, pair[1], pair[0])
			}
		}
	}
}

// Random surveys through the whole way of the site: order of rows, spread over files, the scale of weights and answers
// that nobody gave change no digit; shares lie within their intervals, quantiles are ordered, shares and bands add up.
func TestRandomSurveysKeepTheirProperties(t *testing.T) {
	const header = "who,g,y,tools,x,num,den,t,e,w\n"
	for seed := range uint64(24) {
		top := []string{"contributor = \"who\"", "contributor = \"who\"\nweight = \"w\"", "weight = \"w\"", ""}[seed%4]
		fields := func(more string) string { return fmt.Sprintf(randomFields, top, more, more) }
		n := 8 + int(seed)*7
		rows := randomRows(seed, n, 1)
		file := func(rows []string) string { return header + strings.Join(rows, "\n") + "\n" }
		tables := observe(t, fields(""), randomIndicators, file(rows))
		want := numbersOf(tables)
		turned := slices.Clone(rows)
		rand.New(rand.NewPCG(seed, 5)).Shuffle(n, func(i, k int) { turned[i], turned[k] = turned[k], turned[i] })
		cut := n / 3
		equalNumbers(t, fmt.Sprintf("seed %d, other order in three files", seed), want, numbersOf(observe(t, fields(""), randomIndicators, file(turned[:cut]), file(turned[cut:2*cut]), file(turned[2*cut:]))))
		equalNumbers(t, fmt.Sprintf("seed %d, weights × 1000", seed), want, numbersOf(observe(t, fields(""), randomIndicators, file(randomRows(seed, n, 1000)))))
		equalNumbers(t, fmt.Sprintf("seed %d, a category without rows", seed), want, numbersOf(observe(t, fields(", \"空\""), randomIndicators, file(rows))))
		for _, table := range tables {
			table.keepsOrder(t)
		}
	}
}

func (t *Table) keepsOrder(test *testing.T) {
	test.Helper()
	sums, last := map[int]float64{}, map[int]Estimate{}
	for _, e := range t.Estimates {
		name := fmt.Sprint(t.Indicator.ID, " ", t.Groups[e.Group].Values, " ", t.option(&e), " ", e.Stat)
		if e.Lo > e.Value+1e-12 || e.Hi < e.Value-1e-12 || e.Share && (e.Value < 0 || e.Value > 1) {
			test.Errorf("%s: %v outside %v–%v", name, e.Value, e.Lo, e.Hi)
		}
		if e.Stat == "share" && t.Additive {
			sums[e.Group] += e.Value
		}
		if strings.HasPrefix(e.Stat, "p") && !e.Share {
			if before, some := last[e.Group]; some && before.Value > e.Value {
				test.Errorf("%s: %v after %v", name, e.Value, before.Value)
			}
			last[e.Group] = e
		}
	}
	for g, sum := range sums {
		if !math.IsNaN(sum) && math.Abs(sum-1) > 1e-12 {
			test.Errorf("%s %v: shares add up to %v", t.Indicator.ID, t.Groups[g].Values, sum)
		}
	}
}
