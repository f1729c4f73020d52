package benchmark

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"benchbook/internal/indicator"
	"benchbook/internal/stat"
)

// sample is numbers with their weights (nil: none), in an order that the rows'
// order has no part in.
type sample struct {
	values, weights []float64
	repeated        bool // some contributor has several
	people          int  // distinct owners
}

// StatName is the name of the quantile at a probability: p50, p2.5.
func StatName(p float64) string {
	return "p" + strconv.FormatFloat(math.Round(p*1e8)/1e6, 'f', -1, 64)
}

// quantile estimates mean, quantiles and bands of a number.
func (t *Table) quantile(g int, c *cell) {
	all := t.numbers(c, t.Indicator.Per == indicator.ByContributor)
	mean := t.blank(g, "mean", all, MeanT)
	t.mean(&mean, c, all)
	mean.Magnitudes = []Magnitude{magnitudeOfValues(c, t.Indicator.Weight != "")}
	t.Estimates = append(t.Estimates, mean)
	t.quantiles(g, all)
	t.box(g, all)
	t.bandsOfValues(g, c)
}

// numbers takes the numbers of a group: every row's, or each contributor's mean.
func (t *Table) numbers(c *cell, once bool) sample {
	s := sample{people: owners(c.people, func(p *person) int { return len(valuesOf(p).Numbers) }), repeated: t.clustered}
	weighted := t.Indicator.Weight != ""
	for i := range c.people {
		p := &c.people[i]
		v := valuesOf(p)
		if once && !p.anonymous() && len(v.Numbers) > 0 {
			m, w := average(v, weighted)
			s.values, s.weights = append(s.values, m), append(s.weights, w)
			continue
		}
		s.repeated = s.repeated || !p.anonymous() && len(v.Numbers) > 1
		s.values, s.weights = append(s.values, v.Numbers...), append(s.weights, v.Weights...)
	}
	if !weighted {
		s.weights = nil
		slices.Sort(s.values)
		return s
	}
	sortPairs(s.values, s.weights)
	return s
}

// valuesOf is a contributor's numbers.
func valuesOf(p *person) *indicator.Values {
	if counts, ok := p.data.(*indicator.Counts); ok {
		return &counts.Numbers
	}
	return p.data.(*indicator.Values)
}

// average is a contributor's mean number and mean weight.
func average(v *indicator.Values, weighted bool) (mean, weight float64) {
	var sum, weights indicator.Sum
	for i, x := range v.Numbers {
		w := 1.0
		if weighted {
			w = v.Weights[i]
		}
		sum.Add(w * x)
		weights.Add(w)
	}
	return sum.Value() / weights.Value(), weights.Value() / float64(len(v.Numbers))
}

// sortPairs orders values with their weights.
func sortPairs(x, w []float64) {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(x[a], x[b]), cmp.Compare(w[a], w[b])) })
	sx, sw := make([]float64, len(x)), make([]float64, len(x))
	for k, i := range order {
		sx[k], sw[k] = x[i], w[i]
	}
	copy(x, sx)
	copy(w, sw)
}

// blank is an estimate of a number over a sample, without its value.
func (t *Table) blank(g int, name string, s sample, m Method) Estimate {
	nan := math.NaN()
	return Estimate{Group: g, Option: -1, Stat: name, Value: nan, Lo: nan, Hi: nan, Above: nan,
		Count: len(s.values), Base: len(s.values), Contributors: s.people, BaseContributors: s.people, Method: m}
}

// mean is over all numbers, its precision over contributors: each stands with
// its own mean, weighted by what it holds of the whole.
func (t *Table) mean(e *Estimate, c *cell, all sample) {
	x, w := all.values, all.weights
	if all.repeated {
		x, w = t.means(c)
	}
	if m, err := stat.MeanOf(x, w, level); err == nil {
		e.Value, e.Lo, e.Hi = m.Mean, m.Lo, m.Hi
		e.evidence = evidence{se: m.SE, df: float64(m.N - 1)}
	}
	if sum, err := stat.SummarizeWeights(w); err == nil && t.Indicator.Weight != "" {
		e.NEff = sum.NEff
	}
	if all.repeated {
		e.warn(repeated)
	}
}

// means are the mean and the whole weight of each contributor or, where rows
// were drawn in clusters, of each cluster.
func (t *Table) means(c *cell) (x, w []float64) {
	var groups []*indicator.Values
	at := map[string]int{}
	for i := range c.people {
		p := &c.people[i]
		v := valuesOf(p)
		if k, known := at[p.cluster]; t.clustered && known {
			groups[k] = indicator.Merge([]indicator.Datum{groups[k], v}).(*indicator.Values)
			continue
		}
		at[p.cluster] = len(groups)
		groups = append(groups, v)
	}
	for _, v := range groups {
		if len(v.Numbers) > 0 {
			m, each := average(v, t.Indicator.Weight != "")
			x, w = append(x, m), append(w, each*float64(len(v.Numbers)))
		}
	}
	sortPairs(x, w)
	return x, w
}

// quantiles estimates the indicator's quantiles of a sample, by its rule.
func (t *Table) quantiles(g int, s sample) {
	var weighted *stat.Weighted
	if s.weights != nil {
		weighted, _ = stat.NewWeighted(s.values, s.weights)
	}
	for _, p := range t.Indicator.Quantiles {
		e := t.blank(g, StatName(p), s, t.quantileMethod())
		switch {
		case len(s.values) == 0:
		case weighted != nil:
			t.weightedQuantile(&e, weighted, p, s)
		default:
			q := stat.QuantileCI(s.values, p, level)
			e.Value = stat.QuantileOfType(s.values, p, quantileTypes[t.Indicator.Rule])
			e.Lo, e.Hi, e.LoEdge, e.HiEdge = q.Lo, q.Hi, q.RankLo == 1, q.RankHi == q.N
			e.evidence = evidence{at: p, sorted: s.values}
		}
		if s.repeated {
			e.Lo, e.Hi = math.NaN(), math.NaN()
			e.Method, e.evidence = withoutInterval(e.Method), evidence{}
			e.warn(repeated)
		}
		t.Estimates = append(t.Estimates, e)
	}
}

func (t *Table) weightedQuantile(e *Estimate, w *stat.Weighted, p float64, s sample) {
	q := w.CI(p, level)
	if t.Indicator.Interval == woodruff {
		q = w.Woodruff(p, level)
	}
	e.Value, e.NEff = w.Quantile(p, stat.WeightedRule(t.Indicator.Rule)), q.NEff
	e.evidence = evidence{at: p, weighted: w}
	e.Lo, e.Hi, e.LoEdge, e.HiEdge = q.Lo, q.Hi, q.Lo == s.values[0], q.Hi == s.values[len(s.values)-1]
}

// quantileTypes are the rules of unweighted quantiles by their names.
var quantileTypes = map[string]stat.QuantileType{"type1": 1, "type2": 2, "type5": 5, "type6": 6, "type7": 7, "type8": 8}

// woodruff is the interval of weighted quantiles that survey practice uses.
const woodruff = "woodruff"
