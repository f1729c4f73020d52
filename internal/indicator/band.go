package indicator

import (
	"cmp"
	"slices"

	"benchbook/internal/diag"
)

// bands reads the named stretches and makes a partition of them: a hole between
// two bands has to be named (gap_name), what lies below the first and above the
// last is named after its limit. Overlaps are refused.
func (c *checker) bands() {
	if len(c.raw.Band) == 0 {
		return
	}
	scale := 1.0
	if c.ind.Percent {
		scale = 100
	}
	given := make([]Band, 0, len(c.raw.Band))
	for i, r := range c.raw.Band {
		b := Band{Name: r.Name, From: scaled(r.From, scale), To: scaled(r.To, scale), FromClosed: r.FromClosed == nil || *r.FromClosed, ToClosed: r.ToClosed != nil && *r.ToClosed}
		if b.Name == "" || b.From == nil && b.To == nil || b.From != nil && b.To != nil && *b.From >= *b.To {
			c.fail("indicator.band", diag.T("档位 %q 要有名称，且 from 小于 to", "band %q has a name, and a from below its to", r.Name), diag.Text{}, "band", i)
			return
		}
		if slices.ContainsFunc(given, func(o Band) bool { return o.Name == b.Name }) {
			c.fail("indicator.band", diag.T("档位 %q 写了两次", "band %q is there twice", r.Name), diag.Text{}, "band", i)
			return
		}
		given = append(given, b)
	}
	slices.SortStableFunc(given, func(a, b Band) int { return cmp.Compare(lower(a), lower(b)) })
	c.partition(given, scale)
}

func scaled(x *float64, by float64) *float64 {
	if x == nil {
		return nil
	}
	v := *x / by
	return &v
}

// lower is a band's lower bound for sorting; an open one comes first.
func lower(b Band) float64 {
	if b.From == nil {
		return -1e300
	}
	return *b.From
}

func (c *checker) partition(given []Band, scale float64) {
	if first := given[0]; first.From != nil {
		name := boundText(*first.From*scale, c.ind.Unit) + "以下"
		c.ind.Bands = append(c.ind.Bands, Band{Name: name, To: first.From, ToClosed: !first.FromClosed})
	}
	for i, b := range given {
		if i > 0 && !c.follows(given[i-1], b, scale) {
			return
		}
		c.ind.Bands = append(c.ind.Bands, b)
	}
	if last := given[len(given)-1]; last.To != nil {
		name := boundText(*last.To*scale, c.ind.Unit) + "以上"
		c.ind.Bands = append(c.ind.Bands, Band{Name: name, From: last.To, FromClosed: !last.ToClosed})
	}
}

// follows checks the seam between two neighbours and adds the named hole.
func (c *checker) follows(a, b Band, scale float64) bool {
	if a.To == nil || b.From == nil || *a.To > *b.From || *a.To == *b.From && a.ToClosed && b.FromClosed {
		c.fail("indicator.bands_overlap", diag.T("档位「%s」与「%s」重叠", "bands %q and %q overlap", a.Name, b.Name),
			diag.T("相接的两档只有一档含端点：用 from_closed、to_closed 写明", "of two bands that meet only one holds the bound: say which with from_closed, to_closed"), "band")
		return false
	}
	if *a.To == *b.From && (a.ToClosed || b.FromClosed) {
		return true
	}
	if c.raw.GapName == "" {
		c.fail("indicator.bands_gap", diag.T("档位「%s」与「%s」之间有没有名称的空档", "there is an unnamed hole between bands %q and %q", a.Name, b.Name),
			diag.T("补上这一档，或用 gap_name 给空档起名", "add a band, or name the hole with gap_name"), "band")
		return false
	}
	name := c.raw.GapName
	if slices.ContainsFunc(c.ind.Bands, func(o Band) bool { return o.Name == name }) {
		name += "（" + boundText(*a.To*scale, "") + "–" + boundText(*b.From*scale, c.ind.Unit) + "）"
	}
	c.ind.Bands = append(c.ind.Bands, Band{Name: name, From: a.To, To: b.From, FromClosed: !a.ToClosed, ToClosed: !b.FromClosed, Gap: true})
	return true
}

func boundText(x float64, unit string) string {
	text := numberText(roundTo(x, maxDecimals))
	if unit == percentUnit || unit == "" {
		return text + unit
	}
	return text + " " + unit
}
