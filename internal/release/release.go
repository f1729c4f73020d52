// Package release decides what may be published, and is the only room that can
// make what is published: a Cell.
//
// In: every table of estimates of a site, and the rules. Out: a Registry of
// Cells that pages, charts, downloads and the command look up by reference. A
// Cell's fields cannot be set from outside; of a suppressed cell no number is
// left inside it, so nothing that is made from cells can tell it.
//
// The rules, each with its reasons where it is applied: a group needs a
// minimum of distinct contributors, where contributors of one owner are one;
// an option chosen by fewer than that is withheld; what could be subtracted
// from a published total is withheld with it; quantiles need more contributors
// the further out they lie, and minima and maxima are never published. Data
// that is already public (disclosure = "open") is exempt.
//
// One number has one text. How a value is written is decided here and nowhere
// else, so that sentence, figure, table and download agree.
//
// It refuses charts and HTML.
package release

import (
	"cmp"
	"slices"

	"benchbook/internal/benchmark"
)

// Release applies the rules to all tables at once and makes the cells.
func Release(rules Rules, tables []*benchmark.Table) *Registry {
	reg := &Registry{rules: rules, tables: map[string][]*Table{}}
	var all, protected []*screen
	for _, t := range tables {
		s := newScreen(rules, t)
		all = append(all, s)
		if !s.open && !s.later {
			protected = append(protected, s)
		}
	}
	err := cmp.Or(protect(rules, protected), protectAmounts(rules, protected))
	if err != nil {
		for _, s := range protected { // nothing of what cannot be protected is published
			s.hideAll()
		}
	}
	for _, s := range protected {
		s.unbin()
	}
	reg.tell(all)
	found, failed := audit(rules, protected)
	if reg.exposed = found; len(found) == 0 && cmp.Or(err, failed) != nil {
		reg.exposed = []Exposure{{Where: cmp.Or(err, failed).Error()}}
	}
	return reg
}

// tell makes the cells, once all verdicts are final.
func (r *Registry) tell(all []*screen) {
	ordered := families(all)
	for _, family := range ordered {
		scale := family.scale()
		for _, s := range family {
			s.made = s.release(scale)
		}
	}
	tellChanges(all)
	for _, family := range ordered {
		for _, s := range family {
			s.tellContrasts()
			r.add(s.made)
		}
	}
}

// family is the tables of one indicator over the same rows, from the total to
// the finest cut; one scale is for all of them.
type family []*screen

func families(screens []*screen) []family {
	var out []family
	for _, s := range screens {
		i := slices.IndexFunc(out, func(f family) bool { return f[0].table.Indicator == s.table.Indicator })
		if i < 0 {
			out, i = append(out, nil), len(out)
		}
		out[i] = append(out[i], s)
	}
	for _, f := range out {
		slices.SortStableFunc(f, func(a, b *screen) int { return len(a.table.By) - len(b.table.By) })
	}
	return out
}
