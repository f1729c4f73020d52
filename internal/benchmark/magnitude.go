package benchmark

import (
	"math"
	"slices"

	"benchbook/internal/indicator"
)

// topParts is how many of the largest parts are kept: the rules of disclosure
// control ask for the largest few.
const topParts = 5

// Magnitude is how a sum of amounts is made up of owners' parts, so that it can
// be judged whether a few of them dominate it. Parts are absolute: a loss tells
// of its owner as much as a gain.
type Magnitude struct {
	Total  float64   // of all parts
	Top    []float64 // the largest parts, largest first
	Owners int
}

// parts adds up amounts by owner; the nameless (owner below 0) stand alone.
type parts struct {
	owned map[int]*indicator.Sum
	alone []float64
}

func (p *parts) add(owner int, amount float64) {
	if owner < 0 {
		p.alone = append(p.alone, math.Abs(amount))
		return
	}
	if p.owned == nil {
		p.owned = map[int]*indicator.Sum{}
	}
	if p.owned[owner] == nil {
		p.owned[owner] = &indicator.Sum{}
	}
	p.owned[owner].Add(math.Abs(amount))
}

func (p *parts) magnitude() Magnitude {
	all := p.alone
	for _, sum := range p.owned {
		all = append(all, sum.Value())
	}
	slices.Sort(all)
	slices.Reverse(all)
	var total indicator.Sum
	for _, x := range all {
		total.Add(x)
	}
	return Magnitude{total.Value(), slices.Clone(all[:min(topParts, len(all))]), len(all)}
}

// magnitudeOfValues is of the sum behind a mean of plain numbers.
func magnitudeOfValues(c *cell, weighted bool) Magnitude {
	var p parts
	for i := range c.people {
		v := c.people[i].data.(*indicator.Values)
		for k, x := range v.Numbers {
			if weighted {
				x *= v.Weights[k]
			}
			p.add(c.people[i].owner, x)
		}
	}
	return p.magnitude()
}

// magnitudesOfRates are of the numerator and of the denominator of a ratio of sums.
func magnitudesOfRates(rates []rated) []Magnitude {
	var num, den parts
	for _, r := range rates {
		owner := r.owner
		if r.id < 0 {
			owner = -1
		}
		num.add(owner, r.num)
		den.add(owner, r.den)
	}
	return []Magnitude{num.magnitude(), den.magnitude()}
}

// magnitudeOfRatios is of the sum of contributors' rates, behind their mean.
func magnitudeOfRatios(rates []rated) Magnitude {
	var p parts
	for _, r := range rates {
		owner := r.owner
		if r.id < 0 {
			owner = -1
		}
		if r.den > 0 {
			p.add(owner, r.num/r.den)
		}
	}
	return p.magnitude()
}
