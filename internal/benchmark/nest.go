package benchmark

import (
	"slices"

	"benchbook/internal/indicator"
)

// Nest says that every value of one field belongs to one value of another, as
// cities do to provinces: then tables cut by the one add up to tables cut by
// the other, though no table is cut by both.
type Nest struct {
	Inner, Outer string            // fields
	Of           map[string]string // outer value by inner value, as references write them
}

// nests finds the nested fields among those that a set's tables are cut by.
func nests(set *indicator.Set) (out []Nest) {
	for i, inner := range set.Segments {
		for k, outer := range set.Segments {
			if i == k || inner.Overlapping || outer.Overlapping {
				continue
			}
			if of := nested(set, i, k); of != nil {
				out = append(out, Nest{inner.Field, outer.Field, of})
			}
		}
	}
	return out
}

// nested gives the outer value of every inner one; nil where one has several.
func nested(set *indicator.Set, inner, outer int) map[string]string {
	found := make([]int, len(set.Segments[inner].Values))
	for i := range found {
		found[i] = -1
	}
	for i := range set.Observations {
		keys := set.Observations[i].Keys
		v, w := keys[inner], keys[outer]
		if v < 0 {
			continue
		}
		if w < 0 || found[v] >= 0 && found[v] != w {
			return nil
		}
		found[v] = w
	}
	of := map[string]string{}
	for v, w := range found {
		if w >= 0 {
			of[set.Segments[inner].Values[v].Value] = set.Segments[outer].Values[w].Value
		}
	}
	return of
}

// Within lists the inner values that belong to an outer one, in order.
func (n Nest) Within(outer string) (inner []string) {
	for v, w := range n.Of {
		if w == outer {
			inner = append(inner, v)
		}
	}
	slices.Sort(inner)
	return inner
}
