package benchmark

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/indicator"
	"benchbook/internal/schema"
)

// observe reads rows, given as CSV files of one dataset, through the catalogue.
func observe(t *testing.T, dictionary, catalogue string, files ...string) []*Table {
	t.Helper()
	site, l := t.TempDir(), &diag.List{}
	if err := os.MkdirAll(filepath.Join(site, "data", "d"), 0o755); err != nil {
		t.Fatal(err)
	}
	for i, rows := range files {
		name := string(rune('a'+i)) + ".csv"
		if err := os.WriteFile(filepath.Join(site, "data", "d", name), []byte(rows), 0o644); err != nil {
			t.Fatal(err)
		}
		dictionary += "\n[[resource]]\npath = \"" + name + "\"\n"
	}
	d, ok := schema.Load("data/d/dataset.toml", []byte("name = \"d\"\ntitle = \"t\"\n"+dictionary), l)
	if !ok {
		t.Fatal(report(l))
	}
	cat, ok := indicator.Load([]indicator.File{{Name: "data/indicators.toml", Src: []byte(catalogue)}}, []*schema.Dictionary{d}, l)
	if !ok {
		t.Fatal(report(l))
	}
	plan, _ := cat.Plan("d")
	set, err := plan.Observe(func(fields []string, each func(*schema.Record) error) error {
		return schema.Rows(site, d, fields, l, each)
	}, l)
	if err != nil || l.HasErrors() {
		t.Fatal(err, report(l))
	}
	return Compute(set, l)
}

// write puts rows where a dictionary d finds them and gives the site's folder.
func write(t *testing.T, rows string) string {
	t.Helper()
	site := t.TempDir()
	if err := os.MkdirAll(filepath.Join(site, "data", "d"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(site, "data", "d", "a.csv"), []byte(rows), 0o644); err != nil {
		t.Fatal(err)
	}
	return site
}

func report(l *diag.List) string {
	var b strings.Builder
	_ = (&diag.Printer{Lang: "en"}).Text(&b, l.Sorted())
	return b.String()
}

// find gives the estimate of a statistic in the group with these values.
func find(t *testing.T, tables []*Table, id, stat, option string, group ...string) Estimate {
	t.Helper()
	for _, table := range tables {
		for _, e := range table.Estimates {
			name := ""
			if e.Option >= 0 {
				name = table.Options[e.Option].Value
			}
			if table.Indicator.ID == id && e.Stat == stat && name == option && len(table.By) == len(group) && slices.Equal(table.Groups[e.Group].Values, group) {
				return e
			}
		}
	}
	t.Fatalf("no estimate %s %s %s %v", id, stat, option, group)
	return Estimate{}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*math.Max(1, math.Abs(want))) && !(math.IsNaN(got) && math.IsNaN(want)) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

const survey = `
unit = "家企业"
segments = ["size"]
skipped = ["(跳过)"]
[[field]]
name = "team"
type = "string"
categories = ["有", "无"]
[[field]]
name = "tools"
type = "list"
separator = ";"
categories = ["甲", "乙", "丙"]
[[field]]
name = "size"
type = "string"
categories = ["小", "大", "特大"]
[[field]]
name = "people"
type = "integer"
`

const surveyRows = "team,tools,size,people\n" +
	"有,甲;乙,小,3\n有,乙,小,7\n无,甲,大,2\n(跳过),,大,12\n,乙;甲;乙,小,\n无,,,5\n"

const surveyCatalogue = `
[[indicator]]
id = "share"
dataset = "d"
kind = "share"
field = "team"
by = ["size"]
[[indicator]]
id = "asked"
dataset = "d"
kind = "share"
field = "team"
base = "asked"
is = ["有"]
[[indicator]]
id = "all"
dataset = "d"
kind = "share"
field = "team"
base = "all"
[[indicator]]
id = "multi"
dataset = "d"
kind = "multi"
field = "tools"
[[indicator]]
id = "either"
dataset = "d"
kind = "multi"
field = "tools"
is = ["甲", "丙"]
[[indicator]]
id = "bins"
dataset = "d"
kind = "binned"
field = "people"
bins = ["1-5", "6-10", "11+"]
[[indicator]]
id = "people_spread"
dataset = "d"
kind = "quantile"
field = "people"
quantiles = [25, 50]
  [[indicator.band]]
  name = "少"
  to = 5
  to_closed = true
  [[indicator.band]]
  name = "多"
  from = 5
  from_closed = false
`

// Counted by hand: 6 rows; team: 2 有, 2 无, 1 skipped, 1 blank.
func TestBasesOfAShare(t *testing.T) {
	tables := observe(t, survey, surveyCatalogue, surveyRows)
	e := find(t, tables, "share", "share", "有")
	if e.Count != 2 || e.Base != 4 || e.Contributors != 2 || e.BaseContributors != 4 {
		t.Errorf("answered: %+v", e)
	}
	near(t, "share", e.Value, 0.5)
	// Wilson 2 of 4: (0.5+z²/8 ± z·√(0.0625+z²/64))/(1+z²/4), z = 1.959963984540054.
	near(t, "lo", e.Lo, 0.15003898915214947)
	near(t, "hi", e.Hi, 0.8499610108478506)
	if e := find(t, tables, "asked", "share", ""); e.Count != 2 || e.Base != 5 || e.RestContributors != 3 {
		t.Errorf("asked: %+v", e)
	}
	if e := find(t, tables, "all", "share", "无"); e.Count != 2 || e.Base != 6 {
		t.Errorf("all: %+v", e)
	}
	if e := find(t, tables, "share", "share", "有", "小"); e.Count != 2 || e.Base != 2 {
		t.Errorf("small: %+v", e)
	}
}

func TestMultiCountsRespondents(t *testing.T) {
	tables := observe(t, survey, surveyCatalogue, surveyRows)
	if e := find(t, tables, "multi", "share", "乙"); e.Count != 3 || e.Base != 4 {
		t.Errorf("an item chosen twice counts once: %+v", e)
	}
	if e := find(t, tables, "either", "share", ""); e.Count != 3 || e.Base != 4 {
		t.Errorf("one of two: %+v", e)
	}
}

func TestBinsBandsAndQuantiles(t *testing.T) {
	tables := observe(t, survey, surveyCatalogue, surveyRows)
	// people: 2 3 5 7 12. Bins 1-5: 3, 6-10: 1, 11+: 1.
	if e := find(t, tables, "bins", "share", "1-5"); e.Count != 3 || e.Base != 5 {
		t.Errorf("first bin: %+v", e)
	}
	near(t, "median of the numbers themselves", find(t, tables, "bins", "p50", "").Value, 5)
	near(t, "p25", find(t, tables, "people_spread", "p25", "").Value, 3)
	near(t, "p50", find(t, tables, "people_spread", "p50", "").Value, 5)
	near(t, "mean", find(t, tables, "people_spread", "mean", "").Value, 5.8)
	if e := find(t, tables, "people_spread", "share", "少"); e.Count != 3 || e.Base != 5 {
		t.Errorf("5 belongs to the closed band: %+v", e)
	}
}

const brands = `
contributor = "brand"
owner = "owner"
segments = ["industry"]
[[field]]
name = "brand"
type = "string"
role = "id"
[[field]]
name = "owner"
type = "string"
role = "id"
[[field]]
name = "industry"
type = "string"
categories = ["甲", "乙"]
[[field]]
name = "month"
type = "integer"
[[field]]
name = "seen"
type = "integer"
[[field]]
name = "added"
type = "integer"
[[field]]
name = "cost"
type = "number"
`

const brandCatalogue = `
[[indicator]]
id = "rate"
dataset = "d"
kind = "ratio"
unit = "%"
numerator = "added"
denominator = "seen"
by = ["industry"]
gap_name = "中间"
  [[indicator.band]]
  name = "低"
  to = 10
  to_closed = true
  [[indicator.band]]
  name = "高"
  from = 20
[[indicator]]
id = "back"
dataset = "d"
kind = "payback"
revenue = "added"
cost = "cost"
month = "month"
horizon = [1, 2]
[[indicator]]
id = "monthly"
dataset = "d"
kind = "quantile"
field = "added"
[[indicator]]
id = "brandly"
dataset = "d"
kind = "quantile"
field = "added"
per = "contributor"
[[indicator]]
id = "which"
dataset = "d"
kind = "share"
field = "industry"
per = "contributor"
`

// Brand A: 10 of 100 and 20 of 100; B (same owner): 5 of 100; C: 40 of 100, and a month without a denominator.
var brandRows = []string{
	"A,o,甲,1,100,10,30.10", "A,o,甲,2,100,20,0.10", "B,o,甲,1,100,5,5", "C,,乙,1,100,40,90", "C,,乙,2,,10,0",
}

const brandHeader = "brand,owner,industry,month,seen,added,cost\n"

func TestRatioIsOfContributors(t *testing.T) {
	tables := observe(t, brands, brandCatalogue, brandHeader+strings.Join(brandRows, "\n")+"\n")
	e := find(t, tables, "rate", "ratio", "")
	near(t, "ratio of sums", e.Value, 75.0/400)
	if e.Base != 3 || e.Contributors != 2 {
		t.Errorf("three brands of two owners: %+v", e)
	}
	if !slices.ContainsFunc(e.Warnings, func(w Warning) bool { return w.Code == "unusable" }) {
		t.Errorf("the row without a denominator is not mentioned: %v", e.Warnings)
	}
	near(t, "median of brands' rates", find(t, tables, "rate", "p50", "").Value, 0.15)
	near(t, "k_eff", find(t, tables, "rate", "k_eff", "").Value, 400.0*400/(200*200+100*100+100*100))
	for band, want := range map[string]int{"低": 1, "中间": 1, "高": 1} {
		if e := find(t, tables, "rate", "share", band); e.Count != want || e.Base != 3 {
			t.Errorf("band %s: %+v", band, e)
		}
	}
}

func TestRowsAndContributorsAreCountedApart(t *testing.T) {
	tables := observe(t, brands, brandCatalogue, brandHeader+strings.Join(brandRows, "\n")+"\n")
	rows, each := find(t, tables, "monthly", "p50", ""), find(t, tables, "brandly", "p50", "")
	if rows.Base != 5 || rows.Contributors != 2 || !math.IsNaN(rows.Lo) {
		t.Errorf("rows of one brand are not independent, so there is no interval: %+v", rows)
	}
	near(t, "median of rows", rows.Value, 10)
	near(t, "median of brands' means (15, 5, 25)", each.Value, 15)
	if e := find(t, tables, "which", "share", "甲"); e.Count != 2 || e.Base != 3 {
		t.Errorf("a brand counts once: %+v", e)
	}
}

// Cumulated: A -20.1, -0.2 (not back); B 0 at once; C -50, -40.
func TestPaybackCountsThoseWhoAreNotBack(t *testing.T) {
	tables := observe(t, brands, brandCatalogue, brandHeader+strings.Join(brandRows, "\n")+"\n")
	e := find(t, tables, "back", "censored", "")
	if e.Count != 2 || e.Base != 3 {
		t.Errorf("two of three are not back: %+v", e)
	}
	if e := find(t, tables, "back", "p50", ""); !e.Unreached {
		t.Errorf("the median is not reached: %+v", e)
	}
	if e := find(t, tables, "back", "paid1", ""); !math.IsNaN(e.Value) || e.Count != 1 {
		t.Errorf("fewer than five under observation give no share: %+v", e)
	}
}

// Row order, the spread over files, an unused category and the scale of money must not matter.
func TestWhatMustNotMatter(t *testing.T) {
	want := observe(t, brands, brandCatalogue, brandHeader+strings.Join(brandRows, "\n")+"\n")
	turned := slices.Clone(brandRows)
	slices.Reverse(turned)
	same(t, "reversed rows", want, observe(t, brands, brandCatalogue, brandHeader+strings.Join(turned, "\n")+"\n"))
	same(t, "two files", want, observe(t, brands, brandCatalogue, brandHeader+strings.Join(brandRows[:2], "\n")+"\n", brandHeader+strings.Join(brandRows[2:], "\n")+"\n"))
	more := strings.Replace(brands, `["甲", "乙"]`, `["甲", "空", "乙"]`, 1)
	for _, table := range observe(t, more, brandCatalogue, brandHeader+strings.Join(brandRows, "\n")+"\n") {
		for _, e := range table.Estimates {
			if e.Option >= 0 && table.Options[e.Option].Value == "空" {
				continue
			}
			option := ""
			if e.Option >= 0 {
				option = table.Options[e.Option].Value
			}
			sameEstimate(t, "an empty category", find(t, want, table.Indicator.ID, e.Stat, option, table.Groups[e.Group].Values...), e)
		}
	}
}

func same(t *testing.T, what string, want, got []*Table) {
	t.Helper()
	if len(want) != len(got) {
		t.Fatalf("%s: %d tables, want %d", what, len(got), len(want))
	}
	for i := range want {
		for k := range want[i].Estimates {
			sameEstimate(t, what, want[i].Estimates[k], got[i].Estimates[k])
		}
	}
}

func sameEstimate(t *testing.T, what string, want, got Estimate) {
	t.Helper()
	equal := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
	if !equal(want.Value, got.Value) || !equal(want.Lo, got.Lo) || !equal(want.Hi, got.Hi) || want.Count != got.Count || want.Base != got.Base ||
		want.Contributors != got.Contributors || want.BaseContributors != got.BaseContributors {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

const weighted = `
weight = "w"
[[field]]
name = "team"
type = "string"
categories = ["有", "无"]
[[field]]
name = "x"
type = "number"
[[field]]
name = "w"
type = "number"
`

const weightedCatalogue = `
[[indicator]]
id = "share"
dataset = "d"
kind = "share"
field = "team"
[[indicator]]
id = "spread"
dataset = "d"
kind = "quantile"
field = "x"
[[indicator]]
id = "plain"
dataset = "d"
kind = "share"
field = "team"
weight = "none"
`

func TestScalingWeightsDoesNotMatter(t *testing.T) {
	one := observe(t, weighted, weightedCatalogue, "team,x,w\n有,1,1\n有,2,2\n无,3,1\n无,4,4\n有,9,0\n")
	ten := observe(t, weighted, weightedCatalogue, "team,x,w\n无,4,40\n有,9,0\n无,3,10\n有,2,20\n有,1,10\n")
	for i := range one {
		for k, a := range one[i].Estimates {
			b := ten[i].Estimates[k]
			near(t, a.Stat+" value", b.Value, a.Value)
			near(t, a.Stat+" lo", b.Lo, a.Lo)
			near(t, a.Stat+" hi", b.Hi, a.Hi)
		}
	}
	e := find(t, one, "share", "share", "有")
	near(t, "weighted share", e.Value, 3.0/8)
	if e.Base != 4 || e.Count != 2 {
		t.Errorf("a row of weight 0 does not exist: %+v", e)
	}
	near(t, "unweighted share", find(t, one, "plain", "share", "有").Value, 0.6)
}
