package indicator

import (
	"strings"
	"sync"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// Rows streams the records of one dataset with the named fields decoded.
// schema.Rows is one, once it knows its site, dictionary and list.
type Rows func(fields []string, each func(*schema.Record) error) error

// Stream is Rows some at a time and on several goroutines: each has a consumer of
// its own, which start makes, and what the records are observed to be does not depend on who
// gets which. schema.Spread is one.
type Stream func(fields []string, start func() func([]schema.Record) error) error

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
	Observations []Observation // by contributor's name, then owner, design and segments
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
	return p.ObserveStream(func(fields []string, start func() func([]schema.Record) error) error {
		take := start()
		return rows(fields, func(rec *schema.Record) error { return take([]schema.Record{*rec}) })
	}, l)
}

// ObserveStream is Observe on several goroutines. The set is the same.
func (p *Plan) ObserveStream(rows Stream, l *diag.List) (*Set, error) {
	first := newPass(p)
	passes := []*pass{}
	var mu sync.Mutex
	err := rows(first.cols.fields(), func() func([]schema.Record) error {
		mu.Lock()
		defer mu.Unlock()
		next := first
		if len(passes) > 0 {
			next = newPass(p)
		}
		passes = append(passes, next)
		return func(recs []schema.Record) error { next.rows(recs); return nil }
	})
	if err != nil {
		return nil, err
	}
	for _, more := range passes[min(1, len(passes)):] {
		first.absorb(more)
	}
	first.report(l)
	return first.finish(), nil
}
