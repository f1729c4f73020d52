package dataset

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
	"unsafe"

	"benchbook/internal/diag"
)

// csvWorker cuts blocks into columns. Blocks without quotes and without bytes
// that are no text are cut eight bytes at a time; the rest goes cell by cell, in
// the way in which Next does it.
type csvWorker struct {
	reader  *Reader
	width   int // of the header
	consume func(*Part) error
	part    *Part
	texts   [][]string // by column: the part's cells; nil = not wanted
	starts  []int      // of the part's rows in the block
	slow    *csvFile
	held    *limited
	current block
	line    int
	commas  uint64 // the delimiter in every byte
}

func newCSVWorker(r *Reader, c *csvFile, wanted []bool, consume func(*Part) error) *csvWorker {
	w := &csvWorker{reader: r, width: len(r.header), consume: consume, part: newPart(wanted), texts: make([][]string, len(wanted)),
		starts: make([]int, 0, partRows), commas: uint64(c.delimiter) * lowBits,
		slow: &csvFile{file: c.file, encoding: c.encoding, delimiter: c.delimiter, loneCR: c.loneCR}}
	w.part.lines = make([]int, 0, partRows)
	for i := range wanted {
		if wanted[i] {
			w.texts[i] = make([]string, partRows)
		}
	}
	w.part.row = w.row
	return w
}

// block cuts one block and hands its rows on.
func (w *csvWorker) block(b block, t *turns) error {
	var later []func()
	var tell func()
	w.held, tell = w.reader.in.list.held()
	w.part.later = &later
	w.current, w.line = b, b.line
	err := w.records(b)
	if err == nil {
		err = w.flush()
	}
	t.done(b.seq, append([]func(){tell}, later...))
	return err
}

// records cuts a block: by words as far as there are no quotes, by cells where there are.
func (w *csvWorker) records(b block) error {
	data := b.data
	plain := !w.slow.loneCR && plainText(data)
	for at := 0; at < len(data); {
		end := at
		if plain {
			quote := bytes.IndexByte(data[at:], '"')
			if quote < 0 {
				quote = len(data) - at
			}
			end = at + bytes.LastIndexByte(data[at:at+quote], '\n') + 1
		}
		if end > at {
			if err := w.lines(at, end); err != nil {
				return err
			}
			at = end
			continue
		}
		n, err := w.record(at, plain)
		if err != nil {
			return err
		}
		at += n
	}
	return nil
}

// plainText says that nothing has to be mended and that every CR belongs to a line end.
func plainText(data []byte) bool {
	return utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 && !bytes.Contains(data, []byte("\ufffd")) &&
		(bytes.IndexByte(data, '\r') < 0 || bytes.Count(data, []byte{'\r'}) == bytes.Count(data, []byte("\r\n")))
}

// record cuts the record at a place of the block by cells.
func (w *csvWorker) record(at int, plain bool) (int, error) {
	c := w.slow
	c.list, c.buf, c.at, c.end, c.line = w.held, w.current.data, at, true, w.line
	n, _, open := c.cut(c.buf[at:])
	if open >= 0 {
		c.unclosed(open)
	}
	rec := &c.rec
	if plain && open < 0 {
		c.view(n)
	} else {
		c.take(n)
	}
	w.line = c.line
	if blank(rec.values) {
		return n, nil
	}
	w.reader.fitInto(rec, w.held)
	for i, cells := range w.texts {
		if cells != nil {
			cells[w.part.Rows] = rec.values[i]
		}
	}
	return n, w.push(at, rec.line)
}

// view is take for text that needs no mending: the cells are not copied where
// they stand in the text as they are.
func (c *csvFile) view(n int) {
	raw := text(c.buf[c.at : c.at+n])
	c.at += n
	rec := &c.rec
	rec.values, rec.starts, rec.line, rec.raw = rec.values[:0], rec.starts[:0], c.line, raw
	c.line += countLines(raw)
	for _, cell := range c.cuts {
		rec.starts, rec.values = append(rec.starts, cell.start), append(rec.values, cell.text(raw))
		if cell.start < cell.closed && cell.closed < cell.end {
			c.behindQuote(rec, cell)
		}
	}
}

// text is bytes as a string that lives as long as they do.
func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
	newlines = '\n' * lowBits
)

// zeros marks the bytes of a word that are 0, exactly, by their highest bit.
func zeros(x uint64) uint64 {
	return ^((x&^highBits + ^uint64(highBits)) | x | ^uint64(highBits))
}

// lines cuts what has no quotes and ends with LF, a word at a time.
func (w *csvWorker) lines(at, end int) error {
	data := w.current.data[:end]
	start, cell, col := at, at, 0
	for i := at; i < end; i += 8 {
		var x uint64
		if i+8 <= len(data) {
			x = binary.LittleEndian.Uint64(data[i:])
		} else {
			var tail [8]byte
			copy(tail[:], data[i:])
			x = binary.LittleEndian.Uint64(tail[:])
		}
		for marks := zeros(x^w.commas) | zeros(x^newlines); marks != 0; marks &= marks - 1 {
			k := i + bits.TrailingZeros64(marks)>>3
			if data[k] != '\n' {
				if col < len(w.texts) && w.texts[col] != nil {
					w.texts[col][w.part.Rows] = text(data[cell:k])
				}
				col, cell = col+1, k+1
				continue
			}
			if err := w.lineEnd(start, cell, k, col); err != nil {
				return err
			}
			start, cell, col = k+1, k+1, 0
		}
	}
	return nil
}

// lineEnd ends the line that starts at start and whose last cell, number col,
// starts at cell, with the LF at k.
func (w *csvWorker) lineEnd(start, cell, k, col int) error {
	data := w.current.data
	line := w.line
	w.line++
	if k > cell && data[k-1] == '\r' {
		k--
	}
	if first := data[start]; (first <= ' ' || first >= utf8.RuneSelf || first == w.slow.delimiter) && emptyLine(text(data[start:k]), w.slow.delimiter) {
		return nil
	}
	if col < len(w.texts) && w.texts[col] != nil {
		w.texts[col][w.part.Rows] = text(data[cell:k])
	}
	if col+1 != w.width {
		w.misfit(start, k, col+1, line)
	}
	return w.push(start, line)
}

// misfit deals with a line of more or fewer cells than the header has.
func (w *csvWorker) misfit(start, k, cells, line int) {
	for col := cells; col < len(w.texts); col++ {
		if w.texts[col] != nil {
			w.texts[col][w.part.Rows] = ""
		}
	}
	w.reader.fitInto(w.at(start, line), w.held)
}

// push adds the row whose cells have been set.
func (w *csvWorker) push(start, line int) error {
	w.starts = append(w.starts, start)
	w.part.lines = append(w.part.lines, line)
	if w.part.Rows++; w.part.Rows < partRows {
		return nil
	}
	return w.flush()
}

// flush hands the collected rows on.
func (w *csvWorker) flush() error {
	p := w.part
	if p.Rows == 0 {
		return nil
	}
	for i, cells := range w.texts {
		if cells != nil {
			p.columns[i].Texts = cells[:p.Rows]
		}
	}
	err := w.consume(p)
	p.Rows, p.lines, w.starts = 0, p.lines[:0], w.starts[:0]
	return err
}

// row cuts a row of the part once more, to report on it.
func (w *csvWorker) row(r int) Row {
	rec := w.at(w.starts[r], w.part.lines[r])
	silent := &limited{list: &diag.List{}}
	w.reader.fitInto(rec, silent)
	return Row{rec.values, rec.line, w.reader.in.file, rec}
}

// at is the record at a place of the block, copied.
func (w *csvWorker) at(start, line int) *record {
	c := csvFile{list: &limited{list: &diag.List{}}, file: w.slow.file, encoding: w.slow.encoding, delimiter: w.slow.delimiter, loneCR: w.slow.loneCR,
		buf: w.current.data, at: start, end: true, line: line}
	n, _, _ := c.cut(c.buf[start:])
	return c.take(n)
}
