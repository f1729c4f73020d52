package release

import (
	"math"
	"slices"
	"strings"

	"benchbook/internal/benchmark"
)

// Direction is what a test allows to be said of one number against another.
// The zero Direction says that nothing may be said.
type Direction int

// The directions.
const (
	Untold Direction = iota // not tested, or one of the two is not released
	Alike                   // the difference may be chance
	Higher
	Lower
)

// direction is what an adjusted p-value allows.
func direction(diff, p float64) Direction {
	switch {
	case math.IsNaN(p) || math.IsNaN(diff):
		return Untold
	case p > benchmark.Alpha || diff == 0:
		return Alike
	case diff > 0:
		return Higher
	}
	return Lower
}

// changeStat is the statistic of a share's change between editions, in percentage
// points. That of another number is this with the number's name: change_p50.
const changeStat = "change"

// changed is the statistic of the change of a statistic.
func changed(stat string) string {
	if stat == "share" {
		return changeStat
	}
	return changeStat + "_" + stat
}

// Change is the cell of how far a cell's number has moved since the edition
// before; ok is false where nothing is compared.
func (r *Registry) Change(c *Cell) (change *Cell, ok bool) {
	twin := *c
	twin.stat = changed(c.stat)
	id := cellID(&twin)
	for _, t := range r.tables[c.dataset+"/"+c.indicator] {
		for _, row := range t.Rows {
			for _, cell := range row.Cells {
				if cell.id == id {
					return cell, true
				}
			}
		}
	}
	return nil, false
}

// isChange says that a cell is a change between editions, which is printed with its sign.
func (c *Cell) isChange() bool {
	return c.stat == changeStat || strings.HasPrefix(c.stat, changeStat+"_")
}

// Direction is, of a change between editions, whether the share may be said to
// have risen or fallen; Untold for every other cell.
func (c *Cell) Direction() Direction { return c.direction }

// P is the p-value of a change, adjusted for the changes of its table; ok is
// false where nothing was tested.
func (c *Cell) P() (p float64, ok bool) { return c.p, c.isChange() && !math.IsNaN(c.p) }

// tellChanges adds a cell for each change since the edition before. What is
// withheld in either edition withholds the change, which would tell it; so do
// few contributors who changed their answer.
func tellChanges(screens []*screen) {
	of := map[*benchmark.Table]*screen{}
	for _, s := range screens {
		of[s.table] = s
	}
	for _, s := range screens {
		told := func(i int) bool { return s.tellsChange(i, of[s.table.Changes[i].Earlier]) }
		p := s.table.AdjustChanges(told)
		for i := range s.table.Changes {
			now := s.madeOf(s.table.Changes[i].Now)
			row := &s.made.Rows[s.rowOf(s.table.Estimates[s.table.Changes[i].Now].Group)]
			row.Cells = append(row.Cells, s.changeCell(now, &s.table.Changes[i], told(i), p[i]))
		}
	}
}

// tellsChange says whether a change may be told.
func (s *screen) tellsChange(i int, earlier *screen) bool {
	c := &s.table.Changes[i]
	if earlier == nil || s.verdict[c.Now] != published || earlier.verdict[c.Before] != published {
		return false
	}
	if s.open && earlier.open {
		return true
	}
	floor := quantileFloor(s.table.Estimates[c.Now].Stat)
	return !slices.ContainsFunc(c.Panel, func(n int) bool { return s.few(n) || n < floor })
}

func (s *screen) changeCell(now *Cell, change *benchmark.Change, told bool, p float64) *Cell {
	nan := math.NaN()
	c := &Cell{dataset: now.dataset, indicator: now.indicator, title: now.title, stat: changed(now.stat), unit: now.unit, observed: now.observed,
		option: now.option, keys: now.keys, value: nan, lo: nan, hi: nan, above: nan, p: nan, percent: now.percent, decimals: now.decimals, sample: now.sample}
	if c.percent {
		c.unit, c.decimals = "个百分点", max(now.decimals, 1)
	}
	c.id = cellID(c)
	if !told {
		c.verdict, c.floor = withheld, s.rules.minimum()
		return c
	}
	c.value, c.lo, c.hi, c.p, c.direction = finite(change.Diff), finite(change.Lo), finite(change.Hi), p, direction(change.Diff, p)
	c.n, c.base, c.contributors, c.method = now.n, now.base, now.contributors, change.Method
	if change.Base > 0 {
		c.n, c.base, c.contributors = change.Base, change.Base, change.Base
	}
	if !s.open {
		c.value, c.lo, c.hi, c.p = s.coarseChange(c, c.value), s.coarseChange(c, c.lo), s.coarseChange(c, c.hi), toPlaces(p, pDecimals)
	}
	if c.warnings = slices.Clone(change.Warnings); now.Small() {
		c.warnings = append(c.warnings, now.warnings[slices.IndexFunc(now.warnings, func(w Warning) bool { return w.Code == "small_n" })])
	}
	return c
}

// rowOf is the row of a group, which must not be the rest.
func (s *screen) rowOf(group int) int {
	row := 0
	for _, g := range s.table.Groups[:group] {
		if !g.Rest {
			row++
		}
	}
	return row
}

// madeOf is the cell that an estimate became.
func (s *screen) madeOf(estimate int) *Cell {
	g := s.table.Estimates[estimate].Group
	return s.made.Rows[s.rowOf(g)].Cells[slices.Index(s.cells[g], estimate)]
}
