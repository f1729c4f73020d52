package stat

import (
	"cmp"
	"math"
	"slices"
)

// cheapestHit picks elements of least total cost so that every set holds one of them, by branch and bound. It gives up
// after a fixed number of branches; exact says whether it got to the end.
func cheapestHit(sets [][]int, cost []float64) (picked []int, exact bool) {
	h := &hitting{cost: cost, best: math.Inf(1), barred: make([]bool, len(cost)), taken: make([]bool, len(cost)), left: 200_000}
	for _, s := range sets {
		s = slices.Clone(s)
		slices.SortStableFunc(s, func(a, b int) int { return cmp.Compare(cost[a], cost[b]) })
		h.sets = append(h.sets, s)
	}
	h.branch(0)
	return h.picked, h.left > 0
}

type hitting struct {
	sets          [][]int // each by ascending cost
	cost          []float64
	taken, barred []bool
	path, picked  []int
	best          float64
	left          int
}

// branch extends the path, whose cost is spent.
func (h *hitting) branch(spent float64) {
	h.left--
	bound, next := h.bound()
	if h.left <= 0 || spent+bound >= h.best {
		return
	}
	if next < 0 {
		h.best, h.picked = spent, slices.Clone(h.path)
		return
	}
	var tried []int
	for _, k := range h.sets[next] {
		if h.barred[k] {
			continue
		}
		h.taken[k] = true
		h.path = append(h.path, k)
		h.branch(spent + h.cost[k])
		h.path = h.path[:len(h.path)-1]
		h.taken[k] = false
		h.barred[k] = true // answers with k are done
		tried = append(tried, k)
	}
	for _, k := range tried {
		h.barred[k] = false
	}
}

// bound is a lower bound of what the sets that aren't hit yet still cost, from sets that share no element, and the set
// with the fewest choices among them; -1 if all are hit.
func (h *hitting) bound() (bound float64, next int) {
	next, fewest := -1, math.MaxInt
	used := map[int]bool{}
	for i, s := range h.sets {
		if slices.ContainsFunc(s, func(k int) bool { return h.taken[k] }) {
			continue
		}
		least, choices, apart := math.Inf(1), 0, true
		for _, k := range s {
			if !h.barred[k] {
				least, choices = min(least, h.cost[k]), choices+1
				apart = apart && !used[k]
			}
		}
		if choices < fewest {
			next, fewest = i, choices
		}
		if apart {
			bound += least
			for _, k := range s {
				used[k] = true
			}
		}
	}
	return bound, next
}
