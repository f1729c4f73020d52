package indicator

import (
	"cmp"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// quantileKind is a number and how it is spread: quantiles, mean, and where
// bands are given the share of each band.
var quantileKind = Kind{
	Name: "quantile", Title: diag.T("分位数", "quantiles"),
	keys:  []string{"field", "per", "quantiles", "band", "gap_name", "interval", "rule", "box", "simultaneous", "adjust", "compare", "paired"},
	check: func(c *checker) { c.quantile() },
	reads: func(ind *Indicator) []string { return []string{ind.Field} },
	start: startQuantile,
}

// defaultQuantiles are the five that a benchmark strip draws.
var defaultQuantiles = []float64{0.1, 0.25, 0.5, 0.75, 0.9}

func (c *checker) quantile() {
	f := c.field("field", c.raw.Field, isNumber, diag.T("数值", "a number"))
	if f == nil {
		return
	}
	c.ind.describeNumber(f)
	c.quantiles()
	c.bands()
	c.spreadChoices()
	c.option("interval", c.raw.Interval, &c.ind.Interval, c.byWeight([]string{"order-statistics"}, []string{"kish-beta", "woodruff"}))
	c.correction()
}

func (ind *Indicator) describeNumber(f *schema.Field) {
	ind.Field, ind.Percent = f.Name, f.Format == "percent"
	ind.Unit = cmp.Or(ind.Unit, f.Unit)
	if ind.Percent {
		ind.Unit = percentUnit
	}
	ind.Quantiles = defaultQuantiles
}

// quantiles reads percentages such as [10, 50, 90].
func (c *checker) quantiles() {
	c.ind.Quantiles = defaultQuantiles
	if c.raw.Quantiles == nil {
		return
	}
	c.ind.Quantiles = nil
	for i, q := range c.raw.Quantiles {
		if !(q > 0 && q < 100) {
			c.fail("indicator.quantiles", diag.T("分位 %v 不在 0 与 100 之间", "quantile %v is not between 0 and 100", q),
				diag.T("最小值与最大值是单个贡献者的数据，不发布", "a minimum or maximum is one contributor's number and is not published"), "quantiles", i)
			continue
		}
		c.ind.Quantiles = append(c.ind.Quantiles, q/100)
	}
}

func startQuantile(ind *Indicator, cols *columns) observer {
	at, _ := cols.of(ind.Field)
	weighted := ind.Weight != ""
	add := func(d Datum, rec *schema.Record, weight float64) {
		values, v := d.(*Values), rec.Values[at]
		values.Rows++
		if v.State != schema.Present {
			return
		}
		values.take(v.Number, weight, weighted)
	}
	return observer{fresh: (&Values{}).empty, add: add}
}

func (v *Values) take(x, weight float64, weighted bool) {
	v.Numbers = append(v.Numbers, x)
	if weighted {
		v.Weights = append(v.Weights, weight)
	}
}
