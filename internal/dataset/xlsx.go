package dataset

import (
	"fmt"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"

	"benchbook/internal/diag"
)

// maxUnzipped is how large a workbook may become when unpacked.
const maxUnzipped = 2 << 30

// maxCell is the longest cell in bytes; spreadsheet programs keep 32,767 characters.
const maxCell = 1 << 20

// maxShared is how large the table of its texts may be, which is held in memory.
const maxShared = 256 << 20

func isXLSX(head []byte, ext string, names []string) bool {
	return slices.Contains(names, "xl/workbook.xml") || names != nil && (ext == "xlsx" || ext == "xlsm")
}

// workbook streams one sheet. The library can give a cell as stored (12.5 % is
// 0.125, a date a serial number) or as shown (digits may be lost), but not its
// number format along with it. So the sheet is read by two cursors in step, and
// cellText makes one exact text of both.
type workbook struct {
	file          *excelize.File
	stored, shown *excelize.Rows
	sheet         string
	date1904      bool
	line          int
	below         map[int]map[int]string // by row and column: the merged cell that covers it
	first         map[string]string      // what those cells say, once they were read
	list          *limited
	name          string // of the file
	problem       error
	rec           record
}

// openXLSX opens the sheet that is named, or else the first visible one that
// looks like a table: two columns and two rows at least.
func openXLSX(in *input, opts Options) (recs records, err error) {
	defer func() {
		if r := recover(); r != nil { // the library may stumble over a hostile workbook
			recs, err = nil, in.refuse(diag.T("工作簿已损坏", "the workbook is damaged"), diag.T("错误：%v", "problem: %v", r))
		}
	}()
	r, err := in.open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", in.file, err)
	}
	defer r.Close()
	book, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: maxUnzipped})
	if err != nil {
		return nil, in.refuse(diag.T("无法作为工作簿打开", "it does not open as a workbook"),
			diag.T("在表格软件里打开并另存为 .xlsx（错误：%v）", "open it in a spreadsheet program and save it as .xlsx (problem: %v)", err))
	}
	w := &workbook{file: book, list: in.list, name: in.file}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		w.date1904 = *props.Date1904
	}
	sheet, err := in.chooseSheet(book, opts.Sheet)
	if err == nil {
		err = w.start(sheet)
	}
	if err != nil {
		book.Close()
		return nil, err
	}
	in.settings.Sheet = sheet
	if in.unpacked > 0 && in.unpacked <= maxMergeSize {
		w.readMerged()
		if len(w.below) > 0 {
			in.because("纵向合并的单元格：下面各行取第一格的内容", "cells merged downwards: the rows below take the content of the first")
		}
	}
	return w, nil
}

func (in *input) chooseSheet(book *excelize.File, wanted string) (string, error) {
	sheets := book.GetSheetList()
	if wanted != "" {
		if slices.Contains(sheets, wanted) {
			return wanted, nil
		}
		hint := diag.DidYouMean(wanted, sheets)
		if hint.IsZero() {
			hint = diag.T("现有的工作表：%q", "the sheets are: %q", sheets)
		}
		return "", in.refuse(diag.T("没有工作表 %q", "there is no sheet %q", wanted), hint)
	}
	fallback := ""
	for _, name := range sheets {
		if visible, err := book.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		rows, columns := sheetSize(book, name)
		if rows >= 2 && columns >= 2 {
			if len(sheets) > 1 {
				in.because("工作簿有 %d 张表，读取第一张像表格的 %q", "of %d sheets, %q is the first that looks like a table", len(sheets), name)
			}
			return name, nil
		}
		if fallback == "" && rows > 0 {
			fallback = name
		}
	}
	if fallback == "" {
		return "", in.refuse(diag.T("工作簿里没有可用的工作表", "the workbook has no usable sheet"), diag.Text{})
	}
	return fallback, nil
}

// sheetSize measures the top of a sheet.
func sheetSize(book *excelize.File, sheet string) (rows, columns int) {
	cursor, err := book.Rows(sheet)
	if err != nil {
		return 0, 0
	}
	defer cursor.Close()
	for n := 0; n < headerSample && cursor.Next(); n++ {
		values, err := cursor.Columns()
		if err != nil {
			break
		}
		if filled := countFilled(values); filled > 0 {
			rows, columns = rows+1, max(columns, filled)
		}
	}
	return rows, columns
}

func (w *workbook) start(sheet string) (err error) {
	w.sheet = sheet
	if w.stored, err = w.file.Rows(sheet); err != nil {
		return fmt.Errorf("read sheet %s: %w", sheet, err)
	}
	w.shown, err = w.file.Rows(sheet)
	return err
}

// Merged cells are only known once the whole sheet was read; beyond this size of
// the unpacked file they stay blank, as they are stored. Also bounded is how many are filled.
const (
	maxMergeSize  = 64 << 20
	maxMergeCells = 100000
)

// readMerged notes what stands in the rows below a cell that is merged downwards.
func (w *workbook) readMerged() {
	merged, err := w.file.GetMergeCells(w.sheet)
	if err != nil {
		return
	}
	filled := 0
	for _, m := range merged {
		left, top, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		right, bottom, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err1 != nil || err2 != nil || bottom == top || right != left {
			continue
		}
		for row := top + 1; row <= bottom && filled < maxMergeCells; row++ {
			if w.below == nil {
				w.below = map[int]map[int]string{}
			}
			if w.below[row] == nil {
				w.below[row] = map[int]string{}
			}
			w.below[row][left-1] = m.GetStartAxis()
			filled++
		}
	}
	w.first = map[string]string{}
}

func (w *workbook) err() error {
	if w.problem == io.EOF {
		return nil
	}
	return w.problem
}

func (w *workbook) close() error {
	w.stored.Close()
	w.shown.Close()
	return w.file.Close() // removes the temporary files of large sheets
}

func (w *workbook) next() (rec *record, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			w.problem = fmt.Errorf("%w: sheet %s, after row %d (%v)", ErrDamaged, w.sheet, w.line, r)
			rec, ok = nil, false
		}
	}()
	if w.problem != nil || !w.stored.Next() || !w.shown.Next() {
		return nil, false
	}
	w.line++
	stored, err := w.stored.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		w.problem = fmt.Errorf("%w: sheet %s, row %d: %w", ErrDamaged, w.sheet, w.line, err)
		return nil, false
	}
	shown, err := w.shown.Columns(excelize.Options{RawCellValue: false})
	if err != nil {
		shown = stored
	}
	w.rec = record{line: w.line, sheet: w.sheet, values: w.rec.values[:0]}
	for i, raw := range stored {
		if len(raw) > maxCell {
			w.problem = io.EOF
			w.list.Add(diag.Diagnostic{Code: "dataset.too_long", Pos: diag.Pos{File: w.name, Cell: w.sheet + "!" + cellName(i, w.line)},
				Message: diag.T("这一格有 %d MB，停止读取", "this cell has %d MB; reading stopped", len(raw)>>20)})
			return nil, false
		}
		formatted := raw
		if i < len(shown) {
			formatted = shown[i]
		}
		w.rec.values = append(w.rec.values, cellText(raw, formatted, w.date1904))
	}
	w.fillMerged()
	return &w.rec, true
}

// fillMerged puts into a row what a cell above it, merged downwards, says.
func (w *workbook) fillMerged() {
	if w.first == nil {
		return
	}
	for col, axis := range w.below[w.line] {
		for len(w.rec.values) <= col {
			w.rec.values = append(w.rec.values, "")
		}
		if w.rec.values[col] == "" {
			w.rec.values[col] = w.first[axis]
		}
	}
	for col, text := range w.rec.values {
		if w.below[w.line+1][col] == cellName(col, w.line) {
			w.first[cellName(col, w.line)] = text
		}
	}
}
