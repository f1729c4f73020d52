package release

import (
	"math"
	"strings"
)

// missingText stands where there is no number.
const missingText = "—"

// concealedText stands for a mean or ratio that would tell of its largest contributors.
const concealedText = "不公布"

// embargoedText stands for every number of a dataset whose day has not come.
const embargoedText = "未到公布日"

// unreachedText stands for a time that too few had reached when the data ended.
const unreachedText = "未达到"

// Text is the number as it is printed everywhere: "59.5%", "1,234元", "5.3个月",
// ">10人", "未达到", "—", "样本不足(n<5)". Gaps between figures and Han characters
// are left to the style sheet.
func (c *Cell) Text() string { return c.number(c.printed(), c.decimals, true) }

// Bare is Text without the unit, for tables that have it in the header.
func (c *Cell) Bare() string { return c.number(c.printed(), c.decimals, false) }

// FormatAt is Text with another number of decimals.
func (c *Cell) FormatAt(decimals int) string { return c.number(c.value, decimals, true) }

func (c *Cell) number(x float64, decimals int, unit bool) string {
	switch {
	case c.verdict == embargoed:
		return embargoedText
	case c.verdict == concealed:
		return concealedText
	case c.Suppressed():
		return "样本不足(n<" + countText(c.floor) + ")"
	case !math.IsNaN(x):
		return c.plain(x, decimals, unit)
	case !math.IsNaN(c.above):
		return ">" + c.plain(c.above, 0, unit)
	case c.unreached:
		return unreachedText
	}
	return missingText
}

func (c *Cell) plain(x float64, decimals int, unit bool) string {
	if c.percent {
		x = x * 100
	}
	text := fixed(x, decimals)
	if c.isChange() && x > 0 && strings.Trim(text, "0.") != "" {
		text = "+" + text
	}
	if unit {
		text += c.unit
	}
	return text
}

// LoText is the lower limit as printed; "" when there is none.
func (c *Cell) LoText() string { return c.limit(c.lo) }

// HiText is the upper limit as printed; "" when there is none.
func (c *Cell) HiText() string { return c.limit(c.hi) }

func (c *Cell) limit(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return c.plain(x, c.decimals, true)
}

// IntervalText is the interval as printed: "55.5%–63.4%", "3.1–5.6个月", with an
// open side "≥55.5%" or "≤63.4%"; "" where there is none.
func (c *Cell) IntervalText() string {
	lo, hi := !math.IsNaN(c.lo), !math.IsNaN(c.hi)
	switch {
	case lo && hi && c.isChange():
		return c.plain(c.lo, c.decimals, false) + " 至 " + c.plain(c.hi, c.decimals, true)
	case lo && hi:
		return c.plain(c.lo, c.decimals, c.percent) + "–" + c.plain(c.hi, c.decimals, true)
	case lo:
		return "≥" + c.LoText()
	case hi:
		return "≤" + c.HiText()
	}
	return ""
}

// NText is the base as printed: "n=412"; "" when suppressed.
func (c *Cell) NText() string {
	if c.Suppressed() {
		return ""
	}
	return "n=" + countText(c.base)
}

// BaseText is the base with its unit: "412家企业", or "2,532条记录" where
// contributors have several; "" when suppressed.
func (c *Cell) BaseText() string {
	switch {
	case c.Suppressed():
		return ""
	case c.warned("repeated"):
		return countText(c.base) + "条记录"
	}
	return countText(c.base) + c.observed
}

// Show is what a reference asks to see: "" or "value", "n", "interval", "count"
// (those who gave the answer), "unit". ok is false for any other word.
func (c *Cell) Show(what string) (text string, ok bool) {
	switch what {
	case "", "value":
		return c.Text(), true
	case "n":
		if c.Suppressed() {
			return c.Text(), true
		}
		return c.NText(), true
	case "interval":
		if text = c.IntervalText(); text == "" {
			text = missingText
		}
		return text, true
	case "count":
		if c.Suppressed() {
			return c.Text(), true
		}
		return countText(c.n), true
	case "unit":
		return c.unit, true
	}
	return "", false
}
