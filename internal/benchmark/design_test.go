package benchmark

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/indicator"
	"benchbook/internal/schema"
)

const designed = `
weight = "w"
cluster = "city"
[[field]]
name = "city"
type = "string"
role = "id"
[[field]]
name = "industry"
type = "string"
categories = ["甲", "乙", "丙"]
[[field]]
name = "size"
type = "string"
categories = ["小", "大"]
[[field]]
name = "team"
type = "string"
categories = ["有", "无"]
[[field]]
name = "people"
type = "integer"
[[field]]
name = "w"
type = "number"
`

const margins = `
[weighting]
trim = 4
[[weighting.margin]]
field = "industry"
targets = { "甲" = 500, "乙" = 300, "丙" = 200 }
[[weighting.margin]]
field = "size"
targets = { "小" = 700, "大" = 300 }
`

const designCatalogue = `
[[indicator]]
id = "team"
dataset = "d"
kind = "share"
field = "team"
by = ["size", "industry,size"]
[[indicator]]
id = "people_spread"
dataset = "d"
kind = "quantile"
field = "people"
by = ["size"]
[[indicator]]
id = "plain"
dataset = "d"
kind = "share"
field = "team"
weight = "none"
`

// drawn are rows of a made-up survey, in an order of their own.
func drawn(n int, scale float64) []string {
	r := rand.New(rand.NewPCG(7, 7))
	rows := make([]string, n)
	for i := range rows {
		team := []string{"有", "无", ""}[r.IntN(3)]
		rows[i] = fmt.Sprintf("c%d,%s,%s,%s,%d,%v", r.IntN(25), []string{"甲", "乙", "丙"}[r.IntN(3)], []string{"小", "大"}[r.IntN(2)], team, r.IntN(40), scale*float64(1+r.IntN(4)))
	}
	return rows
}

const designHeader = "city,industry,size,team,people,w\n"

func csvOf(rows []string) string { return designHeader + strings.Join(rows, "\n") + "\n" }

// Row order, file splitting, the scale of weights and of targets, and a category that nobody chose change nothing.
func TestWeightingDependsOnNothingElse(t *testing.T) {
	rows := drawn(300, 1)
	want := observe(t, designed+margins, designCatalogue, csvOf(rows))
	turned := slices.Clone(rows)
	slices.Reverse(turned)
	same(t, "reversed rows", want, observe(t, designed+margins, designCatalogue, csvOf(turned)))
	same(t, "two files", want, observe(t, designed+margins, designCatalogue, csvOf(rows[:111]), csvOf(rows[111:])))
	more := strings.Replace(margins, `"丙" = 200`, `"丙" = 200, "空" = 0`, 1)
	alike(t, "an empty category", want, observe(t, strings.Replace(designed, `"丙"`, `"丙", "空"`, 1)+more, designCatalogue, csvOf(rows)))
	alike(t, "weights times 1000", want, observe(t, designed+margins, designCatalogue, csvOf(drawn(300, 1000))))
	scaled := strings.NewReplacer("500", "5000", "300", "3000", "200", "2000", "700", "7000").Replace(margins)
	alike(t, "targets times 10", want, observe(t, designed+scaled, designCatalogue, csvOf(rows)))
}

func alike(t *testing.T, what string, want, got []*Table) {
	t.Helper()
	for i := range want {
		for k, a := range want[i].Estimates {
			b := got[i].Estimates[k]
			near(t, what+" "+a.Stat, b.Value, a.Value)
			near(t, what+" lo of "+a.Stat, b.Lo, a.Lo)
			near(t, what+" hi of "+a.Stat, b.Hi, a.Hi)
		}
	}
}

// Weighted to the margins, the margins themselves have the shares of their targets.
func TestMarginsAreMet(t *testing.T) {
	tables := observe(t, strings.Replace(designed, "cluster = \"city\"\n", "", 1)+strings.Replace(margins, "trim = 4\n", "", 1), `
[[indicator]]
id = "industry_mix"
dataset = "d"
kind = "share"
field = "industry"
`, csvOf(drawn(300, 1)))
	for option, share := range map[string]float64{"甲": 0.5, "乙": 0.3, "丙": 0.2} {
		e := find(t, tables, "industry_mix", "share", option)
		near(t, option, e.Value, share)
		if !(e.SE < 1e-9) || e.Method.Code != Calibrated.Code {
			t.Errorf("a margin is known, so it has no error: %v by %s", e.SE, e.Method.Code)
		}
	}
	if note := tables[0].Dataset.Weighting; !strings.Contains(note, "Kish 有效样本量") || !strings.Contains(note, "industry、size") {
		t.Errorf("note: %s", note)
	}
}

func TestWeightingRefusals(t *testing.T) {
	rows := drawn(60, 1)
	for _, c := range []struct{ name, old, new, row, want string }{
		{"a missing category", "", "", "c1,,小,有,1,1", "missing_margin"},
		{"a category without a target", `"甲" = 500, "乙" = 300, "丙" = 200`, `"甲" = 700, "乙" = 300`, "", "unknown_category"},
		{"a target without rows", `["小", "大"]`, `["小", "大", "巨"]`, "", ""},
		{"a target that nobody meets", `"小" = 700, "大" = 300`, `"小" = 600, "大" = 300, "巨" = 100`, "", "empty_category"},
		{"a cap that is too low", "trim = 4", "trim = 0.2", "", "cannot_trim"},
	} {
		dictionary := strings.Replace(designed+margins, `["小", "大"]`, `["小", "大", "巨"]`, 1)
		if c.old != "" {
			dictionary = strings.Replace(dictionary, c.old, c.new, 1)
		}
		all := rows
		if c.row != "" {
			all = append(slices.Clone(rows), c.row)
		}
		l := findings(t, dictionary, designCatalogue, csvOf(all))
		switch text := report(l); {
		case c.want == "" && l.HasErrors():
			t.Errorf("%s: %s", c.name, text)
		case c.want != "" && (!strings.Contains(text, c.want) || !strings.Contains(text, "indicator.weighting") || !strings.Contains(text, "data/d/dataset.toml:")):
			t.Errorf("%s: want %s at its place, got %s", c.name, c.want, text)
		}
	}
}

// findings computes a dataset's tables and gives what was found wrong.
func findings(t *testing.T, dictionary, catalogue, rows string) *diag.List {
	t.Helper()
	l := &diag.List{}
	d, ok := schema.Load("data/d/dataset.toml", []byte(dictionary+"\n[[resource]]\npath = \"a.csv\"\n"), l)
	if !ok {
		return l
	}
	cat, _ := indicator.Load([]indicator.File{{Name: "data/indicators.toml", Src: []byte(catalogue)}}, []*schema.Dictionary{d}, l)
	site := write(t, rows)
	plan, _ := cat.Plan("d")
	set, err := plan.Observe(func(fields []string, each func(*schema.Record) error) error {
		return schema.Rows(site, d, fields, l, each)
	}, l)
	if err != nil {
		t.Fatal(err)
	}
	Compute(set, l)
	return l
}

// A cluster counts as one: the same answers in every row of a city say no more than one row of it.
func TestClustersWidenIntervals(t *testing.T) {
	var rows []string
	for city := range 20 {
		for range 10 {
			rows = append(rows, fmt.Sprintf("c%d,甲,小,%s,%d,1", city, []string{"有", "无"}[city%2], city))
		}
	}
	clustered := observe(t, designed, designCatalogue, csvOf(rows))
	plain := observe(t, strings.Replace(designed, "cluster = \"city\"\n", "", 1), designCatalogue, csvOf(rows))
	a, b := find(t, clustered, "team", "share", "有"), find(t, plain, "team", "share", "有")
	if width := (a.Hi - a.Lo) / (b.Hi - b.Lo); width < 2.5 || width > 4 {
		t.Errorf("ten rows a cluster widen √10 times, not %v", width)
	}
	if !hasWarning(a, "design_effect") || !math.IsNaN(find(t, clustered, "people_spread", "p50", "").Lo) {
		t.Errorf("clustered: %+v", a)
	}
}

func hasWarning(e Estimate, code string) bool {
	return slices.ContainsFunc(e.Warnings, func(w Warning) bool { return w.Code == code })
}
