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
	t.pooled(g, rates, left)
	num, den, weight := t.columns(rates)
	r := ratioOf(num, den, weight)
	s := spread(rates, weight != nil)
	mean := t.blank(g, "mean", s, MeanT)
	mean.Magnitudes = []Magnitude{magnitudeOfRatios(rates)}
	if r.NRatios > 0 {
		mean.Value, mean.Lo, mean.Hi = r.Mean.Mean, r.Mean.Lo, r.Mean.Hi
		mean.evidence = evidence{se: r.Mean.SE, df: float64(r.Mean.N - 1)}
	}
	t.Estimates = append(t.Estimates, mean)
	t.quantiles(g, s)
	t.box(g, s)
	t.shrunk(g, s, num, den)
	t.bands(g, rates, 0)
}

// linearised is the interval of a ratio that is symmetric on its own scale.
const linearised = "linearised"

// columns are rates as package stat reads them; weight is nil where there is none.
func (t *Table) columns(rates []rated) (num, den, weight []float64) {
	for _, r := range rates {
		num, den, weight = append(num, r.num), append(den, r.den), append(weight, r.weight)
	}
	if t.Indicator.Weight == "" {
		weight = nil
	}
	return num, den, weight
}

func ratioOf(num, den, weight []float64) stat.Ratio {
	r, err := stat.RatioOfSums(num, den, weight, level)
	if err != nil {
		return stat.Ratio{R: math.NaN(), KEff: math.NaN()}
	}
	return r
}

// units are what the precision of a ratio of sums is reckoned by: contributors,
// or the clusters that they were drawn in.
func (t *Table) units(rates []rated) []rated {
	if !t.clustered {
		return rates
	}
	var out []rated
	at := map[string]int{}
	for _, r := range rates {
		k, known := at[r.cluster]
		if !known {
			k = len(out)
			at[r.cluster] = k
			out = append(out, rated{weight: 1})
		}
		out[k].num += r.weight * r.num
		out[k].den += r.weight * r.den
	}
	return out
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
		rates = append(rates, rated{num, den, s.Weight, p.id, p.owner, p.cluster, p.stratum})
	}
	slices.SortFunc(rates, func(a, b rated) int {
		return cmp.Or(cmp.Compare(a.num, b.num), cmp.Compare(a.den, b.den), cmp.Compare(a.weight, b.weight), cmp.Compare(a.cluster, b.cluster))
	})
	return rates, left
}

// pooled is the ratio of sums with its caveats, and how many contributors it
// really rests on.
func (t *Table) pooled(g int, rates []rated, left int) {
	s := sample{values: make([]float64, len(rates)), people: ratedOwners(rates)}
	r := ratioOf(t.columns(t.units(rates)))
	e := t.blank(g, "ratio", s, Pooled)
	e.Value, e.Magnitudes = r.R, magnitudesOfRates(rates)
	switch {
	case math.IsNaN(r.R):
		e.Lo, e.Hi = math.NaN(), math.NaN()
	case t.Indicator.Percent && t.Indicator.Interval != linearised:
		e.Lo, e.Hi = r.Jackknife.Lo, r.Jackknife.Hi
		e.evidence = evidence{se: r.SEJack, df: math.Max(1, r.KEff-1)}
	default:
		e.Method, e.Lo, e.Hi = PooledPlain, math.Max(r.Lo, 0), r.Hi
		e.evidence = evidence{se: r.SE, df: float64(r.N - 1)}
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
