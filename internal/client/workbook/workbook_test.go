package workbook

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"benchbook/internal/client"
	"benchbook/internal/diag"
	"benchbook/internal/schema"

	"github.com/xuri/excelize/v2"
)

const dictionary = "period = \"day\"\n[[resource]]\npath = \"rows.csv\"\n[[field]]\nname = \"day\"\ntype = \"date\"\n[[field]]\nname = \"exposed\"\ntype = \"integer\"\n" +
	"[[field]]\nname = \"added\"\ntype = \"integer\"\n[[field]]\nname = \"friends\"\ntype = \"integer\"\nmeasure = \"stock\"\n[[field]]\nname = \"pleased\"\ntype = \"number\"\nmeasure = \"ratio\"\n" +
	"[[field]]\nname = \"cost\"\ntype = \"number\"\n"

const kpis = "[[kpi]]\nid = \"added\"\ntitle = \"=HYPERLINK(1)\"\nunit = \"人\"\nfield = \"added\"\ntraffic = \"exposed\"\nlines = { pass = 900, good = 1200, over = 1500 }\n" +
	"[[kpi.month]]\nmonth = \"2026-05\"\ncommitted = 9000\nrate = 12.5\n[[kpi.month]]\nmonth = \"2026-06\"\ncommitted = 9300\nrate = 13\n" +
	"[[kpi]]\nid = \"rate\"\nunit = \"%\"\nnumerator = \"added\"\ndenominator = \"exposed\"\ntarget = 12.5\nlines = { pass = 5, pass_to = 11, good = 12, over = 25 }\n" +
	"[[kpi]]\nid = \"cost\"\nunit = \"元\"\nnumerator = \"cost\"\ndenominator = \"added\"\nbetter = \"lower\"\ntarget = 8\nlines = { pass = 10, good = 6 }\n" +
	"[[kpi]]\nid = \"friends\"\nfield = \"friends\"\n[[kpi]]\nid = \"pleased\"\nunit = \"%\"\nfield = \"pleased\"\nover = \"added\"\n"

// scored makes the card of a generated client.
func scored(t testing.TB, basis string, cadence client.Cadence, asOf string, seed int) (*client.Card, *client.Ledger) {
	t.Helper()
	dir := t.TempDir()
	var l diag.List
	d, ok := schema.Load("data/clients/a/dataset.toml", []byte(dictionary), &l)
	c, loaded := client.Load("data/clients/a/client.toml", []byte("name = \"甲\"\n[contract]\nbasis = \""+basis+"\"\n"+kpis), d, &client.Trade{}, &l)
	if !ok || !loaded {
		t.Fatal(l.Sorted())
	}
	var rows strings.Builder
	rows.WriteString("day,exposed,added,friends,pleased,cost\n")
	first, _ := client.ParseDay("2026-03-01")
	for i := range 130 {
		for shop := range 2 {
			added := 10 + (i*7+shop*3+seed*11)%25
			fmt.Fprintf(&rows, "%s,%d,%d,%d,%.4f,%.2f\n", first+client.Day(i), 120+(i*13+seed)%60, added, 100+i*20+shop, 0.5+float64((i+seed)%40)/100, float64(added)*7.35+float64(i%9))
		}
	}
	file := filepath.Join(dir, "data", "clients", "a", "rows.csv")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(rows.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	g, ok, err := client.ReadLedger(dir, c, &l)
	if err != nil || !ok {
		t.Fatal(err, l.Sorted())
	}
	day, _ := client.ParseDay(asOf)
	return g.Score(c, cadence, day, nil), g
}

// TestFormulasGiveTheCard computes every formula with the library's own engine,
// which shares nothing with ours, and holds it against what is stored beside it.
func TestFormulasGiveTheCard(t *testing.T) {
	for seed := range 4 {
		for _, basis := range []string{"monthly", "cumulative"} {
			for _, cadence := range []client.Cadence{client.Weekly, client.Monthly, client.Quarterly} {
				t.Run(fmt.Sprintf("%d-%s-%s", seed, basis, cadence), func(t *testing.T) {
					card, ledger := scored(t, basis, cadence, "2026-07-05", seed)
					data, err := Make(card, ledger)
					if err != nil {
						t.Fatal(err)
					}
					again, err := Make(card, ledger)
					if err != nil || !bytes.Equal(data, again) {
						t.Error("two workbooks of one card differ", err)
					}
					if n := compareAll(t, data); n < 40 {
						t.Errorf("only %d formulas", n)
					}
				})
			}
		}
	}
}

func compareAll(t *testing.T, data []byte) (formulas int) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c := range row {
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				formula, _ := f.GetCellFormula(sheet, at)
				if formula == "" {
					continue
				}
				formulas++
				stored, _ := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
				got, err := f.CalcCellValue(sheet, at, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Errorf("%s!%s %s: %v", sheet, at, formula, err)
				} else if stored != "" && !alike(got, stored) {
					t.Errorf("%s!%s %s gives %s, stored is %s", sheet, at, formula, got, stored)
				}
			}
		}
	}
	return formulas
}

func alike(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		return a == b
	}
	return math.Abs(x-y) <= 1e-9*math.Max(1, math.Abs(y))
}

// TestAChangedDayChangesTheVerdict: the formulas are live.
func TestAChangedDayChangesTheVerdict(t *testing.T) {
	card, ledger := scored(t, "monthly", client.Monthly, "2026-07-05", 0)
	data, err := Make(card, ledger)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	before, err := f.CalcCellValue(cardSheet, "J12")
	if err != nil || before == "" {
		t.Fatal(before, err)
	}
	rows, _ := f.GetRows(daySheet)
	for r, row := range rows { // nobody was added in June
		if strings.HasPrefix(row[0], "2026-06") {
			for c, title := range rows[0] {
				if title == "added" {
					at, _ := excelize.CoordinatesToCellName(c+1, r+1)
					if err := f.SetCellInt(daySheet, at, 0); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	if after, err := f.CalcCellValue(cardSheet, "J12"); err != nil || after != "未达下限" || after == before {
		t.Errorf("%s becomes %s %v", before, after, err)
	}
	if kind, _ := f.GetCellType(cardSheet, "A12"); kind == excelize.CellTypeFormula {
		t.Error("a title runs")
	}
}

func BenchmarkMake(b *testing.B) {
	card, ledger := scored(b, "monthly", client.Monthly, "2026-07-05", 0)
	for b.Loop() {
		if _, err := Make(card, ledger); err != nil {
			b.Fatal(err)
		}
	}
}
