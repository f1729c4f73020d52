package dataset

import (
	"strings"
	"sync"

	"benchbook/internal/diag"
)

// partRows is how many rows a Part holds at most: few enough for its cells to
// stay in the processor's cache.
const partRows = 1024

// Part is a stretch of consecutive rows, cut by column. What it holds is valid
// until the call that was given it returns; so are the texts.
type Part struct {
	Rows    int
	columns []Column
	lines   []int // of each row
	row     func(r int) Row
	later   *[]func()
}

// Column is the cells of one column in a Part, in the form in which the file
// holds them: Texts; or Index into Dictionary; or Ints, each to be taken over
// 10^Places; or Floats. Empty says which rows have no value; nil: none.
type Column struct {
	Texts      []string
	Dictionary *Dictionary
	Index      []int32
	Ints       []int64
	Places     int
	Floats     []float64
	Empty      []bool
}

// Dictionary is the distinct texts of a stretch of a column. Each is another's
// pointer than the last stretch's, so what was worked out for its texts may be
// kept with it.
type Dictionary struct{ Texts []string }

// Column gives the cells under a place of the header; nil when it was not wanted.
func (p *Part) Column(at int) *Column {
	if at >= len(p.columns) || p.columns[at].none() {
		return nil
	}
	return &p.columns[at]
}

func (c *Column) none() bool {
	return c.Texts == nil && c.Index == nil && c.Ints == nil && c.Floats == nil
}

// Line is the line on which a row starts, or the sheet's row.
func (p *Part) Line(r int) int { return p.lines[r] }

// Row is a row with the places of its cells and all of its texts, to report on it.
// It is costly.
func (p *Part) Row(r int) Row { return p.row(r) }

// Later has something done when all rows before this part have been dealt with,
// whoever did that; so findings come in the order of the rows.
func (p *Part) Later(f func()) { *p.later = append(*p.later, f) }

// parter is a format that gives columns by itself, on several goroutines.
type parter interface {
	parts(r *Reader, wanted []bool, t *turns) error
}

// Parts gives all rows, as Next does, on a number of goroutines at once, each
// with a consumer of its own that start makes. Wanted says which columns are
// cut out. With one worker the parts come in the order of the file.
func (r *Reader) Parts(workers int, wanted []bool, start func() func(*Part) error) error {
	t := &turns{workers: max(workers, 1), size: blockSize, start: start, waiting: map[int][]func(){}}
	if p, ok := r.recs.(parter); ok {
		return p.parts(r, wanted, t)
	}
	if err := r.copied(wanted, t, func() bool { return true }); err != nil {
		return err
	}
	return r.Err()
}

// copied gives rows that come one by one, while more says so.
func (r *Reader) copied(wanted []bool, t *turns, more func() bool) error {
	p := newPart(wanted)
	var kept []*record
	p.row = func(i int) Row { return Row{kept[i].values, kept[i].line, r.in.file, kept[i]} }
	flush := func() error {
		err := t.inline(p)
		p.clear()
		kept = kept[:0]
		return err
	}
	for more() {
		row, ok := r.Next()
		if !ok {
			break
		}
		kept = append(kept, row.rec.copy())
		p.take(row.Values, row.Line)
		if p.Rows == partRows {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

func (rec *record) copy() *record {
	out := *rec
	out.values, out.starts = append([]string(nil), rec.values...), append([]int(nil), rec.starts...)
	return &out
}

func newPart(wanted []bool) *Part {
	p := &Part{columns: make([]Column, len(wanted))}
	for i, yes := range wanted {
		if yes {
			p.columns[i].Texts = make([]string, 0, partRows)
		}
	}
	return p
}

func (p *Part) take(values []string, line int) {
	for i := range p.columns {
		if c := &p.columns[i]; c.Texts != nil {
			c.Texts = append(c.Texts, values[i])
		}
	}
	p.lines = append(p.lines, line)
	p.Rows++
}

func (p *Part) clear() {
	for i := range p.columns {
		if c := &p.columns[i]; c.Texts != nil {
			c.Texts = c.Texts[:0]
		}
	}
	p.lines, p.Rows = p.lines[:0], 0
}

// turns hands parts to consumers and keeps what they want done in the order of the file.
type turns struct {
	workers int
	size    int // of a block of text
	start   func() func(*Part) error
	own     func(*Part) error // of whoever calls inline
	mu      sync.Mutex
	next    int
	waiting map[int][]func()
}

// consumer is the one of inline, which the first worker goes on with.
func (t *turns) consumer() func(*Part) error {
	if t.own == nil {
		t.own = t.start()
	}
	return t.own
}

// inline gives a part to the caller's own consumer, before any other is at work.
func (t *turns) inline(p *Part) error {
	if p.Rows == 0 {
		return nil
	}
	var later []func()
	p.later = &later
	err := t.consumer()(p)
	for _, f := range later {
		f()
	}
	return err
}

// done takes what is to be done after a stretch; it is done when all before are.
func (t *turns) done(seq int, later []func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.waiting[seq] = later
	for {
		list, ready := t.waiting[t.next]
		if !ready {
			return
		}
		delete(t.waiting, t.next)
		for _, f := range list {
			f()
		}
		t.next++
	}
}

// empty says that every cell is white space.
func emptyLine(line string, delimiter byte) bool {
	for cell := range strings.SplitSeq(line, string(rune(delimiter))) {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// held collects findings of one stretch, to be told in its turn.
func (l *limited) held() (*limited, func()) {
	own := &limited{list: &diag.List{}, file: l.file, hold: &[]diag.Diagnostic{}}
	return own, func() {
		for _, d := range *own.hold {
			l.Add(d)
		}
	}
}
