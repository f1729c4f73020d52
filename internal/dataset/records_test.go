package dataset

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"benchbook/internal/diag"
)

// wholeTable reads a file whole, header first, cells joined by "|".
func wholeTable(t *testing.T, disk string) (rows []string, l *diag.List) {
	t.Helper()
	l = &diag.List{}
	r, err := Open(filepath.Base(disk), disk, Options{}, l)
	if err != nil {
		return nil, l
	}
	defer r.Close()
	rows = append(rows, strings.Join(r.Header(), "|"))
	for row, ok := r.Next(); ok; row, ok = r.Next() {
		rows = append(rows, strings.Join(row.Values, "|"))
	}
	if r.Err() != nil {
		rows = append(rows, "error: "+r.Err().Error())
	}
	return rows, l
}

func TestJSONRecords(t *testing.T) {
	want := "a|b/c|d\n1|x|\n2.50||\"p, q\",r\n\n||true"
	for name, src := range map[string]string{
		"array":   `[{"a":1,"b":{"c":"x"}},{"a":2.50,"d":["p, q","r"]},{"d":true,"a":null}]`,
		"wrapped": "\ufeff" + `{"total":3,"count":3,"data":[{"a":1,"b":{"c":"x"}},{"a":2.50,"d":["p, q","r"]},{"d":true}],"next":9}`,
		"lines":   "{\"a\":1,\"b\":{\"c\":\"x\"}}\n{\"a\":2.50,\"d\":[\"p, q\",\"r\"]}\n\n{\"d\":true}\n",
	} {
		disk := filepath.Join(t.TempDir(), "a.json")
		if err := os.WriteFile(disk, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, l := wholeTable(t, disk); strings.Join(got, "\n") != want || l.HasErrors() {
			t.Errorf("%s: %q, want %q", name, strings.Join(got, "\n"), want)
		}
	}
	for _, src := range []string{`[1,2]`, `{`, `[{"a":`, strings.Repeat(`{"a":`, 50) + "1" + strings.Repeat("}", 50)} {
		disk := filepath.Join(t.TempDir(), "a.json")
		if err := os.WriteFile(disk, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, l := wholeTable(t, disk); !l.HasErrors() {
			t.Errorf("%s reads as %q", src, got)
		}
	}
}

func TestParquet(t *testing.T) {
	type row struct {
		Shop  string    `parquet:"shop"`
		N     int64     `parquet:"n"`
		Share *float64  `parquet:"share,optional"`
		Day   int32     `parquet:"day,date"`
		At    time.Time `parquet:"at,timestamp"`
		Tags  []string  `parquet:"tags,list"`
		OK    bool      `parquet:"ok"`
		Price int64     `parquet:"price,decimal(2:10)"`
	}
	disk := filepath.Join(t.TempDir(), "a.parquet")
	share := 0.125
	rows := []row{{"甲", 1, &share, 20000, time.Date(2026, 3, 1, 9, 5, 0, 0, time.UTC), []string{"a, b", "c"}, true, 1990}, {"乙", -2, nil, 0, time.Unix(0, 0), nil, false, -5}}
	if err := parquet.WriteFile(disk, rows); err != nil {
		t.Fatal(err)
	}
	got, l := wholeTable(t, disk)
	want := "shop|n|share|day|at|tags|ok|price\n甲|1|0.125|2024-10-04|2026-03-01 09:05:00|\"a, b\",c\n|true|19.90\n乙|-2||1970-01-01|1970-01-01 00:00:00||false|-0.05"
	if strings.Join(got, "\n") != want || l.HasErrors() {
		t.Errorf("%q\nwant %q", strings.Join(got, "\n"), want)
	}
	whole, err := os.ReadFile(disk)
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range []int{4, 20, len(whole) / 2, len(whole) - 9} {
		if err := os.WriteFile(disk, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if got, l := wholeTable(t, disk); !l.HasErrors() {
			t.Errorf("cut at %d: %q", cut, got)
		}
	}
}
