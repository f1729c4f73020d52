package page

import (
	"slices"
	"strings"

	"benchbook/internal/release"
)

// indicatorNotes say of every indicator that the site tells of what it is and
// how it was computed: base, weights, estimator, interval, correction. Indicators
// of one dataset stand together, in the order of the release.
func (c *composer) indicatorNotes() []IndicatorNote {
	var out []IndicatorNote
	at := map[string]int{}
	for _, t := range c.Registry.Tables() {
		key := t.Dataset.Name + "/" + t.Indicator
		shown := c.shows[key]
		if t.Implied && shown == nil {
			continue
		}
		i, known := at[key]
		if !known {
			i = len(out)
			at[key], out = i, append(out, c.indicatorNote(t))
			if shown != nil {
				out[i].Figure = Link{Title: shown.Spec.Number, Path: shown.home() + "#fig-" + shown.ID}
			}
		}
		out[i].add(t)
	}
	return out
}

func (c *composer) indicatorNote(t *release.Table) IndicatorNote {
	return IndicatorNote{Title: t.Title, Dataset: c.labels()[t.Dataset.Name].Title, Definition: t.Definition, Formula: t.Formula, Base: baseText(t)}
}

// baseText is the base and the weights in words.
func baseText(t *release.Table) string {
	base := baseTitle(t)
	if base == "" {
		base = "有数据的记录"
	}
	switch {
	case t.Dataset.Weighting != "" && t.Weight != "":
		return base + "；" + t.Dataset.Weighting
	case t.Weight != "":
		return base + "；按字段 " + t.Weight + " 加权"
	}
	return base + "；不加权"
}

// add takes in the methods of one more table of the indicator.
func (n *IndicatorNote) add(t *release.Table) {
	for _, m := range t.Methods() {
		if !slices.Contains(n.Methods, m.Title) {
			n.Methods = append(n.Methods, m.Title)
		}
	}
	if w := t.Correction(); w != "" && !strings.Contains(n.Correction, w) {
		n.Correction = strings.Trim(n.Correction+"；"+w, "；")
	}
}
