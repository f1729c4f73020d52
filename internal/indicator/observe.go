package indicator

import (
	"encoding/binary"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// Rows streams the records of one dataset with the named fields decoded.
// schema.Rows is one, once it knows its site, dictionary and list.
type Rows func(fields []string, each func(*schema.Record) error) error

// Observation is one contributor in one combination of segments. Contributor
// and Owner are numbers that mean nothing but sameness; Contributor is -1 where
// Members rows are as many contributors and were added up.
type Observation struct {
	Contributor, Owner int
	Members            int
	Cluster, Stratum   string  // of the design; "" where there is none
	Cell               int     // index into Set.Margins; -1 where rows are not weighted to totals
	Base               float64 // weight of each of its rows before that; 1 where there is none
	Keys               []int   // by Set.Segments; read them with Segment.Groups
	Data               []Datum // by Set.Indicators
}

// Set is what one pass over a dataset observed.
type Set struct {
	Plan         *Plan
	Indicators   []*Indicator
	Options      [][]Option // by indicator: those listed, or those met in the rows
	Segments     []*Segment
	Observations []Observation
	Rows         int           // rows read
	Kept         int           // rows that the conditions keep
	Excluded     int           // distinct contributors (owners) of the rows that they leave out, counted up to 1,000
	Margins      [][]string    // by cell: the category of its rows in each margin of the weighting; "" = none
	Outside      []Observation // rows that the conditions leave out: their cells, weights and numbers alone
	people       *domain
}

// Name is a contributor's own name, to find it again in another edition. It
// must not leave the rooms below release.
func (s *Set) Name(contributor int) string {
	_, name, _ := strings.Cut(s.people.texts[contributor], "\x00")
	return name
}

// Contributor finds a contributor by its own name.
func (s *Set) Contributor(name string) (contributor int, ok bool) {
	contributor, ok = s.people.codes["c\x00"+name]
	return contributor, ok
}

// Observe streams a dataset's rows once and adds them up to observations of
// every indicator of the plan. Findings about rows (an unusable weight) go to
// the list; the error is the world's.
func (p *Plan) Observe(rows Rows, l *diag.List) (*Set, error) {
	pass := newPass(p)
	if err := rows(pass.cols.fields(), func(rec *schema.Record) error { pass.row(rec); return nil }); err != nil {
		return nil, err
	}
	pass.report(l)
	return pass.finish(), nil
}

// enoughExcluded is where the counting of excluded contributors ends: no
// disclosure rule asks for more, and memory must not grow with rows.
const enoughExcluded = 1000

// pass is the state of one stream of rows.
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
	left        map[int]bool // owners of rows left out
	index       map[string]int
	apart       bool // every row is an observation: contributors without a name, but with a weight, owner or rate of their own
	badWeights  map[string]int
	design      *design
	key         []byte
	keys        []int
}

func newPass(p *Plan) *pass {
	d := p.Dictionary
	ps := &pass{set: &Set{Plan: p}, cols: newColumns(d), people: newDomain(), left: map[int]bool{}, index: map[string]int{}, badWeights: map[string]int{}}
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

// row adds one row to the observation that it belongs to.
func (p *pass) row(rec *schema.Record) {
	p.set.Rows++
	contributor, owner := p.who(rec)
	p.design.read(rec, p.badWeights)
	for _, f := range p.where {
		if !f.keeps(rec) {
			if len(p.left) < enoughExcluded {
				p.left[owner] = true
			}
			p.design.leave()
			return
		}
	}
	p.set.Kept++
	p.keys = p.keys[:0]
	for _, s := range p.segments {
		p.keys = append(p.keys, s.key(rec))
	}
	obs := p.observation(contributor, owner)
	obs.Members++
	for i, o := range p.observers {
		if weight, ok := p.weight(i, rec); ok {
			o.add(obs.Data[i], rec, weight)
		}
	}
}

// who numbers the contributor and its owner. Without a contributor field each
// row is one; a row that does not name its contributor belongs to the one
// nameless contributor, which can only make disclosure control stricter.
func (p *pass) who(rec *schema.Record) (contributor, owner int) {
	switch {
	case p.contributor >= 0:
		contributor = p.people.code("c\x00" + p.identity(rec, p.contributor))
	case p.apart:
		contributor = p.people.code("r\x00" + numberText(float64(p.set.Rows)))
	default:
		return -1, -p.set.Rows
	}
	owner = contributor
	if p.owner >= 0 {
		if name := p.identity(rec, p.owner); name != "" {
			owner = p.people.code("o\x00" + name)
		}
	}
	return contributor, owner
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

func (p *pass) observation(contributor, owner int) *Observation {
	if contributor < 0 {
		owner = -1
	}
	p.key = binary.AppendVarint(binary.AppendVarint(p.key[:0], int64(contributor)), int64(owner))
	p.key = p.design.key(p.key)
	for _, k := range p.keys {
		p.key = binary.AppendVarint(p.key, int64(k))
	}
	at, known := p.index[string(p.key)]
	if !known {
		at = len(p.set.Observations)
		p.index[string(p.key)] = at
		obs := Observation{Contributor: contributor, Owner: owner, Keys: append([]int(nil), p.keys...)}
		p.design.place(&obs)
		for _, o := range p.observers {
			obs.Data = append(obs.Data, o.fresh())
		}
		p.set.Observations = append(p.set.Observations, obs)
	}
	return &p.set.Observations[at]
}

// weight is the row's weight for an indicator; rows of weight 0 do not exist,
// and those whose weight is unusable are counted and reported.
func (p *pass) weight(i int, rec *schema.Record) (float64, bool) {
	if p.set.Indicators[i].Weight == RakedWeight {
		return p.design.base, p.design.base > 0
	}
	at := p.weights[i]
	if at < 0 {
		return 1, true
	}
	v := &rec.Values[at]
	if v.State != schema.Present || v.Number < 0 {
		p.badWeights[p.set.Plan.Dictionary.Fields[at].Name]++
		return 0, false
	}
	return v.Number, v.Number > 0
}
