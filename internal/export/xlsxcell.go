package export

import (
	"regexp"
	"strconv"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/hanzi"

	"github.com/xuri/excelize/v2"
)

// looks are the styles of the workbook by name.
var looks = map[string]*excelize.Style{
	"title":      {Font: &excelize.Font{Bold: true, Size: 14}},
	"mute":       {Font: &excelize.Font{Color: "5A626C"}},
	"link":       {Font: &excelize.Font{Color: "0F665A", Underline: "single"}},
	"wrap":       {Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}},
	"head":       {Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E6F1EF"}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "bottom"}},
	"headNumber": {Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E6F1EF"}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "bottom", Horizontal: "right"}},
	"input":      {Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF6DC"}}, Alignment: &excelize.Alignment{Horizontal: "right"}},
	"absent":     {Font: &excelize.Font{Color: "5A626C"}, Alignment: &excelize.Alignment{Horizontal: "right"}},
	"withheld":   {Font: &excelize.Font{Color: "5A626C", Italic: false}, Fill: excelize.Fill{Type: "pattern", Pattern: 14, Color: []string{"B8BEC4"}}, Alignment: &excelize.Alignment{Horizontal: "right"}},
}

// style makes a style once; format is the number format, "" = none.
func (w *workbook) style(look, format string) int {
	key := look + "\x00" + format
	if id, ok := w.styles[key]; ok {
		return id
	}
	var s excelize.Style
	if base := looks[look]; base != nil {
		s = *base
	}
	if format != "" {
		s.CustomNumFmt = &format
	}
	id, err := w.NewStyle(&s)
	w.do(err)
	w.styles[key] = id
	return id
}

// text writes words. They are stored as a string, so that nothing in them runs.
func (w *workbook) text(sheet string, col, row int, s, look string) {
	at := w.at(col, row)
	if s == "" || at == "" {
		return
	}
	w.do(w.SetCellStr(sheet, at, cut(s)))
	if look != "" {
		w.do(w.SetCellStyle(sheet, at, at, w.style(look, "")))
	}
}

// cut keeps a text within what a cell may hold.
func cut(s string) string {
	if r := []rune(s); len(r) > excelize.TotalCellChars {
		return string(r[:excelize.TotalCellChars])
	}
	return s
}

func (w *workbook) at(col, row int) string {
	at, err := excelize.CoordinatesToCellName(col, row)
	w.do(err)
	return at
}

// shown is a printed number: sign, figures, unit.
var shown = regexp.MustCompile(`^(-?)(\d[\d,]*)(?:\.(\d+))?([^\d\s.,–≥≤><"]{0,12})$`)

// value writes a printed number as a number that prints the same, and anything
// else as words: 「—」, 「样本不足(n<5)」, 「未达到」.
func (w *workbook) value(sheet string, col, row int, s string) {
	m := shown.FindStringSubmatch(s)
	if m == nil {
		look := "absent"
		if strings.HasPrefix(s, "样本不足") {
			look = "withheld"
		}
		w.text(sheet, col, row, s, look)
		return
	}
	x, format := read(m)
	at := w.at(col, row)
	w.do(w.SetCellFloat(sheet, at, x, -1, 64))
	w.do(w.SetCellStyle(sheet, at, at, w.style("", format)))
}

// read gives the number of a match and the format that prints it again.
func read(m []string) (x float64, format string) {
	digits := m[1] + strings.ReplaceAll(m[2], ",", "") + "." + m[3]
	format = "#,##0"
	if m[3] != "" {
		format += "." + strings.Repeat("0", len(m[3]))
	}
	switch m[4] {
	case "":
	case "%":
		digits += "e-2" // the reader rounds once, where a division would round again
		format += "%"
	default:
		format += `"` + m[4] + `"`
	}
	x, _ = strconv.ParseFloat(digits, 64)
	return x, format
}

// typed writes a cell of a table for machines.
func (w *workbook) typed(sheet string, col, row int, s string, k kind) {
	x, err := strconv.ParseFloat(s, 64)
	switch {
	case (k == amount || k == count) && err == nil:
		w.do(w.SetCellFloat(sheet, w.at(col, row), x, -1, 64))
	case k == truth && s != "":
		w.do(w.SetCellBool(sheet, w.at(col, row), s == "true"))
	default:
		w.text(sheet, col, row, s, "")
	}
}

// link writes a link to a sheet of the book.
func (w *workbook) link(sheet string, col, row int, to, label string) {
	at := w.at(col, row)
	w.text(sheet, col, row, label, "link")
	w.do(w.SetCellHyperLink(sheet, at, "'"+to+"'!A1", "Location"))
}

func (w *workbook) freeze(sheet string, rows, cols int) {
	corner := w.at(cols+1, rows+1)
	w.do(w.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: cols, YSplit: rows, TopLeftCell: corner, ActivePane: "bottomRight"}))
}

// fit makes columns as wide as their words, within reason.
func (w *workbook) fit(sheet string, t chart.DataTable) {
	for i, c := range t.Columns {
		widest := min(width(c.Title), 18)
		for _, row := range t.Rows {
			widest = max(widest, width(row[i]))
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		w.do(err)
		w.do(w.SetColWidth(sheet, name, name, float64(min(max(widest+2, 10), 44))))
	}
}

// width is a text's width in a cell: Han characters take two places.
func width(s string) (n int) {
	for _, r := range s {
		if n++; hanzi.IsCJK(r) {
			n++
		}
	}
	return n
}
