package schema

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"benchbook/internal/diag"
)

// decodeRows decodes a CSV of the test dictionary; each record becomes one line of text.
func decodeRows(t *testing.T, toml, csv string, fields []string) (lines []string, findings string) {
	t.Helper()
	site := t.TempDir()
	for name, text := range map[string]string{"dataset.toml": toml, "kpi.csv": csv} {
		disk := filepath.Join(site, "data", "kpi", name)
		os.MkdirAll(filepath.Dir(disk), 0o700)
		if err := os.WriteFile(disk, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l := &diag.List{}
	d, ok := Load("data/kpi/dataset.toml", []byte(toml), l)
	if !ok {
		t.Fatal(printed(t, l, site))
	}
	err := Rows(site, d, fields, l, func(rec *Record) error {
		var b strings.Builder
		fmt.Fprintf(&b, "%d:", rec.Row)
		for _, v := range rec.Values {
			b.WriteByte(' ')
			switch {
			case v.State != Present:
				b.WriteString([]string{"unread", "", "blank", "notasked", "refused", "invalid"}[v.State])
			case len(v.Codes) > 0:
				fmt.Fprint(&b, v.Codes)
			case v.Text != "":
				b.WriteString(v.Text)
			default:
				fmt.Fprint(&b, v.Number)
			}
		}
		lines = append(lines, b.String())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines, printed(t, l, site)
}

const header = "门店,行业,月份,导流率,人数,阵地,预算\n"

func TestRowsDecodeEveryKindOfValue(t *testing.T) {
	lines, findings := decodeRows(t, dictionary, header+
		"杭州一店,美妆,2026-03,34%,5人,微信群┋公众号,是\n"+
		"S2, 食品 ,2026/3/5,0.07,１２,抖音┋微信群┋快手,FALSE\n"+
		"S3,(空),2026年3月5日,12.5‰,(跳过),(空)┋,拒答\n"+
		"S4,,20260305,,\"1,200\",公众号,0\n", nil)
	want := []string{
		"2: 杭州一店 [0] 2026-03 0.34 5 [0 1] [0]",
		"3: S2 [1] 2026-03-05 0.07 12 [2 0] [1]",
		"4: S3 blank 2026-03-05 0.0125 notasked blank refused",
		"5: S4 blank 2026-03-05 blank 1200 [1] [1]",
	}
	if got := strings.Join(lines, "\n"); got != strings.Join(want, "\n") || findings != "" {
		t.Errorf("got\n%s\nwant\n%s\n%s", got, strings.Join(want, "\n"), findings)
	}
}

// TestFindingsPointAtCellAndLimit is the form that the handbook promises.
func TestFindingsPointAtCellAndLimit(t *testing.T) {
	_, findings := decodeRows(t, dictionary, header+
		"S1,美妆,2026-03,134%,5,微信群,是\n"+
		",美装,3月5日,5～8,1.5,微信群,也许\n", nil)
	want := `data/kpi/kpi.csv:2:15: error: 导流率 is 134%, above the allowed maximum 100%  [schema.range]
      2 | S1,美妆,2026-03,134%,5,微信群,是
        |                 ^^^^
  hint: mend the cell, or raise "maximum" in data/kpi/dataset.toml
  note: data/kpi/dataset.toml:34:30: the limit is set here
data/kpi/kpi.csv:3:1: error: 门店 is required  [schema.required]
      3 | ,美装,3月5日,5～8,1.5,微信群,也许
        | ^
  note: data/kpi/dataset.toml:18:17: the limit is set here
data/kpi/kpi.csv:3:2: error: 行业: "美装" is not among the categories  [schema.category]
      3 | ,美装,3月5日,5～8,1.5,微信群,也许
        |  ^^^^
  hint: did you mean "美妆"?
  note: data/kpi/dataset.toml:20:1: field industry is defined here
`
	if !strings.HasPrefix(findings, want) {
		t.Errorf("got\n%s\nwant\n%s", findings, want)
	}
	for _, part := range []string{
		`3:5: error: 月份: "3月5日" is no date`, `3:10: error: 导流率: "5～8" is no number`, `hint: a range is no number`,
		`3:14: error: 人数: 1.5 is no whole number`, `3:22: error: 预算: "也许" is neither true nor false`,
	} {
		if !strings.Contains(findings, part) {
			t.Errorf("no %s in\n%s", part, findings)
		}
	}
}

func TestProjectionLeavesFieldsUnread(t *testing.T) {
	lines, findings := decodeRows(t, dictionary, header+"S1,美妆,坏,2,3,微信群,是\n", []string{"team", "industry"})
	if lines[0] != "2: unread [0] unread unread 3 unread unread" || findings != "" {
		t.Errorf("%v %s", lines, findings)
	}
}

func TestColumnsAreFoundByHeader(t *testing.T) {
	for head, want := range map[string]string{
		"门店,行业,月份,导流率,人数,阵地":          `the file has no column "预算" (field "budget")`,
		"门店,行业,月份,导流率,人数,阵地,予算":       `hint: did you mean "予算"?`,
		"门店,行业,月份,导流率,人数,阵地,预算,门店":    `column "门店" is in the header twice (columns 1 and 8)`,
		"额外,门店,行业,月份,导流率,人数,阵地,预算,额外": "",
	} {
		_, findings := decodeRows(t, dictionary, head+"\n", nil)
		if want == "" && findings != "" || !strings.Contains(findings, want) {
			t.Errorf("%s:\n%s", head, findings)
		}
	}
}

func TestUniqueAndMissingFile(t *testing.T) {
	toml := strings.Replace(dictionary, "required = true", "unique = true", 1)
	_, findings := decodeRows(t, toml, header+"S1,美妆,,,,,\nS1,美妆,,,,,\n", nil)
	if !strings.Contains(findings, `kpi.csv:3:1: error: 门店: "S1" again, first in row 2  [schema.unique]`) {
		t.Error(findings)
	}
	_, findings = decodeRows(t, strings.Replace(dictionary, "kpi.csv", "Kpi.csv", 1), header, nil)
	if !strings.Contains(findings, "there is no data file data/kpi/Kpi.csv  [schema.resource]") {
		t.Error(findings)
	}
}

func TestAnErrorOfEachEndsThePass(t *testing.T) {
	site := t.TempDir()
	os.MkdirAll(filepath.Join(site, "data", "kpi"), 0o700)
	os.WriteFile(filepath.Join(site, "data", "kpi", "kpi.csv"), []byte(header+"S1,美妆,,,,,\nS2,美妆,,,,,\n"), 0o600)
	d, l := load(t, dictionary)
	stop, n := errors.New("stop"), 0
	err := Rows(site, d, nil, l, func(*Record) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("%v after %d rows", err, n)
	}
}

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]float64{
		"12": 12, "-5": -5, "+3": 3, "1e3": 1000, ".5": 0.5, "1,234.50": 1234.5, "１２．５％": 0.125, "34%": 0.34, "3‰": 0.003, "3成": 0.3,
		"￥12,000.00": 12000, "-¥5": -5, "¥-5": -5, "1.2万": 12000, "2.5 亿元": 2.5e8, "(1,234)": -1234, "（12）": -12, "5人": 5, "12万元": 120000, "−7": -7, "0.1%": 0.001, "3千": 3000,
	} {
		if got, _, ok := ParseNumber(text, ""); !ok || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "-", "NaN", "Inf", "1e400", "8，9%", "3～6", "30-50人", "约30", ">12", "1,23", "12,3456", "1.2.3", "0x10", "十二", "1 2", "--5", "¥", "."} {
		if got, _, ok := ParseNumber(text, ""); ok {
			t.Errorf("%q taken as %v", text, got)
		}
	}
	if got, _, ok := ParseNumber("7 平方米", "平方米"); !ok || got != 7 {
		t.Errorf("unit: %v %v", got, ok)
	}
}

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ text, format, want string }{
		{"2026-03-05", "", "2026-03-05 00:00"}, {"2026/3/5 9:07:01", "", "2026-03-05 09:07"}, {"2026年3月5日", "", "2026-03-05 00:00"},
		{"2021-11-01T21:06:12Z", "", "2021-11-01 21:06"}, {"2021-11-01 21:06:12.123+08:00", "", "2021-11-01 21:06"}, {"20240105", "", "2024-01-05 00:00"}, {"2026-03", "", "2026-03-01 00:00"},
		{"05/03/2026", "%d/%m/%Y", "2026-03-05 00:00"}, {"02-Feb-2021 20:26:58", "%d-%b-%Y %H:%M:%S", "2021-02-02 20:26"},
	} {
		got, _, ok := ParseDate(c.text, c.format)
		if !ok || got.Format("2006-01-02 15:04") != c.want {
			t.Errorf("%q: %v %v, want %s", c.text, got, ok, c.want)
		}
	}
	for _, text := range []string{"2024-02-30", "2024-13-01", "5/1/2024", "45296", "3月5日", "2024-1-5 25:00", "2024", "", "2024-"} {
		if got, _, ok := ParseDate(text, ""); ok {
			t.Errorf("%q taken as %v", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1,234.5万", "（１２）%", "2026年3月5日 1:02", "9e999%", "\xff"} {
		f.Add(s, "元", "%Y-%m")
	}
	f.Fuzz(func(t *testing.T, text, unit, format string) {
		if n, _, ok := ParseNumber(text, unit); ok && (n-n != 0) {
			t.Errorf("%q is %v", text, n)
		}
		ParseDate(text, format)
		SplitRecord(text)
	})
}
