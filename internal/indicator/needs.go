package indicator

import (
	"maps"
	"slices"

	"benchbook/internal/schema"
)

// Needs says what a database has to answer for a plan: rows grouped by the
// values of keys, and in each group the sums of pairs. Sorted, without repeats.
func (p *Plan) Needs() (keys []string, pairs []schema.Pair) {
	ps := newPass(p)
	cols := newColumns(p.Dictionary)
	for _, ind := range ps.set.Indicators {
		kind, _ := kindNamed(ind.Kind)
		summed := map[string]bool{}
		if kind.pairs != nil {
			for _, pair := range kind.pairs(ind) {
				summed[pair.A], summed[pair.B] = true, true
				if !slices.Contains(pairs, pair) {
					pairs = append(pairs, pair)
				}
			}
		}
		for _, name := range kind.reads(ind) {
			if !summed[name] {
				cols.of(name)
			}
		}
		cols.optional(ind.Weight)
	}
	d := p.Dictionary
	cols.optional(d.Contributor)
	cols.optional(d.Owner)
	for _, s := range ps.segments {
		cols.of(s.field.Name)
	}
	newFilters(cols, p.Where)
	newDesign(cols, p)
	return slices.Sorted(maps.Keys(cols.used)), pairs
}

// Apart says that every row is a contributor of its own and has to be seen by
// itself, which a database that groups rows cannot give; by is the indicator
// that asks for it.
func (p *Plan) Apart() (by *Indicator, apart bool) {
	if p.Dictionary.Contributor != "" {
		return nil, false
	}
	for _, t := range p.Tasks {
		if t.Indicator.Weight != "" || t.Indicator.Kind == ratioKind.Name {
			return t.Indicator, true
		}
	}
	return nil, false
}
