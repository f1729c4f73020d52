package config

import (
	"fmt"
	"strings"
	"testing"

	"benchbook/internal/diag"
)

type option struct {
	Value string `toml:"value,bare"`
	Label string `toml:"label"`
}

type column struct {
	Name       string             `toml:"name"`
	Categories []option           `toml:"categories"`
	Minimum    *float64           `toml:"minimum"`
	Limits     map[string]float64 `toml:"limits"`
}

type file struct {
	Title     string   `toml:"title"`
	Sample    bool     `toml:"sample"`
	Rows      int      `toml:"rows"`
	Date      Date     `toml:"date"`
	Missing   []string `toml:"missing"`
	Collected struct {
		From Date `toml:"from"`
		To   Date `toml:"to"`
	} `toml:"collected"`
	Fields []column `toml:"field"`
}

func decode(t *testing.T, text string) (file, *Source, []string) {
	t.Helper()
	var f file
	var l diag.List
	s, ok := Decode("x.toml", []byte(text), &f, &l)
	var lines []string
	for _, d := range l.Sorted() {
		lines = append(lines, fmt.Sprintf("%s+%d %s: %s | %s", d.Pos, d.Width, d.Code, d.Message.In("en"), d.Hint.In("en")))
	}
	if ok != (len(lines) == 0) {
		t.Errorf("ok = %v with %d findings", ok, len(lines))
	}
	return f, s, lines
}

const good = "\ufeff" + `title = "导流率" # 备注
sample = true
rows = 3
date = 2026-11-01
missing = ["", '(空)',
  "a \" ] b"]
collected = { from = 2026-03-01, to = "2026-04-15" }

[[field]]
name = "a"
categories = ["甲", { value = "乙", label = "B" }]
[field.limits]
"高 度" = 2

[[field]]
minimum = 1
name = """
two
"""
`

func TestDecodeFillsEveryKind(t *testing.T) {
	f, _, findings := decode(t, good)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	if f.Title != "导流率" || !f.Sample || f.Rows != 3 || f.Date != "2026-11-01" || f.Missing[2] != `a " ] b` {
		t.Errorf("top level: %+v", f)
	}
	if f.Collected.From != "2026-03-01" || f.Collected.To != "2026-04-15" {
		t.Errorf("collected: %+v", f.Collected)
	}
	a, b := f.Fields[0], f.Fields[1]
	if a.Categories[0].Value != "甲" || a.Categories[1].Label != "B" || a.Limits["高 度"] != 2 {
		t.Errorf("first field: %+v", a)
	}
	if b.Minimum == nil || *b.Minimum != 1 || b.Name != "two\n" {
		t.Errorf("second field: %+v", b)
	}
}

func TestPlacesAreCountedInCharacters(t *testing.T) {
	_, s, _ := decode(t, good)
	for _, c := range []struct {
		path       []any
		key, value string
	}{
		{[]any{"title"}, "x.toml:1:1", "x.toml:1:9+5"},
		{[]any{"missing", 1}, "x.toml:5:16", "x.toml:5:16+5"},
		{[]any{"missing", 2}, "x.toml:6:3", "x.toml:6:3+10"},
		{[]any{"collected", "to"}, "x.toml:7:34", "x.toml:7:39+12"},
		{[]any{"field", 0}, "x.toml:9:1", "x.toml:9:1+9"},
		{[]any{"field", 0, "categories", 1, "label"}, "x.toml:11:35", "x.toml:11:43+3"},
		{[]any{"field", 0, "limits", "高 度"}, "x.toml:13:1", "x.toml:13:9+1"},
		{[]any{"field", 1, "name"}, "x.toml:17:1", "x.toml:17:8+3"},
		{[]any{"field", 1, "absent"}, "x.toml:15:1", "x.toml:15:1+9"},
		{[]any{"absent", 1}, "x.toml", "x.toml+0"},
	} {
		pos, width := s.Value(c.path...)
		if got := s.Pos(c.path...).String(); got != c.key {
			t.Errorf("Pos(%v) = %s, want %s", c.path, got, c.key)
		}
		if got := fmt.Sprintf("%s+%d", pos, width); got != c.value {
			t.Errorf("Value(%v) = %s, want %s", c.path, got, c.value)
		}
	}
}

func TestAllMistakesAtOnce(t *testing.T) {
	_, _, findings := decode(t, `titel = "x"
sample = "yes"
rows = 1.5
date = 2026
missing = ["", -3]
collected = 7
[[field]]
nmae = 1
minimum = inf
[field.limits]
`)
	want := []string{
		`x.toml:1:1+5 config.unknown_key: unknown key "titel" | did you mean "title"?`,
		`x.toml:2:10+5 config.type: sample must be true or false, not text | `,
		`x.toml:3:8+3 config.type: rows must be a whole number, not a number | `,
		`x.toml:4:8+4 config.type: date must be a date, as in 2026-03-01, not a whole number | `,
		`x.toml:5:16+2 config.type: missing[2] must be text in quotes, not a whole number | put it in quotes: "-3"`,
		`x.toml:6:13+1 config.type: collected must be a table, not a whole number | `,
		`x.toml:8:1+4 config.unknown_key: unknown key "nmae" | did you mean "name"?`,
		`x.toml:9:11+3 config.type: minimum must be a number, not inf or nan | `,
	}
	if got := strings.Join(findings, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func TestSyntaxErrorsHaveAPlace(t *testing.T) {
	for text, want := range map[string]string{
		"a = 1\n标 题 = 2\n":                    "x.toml:2:1",
		"title = \"导流\n":                      "x.toml:1:",
		strings.Repeat("[", 1000):             "x.toml:1:",
		"title = " + strings.Repeat("[", 1e6): "x.toml:1:109+1 config.syntax",
	} {
		_, _, findings := decode(t, text)
		if len(findings) != 1 || !strings.HasPrefix(findings[0], want) {
			t.Errorf("%.20q: %v, want %s", text, findings, want)
		}
	}
}

// FuzzDecode holds the scanner to any bytes: no panic, an end, and a place
// inside the text for every key that the library found.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{good, "a.b.c = {x=[1,{y=2}]}\n[a.d]\n[[a.e]]\n[a.e.f]\n", "\"\\u4e2d\" = '''a''''\n'' = 1", "[a\n=", "a=[[[", "x = \"\\"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		var any map[string]any
		var l diag.List
		s, ok := Decode("x.toml", src, &any, &l)
		if ok {
			placed(t, s, any, nil)
		}
	})
}

func placed(t *testing.T, s *Source, v any, path []any) {
	if len(path) > 0 && !s.Has(path...) {
		t.Errorf("no place for %q", path)
	}
	switch v := v.(type) {
	case map[string]any:
		for key, item := range v {
			placed(t, s, item, append(path[:len(path):len(path)], key))
		}
	case []map[string]any:
		for i, item := range v {
			placed(t, s, item, append(path[:len(path):len(path)], i))
		}
	case []any:
		for i, item := range v {
			placed(t, s, item, append(path[:len(path):len(path)], i))
		}
	}
}
