package diag

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"testing"
)

const source = "行业,城市,月份,触达,新增,留存,导流率\n美妆,上海,6,120,18,9,134%\n"

func rangeFinding() Diagnostic {
	return Diagnostic{Code: "schema.range", Pos: At("data/kpi.csv", 2, 18), Width: 4,
		Message: T("导流率 %s，高于上限", "导流率 is %s, above the maximum", "134%"),
		Hint:    T("写 34%%", "write 34%%"),
		Notes:   []Note{{Pos: At("data/dataset.toml", 41, 1), Text: T("上限在这里设定", "the range is set here")}}}
}

func printed(t *testing.T, lang string, list ...Diagnostic) string {
	t.Helper()
	var b bytes.Buffer
	p := &Printer{Lang: lang, Source: func(string) ([]byte, error) { return []byte(source), nil }}
	if err := p.Text(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTheCaretStandsUnderTheCellByDisplayWidth(t *testing.T) {
	want := `data/kpi.csv:2:18: error: 导流率 is 134%, above the maximum  [schema.range]
      2 | 美妆,上海,6,120,18,9,134%
        |                      ^^^^
  hint: write 34%
  note: data/dataset.toml:41:1: the range is set here
`
	if got := printed(t, "en", rangeFinding()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestBothLanguages(t *testing.T) {
	if got := printed(t, "zh", rangeFinding()); !strings.Contains(got, "错误： 导流率 134%，高于上限") {
		t.Errorf("got\n%s", got)
	}
}

func TestLongAndHostileLinesStayReadable(t *testing.T) {
	d := rangeFinding()
	d.Excerpt = strings.Repeat("长", 10_000) + "\u202eX\x1b[31m"
	d.Pos.Column = 10_001
	got := printed(t, "en", d)
	if len(got) > 2000 || strings.ContainsAny(got, "\u202e\x1b") {
		t.Errorf("%d bytes: %q", len(got), got)
	}
	if !strings.Contains(got, "^") {
		t.Error("no caret")
	}
}

func TestRepeatsAreFolded(t *testing.T) {
	var list []Diagnostic
	for i := range 50 {
		d := rangeFinding()
		d.Pos.Line = i + 1
		list = append(list, d)
	}
	got := printed(t, "en", list...)
	if n := strings.Count(got, "error:"); n != MaxRepeats {
		t.Errorf("%d printed, want %d", n, MaxRepeats)
	}
	if !strings.Contains(got, "30 more of the same") {
		t.Errorf("the rest is not counted:\n%s", got)
	}
}

func TestJSONIsOneObjectALineInTheShapeOfTheContract(t *testing.T) {
	var b bytes.Buffer
	if err := (&Printer{Lang: "en"}).JSON(&b, []Diagnostic{rangeFinding(), {Code: "x.y", Severity: Warning, Pos: Pos{File: "a.xlsx", Cell: "门店!C17"}, Message: T("错", "bad <b>")}}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(lines[0]), &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"code", "severity", "file", "line", "column", "cell", "message", "hint", "notes"} {
		if _, ok := got[key]; !ok {
			t.Errorf("no %q in %s", key, lines[0])
		}
	}
	if !strings.Contains(lines[1], `"cell":"门店!C17"`) || !strings.Contains(lines[1], `"severity":"warning"`) || !strings.Contains(lines[1], `"notes":[]`) {
		t.Errorf("second line: %s", lines[1])
	}
}

func TestSortedDoesNotDependOnGoroutines(t *testing.T) {
	var l List
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() { l.Errorf("a.b", Pos{File: "f.xlsx", Cell: "S!C" + strings.Repeat("1", i%3+1)}, T("零", "m")) })
	}
	wg.Wait()
	got := l.Sorted()
	if len(got) != 3 || got[0].Pos.Cell != "S!C1" || got[2].Pos.Cell != "S!C111" {
		t.Errorf("got %v", got)
	}
	if !l.HasErrors() || l.Warnings() != 0 {
		t.Error("errors are not counted")
	}
}

func TestNearest(t *testing.T) {
	known := []string{"industry", "size", "导流率", "team_built"}
	for name, want := range map[string]string{"indutsry": "industry", "sise": "size", "导留率": "导流率", "team-built": "team_built", "revenue": "", "": ""} {
		if got := Nearest(name, known); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func FuzzPrinter(f *testing.F) {
	f.Add("行业,城市\t\x00", 3, 2)
	f.Fuzz(func(t *testing.T, line string, column, width int) {
		d := Diagnostic{Code: "a.b", Pos: At("f", 1, column%20_000), Width: width % 20_000, Excerpt: line, Message: T("错", "bad")}
		printed(t, "zh", d)
	})
}

func TestTextsAreStoredInBothLanguages(t *testing.T) {
	for _, want := range []Text{T("导流率 %d%% 高", "rate %d%% high", 31), T("100%", "100%"), {}} {
		stored, err := want.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var got Text
		if err := got.UnmarshalBinary(stored); err != nil || got.In("zh") != want.In("zh") || got.In("en") != want.In("en") || got.IsZero() != want.IsZero() {
			t.Errorf("%q came back as %q, %v", want.In("zh"), got.In("zh"), err)
		}
	}
}
