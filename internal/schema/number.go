package schema

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"benchbook/internal/diag"
)

// numberForm takes a number apart: currency, sign, digits with or without
// thousands, fraction, exponent, and a multiplier.
var numberForm = regexp.MustCompile(`^([-+]?)(?:¥|\$|€|RMB|CNY)?\s*([-+]?)((?:\d{1,3}(?:,\d{3})+|\d+)?)((?:\.\d*)?)((?:[eE][-+]?\d{1,3})?)\s*(%|‰|成|百|千|万|十万|百万|千万|亿|k|K|w|W)?\s*(元|人|个|家|天|月)?$`)

// powers are the multipliers as powers of ten.
var powers = map[string]int{
	"%": -2, "‰": -3, "成": -1, "百": 2, "千": 3, "k": 3, "K": 3, "万": 4, "w": 4, "W": 4,
	"十万": 5, "百万": 6, "千万": 7, "亿": 8,
}

// ParseNumber reads a number as people write it in tables: full-width digits,
// thousands commas (only where they stand right), a currency sign, 12.5 %, 3‰,
// 1.2万, 3成, (1,234) for a loss, and the unit behind it. It refuses
// approximations, ranges, NaN and infinities. Relative says that the text
// itself was a share (%, ‰, 成). The scaling happens in the decimal text, so that
// 34% is exactly the number 0.34.
func ParseNumber(text, unit string) (number float64, relative, ok bool) {
	if number, relative, ok := plainNumber(text); ok {
		return number, relative, true
	}
	s := typography.Replace(strings.TrimSpace(narrow(text)))
	if unit != "" && unit != "%" {
		s = strings.TrimSpace(strings.TrimSuffix(s, narrow(unit)))
	}
	if tenths := tenthsForm.FindStringSubmatch(s); tenths != nil {
		return tenthsNumber(tenths[1], tenths[2]), true, true
	}
	if len(s) > 2 && s[0] == '(' && s[len(s)-1] == ')' {
		s = "-" + s[1:len(s)-1]
	}
	m := numberForm.FindStringSubmatch(s)
	if m == nil || m[3] == "" && len(m[4]) < 2 || m[1] != "" && m[2] != "" {
		return 0, false, false
	}
	power := powers[m[6]]
	if m[5] != "" {
		e, err := strconv.Atoi(m[5][1:])
		if err != nil {
			return 0, false, false
		}
		power += e
	}
	digits := m[1] + m[2] + strings.ReplaceAll(m[3], ",", "") + m[4] + "e" + strconv.Itoa(power)
	number, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsInf(number, 0) {
		return 0, false, false
	}
	return number, powers[m[6]] < 0, true
}

// tenthsForm matches 三成 and 三成五.
var tenthsForm = regexp.MustCompile(`^([一二三四五六七八九十两])成([一二三四五六七八九半])?$`)

// tenthsNumber is the share that such words say.
func tenthsNumber(tenths, hundredths string) float64 {
	digits := map[string]int{"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "半": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
	return float64(digits[tenths]*10+digits[hundredths]) / 100
}

// typography are other signs for a minus, and spaces that separate digits.
var typography = strings.NewReplacer("−", "-", "–", "-", "\u00a0", "", "\u202f", "", "\u2009", "", "\u3000", "", "△", "-", "▲", "-", "↑", "+", "↓", "-")

// plainNumber reads digits with a point and a per cent sign, as nearly all cells
// have them, without the general form.
func plainNumber(text string) (number float64, relative, ok bool) {
	digits, relative := strings.CutSuffix(text, "%")
	if strings.Trim(strings.TrimPrefix(digits, "-"), "0123456789.") != "" || len(digits) > 300 || !hasDigit(digits) {
		return 0, false, false
	}
	if relative {
		digits += "e-2"
	}
	number, err := strconv.ParseFloat(digits, 64)
	return number, relative, err == nil
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// narrow turns the full-width forms of ASCII (１２．５％) into ASCII.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000':
			return ' '
		case r == '￥':
			return '¥'
		}
		return r
	}, s)
}

// number decodes integers and numbers. With format "percent" a bare 12 is 0.12.
func (c cell) number(v *Value, text string) {
	if c.quick(v, text) {
		return
	}
	number, relative, ok := ParseNumber(text, c.field.Unit)
	if !ok {
		c.fail("schema.type", diag.T("%s：%q 不是数字", "%s: %q is no number", c.field.Title, shorten(text)), numberHint(text), "")
		v.State = Invalid
		return
	}
	if c.field.Format == "percent" && !relative {
		number = scale(number, -2)
	}
	if c.field.Type == Integer && number != math.Trunc(number) {
		c.fail("schema.type", diag.T("%s：%s 不是整数", "%s: %s is no whole number", c.field.Title, shorten(text)),
			diag.T("字段类型改为 number，或改正这一格", "make the field a number, or mend the cell"), "")
		v.State = Invalid
		return
	}
	v.Number = number
	c.limits(v, text, relative)
}

// scale multiplies by a power of ten in decimal, without binary noise.
func scale(number float64, power int) float64 {
	scaled, err := strconv.ParseFloat(strconv.FormatFloat(number, 'f', -1, 64)+"e"+strconv.Itoa(power), 64)
	if err != nil {
		return number
	}
	return scaled
}

func numberHint(text string) diag.Text {
	switch {
	case strings.ContainsAny(text, "~～") || strings.Contains(text, "至") || strings.Contains(text, "-") && len(text) > 2 && text[0] != '-':
		return diag.T("区间不是数字；写成分类，或拆成下限和上限两列", "a range is no number; make it a category, or two columns")
	case strings.HasPrefix(text, "#"):
		return diag.T("这是表格软件的错误值；改正公式，或加进 missing", "this is a spreadsheet error; mend the formula, or add it to missing")
	case strings.HasPrefix(text, "约") || strings.HasPrefix(text, ">") || strings.HasPrefix(text, "<") || strings.HasPrefix(text, "≥"):
		return diag.T("约数和不等式不是数字", "an approximation is no number")
	}
	return diag.T("表示未填的写法加进 missing", "if it means no answer, add it to missing")
}

// limits checks minimum and maximum. The message speaks in the terms of the cell:
// per cent where the cell or the format does.
func (c cell) limits(v *Value, text string, relative bool) {
	k := c.field.Constraint
	show := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	if relative || c.field.Format == "percent" {
		show = func(x float64) string { return strconv.FormatFloat(scale(x, 2), 'f', -1, 64) + "%" }
	}
	if k.Maximum != nil && v.Number > *k.Maximum {
		hint := diag.T("改正这一格，或在 %s 里调高 maximum", "mend the cell, or raise \"maximum\" in %s", c.field.Pos.File)
		if *k.Maximum == 1 && v.Number <= 100 && !relative {
			hint = diag.T("这是比例；写 %s%%，或设 format = \"percent\"，或调高 maximum", "the column is a share; write %s%%, set format = \"percent\", or raise maximum", text)
		}
		c.fail("schema.range", diag.T("%s 是 %s，超过允许的最大值 %s", "%s is %s, above the allowed maximum %s", c.field.Title, show(v.Number), show(*k.Maximum)), hint, "maximum")
		v.State = Invalid
	}
	if k.Minimum != nil && v.Number < *k.Minimum {
		c.fail("schema.range", diag.T("%s 是 %s，低于允许的最小值 %s", "%s is %s, below the allowed minimum %s", c.field.Title, show(v.Number), show(*k.Minimum)),
			diag.T("改正这一格，或在 %s 里调低 minimum", "mend the cell, or lower \"minimum\" in %s", c.field.Pos.File), "minimum")
		v.State = Invalid
	}
}
