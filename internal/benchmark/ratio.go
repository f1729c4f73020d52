package benchmark

import (
	"cmp"
	"math"
	"slices"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// ratio estimates a ratio of sums: pooled, and spread over contributors.
func (t *Table) ratio(g int, c *cell) {
	rates, left := t.rates(c)
	num, den, weight := make([]float64, len(rates)), make([]float64, len(rates)), make([]float64, len(rates))
	for i, r := range rates {
		num[i], den[i], weight[i] = r.num, r.den, r.weight
	}
	if t.Indicator.Weight == "" {
		weight = nil
	}
	r, err := stat.RatioOfSums(num, den, weight, level)
	if err != nil {
		r = stat.Ratio{R: math.NaN(), KEff: math.NaN()}
	}
	t.pooled(g, rates, r, left)
	s := spread(rates, weight != nil)
	mean := t.blank(g, "mean", s, MeanT)
	if r.NRatios > 0 {
		mean.Value, mean.Lo, mean.Hi = r.Mean.Mean, r.Mean.Lo, r.Mean.Hi
	}
	t.Estimates = append(t.Estimates, mean)
	t.quantiles(g, s)
	t.bands(g, rates, 0)
}

// rates takes each contributor's sums; left counts the rows that lack a side
// or make no rate.
func (t *Table) rates(c *cell) (rates []rated, left int) {
	for i := range c.people {
		p := &c.people[i]
		s := p.data.(*indicator.Sums)
		left += s.Missing + s.Invalid
		num, den := s.Num.Value(), s.Den.Value()
		if s.Usable() == 0 || math.IsInf(num, 0) || math.IsInf(den, 0) {
			continue
		}
		rates = append(rates, rated{num, den, s.Weight, p.id, p.owner})
	}
	slices.SortFunc(rates, func(a, b rated) int {
		return cmp.Or(cmp.Compare(a.num, b.num), cmp.Compare(a.den, b.den), cmp.Compare(a.weight, b.weight))
	})
	return rates, left
}

// pooled is the ratio of sums with its caveats, and how many contributors it
// really rests on.
func (t *Table) pooled(g int, rates []rated, r stat.Ratio, left int) {
	s := sample{values: make([]float64, len(rates)), people: ratedOwners(rates)}
	e := t.blank(g, "ratio", s, Pooled)
	e.Value = r.R
	switch {
	case math.IsNaN(r.R):
		e.Lo, e.Hi = math.NaN(), math.NaN()
	case t.Indicator.Percent:
		e.Lo, e.Hi = r.Jackknife.Lo, r.Jackknife.Hi
	default:
		e.Method, e.Lo, e.Hi = PooledPlain, math.Max(r.Lo, 0), r.Hi
	}
	if left > 0 {
		e.warn(unusable(left))
	}
	if r.NOver > 0 && t.Indicator.Percent {
		e.warn(Warning{"over", "有贡献者的分子大于分母，照实计入。"})
	}
	if dominated(rates) {
		e.warn(Warning{"dominated", "一个贡献者占分母一半以上，合计主要反映它。"})
	}
	k := t.blank(g, "k_eff", s, CountOnly)
	k.Value = r.KEff
	t.Estimates = append(t.Estimates, e, k)
}

func dominated(rates []rated) bool {
	top, all := 0.0, 0.0
	for _, r := range rates {
		x := r.weight * r.den
		top, all = math.Max(top, x), all+x
	}
	return len(rates) > 1 && top > dominantShare*all
}

// spread is the contributors' own rates, of those that have a denominator.
func spread(rates []rated, weighted bool) sample {
	var s sample
	var with []rated
	for _, r := range rates {
		if r.den > 0 {
			with = append(with, r)
			s.values, s.weights = append(s.values, r.num/r.den), append(s.weights, r.weight)
		}
	}
	s.people = ratedOwners(with)
	sortPairs(s.values, s.weights)
	if !weighted {
		s.weights = nil
	}
	return s
}
