package client

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

const fields = "period = \"day\"\n[[resource]]\npath = \"rows.csv\"\n[[field]]\nname = \"day\"\ntype = \"date\"\n[[field]]\nname = \"arrived\"\ntype = \"date\"\n" +
	"[[field]]\nname = \"exposed\"\ntype = \"integer\"\n[[field]]\nname = \"added\"\ntype = \"integer\"\n[[field]]\nname = \"friends\"\ntype = \"integer\"\nmeasure = \"stock\"\n" +
	"[[field]]\nname = \"active\"\ntype = \"integer\"\nmeasure = \"distinct\"\n[[field]]\nname = \"pleased\"\ntype = \"number\"\nmeasure = \"ratio\"\n[[field]]\nname = \"cost\"\ntype = \"number\"\n"

func load(t *testing.T, toml string) (*Client, bool, []string) {
	t.Helper()
	var l diag.List
	d, ok := schema.Load("data/clients/a/dataset.toml", []byte(fields), &l)
	if !ok {
		t.Fatal(l.Sorted())
	}
	c, ok := Load("data/clients/a/client.toml", []byte(toml), d, &Trade{}, &l)
	var codes []string
	for _, f := range l.Sorted() {
		codes = append(codes, f.Code)
	}
	return c, ok, codes
}

// ledger reads rows of day,arrived,exposed,added,friends,active,pleased,cost.
func ledger(t *testing.T, toml, rows string) (*Client, *Ledger) {
	t.Helper()
	dir := t.TempDir()
	c, ok, codes := load(t, toml)
	if !ok {
		t.Fatal(codes)
	}
	file := filepath.Join(dir, "data", "clients", "a", "rows.csv")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("day,arrived,exposed,added,friends,active,pleased,cost\n"+rows), 0o644); err != nil {
		t.Fatal(err)
	}
	var l diag.List
	g, ok, err := ReadLedger(dir, c, &l)
	if err != nil || !ok {
		t.Fatal(err, l.Sorted())
	}
	return c, g
}

func day(t *testing.T, text string) Day {
	t.Helper()
	d, ok := ParseDay(text)
	if !ok {
		t.Fatal(text)
	}
	return d
}

const head = "name = \"甲\"\nreceived = \"arrived\"\n"

// TestExactlyEightyPercent: 80.00 % of the forecast passes and 79.99 % fails,
// counted, as a rate and as a cost.
func TestExactlyEightyPercent(t *testing.T) {
	toml := head + "[contract]\nbasis = \"monthly\"\n[[kpi]]\nid = \"n\"\nfield = \"added\"\ntraffic = \"exposed\"\n[[kpi.month]]\nmonth = \"2026-06\"\ncommitted = 100000\nrate = 12.5\n" +
		"[[kpi]]\nid = \"rate\"\nunit = \"%\"\nnumerator = \"added\"\ndenominator = \"exposed\"\ntarget = 12.5\n[[kpi]]\nid = \"cost\"\nnumerator = \"cost\"\ndenominator = \"added\"\nbetter = \"lower\"\ntarget = 8\n"
	june := PeriodOf(Monthly, day(t, "2026-06-01"))
	for row, want := range map[string][3]Status{
		"100000,12500,,,,100000": {Met, Met, Met},
		"100000,10000,,,,100000": {FloorMet, FloorMet, FloorMet}, // 80.00 %, and 10.00 against 8.00
		"100000,9999,,,,99990":   {Missed, Missed, FloorMet},
		"100000,10000,,,,100001": {FloorMet, FloorMet, Missed},
		"80000,8000,,,,1":        {FloorMet, FloorMet, Met}, // traffic fell short: the forecast goes with it
		"80000,7999,,,,1":        {Missed, Missed, Met},
		"200000,12500,,,,1":      {Met, Missed, Met}, // and never rises
	} {
		c, g := ledger(t, toml, "2026-06-01,,"+row+"\n")
		for i, w := range want {
			p := g.promise(c, &c.KPIs[i], june, june.End)
			if p == nil || p.Status != w {
				t.Errorf("%s, %s: %+v, wants %s", row, c.KPIs[i].ID, p, w)
			}
		}
	}
}

// TestBasis is the example of the trade: by the month one month fails, over all of them the contract is kept.
func TestBasis(t *testing.T) {
	rows := "2026-01-05,,20000,1905,,,,\n2026-02-05,,24000,2610,,,,\n2026-03-05,,33000,3900,,,,\n"
	plan := "[[kpi]]\nid = \"n\"\nfield = \"added\"\ntraffic = \"exposed\"\n"
	for i, m := range []string{"20000\nrate = 12", "30000\nrate = 13", "30000\nrate = 14"} {
		plan += "[[kpi.month]]\nmonth = \"2026-0" + string(rune('1'+i)) + "\"\ncommitted = " + m + "\n"
	}
	quarter := PeriodOf(Quarterly, day(t, "2026-03-31"))
	c, g := ledger(t, head+"[contract]\nbasis = \"cumulative\"\n"+plan, rows)
	if p := g.promise(c, &c.KPIs[0], quarter, quarter.End); p.Status != FloorMet || p.Adjusted != 10106.25 || p.Floor != 8085 || p.Target != 10500 {
		t.Errorf("cumulative: %+v", p)
	}
	c, g = ledger(t, head+"[contract]\nbasis = \"monthly\"\n"+plan, rows)
	if p := g.promise(c, &c.KPIs[0], quarter, quarter.End); p.Status != Missed || p.Adjusted != 2400+3120+4200 || p.Floor != 1920+2496+3360 {
		t.Errorf("monthly: %+v", p)
	}
}

// TestRollUp: each measure by its own rule, as it was known on a day.
func TestRollUp(t *testing.T) {
	toml := head + "[[kpi]]\nid = \"flow\"\nfield = \"added\"\n[[kpi]]\nid = \"stock\"\nfield = \"friends\"\n[[kpi]]\nid = \"people\"\nfield = \"active\"\n" +
		"[[kpi]]\nid = \"rate\"\nunit = \"%\"\nnumerator = \"added\"\ndenominator = \"exposed\"\n[[kpi]]\nid = \"pleased\"\nfield = \"pleased\"\nover = \"added\"\n"
	c, g := ledger(t, toml, "2026-06-01,,100,10,500,7,0.5,\n2026-06-01,,100,10,300,,1,\n2026-06-02,,400,10,510,8,0.9,\n2026-06-02,2026-06-20,100,30,,,,\n")
	week := PeriodOf(Weekly, day(t, "2026-06-03"))
	text := func(known string) (out []string) {
		for i := range c.KPIs {
			v := g.Roll(&c.KPIs[i], week, day(t, known))
			out = append(out, c.KPIs[i].Text(v)+v.Why)
		}
		return out
	}
	if got, want := text("2026-06-07"), []string{"30", "510", "—去重人数按天不能相加", "5.0%", "0.8"}; !slices.Equal(got, want) {
		t.Errorf("got %q, wants %q", got, want)
	}
	if got, want := text("2026-06-20"), []string{"60", "510", "—去重人数按天不能相加", "8.6%", "0.8"}; !slices.Equal(got, want) {
		t.Errorf("with late rows: got %q, wants %q", got, want)
	}
	card := g.Score(c, Weekly, day(t, "2026-06-16"), nil)
	if card.Period.Label() != "2026-W24" || card.Complete || card.Missing != 7 || card.Ongoing == nil || !strings.Contains(card.Scores[0].Change.Why, "不比较") {
		t.Errorf("%+v", card)
	}
}

func TestPeriods(t *testing.T) {
	for _, x := range [][3]string{
		{"week", "2027-01-01", "2026-W53"}, {"week", "2025-12-29", "2026-W01"}, {"month", "2024-02-29", "2024-02"},
		{"quarter", "2026-12-31", "2026-Q4"}, {"day", "2026-06-03", "2026-06-03"},
	} {
		p := PeriodOf(Cadence(x[0]), day(t, x[1]))
		if p.Label() != x[2] || PeriodOf(p.Cadence, p.End) != p || p.Next().Previous() != p || p.Next().Start != p.End+1 {
			t.Errorf("%v: %s %v", x, p.Label(), p)
		}
	}
	may := PeriodOf(Monthly, day(t, "2026-04-30"))
	if got := may.Due().String(); got != "2026-05-08" { // after the holiday: 6, 7, 8 May
		t.Errorf("due %s", got)
	}
	c := &Client{Cadences: Cadences}
	if got := c.DueOn(day(t, "2026-06-01")); len(got) != 2 || got[1].Label() != "2026-W22" {
		t.Errorf("%v", got)
	}
}

func TestLines(t *testing.T) {
	c, ok, codes := load(t, "name = \"甲\"\n[[kpi]]\nid = \"r\"\nunit = \"%\"\nnumerator = \"added\"\ndenominator = \"exposed\"\nlines = { pass = 5, pass_to = 17, good = 20, over = 25 }\n"+
		"[[kpi]]\nid = \"c\"\nnumerator = \"cost\"\ndenominator = \"added\"\nbetter = \"lower\"\nlines = { pass = 10, good = 6 }\n")
	if !ok {
		t.Fatal(codes)
	}
	for num, want := range map[Amount]string{4999: lineFail, 5000: linePass, 17000: linePass, 17001: lineGap, 19999: lineGap, 20000: lineGood, 24999: lineGood, 25000: lineOver} {
		if got := c.KPIs[0].Line(Value{Num: num, Den: 100_000, Known: true}); got != want {
			t.Errorf("%d: %s, wants %s", num, got, want)
		}
	}
	for num, want := range map[Amount]string{10_001: lineFail, 10_000: linePass, 6_001: linePass, 6_000: lineGood} {
		if got := c.KPIs[1].Line(Value{Num: num, Den: 1000, Known: true}); got != want {
			t.Errorf("cost %d: %s, wants %s", num, got, want)
		}
	}
	above := Lines{Pass: new(5.0), PassTo: new(17.0), Good: new(20.0)}
	if got := (Lines{Over: new(25.0)}).inherit(above); *got.Pass != 5 || *got.PassTo != 17 || *got.Over != 25 {
		t.Errorf("%+v", got)
	}
	if got := (Lines{Good: new(18.0)}).inherit(above); got.PassTo != nil || *got.Pass != 5 {
		t.Errorf("%+v", got)
	}
}

// TestAccents: ten colours either can be read on both grounds or are refused with the ratio.
func TestAccents(t *testing.T) {
	refused := map[string]string{"#ffe600": "1.", "#39ff14": "1.", "#00e5ff": "1.", "#999999": "2.", "#ff8a65": "2.", "#ffffff": "1.", "red": "#rrggbb"}
	for _, colour := range []string{"#ffe600", "#39ff14", "#00e5ff", "#999999", "#ff8a65", "#ffffff", "red", "#000000", "#0f665a", "#8a3b12", "#5b3fa8", "#444444", "#b3001b"} {
		b, problem, ok := NewBrand(colour, "")
		part, bad := refused[colour]
		if ok == bad || bad && !strings.Contains(problem.In("en"), part) {
			t.Errorf("%s: %v %s", colour, ok, problem.In("en"))
		}
		if ok && (b.Light.worst("#ffffff", lightPanel) < least || b.Dark.worst("#14171b", darkPanel) < least) {
			t.Errorf("%s: %+v", colour, b)
		}
	}
	if _, _, ok := NewBrand("#0f665a", "#0f665a"); ok {
		t.Error("a dark accent on dark pages")
	}
}

func TestRefusals(t *testing.T) {
	for toml, code := range map[string]string{
		"name = \"\"\n":                                                                          "client.name",
		"name = \"甲\"\nslug = \"b\"\n":                                                           "client.slug",
		"name = \"甲\"\ncolour = 1\n":                                                             "config.unknown_key",
		"name = \"甲\"\nlogo = \"../b/logo.svg\"\n":                                               "client.logo",
		"name = \"甲\"\ncadences = [\"year\"]\n":                                                  "client.cadence",
		"name = \"甲\"\n[contract]\nfloor = 180\n":                                                "client.floor",
		"name = \"甲\"\n[[kpi]]\nid = \"a\"\n":                                                    "client.kpi",
		"name = \"甲\"\n[[kpi]]\nid = \"a\"\nfield = \"pleased\"\n":                               "client.kpi",
		"name = \"甲\"\n[[kpi]]\nid = \"a\"\nfield = \"nothing\"\n":                               "client.field",
		"name = \"甲\"\n[[kpi]]\nid = \"a\"\nfield = \"added\"\ntarget = 1.234\n":                 "client.target",
		"name = \"甲\"\n[[kpi]]\nid = \"a\"\nfield = \"added\"\nlines = { pass = 5, good = 4 }\n": "client.lines",
		"name = \"甲\"\n[[kpi]]\nid = \"a\"\nfield = \"added\"\n[[kpi.month]]\nmonth = \"2026-04\"\ncommitted = 1\nrate = 1.0\n": "client.basis",
		"name = \"甲\"\n[[stage]]\nreport = \"2026-05\"\nstate = \"released\"\nby = \"a\"\non = 2026-06-01\n":                    "client.stage",
	} {
		if _, ok, codes := load(t, toml); ok || !slices.Contains(codes, code) {
			t.Errorf("%q: %v %v, wants %s", toml, ok, codes, code)
		}
	}
	for _, svg := range []string{"<svg><script/></svg>", "<svg onload=\"x\">", "<svg><image href=\"https://a\"/></svg>", "gif"} {
		if _, bad := CheckLogo("a.svg", []byte(svg)); !bad {
			t.Errorf("%s is taken", svg)
		}
	}
}

// Lines written in bands, under another name, of a client alone, and where lower is better.
func TestLinesWrittenInBands(t *testing.T) {
	var l diag.List
	trade, ok := LoadTrade("data/clients/lines.toml", []byte(`
[aliases]
"及格线" = "正常线"
[[lines]]
kpi = "rate"
band = [{ name = "及格线", from = 5, to = 17, to_closed = true }, { name = "优良线", from = 20 }]
[[lines]]
kpi = "rate"
client = "tea"
band = [{ name = "超额线", from = 30 }]
[[lines]]
kpi = "cost"
better = "lower"
band = [{ name = "正常线", to = 10 }]
`), &l)
	if !ok {
		t.Fatal(l.Sorted())
	}
	tea, other := trade.of(Lines{}, "tea", "", "rate"), trade.of(Lines{}, "other", "", "rate")
	if *tea.Pass != 5 || *tea.PassTo != 17 || *tea.Good != 20 || *tea.Over != 30 || other.Over != nil {
		t.Errorf("%+v and %+v", tea, other)
	}
	if cost := trade.of(Lines{}, "", "", "cost"); *cost.Pass != 10 {
		t.Errorf("%+v", cost)
	}
}
