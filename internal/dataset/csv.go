package dataset

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

func isTSV(head []byte, ext string, names []string) bool { return ext == "tsv" || ext == "tab" }

// isCSV takes any text: whether it is a good table is seen when reading.
func isCSV(head []byte, ext string, names []string) bool {
	if names != nil || slices.ContainsFunc(noTexts, func(mark string) bool { return strings.HasPrefix(string(head), mark) }) {
		return false
	}
	if markup(head) {
		return false
	}
	return ext == "csv" || ext == "txt" || ext == "" || looksUTF16(head) != "" || strings.ContainsAny(string(head), ",\t;|\n\r")
}

// noTexts are the first bytes of files that are no text: OLE, Parquet, PDF, SPSS,
// 7z, RAR, gzip, SQLite, PNG, JPEG.
var noTexts = []string{"\xd0\xcf\x11\xe0", "PAR1", "%PDF", "$FL2", "$FL3", "7z\xbc\xaf", "Rar!", "\x1f\x8b", "SQLite format", "\x89PNG", "\xff\xd8\xff"}

func openTSV(in *input, opts Options) (records, error) {
	if opts.Delimiter == "" {
		opts.Delimiter = "\t"
	}
	return openCSV(in, opts)
}

// openCSV opens delimited text.
func openCSV(in *input, opts Options) (records, error) {
	text, err := in.decoded(opts)
	if err != nil {
		return nil, err
	}
	c := &csvFile{text: text, list: in.list, file: in.file, encoding: in.settings.Encoding, line: 1}
	c.fill()
	c.loneCR = in.lineEnds(c.buf)
	if announced := in.announced(c); opts.Delimiter == "" {
		opts.Delimiter = announced
	}
	c.delimiter = in.delimiter(c, opts)
	in.settings.Delimiter = string(rune(c.delimiter))
	return c, nil
}

// csvFile cuts delimited text into records after RFC 4180, and goes on where a
// file does not keep to it: quotes inside an unquoted cell are text, and text
// after a closing quote belongs to the cell.
type csvFile struct {
	text      io.ReadCloser
	list      *limited
	file      string
	encoding  string
	delimiter byte
	loneCR    bool // CR alone ends a record
	buf       []byte
	at        int // next byte of buf
	end       bool
	problem   error
	line      int
	rec       record
	cuts      []cut
}

// cut is a cell within the bytes of a record.
type cut struct {
	start, end int
	closed     int // behind the closing quote, where there is one
	quoted     bool
	doubled    bool // holds "" or text after its closing quote
}

func (c *csvFile) err() error   { return c.problem }
func (c *csvFile) close() error { return c.text.Close() }

// fill moves what is left to the front and reads on, into a larger buffer when it is full.
func (c *csvFile) fill() {
	if c.at == 0 && len(c.buf) == cap(c.buf) {
		bigger := make([]byte, len(c.buf), max(2*cap(c.buf), 1<<16))
		copy(bigger, c.buf)
		c.buf = bigger
	} else {
		c.buf = append(c.buf[:0], c.buf[c.at:]...)
	}
	c.at = 0
	for len(c.buf) < cap(c.buf) {
		n, err := c.text.Read(c.buf[len(c.buf):cap(c.buf)])
		c.buf = c.buf[:len(c.buf)+n]
		if err != nil {
			c.end = true
			if err != io.EOF {
				c.problem = err
			}
			return
		}
	}
}

// next cuts one record.
func (c *csvFile) next() (*record, bool) {
	for {
		n, whole, open := c.cut(c.buf[c.at:])
		if n == 0 && c.end {
			return nil, false
		}
		if whole || c.end {
			if open >= 0 {
				c.unclosed(open)
			}
			return c.take(n), true
		}
		if len(c.buf)-c.at > MaxRecord {
			c.tooLong()
			return nil, false
		}
		c.fill()
	}
}

// cut finds the cells of the record at the start of b. It gives the length with
// the line end, whether that was seen, and where a quote stands open, or -1.
func (c *csvFile) cut(b []byte) (n int, whole bool, open int) {
	c.cuts = c.cuts[:0]
	i := 0
	for {
		cell := cut{start: i, end: i}
		if i < len(b) && b[i] == '"' {
			cell.quoted = true
			closed := false
			if i, closed = c.quoted(b, i, &cell); !closed {
				cell.end = len(b)
				c.cuts = append(c.cuts, cell)
				return len(b), false, cell.start
			}
			cell.closed = i
		}
		for i < len(b) && b[i] != c.delimiter && b[i] != '\n' && (b[i] != '\r' || !c.lineEndsAt(b, i)) {
			i++
			cell.doubled = cell.quoted
		}
		cell.end = i
		c.cuts = append(c.cuts, cell)
		switch {
		case i >= len(b):
			return i, false, -1
		case b[i] == c.delimiter:
			i++
		case b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n':
			return i + 2, true, -1
		case b[i] == '\r' && i+1 == len(b) && !c.end:
			return i + 1, false, -1 // its LF may come with the next block
		default:
			return i + 1, true, -1
		}
	}
}

// lineEndsAt says whether the CR at i ends the record.
func (c *csvFile) lineEndsAt(b []byte, i int) bool {
	return c.loneCR || i+1 < len(b) && b[i+1] == '\n' || i+1 == len(b)
}

// quoted passes a quoted cell and gives the place behind its closing quote.
func (c *csvFile) quoted(b []byte, i int, cell *cut) (int, bool) {
	for i++; i < len(b); i++ {
		if b[i] != '"' {
			continue
		}
		if i+1 < len(b) && b[i+1] == '"' {
			cell.doubled = true
			i++
			continue
		}
		if i+1 == len(b) && !c.end {
			return i, false // a second quote may come with the next block
		}
		return i + 1, true
	}
	return i, false
}

// take makes a record of the first n bytes.
func (c *csvFile) take(n int) *record {
	raw := string(c.buf[c.at : c.at+n])
	c.at += n
	rec := &c.rec
	rec.values, rec.starts = rec.values[:0], rec.starts[:0]
	rec.line, rec.raw = c.line, raw
	c.line += countLines(raw)
	for _, cell := range c.cuts {
		rec.starts = append(rec.starts, cell.start)
		rec.values = append(rec.values, cell.text(raw))
		if cell.start < cell.closed && cell.closed < cell.end {
			c.behindQuote(rec, cell)
		}
	}
	if !utf8.ValidString(raw) || strings.ContainsAny(raw, "\x00\ufffd") {
		c.mend(rec)
	}
	return rec
}

// text is the content of a cell, without its quotes.
func (cell cut) text(raw string) string {
	text := raw[cell.start:cell.end]
	if !cell.quoted {
		return text
	}
	if !cell.doubled {
		return strings.TrimSuffix(text[1:], `"`)
	}
	var b strings.Builder
	inside := true
	for i := 1; i < len(text); i++ {
		if inside && text[i] == '"' {
			if i+1 < len(text) && text[i+1] == '"' {
				i++
			} else {
				inside = false
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
