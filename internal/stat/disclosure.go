package stat

import (
	"math"
	"slices"
)

// Contribution is what one row adds to a cell of a table of amounts. Rows of one contributor (a group's brands, say)
// add up; Contributor "" is a contributor of its own. A Value of NaN is missing.
type Contribution struct {
	Cell, Contributor string
	Value             float64
}

// SensitivityRules say when a cell would disclose a contributor. A rule whose number is 0 isn't applied.
type SensitivityRules struct {
	MinN     int     // at least so many contributors
	DomN     int     // the DomN largest contributors …
	DomK     float64 // … hold at most DomK percent of the total
	PPercent float64 // the second largest can't estimate the largest to within PPercent; NaN leaves ProtectUp NaN too
}

// Reasons for suppressing a cell, in the order in which they are given.
const (
	ReasonMinN      = "min_n"
	ReasonDominance = "dominance"
	ReasonPPercent  = "p_percent"
)

// Sensitivity is the verdict on one cell. It must be suppressed when there are Reasons.
type Sensitivity struct {
	N         int // contributors, those with a total of 0 included
	Total     float64
	Top1Share float64 // of the largest contributor; NaN for a total of 0
	Reasons   []string
	ProtectUp float64 // how far above the value an outsider's upper bound must stay
}

// PrimarySuppression judges every cell by its contributors: threshold, (n,k) dominance and p% rule (Hundepool et al.
// 2012). Comparisons forgive 1e-12 of the total. Refuses NegativeValue.
func PrimarySuppression(rows []Contribution, rules SensitivityRules) (map[string]Sensitivity, error) {
	type key struct{ cell, contributor string }
	sums, perCell := map[key]int{}, map[string][]total{}
	for _, r := range rows {
		if math.IsNaN(r.Value) {
			continue
		}
		if r.Value < 0 {
			return nil, NegativeValue
		}
		k := key{r.Cell, r.Contributor}
		at, seen := sums[k]
		if !seen || r.Contributor == "" {
			at = len(perCell[r.Cell])
			sums[k], perCell[r.Cell] = at, append(perCell[r.Cell], total{})
		}
		perCell[r.Cell][at].add(r.Value)
	}
	out := make(map[string]Sensitivity, len(perCell))
	for cell, parts := range perCell {
		values := make([]float64, len(parts))
		for i := range parts {
			values[i] = parts[i].value()
		}
		out[cell] = rules.judge(values)
	}
	return out, nil
}

// judge applies the rules to the totals of a cell's contributors.
func (r SensitivityRules) judge(x []float64) Sensitivity {
	slices.SortFunc(x, func(a, b float64) int { return compare(b, a) })
	whole, top2 := sumOf(x), sumOf(x[:min(2, len(x))])
	out := Sensitivity{N: len(x), Total: whole, Top1Share: ratioOf(x[0], whole), Reasons: []string{}}
	slack := 1e-12 * whole
	if out.N < r.MinN {
		out.Reasons = append(out.Reasons, ReasonMinN)
	}
	if r.DomN > 0 && whole > 0 && sumOf(x[:min(r.DomN, len(x))]) > r.DomK/100*whole+slack {
		out.Reasons = append(out.Reasons, ReasonDominance)
	}
	rest := whole - top2
	if whole > 0 && rest < r.PPercent/100*x[0]-slack {
		out.Reasons = append(out.Reasons, ReasonPPercent)
	}
	out.ProtectUp = r.PPercent/100*x[0] - rest
	if out.ProtectUp < 0 {
		out.ProtectUp = 0
	}
	return out
}
