package export

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"benchbook/internal/browsertest"
	"benchbook/internal/diag"
	"benchbook/internal/page"
	"benchbook/internal/plan"
	"benchbook/internal/site"
)

// reckoned is a reckoning with what the page shows of it.
type reckoned struct {
	view  plan.View
	sheet *plan.Sheet
}

func forecastOf(t *testing.T, text string) reckoned {
	t.Helper()
	var l diag.List
	f, ok := plan.LoadForecast("x", "x.toml", []byte(text), &l)
	if !ok {
		t.Fatal(text, l.Sorted())
	}
	table := f.Reckon()
	sheet, _ := table.Sheet()
	return reckoned{table.View(), sheet}
}

func paybackOf(t *testing.T, text string) reckoned {
	t.Helper()
	var l diag.List
	p, ok := plan.LoadPayback("x", "x.toml", []byte(text), &l)
	if !ok {
		t.Fatal(text, l.Sorted())
	}
	r := p.Reckon()
	sheet, _ := r.Sheet()
	return reckoned{r.View(), sheet}
}

// LibreOffice recalculates every formula, and every cell of the table comes to the
// text of the page, to the last digit: the sample's own tables, edge cases, and
// random ones of both kinds.
func TestSpreadsheetsRecalculatedByLibreOfficeEqualThePage(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		browsertest.Missing(t, "soffice is not installed")
	}
	cases := map[string]reckoned{}
	for kind, load := range map[string]func(*testing.T, string) reckoned{"forecasts": forecastOf, "paybacks": paybackOf} {
		files, _ := filepath.Glob(filepath.Join("..", "..", "data", kind, "*.toml"))
		if len(files) == 0 {
			t.Errorf("the sample has no %s", kind)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			cases[kind+"-"+strings.TrimSuffix(filepath.Base(file), ".toml")] = load(t, string(src))
		}
	}
	for name, text := range edges {
		cases["edge-"+name] = forecastOf(t, text)
	}
	r := rand.New(rand.NewPCG(11, 3))
	for i := range 40 {
		cases[fmt.Sprintf("random-%02d", i)] = forecastOf(t, randomForecast(r))
		cases[fmt.Sprintf("ledger-%02d", i)] = paybackOf(t, randomLedger(r))
	}
	refused := 0
	for name, c := range cases {
		if c.sheet == nil { // too large to be exact, and so not offered
			delete(cases, name)
			refused++
			if !strings.HasPrefix(name, "random-") {
				t.Errorf("%s has no sheet", name)
			}
		}
	}
	if refused > 10 {
		t.Errorf("%d of 40 random tables have no sheet", refused)
	}
	recalculated := recalculate(t, office, cases)
	for name, c := range cases {
		compareCells(t, name, c, recalculated[name])
	}
}

var edges = map[string]string{
	"exactly eighty": "floor = 80\nbasis = \"monthly\"\nmonth = [{month = \"2026-01\", committed = 12345, rate = 100, delivered = 12345, achieved = 9876},{month = \"2026-02\", committed = 12345, rate = 100, delivered = 12345, achieved = 9875}]",
	"nothing known":  "floor = 80\nbasis = \"cumulative\"\nmonth = [{month = \"2026-01\", committed = 100, rate = 12},{month = \"2026-02\", committed = 100, rate = 12, delivered = 90}]",
	"zeros":          "floor = 80\nbasis = \"cumulative\"\nmonth = [{month = \"2026-01\", committed = 0, rate = 12, delivered = 0, achieved = 0},{month = \"2026-02\", committed = 100, rate = 0, delivered = 0, achieved = 3}]",
	"one third":      "floor = 66.67\nbasis = \"cumulative\"\nmonth = [{month = \"2026-01\", committed = 3333, rate = 33.33, delivered = 1111, achieved = 370},{month = \"2026-02\", committed = 3333, rates = [33.33, 50], delivered = 5000, achieved = 371}]",
	"cost":           "floor = 80\nbetter = \"lower\"\ndecimals = 2\nbasis = \"monthly\"\nmonth = [{month = \"2026-01\", committed = 3000, target = 8, delivered = 2400, achieved = 12.5},{month = \"2026-02\", committed = 3000, target = 8, delivered = 2400, achieved = 12.51},{month = \"2026-03\", committed = 3000, target = 8.35, delivered = 0, achieved = 1}]",
	"bonus":          "floor = 80\nbasis = \"monthly\"\ncap = 5000\ntier = [{over = 4000, per = 6},{over = 4500, per = 8.35}]\nmonth = [{month = \"2026-01\", committed = 30000, rate = 12, delivered = 30000, achieved = 4501},{month = \"2026-02\", committed = 30000, rate = 12, delivered = 30000, achieved = 9000},{month = \"2026-03\", committed = 30000, rate = 12, delivered = 30000, achieved = 4000}]",
	"sums":           "floor = 85\nbasis = \"cumulative\"\ndecimals = 2\nmonth = [{month = \"2026-01\", committed = 7, target = 1000.05, delivered = 5, achieved = 700.01},{month = \"2026-02\", committed = 11, target = 999.99, delivered = 11, achieved = 850}]",
}

func randomForecast(r *rand.Rand) string {
	var b strings.Builder
	decimals, lower, rated := r.IntN(3), r.IntN(4) == 0, r.IntN(2) == 0
	basis := []string{"monthly", "cumulative"}[r.IntN(2)]
	if lower {
		rated, basis = false, "monthly"
		b.WriteString("better = \"lower\"\n")
	}
	if rated {
		decimals = 0
	}
	fmt.Fprintf(&b, "floor = %d\nbasis = %q\ndecimals = %d\n", 1+r.IntN(100), basis, decimals)
	number := func(most int) string {
		return fmt.Sprintf("%.*f", decimals, float64(r.IntN(most))/[]float64{1, 10, 100}[decimals])
	}
	if !lower && r.IntN(2) == 0 {
		fmt.Fprintf(&b, "tier = [{over = %d, per = %.2f}]\n", r.IntN(3000), float64(r.IntN(900))/100)
	}
	for m := range 1 + r.IntN(9) {
		fmt.Fprintf(&b, "[[month]]\nmonth = \"2026-%02d\"\ncommitted = %d\n", m+1, r.IntN(60000)*r.IntN(2)+r.IntN(300))
		if rated {
			fmt.Fprintf(&b, "rate = %.2f\n", float64(r.IntN(4000))/100)
		} else {
			fmt.Fprintf(&b, "target = %s\n", number(500000))
		}
		if r.IntN(6) > 0 {
			fmt.Fprintf(&b, "delivered = %d\nachieved = %s\n", r.IntN(60000), number(500000))
		}
	}
	return b.String()
}

func randomLedger(r *rand.Rand) string {
	b := strings.Builder{}
	b.WriteString("decimals = 2\n")
	for m := range 2 + r.IntN(14) {
		spent := r.IntN(3000000)
		if m == 0 {
			spent *= 3
		}
		fmt.Fprintf(&b, "[[month]]\nearned = %.2f\nspent = %.2f\n", float64(r.IntN(4500000))/100, float64(spent)/100)
	}
	return b.String()
}

// recalculate has all workbooks converted to CSV as they are shown.
func recalculate(t *testing.T, office string, cases map[string]reckoned) map[string][][]string {
	t.Helper()
	dir := t.TempDir()
	s := Site{Composition: &page.Composition{Input: page.Input{Settings: site.Settings{Date: "2026-01-01"}}}}
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")), "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "--outdir", filepath.Join(dir, "csv")}
	for name, c := range cases {
		file := filepath.Join(dir, name+".xlsx")
		book, err := s.PlanBook(c.sheet)
		if err == nil {
			err = os.WriteFile(file, book, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	cmd := exec.CommandContext(t.Context(), office, args...)
	cmd.WaitDelay = 10 * time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got := map[string][][]string{}
	for name := range cases {
		f, err := os.Open(filepath.Join(dir, "csv", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(f)
		r.FieldsPerRecord = -1
		if got[name], err = r.ReadAll(); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	return got
}

func compareCells(t *testing.T, name string, c reckoned, rows [][]string) {
	t.Helper()
	inputs := map[int]bool{}
	for _, cell := range c.sheet.Cells {
		if cell.Input {
			inputs[(cell.Row-1)*100+cell.Col-1] = true
		}
	}
	for i, want := range c.view.Rows {
		at := c.sheet.First + i
		if at >= len(rows) {
			t.Errorf("%s: the sheet has no row for %q", name, want[0])
			return
		}
		for j, text := range want {
			got := strings.TrimSpace(rows[at][j])
			if got == "" && text == "—" && inputs[at*100+j] {
				continue // nothing is known yet: a cell to be filled in
			}
			if got != text {
				t.Errorf("%s, %s, %s: the spreadsheet comes to %q, the page says %q", name, want[0], c.view.Columns[j].Title, got, text)
			}
		}
	}
}
