package indicator

import (
	"cmp"
	"slices"
	"strings"

	"benchbook/internal/schema"
)

// Segment is a field that tables are cut by.
type Segment struct {
	Field, Title string
	Ordered      bool     // the values have an order of their own
	Overlapping  bool     // several answers: one contributor is in several groups
	Values       []Option // in order; those of a field without categories come from the rows
	sets         [][]int  // of an overlapping one: indexes into Values, by key
}

// Groups gives the indexes into Values that a key stands for; none when the
// row had no answer.
func (s *Segment) Groups(key int) []int {
	switch {
	case key < 0:
		return nil
	case s.Overlapping:
		return s.sets[key]
	}
	return []int{key}
}

// segmenter gives each row its key of one segment.
type segmenter struct {
	segment *Segment
	field   *schema.Field
	at      int
	found   *domain // values or sets met in the rows; nil when the key is the category itself
	codes   []int
	keys    recalled
}

func newSegmenter(cols *columns, name string) *segmenter {
	at, f := cols.of(name)
	values := listed(f)
	s := &segmenter{field: f, at: at, segment: &Segment{Field: f.Name, Title: cmp.Or(f.Title, f.Name), Ordered: f.Ordered || len(values) == 0,
		Overlapping: f.Type == schema.List, Values: values}}
	if len(values) == 0 || s.segment.Overlapping {
		s.found = newDomain()
	}
	return s
}

// key is the row's group: an index into Values, for an overlapping segment an
// index into its sets, -1 without an answer.
func (s *segmenter) key(rec *schema.Record) int {
	v := &rec.Values[s.at]
	key, known := s.keys.of(v.Symbol)
	if !known {
		key = s.group(v)
		s.keys.keep(v.Symbol, key)
	}
	return key
}

func (s *segmenter) group(v *schema.Value) int {
	if v.State != schema.Present {
		return -1
	}
	if !s.segment.Overlapping {
		if s.codes = answers(s.field, v, s.found, s.codes[:0]); len(s.codes) == 0 {
			return -1
		}
		return s.codes[0]
	}
	s.codes = append(s.codes[:0], v.Codes...)
	slices.Sort(s.codes)
	s.codes = slices.Compact(s.codes)
	if len(s.codes) == 0 {
		return -1
	}
	var b strings.Builder
	for _, c := range s.codes {
		b.WriteRune(rune(c + 1))
	}
	known := len(s.found.texts)
	key := s.found.code(b.String())
	if key == known {
		s.segment.sets = append(s.segment.sets, slices.Clone(s.codes))
	}
	return key
}

// absorb takes what another pass met and gives the key here of each key there;
// nil where they are the same.
func (s *segmenter) absorb(o *segmenter) []int {
	if s.found == nil {
		return nil
	}
	known := len(s.found.texts)
	keys := s.found.absorb(o.found)
	if s.segment.Overlapping {
		for there, here := range keys {
			if here >= known {
				s.segment.sets = append(s.segment.sets, o.segment.sets[there])
			}
		}
	}
	return keys
}

// finish puts values met in the rows in order and gives the new key of each old one.
func (s *segmenter) finish() (rank []int) {
	if s.found == nil {
		return nil
	}
	if s.segment.Overlapping {
		return s.orderSets()
	}
	texts, rank := s.found.sorted()
	for _, t := range texts {
		s.segment.Values = append(s.segment.Values, Option{t, t})
	}
	return rank
}

// orderSets puts the sets of an overlapping segment in order.
func (s *segmenter) orderSets() []int {
	order := make([]int, len(s.segment.sets))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return slices.Compare(s.segment.sets[a], s.segment.sets[b]) })
	rank, sets := make([]int, len(order)), make([][]int, len(order))
	for r, c := range order {
		rank[c], sets[r] = r, s.segment.sets[c]
	}
	s.segment.sets = sets
	return rank
}
