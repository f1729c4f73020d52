package release

import (
	"slices"
	"strconv"
	"strings"

	"benchbook/internal/benchmark"
)

// addOptions puts down that the options of each group add up to its base.
func (l *ledger) addOptions(at int, s *screen) {
	if !s.table.Additive {
		return
	}
	for g := range s.table.Groups {
		base, parts := -1, []int{}
		for _, i := range s.cells[g] {
			if e := &s.table.Estimates[i]; e.Share && e.Option >= 0 {
				base, parts = l.shown[at][i][0], append(parts, l.shown[at][i][1])
			}
		}
		if base >= 0 {
			l.add(base, parts)
		}
	}
}

// addLines puts down that the groups of a cut add up to the coarser cut, for
// each field that tells contributors apart, rows without an answer included.
func (l *ledger) addLines(s *screen) {
	for d, segment := range s.table.By {
		if segment.Overlapping {
			continue
		}
		parts, order := map[int][]int{}, []int{}
		put := func(f facts, answer string) {
			part, ok := l.at[f.key()]
			total, also := l.at[f.without(answer).key()]
			if !ok || !also {
				return
			}
			if parts[total] == nil {
				order = append(order, total)
			}
			parts[total] = append(parts[total], part)
		}
		for i := range s.table.Estimates {
			e := &s.table.Estimates[i]
			group, answer := s.group(e.Group), s.answer(d, e.Group)
			base, count := s.asked(e)
			put(group.with(base), answer)
			if count != "" {
				put(group.with(count), answer)
			}
		}
		for _, total := range order {
			l.add(total, parts[total])
		}
	}
}

// addUnions puts down that a number of those who gave one of some answers is
// the sum of the answers' own numbers, where another table prints these.
func (l *ledger) addUnions(s *screen) {
	ind := s.table.Indicator
	if len(ind.Is) < 2 || ind.Kind != "share" && ind.Kind != "multi" {
		return
	}
	mark := "="
	if ind.Kind == "multi" {
		mark = "~"
	}
	for i := range s.table.Estimates {
		e := &s.table.Estimates[i]
		group := s.group(e.Group)
		total, parts := l.at[group.with(s.choice(e)).key()], []int{}
		for _, value := range ind.Is {
			if part, ok := l.at[group.with(ind.Field+mark+value).key()]; ok {
				parts = append(parts, part)
			}
		}
		if len(parts) == len(ind.Is) {
			l.add(total, parts)
		}
	}
}

// addNested puts down what is left when a number is taken from one that holds
// it: those who did not give the answer, from the base; those who paid back
// between two dates; what one indicator's answers leave of another's.
func (l *ledger) addNested(s *screen) {
	for i := range s.table.Estimates {
		e := &s.table.Estimates[i]
		if !e.Share || e.Option >= 0 {
			continue
		}
		group := s.group(e.Group)
		base, count := s.asked(e)
		whole, inner := group.with(base), group.with(count)
		l.difference(whole.key(), inner.key(), e.RestContributors)
		for _, other := range s.cells[e.Group] {
			if o := &s.table.Estimates[other]; o.Share && strings.HasPrefix(o.Stat, "paid") && holds(o.Stat, e.Stat) {
				l.difference(group.with(s.paid(o)).key(), inner.key(), -1)
			}
		}
	}
	l.nestedAnswers(s)
}

// holds says that whoever is counted in one share paid back is counted in another.
func holds(outer, inner string) bool {
	a, errA := strconv.ParseFloat(strings.TrimPrefix(outer, "paid"), 64)
	b, errB := strconv.ParseFloat(strings.TrimPrefix(inner, "paid"), 64)
	return errA == nil && errB == nil && a > b
}

// nestedAnswers compares a share of some answers with the shares of fewer of
// them that other indicators print.
func (l *ledger) nestedAnswers(s *screen) {
	ind := s.table.Indicator
	if len(ind.Is) < 2 || ind.Kind != "share" {
		return
	}
	for i := range s.table.Estimates {
		group := s.group(s.table.Estimates[i].Group)
		outer := group.with(s.choice(&s.table.Estimates[i])).key()
		for _, is := range l.subsets(group, ind.Field, ind.Is) {
			rest := slices.DeleteFunc(slices.Sorted(slices.Values(ind.Is)), func(v string) bool { return slices.Contains(is, v) })
			inner := group.with(ind.Field + "=" + strings.Join(is, "\x01")).key()
			l.left(outer, inner, group.with(ind.Field+"="+strings.Join(rest, "\x01")).key(), -1)
		}
	}
}

// subsets lists the proper subsets of some answers whose number is told for a
// group; of many answers only single ones and those that leave one out are tried.
func (l *ledger) subsets(group facts, field string, is []string) (out [][]string) {
	all := slices.Sorted(slices.Values(is))
	try := func(set []string) {
		if _, ok := l.at[group.with(field+"="+strings.Join(set, "\x01")).key()]; ok && len(set) < len(all) {
			out = append(out, set)
		}
	}
	if len(all) > 12 {
		for i := range all {
			try(all[i : i+1])
			try(slices.Delete(slices.Clone(all), i, i+1))
		}
		return out
	}
	for mask := 1; mask < 1<<len(all)-1; mask++ {
		var set []string
		for i, v := range all {
			if mask>>i&1 == 1 {
				set = append(set, v)
			}
		}
		try(set)
	}
	return out
}

func (l *ledger) difference(outer, inner string, owners int) {
	l.left(outer, inner, outer+"\x00-\x00"+inner, owners)
}

// left puts down outer = inner + rest; owners of the rest are taken as its rows where unknown.
func (l *ledger) left(outer, inner, rest string, owners int) {
	total, ok := l.at[outer]
	part, also := l.at[inner]
	if !ok || !also || total == part {
		return
	}
	rows := l.numbers[total].rows - l.numbers[part].rows
	if rows < 0 {
		return
	}
	if owners < 0 {
		owners = min(rows, l.numbers[total].owners)
	}
	l.add(total, []int{part, l.derive(rest, rows, owners)})
}

// addNests puts down that the groups of a field add up to those of the field
// that it is nested in, whatever else cuts them.
func (l *ledger) addNests(screens []*screen) {
	done := map[string]bool{}
	for _, s := range screens {
		dataset := s.table.Indicator.Dataset
		if done[dataset] {
			continue
		}
		done[dataset] = true
		for _, nest := range s.table.Nests {
			for total := range len(l.facts) {
				l.addNest(dataset, nest, total)
			}
		}
	}
}

func (l *ledger) addNest(dataset string, nest benchmark.Nest, total int) {
	f := l.facts[total]
	if !strings.HasPrefix(f.counted, dataset+"\x00") || slices.ContainsFunc(f.answers, func(a string) bool { return strings.HasPrefix(a, nest.Inner+"=") }) {
		return
	}
	for _, answer := range f.answers {
		outer, ok := strings.CutPrefix(answer, nest.Outer+"=")
		if !ok {
			continue
		}
		var parts []int
		for _, inner := range nest.Within(outer) {
			if part, ok := l.at[f.without(answer).with(nest.Inner+"="+inner).key()]; ok {
				parts = append(parts, part)
			}
		}
		l.add(total, parts)
	}
}

// addWorlds ties the worlds of a dataset together: the n of a weighted table, or
// of one that counts each contributor once, is of the same rows as the n of a
// plain table. Where the counts differ (rows without a weight, contributors with
// several rows) the larger holds the smaller and something that nobody knows.
func (l *ledger) addWorlds() {
	first := map[string]int{}
	for i, f := range l.facts {
		if f.counted == "" {
			continue
		}
		dataset, _, _ := strings.Cut(f.counted, "\x00")
		key := facts{dataset, f.answers}.key()
		other, known := first[key]
		switch a, b := &l.numbers[i], &l.numbers[other]; {
		case !known:
			first[key] = i
		case l.facts[other].counted == f.counted: // two ways of counting within one world
		case a.rows > b.rows || a.rows == b.rows && a.owners > b.owners:
			l.add(i, []int{other})
		default:
			l.add(other, []int{i})
		}
	}
}
