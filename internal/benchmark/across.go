package benchmark

import (
	"math"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// across is what can be said of a table only when all of its groups are there.
func (t *Table) across(cells []*cell, set *indicator.Set) {
	t.Apart = t.disjoint(cells)
	if len(t.By) > 0 && t.gap(cells) > baseGap {
		for i := range t.Estimates {
			t.Estimates[i].warn(baseDiffers)
		}
	}
	if t.Indicator.Kind == "payback" {
		t.pace(cells)
	}
	if t.Indicator.Panel() {
		t.remember(cells, set)
	}
}

// disjoint says that groups are independent samples: nobody is in two of them,
// and no cluster is.
func (t *Table) disjoint(cells []*cell) bool {
	people, clusters := map[int]int{}, map[string]int{}
	for g, c := range cells {
		for _, p := range c.people {
			if at, known := people[p.id]; p.id >= 0 && known && at != g {
				return false
			}
			if at, known := clusters[p.cluster]; t.clustered && known && at != g {
				return false
			}
			people[p.id], clusters[p.cluster] = g, g
		}
	}
	return true
}

// gap is how far the groups are apart in the share of their rows that count.
func (t *Table) gap(cells []*cell) float64 {
	least, most := math.Inf(1), math.Inf(-1)
	for _, c := range cells {
		used, rows := 0, 0
		for i := range c.people {
			u, r := t.usedOf(&c.people[i])
			used, rows = used+u, rows+r
		}
		if c.group.Rest || rows == 0 {
			continue
		}
		share := float64(used) / float64(rows)
		least, most = math.Min(least, share), math.Max(most, share)
	}
	return most - least
}

func (t *Table) usedOf(p *person) (used, rows int) {
	switch d := p.data.(type) {
	case *indicator.Counts:
		if t.Indicator.Base == indicator.Answers {
			return d.Answered.N, d.Rows.N
		}
		return d.Base(t.Indicator.Base).N, d.Rows.N
	case *indicator.Values:
		return len(d.Numbers), d.Rows
	case *indicator.Sums:
		return d.Usable(), d.Rows
	case *indicator.Flows:
		return d.Rows - d.Missing - d.Invalid, d.Rows
	}
	return 0, 0
}

// Pace is the test of whether groups pay back at the same pace. P is NaN where
// there is nothing to test.
type Pace struct{ P float64 }

func (t *Table) pace(cells []*cell) {
	t.Pace.P = math.NaN()
	if len(t.By) == 0 || !t.Apart {
		return
	}
	var times []float64
	var events []bool
	var groups []string
	for g, c := range cells {
		if c.group.Rest {
			continue
		}
		d := t.durations(c)
		times, events = append(times, d.times...), append(events, d.events...)
		for range d.times {
			groups = append(groups, string(keyBytes([]int{g})))
		}
	}
	if r, err := stat.LogRankTest(times, events, groups); err == nil {
		t.Pace.P = r.P
	}
}
