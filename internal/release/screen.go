package release

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"benchbook/internal/benchmark"
)

// verdict says whether an estimate may be published. The zero verdict lets it through.
type verdict int

const (
	published verdict = iota
	withheld          // by the minimum, or to protect such a cell
	concealed         // a mean or ratio of which a few make up most, or that would tell such a one
	tooFar            // a quantile too far out for so few contributors
	unbinned          // a quantile read from counts of which one is withheld
	embargoed         // the dataset's day has not come
)

// screen is one table with a verdict on every estimate and every group.
type screen struct {
	table   *benchmark.Table
	rules   Rules
	open    bool
	later   bool      // under embargo
	hidden  []bool    // groups, whole
	verdict []verdict // estimates
	cells   [][]int   // estimates by group
	made    *Table    // once the verdicts are final
}

func newScreen(rules Rules, t *benchmark.Table) *screen {
	s := &screen{table: t, rules: rules, open: t.Dataset.Open, hidden: make([]bool, len(t.Groups)), verdict: make([]verdict, len(t.Estimates)),
		cells: make([][]int, len(t.Groups))}
	for i, e := range t.Estimates {
		s.cells[e.Group] = append(s.cells[e.Group], i)
	}
	switch {
	case rules.Embargoed(t.Dataset):
		s.holdBack()
	case !s.open:
		s.primary()
	}
	return s
}

// holdBack withholds all of a table for the time being.
func (s *screen) holdBack() {
	s.later, s.open = true, false
	for g := range s.hidden {
		s.hidden[g] = true
	}
	for i := range s.verdict {
		s.verdict[i] = embargoed
	}
}

// unbin withholds quantiles that are worked out from the counts of the bins,
// where one of these is withheld: they would tell on which side of them it lies.
func (s *screen) unbin() {
	if s.table.Indicator.Kind != "binned" || s.table.Indicator.Exact {
		return
	}
	for _, cells := range s.cells {
		if !slices.ContainsFunc(cells, func(i int) bool { return s.verdict[i] == withheld && s.table.Estimates[i].Share }) {
			continue
		}
		for _, i := range cells {
			if s.verdict[i] == published && !s.table.Estimates[i].Share {
				s.verdict[i] = unbinned
			}
		}
	}
}

// few says whether a number of contributors is sensitive: some, but too few.
func (s *screen) few(contributors int) bool {
	return contributors > 0 && contributors < s.rules.minimum()
}

// primary withholds what is sensitive by itself: groups of too few
// contributors, shares of too few, options that too few chose. A filter that
// leaves out too few contributors would tell them by subtraction.
func (s *screen) primary() {
	for g, group := range s.table.Groups {
		if s.few(group.Contributors) || s.table.Filtered && s.few(s.table.Excluded) {
			s.hideGroup(g)
		}
	}
	for i := range s.table.Estimates {
		e := &s.table.Estimates[i]
		switch {
		case s.few(e.BaseContributors), s.countTells(e):
			s.verdict[i] = withheld
		case e.BaseContributors > 0 && e.BaseContributors < quantileFloor(e.Stat):
			if s.verdict[i] == published {
				s.verdict[i] = tooFar
			}
		}
	}
}

// countTells says whether a share's count, which base and share give away, is
// of too few. Where there are but two sides (one number, not a list of options)
// the other side counts as well.
func (s *screen) countTells(e *benchmark.Estimate) bool {
	return e.Share && (s.few(e.Contributors) || e.Option < 0 && s.few(e.RestContributors))
}

// hideGroup withholds all of a group, its base included.
func (s *screen) hideGroup(g int) {
	s.hidden[g] = true
	for _, i := range s.cells[g] {
		s.verdict[i] = withheld
	}
}

// hideAll withholds a whole table.
func (s *screen) hideAll() {
	for g := range s.table.Groups {
		s.hideGroup(g)
	}
}

// quantileFloor is how many contributors a statistic needs: the further out a
// quantile lies, the nearer it is to single contributors' numbers. Median 5,
// quartiles 12, P10 and P90 20, further out two on the far side.
func quantileFloor(stat string) int {
	p, err := strconv.ParseFloat(strings.TrimPrefix(stat, "p"), 64)
	if err != nil || !strings.HasPrefix(stat, "p") {
		return 0
	}
	tail := math.Min(p, 100-p)
	switch {
	case tail >= 50:
		return 5
	case tail >= 25:
		return 12
	case tail >= 10:
		return 20
	}
	return int(math.Ceil(200 / tail))
}

// intervalFloor is how many contributors an order-statistic interval needs: its
// ends are numbers of contributors.
const intervalFloor = 10
