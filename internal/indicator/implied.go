package indicator

import (
	"cmp"

	"benchbook/internal/schema"
)

// Implied is the indicator that a field is by itself: a choice its shares, a
// list the shares of respondents, a number its quantiles, a date the share per
// day. Fields of free text, ids and personal fields imply none.
func Implied(d *schema.Dictionary, field string) (*Indicator, bool) {
	f, ok := d.Field(field)
	if !ok || f.Role != "" || f.Name == d.Contributor || f.Name == d.Owner {
		return nil, false
	}
	ind := &Indicator{ID: f.Name, Dataset: d.Name, Title: cmp.Or(f.Title, f.Column, f.Name), Base: Answered, Per: ByRow, Weight: defaultWeight(d),
		Decimals: -1, Implied: true, Pos: f.Pos}
	ind.Rule, ind.Adjust = defaultRule(d, ind.Weight), adjustments[0]
	switch {
	case isList(f):
		ind.Kind = multiKind.Name
		ind.describeChoice(f)
	case isSingleChoice(f):
		ind.Kind = shareKind.Name
		ind.describeChoice(f)
	case isNumber(f) && f.Name != d.Weight:
		ind.Kind = quantileKind.Name
		ind.describeNumber(f)
	default:
		return nil, false
	}
	return ind, true
}
