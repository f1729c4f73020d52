package dataset

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"benchbook/internal/diag"
)

// seen is what a way of reading gives: rows with their lines, and the findings.
type seen struct {
	rows     []string
	findings []string
}

func findings(l *diag.List) (out []string) {
	for _, d := range l.Sorted() {
		out = append(out, fmt.Sprintf("%v %s %s", d.Pos, d.Code, d.Message.In("en")))
	}
	return out
}

func opened(t testing.TB, disk string) (*Reader, *diag.List) {
	l := &diag.List{}
	r, err := Open(filepath.Base(disk), disk, Options{}, l)
	if err != nil {
		return nil, l
	}
	t.Cleanup(func() { r.Close() })
	return r, l
}

// oneByOne reads with Next.
func oneByOne(t testing.TB, disk string) seen {
	r, l := opened(t, disk)
	var out seen
	if r == nil {
		return seen{findings: findings(l)}
	}
	for row, ok := r.Next(); ok; row, ok = r.Next() {
		out.rows = append(out.rows, fmt.Sprintf("%06d %q %v", row.Line, row.Values, row.Pos(len(row.Values)-1)))
	}
	out.findings = findings(l)
	return out
}

// inParts reads with Parts, in blocks of a size.
func inParts(t testing.TB, disk string, workers, size int) seen {
	r, l := opened(t, disk)
	if r == nil {
		return seen{findings: findings(l)}
	}
	var out seen
	var mu sync.Mutex
	wanted := make([]bool, len(r.Header()))
	for i := range wanted {
		wanted[i] = true
	}
	turns := &turns{workers: workers, size: size, waiting: map[int][]func(){}, start: func() func(*Part) error {
		return func(p *Part) error {
			mu.Lock()
			defer mu.Unlock()
			for i := range p.Rows {
				values := make([]string, len(wanted))
				for c := range values {
					values[c] = strings.Clone(p.Column(c).Texts[i])
				}
				row := p.Row(i)
				if !slices.Equal(row.Values, values) {
					return fmt.Errorf("row %q is cut again as %q", values, row.Values)
				}
				out.rows = append(out.rows, fmt.Sprintf("%06d %q %v", p.Line(i), values, row.Pos(len(values)-1)))
			}
			return nil
		}
	}}
	if err := r.recs.(parter).parts(r, wanted, turns); err != nil {
		t.Fatal(err)
	}
	if workers == 1 && !slices.IsSorted(out.rows) {
		t.Error("with one worker the rows come in another order")
	}
	slices.Sort(out.rows)
	out.findings = findings(l)
	return out
}

func sameBothWays(t testing.TB, disk string) {
	t.Helper()
	want := oneByOne(t, disk)
	slices.Sort(want.rows)
	for _, way := range [][2]int{{1, 16}, {3, 64}, {2, blockSize}} {
		if got := inParts(t, disk, way[0], way[1]); !reflect.DeepEqual(got, want) {
			t.Fatalf("%d workers, blocks of %d:\n%q\nwant\n%q", way[0], way[1], got, want)
		}
	}
}

// crooked are texts at which readers part company.
var crooked = []string{
	"a,b\n1,2\n3,4\n",
	"a,b\r\n1,2\r\n3,4",
	"a,b,c\n1,2,3\n\n4,5,6\n ,\t,\n7,8,9\n",
	"a,b\n\"x\ny\",2\n3,\"4\"\n",
	"a,b\n5\" pipe,3\n\"q\"\"uoted\"\"\",1\n",
	"a,b\n1,2,3\n4\n5,6,,\n",
	"a,b\n\"open,2\n3,4\n5,6\n",
	"a,b\n\"one\"x\"y,2\n,\"\"\n\"\",\"\"\"\"\n",
	"a,b\r1,2\r3,4\r",
	"a,b\n1\r2,3\n4,\r5\n",
	"a,b\n\xff\xfe1,2\n3\x00,4\n\ufffd,1\n",
	"a;b\n\"1;\n2\";3\n\"x\" ;\"y\"\n",
	"a,b\n\"x\r\ny\",2\r\n\"z\"\r\n",
	"\ufeffa,b\n一,二\n\"三，\",\"四\n\"\n",
	"a,b\n" + strings.Repeat("12345678,\"9\n0\"\n", 40) + "x",
}

func TestPartsAreTheRowsOfNext(t *testing.T) {
	for i, text := range crooked {
		disk := filepath.Join(t.TempDir(), fmt.Sprint(i, ".csv"))
		if err := os.WriteFile(disk, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		sameBothWays(t, disk)
	}
}

// FuzzParts holds the fast reader against Next and, where the text is strictly
// RFC 4180, both against encoding/csv.
func FuzzParts(f *testing.F) {
	for _, text := range crooked {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		disk := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(disk, src, 0o600); err != nil {
			t.Fatal(err)
		}
		sameBothWays(t, disk)
	})
}

// FuzzCSVOracle writes cells with encoding/csv and has both readers give them back.
func FuzzCSVOracle(f *testing.F) {
	f.Add("x", "y,z", "a\"b", "line\nend", "", "七")
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g string) {
		cells := []string{a, b, c, d, e, g}
		for i, cell := range cells {
			cells[i] = strings.Map(func(r rune) rune {
				if r == '\r' || r == 0 || r == '\ufffd' || r == '\ufeff' {
					return '?'
				}
				return r
			}, strings.ToValidUTF8(cell, "?"))
		}
		rows := [][]string{{"h1", "h2", "h3"}, {"k", cells[0], cells[1]}, {"l", cells[2], cells[3]}, {"m", cells[4], cells[5]}}
		var text strings.Builder
		if err := csv.NewWriter(&text).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		disk := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(disk, []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		l := &diag.List{}
		r, err := Open("a.csv", disk, Options{Delimiter: ",", Encoding: "utf-8", SkipRows: 0, HeaderRows: 1}, l)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if r.in.settings.SkipRows > 0 {
			return
		}
		at := 1
		err = r.Parts(2, []bool{true, true, true}, func() func(*Part) error {
			return func(p *Part) error {
				for i := range p.Rows {
					for c := range 3 {
						if got := p.Column(c).Texts[i]; got != rows[at][c] {
							t.Errorf("%q, want %q in %q", got, rows[at][c], text.String())
						}
					}
					at++
				}
				return nil
			}
		})
		if err != nil || at != 4 {
			t.Errorf("%d rows of %q, %v", at, text.String(), err)
		}
	})
}
