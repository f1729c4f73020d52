package export

import (
	"cmp"

	"benchbook/internal/plan"

	"github.com/xuri/excelize/v2"
)

// planSheet is the name of the one sheet of a reckoning.
const planSheet = "测算"

// PlanBook is a reckoning (a forecast, a payback) as a workbook of one sheet with
// live formulas. Formulas carry no stored result: whoever opens it reckons anew.
func (s Site) PlanBook(sheet *plan.Sheet) ([]byte, error) {
	w := &workbook{File: excelize.NewFile(), styles: map[string]int{}}
	w.do(w.SetSheetName("Sheet1", planSheet))
	for _, c := range sheet.Cells {
		w.planCell(c)
	}
	for i, width := range sheet.Widths {
		w.do(w.SetColWidth(planSheet, letter(i+1), letter(i+1), width))
	}
	w.do(w.SetColWidth(planSheet, "B", "Z", 13))
	w.freeze(planSheet, sheet.First, 1)
	full := true
	w.do(w.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &full}))
	return w.bytes(s)
}

func letter(col int) string { return string(rune('A' + col - 1)) }

func (w *workbook) planCell(c plan.SheetCell) {
	at := w.at(c.Col, c.Row)
	if at == "" {
		return
	}
	look := ""
	switch {
	case c.Head && c.Row == 1:
		look = "title"
	case c.Head:
		look = "head"
	case c.Input:
		look = "input"
	case c.Helper:
		look = "mute"
	}
	switch {
	case c.Formula != "":
		w.do(w.SetCellFormula(planSheet, at, c.Formula))
	case c.Number != nil:
		x, _ := c.Number.Float64()
		w.do(w.SetCellFloat(planSheet, at, x, -1, 64))
	case c.Text != "":
		w.text(planSheet, c.Col, c.Row, c.Text, look)
		return
	}
	w.do(w.SetCellStyle(planSheet, at, at, w.style(look, cmp.Or(c.Format, "General"))))
}
