package benchmark

import (
	"math"
	"slices"

	"benchbook/internal/indicator"
)

// choice estimates the share of every option, or with `is` the one share.
func (t *Table) choice(g int, c *cell) {
	ind := t.Indicator
	base := func(k *indicator.Counts) indicator.Tally { return k.Base(ind.Base) }
	if ind.Base == indicator.Answers {
		t.ofAnswers(g, c)
		return
	}
	if len(ind.Is) > 0 {
		t.Estimates = append(t.Estimates, t.share(g, -1, c, base, func(k *indicator.Counts) indicator.Tally { return k.Is }))
		return
	}
	for i := range t.Options {
		t.Estimates = append(t.Estimates, t.share(g, i, c, base, func(k *indicator.Counts) indicator.Tally { return k.Option(i) }))
	}
}

// ofAnswers is each option's share of all answers. Several answers are of one
// respondent and not independent: there is no interval.
func (t *Table) ofAnswers(g int, c *cell) {
	given := func(k *indicator.Counts) indicator.Tally { return k.Given(t.Indicator.Alone) }
	answerers := owners(c.people, func(p *person) int {
		k := p.data.(*indicator.Counts)
		return k.Answered.N - k.Option(t.Indicator.Alone).N
	})
	for i := range t.Options {
		if i == t.Indicator.Alone {
			continue
		}
		e := t.share(g, i, c, given, func(k *indicator.Counts) indicator.Tally { return k.Option(i) })
		e.BaseContributors, e.RestContributors = answerers, answerers-e.Contributors
		e.Lo, e.Hi, e.SE, e.Units, e.Counted, e.Method = math.NaN(), math.NaN(), 0, 0, false, OfAnswers
		e.Warnings = slices.DeleteFunc(e.Warnings, func(w Warning) bool { return w != smallN && w != smallEff })
		t.Estimates = append(t.Estimates, e)
	}
}

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
	out := part{float64(hits.N), float64(base.N), float64(base.N), p.id, p.cluster, p.stratum}
	if t.Indicator.Weight != "" {
		out.hits, out.base, out.weight = hits.Weight.Value(), base.Weight.Value(), base.Weight.Value()
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

var repeated = Warning{"repeated", "同一贡献者有多条记录；数量按记录计，精度按贡献者计。"}
