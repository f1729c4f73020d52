package export_test

import (
	"bytes"
	"strings"
	"testing"

	"benchbook/internal/export"

	"github.com/xuri/excelize/v2"
)

func workbook(t *testing.T, s export.Site) *excelize.File {
	t.Helper()
	files, err := export.Workbook(s)
	if err != nil {
		t.Fatal(err)
	}
	w, err := excelize.OpenReader(bytes.NewReader(files[0].Bytes))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

// TestWorkbookShowsWhatThePagesShow: each figure's sheet prints, cell by cell,
// the strings of the figure's table on the page, though numbers are numbers.
func TestWorkbookShowsWhatThePagesShow(t *testing.T) {
	s := sample(t)
	w := workbook(t, s)
	sheets := w.GetSheetList()
	if len(s.Shown) == 0 || sheets[0] != "目录" {
		t.Fatal(sheets)
	}
	numbers := 0
	for i, f := range s.Shown {
		rows, err := w.GetRows(sheets[2+i])
		if err != nil {
			t.Fatal(err)
		}
		data := f.Data()
		for r, want := range data.Rows {
			for c, text := range want {
				got := ""
				if row := rows[4+r]; c < len(row) {
					got = row[c]
				}
				if got != text {
					t.Errorf("%s: row %d column %d prints %q, the page %q", sheets[2+i], r, c, got, text)
				}
				at, _ := excelize.CoordinatesToCellName(c+1, 5+r)
				if kind, _ := w.GetCellType(sheets[2+i], at); c > 0 && (kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset) {
					numbers++
				}
			}
		}
		panes, err := w.GetPanes(sheets[2+i])
		if err != nil || !panes.Freeze || panes.YSplit != 4 {
			t.Errorf("%s: the head is not frozen", sheets[2+i])
		}
		sheet := strings.Join(flat(rows), "\n")
		for _, want := range append([]string{f.Spec.Base, f.Spec.Source, f.Spec.Finding}, f.Spec.Notes...) {
			if !strings.Contains(sheet, want) {
				t.Errorf("%s does not say %q", sheets[2+i], want)
			}
		}
	}
	if numbers < 100 {
		t.Errorf("only %d cells are numbers", numbers)
	}
}

func flat(rows [][]string) (out []string) {
	for _, r := range rows {
		out = append(out, r...)
	}
	return out
}

// TestWorkbookRunsNothing: no cell of any sheet is a formula, whatever its words.
func TestWorkbookRunsNothing(t *testing.T) {
	w := workbook(t, hostile(t))
	found := false
	for _, sheet := range w.GetSheetList() {
		rows, err := w.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, text := range row {
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if formula, err := w.GetCellFormula(sheet, at); err != nil || formula != "" {
					t.Errorf("%s!%s runs %q (%v)", sheet, at, formula, err)
				}
				found = found || strings.HasPrefix(text, "=HYPERLINK")
			}
		}
	}
	if !found {
		t.Error("the payload is in no cell: the test proves nothing")
	}
}
