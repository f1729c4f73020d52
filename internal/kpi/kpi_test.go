package kpi

import (
	"math/big"
	"strings"
	"testing"

	"benchbook/internal/diag"
)

// load reads a catalogue from text and gives the codes of what is wrong with it.
func load(t *testing.T, text string) (*Catalogue, []string) {
	t.Helper()
	var l diag.List
	cat := Load([]File{{"data/kpi.toml", []byte(text)}}, &l)
	return cat, codes(&l)
}

func codes(l *diag.List) (out []string) {
	for _, d := range l.Sorted() {
		out = append(out, d.Code)
	}
	return out
}

func lines(t *testing.T, text string) (*Lines, []string) {
	t.Helper()
	var l diag.List
	cat := Load([]File{{"k", []byte(`
kpi = [
  { id = "rate", measure = "ratio", numerator = "a", denominator = "b", definition = "d" },
  { id = "cost", measure = "ratio", numerator = "a", denominator = "b", definition = "d", better = "lower" },
]`)}}, &l)
	out := LoadLines("data/clients/lines.toml", []byte(text), cat, &l)
	return out, codes(&l)
}

func one1(codes []string) string { return strings.Join(codes, " ") }

// A framework of the user's own needs no Go: any families, any KPIs.
func TestAnotherFrameworkIsDeclaredAsData(t *testing.T) {
	cat, bad := load(t, `
title = "AARRR"
quote = "五个环节"
family = [{ id = "acquire", title = "获取" }, { id = "refer", title = "推荐" }]
[[kpi]]
id = "signups"
title = "注册数"
family = "acquire"
measure = "flow"
definition = "注册的人数"
[[kpi]]
id = "k-factor"
family = "refer"
measure = "ratio"
numerator = "受邀注册"
denominator = "活跃用户"
definition = "每位活跃用户带来的注册"
[[profile]]
id = "only-one"
[[profile.stage]]
kpis = ["signups"]`)
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	if n := cat.Frameworks[0].Count(); n != 2 {
		t.Errorf("%d KPIs", n)
	}
	k, _ := cat.Find("k-factor")
	if got := k.At("").Formula; got != "受邀注册 ÷ 活跃用户" {
		t.Errorf("formula %q", got)
	}
	if p, _ := cat.Profile("only-one"); len(p.KPIs()) != 1 {
		t.Error("a profile of one KPI does not stand")
	}
}

func TestWhatIsWrongWithACatalogue(t *testing.T) {
	const ok = "\n[[kpi]]\nid = \"a\"\nmeasure = \"flow\"\ndefinition = \"x\"\n"
	cases := map[string]string{
		"[[kpi]]\nid = \"A B\"\nmeasure = \"flow\"\ndefinition = \"x\"": "kpi.id",
		ok + ok: "kpi.id",
		"[[kpi]]\nid = \"a\"\nmeasure = \"flwo\"\ndefinition = \"x\"":                                                 "kpi.measure",
		"[[kpi]]\nid = \"a\"\nmeasure = \"flow\"\nbetter = \"up\"\ndefinition = \"x\"":                                "kpi.better",
		"[[kpi]]\nid = \"a\"\nmeasure = \"flow\"":                                                                     "kpi.definition",
		"[[kpi]]\nid = \"a\"\nmeasure = \"ratio\"\nnumerator = \"n\"\ndefinition = \"x\"":                             "kpi.ratio",
		"[[kpi]]\nid = \"a\"\nmeasure = \"change\"\ndefinition = \"x\"":                                               "kpi.base",
		"[[kpi]]\nid = \"a\"\nfamily = \"f\"\nmeasure = \"flow\"\ndefinition = \"x\"":                                 "kpi.unknown",
		"[[kpi]]\nid = \"a\"\nmeasure = \"flow\"\nversion = [{definition = \"x\"}]":                                   "kpi.version",
		ok + "[[profile]]\nid = \"p\"":                                                                                "kpi.profile",
		ok + "[[profile]]\nid = \"p\"\nstage = [{kpis = [\"b\"]}]":                                                    "kpi.unknown",
		ok + "[[profile]]\nid = \"p\"\nstage = [{kpis = [\"a\"], until_month = 2}]":                                   "kpi.profile",
		ok + "[[profile]]\nid = \"p\"\nstage = [{kpis = [\"a\"]}, {kpis = [\"a\"], until_month = 2}, {kpis=[\"a\"]}]": "kpi.profile",
	}
	for text, want := range cases {
		if _, bad := load(t, text); one1(bad) != want {
			t.Errorf("%s\ngives %v, want %s", text, bad, want)
		}
	}
}

// 留存 and 流失 add up to the whole only when they speak of the same people over the same time.
func TestRetentionAndChurnOfTheSameCohort(t *testing.T) {
	const stay = "[[kpi]]\nid = \"stay\"\nmeasure = \"ratio\"\nnumerator = \"在\"\ndenominator = \"新增\"\nwindow = \"30 日\"\ndefinition = \"x\"\n"
	const left = "[[kpi]]\nid = \"left\"\nmeasure = \"ratio\"\nnumerator = \"走\"\ndenominator = \"新增\"\ncomplement = \"stay\"\ndefinition = \"x\"\n"
	if _, bad := load(t, stay+left+"window = \"30 日\""); len(bad) > 0 {
		t.Error(bad)
	}
	if _, bad := load(t, stay+left+"window = \"7 日\""); one1(bad) != "kpi.complement" {
		t.Errorf("%v", bad)
	}
}

func TestDefinitionsHoldFromADay(t *testing.T) {
	cat, bad := load(t, `[[kpi]]
id = "a"
measure = "flow"
version = [{ from = 2025-01-01, definition = "旧" }, { from = 2026-01-01, definition = "新" }]`)
	k, _ := cat.Find("a")
	for day, want := range map[string]string{"2024-06-01": "旧", "2025-12-31": "旧", "2026-01-01": "新", "": "新"} {
		if got := k.At(day).Definition; got != want {
			t.Errorf("on %q %s, want %s", day, got, want)
		}
	}
	if len(bad) > 0 {
		t.Error(bad)
	}
}

// A sales profile has no sales target before the third month, and keeps the first two readable.
func TestProfileSwitchesAfterTheSecondMonth(t *testing.T) {
	cat, bad := load(t, `
kpi = [{ id = "added", measure = "flow", definition = "x" }, { id = "gmv", measure = "flow", definition = "y" }]
[[profile]]
id = "sales"
[[profile.stage]]
until_month = 2
kpis = ["added"]
[[profile.stage]]
kpis = ["gmv"]`)
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	p, _ := cat.Profile("sales")
	for month, want := range map[int]string{1: "added", 2: "added", 3: "gmv", 24: "gmv"} {
		if now, _ := p.At(month); now.KPIs[0].ID != want {
			t.Errorf("month %d looks at %s, want %s", month, now.KPIs[0].ID, want)
		}
	}
	if _, over := p.At(3); len(over) != 1 {
		t.Errorf("the stage that is over is lost: %v", over)
	}
}

// 导流率: 5–17 is normal under the name 及格线, 20 is good, and 17–20 is nobody's.
func TestTheGapFrom17To20(t *testing.T) {
	const text = "[[lines]]\nkpi = \"rate\"\nband = [{name = \"及格线\", from = 5, to = 17, to_closed = true}, {name = \"优良线\", from = 20}, {name = \"超额线\"}]\n"
	l, bad := lines(t, text)
	if one1(bad) != "lines.gap" {
		t.Errorf("the gap is not told: %v", bad)
	}
	if _, bad := lines(t, text+"gap = \"及格与优良之间\""); len(bad) > 0 {
		t.Errorf("a gap that its owner leaves open is told again: %v", bad)
	}
	s := l.For("rate", "", "", nil, false)
	for x, want := range map[string]string{"4.9999": "不及格线", "5": "正常线", "17": "正常线", "17.0001": "", "19.9999": "", "20": "优良线", "400": "优良线"} {
		v, _ := new(big.Rat).SetString(x)
		if got, ok := s.Of(v); !ok || got.Name != want {
			t.Errorf("%s lies in %q, want %q", x, got.Name, want)
		}
	}
	if one1(s.Unset) != "超额线" {
		t.Errorf("lines without a number: %v", s.Unset)
	}
}

func TestLinesAreInheritedAndOverridden(t *testing.T) {
	l, bad := lines(t, `
[[lines]]
kpi = "rate"
pass = 5
pass_to = 17
good = 20
gap = "之间"
[[lines]]
kpi = "rate"
industry = "母婴"
good = 18
[[lines]]
kpi = "rate"
client = "x"
over = 30`)
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	of := func(industry, client string, x int64) string {
		st, _ := l.For("rate", industry, client, nil, false).Of(big.NewRat(x, 1))
		return st.Name + st.Level
	}
	for got, want := range map[string]string{
		of("", "", 19): "之间", of("母婴", "", 19): "优良线类目", of("母婴", "", 17): "正常线全行业", of("", "x", 31): "超额线客户", of("母婴", "x", 6): "正常线全行业",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Where lower is better the lines fall: cost.
func TestLinesOfACost(t *testing.T) {
	l, bad := lines(t, "[[lines]]\nkpi = \"cost\"\npass = 10\ngood = 7\nover = 5\n")
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	for x, want := range map[string]string{"10.01": "不及格线", "10": "正常线", "7.01": "正常线", "7": "优良线", "5": "超额线", "0": "超额线"} {
		v, _ := new(big.Rat).SetString(x)
		if got, _ := l.For("cost", "", "", nil, true).Of(v); got.Name != want {
			t.Errorf("%s lies in %q, want %q", x, got.Name, want)
		}
	}
}

func TestWhatIsWrongWithLines(t *testing.T) {
	const ladder = "names = [\"阶梯以下\", \"人力\", \"数字化\", \"业态\"]\n"
	cases := map[string]string{
		"[[lines]]\nkpi = \"rate\"\nband = [{name = \"正常线\", from = 5, to = 18}, {name = \"优良线\", from = 17}]":                                       "lines.overlap",
		"[[lines]]\nkpi = \"rate\"\nband = [{name = \"正常线\", from = 5, to = 17, to_closed = true}, {name = \"优良线\", from = 17, from_closed = true}]": "lines.shared_edge",
		"[[lines]]\nkpi = \"rate\"\nband = [{name = \"正常线\", from = 17, to = 5}]":                                                                    "lines.order",
		"[[lines]]\nkpi = \"rate\"\nband = [{name = \"良线\", from = 5}]":                                                                              "lines.name",
		"[[lines]]\nkpi = \"rete\"\npass = 5": "lines.kpi",
		"[[lines]]\npass = 5":                 "lines.kpi",
		"[[lines]]\nkpi = \"rate\"\npass = 5\n[[lines]]\nkpi = \"rate\"\npass = 6": "lines.twice",
		"[[lines]]\nkpi = \"rate\"\npass = 20\ngood = 10":                          "lines.order",
		ladder + "[[lines]]\nkpi = \"rate\"\nband = [{name = \"人力\", from = 5, to = 10}, {name = \"数字化\", from = 10, to = 15}, {name = \"业态\", from = 15}]": "lines.shared_edge lines.shared_edge",
	}
	for text, want := range cases {
		if _, bad := lines(t, text); one1(bad) != want {
			t.Errorf("%s\ngives %v, want %q", text, bad, want)
		}
	}
}
