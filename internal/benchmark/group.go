package benchmark

import (
	"encoding/binary"
	"maps"
	"slices"

	"benchbook/internal/indicator"
)

// cell is the observations of one group, by contributor.
type cell struct {
	group  Group
	people []person
}

// person is what one contributor said in a group. Members is 1, but where rows
// without names were added up it is how many people these are.
type person struct {
	id, owner, members int
	cluster, stratum   string
	data               indicator.Datum
}

// anonymous says that the data are of as many contributors as rows.
func (p *person) anonymous() bool { return p.id < 0 }

// group sorts a set's observations into the groups of a table and adds up what
// belongs to one contributor there.
func group(set *indicator.Set, by []*indicator.Segment, columns []int, at int, w *weighting) []*cell {
	found := map[string]*collector{}
	for i := range set.Observations {
		obs := &set.Observations[i]
		weight := 1.0
		if set.Indicators[at].Weight == indicator.RakedWeight {
			if weight = w.of(obs); !(weight > 0) {
				continue // rows of weight 0 do not exist
			}
		}
		for _, keys := range groupsOf(obs, by, columns) {
			name := string(keyBytes(keys))
			c := found[name]
			if c == nil {
				c = &collector{keys: keys, parts: map[int][]indicator.Datum{}}
				found[name] = c
			}
			d := obs.Data[at]
			if weight != 1 {
				d = indicator.Weighed(d, weight)
			}
			c.add(obs, d)
		}
	}
	if len(by) == 0 && len(found) == 0 {
		return []*cell{{}}
	}
	var out []*cell
	for _, c := range slices.SortedFunc(maps.Values(found), func(a, b *collector) int { return compareKeys(a.keys, b.keys) }) {
		out = append(out, c.cell(by))
	}
	return out
}

// compareKeys puts rows without an answer (-1) after all others.
func compareKeys(a, b []int) int {
	for i := range a {
		if x, y := uint(a[i]), uint(b[i]); x != y {
			if x < y {
				return -1
			}
			return 1
		}
	}
	return 0
}

// groupsOf lists the groups of one observation: one, or with overlapping
// segments one for each combination.
func groupsOf(obs *indicator.Observation, by []*indicator.Segment, columns []int) [][]int {
	out := [][]int{nil}
	for i, s := range by {
		values := s.Groups(obs.Keys[columns[i]])
		if len(values) == 0 {
			values = []int{-1}
		}
		var next [][]int
		for _, keys := range out {
			for _, v := range values {
				next = append(next, append(slices.Clone(keys), v))
			}
		}
		out = next
	}
	return out
}

func keyBytes(keys []int) (b []byte) {
	for _, k := range keys {
		b = binary.AppendVarint(b, int64(k))
	}
	return b
}

// collector gathers a group's observations.
type collector struct {
	keys   []int
	order  []int
	parts  map[int][]indicator.Datum
	owners map[int]int
	places map[int][2]string
	people []person
}

func (c *collector) add(obs *indicator.Observation, d indicator.Datum) {
	if obs.Contributor < 0 {
		c.people = append(c.people, person{id: -1, owner: -1, members: obs.Members, data: d})
		return
	}
	if c.owners == nil {
		c.owners, c.places = map[int]int{}, map[int][2]string{}
	}
	if _, known := c.owners[obs.Contributor]; !known {
		c.order = append(c.order, obs.Contributor)
		c.owners[obs.Contributor] = obs.Owner
		c.places[obs.Contributor] = [2]string{obs.Cluster, obs.Stratum}
	}
	// Rows may name different owners; the smallest number is as good as any, and fewer owners are safer.
	c.owners[obs.Contributor] = min(c.owners[obs.Contributor], obs.Owner)
	// One contributor is in one cluster and stratum: where rows differ, the first in the order of their names.
	if p, first := [2]string{obs.Cluster, obs.Stratum}, c.places[obs.Contributor]; slices.Compare(p[:], first[:]) < 0 {
		c.places[obs.Contributor] = p
	}
	c.parts[obs.Contributor] = append(c.parts[obs.Contributor], d)
}

func (c *collector) cell(by []*indicator.Segment) *cell {
	people := c.people
	for _, id := range c.order {
		people = append(people, person{id, c.owners[id], 1, c.places[id][0], c.places[id][1], indicator.Merge(c.parts[id])})
	}
	g := Group{Keys: c.keys, Contributors: owners(people, func(p *person) int { return p.members })}
	for i, s := range by {
		if c.keys[i] < 0 {
			g.Rest = true
			g.Values, g.Labels = append(g.Values, ""), append(g.Labels, "")
			continue
		}
		o := s.Values[c.keys[i]]
		g.Values, g.Labels = append(g.Values, o.Value), append(g.Labels, o.Label)
	}
	return &cell{g, people}
}

// owners counts distinct owners of the people that take part: for a nameless
// lot, as many as takes says; for a named one, one where takes is above 0.
func owners(people []person, takes func(*person) int) int {
	seen, nameless := map[int]bool{}, 0
	for i := range people {
		switch n := takes(&people[i]); {
		case n <= 0:
		case people[i].anonymous():
			nameless += n
		default:
			seen[people[i].owner] = true
		}
	}
	return len(seen) + nameless
}
