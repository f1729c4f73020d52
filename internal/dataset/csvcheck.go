package dataset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"benchbook/internal/diag"
)

// mend reports and replaces what is no text: bytes that the encoding does not
// have, and NUL.
func (c *csvFile) mend(rec *record) {
	row := Row{rec.values, rec.line, c.file, rec}
	for col, value := range rec.values {
		if !utf8.ValidString(value) {
			row.Report(col, diag.Diagnostic{Code: "dataset.encoding",
				Message: diag.T("这一格的字节不是合法的 %s", "the bytes of this cell are not valid %s", c.encoding),
				Hint:    diag.T("若整个文件是别的编码，请写明 encoding，如 gb18030", "if the whole file is in another encoding, set encoding, such as gb18030")}, c.list.Add)
			rec.values[col] = strings.ToValidUTF8(value, "\ufffd")
		} else if strings.Contains(value, "\ufffd") {
			row.Report(col, diag.Diagnostic{Code: "dataset.encoding", Severity: diag.Warning,
				Message: diag.T("这一格有无法解码的字符（按 %s 读取）", "this cell has characters that could not be decoded (read as %s)", c.encoding)}, c.list.Add)
		}
		if strings.Contains(value, "\x00") {
			row.Report(col, diag.Diagnostic{Code: "dataset.nul", Severity: diag.Warning,
				Message: diag.T("这一格里有 NUL 字节，已去掉", "this cell holds NUL bytes; they were dropped")}, c.list.Add)
			rec.values[col] = strings.ReplaceAll(rec.values[col], "\x00", "")
		}
	}
}

// unclosed reports a quote that the file never closes.
func (c *csvFile) unclosed(open int) {
	c.list.Add(diag.Diagnostic{Code: "dataset.quote", Pos: c.place(open),
		Message: diag.T("这里的引号到文件末尾都没有关闭", "this quote is never closed"),
		Hint:    diag.T("补上右引号；格子里的引号要写两个", "close it; a quote inside a cell is written twice")})
}

// behindQuote looks at text that stands behind a closing quote, in the last cell
// of rec. After a backslash that quote was meant as text, so that the cells that
// follow may stand in wrong places; on a later line it most likely opens another
// cell, and the one before was left open. Other text belongs to the cell.
func (c *csvFile) behindQuote(rec *record, cell cut) {
	quoted := rec.raw[cell.start:cell.closed]
	row := Row{rec.values, rec.line, c.file, rec}
	switch {
	case strings.HasSuffix(quoted, `\"`):
		row.Report(len(rec.values)-1, diag.Diagnostic{Code: "dataset.quote",
			Message: diag.T(`这一格用 \" 写引号，不是 CSV 的写法`, `this cell writes a quote as \", which is not how CSV does it`),
			Hint:    diag.T("格子里的引号要写两个（\"\"）；在导出它的程序里改，或另存为 xlsx", `a quote inside a cell is written twice (""); change it in the program that wrote the file, or save it as xlsx`)}, c.list.Add)
	case strings.ContainsAny(quoted, "\r\n") && strings.TrimSpace(rec.raw[cell.closed:cell.end]) != "":
		row.Report(len(rec.values)-1, diag.Diagnostic{Code: "dataset.quote",
			Message: diag.T("这里的引号没有在本行关闭，一直读到后面某行的引号，那个引号后面还有字", "this quote runs on to a quote on a later line that has text behind it"),
			Hint:    diag.T("在本行补上右引号；格子里的引号要写两个", "close it on its line; a quote inside a cell is written twice")}, c.list.Add)
	}
}

// announced reads the line "sep=;" by which spreadsheet programs tell each other
// the delimiter, and passes over it; "" = there is none.
func (in *input) announced(c *csvFile) string {
	line, _, _ := bytes.Cut(c.buf[:min(len(c.buf), 64)], []byte("\n"))
	text := strings.ToLower(strings.Trim(string(line), "\r\""))
	if len(text) != len("sep=;") || !strings.HasPrefix(text, "sep=") || !KnownDelimiter(text[4:]) || len(line) == len(c.buf) {
		return ""
	}
	in.because("分隔符是 %q：文件第一行写着 sep=", "the delimiter is %q: the first line says so (sep=)", text[4:])
	c.at, c.line = len(line)+1, 2
	return text[4:]
}

// tooLong reports a record that would not fit into memory and ends the file.
func (c *csvFile) tooLong() {
	c.end, c.buf, c.at = true, nil, 0
	c.list.Add(diag.Diagnostic{Code: "dataset.too_long", Pos: diag.At(c.file, c.line, 1),
		Message: diag.T("从这里开始的一条记录超过 %d MB，停止读取", "the record that starts here is longer than %d MB; reading stopped", MaxRecord>>20),
		Hint:    diag.T("多半是一个没有关闭的引号", "most often an unclosed quote")})
}

func (c *csvFile) place(offset int) diag.Pos {
	raw := string(c.buf[c.at:])
	rec := record{line: c.line, raw: raw, starts: []int{offset}}
	return rec.pos(c.file, 0)
}

// lineEnds finds out whether lone CRs end the records: only when there is no LF
// outside quotes.
func (in *input) lineEnds(sample []byte) (loneCR bool) {
	inside, lf, cr := false, 0, 0
	for i, b := range sample {
		switch {
		case b == '"':
			inside = !inside
		case inside:
		case b == '\n':
			lf++
		case b == '\r' && (i+1 == len(sample) || sample[i+1] != '\n'):
			cr++
		}
	}
	if lf == 0 && cr > 0 {
		in.because("行尾是单独的 CR（旧 Mac 格式）", "lines end with a lone CR (old Mac files)")
		return true
	}
	return false
}

// delimiters in order of preference.
const delimiters = ",\t;|"

// KnownDelimiter reports whether Options.Delimiter may have this value.
func KnownDelimiter(s string) bool {
	return s == "" || len(s) == 1 && s[0] < utf8.RuneSelf && s != `"` && s != "\n" && s != "\r" && s != "\x00"
}

// delimiter takes the candidate for which most records of the sample have the
// same number of cells, at least two.
func (in *input) delimiter(c *csvFile, opts Options) byte {
	if opts.Delimiter != "" {
		return opts.Delimiter[0]
	}
	best, bestScore := byte(','), 0.0
	for i := range len(delimiters) {
		if score := c.regularity(delimiters[i]); score > bestScore*1.001 {
			best, bestScore = delimiters[i], score
		}
	}
	if best != ',' {
		in.because("分隔符是 %q：各行的列数一致", "the delimiter is %q, by which the rows have the same number of cells", string(rune(best)))
	}
	return best
}

// regularity is the share of records that have the most common number of cells,
// weighted up a little by that number; 0 when that is one.
func (c *csvFile) regularity(delimiter byte) float64 {
	trial := csvFile{delimiter: delimiter, loneCR: c.loneCR, buf: c.buf, end: c.end}
	counts, records := map[int]int{}, 0
	for records < 200 {
		n, whole, _ := trial.cut(trial.buf[trial.at:])
		if n == 0 || !whole && !(c.end && trial.at+n == len(trial.buf)) {
			break
		}
		trial.at += n
		if len(trial.cuts) == 1 && trial.cuts[0].end == trial.cuts[0].start {
			continue // a blank line
		}
		counts[len(trial.cuts)]++
		records++
	}
	best := 0.0
	for cells, n := range counts {
		if cells > 1 {
			best = max(best, float64(n)/float64(records)*(1+0.01*float64(min(cells, 20))))
		}
	}
	return best
}
