package leak

import (
	"bytes"
	"hash/maphash"
	"sync"
)

// probe is the search of one file.
type probe struct {
	scanner *Scanner
	file    string
	texts   bool // numbers are left alone
	found   []Finding
	budget  int             // bytes that may still be unwrapped
	seen    map[uint64]bool // readings: two ways of unwrapping often lead to one text
}

// Wrappings are followed so deep, and so far.
const (
	deepest    = 6
	unwrapMost = 512 << 20
)

// look searches bytes in every reading.
func (p *probe) look(place string, data []byte, depth int) {
	if depth == 0 {
		p.budget, p.seen = unwrapMost, map[uint64]bool{}
	}
	hash := maphash.Bytes(seed, data)
	if len(data) == 0 || depth > deepest || p.budget < 0 || len(p.found) > 4*mostFindings || p.seen[hash] {
		return
	}
	p.seen[hash] = true
	p.text(place, data)
	for _, in := range unwrap(data) {
		p.budget -= len(in.data)
		texts := p.texts
		p.texts = texts || in.name == drawn
		p.look(join(place, in.name), in.data, depth+1)
		p.texts = texts
	}
}

func join(place, name string) string {
	if place == "" {
		return name
	}
	return place + " › " + name
}

// buffer is room for the readings of one text.
type buffer struct {
	folded, tight []byte
	cut           []bool
}

var buffers = sync.Pool{New: func() any { return &buffer{} }}

// text searches bytes as they stand, and once more without blanks and hyphens.
func (p *probe) text(place string, data []byte) {
	p.scanner.scanned.Add(int64(len(data)))
	buf := buffers.Get().(*buffer)
	defer buffers.Put(buf)
	buf.folded = appendFolded(buf.folded[:0], data)
	report := func(at, length int, x secret) { p.report(place, data, buf.folded[at:at+length], x) }
	p.scanner.texts.find(buf.folded, nil, report)
	if !p.texts {
		p.scanner.findNumbers(buf.folded, report)
	}
	buf.tight, buf.cut = appendTight(buf.tight[:0], buf.cut[:0], buf.folded)
	p.scanner.texts.find(buf.tight, buf.cut, func(at, length int, x secret) {
		if text := buf.tight[at : at+length]; longEnough(shapeOf(string(text))) {
			p.report(place, data, text, x)
		}
	})
}

func (p *probe) report(place string, data, text []byte, x secret) {
	line := 0
	if i := bytes.Index(data, text); i >= 0 && place == "" {
		line = 1 + bytes.Count(data[:i], []byte{'\n'})
	}
	p.found = append(p.found, Finding{File: p.file, Place: place, Line: line, Kind: x.kind, From: p.scanner.froms[x.from], Hint: mask(string(text))})
}
