package dataset

import (
	"bytes"
	"io"
	"sync"
	"sync/atomic"
)

// blockSize is how much text is read and handed to a worker at a time.
const blockSize = 1 << 20

// block is whole records of delimited text.
type block struct {
	seq  int
	line int // of its first record
	data []byte
	buf  []byte // what data lies in, to be used again
	last bool   // the file ends with it
}

// blocks cuts a file at record ends. It is for one goroutine, apart from free.
type blocks struct {
	c     *csvFile
	carry []byte
	seq   int
	size  int
	free  chan []byte
}

// parts gives the columns of delimited text: one goroutine reads and finds where
// records end, the workers do the rest.
func (c *csvFile) parts(r *Reader, wanted []bool, t *turns) error {
	if err := r.copied(wanted, t, func() bool { return len(r.pending) > 0 }); err != nil {
		return err
	}
	cutter := &blocks{c: c, carry: bytes.Clone(c.buf[c.at:]), size: t.size, free: make(chan []byte, t.workers+1)}
	for range t.workers + 1 {
		cutter.free <- nil
	}
	ready, stop := make(chan block, t.workers), make(chan struct{})
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	for i := range t.workers {
		consume := t.consumer
		if i > 0 {
			consume = t.start
		}
		w := newCSVWorker(r, c, wanted, consume())
		group.Go(func() {
			for b := range ready {
				if failed.Load() != nil {
					continue
				}
				if err := w.block(b, t); err != nil && failed.CompareAndSwap(nil, &err) {
					close(stop)
				}
				cutter.free <- b.buf
			}
		})
	}
	cutter.run(ready, stop)
	close(ready)
	group.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return c.problem
}

func (b *blocks) run(ready chan<- block, stop <-chan struct{}) {
	for {
		var buf []byte
		select {
		case buf = <-b.free:
		case <-stop:
			return
		}
		next, ok := b.next(buf)
		if !ok {
			return
		}
		ready <- next
		if next.last {
			return
		}
	}
}

// next reads one block into buf.
func (b *blocks) next(buf []byte) (block, bool) {
	if cap(buf) < max(b.size, 2*len(b.carry)) {
		buf = make([]byte, max(b.size, 2*len(b.carry)))
	}
	buf = buf[:cap(buf)]
	n := copy(buf, b.carry)
	b.carry = b.carry[:0]
	for {
		n += b.read(buf[n:])
		if b.c.end {
			return b.cut(buf, n, n), n > 0
		}
		if end := b.c.lastEnd(buf[:n]); end > 0 {
			return b.cut(buf, end, n), true
		}
		if n > MaxRecord {
			b.c.tooLong()
			return block{}, false
		}
		buf = append(buf, make([]byte, len(buf))...)
	}
}

// read fills a buffer as far as the file goes.
func (b *blocks) read(into []byte) (n int) {
	for n < len(into) && !b.c.end {
		got, err := b.c.text.Read(into[n:])
		n += got
		if err != nil {
			b.c.end = true
			if err != io.EOF {
				b.c.problem = err
			}
		}
	}
	return n
}

func (b *blocks) cut(buf []byte, end, n int) block {
	b.carry = append(b.carry, buf[end:n]...)
	out := block{seq: b.seq, line: b.c.line, data: buf[:end], buf: buf, last: b.c.end}
	b.seq++
	b.c.line += countLineBytes(out.data)
	return out
}

// countLineBytes is countLines of bytes.
func countLineBytes(b []byte) int {
	n := bytes.Count(b, []byte{'\n'})
	if bytes.IndexByte(b, '\r') >= 0 {
		n += bytes.Count(b, []byte{'\r'}) - bytes.Count(b, []byte("\r\n"))
	}
	return n
}

// lastEnd is the length of the whole records in b, which starts with one. A
// quote opens a cell only where a cell begins; elsewhere it is text.
func (c *csvFile) lastEnd(b []byte) (end int) {
	if c.loneCR {
		return c.lastEndByCell(b)
	}
	for at := 0; ; {
		q := bytes.IndexByte(b[at:], '"')
		outside := b[at:]
		if q >= 0 {
			outside = b[at : at+q]
		}
		if i := bytes.LastIndexByte(outside, '\n'); i >= 0 {
			end = at + i + 1
		}
		if q < 0 {
			return end
		}
		q += at
		if q > 0 && b[q-1] != c.delimiter && b[q-1] != '\n' {
			at = q + 1
			continue
		}
		if at = closing(b, q+1); at < 0 {
			return end
		}
	}
}

// closing is the place behind the quote that closes what was opened before at;
// -1 where that cannot be told yet.
func closing(b []byte, at int) int {
	for {
		q := bytes.IndexByte(b[at:], '"')
		if q < 0 || at+q+1 == len(b) {
			return -1
		}
		if at += q + 1; b[at] != '"' {
			return at
		}
		at++
	}
}

// lastEndByCell is lastEnd for files whose lines end with a lone CR.
func (c *csvFile) lastEndByCell(b []byte) (end int) {
	trial := csvFile{delimiter: c.delimiter, loneCR: true}
	for {
		n, whole, _ := trial.cut(b[end:])
		if !whole {
			return end
		}
		end += n
	}
}
