package benchmark

import (
	"math"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// binned estimates quantiles of counts in ranges: of the numbers themselves
// where the source has them, else interpolated within a range.
func (t *Table) binned(g int, c *cell) {
	if t.Indicator.Exact {
		t.quantiles(g, t.numbers(c, t.Indicator.Per == indicator.ByContributor))
		return
	}
	bins, e := t.bins(g, c)
	grouped, err := stat.NewBinned(bins)
	for _, q := range t.Indicator.Quantiles {
		e.Stat = StatName(q)
		if err == nil && e.Count > 0 {
			t.Estimates = append(t.Estimates, t.interpolated(e, grouped.Quantile(q)))
			continue
		}
		t.Estimates = append(t.Estimates, e)
	}
}

// interpolated is a quantile within its range; in the open one nothing is known
// but that it is above.
func (t *Table) interpolated(e Estimate, v stat.BinnedValue) Estimate {
	e.Value = v.Value
	if last := t.Indicator.Bins[len(t.Indicator.Bins)-1]; math.IsNaN(v.Value) && last.To == nil {
		e.Above = last.From - 1
		e.warn(Warning{"open_bin", "这一分位落在不封顶的一档，只能说大于该档下限。"})
	}
	return e
}

// bins are the ranges with their counts, and an estimate without its value.
func (t *Table) bins(g int, c *cell) ([]stat.Bin, Estimate) {
	ind, nan := t.Indicator, math.NaN()
	e := Estimate{Group: g, Option: -1, Value: nan, Lo: nan, Hi: nan, Above: nan, Method: BinMedian}
	bins := make([]stat.Bin, len(ind.Bins))
	for i, b := range ind.Bins {
		bins[i] = stat.Bin{Lo: b.From, Hi: nan}
		if b.To != nil {
			bins[i].Hi = *b.To
		}
		var total indicator.Sum
		for k := range c.people {
			total.Merge(t.binWeight(&c.people[k], i, &e))
		}
		bins[i].Count = total.Value()
	}
	e.BaseContributors = owners(c.people, func(p *person) int { return inBins(p, len(bins)) })
	e.Contributors, e.Base = e.BaseContributors, e.Count
	return bins, e
}

// binWeight is what one contributor adds to a bin; it counts the rows on e.
func (t *Table) binWeight(p *person, bin int, e *Estimate) indicator.Sum {
	tally := p.data.(*indicator.Counts).Option(bin)
	if t.Indicator.Per == indicator.ByContributor && !p.anonymous() {
		return t.binShare(p, tally, e)
	}
	e.Count += tally.N
	if t.Indicator.Weight != "" {
		return tally.Weight
	}
	var s indicator.Sum
	s.Add(float64(tally.N))
	return s
}

// binShare is a contributor that counts once, split over the bins of its rows.
func (t *Table) binShare(p *person, tally indicator.Tally, e *Estimate) (s indicator.Sum) {
	all := inBins(p, len(t.Indicator.Bins))
	if all == 0 || tally.N == 0 {
		return s
	}
	e.Count = owners([]person{*p}, func(*person) int { return 1 }) + e.Count
	s.Add(float64(tally.N) / float64(all))
	return s
}

// inBins is how many of a contributor's rows lie in a bin.
func inBins(p *person, bins int) (n int) {
	k := p.data.(*indicator.Counts)
	for i := range bins {
		n += k.Option(i).N
	}
	return n
}
