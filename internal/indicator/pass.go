package indicator

import (
	"fmt"

	"benchbook/internal/schema"
)

// enoughExcluded is where the counting of excluded contributors ends: no
// disclosure rule asks for more, and memory must not grow with rows.
const enoughExcluded = 1000

// pass is the state of one goroutine's stream of rows.
type pass struct {
	set         *Set
	cols        *columns
	contributor int // field indexes, -1 where there is none
	owner       int
	weights     []int // by indicator
	observers   []observer
	segments    []*segmenter
	where       []filter
	people      *domain
	names       recalled     // contributors by symbol
	owners      recalled     // owners by symbol
	left        map[int]bool // owners of rows left out
	nameless    int          // rows left out whose owner has no name
	apart       bool         // every row is an observation: contributors without a name, but with a weight, owner or rate of their own
	badWeights  map[string]int
	design      *design
	index       *tuples // contributor, owner, design, segments
	members     []int32 // by observation
	key         []int32
	batch       []kept // rows whose observation is known and that wait to be added
	keys        []int32
}

// kept is a row that the conditions keep, on its way into its observation.
type kept struct {
	rec   *schema.Record
	hash  uint64
	at    int
	place int // in the design
}

func newPass(p *Plan) *pass {
	d := p.Dictionary
	ps := &pass{set: &Set{Plan: p}, cols: newColumns(d), people: newDomain(), left: map[int]bool{}, badWeights: map[string]int{}}
	ps.contributor, ps.owner = ps.cols.optional(d.Contributor), ps.cols.optional(d.Owner)
	ps.apart = ps.contributor < 0 && ps.owner >= 0
	seen, cuts := map[*Indicator]bool{}, map[string]bool{}
	for _, t := range p.Tasks {
		if !seen[t.Indicator] {
			seen[t.Indicator] = true
			ps.watch(t.Indicator)
		}
		for _, name := range t.By {
			if !cuts[name] {
				cuts[name] = true
				ps.segments = append(ps.segments, newSegmenter(ps.cols, name))
			}
		}
	}
	ps.where = newFilters(ps.cols, p.Where)
	ps.design = newDesign(ps.cols, p)
	ps.apart = ps.apart || ps.contributor < 0 && ps.design.named()
	ps.index = newTuples(3 + len(ps.segments))
	ps.key = make([]int32, 3+len(ps.segments))
	return ps
}

func (p *pass) watch(ind *Indicator) {
	kind, _ := kindNamed(ind.Kind)
	for _, name := range kind.reads(ind) {
		p.cols.of(name)
	}
	weight := p.cols.optional(ind.Weight)
	p.apart = p.apart || p.contributor < 0 && (ind.Weight != "" || ind.Kind == ratioKind.Name)
	p.set.Indicators = append(p.set.Indicators, ind)
	p.weights = append(p.weights, weight)
	p.observers = append(p.observers, kind.start(ind, p.cols))
}

// rows adds some rows, each to the observation that it belongs to. What is
// looked up for one row does not wait for what is looked up for another, so that
// the memory's delays overlap.
func (p *pass) rows(recs []schema.Record) {
	p.batch, p.keys = p.batch[:0], p.keys[:0]
	for i := range recs {
		p.locate(&recs[i])
	}
	width := len(p.key)
	for i := range p.batch {
		p.batch[i].at = p.index.likely(p.batch[i].hash)
	}
	for i := range p.batch {
		k, key := &p.batch[i], p.keys[i*width:(i+1)*width]
		if k.at < 0 || !same(p.index.at(k.at), key) {
			k.at = p.observation(key)
		}
	}
	for i := range p.batch {
		p.members[p.batch[i].at] += int32(p.batch[i].rec.Rows())
	}
	for i := range p.observers {
		p.observe(i)
	}
}

// observe adds the batch to one indicator.
func (p *pass) observe(i int) {
	o := &p.observers[i]
	if p.weights[i] < 0 && p.set.Indicators[i].Weight != RakedWeight {
		for _, k := range p.batch {
			o.take(k, 1)
		}
		return
	}
	for _, k := range p.batch {
		if weight, ok := p.weight(i, k); ok {
			o.take(k, weight)
		}
	}
}

// take adds a record, once for each row that it stands for, or by its sums.
func (o *observer) take(k kept, weight float64) {
	if k.rec.Times == 0 {
		o.add(o.data[k.at], k.rec, weight)
		return
	}
	if o.total != nil && o.total(o.data[k.at], k.rec, weight) {
		return
	}
	for range k.rec.Times {
		o.add(o.data[k.at], k.rec, weight)
	}
}

// locate puts a row and the key of its observation into the batch, unless the
// conditions leave it out.
func (p *pass) locate(rec *schema.Record) {
	p.set.Rows += rec.Rows()
	contributor, owner := p.who(rec)
	p.key[2] = int32(p.design.read(rec, p.badWeights))
	for i := range p.where {
		if !p.where[i].keeps(rec) {
			p.leave(owner, rec.Rows())
			return
		}
	}
	p.set.Kept += rec.Rows()
	p.key[0], p.key[1] = int32(contributor), int32(owner)
	for i, s := range p.segments {
		p.key[3+i] = int32(s.key(rec))
	}
	p.keys = append(p.keys, p.key...)
	p.batch = append(p.batch, kept{rec, hashTuple(p.key), -1, int(p.key[2])})
}

// leave counts a row that the conditions leave out.
func (p *pass) leave(owner, rows int) {
	if owner < 0 {
		p.nameless += rows
	} else if len(p.left) < enoughExcluded {
		p.left[owner] = true
	}
	p.design.leave(rows)
}

// who numbers the contributor and its owner; -1 is a contributor without a name.
// Without a contributor field each row is one; a row that does not name its
// contributor belongs to the one nameless contributor, which can only make
// disclosure control stricter.
func (p *pass) who(rec *schema.Record) (contributor, owner int) {
	switch {
	case p.contributor >= 0:
		contributor = p.named(rec)
	case p.apart:
		contributor = p.people.code(p.place(rec))
	default:
		return -1, -1
	}
	if p.owner < 0 {
		return contributor, contributor
	}
	v := &rec.Values[p.owner]
	owner, known := p.owners.of(v.Symbol)
	if !known {
		owner = -1
		if name := p.identity(rec, p.owner); name != "" {
			owner = p.people.code("o\x00" + name)
		}
		p.owners.keep(v.Symbol, owner)
	}
	if owner < 0 {
		return contributor, contributor
	}
	return contributor, owner
}

func (p *pass) named(rec *schema.Record) int {
	v := &rec.Values[p.contributor]
	contributor, known := p.names.of(v.Symbol)
	if !known {
		contributor = p.people.code("c\x00" + p.identity(rec, p.contributor))
		p.names.keep(v.Symbol, contributor)
	}
	return contributor
}

// place names a row by where it stands, or by its number where it stands nowhere.
func (p *pass) place(rec *schema.Record) string {
	if rec.Row == 0 {
		return fmt.Sprintf("r\x00%012d", p.set.Rows)
	}
	return fmt.Sprintf("r\x00%06d:%012d", rec.File, rec.Row)
}

func (p *pass) identity(rec *schema.Record, at int) string {
	v := &rec.Values[at]
	if v.State != schema.Present {
		return ""
	}
	f := &p.set.Plan.Dictionary.Fields[at]
	if len(v.Codes) > 0 && v.Codes[0] < len(f.Categories) {
		return f.Categories[v.Codes[0]].Value
	}
	return valueText(f, v)
}

// observation finds the observation of a key, or begins it.
func (p *pass) observation(key []int32) int {
	at, known := p.index.number(key)
	if !known {
		p.members = append(p.members, 0)
		for i := range p.observers {
			p.observers[i].data = append(p.observers[i].data, p.observers[i].fresh())
		}
	}
	return at
}

// weight is the row's weight for an indicator; rows of weight 0 do not exist,
// and those whose weight is unusable are counted and reported.
func (p *pass) weight(i int, k kept) (float64, bool) {
	if p.set.Indicators[i].Weight == RakedWeight {
		base := p.design.places[k.place].Base
		return base, base > 0
	}
	v := &k.rec.Values[p.weights[i]]
	if v.State != schema.Present || v.Number < 0 {
		p.badWeights[p.set.Plan.Dictionary.Fields[p.weights[i]].Name] += k.rec.Rows()
		return 0, false
	}
	return v.Number, v.Number > 0
}
