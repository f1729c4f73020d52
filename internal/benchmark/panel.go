package benchmark

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// memory is what a contributor said in one group.
type memory struct {
	owner   int
	cluster string
	data    indicator.Datum
}

// remember keeps what contributors said by their names until editions are compared.
func (t *Table) remember(cells []*cell, set *indicator.Set) {
	t.panel = make([]map[string]memory, len(cells))
	for g, c := range cells {
		t.panel[g] = map[string]memory{}
		for i := range c.people {
			p := &c.people[i]
			if used, _ := t.usedOf(p); p.anonymous() || used == 0 || set.Name(p.id) == "" {
				continue
			}
			t.panel[g][set.Name(p.id)] = memory{p.owner, p.cluster, p.data}
		}
	}
}

// pair is one contributor in both editions.
type pair struct{ now, then memory }

// pairs lists the contributors that are in both editions, in the order of their names.
func (t *Table) pairs(now *Estimate, earlier *Table, then *Estimate) (out []pair) {
	if t.panel == nil || earlier.panel == nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(t.panel[now.Group])) {
		if old, both := earlier.panel[then.Group][name]; both {
			out = append(out, pair{t.panel[now.Group][name], old})
		}
	}
	return out
}

// shared says that some contributor answered in both editions.
func (t *Table) shared(now *Estimate, earlier *Table, then *Estimate) bool {
	return len(t.pairs(now, earlier, then)) > 0
}

// paired compares contributors that answered in both editions with themselves.
func (t *Table) paired(out *Change, now, then *Estimate) {
	pairs := t.pairs(now, out.Earlier, then)
	switch t.Indicator.Kind {
	case "share", "multi":
		t.pairedShare(out, pairs, now.Option, then.Option)
	case "ratio":
		t.pairedRate(out, pairs, now.Stat)
	case "quantile":
		p := stat.Panel{}
		for _, both := range pairs {
			before, _ := t.one(both.then)
			x, w := t.one(both.now)
			p.Old, p.New, p.Weight = append(p.Old, before), append(p.New, x), append(p.Weight, w)
		}
		t.pairedNumber(out, p, pairs, now.Stat)
	}
}

// one is a contributor's number, the mean of its rows, with its weight.
func (t *Table) one(m memory) (x, weight float64) {
	return average(valuesOf(&person{data: m.data}), t.Indicator.Weight != "")
}

// pairedShare counts who kept, gained and lost it; without weights and clusters
// the counts are all that there is to know.
func (t *Table) pairedShare(out *Change, pairs []pair, option, before int) {
	var count [4]float64
	var owners [4]map[int]bool
	p := stat.Panel{}
	for _, both := range pairs {
		has, had := hit(both.now.data, option), hit(both.then.data, before)
		k := map[[2]bool]int{{true, true}: 0, {true, false}: 1, {false, true}: 2, {false, false}: 3}[[2]bool{has, had}]
		if owners[k] == nil {
			owners[k] = map[int]bool{}
		}
		count[k]++
		owners[k][both.now.owner] = true
		p.Old, p.New = append(p.Old, oneOf(had)), append(p.New, oneOf(has))
		p.Weight = append(p.Weight, t.stands(both.now.data.(*indicator.Counts)))
	}
	for _, o := range owners {
		out.Panel = append(out.Panel, len(o))
	}
	if out.Base = len(pairs); t.Indicator.Weight == "" && !t.clustered {
		d := stat.DiffPaired(count[0], count[1], count[2], count[3], level)
		out.take(stat.Difference{Diff: d.Diff, Interval: d.Interval, P: d.P})
		out.Method = PairedChange
		return
	}
	out.Method = PairedWeighted
	t.drawn(&p, pairs)
	d, err := stat.DiffPairedShares(p, level)
	out.settle(d, err)
}

// settle takes a comparison, or nothing where there is none.
func (c *Change) settle(d stat.Difference, err error) {
	if err != nil {
		nan := math.NaN()
		d = stat.Difference{Diff: nan, Interval: stat.Interval{Lo: nan, Hi: nan}, P: nan}
	}
	c.take(d)
}

func oneOf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// hit says whether a contributor chose an option; -1 is the one share of `is`.
func hit(d indicator.Datum, option int) bool {
	c := d.(*indicator.Counts)
	if option < 0 {
		return c.Is.N > 0
	}
	return c.Option(option).N > 0
}

// stands is what a contributor's answer stands for: its rows' weights, or where
// each contributor counts once their mean.
func (t *Table) stands(c *indicator.Counts) float64 {
	base := c.Base(t.Indicator.Base)
	if t.Indicator.Weight == "" {
		return 1
	}
	if t.Indicator.Per == indicator.ByContributor {
		return base.Weight.Value() / float64(base.N)
	}
	return base.Weight.Value()
}

// pairedRate compares the ratio of sums, or a number of the spread of
// contributors' own rates.
func (t *Table) pairedRate(out *Change, pairs []pair, name string) {
	r, p := stat.RatioPanel{}, stat.Panel{}
	for _, both := range pairs {
		now, then := both.now.data.(*indicator.Sums), both.then.data.(*indicator.Sums)
		r.OldNum, r.OldDen = append(r.OldNum, then.Num.Value()), append(r.OldDen, then.Den.Value())
		r.NewNum, r.NewDen = append(r.NewNum, now.Num.Value()), append(r.NewDen, now.Den.Value())
		r.Weight = append(r.Weight, now.Weight)
		p.Old, p.New = append(p.Old, rateOf(then)), append(p.New, rateOf(now))
	}
	p.Weight = r.Weight
	if name != "ratio" {
		t.pairedNumber(out, p, pairs, name)
		return
	}
	out.Method, out.Base, out.Panel = PairedRatio, len(pairs), panelOwners(pairs, p)
	if t.Indicator.Weight == "" {
		r.Weight = nil
	}
	if t.clustered { // the jackknife would have to leave out clusters
		out.settle(stat.Difference{}, stat.Degenerate)
		return
	}
	d, err := stat.DiffPairedRatios(r, level)
	out.settle(d, err)
}

func rateOf(s *indicator.Sums) float64 {
	if den := s.Den.Value(); den > 0 {
		return s.Num.Value() / den
	}
	return math.NaN()
}

// pairedNumber compares the mean or a quantile.
func (t *Table) pairedNumber(out *Change, p stat.Panel, pairs []pair, name string) {
	out.Panel = panelOwners(pairs, p)
	for i := range p.Old {
		if !math.IsNaN(p.Old[i] + p.New[i]) {
			out.Base++
		}
	}
	if t.Indicator.Weight == "" {
		p.Weight = nil
	}
	t.drawn(&p, pairs)
	if name == "mean" {
		out.Method = PairedMean
		d, err := stat.DiffPairedMeans(p, level)
		out.settle(d, err)
		return
	}
	out.Method = PairedQuantile
	q, err := strconv.ParseFloat(strings.TrimPrefix(name, "p"), 64)
	d := stat.Difference{}
	if err == nil {
		d, err = stat.DiffPairedQuantiles(p, q/100, level, quantileTypes[t.Indicator.Rule])
	}
	out.settle(d, err)
}

// drawn names the clusters of the pairs, where rows were drawn in clusters.
func (t *Table) drawn(p *stat.Panel, pairs []pair) {
	if !t.clustered {
		return
	}
	for _, both := range pairs {
		p.Cluster = append(p.Cluster, both.now.cluster)
	}
}

// panelOwners is how many distinct owners a comparison rests on.
func panelOwners(pairs []pair, p stat.Panel) []int {
	seen := map[int]bool{}
	for i, both := range pairs {
		if !math.IsNaN(p.Old[i] + p.New[i]) {
			seen[both.now.owner] = true
		}
	}
	return []int{len(seen)}
}
