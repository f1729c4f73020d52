package release

import (
	"slices"

	"benchbook/internal/benchmark"
	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// A question from the command must be safe beside every other question, asked
// before or after, and beside the site. Nothing is remembered between two runs,
// so whether a number is told has to follow from the number alone. This is how:
//
//   - A condition is a cut. The rows of 美妆 alone are one row of the table by
//     industry, and that whole table is protected; only its row is shown.
//   - A table's verdicts depend on the table, its margins and the site, never on
//     what else was asked. Margins are judged first and stay as they are: of a
//     table cut by two fields neither table by one field is touched again.
//   - A table is protected as if all its margins were known, those that are
//     withheld included. So whatever withheld margins an outsider may have
//     pieced together from other tables is of no use in this one.
//   - What is withheld stays withheld in every finer cut.
//   - Where a table would give away a margin, or cannot be protected, nothing of
//     it is told.

// Answer releases the last of the asked tables, which are one indicator's with
// all margins, margins first, beside a site. Closed are cells that an earlier
// edition withheld.
func Answer(rules Rules, site, asked []*benchmark.Table, closed map[string]bool) *Registry {
	reg := &Registry{rules: rules, tables: map[string][]*Table{}}
	told := protectedSite(rules, site)
	var all []*screen
	for _, t := range asked {
		s := newScreen(rules, t)
		all = append(all, s)
		if s.open || s.later {
			continue
		}
		for i := range t.Estimates {
			if closed[s.id(i)] {
				s.verdict[i] = withheld
			}
		}
		margins := slices.DeleteFunc(slices.Clone(all[:len(all)-1]), func(m *screen) bool { return !m.marginOf(s) })
		if !s.step(slices.Concat(told, margins)) {
			s.hideAll()
		}
		s.stepAmounts(told, margins)
		s.unbin()
	}
	reg.tell(all[len(all)-1:])
	return reg
}

// protectedSite is the screens of a site's protected tables with their verdicts.
func protectedSite(rules Rules, site []*benchmark.Table) (told []*screen) {
	for _, t := range site {
		if s := newScreen(rules, t); !s.open && !s.later {
			told = append(told, s)
		}
	}
	if protect(rules, told) != nil || protectAmounts(rules, told) != nil {
		for _, s := range told {
			s.hideAll()
		}
	}
	return told
}

// marginOf says that a table is a margin of another: cut by fewer of its fields,
// or by fields that take in whole values of its own.
func (s *screen) marginOf(finer *screen) bool {
	same := len(s.table.By) == len(finer.table.By)
	for _, segment := range s.table.By {
		own := slices.ContainsFunc(finer.table.By, func(o *indicator.Segment) bool { return o.Field == segment.Field })
		if !own && !slices.ContainsFunc(finer.table.By, func(o *indicator.Segment) bool { return nested(finer.table, o.Field, segment.Field) }) {
			return false
		}
		same = same && own
	}
	return !same
}

// step withholds what a table needs beside tables whose verdicts stand; false
// where the table cannot be protected, or would tell what they withhold.
func (s *screen) step(told []*screen) bool {
	at := len(told)
	l := newLedger(s.rules, slices.Concat(told, []*screen{s}))
	l.stand(told, s)
	l.inherit(at, s)
	for before := -1; before != l.hiddenCount(); {
		before = l.hiddenCount()
		l.markAt(at, s)
		for _, by := range l.layers() {
			if l.hide(by) != nil {
				return false
			}
		}
		l.follow()
		l.markAt(at, s)
	}
	exposed, err := exposedBy(s.rules, slices.Concat(told, []*screen{s}))
	return err == nil && !exposed
}

// nested says that the values of one field lie within those of another.
func nested(t *benchmark.Table, inner, outer string) bool {
	return slices.ContainsFunc(t.Nests, func(n benchmark.Nest) bool { return n.Inner == inner && n.Outer == outer })
}

// stand takes over verdicts that stand. What is told is known; so are, to be on
// the safe side, the withheld numbers of a table's margins.
func (l *ledger) stand(told []*screen, s *screen) {
	for i := range l.numbers {
		n := &l.numbers[i]
		n.hidden, n.given = !n.told || n.sensitive, n.told && !n.sensitive
	}
	for at, o := range told {
		for i, shown := range l.shown[at] {
			open := o.verdict[i] != withheld && !o.rest(&o.table.Estimates[i])
			for _, k := range shown {
				l.numbers[k].kept = l.numbers[k].kept || !o.rest(&o.table.Estimates[i])
				l.numbers[k].given = l.numbers[k].given || open || o.marginOf(s)
			}
			if open {
				l.numbers[shown[0]].hidden, l.numbers[shown[1]].hidden = false, false
			}
		}
	}
}

// inherit withholds the numbers of a table that are parts of a withheld one of
// its margins, or were withheld before; the others are told until more is known.
func (l *ledger) inherit(at int, s *screen) {
	for i := range s.table.Estimates {
		e := &s.table.Estimates[i]
		for k, number := range l.shown[at][i] {
			n := &l.numbers[number]
			if n.given || !n.printed {
				continue
			}
			n.hidden = n.kept || n.sensitive || k == 1 && s.verdict[i] == withheld
			for _, f := range s.parents(l.facts[number], e.Group) {
				parent, ok := l.at[f.key()]
				if ok && l.numbers[parent].hidden && l.numbers[parent].printed {
					n.hidden, n.safe = true, [2]bool{true, true} // by the margin, which nobody knows
				}
			}
		}
	}
}

// parents are what facts are a part of: without one of the group's answers, or
// with the coarser answer that it lies in.
func (s *screen) parents(f facts, group int) (out []facts) {
	for d, segment := range s.table.By {
		answer := s.answer(d, group)
		whole := f.without(answer)
		out = append(out, whole)
		for _, nest := range s.table.Nests {
			if outer, ok := nest.Of[s.table.Groups[group].Values[d]]; ok && nest.Inner == segment.Field {
				out = append(out, whole.with(nest.Outer+"="+outer))
			}
		}
	}
	return out
}

// exposedBy says whether a withheld number follows from what is told; see audit.
func exposedBy(rules Rules, screens []*screen) (bool, error) {
	l := newLedger(rules, screens)
	for i := range l.numbers {
		n := &l.numbers[i]
		n.hidden, n.printed = !n.told || n.sensitive, false
	}
	for at, s := range screens {
		for i, shown := range l.shown[at] {
			if s.rest(&s.table.Estimates[i]) {
				continue
			}
			l.numbers[shown[1]].printed = true
			if s.verdict[i] != withheld {
				l.numbers[shown[0]].hidden, l.numbers[shown[1]].hidden = false, false
			}
		}
	}
	for _, by := range l.layers() {
		cells, relations := l.system(by)
		if found, err := stat.ExposedCells(cells, relations); err != nil || len(found) > 0 {
			return len(found) > 0, err
		}
	}
	return false, nil
}

// stepAmounts withholds means and ratios of a table beside those of its margins
// and of the site.
func (s *screen) stepAmounts(told, margins []*screen) {
	if !s.rules.amountRules() {
		return
	}
	rules := s.rules.of(s.table.Indicator)
	for _, name := range []string{"mean", "ratio"} {
		s.concealAgain(told, margins, name)
		for side := range 2 {
			a := family(append(slices.Clone(margins), s)).amounts(rules, name, side)
			for i, spot := range a.spots {
				if spot[0] < len(margins) { // as if known
					a.cells[i] = stat.TableCell{ID: a.cells[i].ID, Value: a.cells[i].Value}
				}
			}
			if _, err := a.hide(append(slices.Clone(margins), s)); err != nil {
				for g := range s.table.Groups {
					s.conceal(g, name)
				}
			}
		}
	}
}

// concealAgain withholds what the site withholds of the same amounts, and parts
// of withheld margins.
func (s *screen) concealAgain(told, margins []*screen, name string) {
	gone := map[string]bool{}
	ind := s.table.Indicator
	for _, o := range slices.Concat(told, margins) {
		other := o.table.Indicator
		if other.Dataset != ind.Dataset || other.Field != ind.Field || other.Numerator != ind.Numerator || other.Denominator != ind.Denominator {
			continue
		}
		for i := range o.table.Estimates {
			if e := &o.table.Estimates[i]; e.Stat == name && o.verdict[i] != published {
				gone[o.group(e.Group).key()] = true
			}
		}
	}
	for g := range s.table.Groups {
		group := s.group(g)
		if gone[group.key()] {
			s.conceal(g, name)
		}
		for d := range s.table.By {
			if gone[group.without(s.answer(d, g)).key()] {
				s.conceal(g, name)
			}
		}
	}
}
