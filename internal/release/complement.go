package release

import (
	"slices"

	"benchbook/internal/benchmark"
)

// A withheld number must not come back by subtraction. Three kinds of lines add
// up: the options of a group to its base; the groups of a cut to the total; the
// options' counts of a cut to the total's count. In each line that withholds
// something sensitive at least two numbers other than 0 are withheld, of at
// least the minimum of contributors together; where they are not, the smallest
// published one joins them, and where there is none left, what the line adds up
// to is withheld too. What a coarser table withholds, a finer one withholds as
// well. This ends, since numbers are only ever added to the withheld.

// protect does so over the tables of one indicator.
func protect(screens []*screen) {
	for changed := true; changed; {
		changed = false
		for i, s := range screens {
			if s.open {
				continue
			}
			for _, coarser := range screens[:i] {
				changed = s.inherit(coarser) || changed
			}
			changed = s.protectGroups() || changed
			changed = s.protectOptions() || changed
			changed = s.protectAcross(screens[:i]) || changed
		}
	}
}

// part is one number of a line that adds up.
type part struct {
	contributors int
	hidden       bool
	fixed        bool // cannot be withheld: it is not printed, but can be told
	hide         func()
}

// close withholds parts of a line until what is withheld cannot be told. Where
// the line has too little, whole withholds what it adds up to.
func (s *screen) close(line []part, whole func() bool) (changed bool) {
	if !slices.ContainsFunc(line, func(p part) bool { return p.hidden && p.contributors > 0 }) {
		return false
	}
	for {
		parts, contributors, next := 0, 0, -1
		for i, p := range line {
			switch {
			case p.contributors == 0:
			case p.hidden:
				parts, contributors = parts+1, contributors+p.contributors
			case !p.fixed && (next < 0 || p.contributors < line[next].contributors):
				next = i
			}
		}
		switch {
		case parts >= 2 && contributors >= s.rules.minimum():
			return changed
		case next < 0:
			return whole() || changed
		}
		line[next].hide()
		line[next].hidden, changed = true, true
	}
}

// line is groups that differ in one field only, by its place in Table.By.
type line struct {
	field  int
	groups []int
}

// lines sorts the groups into lines that add up to a coarser table: for each
// field that is cut by, the groups that agree in all others. Fields of which a
// contributor has several values do not add up.
func (s *screen) lines() []line {
	var out []line
	for d, segment := range s.table.By {
		if segment.Overlapping {
			continue
		}
		found := map[string]int{}
		for g, group := range s.table.Groups {
			keys := slices.Clone(group.Keys)
			keys[d] = 0
			name := keyName(keys)
			at, known := found[name]
			if !known {
				at = len(out)
				found[name] = at
				out = append(out, line{field: d})
			}
			out[at].groups = append(out[at].groups, g)
		}
	}
	return out
}

func keyName(keys []int) string {
	b := make([]rune, len(keys))
	for i, k := range keys {
		b[i] = rune(k + 2)
	}
	return string(b)
}

// protectGroups closes the lines of groups: their bases add up.
func (s *screen) protectGroups() (changed bool) {
	for _, line := range s.lines() {
		parts := make([]part, len(line.groups))
		for i, g := range line.groups {
			group := s.table.Groups[g]
			parts[i] = part{group.Contributors, s.hidden[g], group.Rest, func() { s.hideGroup(g) }}
		}
		changed = s.close(parts, func() bool { return false }) || changed
	}
	return changed
}

// protectOptions closes the options of each group.
func (s *screen) protectOptions() (changed bool) {
	if !s.table.Additive {
		return false
	}
	for g := range s.table.Groups {
		var parts []part
		for _, i := range s.cells[g] {
			if s.table.Estimates[i].Option >= 0 {
				parts = append(parts, s.part(i))
			}
		}
		changed = s.close(parts, func() bool { return !s.hidden[g] && s.hideGroup(g) }) || changed
	}
	return changed
}

// protectAcross closes the counts of each option over the groups of a line.
func (s *screen) protectAcross(coarser []*screen) (changed bool) {
	for _, line := range s.lines() {
		first := s.cells[line.groups[0]]
		for k := range first {
			if !s.table.Estimates[first[k]].Share {
				continue
			}
			parts := make([]part, 0, len(line.groups))
			for _, g := range line.groups {
				parts = append(parts, s.part(s.cells[g][k]))
			}
			changed = s.close(parts, func() bool { return s.hideSum(coarser, line, k) }) || changed
		}
	}
	return changed
}

// hideSum withholds the number that the k-th estimates of a line add up to.
func (s *screen) hideSum(coarser []*screen, line line, k int) bool {
	for _, c := range coarser {
		at, ok := projection(s.table, c.table)
		if !ok || len(at) != len(s.table.By)-1 || slices.ContainsFunc(at, func(p [2]int) bool { return p[0] == line.field }) {
			continue
		}
		g := parentOf(s.table.Groups[line.groups[0]], c.table, at)
		if g < 0 {
			continue
		}
		if i := c.cells[g][k]; c.verdict[i] != withheld {
			c.verdict[i] = withheld
			return true
		}
	}
	return false
}

// part is an estimate as a part of a line.
func (s *screen) part(i int) part {
	e := &s.table.Estimates[i]
	return part{e.Contributors, s.verdict[i] == withheld, s.table.Groups[e.Group].Rest, func() { s.verdict[i] = withheld }}
}

// inherit withholds what a coarser table of the same indicator withholds.
func (s *screen) inherit(coarser *screen) (changed bool) {
	at, ok := projection(s.table, coarser.table)
	if !ok {
		return false
	}
	for g, group := range s.table.Groups {
		parent := parentOf(group, coarser.table, at)
		if parent < 0 {
			continue
		}
		if coarser.hidden[parent] && !s.hidden[g] {
			changed = s.hideGroup(g)
		}
		for k, i := range s.cells[g] {
			if coarser.verdict[coarser.cells[parent][k]] == withheld && s.verdict[i] != withheld {
				s.verdict[i] = withheld
				changed = true
			}
		}
	}
	return changed
}

// parentOf is the coarse group that a fine one is a part of; -1 when there is none.
func parentOf(group benchmark.Group, coarse *benchmark.Table, at [][2]int) int {
	return slices.IndexFunc(coarse.Groups, func(p benchmark.Group) bool {
		return !slices.ContainsFunc(at, func(c [2]int) bool { return group.Keys[c[0]] != p.Keys[c[1]] })
	})
}

// projection pairs the fields of a fine table with those of a coarse one; ok is
// false when the coarse one is cut by something else.
func projection(fine, coarse *benchmark.Table) (pairs [][2]int, ok bool) {
	if len(coarse.By) >= len(fine.By) {
		return nil, false
	}
	for c, segment := range coarse.By {
		f := slices.Index(fine.By, segment)
		if f < 0 {
			return nil, false
		}
		pairs = append(pairs, [2]int{f, c})
	}
	return pairs, true
}
