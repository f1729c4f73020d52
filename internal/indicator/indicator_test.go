package indicator

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// dictionary is a dataset with a field of each shape.
func dictionary() *schema.Dictionary {
	yes := []schema.Category{{Value: "1", Label: "有"}, {Value: "2", Label: "无"}}
	return &schema.Dictionary{Name: "d", Segments: []string{"city"}, Contributor: "brand", Fields: []schema.Field{
		{Name: "brand", Type: schema.String, Role: "id"},
		{Name: "team", Type: schema.String, Categories: yes},
		{Name: "tools", Type: schema.List, Categories: yes, Other: "其他"},
		{Name: "people", Type: schema.Integer},
		{Name: "added", Type: schema.Number},
		{Name: "margin", Type: schema.Number, Format: "percent"},
		{Name: "day", Type: schema.Date},
		{Name: "month", Type: schema.Date, Format: "%Y-%m"},
		{Name: "city", Type: schema.String},
		{Name: "note", Type: schema.String, Role: "open"},
		{Name: "size", Type: schema.String, Categories: []schema.Category{{Value: "1–5人"}, {Value: "6-10 人"}, {Value: "11人以上"}}},
	}}
}

func load(src string) (*Catalogue, *diag.List, bool) {
	l := &diag.List{}
	c, ok := Load([]File{{Name: "data/indicators.toml", Src: []byte(src)}}, []*schema.Dictionary{dictionary()}, l)
	return c, l, ok
}

func entry(lines string) string { return "[[indicator]]\nid = \"x\"\ndataset = \"d\"\n" + lines }

func TestFindingsPointAtTheirPlace(t *testing.T) {
	for _, c := range []struct{ src, code, place, hint string }{
		{"[[indicator]]\nid = \"x\"\ndataset = \"e\"\nkind = \"share\"\n", "indicator.unknown_dataset", "3:11", `did you mean "d"?`},
		{entry("kind = \"shares\"\nfield = \"team\"\n"), "indicator.unknown_kind", "4:8", `did you mean "share"?`},
		{entry("kind = \"share\"\nfield = \"taem\"\n"), "indicator.unknown_field", "5:9", `did you mean "team"?`},
		{entry("kind = \"share\"\nfield = \"people\"\n"), "indicator.field_type", "5:9", "wanted: a single choice, yes/no or date"},
		{entry("kind = \"share\"\nfield = \"team\"\nis = [\"有\", \"五\"]\n"), "indicator.unknown_value", "6:12", `did you mean "1"?`},
		{entry("kind = \"share\"\nfield = \"team\"\nhorizon = [3]\n"), "indicator.unused_key", "6:11", ""},
		{entry("kind = \"share\"\nfield = \"team\"\nby = [\"sise\"]\n"), "indicator.by", "6:7", `did you mean "size"?`},
		{entry("kind = \"share\"\nfield = \"team\"\nby = [\"note\"]\n"), "indicator.by", "6:7", "a field to cut by has categories, or is a date, yes/no or whole number, or is listed under segments"},
		{entry("kind = \"share\"\nfield = \"team\"\nbase = \"most\"\n"), "indicator.base", "6:8", ""},
		{entry("kind = \"share\"\n"), "indicator.missing_key", "1:1", ""},
		{entry("kind = \"binned\"\nfield = \"people\"\nbins = [\"1-5\", \"5-9\"]\n"), "indicator.bins", "6:16", "state the whole numbers of each range under bins"},
		{entry("kind = \"binned\"\nfield = \"people\"\nbins = [\"1-5\", \"7+\"]\n"), "indicator.bins", "6:16", "state the whole numbers of each range under bins"},
		{entry("kind = \"quantile\"\nfield = \"people\"\nquantiles = [0, 50]\n"), "indicator.quantiles", "6:14", "a minimum or maximum is one contributor's number and is not published"},
		{entry("kind = \"payback\"\nrevenue = \"added\"\ntime = \"people\"\n"), "indicator.payback", "4:8", ""},
		{entry("kind = \"share\"\nfield = \"team\"\n") + entry("kind = \"share\"\nfield = \"team\"\n"), "indicator.duplicate", "7:6", ""},
	} {
		_, l, ok := load(c.src)
		found := l.Sorted()
		if ok || len(found) != 1 {
			t.Errorf("%s\nok = %v, findings %v", c.src, ok, found)
			continue
		}
		d := found[0]
		if place := fmt.Sprintf("%d:%d", d.Pos.Line, d.Pos.Column); d.Code != c.code || place != c.place || d.Hint.In("en") != c.hint {
			t.Errorf("%s\ngot %s at %s, hint %q; want %s at %s, hint %q", c.src, d.Code, place, d.Hint.In("en"), c.code, c.place, c.hint)
		}
	}
}

func TestEveryCodeIsDocumented(t *testing.T) {
	for _, src := range []string{entry("kind = \"share\"\nfield = \"people\"\nbase = \"x\"\nper = \"y\"\ndecimals = 99\nweight = \"team\"\n")} {
		_, l, _ := load(src)
		if len(l.Sorted()) < 5 {
			t.Errorf("only %v", l.Sorted())
		}
		for _, d := range l.Sorted() {
			if _, ok := diag.Explain(d.Code); !ok {
				t.Errorf("%s is not in diag.Codes", d.Code)
			}
		}
	}
}

func TestBandsArePartitioned(t *testing.T) {
	head := entry("kind = \"quantile\"\nfield = \"margin\"\n")
	band := func(name, limits string) string {
		return "[[indicator.band]]\nname = \"" + name + "\"\n" + limits + "\n"
	}
	normal, good := band("正常", "from = 5\nto = 17\nto_closed = true"), band("优良", "from = 20")
	if _, l, ok := load(head + normal + good); ok || l.Sorted()[0].Code != "indicator.bands_gap" {
		t.Error("a hole without a name passes")
	}
	if _, l, ok := load(head + normal + band("优良", "from = 17")); ok || l.Sorted()[0].Code != "indicator.bands_overlap" {
		t.Error("a bound that both hold passes")
	}
	c, l, ok := load(head + "gap_name = \"之间\"\n" + normal + good)
	if !ok {
		t.Fatal(l.Sorted())
	}
	ind, _ := c.Find("d", "x")
	var names []string
	for _, b := range ind.Bands {
		names = append(names, fmt.Sprint(b.Name, b.Gap, b.FromClosed, b.ToClosed))
	}
	want := []string{"5%以下false false false", "正常false true true", "之间true false false", "优良false true false"}
	if !slices.Equal(names, want) || *ind.Bands[1].To != 0.17 {
		t.Errorf("%q, want %q", names, want)
	}
}

func TestImplied(t *testing.T) {
	d := dictionary()
	for field, kind := range map[string]string{"team": "share", "tools": "multi", "people": "quantile", "day": "share", "size": "share", "note": "", "brand": "", "city": "", "none": ""} {
		ind, ok := Implied(d, field)
		if ok != (kind != "") || ok && ind.Kind != kind {
			t.Errorf("%s implies %v", field, ind)
		}
	}
}

func TestNeedAsksForCutsAndMargins(t *testing.T) {
	c, l, ok := load("")
	if !ok || !c.Need("d/team?is=有&size=1–5人&month=2026-01&stat=share", diag.Pos{}, l) {
		t.Fatal(l.Sorted())
	}
	plan, _ := c.Plan("d")
	var cuts []string
	for _, task := range plan.Tasks {
		cuts = append(cuts, strings.Join(task.By, "+"))
	}
	if want := []string{"", "month", "size", "month+size"}; !slices.Equal(cuts, want) {
		t.Errorf("%q, want %q", cuts, want)
	}
	for ref, code := range map[string]string{"team": "indicator.ref", "e/team": "indicator.unknown_dataset", "d/taem": "indicator.unknown", "d/team?by=note": "indicator.by"} {
		l := &diag.List{}
		if c.Need(ref, diag.At("a.md", 3, 4), l) || l.Sorted()[0].Code != code || l.Sorted()[0].Pos.Line != 3 {
			t.Errorf("%s: %v", ref, l.Sorted())
		}
	}
}

func TestParseRef(t *testing.T) {
	r, ok := ParseRef("调研/语言?is=C++&行业=A%26B%3D1&stat=p50&show=n&by=a, b")
	if !ok || r.Dataset != "调研" || r.Indicator != "语言" || r.Is != "C++" || r.Stat != "p50" || r.Show != "n" ||
		!slices.Equal(r.By, []string{"a", "b"}) || !slices.Equal(r.Rest, [][2]string{{"行业", "A&B=1"}}) {
		t.Errorf("%+v", r)
	}
	for _, bad := range []string{"", "a", "/a", "a/", "?a/b"} {
		if _, ok := ParseRef(bad); ok {
			t.Errorf("%q is no reference", bad)
		}
	}
}

func FuzzParseRef(f *testing.F) {
	f.Add("a/b?c=d", "x&=%")
	f.Fuzz(func(t *testing.T, text, value string) {
		ParseRef(text)
		r, ok := ParseRef("a/b?is=" + Escape(value))
		if !ok || r.Is != value {
			t.Errorf("%q came back as %q", value, r.Is)
		}
	})
}

func TestBins(t *testing.T) {
	for text, want := range map[string]string{"1–5人": "1–5", "6-10 人": "6–10", "11人以上": "11+", "11+": "11+", "10 以下": "0–10", "3": "3", "1,000-4,999 元": "1000–4999", "约 5 至 9": "5–9"} {
		if b, ok := parseBin(text); !ok || binText(b) != want {
			t.Errorf("%q reads as %q", text, binText(b))
		}
	}
	for _, text := range []string{"", "很多", "9-3", "1-2-3", "1.5-3"} {
		if b, ok := parseBin(text); ok {
			t.Errorf("%q reads as %q", text, binText(b))
		}
	}
}

func TestMonths(t *testing.T) {
	text := func(s string) schema.Value { return schema.Value{State: schema.Present, Text: s} }
	field := &schema.Field{Type: schema.String}
	for s, want := range map[string]int{"2026-03": 2026*12 + 2, "2026/3": 2026*12 + 2, "2026年3月": 2026*12 + 2, "202603": 2026*12 + 2, "2026-03-31": 2026*12 + 2, "7": 7} {
		if m, _, ok := monthOf(field, text(s)); !ok || m != want {
			t.Errorf("%q is month %d", s, m)
		}
	}
	for _, s := range []string{"", "2026-13", "三月", "99999999999999999999"} {
		if m, _, ok := monthOf(field, text(s)); ok {
			t.Errorf("%q is month %d", s, m)
		}
	}
}

// The sum is the exact sum of the decimals, rounded once, in any order.
func TestSumIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		exact, sum, back := new(big.Rat), Sum{}, Sum{}
		var numbers []float64
		for range r.IntN(40) {
			x := (r.Float64() - 0.5) * math.Pow(10, float64(r.IntN(40)-20))
			numbers = append(numbers, x)
			sum.Add(x)
			written, _ := new(big.Rat).SetString(strconv.FormatFloat(x, 'g', -1, 64))
			exact.Add(exact, written)
		}
		var half Sum
		for i := len(numbers) - 1; i >= 0; i-- {
			if i%2 == 0 {
				back.Add(numbers[i])
			} else {
				half.Add(numbers[i])
			}
		}
		back.Merge(half)
		want, _ := exact.Float64()
		if sum.Value() != want || back.Value() != want {
			t.Fatalf("%v: %v and %v, want %v", numbers, sum.Value(), back.Value(), want)
		}
	}
	var money, huge Sum
	for range 1000 {
		money.Add(0.1)
	}
	huge.Add(math.MaxFloat64)
	huge.Add(math.MaxFloat64)
	if money.Value() != 100 || !math.IsInf(huge.Value(), 1) {
		t.Error(money.Value(), huge.Value())
	}
}

// records streams rows of the dictionary's fields brand, team and people.
func records(rows ...[3]any) Rows {
	return func(_ []string, each func(*schema.Record) error) error {
		for i, r := range rows {
			rec := &schema.Record{Row: i + 2, Values: make([]schema.Value, 11)}
			rec.Values[0] = schema.Value{State: schema.Present, Text: r[0].(string)}
			rec.Values[1] = schema.Value{State: schema.Present, Codes: []int{r[1].(int)}}
			rec.Values[3] = schema.Value{State: schema.Present, Number: float64(r[2].(int))}
			if err := each(rec); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestMemoryDependsOnObservations(t *testing.T) {
	var rows [][3]any
	for i := range 5000 {
		rows = append(rows, [3]any{fmt.Sprint("b", i%7), i % 2, i})
	}
	plan, problem := Query{Column: "team", Where: []Condition{{"people", "3"}, {"people", "4"}, {"people", "12"}}}.Plan(dictionary())
	if problem != nil {
		t.Fatal(problem.Message.In("en"))
	}
	set, err := plan.Observe(records(rows...), &diag.List{})
	if err != nil || set.Rows != 5000 || set.Kept != 3 || len(set.Observations) != 3 || set.Excluded != 7 {
		t.Errorf("%v: %d rows, %d kept, %d observations, %d excluded", err, set.Rows, set.Kept, len(set.Observations), set.Excluded)
	}
	plan, _ = Query{Column: "team"}.Plan(dictionary())
	if set, _ = plan.Observe(records(rows...), &diag.List{}); len(set.Observations) != 7 {
		t.Errorf("%d observations of 7 brands", len(set.Observations))
	}
	d := dictionary()
	d.Contributor = ""
	plan, _ = Query{Column: "team"}.Plan(d)
	if set, _ = plan.Observe(records(rows...), &diag.List{}); len(set.Observations) != 1 || set.Observations[0].Members != 5000 {
		t.Errorf("%d observations of nameless rows", len(set.Observations))
	}
}

func TestQueriesThatCannotBeAnswered(t *testing.T) {
	for _, q := range []Query{
		{Column: "taem"}, {Column: "note"}, {Column: "brand"}, {Column: "team", By: []string{"note"}}, {Column: "team", By: []string{"team"}}, {Column: "team", Base: "some"},
		{Column: "team", Weight: "size"}, {Column: "team", Where: []Condition{{"size", "99"}}}, {Column: "team", Where: []Condition{{"brand", "a"}}},
	} {
		if plan, problem := q.Plan(dictionary()); problem == nil || plan != nil {
			t.Errorf("%+v has a plan", q)
		}
	}
}
