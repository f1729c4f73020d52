package release

import (
	"math"
	"slices"
	"strconv"

	"benchbook/internal/stat"
)

// Amounts are protected after counts: sums behind means, numerators and
// denominators of ratios. A group whose sum a few contributors make up gives
// neither mean nor ratio; and since the groups' sums add up to the total's,
// further ones join it until the range that is left is as wide as the rules ask.
// An outsider is taken to know the sums of what is published, though a ratio
// alone tells neither of its sides.

// amounts is the sums of one indicator over its tables, on one side.
type amounts struct {
	cells     []stat.TableCell
	at        map[string]int
	spots     [][2]int // by cell: screen and estimate
	relations []stat.Relation
}

// protectAmounts withholds dominated sums of each indicator, and their partners.
func protectAmounts(rules Rules, screens []*screen) error {
	if !rules.amountRules() {
		return nil
	}
	for _, f := range families(screens) {
		for _, name := range []string{"mean", "ratio"} {
			for changed := true; changed; {
				changed = false
				for side := range 2 {
					hidden, err := f.amounts(rules.of(f[0].table.Indicator), name, side).hide(f)
					if err != nil {
						return err
					}
					changed = changed || hidden
				}
			}
		}
	}
	return nil
}

// amounts gathers the sums on one side of a statistic.
func (f family) amounts(rules Rules, name string, side int) *amounts {
	a := &amounts{at: map[string]int{}}
	for at, s := range f {
		for i := range s.table.Estimates {
			if e := &s.table.Estimates[i]; e.Stat == name && side < len(e.Magnitudes) {
				a.put(rules, s, at, i, side)
			}
		}
	}
	for _, s := range f {
		a.lines(s)
	}
	return a
}

func (a *amounts) put(rules Rules, s *screen, at, i, side int) {
	e := &s.table.Estimates[i]
	m, printed := e.Magnitudes[side], !s.table.Groups[e.Group].Rest
	c := stat.TableCell{ID: strconv.Itoa(len(a.cells)), Value: m.Total, Suppressed: !printed || s.verdict[i] != published,
		MaySuppress: printed && m.Total > 0, Protect: math.NaN(), Primary: rules.dominated(m)}
	switch {
	case c.Primary:
		c.ProtectUp = rules.margin(m)
	case c.Suppressed && m.Owners > 0 && m.Owners < rules.minimum():
		c.Primary, c.Protect = true, rules.PPercent/100*m.Total
	case c.Suppressed && printed && m.Total > 0:
		c.Primary = true
	}
	a.at[s.group(e.Group).key()] = len(a.cells)
	a.cells, a.spots = append(a.cells, c), append(a.spots, [2]int{at, i})
}

// lines puts down that the groups of a cut add up to the coarser cut.
func (a *amounts) lines(s *screen) {
	for d, segment := range s.table.By {
		if segment.Overlapping {
			continue
		}
		parts, order := map[int][]string{}, []int{}
		for g := range s.table.Groups {
			group := s.group(g)
			part, ok := a.at[group.key()]
			total, also := a.at[group.without(s.answer(d, g)).key()]
			if !ok || !also {
				continue
			}
			if parts[total] == nil {
				order = append(order, total)
			}
			parts[total] = append(parts[total], a.cells[part].ID)
		}
		for _, total := range order {
			a.relations = append(a.relations, stat.Relation{Total: a.cells[total].ID, Parts: parts[total]})
		}
	}
}

// hide chooses and withholds; changed says whether something joined.
func (a *amounts) hide(f family) (changed bool, err error) {
	if !slices.ContainsFunc(a.cells, func(c stat.TableCell) bool { return c.Primary }) {
		return false, nil
	}
	ids, err := stat.HideCells(a.cells, a.relations)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		k, err := strconv.Atoi(id)
		if err != nil {
			return false, err
		}
		s, i := f[a.spots[k][0]], a.spots[k][1]
		if s.verdict[i] == published {
			s.conceal(s.table.Estimates[i].Group, s.table.Estimates[i].Stat)
			changed = true
		}
	}
	return changed, nil
}

// conceal withholds a group's mean or ratio; with a ratio goes how many
// contributors it really rests on, which would tell how much the largest holds.
func (s *screen) conceal(group int, name string) {
	for _, i := range s.cells[group] {
		e := &s.table.Estimates[i]
		if s.verdict[i] == published && (e.Stat == name || name == "ratio" && e.Stat == "k_eff") {
			s.verdict[i] = concealed
		}
	}
}
