package client

import (
	"cmp"
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// Ledger is a client's own numbers: one entry for each day and day of arrival,
// with the sums of its rows.
type Ledger struct {
	fields  map[string]int
	rules   []string // by field: flow, stock, ratio, distinct
	entries []entry  // by day, then by arrival
	Monthly bool     // rows are months and not days
}

type entry struct {
	day, known Day
	sums       []cell
}

// Field is one column of a ledger: a field of the data dictionary, or one of the
// two sums that a stored ratio is brought back to.
type Field struct {
	Name string // as Sums and Roll know it
	Rule string // flow, stock, ratio, distinct
	Of   string // of a stored ratio: the ratio's field; "" else
	Over string // what it is a ratio of
	Top  bool   // the sum above the line
}

// Line is one day (or month) of a ledger: the sums of its rows by field, not
// known where no row has a value.
type Line struct {
	Day  Day
	Sums []Value
}

// Fields are the columns that Lines gives.
func (g *Ledger) Fields() []Field {
	out := make([]Field, len(g.rules))
	for name, i := range g.fields {
		out[i] = Field{Name: name, Rule: g.rules[i]}
		for _, mark := range []string{"\x00*\x00", "\x00/\x00"} {
			if ratio, over, stored := strings.Cut(name, mark); stored {
				out[i].Of, out[i].Over, out[i].Top = ratio, over, mark[1] == '*'
			}
		}
	}
	return out
}

// Lines are the days from one on that were known by the end of another.
func (g *Ledger) Lines(from, known Day) (out []Line) {
	for _, e := range g.entries {
		if e.day < from || e.day > known || e.known > known {
			continue
		}
		if len(out) == 0 || out[len(out)-1].Day != e.day {
			out = append(out, Line{e.day, make([]Value, len(g.rules))})
		}
		sums := out[len(out)-1].Sums
		for i, c := range e.sums {
			if c.rows > 0 {
				sums[i] = Value{Num: sums[i].Num + c.sum, Den: one, Known: true}
			}
		}
	}
	return out
}

// Sums name the columns that a KPI is made of: the one above the line, and the
// one below where it is a quotient, else "".
func (k *KPI) Sums() (top, bottom string) {
	switch {
	case k.Numerator != "":
		return k.Numerator, k.Denominator
	case k.Over != "":
		s := k.stored()
		return s[0], s[1]
	}
	return k.Field, ""
}

type cell struct {
	sum  Amount
	rows int
}

// ReadLedger streams the client's rows. Findings about them go to the list; ok
// is false when one of them leaves the numbers unusable.
func ReadLedger(site string, c *Client, l *diag.List) (g *Ledger, ok bool, err error) {
	g = &Ledger{fields: map[string]int{}}
	r := reader{client: c, ledger: g, list: l, index: map[[2]Day]int{}, ok: true}
	names := r.fields()
	err = schema.Rows(site, c.Dictionary, names, l, func(rec *schema.Record) error { r.row(rec); return nil })
	slices.SortFunc(g.entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.known, b.known)) })
	return g, r.ok && err == nil && !l.HasErrors(), err
}

type reader struct {
	client   *Client
	ledger   *Ledger
	list     *diag.List
	columns  []int     // by ledger field: index into the dictionary
	products []product // stored ratios, brought back to what they are quotients of
	period   int
	received int
	index    map[[2]Day]int
	ok       bool
	grains   [2]int // rows that name a day, a month
}

// fields names what has to be decoded, and numbers the KPIs' fields.
func (r *reader) fields() []string {
	d := r.client.Dictionary
	at := func(name string) int {
		return slices.IndexFunc(d.Fields, func(f schema.Field) bool { return f.Name == name })
	}
	r.period, r.received = at(d.Period), at(r.client.Received)
	names := []string{d.Period}
	if r.received >= 0 {
		names = append(names, r.client.Received)
	}
	for i := range r.client.KPIs {
		k := &r.client.KPIs[i]
		if k.Over != "" {
			names = append(names, k.Field, k.Over)
			r.products = append(r.products, product{at(k.Field), at(k.Over), k.stored()})
		}
		for _, name := range k.fields() {
			if _, known := r.ledger.fields[name]; known {
				continue
			}
			r.ledger.fields[name] = len(r.columns)
			r.columns = append(r.columns, at(name))
			r.ledger.rules = append(r.ledger.rules, cmp.Or(d.Fields[at(name)].Measure, "flow"))
			names = append(names, name)
		}
	}
	for _, p := range r.products {
		for _, name := range p.names {
			if _, known := r.ledger.fields[name]; !known {
				r.ledger.fields[name] = len(r.ledger.rules)
				r.ledger.rules = append(r.ledger.rules, "flow")
			}
		}
	}
	return names
}

// product is a stored ratio: what it is times what it is a ratio of, and the
// latter, of rows that have both. Names are those of the two sums in the ledger.
type product struct {
	ratio, over int
	names       [2]string
}

// stored names the sums of a stored ratio; no field of a dictionary has such a name.
func (k *KPI) stored() [2]string {
	return [2]string{k.Field + "\x00*\x00" + k.Over, k.Field + "\x00/\x00" + k.Over}
}

// fields are the dataset's fields that a KPI adds up.
func (k *KPI) fields() (out []string) {
	for _, name := range []string{k.Field, k.Numerator, k.Denominator, k.Traffic} {
		if name != "" && (name != k.Field || k.Over == "") {
			out = append(out, name)
		}
	}
	return out
}

func (r *reader) row(rec *schema.Record) {
	day, grain, ok := dayIn(&rec.Values[r.period])
	if !ok {
		return // the dictionary's checks have said so
	}
	r.grains[grain]++
	if r.grains[0] > 0 && r.grains[1] > 0 {
		r.refuse(rec, diag.T("有的行写到日，有的行只写到月", "some rows name a day and some only a month"))
		return
	}
	r.ledger.Monthly = grain == 1
	known := day
	if r.received >= 0 {
		if arrived, _, ok := dayIn(&rec.Values[r.received]); ok {
			known = max(day, arrived)
		}
	}
	at, seen := r.index[[2]Day{day, known}]
	if !seen {
		at = len(r.ledger.entries)
		r.index[[2]Day{day, known}] = at
		r.ledger.entries = append(r.ledger.entries, entry{day, known, make([]cell, len(r.ledger.rules))})
	}
	r.add(rec, r.ledger.entries[at].sums)
}

func (r *reader) add(rec *schema.Record, sums []cell) {
	for i, column := range r.columns {
		v := &rec.Values[column]
		if v.State != schema.Present {
			continue
		}
		x, ok := amountOf(v.Number)
		if !ok {
			r.refuse(rec, diag.T("%q 大得无法精确相加", "%q is too large to be added exactly", r.client.Dictionary.Fields[column].Name))
			continue
		}
		sums[i].put(x)
	}
	for _, p := range r.products {
		ratio, over := &rec.Values[p.ratio], &rec.Values[p.over]
		if ratio.State != schema.Present || over.State != schema.Present {
			continue
		}
		if part, ok := amountOf(ratio.Number * over.Number); ok {
			whole, _ := amountOf(over.Number)
			sums[r.ledger.fields[p.names[0]]].put(part)
			sums[r.ledger.fields[p.names[1]]].put(whole)
		}
	}
}

func (c *cell) put(x Amount) {
	c.sum += x
	c.rows++
}

func (r *reader) refuse(rec *schema.Record, message diag.Text) {
	if r.ok {
		file := r.client.Dictionary.Pos.File
		r.list.Errorf("client.rows", diag.Pos{File: file}, diag.T("第 %d 行：%s", "row %d: %s", rec.Row, message))
	}
	r.ok = false
}

// dayIn reads a date cell: a day, or a month as its first day (grain 1).
func dayIn(v *schema.Value) (d Day, grain int, ok bool) {
	if v.State != schema.Present {
		return 0, 0, false
	}
	if len(v.Text) == len("2026-06") {
		d, ok = ParseDay(v.Text + "-01")
		return d, 1, ok
	}
	d, ok = ParseDay(v.Text[:min(len(v.Text), len("2026-06-03"))])
	return d, 0, ok
}
