package dataset

import (
	"slices"
	"strconv"
	"strings"

	"benchbook/internal/diag"
)

func itoa(n int) string { return strconv.Itoa(n) }

// headerSample is how many records are looked at to find the header.
const headerSample = 50

// newReader finds the header.
func newReader(in *input, recs records, opts Options) (*Reader, error) {
	r := &Reader{in: in, recs: recs}
	if opts.SkipRows > 0 {
		for range opts.SkipRows {
			recs.next()
		}
	} else {
		r.in.settings.SkipRows = r.skipTitles()
	}
	rows := max(opts.HeaderRows, 1)
	if opts.HeaderRows == 0 && opts.SkipRows == 0 {
		rows = r.headerDepth()
	}
	r.in.settings.HeaderRows = rows
	var top [][]string
	for len(top) < min(rows, MaxHeaderRows) {
		rec, ok := r.record()
		if !ok {
			break
		}
		if len(top) == 0 && blank(rec.values) {
			r.in.settings.SkipRows++
			continue
		}
		top = append(top, slices.Clone(rec.values))
	}
	r.header, r.cells = joinHeader(top)
	if len(r.header) > MaxColumns {
		recs.close()
		return nil, in.refuse(diag.T("有 %d 列，最多 %d 列", "it has %d columns; %d are the most", len(r.header), MaxColumns),
			diag.T("删掉不用的列，或看看分隔符是不是认错了", "remove the columns that are not needed, or see whether the delimiter was taken wrongly"))
	}
	if mark := r.undivided(); mark != "" && opts.Delimiter == "" {
		recs.close()
		return nil, r.refuseUndivided(mark)
	}
	if blank(r.header) {
		err := in.refuse(diag.T("没有表头", "there is no header"), diag.T("第一行应是列名", "the first row must hold the column names"))
		if worldly := recs.err(); worldly != nil {
			err = worldly
		}
		recs.close()
		return nil, err
	}
	return r, nil
}

// skipTitles looks for title and note lines above the header: leading records
// with at most one filled cell, in a table whose records mostly fill three or more.
// It leaves the header as the next record and gives the number it dropped.
func (r *Reader) skipTitles() int {
	for len(r.pending) < headerSample {
		rec, ok := r.recs.next()
		if !ok {
			break
		}
		kept := *rec
		kept.values, kept.starts = slices.Clone(rec.values), slices.Clone(rec.starts)
		r.pending = append(r.pending, &kept)
	}
	filled := make([]int, len(r.pending))
	for i, rec := range r.pending {
		filled[i] = countFilled(rec.values)
	}
	usual := slices.Clone(filled)
	slices.Sort(usual)
	if len(usual) == 0 || usual[len(usual)/2] < 3 {
		return 0
	}
	skip := 0
	for skip < len(filled) && filled[skip] <= 1 {
		skip++
	}
	if skip > 0 && filled[skip-1] == 1 && skip < len(filled) && r.headsData(skip-1) {
		skip--
	}
	if skip > 0 {
		r.pending = r.pending[skip:]
		r.in.because("表头上方有 %d 行标题或空行，已跳过", "skipped %d title or blank rows above the header", skip)
	}
	return skip
}

// headerDepth is 2 when a row of group names stands above the row of column
// names: its gaps are filled by the row below, that row is all words, and
// numbers stand under it. Otherwise it is 1.
func (r *Reader) headerDepth() int {
	if len(r.pending) < 3 {
		return 1
	}
	top, names := r.pending[0].values, r.pending[1].values
	if countFilled(top) < 2 || countFilled(names) < 2 {
		return 1
	}
	at := func(row []string, col int) string {
		if col < len(row) {
			return strings.TrimSpace(row[col])
		}
		return ""
	}
	gaps, evidence := 0, false
	for col := range max(len(top), len(names)) {
		above, below := at(top, col), at(names, col)
		switch {
		case looksNumeric(above) || looksNumeric(below), above == "" && below == "":
			return 1
		case above == "" && col > 0:
			gaps++
		}
		if below != "" && r.numbersBelow(col) {
			evidence = true
		}
	}
	if gaps == 0 || !evidence {
		return 1
	}
	r.in.because("表头有两行：上面一行是分组，下面一行是列名", "the header has two rows: groups, and the names of the columns")
	return 2
}

// numbersBelow reports whether most cells of a column, below two rows of header, are numbers.
func (r *Reader) numbersBelow(col int) bool {
	numbers, filled := 0, 0
	for _, rec := range r.pending[2:] {
		if col < len(rec.values) && strings.TrimSpace(rec.values[col]) != "" {
			filled++
			if looksNumeric(rec.values[col]) {
				numbers++
			}
		}
	}
	return filled > 0 && numbers*2 > filled
}

// looksNumeric takes cells that begin with a digit, a sign or a currency and
// hold hardly anything but digits.
func looksNumeric(s string) bool {
	s = strings.TrimSpace(s)
	rest := strings.Trim(s, "0123456789０１２３４５６７８９.,，%％+-−¥￥$()（）万亿千百成 /:年月日")
	return s != "" && rest == "" && strings.ContainsAny(s, "0123456789０１２３４５６７８９")
}

func countFilled(values []string) (n int) {
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			n++
		}
	}
	return n
}

// joinHeader makes one name a column out of several header rows. In all rows but
// the last an empty cell continues the one on its left, as merged cells do. Cells
// are the rows of each column, so filled.
func joinHeader(rows [][]string) (header []string, cells [][]string) {
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	header, cells = make([]string, width), make([][]string, width)
	for i, row := range rows {
		left := ""
		for col := range width {
			name := ""
			if col < len(row) {
				name = headerText(row[col])
			}
			if name == "" && i < len(rows)-1 {
				name = left
			}
			left = name
			cells[col] = append(cells[col], name)
			if name != "" && header[col] != "" && header[col] != name {
				name = header[col] + "/" + name
			} else if name == "" {
				name = header[col]
			}
			header[col] = name
		}
	}
	return header, cells
}

// headerText trims a header cell, puts it on one line and takes out marks that
// cannot be seen, by which two equal names would differ.
func headerText(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r == '\ufeff' || r >= '\u200b' && r <= '\u200f' || r == '\u2060' || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f {
			return -1
		}
		return r
	}, s)), " ")
}
