package benchmark

import (
	"math"

	"benchbook/internal/stat"
)

// Alpha is the level at which a difference may be put into words.
const Alpha = 0.05

// maxContrasts is how many comparisons a table is good for: beyond it the
// correction for many leaves nothing to say.
const maxContrasts = 5000

// Contrast is a share of one group against the same share of another: B minus
// A, in fractions of 1. P is adjusted over all comparisons of the table.
type Contrast struct {
	A, B         int // indexes into Table.Estimates
	Diff, Lo, Hi float64
	P            float64
}

// Contrasts tests every pair of groups in every option, of the estimates that
// may be used: those that are released, so that what is withheld has no part
// in what is said. None where groups share contributors or clusters, which no
// test of independent samples is good for.
func (t *Table) Contrasts(use func(estimate int) bool) []Contrast {
	if len(t.By) == 0 || !t.Apart || !t.sharesOnly() {
		return nil
	}
	byOption := map[int][]int{}
	pairs := 0
	for i := range t.Estimates {
		e := &t.Estimates[i]
		if e.Share && e.Units > 0 && !t.Groups[e.Group].Rest && use(i) {
			pairs += len(byOption[e.Option])
			byOption[e.Option] = append(byOption[e.Option], i)
		}
	}
	if pairs > maxContrasts {
		return nil
	}
	var out []Contrast
	for option := -1; option < len(t.Options); option++ {
		group := byOption[option]
		for k, b := range group {
			for _, a := range group[:k] {
				d := t.difference(&t.Estimates[a], &t.Estimates[b])
				out = append(out, Contrast{a, b, d.Diff, d.Lo, d.Hi, d.P})
			}
		}
	}
	p := make([]float64, len(out))
	for i := range out {
		p[i] = out[i].P
	}
	for i, adjusted := range t.adjust(p) {
		out[i].P = adjusted
	}
	return out
}

func (t *Table) sharesOnly() bool {
	return t.Indicator.Kind == "share" || t.Indicator.Kind == "multi" || t.Indicator.Kind == "binned"
}

// adjust corrects a family of p-values for being many, as the indicator says.
func (t *Table) adjust(p []float64) []float64 {
	if t.Indicator.Adjust == "none" {
		return p
	}
	return stat.AdjustP(p, stat.Adjustment(t.Indicator.Adjust))
}

// difference is b minus a, of independent samples.
func (t *Table) difference(a, b *Estimate) stat.Change {
	if a.Counted && b.Counted {
		return stat.DiffProp(float64(a.Count), float64(a.Base), float64(b.Count), float64(b.Base), level)
	}
	d := stat.DiffWeighted(a.asShare(), b.asShare())
	return stat.Change{Diff: d.Diff, Interval: d.Interval, P: d.P}
}

// asShare is an estimate as package stat compares it.
func (e *Estimate) asShare() stat.Share {
	s := stat.Share{N: e.Units, P: e.Value, SE: e.SE, Interval: stat.Interval{Lo: e.Lo, Hi: e.Hi}}
	if e.Counted {
		s.SE = math.Sqrt(e.Value * (1 - e.Value) / float64(e.Base-1))
	}
	return s
}
