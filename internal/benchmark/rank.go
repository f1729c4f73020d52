package benchmark

import (
	"math"
	"slices"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// Place is where a value stands among the peers of a group: the share of them
// below it, with its Wilson limits, as an estimate with the statistic "rank".
// Task names the table and values its group, in the order of Task.By. The client
// and all of its owner's brands are no peers; client "" is nobody's. Peers are
// rates of contributors, or numbers as the indicator counts them. ok is false
// where there is no such group.
func Place(set *indicator.Set, task indicator.Task, values []string, client string, value float64) (e Estimate, ok bool) {
	t := &Table{Indicator: task.Indicator}
	columns := make([]int, len(task.By))
	for i, name := range task.By {
		columns[i] = slices.IndexFunc(set.Segments, func(s *indicator.Segment) bool { return s.Field == name })
		t.By = append(t.By, set.Segments[columns[i]])
	}
	for g, c := range group(set, t.By, columns, slices.Index(set.Indicators, task.Indicator), nil) {
		if c.group.Rest || !slices.Equal(c.group.Values, values) {
			continue
		}
		c.people = slices.DeleteFunc(c.people, func(p person) bool { return p.owner >= 0 && p.owner == ownerOf(set, client) })
		s := t.peers(c)
		r := stat.PercentileRank(s.values, value, level)
		e = t.blank(g, "rank", s, RankWilson)
		e.Share, e.Value, e.Lo, e.Hi, e.Count = true, r.Rank, r.Lo, r.Hi, r.Below
		e.general()
		return e, !math.IsNaN(value)
	}
	return e, false
}

// peers are the numbers of a group's contributors.
func (t *Table) peers(c *cell) sample {
	if t.Indicator.Kind == "ratio" {
		rates, _ := t.rates(c)
		return spread(rates, false)
	}
	return t.numbers(c, t.Indicator.Per == indicator.ByContributor)
}

// ownerOf is the owner of a contributor by its name; -1 = not known.
func ownerOf(set *indicator.Set, name string) int {
	id, known := set.Contributor(name)
	if !known {
		return -1
	}
	owner := -1
	for i := range set.Observations {
		if o := &set.Observations[i]; o.Contributor == id && (owner < 0 || o.Owner < owner) {
			owner = o.Owner
		}
	}
	return owner
}
