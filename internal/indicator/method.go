package indicator

import (
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// The choices of method that a definition may make; the first is the default.
var (
	countIntervals  = []string{"wilson", "clopper-pearson"}
	designIntervals = []string{"beta", "xlogit"}
	plainRules      = []string{"type7", "type1", "type2", "type5", "type6", "type8"}
	weightedRules   = []string{"school", "math"}
	adjustments     = []string{"holm", "BH", "none"}
	boxRules        = []string{"type7", "hinge"}
	fits            = []string{"mle", "mom"}
)

// defaultRule is one rule of quantiles for all numbers of a dataset: school
// where it has weights, and then type 2, which is school with equal weights,
// for its unweighted numbers too; else type 7.
func defaultRule(d *schema.Dictionary, weight string) string {
	switch {
	case weight != "":
		return "school"
	case defaultWeight(d) != "":
		return "type2"
	}
	return "type7"
}

// option takes one of some words; nothing written leaves what is there.
func (c *checker) option(key, written string, into *string, known []string) {
	if written == "" {
		return
	}
	i := slices.IndexFunc(known, func(k string) bool { return strings.EqualFold(k, written) })
	if i < 0 {
		hint := diag.DidYouMean(written, known)
		if hint.IsZero() {
			all := strings.Join(known, ", ")
			hint = diag.T("这里可用：%s", "here it is one of: %s", all)
		}
		c.fail("indicator.method", diag.T("%s 不能是 %q", "%s cannot be %q", key, written), hint, key)
		return
	}
	*into = known[i]
}

// byWeight picks the choices that fit the indicator's weights.
func (c *checker) byWeight(plain, weighted []string) []string {
	if c.ind.Weight != "" {
		return weighted
	}
	return plain
}

// shareChoices are the interval and the correction for many comparisons of
// shares. Counts of independent rows have an exact interval, weighted or
// clustered ones do not; rows of contributors who have several may be either.
func (c *checker) shareChoices() {
	known := countIntervals
	switch {
	case c.ind.Weight != "" || c.dict.Cluster != "" || c.dict.Stratum != "":
		known = designIntervals
	case c.dict.Contributor != "":
		known = slices.Concat(countIntervals, designIntervals)
	}
	c.option("interval", c.raw.Interval, &c.ind.Interval, known)
	c.correction()
}

// correction is that of p-values for being many.
func (c *checker) correction() {
	c.ind.Adjust = adjustments[0]
	c.option("adjust", c.raw.Adjust, &c.ind.Adjust, adjustments)
}

// spreadChoices are those of numbers: the rule of quantiles, the box plot, and
// limits for bands.
func (c *checker) spreadChoices() {
	c.ind.Rule = defaultRule(c.dict, c.ind.Weight)
	c.option("rule", c.raw.Rule, &c.ind.Rule, c.byWeight(plainRules, weightedRules))
	c.option("box", c.raw.Box, &c.ind.Box, boxRules)
	if c.ind.Box != "" && c.ind.Weight != "" {
		c.fail("indicator.method", diag.T("加权的指标没有箱线图", "a weighted indicator has no box plot"), diag.T("用 quantiles", "use quantiles"), "box")
	}
	if c.ind.Together = c.raw.Together != nil && *c.raw.Together; c.ind.Together && len(c.raw.Band) == 0 {
		c.fail("indicator.method", diag.T("simultaneous 要有档位", "simultaneous needs bands"), diag.T("加上 [[indicator.band]]，或删去它", "add [[indicator.band]], or remove it"), "simultaneous")
	}
}

// shrink is for rates of counts: so many of so many.
func (c *checker) shrink() {
	c.option("shrink", c.raw.Shrink, &c.ind.Shrink, fits)
	if c.ind.Shrink != "" && (!c.ind.Percent || c.ind.Weight != "") {
		c.fail("indicator.method", diag.T("shrink 只用于不加权的百分比（unit = \"%%\"）", "shrink is for unweighted percentages (unit = \"%%\")"),
			diag.T("加上 weight = \"none\"，或删去 shrink", "add weight = \"none\", or remove shrink"), "shrink")
	}
}

// ofAnswers is for the options side by side: what is no answer of its own, or a
// sum of several, has no share of the answers, and nothing is tested.
func (c *checker) ofAnswers() {
	if c.ind.Base == Answers && (len(c.raw.Is) > 0 || c.raw.Interval != "" || c.raw.Compare != "" || c.ind.Per != ByRow) {
		c.fail("indicator.base", diag.T("base = \"answers\" 不能和 is、interval、compare、per 一起写", "base = \"answers\" goes with neither is, interval, compare nor per"), diag.Text{}, "base")
	}
}

// addsUp is for the options of one question, counted and not weighted.
func (c *checker) addsUp() {
	if c.ind.AddsUp = c.raw.AddsUp != nil && *c.raw.AddsUp; !c.ind.AddsUp {
		return
	}
	if len(c.raw.Is) > 0 || c.ind.Weight != "" || c.ind.Base != Answered {
		c.fail("indicator.method", diag.T("adds_up 只用于不加权、以作答为基数的各选项占比", "adds_up is for unweighted shares of all options among the answers"),
			diag.T("删去 is、base、weight 或 adds_up", "remove is, base, weight or adds_up"), "adds_up")
	}
}
