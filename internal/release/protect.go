package release

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"benchbook/internal/stat"
)

// A withheld number must not come back by subtraction. The numbers of all
// protected tables of the site stand in one ledger with all the ways in which
// they add up; package stat chooses what to withhold beside what is sensitive by
// itself, so that an outsider who solves the whole system, knowing that no count
// is below 0, is left with a range that reaches from below each sensitive number
// to the minimum of contributors. No other withheld number may be left with a
// single value either. This is done by contributors and then by rows; since more
// withheld never tells more, the second pass undoes nothing of the first.

// protect withholds numbers over all protected tables of a site.
func protect(rules Rules, screens []*screen) error {
	l := newLedger(rules, screens)
	l.mark(screens)
	for {
		before := l.hiddenCount()
		for _, by := range l.layers() {
			if err := l.hide(by); err != nil {
				return err
			}
		}
		l.follow()
		l.mark(screens)
		if l.hiddenCount() == before {
			return nil
		}
	}
}

// mark carries verdicts from estimates to numbers and back: an estimate is
// withheld with its base or its count, and a group that is withheld whole takes
// its bases with it.
func (l *ledger) mark(screens []*screen) {
	for at, s := range screens {
		l.markAt(at, s)
	}
}

// markAt is mark for one table.
func (l *ledger) markAt(at int, s *screen) {
	for i := range s.table.Estimates {
		e := &s.table.Estimates[i]
		base, count := &l.numbers[l.shown[at][i][0]], &l.numbers[l.shown[at][i][1]]
		if s.hidden[e.Group] {
			base.hidden, count.hidden = true, true
		}
		if base.hidden || count.hidden {
			s.verdict[i] = withheld
		}
	}
	for g := range s.table.Groups {
		s.hidden[g] = s.hidden[g] || s.bare(g)
	}
}

// bare says that nothing of a group is published but quantiles' absence.
func (s *screen) bare(g int) bool {
	for _, i := range s.cells[g] {
		if s.verdict[i] != withheld {
			return false
		}
	}
	return len(s.cells[g]) > 0
}

func (l *ledger) hiddenCount() (n int) {
	for i := range l.numbers {
		if l.numbers[i].hidden {
			n++
		}
	}
	return n
}

// follow withholds the counts of withheld bases. A count of 0 among them would
// tell what the group did not answer, so that it must not be certain either,
// unless zeros that are told make it so.
func (l *ledger) follow() {
	for i := range l.numbers {
		if l.numbers[i].hidden && l.numbers[i].printed {
			for _, k := range l.numbers[i].follows {
				l.numbers[k].hidden = true
			}
		}
	}
	told := l.zeros()
	for i := range l.numbers {
		n := &l.numbers[i]
		n.bare = n.hidden && n.printed && n.rows == 0 && !told[i]
	}
}

// zeros are the numbers that are 0 by other zeros that are told: as parts of
// one, or as the sum of such.
func (l *ledger) zeros() []bool {
	told := make([]bool, len(l.numbers))
	for i := range l.numbers {
		told[i] = !l.numbers[i].hidden && l.numbers[i].rows == 0
	}
	for changed := true; changed; {
		changed = false
		for _, s := range l.sums {
			if l.numbers[s.total].rows > 0 {
				continue
			}
			if all := !slices.ContainsFunc(s.parts, func(k int) bool { return !told[k] }); all && !told[s.total] {
				told[s.total], changed = true, true
			}
			for _, k := range s.parts {
				if told[s.total] && !told[k] {
					told[k], changed = true, true
				}
			}
		}
	}
	return told
}

// layer is what numbers are counted in.
type layer int

const (
	byOwners layer = iota
	byRows
)

func (n *number) in(by layer) float64 {
	if by == byOwners {
		return float64(n.owners)
	}
	return float64(n.rows)
}

// layers are what numbers have to be protected in: by rows only where some
// owner has several.
func (l *ledger) layers() []layer {
	for i := range l.numbers {
		if l.numbers[i].owners != l.numbers[i].rows {
			return []layer{byOwners, byRows}
		}
	}
	return []layer{byOwners}
}

// hide withholds what the sensitive numbers need, in one layer. Where zeros
// cannot be kept uncertain, they are given up before anything else.
func (l *ledger) hide(by layer) error {
	cells, relations := l.system(by)
	ids, err := stat.HideCells(cells, relations)
	if errors.Is(err, stat.CannotProtect) {
		for i := range l.numbers {
			l.numbers[i].bare = false
		}
		cells, relations = l.system(by)
		ids, err = stat.HideCells(cells, relations)
	}
	if err != nil {
		return err
	}
	for i := range l.numbers {
		l.numbers[i].safe[by] = l.numbers[i].safe[by] || cells[i].Primary
	}
	for _, id := range ids {
		if i, err := strconv.Atoi(id); err == nil {
			l.numbers[i].hidden = true
		}
	}
	return nil
}

// system is the ledger as package stat reads it. Where counts overlap or leave
// some out, what is missing from a sum is a number that nobody knows.
func (l *ledger) system(by layer) ([]stat.TableCell, []stat.Relation) {
	cells := make([]stat.TableCell, len(l.numbers))
	for i := range l.numbers {
		cells[i] = l.cell(i, by)
	}
	var relations []stat.Relation
	unknown := func(id string, value float64) string {
		cells = append(cells, stat.TableCell{ID: id, Value: value, Suppressed: true})
		return id
	}
	for k, s := range l.sums {
		relation, left, name := stat.Relation{Total: strconv.Itoa(s.total)}, l.numbers[s.total].in(by), strconv.Itoa(k)
		for _, i := range s.parts {
			relation.Parts = append(relation.Parts, strconv.Itoa(i))
			left -= l.numbers[i].in(by)
		}
		switch {
		case left > 0:
			relation.Parts = append(relation.Parts, unknown("rest "+name, left))
		case left < 0:
			overlap := stat.Relation{Total: unknown("all "+name, l.numbers[s.total].in(by)-left), Parts: []string{relation.Total, unknown("twice "+name, -left)}}
			relation.Total = overlap.Total
			relations = append(relations, overlap)
		}
		relations = append(relations, relation)
	}
	return cells, relations
}

func (l *ledger) cell(i int, by layer) stat.TableCell {
	n := &l.numbers[i]
	if n.given {
		return stat.TableCell{ID: strconv.Itoa(i), Value: n.in(by)}
	}
	c := stat.TableCell{ID: strconv.Itoa(i), Value: n.in(by), Suppressed: n.hidden, MaySuppress: n.printed && n.rows > 0 && !n.told, Protect: math.NaN(),
		Cost: float64(max(n.owners, 1) * max(n.prints, 1) * (1 + len(n.follows)))}
	switch {
	case n.safe[by]: // more that is hidden protects it no less
		c.Suppressed = true
	case n.sensitive && by == byOwners:
		c.Primary, c.Protect, c.ProtectUp = true, 1, float64(l.minimum-n.owners)
	case n.hidden && (n.sensitive || n.printed && n.rows > 0):
		c.Primary = true
	case n.bare:
		c.Primary, c.ProtectUp = true, 1
	}
	return c
}
