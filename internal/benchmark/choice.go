package benchmark

import (
	"cmp"
	"math"
	"slices"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// choice estimates the share of every option, or with `is` the one share.
func (t *Table) choice(g int, c *cell) {
	ind := t.Indicator
	base := func(k *indicator.Counts) indicator.Tally { return k.Base(ind.Base) }
	if len(ind.Is) > 0 {
		t.Estimates = append(t.Estimates, t.share(g, -1, c, base, func(k *indicator.Counts) indicator.Tally { return k.Is }))
		return
	}
	for i := range t.Options {
		t.Estimates = append(t.Estimates, t.share(g, i, c, base, func(k *indicator.Counts) indicator.Tally { return k.Option(i) }))
	}
}

// part is one contributor's part in a share: hits of base rows, and its weight.
type part struct{ hits, base, weight float64 }

// share estimates Σhits/Σbase over the people of a group. Where everybody counts
// once and nobody has a weight it is a plain proportion; otherwise each
// contributor's rows are one cluster.
func (t *Table) share(g, option int, c *cell, base, hits func(*indicator.Counts) indicator.Tally) Estimate {
	e := Estimate{Group: g, Option: option, Stat: "share", Share: true, Value: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), Above: math.NaN(), Method: Wilson}
	var parts []part
	once, bad := true, 0
	for i := range c.people {
		p := &c.people[i]
		k := p.data.(*indicator.Counts)
		b, h := base(k), hits(k)
		bad += k.Unusable
		if b.N == 0 {
			continue
		}
		once = once && (p.anonymous() || b.N == 1)
		parts = append(parts, t.part(p, b, h, &e))
	}
	e.BaseContributors = owners(c.people, func(p *person) int { return base(p.data.(*indicator.Counts)).N })
	e.Contributors = owners(c.people, func(p *person) int { return hits(p.data.(*indicator.Counts)).N })
	e.RestContributors = owners(c.people, func(p *person) int {
		k := p.data.(*indicator.Counts)
		return base(k).N - hits(k).N
	})
	t.proportion(&e, parts, once)
	if bad > 0 {
		e.warn(unusable(bad))
	}
	return e
}

// part weighs one contributor: by its rows, by their weights, or as one.
func (t *Table) part(p *person, base, hits indicator.Tally, e *Estimate) part {
	once := t.Indicator.Per == indicator.ByContributor && !p.anonymous()
	out := part{float64(hits.N), float64(base.N), float64(base.N)}
	if t.Indicator.Weight != "" {
		out = part{hits.Weight.Value(), base.Weight.Value(), base.Weight.Value()}
	}
	if !once {
		e.Count += hits.N
		e.Base += base.N
		return out
	}
	e.Base++
	if hits.N > 0 {
		e.Count++
	}
	out.weight = 1
	if t.Indicator.Weight != "" {
		out.weight = out.base / float64(base.N)
	}
	return out
}

// proportion fills in value and interval.
func (t *Table) proportion(e *Estimate, parts []part, once bool) {
	if e.Base == 0 {
		return
	}
	if once && t.Indicator.Weight == "" {
		x, n := float64(e.Count), float64(e.Base)
		limits := stat.Wilson(x, n, level)
		e.Value, e.Lo, e.Hi = x/n, limits.Lo, limits.Hi
		return
	}
	e.Method = KornGraub
	// The order of people must not touch the last digit of a sum.
	slices.SortFunc(parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.hits/a.base, b.hits/b.base))
	})
	y, w := make([]float64, len(parts)), make([]float64, len(parts))
	for i, p := range parts {
		y[i], w[i] = math.Min(p.hits/p.base, 1), p.weight
	}
	s, err := stat.WeightedShare(y, stat.ShareOptions{Level: level, Weight: w})
	if err != nil {
		return
	}
	e.Value, e.Lo, e.Hi = s.P, s.Lo, s.Hi
	if s.Deff > bigDesign {
		e.warn(Warning{"design_effect", "权重或成组使有效样本量不到一半，区间已按此放宽。"})
	}
	if !once && t.Indicator.Per == indicator.ByRow {
		e.warn(repeated)
	}
}

var repeated = Warning{"repeated", "同一贡献者有多条记录；数量按记录计，精度按贡献者计。"}

// binMedian interpolates the median of counts in ranges.
func (t *Table) binMedian(g int, c *cell) {
	ind := t.Indicator
	e := Estimate{Group: g, Option: -1, Stat: "p50", Value: math.NaN(), Lo: math.NaN(), Hi: math.NaN(), Above: math.NaN(), Method: BinMedian}
	bins := make([]stat.Bin, len(ind.Bins))
	for i, b := range ind.Bins {
		bins[i] = stat.Bin{Lo: b.From, Hi: math.NaN()}
		if b.To != nil {
			bins[i].Hi = *b.To
		}
		var total indicator.Sum
		for k := range c.people {
			total.Merge(t.binWeight(&c.people[k], i, &e))
		}
		bins[i].Count = total.Value()
	}
	e.BaseContributors = owners(c.people, func(p *person) int { return binned(p, len(bins)) })
	e.Contributors, e.Base = e.BaseContributors, e.Count
	median, err := stat.BinnedQuantile(bins, 0.5)
	if err != nil || e.Count == 0 {
		t.Estimates = append(t.Estimates, e)
		return
	}
	e.Value = median.Value
	if last := ind.Bins[len(ind.Bins)-1]; math.IsNaN(median.Value) && last.To == nil {
		e.Above = last.From - 1
		e.warn(Warning{"open_bin", "中位数落在不封顶的一档，只能说大于该档下限。"})
	}
	t.Estimates = append(t.Estimates, e)
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
	all := binned(p, len(t.Indicator.Bins))
	if all == 0 || tally.N == 0 {
		return s
	}
	e.Count = owners([]person{*p}, func(*person) int { return 1 }) + e.Count
	s.Add(float64(tally.N) / float64(all))
	return s
}

// binned is how many of a contributor's rows lie in a bin.
func binned(p *person, bins int) (n int) {
	k := p.data.(*indicator.Counts)
	for i := range bins {
		n += k.Option(i).N
	}
	return n
}
