package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"

	"benchbook/internal/page"

	"github.com/xuri/excelize/v2"
)

// Names of the sheets that are no figures.
const (
	indexSheet = "目录"
	notesSheet = "说明"
)

// mostRows is how long a sheet of everything may be: far less than a sheet holds,
// since beyond that nobody reads it and every build would wait for it.
const mostRows = 50_000

// headRow is the row of a figure's sheet that has the column titles: above it
// number with finding, and what is measured.
const headRow = 4

// workbook is a workbook being written. The first error ends it; later calls do nothing.
type workbook struct {
	*excelize.File
	err    error
	styles map[string]int
	listed []string // sheets of everything that are there
	single bool     // the book of one figure, without a table of contents
}

// Workbook has a sheet a figure or table of the pages, with its notes, bases and
// sources; a table of contents; every released cell in one long sheet; and the
// data dictionary. Numbers are numbers, printed as on the pages. Texts are
// stored as texts, which no spreadsheet runs.
func Workbook(s Site) ([]File, error) {
	w := &workbook{File: excelize.NewFile(), styles: map[string]int{}}
	w.do(w.SetSheetName("Sheet1", indexSheet))
	w.newSheet(notesSheet)
	names := sheetNames(s.Shown)
	for i, f := range s.Shown {
		w.figure(names[i], f)
	}
	for _, t := range []table{s.cells(), s.indicators(), s.fields()} {
		if len(t.rows) <= mostRows { // the data package has them all
			w.long(t)
			w.listed = append(w.listed, t.title)
		}
	}
	w.index(s, names)
	w.notes(s)
	w.describe(s)
	packed, err := w.bytes(s)
	return []File{{s.report() + ".xlsx", packed}}, err
}

func (w *workbook) do(err error) { w.err = errors.Join(w.err, err) }

func (w *workbook) newSheet(name string) {
	_, err := w.NewSheet(name)
	w.do(err)
}

// sheetNames are the figures' numbers as names of sheets: 31 characters at most,
// without the marks that Excel forbids, none twice.
func sheetNames(figures []*page.Bound) []string {
	taken := map[string]bool{indexSheet: true, notesSheet: true}
	names := make([]string, len(figures))
	for i, f := range figures {
		base := []rune(strings.Map(func(r rune) rune {
			if r == ' ' || strings.ContainsRune(`[]:*?/\'`, r) {
				return -1
			}
			return r
		}, f.Spec.Number))
		name := string(base[:min(len(base), 31)])
		for n := 2; name == "" || taken[strings.ToLower(name)]; n++ {
			suffix := "-" + decimal(float64(n), true)
			name = string(base[:min(len(base), 31-len(suffix))]) + suffix
		}
		taken[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}

// figure writes one figure's sheet.
func (w *workbook) figure(sheet string, f *page.Bound) {
	if !w.single {
		w.newSheet(sheet)
	}
	title := strings.TrimSpace(f.Spec.Number + " " + f.Spec.Finding)
	if f.Spec.Sample {
		title += "（示例数据）"
	}
	w.text(sheet, 1, 1, title, "title")
	w.text(sheet, 1, 2, f.Spec.Subtitle, "mute")
	t := f.Data()
	for i, c := range t.Columns {
		style := "head"
		if c.Numeric {
			style = "headNumber"
		}
		w.text(sheet, i+1, headRow, c.Title, style)
	}
	for r, row := range t.Rows {
		for i, cell := range row {
			if i > 0 && t.Columns[i].Numeric {
				w.value(sheet, i+1, headRow+1+r, cell)
			} else {
				w.text(sheet, i+1, headRow+1+r, cell, "")
			}
		}
	}
	w.below(sheet, headRow+len(t.Rows)+2, f)
	w.fit(sheet, t)
	w.freeze(sheet, headRow, 1)
}

// below writes notes, base and source under a table, and the way back.
func (w *workbook) below(sheet string, row int, f *page.Bound) {
	for _, note := range f.Spec.Notes {
		w.text(sheet, 1, row, "注："+note, "mute")
		row++
	}
	w.text(sheet, 1, row, f.Spec.Base, "mute")
	w.text(sheet, 1, row+1, f.Spec.Source, "mute")
	if w.single {
		return
	}
	w.link(sheet, 1, row+2, indexSheet, "返回目录")
}

// long writes a table for machines as a sheet with a filter.
func (w *workbook) long(t table) {
	w.newSheet(t.title)
	for i, c := range t.columns {
		w.text(t.title, i+1, 1, c.title, "head")
	}
	for r, row := range t.rows {
		for i, cell := range row {
			w.typed(t.title, i+1, r+2, cell, t.columns[i].kind)
		}
	}
	last, err := excelize.CoordinatesToCellName(len(t.columns), max(len(t.rows)+1, 2))
	w.do(err)
	w.do(w.AutoFilter(t.title, "A1:"+last, nil))
	w.do(w.SetColWidth(t.title, "A", "A", 42))
	w.do(w.SetColWidth(t.title, "B", "Z", 15))
	w.freeze(t.title, 1, 1)
}

// bytes is the finished workbook, packed again so that it does not depend on the
// hour or on the library's order of parts.
func (w *workbook) bytes(s Site) ([]byte, error) {
	buf, err := w.WriteToBuffer()
	if err = errors.Join(w.err, err); err != nil {
		return nil, err
	}
	r, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		return nil, err
	}
	var parts []File
	for _, entry := range r.File {
		in, err := entry.Open()
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(in)
		if err = errors.Join(err, in.Close()); err != nil {
			return nil, err
		}
		parts = append(parts, File{entry.Name, data})
	}
	return s.pack(parts)
}
