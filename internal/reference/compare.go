package reference

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
)

// compare holds an answer against a case's expectation: every key that is expected, numbers within the tolerance, or
// the conditions of a "$choose".
func (r *run) compare(id string, c testCase, in *input, got any) {
	tol := usualTolerance
	if c.Tolerance != nil {
		tol = *c.Tolerance
	}
	if want, ok := c.Expected.(map[string]any); ok {
		if choose, ok := want["$choose"]; ok {
			if key, got, wanted := chosen(choose, in, got); key != "" {
				r.differ(id, key, got, wanted)
			}
			return
		}
	}
	diff(c.Expected, got, tol, "", func(key string, got, want any) { r.differ(id, key, text(got), text(want)) })
}

type absent struct{}

// text is a value as JSON; a sentence stays as it is.
func text(v any) string {
	if _, ok := v.(absent); ok {
		return "absent"
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(b)
}

func diff(want, got any, tol tolerance, key string, report func(key string, got, want any)) {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			report(key, got, want)
			return
		}
		for _, k := range slices.Sorted(maps.Keys(w)) {
			if v, ok := g[k]; ok {
				diff(w[k], v, tol, key+"/"+k, report)
			} else {
				report(key+"/"+k, absent{}, w[k])
			}
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			report(key, got, want)
			return
		}
		for i := range w {
			diff(w[i], g[i], tol, fmt.Sprintf("%s/%d", key, i), report)
		}
	case float64:
		g, ok := got.(float64)
		if !ok || !(math.Abs(g-w) <= tol.Abs+tol.Rel*math.Abs(w)) {
			report(key, got, want)
		}
	default: // string, bool, null
		if got != want {
			report(key, got, want)
		}
	}
}

// choice is the expectation of a disclosure case, which has many right answers.
type choice struct {
	Primary     []string   `json:"primary"`
	MinimalSets [][]string `json:"minimal_sets"`
	MinCost     float64    `json:"min_cost"`
}

// chosen checks a choice of cells: all primary ones, a superset of a minimal set, allowed cells only, and a cost of at
// most one and a half times the least. It returns the first condition that fails.
func chosen(want any, in *input, got any) (key, is, should string) {
	var w choice
	raw, err := json.Marshal(want)
	if err == nil {
		err = json.Unmarshal(raw, &w)
	}
	if err != nil {
		return "/$choose", err.Error(), "primary, minimal_sets and min_cost"
	}
	g, _ := got.(map[string]any)
	list, ok := g["suppressed"].([]any)
	if !ok {
		return "/suppressed", text(got), "a list of cells"
	}
	picked := map[string]bool{}
	for _, id := range list {
		picked[fmt.Sprint(id)] = true
	}
	holds := func(set []string) bool {
		return !slices.ContainsFunc(set, func(id string) bool { return !picked[id] })
	}
	switch {
	case !holds(w.Primary):
		return "/suppressed", text(list), "all primary cells"
	case !slices.ContainsFunc(w.MinimalSets, holds):
		return "/suppressed", text(list), "a superset of a minimal set"
	}
	cost := 0.0
	for _, c := range tableCells(in) {
		if picked[c.ID] && !c.Primary && !c.MaySuppress {
			return "/suppressed", c.ID, "allowed cells only"
		}
		if picked[c.ID] && !slices.Contains(w.Primary, c.ID) {
			cost += c.Value
		}
	}
	if cost > 1.5*w.MinCost+1e-6 {
		return "/cost", text(cost), "at most 1.5 × " + text(w.MinCost)
	}
	return "", "", ""
}
