package schema

import (
	"hash/maphash"
	"slices"
	"strings"

	"benchbook/internal/dataset"
)

// memo keeps what the texts of a field mean, so that each is worked out once.
// Only texts that raise no finding are kept, and only the first few thousand.
type memo struct {
	seed   maphash.Seed
	most   int
	slots  []int32 // open addressing: symbols, 0 = free
	texts  []string
	values []Value // by symbol − 1
}

// The most texts that are kept: of fields that rows are grouped by, and of others.
const (
	manyTexts = 1 << 16
	fewTexts  = 1 << 12
)

// memo is that of a field; nil for numbers, of which hardly two are alike.
func (dec *Decoder) memo(f *Field, at int) *memo {
	d := dec.dictionary
	keyed := slices.Contains(append([]string{d.Contributor, d.Owner, d.Period, d.Cluster, d.Stratum}, d.Segments...), f.Name)
	if f.numeric() && !keyed || f.Constraint.Unique {
		return nil
	}
	if dec.memos[at] == nil {
		m := &memo{seed: maphash.MakeSeed(), most: fewTexts, slots: make([]int32, 64)}
		if keyed {
			m.most = manyTexts
		}
		dec.memos[at] = m
	}
	return dec.memos[at]
}

// find gives the symbol of a text, or 0 and where it would go.
func (m *memo) find(text string) (symbol int32, slot uint64) {
	mask := uint64(len(m.slots) - 1)
	for slot = maphash.String(m.seed, text) & mask; ; slot = (slot + 1) & mask {
		if symbol = m.slots[slot]; symbol == 0 || m.texts[symbol-1] == text {
			return symbol, slot
		}
	}
}

// keep takes a text's meaning.
func (m *memo) keep(text string, v *Value, slot uint64) {
	if len(m.texts) >= m.most {
		return
	}
	v.Symbol = int32(len(m.texts) + 1)
	m.texts, m.values = append(m.texts, strings.Clone(text)), append(m.values, *v)
	m.slots[slot] = v.Symbol
	if 2*len(m.texts) <= len(m.slots) {
		return
	}
	m.slots = make([]int32, 4*len(m.slots))
	for i, text := range m.texts {
		_, slot := m.find(text)
		m.slots[slot] = int32(i + 1)
	}
}

// recall decodes a cell by its text.
func (dec *Decoder) recall(c *column, v *Value, text string) {
	symbol, slot := c.memo.find(text)
	if symbol > 0 {
		*v = c.memo.values[symbol-1]
		return
	}
	dec.failed = false
	dec.text(c, v, text)
	if !dec.failed {
		c.memo.keep(text, v, slot)
	}
}

// entries are the meanings of a file's own dictionary of texts.
type entries struct {
	of     *dataset.Dictionary
	values []Value
	known  []bool
}

// entry decodes a text of the file's dictionary.
func (dec *Decoder) entry(c *column, v *Value, of *dataset.Dictionary, at int32) {
	e := &c.found
	if e.of != of {
		*e = entries{of, slices.Grow(e.values[:0], len(of.Texts))[:len(of.Texts)], make([]bool, len(of.Texts))}
	}
	if e.known[at] {
		*v = e.values[at]
		return
	}
	dec.failed = false
	if text := of.Texts[at]; c.memo != nil {
		dec.recall(c, v, text)
	} else {
		dec.text(c, v, text)
	}
	if !dec.failed && dec.unique[c.field] == nil {
		e.values[at], e.known[at] = *v, true
	}
}
