package stat

import (
	"math"
	"slices"
)

// closeLines gives every relation that leaves out a primary cell enough partners for the line alone: at least two cells
// other than 0, and, below a published total, parts that could together hide the cell's upper bound.
func (h *hiding) closeLines(part []int) {
	var lines []int
	for _, i := range part {
		lines = append(lines, h.touching[i]...)
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	for changed := true; changed; {
		changed = false
		for _, r := range lines {
			changed = h.closeLine(h.rows[r]) || changed
		}
	}
}

// line is what a relation leaves out.
type line struct {
	cells int     // other than 0
	sum   float64 // of hidden parts
	need  float64 // the largest upper bound that a primary part asks for
	total bool    // the total is hidden
	any   bool    // a primary cell is
}

func (h *hiding) closeLine(row []entry) (changed bool) {
	for {
		var l line
		for _, e := range row {
			if !h.hidden[e.cell] {
				continue
			}
			c := h.cells[e.cell]
			l.any = l.any || c.Primary
			if c.Value > 0 {
				l.cells++
			}
			if e.value < 0 {
				l.total = true
				continue
			}
			l.sum += c.Value
			if up, _ := c.bounds(); c.Primary {
				l.need = math.Max(l.need, up)
			}
		}
		if !l.any || l.cells >= 2 && (l.total || l.sum >= l.need) {
			return changed
		}
		next := h.partner(row, l)
		if next < 0 {
			return changed
		}
		h.hidden[next], changed = true, true
	}
}

// partner is the cheapest cell to join a line; one that is enough by itself comes before one that isn't.
func (h *hiding) partner(row []entry, l line) int {
	best, least := -1, infinite
	for _, e := range row {
		i, v, c := e.cell, e.value, h.cells[e.cell]
		if h.hidden[i] || !c.MaySuppress || c.Value <= 0 {
			continue
		}
		cost := c.cost()
		if v > 0 && l.sum+c.Value < l.need {
			cost += 2 * l.need // another one would have to follow
		}
		if cost < least || cost == least && best >= 0 && i < best {
			best, least = i, cost
		}
	}
	return best
}

// mend leaves out further cells until all of some exposed cells are protected: first among the cells near by, then in a
// wider circle. It gives up where the widest circle isn't enough.
func (h *hiding) mend(exposed []int) bool {
	for reach, before := 1, 0; len(exposed) > 0; reach++ {
		near := h.near(exposed, reach)
		if len(near) == before {
			return false
		}
		before = len(near)
		exposed = h.mendWithin(exposed, near)
	}
	return true
}

// near is some cells, the hidden cells that they hang together with, and the cells up to so many relations away.
func (h *hiding) near(from []int, reach int) []int {
	h.stamp++
	var part []int
	for _, p := range from {
		if h.mark[p] != h.stamp {
			part = append(part, h.component(p, func(i int) bool { return h.hidden[i] })...)
		}
	}
	for range reach {
		for _, i := range slices.Clone(part) {
			for _, r := range h.touching[i] {
				for _, e := range h.rows[r] {
					if k := e.cell; h.mark[k] != h.stamp && (h.hidden[k] || h.cells[k].MaySuppress) {
						h.mark[k] = h.stamp
						part = append(part, k)
					}
				}
			}
		}
	}
	slices.Sort(part)
	return part
}

// mendWithin returns the cells that stay exposed. What joins the hidden cells must not follow from the others either,
// or it would hide nothing.
func (h *hiding) mendWithin(exposed, near []int) (left []int) {
	tab, local := h.tableauOf(near)
	tab.watch()
	for k, i := range near {
		if h.hidden[i] {
			tab.release(k)
		}
	}
	for queue, k := slices.Clone(exposed), 0; k < len(queue); k++ {
		p := queue[k]
		joined, ok := h.mendOne(tab, p, local[p], near)
		if queue = append(queue, joined...); !ok && h.cells[p].Primary {
			left = append(left, p)
		}
	}
	return left
}

// mendOne releases what the bounds of p, variable q, need.
func (h *hiding) mendOne(tab *tableau, p, q int, near []int) (joined []int, ok bool) {
	for !h.holds(tab, q, p) {
		k := h.loosen(tab, q, near)
		if k < 0 {
			return joined, false
		}
		h.hidden[near[k]] = true
		tab.release(k)
		joined = append(joined, near[k])
	}
	return joined, true
}

// loosen is the cheapest published cell on which the bound of q depends, by the row of q where the program is stuck;
// -1 when there is none.
func (h *hiding) loosen(tab *tableau, q int, near []int) int {
	row := tab.rowOf[q]
	if row < 0 {
		return -1
	}
	best, least := -1, infinite
	for k, i := range near {
		v := math.Abs(tab.t[row][k])
		if !tab.frozen[k] || tab.rowOf[k] >= 0 || v <= pivotSlack || !h.cells[i].MaySuppress {
			continue
		}
		if cost := h.cells[i].cost() / v; cost < least {
			best, least = k, cost
		}
	}
	return best
}
