package indicator

import (
	"cmp"
	"math"
	"regexp"
	"strconv"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// binnedKind counts whole numbers in ranges (1–5 人, 6–10 人, 11 人以上): the
// share of each range, and a median that is interpolated within its range. The
// field holds the numbers, or a choice question whose options are the ranges.
var binnedKind = Kind{
	Name: "binned", Title: diag.T("分档计数", "counts in ranges"),
	keys:  []string{"field", "bins", "base", "per", "quantiles", "interval", "adjust"},
	check: func(c *checker) { c.binned() },
	reads: func(ind *Indicator) []string { return []string{ind.Field} },
	start: startBinned,
}

func isBinnable(f *schema.Field) bool {
	return f.Role == "" && (isNumber(f) || len(f.Categories) > 0 && f.Type != schema.List)
}

func isNumber(f *schema.Field) bool {
	return f.Role == "" && len(f.Categories) == 0 && (f.Type == schema.Integer || f.Type == schema.Number)
}

func (c *checker) binned() {
	f := c.field("field", c.raw.Field, isBinnable, diag.T("整数，或以数值区间为选项的单选", "whole numbers, or a choice of ranges"))
	if f == nil {
		return
	}
	unit := cmp.Or(c.ind.Unit, f.Unit)
	c.ind.describeChoice(f)
	c.ind.Unit, c.ind.Ordered = unit, true // the unit is that of the median; shares are shares
	if c.quantiles(); c.raw.Quantiles == nil {
		c.ind.Quantiles = []float64{0.5}
	}
	c.shareChoices()
	c.ind.Rule = defaultRule(c.dict, c.ind.Weight)
	texts := c.binTexts(f)
	if texts == nil {
		return
	}
	for i, text := range texts {
		bin, ok := parseBin(text)
		if !ok {
			c.fail("indicator.bins", diag.T("看不懂区间 %q", "cannot read the range %q", text),
				diag.T("写成 \"1-5\"、\"6-10\"、\"11+\"", "write \"1-5\", \"6-10\", \"11+\""), "bins", i)
			return
		}
		c.ind.Bins = append(c.ind.Bins, bin)
	}
	if isNumber(f) {
		c.ind.Options, c.ind.Exact = binOptions(c.ind.Bins), true
	}
	c.binOrder()
}

// binTexts gives the ranges as texts: as written under bins, or for a choice
// question the names of its options.
func (c *checker) binTexts(f *schema.Field) []string {
	if len(c.raw.Bins) == 0 {
		if isNumber(f) {
			c.fail("indicator.bins", diag.T("缺少 bins", "bins are missing"),
				diag.T("写成 bins = [\"1-5\", \"6-10\", \"11+\"]", "write bins = [\"1-5\", \"6-10\", \"11+\"]"), "bins")
			return nil
		}
		var texts []string
		for _, o := range listed(f) {
			texts = append(texts, o.Label)
		}
		return texts
	}
	if !isNumber(f) && len(c.raw.Bins) != len(f.Categories) {
		c.fail("indicator.bins", diag.T("bins 有 %d 个，字段有 %d 个选项", "%d bins for a field of %d categories", len(c.raw.Bins), len(f.Categories)),
			diag.T("按选项的顺序，每个选项写一个区间", "write one range a category, in their order"), "bins")
		return nil
	}
	return c.raw.Bins
}

// binOrder checks that the ranges follow each other without overlap or hole
// and that only the last is open.
func (c *checker) binOrder() {
	for i, b := range c.ind.Bins[:max(len(c.ind.Bins)-1, 0)] {
		next := c.ind.Bins[i+1]
		var problem diag.Text
		switch {
		case b.To == nil:
			problem = diag.T("只有最后一个区间可以不封顶", "only the last range may be open")
		case *b.To >= next.From:
			problem = diag.T("区间 %s 与 %s 重叠", "ranges %s and %s overlap", binText(b), binText(next))
		case next.From-*b.To > 1:
			problem = diag.T("区间 %s 与 %s 之间有空档", "there is a hole between ranges %s and %s", binText(b), binText(next))
		default:
			continue
		}
		c.fail("indicator.bins", problem, diag.T("用 bins 写明每个选项的整数区间", "state the whole numbers of each range under bins"), "bins", i+1)
	}
}

// binForm reads "1-5", "6–10人", "11+", "11人以上", "5以下", "3".
var binForm = regexp.MustCompile(`^\D*?(\d+)(?:\s*[-–—~～至到]\s*(\d+))?\s*(\+|＋)?([^\d]*)$`)

func parseBin(text string) (Bin, bool) {
	m := binForm.FindStringSubmatch(strings.ReplaceAll(text, ",", ""))
	if m == nil {
		return Bin{}, false
	}
	from, err := strconv.ParseFloat(m[1], 64)
	if err != nil || math.IsInf(from, 0) {
		return Bin{}, false
	}
	to := from
	if m[2] != "" {
		if to, err = strconv.ParseFloat(m[2], 64); err != nil || to < from {
			return Bin{}, false
		}
	}
	above := strings.Contains(text, "以上") || strings.Contains(text, "超过") || strings.Contains(text, "及更多")
	below := strings.Contains(text, "以下") || strings.Contains(text, "以内") || strings.Contains(text, "不足")
	switch {
	case m[2] == "" && (m[3] != "" || above):
		return Bin{From: from}, true
	case m[2] == "" && below:
		return Bin{From: 0, To: &from}, true
	}
	return Bin{From: from, To: &to}, true
}

func binText(b Bin) string {
	switch {
	case b.To == nil:
		return numberText(b.From) + "+"
	case *b.To == b.From:
		return numberText(b.From)
	}
	return numberText(b.From) + "–" + numberText(*b.To)
}

func binOptions(bins []Bin) []Option {
	var out []Option
	for _, b := range bins {
		label := binText(b)
		if b.To == nil {
			label = numberText(b.From) + " 及以上"
		}
		out = append(out, Option{strings.ReplaceAll(binText(b), "–", "-"), label})
	}
	return out
}

func startBinned(ind *Indicator, cols *columns) observer {
	at, f := cols.of(ind.Field)
	if !isNumber(f) {
		return startChoice(ind, cols)
	}
	add := func(d Datum, rec *schema.Record, weight float64) {
		v := rec.Values[at]
		state, codes := v.State, []int(nil)
		counts := d.(*Counts)
		if state == schema.Present {
			if k := ind.bin(v.Number); k >= 0 {
				codes = []int{k}
				counts.Numbers.take(v.Number, weight, ind.Weight != "")
			} else {
				state = schema.Invalid
			}
		}
		counts.take(state, codes, weight, func(int) bool { return false })
	}
	return observer{fresh: (&Counts{}).empty, add: add}
}

// bin is the range that a whole number lies in, -1 for any other number.
func (ind *Indicator) bin(x float64) int {
	if x != math.Trunc(x) {
		return -1
	}
	for i, b := range ind.Bins {
		if x >= b.From && (b.To == nil || x <= *b.To) {
			return i
		}
	}
	return -1
}
