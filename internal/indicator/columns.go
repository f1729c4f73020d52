package indicator

import (
	"maps"
	"slices"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// columns finds fields in records and remembers which are read, so that the
// others need not be decoded.
type columns struct {
	dict *schema.Dictionary
	used map[string]bool
}

func newColumns(d *schema.Dictionary) *columns { return &columns{d, map[string]bool{}} }

// of gives a field that the checks have found before, and its place in a record.
func (c *columns) of(name string) (int, *schema.Field) {
	c.used[name] = true
	at := slices.IndexFunc(c.dict.Fields, func(f schema.Field) bool { return f.Name == name })
	return at, &c.dict.Fields[at]
}

// optional is the place of a field that need not be there: -1 then.
func (c *columns) optional(name string) int {
	if _, ok := c.dict.Field(name); !ok {
		return -1
	}
	at, _ := c.of(name)
	return at
}

func (c *columns) fields() []string { return slices.Sorted(maps.Keys(c.used)) }

// filter keeps rows by one field: any of its values.
type filter struct {
	at     int
	field  *schema.Field
	values []string
}

func newFilters(cols *columns, where []Condition) []filter {
	var out []filter
	for _, w := range where {
		i := slices.IndexFunc(out, func(f filter) bool { return f.field.Name == w.Field })
		if i < 0 {
			at, f := cols.of(w.Field)
			out, i = append(out, filter{at: at, field: f}), len(out)
		}
		out[i].values = append(out[i].values, w.Value)
	}
	return out
}

func (f *filter) keeps(rec *schema.Record) bool {
	v := &rec.Values[f.at]
	if v.State != schema.Present {
		return false
	}
	options := listed(f.field)
	if len(options) == 0 {
		return slices.Contains(f.values, valueText(f.field, v))
	}
	for _, code := range answers(f.field, v, nil, nil) {
		if code < len(options) && (slices.Contains(f.values, options[code].Value) || slices.Contains(f.values, options[code].Label)) {
			return true
		}
	}
	return false
}

// report says what was wrong with rows.
func (p *pass) report(l *diag.List) {
	d := p.set.Plan.Dictionary
	for _, name := range slices.Sorted(maps.Keys(p.badWeights)) {
		f, _ := d.Field(name)
		l.Add(diag.Diagnostic{
			Code: "indicator.weight", Pos: f.Pos,
			Message: diag.T("数据集 %s：%d 行的权重 %s 缺失或为负", "dataset %s: %d rows have no weight %s or a negative one", d.Name, p.badWeights[name], name),
			Hint:    diag.T("补齐权重；不参与统计的行写 0", "give every row a weight; 0 leaves it out"),
		})
	}
}
