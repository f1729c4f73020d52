package indicator

import (
	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// ratioKind is one sum over another (导流率 = 新增好友 ÷ 曝光用户): pooled over
// contributors, and spread over their own rates.
var ratioKind = Kind{
	Name: "ratio", Title: diag.T("比率（总和之比）", "ratio of sums"),
	keys:  []string{"numerator", "denominator", "quantiles", "band", "gap_name", "interval", "rule", "box", "simultaneous", "shrink"},
	check: func(c *checker) { c.ratio() },
	reads: func(ind *Indicator) []string { return []string{ind.Numerator, ind.Denominator} },
	start: startRatio,
}

func (c *checker) ratio() {
	number := diag.T("数值", "a number")
	num := c.field("numerator", c.raw.Numerator, isNumber, number)
	den := c.field("denominator", c.raw.Denominator, isNumber, number)
	if num == nil || den == nil {
		return
	}
	c.ind.Numerator, c.ind.Denominator = num.Name, den.Name
	c.ind.Percent = c.ind.Unit == percentUnit
	c.quantiles()
	c.bands()
	c.spreadChoices()
	c.option("interval", c.raw.Interval, &c.ind.Interval, []string{"jackknife", "linearised"})
	c.shrink()
}

func startRatio(ind *Indicator, cols *columns) observer {
	num, _ := cols.of(ind.Numerator)
	den, _ := cols.of(ind.Denominator)
	add := func(d Datum, rec *schema.Record, weight float64) {
		d.(*Sums).take(rec.Values[num], rec.Values[den], weight)
	}
	return observer{fresh: (&Sums{}).empty, add: add}
}

// take adds one row. A side that is missing is not 0, and something of nothing
// is no rate; such rows are counted and left out.
func (s *Sums) take(num, den schema.Value, weight float64) {
	s.Rows++
	s.Weight = max(s.Weight, weight)
	switch {
	case num.State != schema.Present || den.State != schema.Present:
		s.Missing++
	case num.Number < 0 || den.Number < 0 || den.Number == 0 && num.Number > 0:
		s.Invalid++
	default:
		s.Num.Add(num.Number)
		s.Den.Add(den.Number)
	}
}
