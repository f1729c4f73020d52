package dataset

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"benchbook/internal/diag"
)

func TestAwkwardFiles(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		rows [][]string
		told []string
	}{
		"lone CR":         {"a,b\r1,\"x\ry\"\r3,4", [][]string{{"a", "b"}, {"1", "x\ry"}, {"3", "4"}}, nil},
		"CR in a cell":    {"a,b\n1,x\ry\n", [][]string{{"a", "b"}, {"1", "x\ry"}}, nil},
		"CRLF":            {"a,b\r\n1,\"x\r\ny\"\r\n", [][]string{{"a", "b"}, {"1", "x\r\ny"}}, nil},
		"blank rows":      {"\n\na,b\n,\n1,2\n \n", [][]string{{"a", "b"}, {"1", "2"}}, nil},
		"trailing comma":  {"a,b,\n1,2,\n3,4,\n", [][]string{{"a", "b", ""}, {"1", "2", ""}, {"3", "4", ""}}, nil},
		"semicolons":      {"a;b\n1,5;c\n", [][]string{{"a", "b"}, {"1,5", "c"}}, nil},
		"quotes inside":   {"a,b\nsay \"x\",\"y\"z\n", [][]string{{"a", "b"}, {`say "x"`, "yz"}}, nil},
		"header on lines": {"\"a\n b\",c\n1,2\n", [][]string{{"a b", "c"}, {"1", "2"}}, nil},
		"title above":     {"2026 年月报\n\na,b,c\n1,2,3\n4,5,6\n7,8,9\n", [][]string{{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}, {"7", "8", "9"}}, nil},
		"long row":        {"a,b\n1,2,,甲\n", [][]string{{"a", "b"}, {"1", "2"}}, []string{"data/x/t.csv:2:6 dataset.long_row"}},
		"short row":       {"a,b\n1\n3,4\n", [][]string{{"a", "b"}, {"1", ""}, {"3", "4"}}, []string{"data/x/t.csv:2:2 dataset.short_row"}},
		"NUL":             {"a,b\n1,x\x00y\n", [][]string{{"a", "b"}, {"1", "xy"}}, []string{"data/x/t.csv:2:3 dataset.nul"}},
		"run-on quote":    {"a,b\n1,\"x\n2,\"y\"\n3,z\n", [][]string{{"a", "b"}, {"1", "x\n2,y\""}, {"3", "z"}}, []string{"data/x/t.csv:2:3 dataset.quote"}},
		"unclosed quote":  {"a,b\n1,2\n3,\"x\ny\n", [][]string{{"a", "b"}, {"1", "2"}, {"3", "x\ny\n"}}, []string{"data/x/t.csv:3:3 dataset.quote"}},
		"broken byte":     {"名,b\n好,2\n字\xff,2\n", [][]string{{"名", "b"}, {"好", "2"}, {"字\ufffd", "2"}}, []string{"data/x/t.csv:3:1 dataset.encoding"}},
	} {
		opts := Options{}
		if name == "broken byte" {
			opts.Encoding = "utf-8"
		}
		rows, told := readAll(t, "t.csv", []byte(c.in), opts)
		if !reflect.DeepEqual(rows, c.rows) || !slices.Equal(told, c.told) {
			t.Errorf("%s: %q %v\nwant %q %v", name, rows, told, c.rows, c.told)
		}
	}
}

func TestEveryCellKnowsItsPlace(t *testing.T) {
	var l diag.List
	r := open(t, "t.csv", []byte("a,b,c\n1,\"x\ny\",3\n甲,\"乙\",丙,\n"), Options{}, &l)
	var places []string
	for row, ok := r.Next(); ok; row, ok = r.Next() {
		for col := range row.Values {
			places = append(places, fmt.Sprintf("%s+%d %s", strings.TrimPrefix(row.Pos(col).String(), "data/x/t.csv:"), row.Width(col), row.Excerpt(col)))
		}
	}
	want := []string{`2:1+1 1,"x`, `2:3+2 1,"x`, `3:4+1 y",3`, `4:1+1 甲,"乙",丙,`, `4:3+3 甲,"乙",丙,`, `4:7+1 甲,"乙",丙,`}
	if !slices.Equal(places, want) {
		t.Errorf("%q\nwant %q", places, want)
	}
	r = open(t, "t.xlsx", makeXLSX(t), Options{}, &l)
	row, _ := r.Next()
	if got := row.Pos(2).String(); got != "data/x/t.xlsx:Sheet1!C2" {
		t.Error(got)
	}
	if got := cellName(702, 17); got != "AAA17" {
		t.Error(got)
	}
}

func TestUnreadableFilesSayWhy(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"empty.csv": "", "blank.csv": "\n\n", "old.xls": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cut.xlsx": "PK\x03\x04abc", "x.parquet": "PAR1\x15\x04", "x.png": "\x89PNG",
	} {
		disk := filepath.Join(dir, name)
		if err := os.WriteFile(disk, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		var l diag.List
		if _, err := Open(name, disk, Options{}, &l); !errors.Is(err, ErrReported) || !l.HasErrors() {
			t.Errorf("%s: %v %v", name, err, told(&l))
		}
	}
	var l diag.List
	if _, err := Open("x", filepath.Join(dir, "absent.csv"), Options{}, &l); !errors.Is(err, os.ErrNotExist) || l.HasErrors() {
		t.Errorf("absent: %v", err)
	}
}

// TestHostileFilesStaySmall opens a quote that 64 MB never close and a million
// broken rows, and looks at what was allocated at most.
func TestHostileFilesStaySmall(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 64 MB")
	}
	var l diag.List
	r := open(t, "t.csv", slices.Concat([]byte("a,b\n1,2\n3,\""), bytes.Repeat([]byte("x,y\n"), 16<<20)), Options{}, &l)
	rows := rest(r)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if len(rows) != 1 || !slices.Equal(told(&l), []string{"data/x/t.csv:3:1 dataset.too_long"}) {
		t.Errorf("%d rows, %v", len(rows), told(&l))
	}
	l = diag.List{}
	r = open(t, "t.csv", slices.Concat([]byte("a,b\n"), bytes.Repeat([]byte("1,2,3\n"), 1e6)), Options{}, &l)
	n := 0
	for _, ok := r.Next(); ok; _, ok = r.Next() {
		n++
	}
	if n != 1e6 || len(l.Sorted()) != maxFindings+1 {
		t.Errorf("%d rows, %d findings", n, len(l.Sorted()))
	}
}

// FuzzCSV holds the splitter against encoding/csv on every text that the latter
// accepts, and looks for panics on all others.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a,\"b\n\",c\r\n\"x\"\"y\",,\r\n", "a\rb\n", "\ufeffa,b\n", "\"", "a,b\n\"\"\"\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		var l diag.List
		in := &input{file: "t.csv", list: &limited{list: &l}}
		in.open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(src)), nil }
		recs, err := openCSV(in, Options{Encoding: "utf-8", Delimiter: ","})
		if err != nil {
			t.Fatal(err)
		}
		defer recs.close()
		var got [][]string
		lastLine := 0
		for rec, ok := recs.next(); ok; rec, ok = recs.next() {
			for col := range rec.values {
				if p := rec.pos("t", col); p.Line < lastLine || p.Column < 1 {
					t.Errorf("place goes back: %v", p)
				}
			}
			lastLine = rec.line
			if len(rec.values) > 1 || rec.values[0] != "" {
				got = append(got, slices.Clone(rec.values))
			}
		}
		oracle(t, src, got)
	})
}

// oracle compares where encoding/csv means the same: no lone CR (it keeps them),
// no NUL or broken bytes (we mend them), CRLF in quotes (it makes LF of it).
func oracle(t *testing.T, src []byte, got [][]string) {
	text := strings.TrimPrefix(string(src), "\ufeff")
	if strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") || strings.ContainsAny(text, "\x00\ufffd") || strings.ToValidUTF8(text, "") != text || strings.Contains(text, "\ufeff") {
		return
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		return
	}
	var want [][]string
	for _, row := range all {
		if len(row) > 1 || row[0] != "" {
			want = append(want, row)
		}
	}
	for _, row := range got {
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q:\n got %q\nwant %q", text, got, want)
	}
}

// TestRecordsOverBlockEnds cuts half a megabyte of every kind of cell, so that
// quotes, CRLF and delimiters fall on all sides of the blocks that are read.
func TestRecordsOverBlockEnds(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	cells := []string{"", "a", "甲乙丙", `"x,y"`, `"say ""hi"""`, "\"two\r\nlines\"", `""""`, strings.Repeat("长", 200)}
	ends := []string{"\n", "\r\n"}
	var b strings.Builder
	b.WriteString("a,b,c\n")
	for b.Len() < 1<<19 {
		for i := range 3 {
			b.WriteString(cells[random.IntN(len(cells))])
			if i < 2 {
				b.WriteByte(',')
			}
		}
		b.WriteString(ends[random.IntN(2)])
	}
	want, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want = slices.DeleteFunc(want, blank)
	got, told := readAll(t, "t.csv", []byte(b.String()), Options{})
	for _, row := range got {
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
		}
	}
	if len(told) > 0 || len(got) != len(want) || !reflect.DeepEqual(got, want) {
		t.Errorf("%d rows, want %d; %v", len(got), len(want), told)
	}
}

func BenchmarkCSV(b *testing.B) {
	disk := filepath.Join(b.TempDir(), "t.csv")
	var buf bytes.Buffer
	buf.WriteString("门店,行业,月份,a,b,c,d,e,f,g\n")
	for i := range 100000 {
		fmt.Fprintf(&buf, "S%d,美妆,2026-03,%d,12.5%%,3,4,5,6,7\n", i%2000, i)
	}
	os.WriteFile(disk, buf.Bytes(), 0o600)
	b.SetBytes(int64(buf.Len()))
	for b.Loop() {
		var l diag.List
		r, err := Open("t.csv", disk, Options{}, &l)
		if err != nil {
			b.Fatal(err)
		}
		for _, ok := r.Next(); ok; _, ok = r.Next() {
		}
		r.Close()
	}
}
