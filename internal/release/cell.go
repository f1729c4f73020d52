package release

import (
	"math"
	"slices"

	"benchbook/internal/benchmark"
)

// Warning is a caveat that goes to the page as a footnote.
type Warning = benchmark.Warning

// Method says how a number was made.
type Method = benchmark.Method

// Key is a segment field with one of its values.
type Key struct {
	Field, Title string // field name and its printed title
	Value, Label string // as references write it, as printed
}

// Cell is one number as it may be published, or the fact that it may not. Only
// this package can make one. Of a suppressed cell nothing but its name and the
// reason is in it.
type Cell struct {
	id, dataset, indicator string
	title, unit, stat      string
	observed               string // unit of observation: 家企业
	option                 [2]string
	keys                   []Key
	value, lo, hi, above   float64
	unreached              bool
	p                      float64  // of a change
	rounded                *float64 // the value so rounded that shares add up; nil = as it is
	nEff                   float64
	direction              Direction
	n, base, contributors  int
	percent                bool
	decimals               int
	verdict                verdict
	floor                  int // contributors that a suppressed cell would need
	method                 Method
	warnings               []Warning
	sample                 bool
}

// ID is the canonical reference: DATASET/INDICATOR?industry=美妆&is=…&stat=….
func (c *Cell) ID() string { return c.id }

// Dataset is the dataset's name.
func (c *Cell) Dataset() string { return c.dataset }

// Indicator is the indicator's id, or the name of the field that implies it.
func (c *Cell) Indicator() string { return c.indicator }

// Title is the indicator's title as printed.
func (c *Cell) Title() string { return c.title }

// Option is the value and the printed label of the answer, bin or band that the
// cell is about; both are "" where it is about the whole.
func (c *Cell) Option() (value, label string) { return c.option[0], c.option[1] }

// Stat is the statistic: share, ratio, mean, p50, paid6, censored …
func (c *Cell) Stat() string { return c.stat }

// Segment is the cut that the cell stands in, in the table's order; empty for the total.
func (c *Cell) Segment() []Key { return c.keys }

// Unit is the printed unit of the value: "%" for a percentage, whose value is a fraction.
func (c *Cell) Unit() string { return c.unit }

// Percent says that the value is a fraction of 1 and prints as a percentage.
func (c *Cell) Percent() bool { return c.percent }

// Sample says that the data are made up: 「示例数据」.
func (c *Cell) Sample() bool { return c.sample }

// Suppressed says that there is a number that must not be published.
func (c *Cell) Suppressed() bool { return c.verdict != published }

// Value is the number; ok is false where there is none or it is suppressed.
func (c *Cell) Value() (value float64, ok bool) { return c.value, !math.IsNaN(c.value) }

// Interval is the 95% interval; ok is false where there is none. An open side is NaN.
func (c *Cell) Interval() (lo, hi float64, ok bool) {
	return c.lo, c.hi, !math.IsNaN(c.lo) || !math.IsNaN(c.hi)
}

// N is the number of rows behind the cell: those who gave the answer, or those
// that have the number. 0 when suppressed.
func (c *Cell) N() int { return c.n }

// Base is the number of rows that the value rests on: what a share is a share
// of. It is what is printed as n. 0 when suppressed.
func (c *Cell) Base() int { return c.base }

// NEff is Kish's effective number of contributors of a weighted number; 0 where
// nothing is weighted, and when suppressed.
func (c *Cell) NEff() float64 { return c.nEff }

// Contributors is the number of distinct contributors behind N; those of one
// owner count once. 0 when suppressed.
func (c *Cell) Contributors() int { return c.contributors }

// Warnings are the caveats of the number; none when suppressed.
func (c *Cell) Warnings() []Warning { return c.warnings }

// Small says that the number rests on few contributors and is drawn hollow.
func (c *Cell) Small() bool { return c.warned("small_n") }

func (c *Cell) warned(code string) bool {
	return slices.ContainsFunc(c.warnings, func(w Warning) bool { return w.Code == code })
}

// Method is how the number was made; the zero Method when suppressed.
func (c *Cell) Method() Method { return c.method }

// Reason is why a cell is suppressed: "disclosure" (too few contributors, or it
// would tell such a cell; which of the two is not said, since that would help
// to tell), "dominance" (a few contributors make up most of the sum, or it would
// tell such a one), "quantile_floor" or "embargo"; "" when it is not.
func (c *Cell) Reason() string {
	switch c.verdict {
	case withheld, unbinned:
		return "disclosure"
	case embargoed:
		return "embargo"
	case concealed:
		return "dominance"
	case tooFar:
		return "quantile_floor"
	}
	return ""
}

// ReasonText is the reason for a reader; "" when the cell is not suppressed.
func (c *Cell) ReasonText() string {
	switch c.verdict {
	case embargoed:
		return "还没到这份数据的公布日"
	case withheld, unbinned:
		return "贡献者不足 " + countText(c.floor) + " 个，或公布它会推算出这样的数字"
	case concealed:
		return "一两个贡献者占了大部分，或公布它会推算出这样的数字"
	case tooFar:
		return "这一分位数至少需要 " + countText(c.floor) + " 个贡献者"
	}
	return ""
}
