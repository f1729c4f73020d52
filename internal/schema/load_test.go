package schema

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/diag"
)

// printed gives the findings as people see them.
func printed(t *testing.T, l *diag.List, site string) string {
	t.Helper()
	var b bytes.Buffer
	p := diag.Printer{Lang: "en", Source: func(file string) ([]byte, error) { return os.ReadFile(filepath.Join(site, file)) }}
	if err := p.Text(&b, l.Sorted()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const dictionary = `title = "门店月报"
unit = "家门店"
contributor = "store"
period = "month"
segments = ["industry"]
collected = { from = 2026-03-01, to = 2026-04-15 }
missing = ["", "(空)"]
skipped = ["(跳过)"]
refused = ["拒答"]

[[resource]]
path = "kpi.csv"

[[field]]
name = "store"
column = "门店"
role = "id"
constraints = { required = true }

[[field]]
name = "industry"
column = "行业"
categories = ["美妆", { value = "食品", label = "食品饮料" }]

[[field]]
name = "month"
column = "月份"
type = "date"

[[field]]
name = "rate"
column = "导流率"
type = "number"
constraints = { minimum = 0, maximum = 1 }

[[field]]
name = "team"
column = "人数"
type = "integer"
unit = "人"

[[field]]
name = "places"
column = "阵地"
type = "list"
separator = "┋"
categories = ["微信群", "公众号"]
other = "其他"

[[field]]
name = "budget"
column = "预算"
type = "boolean"
`

func load(t *testing.T, text string) (*Dictionary, *diag.List) {
	t.Helper()
	l := &diag.List{}
	d, _ := Load("data/kpi/dataset.toml", []byte(text), l)
	return d, l
}

func TestLoadFillsTheDictionary(t *testing.T) {
	d, l := load(t, dictionary)
	if l.HasErrors() {
		t.Fatal(printed(t, l, ""))
	}
	if d.Name != "kpi" || d.Disclosure != "protected" || d.Open() || d.Collected.To != "2026-04-15" || len(d.Fields) != 7 {
		t.Errorf("%+v", d)
	}
	f, _ := d.Field("industry")
	if f.Type != String || f.Option(1) != "食品饮料" || f.Title != "行业" || f.Pos.String() != "data/kpi/dataset.toml:20:1" {
		t.Errorf("%+v", f)
	}
	if b, _ := d.Field("budget"); b.Option(0) != "是" || b.Option(1) != "否" {
		t.Errorf("a boolean's options: %v", b.Categories)
	}
	if r, _ := d.Field("rate"); r.Constraint.Pos["maximum"].String() != "data/kpi/dataset.toml:34:30" {
		t.Errorf("%v", r.Constraint.Pos)
	}
}

// TestEachMistakeIsReported changes one thing in a good dictionary at a time and
// asks for the code, the place and a part of the message or hint.
func TestEachMistakeIsReported(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`title = "门店月报"`, `name = "kpj"`, `dataset.toml:1:8: error: name is "kpj", but the folder is "kpi"  [schema.name]`},
		{`contributor = "store"`, `contributor = "stoer"`, `3:15: error: there is no field "stoer"  [schema.reference]`},
		{`segments = ["industry"]`, `segments = ["x"]`, `5:13: error: there is no field "x"`},
		{`period = "month"`, `weight = "month"`, `the weight field "month" is no number`},
		{`collected = { from = 2026-03-01, to = 2026-04-15 }`, `collected = { from = 2026-05-01, to = 2026-04-15 }`, `6:39: error: collection ends on 2026-04-15`},
		{`skipped = ["(跳过)"]`, `skipped = ["(空)"]`, `8:12: error: "(空)" is in missing and in skipped`},
		{`missing = ["", "(空)"]`, `disclosure = "opne"`, `hint: did you mean "open"?`},
		{`unit = "人"`, `format = "percent"`, `error: format = "percent" does not go with type = "integer"`},
		{`path = "kpi.csv"`, `path = "../x.csv"`, `must be relative and inside`},
		{`path = "kpi.csv"`, `path = "C:\\x.csv"`, `must be relative and inside`},
		{`path = "kpi.csv"`, "path = \"kpi.csv\"\nformat = \"xls\"", `hint: did you mean "xlsx"?`},
		{`path = "kpi.csv"`, "path = \"kpi.csv\"\nencoding = \"klingon\"", `13:12: error: unknown encoding "klingon"`},
		{`path = "kpi.csv"`, "path = \"kpi.csv\"\ndelimiter = \"::\"", `13:13: error: delimiter must be one`},
		{"[[resource]]\npath = \"kpi.csv\"", ``, `no [[resource]]`},
		{`type = "date"`, `type = "dat"`, `28:8: error: type cannot be "dat"  [schema.value]`},
		{`role = "id"`, `role = "personal"`, `field "store" has role "personal" and is not read`},
		{`name = "month"`, `name = "rate"`, `field name "rate" is used twice`},
		{`name = "places"`, `name = "a/b"`, `cannot be used in references`},
		{`separator = "┋"`, ``, `type list needs a separator`},
		{`type = "boolean"`, `separator = ","`, `only type list has a separator`},
		{`unit = "人"`, `categories = ["1"]`, `type integer has no categories`},
		{`type = "boolean"`, `ordered = true`, `ordered and other need categories`},
		{`["微信群", "公众号"]`, `["微信群", "微信群 "]`, `47:22: error: category "微信群 " is empty or repeated`},
		{`minimum = 0`, `minimum = 2`, `minimum is above maximum`},
		{`required = true`, `maximum = 3`, `minimum and maximum are for numbers`},
		{`unit = "人"`, `format = "prozent"`, `format cannot be "prozent"`},
		{`type = "date"`, "type = \"date\"\nformat = \"%Y-%Q\"", `unknown "%Q" in the date format`},
		{`unit = "家门店"`, `untit = "家门店"`, `unknown key "untit"  [config.unknown_key]`},
	} {
		text := strings.Replace(dictionary, c.old, c.new, 1)
		if text == dictionary {
			t.Fatalf("nothing replaced: %s", c.old)
		}
		_, l := load(t, text)
		if got := printed(t, l, ""); !strings.Contains(got, c.want) {
			t.Errorf("%s:\n%s\nwants %s", c.new, got, c.want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(dictionary))
	f.Fuzz(func(t *testing.T, src []byte) {
		l := &diag.List{}
		d, ok := Load("data/kpi/dataset.toml", src, l)
		if ok == l.HasErrors() || ok && d == nil {
			t.Errorf("ok = %v, dictionary %v, %v", ok, d != nil, l.Sorted())
		}
	})
}
