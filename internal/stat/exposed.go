package stat

import "slices"

// ExposedCells lists the cells that are Primary and Suppressed and, by what is not Suppressed, not protected.
func ExposedCells(cells []TableCell, relations []Relation) ([]string, error) {
	t, err := newTable(cells, relations)
	if err != nil {
		return nil, err
	}
	h := newHiding(t)
	var hidden []int
	for i, c := range cells {
		if h.hidden[i] = c.Suppressed; c.Suppressed {
			hidden = append(hidden, i)
		}
	}
	var out []string
	for _, i := range h.exposed(hidden) {
		out = append(out, cells[i].ID)
	}
	return out, nil
}

// exposed lists the primary cells of some hidden cells that are not protected. Every point that the solver meets is a
// possible table, so that most bounds are known before their own program is run.
func (h *hiding) exposed(hidden []int) (out []int) {
	h.stamp++
	for _, first := range hidden {
		if h.mark[first] == h.stamp {
			continue
		}
		part := h.component(first, func(i int) bool { return h.hidden[i] })
		tab, _ := h.tableauOf(part)
		tab.watch()
		tab.releaseAll()
		for k, i := range part {
			if h.cells[i].Primary && !h.holds(tab, k, i) {
				out = append(out, i)
			}
		}
		if h.costs = max(h.costs, tab.work); h.pruning {
			h.effort -= tab.work
		}
	}
	slices.Sort(out)
	return out
}

// holds says whether cell i, variable k, is protected. What the bounds ask for beyond the slack need not be reached.
func (h *hiding) holds(tab *tableau, k, i int) bool {
	up, down := h.cells[i].bounds()
	if tab.hi[k] < up-h.slack && !tab.reach(k, 1, up-h.slack/2) {
		return false
	}
	if tab.lo[k] > down+h.slack && !tab.reach(k, -1, down+h.slack/2) {
		return false
	}
	return tab.hi[k]-tab.lo[k] >= h.slack || tab.reach(k, -1, tab.x[k]-2*h.slack) || tab.reach(k, 1, tab.x[k]+2*h.slack)
}
