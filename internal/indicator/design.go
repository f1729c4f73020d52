package indicator

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"benchbook/internal/schema"
)

// design is what a dataset's dictionary says of how rows were drawn and are to
// be weighted. Rows of one contributor that differ in it stay apart, so that
// weights can be made when all rows are known.
type design struct {
	dict             *schema.Dictionary
	cluster, stratum int   // field indexes, -1 = none
	margins          []int // field indexes; nil where nothing is weighted to totals
	weighting        bool
	baseAt           int
	cells            *domain
	texts            [][]string // margin categories by cell
	outside          map[string]*Observation
	inCluster        string // of the row at hand
	inStratum        string
	cell             int
	base             float64
	scratch          []byte
	ids              *domain // the keys of rows, numbered
	places           []Observation
}

func newDesign(cols *columns, p *Plan) *design {
	d := p.Dictionary
	out := &design{dict: d, cluster: cols.optional(d.Cluster), stratum: cols.optional(d.Stratum), baseAt: -1, cells: newDomain(),
		outside: map[string]*Observation{}, cell: -1, base: 1, ids: newDomain(), places: []Observation{{Cell: -1, Base: 1}}}
	if d.Weighting == nil || !slices.ContainsFunc(p.Tasks, func(t Task) bool { return t.Indicator.Weight == RakedWeight }) {
		return out
	}
	out.weighting, out.baseAt = true, cols.optional(d.Weighting.Base)
	for _, m := range d.Weighting.Margins {
		at, _ := cols.of(m.Field)
		out.margins = append(out.margins, at)
	}
	return out
}

// named says that rows have to be told apart, as contributors without a name.
func (d *design) named() bool { return d.cluster >= 0 || d.stratum >= 0 || d.weighting }

// read takes a row's place in the design and numbers it: 0 where there is none.
func (d *design) read(rec *schema.Record, bad map[string]int) int {
	if !d.named() {
		return 0
	}
	d.locate(rec, bad)
	id := d.ids.code(string(d.key(nil))) + 1
	if id == len(d.places) {
		d.places = append(d.places, Observation{})
		d.place(&d.places[id])
	}
	return id
}

func (d *design) locate(rec *schema.Record, bad map[string]int) {
	d.inCluster, d.inStratum = d.text(rec, d.cluster), d.text(rec, d.stratum)
	if !d.weighting {
		return
	}
	if d.base = 1; d.baseAt >= 0 {
		if v := &rec.Values[d.baseAt]; v.State == schema.Present && v.Number >= 0 {
			d.base = v.Number
		} else {
			d.base = 0
			bad[d.dict.Fields[d.baseAt].Name] += rec.Rows()
		}
	}
	key := d.scratch[:0]
	for _, at := range d.margins {
		key = append(append(key, d.text(rec, at)...), 0)
	}
	d.scratch = key
	known := len(d.cells.texts)
	if d.cell = d.cells.code(string(key)); d.cell == known {
		var texts []string
		for _, at := range d.margins {
			texts = append(texts, d.text(rec, at))
		}
		d.texts = append(d.texts, texts)
	}
}

// text is a value as files write it; "" without an answer.
func (d *design) text(rec *schema.Record, at int) string {
	if at < 0 || rec.Values[at].State != schema.Present {
		return ""
	}
	f, v := &d.dict.Fields[at], &rec.Values[at]
	if options := listed(f); len(options) > 0 {
		if codes := answers(f, v, nil, nil); len(codes) > 0 && codes[0] < len(options) {
			return options[codes[0]].Value
		}
		return ""
	}
	return valueText(f, v)
}

// key tells rows of one contributor apart.
func (d *design) key(b []byte) []byte {
	b = append(append(append(append(b, d.inCluster...), 0), d.inStratum...), 0)
	return binary.AppendUvarint(binary.AppendVarint(b, int64(d.cell)), math.Float64bits(d.base))
}

// place writes the row's place into its observation.
func (d *design) place(obs *Observation) {
	obs.Cluster, obs.Stratum, obs.Cell, obs.Base = d.inCluster, d.inStratum, d.cell, d.base
}

// absorb takes what another pass met and gives the number here of each place there.
func (d *design) absorb(o *design) []int {
	cells := d.cells.absorb(o.cells)
	for there, here := range cells {
		if here == len(d.texts) {
			d.texts = append(d.texts, o.texts[there])
		}
	}
	moved := func(obs Observation) Observation {
		if obs.Cell >= 0 {
			obs.Cell = cells[obs.Cell]
		}
		d.inCluster, d.inStratum, d.cell, d.base = obs.Cluster, obs.Stratum, obs.Cell, obs.Base
		return obs
	}
	ids := make([]int, len(o.places))
	for there := 1; there < len(o.places); there++ {
		obs := moved(o.places[there])
		if ids[there] = d.ids.code(string(d.key(nil))) + 1; ids[there] == len(d.places) {
			d.places = append(d.places, obs)
		}
	}
	for _, out := range o.outside {
		moved(*out)
		d.skip(out.Members)
	}
	return ids
}

// leave counts a row that the conditions leave out: it has a weight all the same.
func (d *design) leave(rows int) {
	if d.weighting {
		d.skip(rows)
	}
}

func (d *design) skip(rows int) {
	key := string(d.key(nil))
	obs := d.outside[key]
	if obs == nil {
		obs = &Observation{Contributor: -1, Owner: -1}
		d.place(obs)
		d.outside[key] = obs
	}
	obs.Members += rows
}

// finish hands the cells on, in an order that the rows' order has no part in.
func (d *design) finish(set *Set) {
	order := make([]int, len(d.texts))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return slices.Compare(d.texts[a], d.texts[b]) })
	rank := make([]int, len(order))
	for r, c := range order {
		rank[c] = r
		set.Margins = append(set.Margins, d.texts[c])
	}
	for i := range d.places {
		if o := &d.places[i]; o.Cell >= 0 {
			o.Cell = rank[o.Cell]
		}
	}
	for _, o := range d.outside {
		o.Cell = rank[o.Cell]
		set.Outside = append(set.Outside, *o)
	}
	slices.SortFunc(set.Outside, func(a, b Observation) int {
		return cmp.Or(cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Base, b.Base), cmp.Compare(a.Cluster, b.Cluster), cmp.Compare(a.Stratum, b.Stratum))
	})
}
