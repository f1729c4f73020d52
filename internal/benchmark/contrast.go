package benchmark

import (
	"cmp"
	"slices"

	"benchbook/internal/stat"
)

// Alpha is the level at which a difference may be put into words.
const Alpha = 0.05

// maxContrasts is how many comparisons a table is good for: beyond it the
// correction for many leaves nothing to say.
const maxContrasts = 5000

// Contrast is an estimate of one group against the same of another: B minus A,
// in their unit. P is adjusted over all comparisons of the table.
type Contrast struct {
	A, B         int // indexes into Table.Estimates
	Diff, Lo, Hi float64
	P            float64
}

// Contrasts tests every pair of groups in every share, ratio of sums and median,
// of the estimates that may be used: those that are released, so that what is withheld has no part
// in what is said. None where groups share contributors or clusters, which no
// test of independent samples is good for.
func (t *Table) Contrasts(use func(estimate int) bool) []Contrast {
	if len(t.By) == 0 || !t.Apart {
		return nil
	}
	var keys []contrasted
	groups, pairs := map[contrasted][]int{}, 0
	for i := range t.Estimates {
		e := &t.Estimates[i]
		if !t.contrasts(e) || !e.comparable() || t.Groups[e.Group].Rest || !use(i) {
			continue
		}
		k := contrasted{e.Option, e.Stat}
		if len(groups[k]) == 0 {
			keys = append(keys, k)
		}
		pairs += len(groups[k])
		groups[k] = append(groups[k], i)
	}
	if pairs > maxContrasts {
		return nil
	}
	var out []Contrast
	slices.SortStableFunc(keys, func(a, b contrasted) int { return cmp.Compare(a.option, b.option) })
	for _, k := range keys {
		for i, b := range groups[k] {
			for _, a := range groups[k][:i] {
				d, _ := t.difference(&t.Estimates[a], &t.Estimates[b])
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

// contrasted is one number of every group.
type contrasted struct {
	option int
	stat   string
}

// contrasts says of which numbers groups are compared: of all that a table
// holds, the one or two that it is about. How fast groups pay back is the
// log-rank test's to say.
func (t *Table) contrasts(e *Estimate) bool {
	switch t.Indicator.Kind {
	case "share", "multi", "binned":
		return e.Share
	case "ratio":
		return e.Stat == "ratio" || e.Stat == "p50"
	case "quantile":
		return e.Stat == "p50"
	}
	return false
}

// adjust corrects a family of p-values for being many, as the indicator says.
func (t *Table) adjust(p []float64) []float64 {
	if t.Indicator.Adjust == "none" {
		return p
	}
	return stat.AdjustP(p, stat.Adjustment(t.Indicator.Adjust))
}
