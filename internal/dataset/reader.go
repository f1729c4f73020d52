package dataset

import (
	"strings"
	"unicode/utf8"

	"benchbook/internal/diag"
)

// record is one raw record with the places of its cells.
type record struct {
	values []string
	line   int    // where it starts: physical line, or the sheet's row
	raw    string // its text, for places in text files
	starts []int  // byte offset in raw of each cell
	sheet  string // name, in a workbook
}

// Row is one record: as many values as the header has, untrimmed.
type Row struct {
	Values []string
	Line   int // physical line where the record starts, or the sheet's row number; from 1
	file   string
	rec    *record
}

// Pos is the place of a cell: line and column in characters, or in a workbook "Sheet!C17".
func (r Row) Pos(col int) diag.Pos {
	if r.rec == nil {
		return diag.At(r.file, r.Line, 0)
	}
	return r.rec.pos(r.file, col)
}

func (rec *record) pos(file string, col int) diag.Pos {
	if rec.sheet != "" {
		return diag.Pos{File: file, Cell: rec.sheet + "!" + cellName(col, rec.line)}
	}
	before := rec.raw[:rec.offset(col)]
	line := rec.line + countLines(before)
	start := strings.LastIndexAny(before, "\r\n") + 1
	return diag.At(file, line, utf8.RuneCountInString(before[start:])+1)
}

// offset is where a cell starts in the text; a cell that the record lacks would start at its end.
func (rec *record) offset(col int) int {
	if col < len(rec.starts) {
		return rec.starts[col]
	}
	return len(strings.TrimRight(rec.raw, "\r\n"))
}

// Width is how many characters of the source line a cell takes; at least 1.
func (r Row) Width(col int) int {
	if r.rec == nil || r.rec.sheet != "" || col >= len(r.rec.starts) {
		return 1
	}
	end := len(r.rec.raw)
	if col+1 < len(r.rec.starts) {
		end = r.rec.starts[col+1] - 1
	}
	text := r.rec.raw[r.rec.starts[col]:max(end, r.rec.starts[col])]
	if i := strings.IndexAny(text, "\r\n"); i >= 0 {
		text = text[:i]
	}
	return max(utf8.RuneCountInString(text), 1)
}

// Excerpt is the source line on which a cell starts, decoded; in a workbook "".
func (r Row) Excerpt(col int) string {
	if r.rec == nil || r.rec.sheet != "" {
		return ""
	}
	at := r.rec.offset(col)
	start := strings.LastIndexAny(r.rec.raw[:at], "\r\n") + 1
	line := r.rec.raw[start:]
	if i := strings.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	return strings.Clone(strings.ToValidUTF8(line, "\ufffd")) // the text may lie in a block that is used again
}

// Report adds a finding about a cell, at its place.
func (r Row) Report(col int, d diag.Diagnostic, add func(diag.Diagnostic)) {
	d.Pos, d.Width, d.Excerpt = r.Pos(col), r.Width(col), r.Excerpt(col)
	add(d)
}

// Reader gives the rows of one file.
type Reader struct {
	in      *input
	recs    records
	header  []string
	cells   [][]string
	pending []*record // read while looking for the header
}

// Header is the column names in file order, trimmed, with repeats and blanks as they are.
func (r *Reader) Header() []string { return r.header }

// HeaderCells are the header rows of each column, from the top; an empty cell in
// any but the last row has taken the text on its left.
func (r *Reader) HeaderCells() [][]string { return r.cells }

// Settings are the options as decided: format, encoding, delimiter, sheet, rows above the header.
func (r *Reader) Settings() Options { return r.in.settings }

// Encoding is the name of the text encoding; "" in a workbook.
func (r *Reader) Encoding() string { return r.in.settings.Encoding }

// Delimiter is what separates cells; "" in a workbook.
func (r *Reader) Delimiter() string { return r.in.settings.Delimiter }

// Evidence says what was decided about the file and why.
func (r *Reader) Evidence() []diag.Text { return r.in.evidence }

// Err is the world's error that ended the rows early, or nil.
func (r *Reader) Err() error { return r.recs.err() }

// Close lets go of the file.
func (r *Reader) Close() error { return r.recs.close() }

// Next gives the next row that is not blank; ok is false at the end. The row is
// valid until the next call.
func (r *Reader) Next() (row Row, ok bool) {
	for {
		rec, ok := r.record()
		if !ok {
			return Row{}, false
		}
		if blank(rec.values) {
			continue
		}
		r.fit(rec)
		return Row{rec.values, rec.line, r.in.file, rec}, true
	}
}

func (r *Reader) record() (*record, bool) {
	if len(r.pending) > 0 {
		rec := r.pending[0]
		r.pending = r.pending[1:]
		return rec, true
	}
	return r.recs.next()
}

// fit gives a record as many values as the header. Cells beyond it are an error
// unless empty (some exports end every line with a comma); in a workbook, where
// every cell has its place and none is moved by another, they are notes beside
// the table, which are left out with a warning. Missing ones are a
// warning in text files: spreadsheet programs leave out empty cells at the end,
// but a lost delimiter looks the same.
func (r *Reader) fit(rec *record) { r.fitInto(rec, r.in.list) }

// fitInto is fit with the findings put elsewhere.
func (r *Reader) fitInto(rec *record, list *limited) {
	n := len(r.header)
	for col := n; col < len(rec.values); col++ {
		if strings.TrimSpace(rec.values[col]) != "" {
			row := Row{rec.values, rec.line, r.in.file, rec}
			row.Report(col, r.beyond(rec), list.Add)
			break
		}
	}
	if len(rec.values) < n && rec.sheet == "" {
		row := Row{rec.values, rec.line, r.in.file, rec}
		row.Report(len(rec.values), diag.Diagnostic{Code: "dataset.short_row", Severity: diag.Warning,
			Message: diag.T("这一行只有 %d 格，表头有 %d 列；缺的当作空白", "this row has %d cells, the header has %d; the rest are taken as empty", len(rec.values), n)}, list.Add)
	}
	for len(rec.values) < n {
		rec.values = append(rec.values, "")
	}
	rec.values = rec.values[:n]
}

// beyond is the finding about a record with cells beyond the header.
func (r *Reader) beyond(rec *record) diag.Diagnostic {
	if rec.sheet != "" {
		return diag.Diagnostic{Code: "dataset.long_row", Severity: diag.Warning,
			Message: diag.T("这一格在表格之外，没有列名，不读", "this cell stands beside the table, where no column has a name; it is not read"),
			Hint:    diag.T("要它就给这一列写上列名", "to have it, give its column a name")}
	}
	return diag.Diagnostic{Code: "dataset.long_row",
		Message: diag.T("这一行有 %d 格，表头只有 %d 列", "this row has %d cells, the header has %d", len(rec.values), len(r.header)),
		Hint:    diag.T("格子里的分隔符要用引号括住，引号要紧跟在分隔符后面", "a cell that holds the delimiter must be quoted, and the quote must stand right behind the delimiter")}
}

func blank(values []string) bool {
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			return false
		}
	}
	return true
}

// countLines counts line ends: LF, CRLF and lone CR.
func countLines(s string) int {
	n := strings.Count(s, "\n") + strings.Count(s, "\r") - strings.Count(s, "\r\n")
	return n
}

// cellName is the spreadsheet's name of a cell: column 0, row 1 is A1.
func cellName(col, row int) string {
	name := ""
	for n := col + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name + itoa(row)
}
