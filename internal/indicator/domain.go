package indicator

import (
	"cmp"
	"slices"
	"strings"

	"benchbook/internal/schema"
)

// domain numbers texts as they are met: contributors, dates, months. Their
// order in what is published never depends on the order of meeting; see sorted.
type domain struct {
	texts []string
	codes map[string]int
}

func newDomain() *domain { return &domain{codes: map[string]int{}} }

func (d *domain) code(text string) int {
	c, ok := d.codes[text]
	if !ok {
		c = len(d.texts)
		text = strings.Clone(text) // it may lie in a block of the file
		d.texts, d.codes[text] = append(d.texts, text), c
	}
	return c
}

// absorb takes another domain's texts and gives the code here of each code there.
func (d *domain) absorb(o *domain) []int {
	codes := make([]int, len(o.texts))
	for c, text := range o.texts {
		codes[c] = d.code(text)
	}
	return codes
}

// recalled is what was worked out for a field's texts, by schema.Value.Symbol.
type recalled []int32

// of gives what is kept for a symbol.
func (r recalled) of(symbol int32) (int, bool) {
	if symbol <= 0 || int(symbol) >= len(r) || r[symbol] == 0 {
		return 0, false
	}
	return int(r[symbol]) - 2, true
}

// keep keeps a number from -1 up.
func (r *recalled) keep(symbol int32, n int) {
	if symbol <= 0 {
		return
	}
	for int(symbol) >= len(*r) {
		*r = append(*r, make([]int32, len(*r)+64)...)
	}
	(*r)[symbol] = int32(n) + 2
}

// sorted gives the texts in order (numbers by value) and each code's rank in it.
func (d *domain) sorted() (texts []string, rank []int) {
	order := make([]int, len(d.texts))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compareTexts(d.texts[a], d.texts[b]) })
	texts, rank = make([]string, len(order)), make([]int, len(order))
	for r, c := range order {
		texts[r], rank[c] = d.texts[c], r
	}
	return texts, rank
}

// compareTexts orders whole numbers by value and before other texts.
func compareTexts(a, b string) int {
	na, oka := wholeNumber(a)
	nb, okb := wholeNumber(b)
	switch {
	case oka && okb:
		return cmp.Or(cmp.Compare(na, nb), cmp.Compare(a, b))
	case oka:
		return -1
	case okb:
		return 1
	}
	return cmp.Compare(a, b)
}

// listed is the options that a field's dictionary entry names; none for a field
// whose values are met in the rows only.
func listed(f *schema.Field) []Option {
	if len(f.Categories) == 0 && f.Type == schema.Boolean {
		return []Option{{"true", "是"}, {"false", "否"}}
	}
	var out []Option
	for _, c := range f.Categories {
		out = append(out, Option{c.Value, cmp.Or(c.Label, c.Value)})
	}
	if f.Other != "" {
		out = append(out, Option{f.Other, f.Other})
	}
	return out
}

// answers gives the indexes into listed, or into found where nothing is listed,
// of what a present value says. Nothing means that the value fits no option.
func answers(f *schema.Field, v *schema.Value, found *domain, into []int) []int {
	switch {
	case len(f.Categories) > 0:
		return append(into, v.Codes...)
	case f.Type == schema.Boolean && v.Number == 1:
		return append(into, 0)
	case f.Type == schema.Boolean:
		return append(into, 1)
	case found == nil:
		return into
	}
	if text := valueText(f, v); text != "" {
		return append(into, found.code(text))
	}
	return into
}

// valueText is a present value as a group or option is named: a date without
// its time of day (and without the day where the source has months only), a
// number in its shortest form.
func valueText(f *schema.Field, v *schema.Value) string {
	switch f.Type {
	case schema.Date, schema.DateTime:
		length := len("2026-01-02")
		if strings.Contains(f.Format, "%m") && !strings.Contains(f.Format, "%d") {
			length = len("2026-01")
		}
		return v.Text[:min(len(v.Text), length)]
	case schema.Integer, schema.Number:
		return numberText(v.Number)
	}
	return v.Text
}
