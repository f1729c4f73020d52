package dataset

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"benchbook/internal/diag"
)

// table is the small table that every format must give alike.
var table = [][]string{
	{"门店", "导流率", "日期", "备注"},
	{"杭州一店", "12.5%", "2026-03-01", "第一行\n第二行"},
	{"上海，二店", "7%", "2026-03-02", `说"好"，走`},
	{"广州三店", "1200.5", "", "a,b"},
}

// makers write the table in every format that is read. A format without a maker fails the test below.
var makers = map[string]func(t *testing.T) []byte{"csv": makeCSV, "tsv": makeTSV, "xlsx": makeXLSX, "json": makeJSON, "parquet": makeParquet}

func makeCSV(*testing.T) []byte { return []byte(delimited(",", "\r\n")) }
func makeTSV(*testing.T) []byte { return []byte(delimited("\t", "\n")) }

func makeJSON(t *testing.T) []byte {
	var b bytes.Buffer
	for _, row := range table[1:] {
		b.WriteString("{")
		for c, cell := range row {
			text, err := json.Marshal(cell)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s%q:%s", []string{"", ","}[min(c, 1)], table[0][c], text)
		}
		b.WriteString("}\n")
	}
	return b.Bytes()
}

func makeParquet(t *testing.T) []byte {
	type record struct {
		Shop  string `parquet:"门店"`
		Share string `parquet:"导流率"`
		Day   string `parquet:"日期"`
		Note  string `parquet:"备注"`
	}
	var records []record
	for _, row := range table[1:] {
		records = append(records, record{row[0], row[1], row[2], row[3]})
	}
	var b bytes.Buffer
	if err := parquet.Write(&b, records); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func delimited(delimiter, end string) string {
	var b strings.Builder
	for _, row := range table {
		for i, cell := range row {
			if i > 0 {
				b.WriteString(delimiter)
			}
			if strings.ContainsAny(cell, "\",\t\n") {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString(end)
	}
	return b.String()
}

func makeXLSX(t *testing.T) []byte {
	f := excelize.NewFile()
	defer f.Close()
	percent, _ := f.NewStyle(&excelize.Style{NumFmt: 9}) // 0 %, which shows 13% for 12.5 %
	date, _ := f.NewStyle(&excelize.Style{NumFmt: 14})   // m/d/yy
	money, _ := f.NewStyle(&excelize.Style{NumFmt: 3})   // #,##0, which shows 1,201
	set := func(cell string, value any, style int) {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
		if style != 0 {
			f.SetCellStyle("Sheet1", cell, cell, style)
		}
	}
	for r, row := range table {
		for c, text := range row {
			set(cellName(c, r+1), text, 0)
		}
	}
	set("B2", 0.125, percent)
	set("B3", 0.07, percent)
	set("B4", 1200.5, money)
	set("C2", 46082, date)
	set("C3", 46083, date)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryFormatReadsTheSameTable(t *testing.T) {
	for _, name := range Formats() {
		maker := makers[name]
		if maker == nil {
			t.Fatalf("format %s has no maker", name)
		}
		got, l := readAll(t, "表."+name, maker(t), Options{})
		if !reflect.DeepEqual(got, table) || len(l) > 0 {
			t.Errorf("%s: %q %v", name, got, l)
		}
	}
}

func TestAZIPWithOneTableReadsAsThatTable(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range map[string]string{"README.md": "x", "__MACOSX/a.csv": "x", "导出/表.csv": delimited(",", "\n")} {
		f, _ := w.Create(name)
		f.Write([]byte(content))
	}
	w.Close()
	if got, l := readAll(t, "表.zip", b.Bytes(), Options{}); !reflect.DeepEqual(got, table) || len(l) > 0 {
		t.Errorf("%q %v", got, l)
	}
}

func TestEveryEncodingReadsTheSameTable(t *testing.T) {
	text := delimited(",", "\n")
	for name, enc := range map[string]encoding.Encoding{
		"utf-8":     unicode.UTF8,
		"utf-8 ":    unicode.UTF8BOM,
		"utf-16le":  unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
		"utf-16be":  unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
		"utf-16le ": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		"utf-16be ": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
		"gb18030":   simplifiedchinese.GB18030,
		"gb18030 ":  simplifiedchinese.GBK,
	} {
		src, err := enc.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var l diag.List
		r := open(t, "表.csv", src, Options{}, &l)
		if r.Encoding() != strings.TrimSpace(name) {
			t.Errorf("%s: taken as %s: %v", name, r.Encoding(), r.Evidence())
		}
		if got := rest(r); !reflect.DeepEqual(got, table[1:]) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestWesternTextIsNotTakenForChinese guards against the rule "not UTF-8, hence
// GB18030", under which "Année" decodes without an error to "Ann閑".
func TestWesternTextIsNotTakenForChinese(t *testing.T) {
	src, _ := charmap.Windows1252.NewEncoder().Bytes([]byte("Année;Hôtel\n2013;élevé\n2014;très cher\n"))
	var l diag.List
	r := open(t, "a.csv", src, Options{}, &l)
	if r.Encoding() != "windows-1252" || r.Header()[0] != "Année" || r.Delimiter() != ";" {
		t.Errorf("%s %q %q", r.Encoding(), r.Header(), r.Delimiter())
	}
	r = open(t, "a.csv", src, Options{Encoding: "gb18030"}, &l)
	if r.Header()[0] != "Ann閑" {
		t.Errorf("an explicit encoding is not followed: %q", r.Header())
	}
}

// open writes a file and opens it.
func open(t *testing.T, name string, content []byte, opts Options, l *diag.List) *Reader {
	t.Helper()
	disk := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(disk, content, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Open("data/x/"+name, disk, opts, l)
	if err != nil {
		t.Fatalf("%s: %v %v", name, err, told(l))
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// rest clones the remaining rows.
func rest(r *Reader) (rows [][]string) {
	for row, ok := r.Next(); ok; row, ok = r.Next() {
		rows = append(rows, slices.Clone(row.Values))
	}
	return rows
}

func readAll(t *testing.T, name string, content []byte, opts Options) ([][]string, []string) {
	t.Helper()
	var l diag.List
	r := open(t, name, content, opts, &l)
	rows := append([][]string{r.Header()}, rest(r)...)
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return rows, told(&l)
}

func told(l *diag.List) (out []string) {
	for _, d := range l.Sorted() {
		out = append(out, d.Pos.String()+" "+d.Code)
	}
	return out
}

// TestTraditionalChineseIsSeen tells Big5 from GB18030 and from Windows-1252 by the bytes alone.
func TestTraditionalChineseIsSeen(t *testing.T) {
	const text = "姓名,產業,團隊人數,滿意度\n王小明,美妝,十二,滿意\n陳大文,食品,五,非常不滿意\n"
	big5, err := traditionalchinese.Big5.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	french, err := charmap.Windows1252.NewEncoder().String("nom,année\nÉlodie,été\nçà,où\nîle,forêt\n")
	if err != nil {
		t.Fatal(err)
	}
	for src, want := range map[string]string{big5: "big5", gbk: "gb18030", french: "windows-1252"} {
		var l diag.List
		r := open(t, "a.csv", []byte(src), Options{}, &l)
		row, _ := r.Next()
		if r.Encoding() != want || want != "windows-1252" && row.Values[1] != "美妝" {
			t.Errorf("%s is taken for %s: %q", want, r.Encoding(), row.Values)
		}
		r.Close()
	}
}

// TestFilesThatAreNoTablesSayWhatToDo opens files of other programs.
func TestFilesThatAreNoTablesSayWhatToDo(t *testing.T) {
	for name, src := range map[string]string{
		"a.sav": "$FL2@(#) SPSS DATA FILE\n1,2,3", "a.xls": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1,", "a.xlsx": "\xd0\xcf\x11\xe0 encrypted", "a.csv": "%PDF-1.7\n,", "a.gz": "\x1f\x8b\x08,\n",
		"b.xlsx": "PK\x03\x04 broken", "c.csv": "",
	} {
		disk := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(disk, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		rows, l := wholeTable(t, disk)
		if found := l.Sorted(); len(rows) > 0 || len(found) != 1 || found[0].Code != "dataset.unreadable" {
			t.Errorf("%s: %q %v", name, rows, found)
		}
	}
}
