package indicator

import (
	"cmp"
	"slices"
)

// absorb takes what another goroutine's pass observed.
func (p *pass) absorb(o *pass) {
	p.set.Rows += o.set.Rows
	p.set.Kept += o.set.Kept
	p.nameless += o.nameless
	for name, n := range o.badWeights {
		p.badWeights[name] += n
	}
	people, design := p.people.absorb(o.people), p.design.absorb(o.design)
	for owner := range o.left {
		p.left[people[owner]] = true
	}
	keys := make([][]int, len(p.segments))
	for i, s := range p.segments {
		keys[i] = s.absorb(o.segments[i])
	}
	for i := range p.observers {
		if found := p.observers[i].found; found != nil {
			o.recode(i, found.absorb(o.observers[i].found))
		}
	}
	for at := range o.members {
		p.take(o, at, people, design, keys)
	}
}

// take adds one observation of another pass, whose numbers are brought over by the lists.
func (p *pass) take(o *pass, at int, people, design []int, keys [][]int) {
	there := o.index.at(at)
	p.key[2] = int32(design[there[2]])
	for i, moved := range keys {
		if p.key[3+i] = there[3+i]; moved != nil && there[3+i] >= 0 {
			p.key[3+i] = int32(moved[there[3+i]])
		}
	}
	person := func(n int32) int {
		if n < 0 {
			return -1
		}
		return people[n]
	}
	p.key[0], p.key[1] = int32(person(there[0])), int32(person(there[1]))
	here := p.observation(p.key)
	p.members[here] += o.members[at]
	for i := range p.observers {
		p.observers[i].data[here].merge(o.observers[i].data[at])
	}
}

// recode gives the answers that were met in the rows other numbers.
func (p *pass) recode(i int, codes []int) {
	for _, d := range p.observers[i].data {
		counts := d.(*Counts)
		moved := make(map[int]*Tally, len(counts.Options))
		for code, t := range counts.Options {
			moved[codes[code]] = t
		}
		counts.Options = moved
	}
}

// finish puts everything in an order that rows and goroutines have no part in,
// and hands the set on.
func (p *pass) finish() *Set {
	set := p.set
	set.Excluded = min(len(p.left)+p.nameless, enoughExcluded)
	p.design.finish(set)
	ranks := make([][]int, len(p.segments))
	for i, s := range p.segments {
		ranks[i] = s.finish()
		set.Segments = append(set.Segments, s.segment)
	}
	for i := range p.observers {
		set.Options = append(set.Options, set.Indicators[i].Options)
		if found := p.observers[i].found; found != nil {
			texts, rank := found.sorted()
			p.recode(i, rank)
			set.Options[i] = nil
			for _, t := range texts {
				set.Options[i] = append(set.Options[i], Option{t, t})
			}
		}
	}
	people := p.sortPeople()
	set.people = p.people
	p.observations(people, ranks)
	return set
}

// sortPeople numbers contributors and owners by name and gives the new number of each old one.
func (p *pass) sortPeople() []int {
	order := make([]int, len(p.people.texts))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p.people.texts[a], p.people.texts[b]) })
	rank, texts := make([]int, len(order)), make([]string, len(order))
	for r, c := range order {
		rank[c], texts[r] = r, p.people.texts[c]
		p.people.codes[texts[r]] = r
	}
	p.people.texts = texts
	return rank
}

// observations lays out the set's observations, in order.
func (p *pass) observations(people []int, ranks [][]int) {
	n, width := len(p.observers), len(p.segments)
	all := make([]Observation, len(p.members))
	keys, data := make([]int, len(p.members)*width), make([]Datum, len(p.members)*n)
	for at := range all {
		key, place := p.index.at(at), &p.design.places[p.index.at(at)[2]]
		obs := Observation{Contributor: -1, Owner: -1, Members: int(p.members[at]), Cluster: place.Cluster, Stratum: place.Stratum, Cell: place.Cell, Base: place.Base,
			Keys: keys[at*width : (at+1)*width : (at+1)*width], Data: data[at*n : (at+1)*n : (at+1)*n]}
		if key[0] >= 0 {
			obs.Contributor, obs.Owner = people[key[0]], people[key[1]]
		}
		for i, rank := range ranks {
			if obs.Keys[i] = int(key[3+i]); rank != nil && key[3+i] >= 0 {
				obs.Keys[i] = rank[key[3+i]]
			}
		}
		for i := range p.observers {
			obs.Data[i] = p.observers[i].data[at]
			obs.Data[i].settle()
		}
		all[at] = obs
	}
	slices.SortFunc(all, func(a, b Observation) int {
		return cmp.Or(cmp.Compare(a.Contributor, b.Contributor), cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Cluster, b.Cluster), cmp.Compare(a.Stratum, b.Stratum),
			cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Base, b.Base), slices.Compare(a.Keys, b.Keys))
	})
	p.set.Observations = all
}
