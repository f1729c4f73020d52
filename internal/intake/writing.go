package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// Ways of writing that are put into the usual one when rows are copied, so that
// the dictionary need not know them.

// serialDays are the day numbers of spreadsheets from 1955 to 2064.
const firstDay, lastDay = 20000, 60000

// serials recognises day numbers (46082) in a column that its name calls a date:
// dates of which a spreadsheet program lost the format.
func (p *profile) serials(f *Field) bool {
	if !dateHeader.MatchString(f.Title) || f.Unit != "" || p.whole != p.filled || p.filled == 0 {
		return false
	}
	for _, v := range p.values.order {
		if n, err := strconv.Atoi(v); err != nil || n < firstDay || n > lastDay {
			return false
		}
	}
	f.Type, f.Shape, f.mend = schema.Date, "date", serialDay
	f.Why = diag.T("日期：%d 个答案都是表格软件的日期序号（1900 年起算），已换成日期", "date: all %d answers are a spreadsheet's day numbers, counted from 1900; written as dates", p.filled)
	return true
}

// serialDay writes a day number as a date.
func serialDay(text string) string {
	n, err := strconv.Atoi(text)
	if err != nil || n < firstDay || n > lastDay {
		return text
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// commaNumber matches numbers of the European Continent: 1.234,50 and 0,7.
var commaNumber = regexp.MustCompile(`^[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?\s*%?$`)

// certainComma matches those that cannot be read otherwise.
var certainComma = regexp.MustCompile(`\.\d{3},|,\d{1,2}\s*%?$|,\d{4,}|^[-+]?0,`)

// decimalComma reports a column of such numbers, in a file whose cells are not
// separated by commas.
func (p *profile) decimalComma() bool {
	return p.commas && len(p.values.order) > 0 &&
		!slices.ContainsFunc(p.values.order, func(v string) bool { return !commaNumber.MatchString(v) }) &&
		slices.ContainsFunc(p.values.order, certainComma.MatchString)
}

// decimalCommas makes a number of such a column.
func (d *Draft) decimalCommas(f *Field, p *profile) bool {
	if !p.decimalComma() {
		return false
	}
	f.Type, f.Shape, f.mend = schema.Number, "number", pointForComma
	f.Why = diag.T("数字：%d 个答案用逗号作小数点，已换成点", "number: %d answers have a decimal comma; written with a point", p.filled)
	return true
}

func pointForComma(text string) string {
	if !commaNumber.MatchString(text) {
		return text
	}
	return strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
}

// bareShares looks at a column of which some cells have a % and others have not.
// All that have none and lie between 0 and 1 are shares that lost their format
// (0.125 beside 12.5%); above that they are per cent (15). Where both kinds are
// there, the small ones could be either and count as missing until someone says.
func (d *Draft) bareShares(f *Field, p *profile) {
	if p.relative == 0 || p.relative == p.numbers {
		return
	}
	var small, large []string
	for _, v := range p.values.order {
		n, relative, ok := schema.ParseNumber(v, f.Unit)
		switch {
		case !ok || relative || n == 0:
		case n > -1 && n < 1:
			small = append(small, v)
		default:
			large = append(large, v)
		}
	}
	switch {
	case len(small) > 0 && len(large) == 0:
		f.mend = percentOfShare
		d.warn("%s：有的格写 %%，有的写小数（%s）；小数按比例读，如 %s 读作 %s，请核对", "%s: some cells have a %% and some are fractions (%s), which are read as shares: %s is %s; please check",
			f.Column, some(small), small[0], percentOfShare(small[0]))
	case len(small) > 0 && len(small) <= maxMisfits:
		f.Missing = append(f.Missing, small...)
		d.warn("%s：有的格写 %%，有的不写，%s 可能是比例也可能是百分数，先按未填处理，请核对", "%s: some cells have a %% and some have not; %s could be shares or per cent and count as missing for now; please check", f.Column, some(small))
	case len(large) > 0:
		d.warn("%s：有的格写 %%，有的不写（%s）；不写的按百分数读，请核对", "%s: some cells have a %% and some have not (%s), which are read as per cent; please check", f.Column, some(large))
	}
}

// some names the first of several texts.
func some(list []string) string {
	if len(list) > 3 {
		return fmt.Sprintf("%q…", list[:3])
	}
	return fmt.Sprintf("%q", list)
}

// percentOfShare writes 0.125 as 12.5%.
func percentOfShare(text string) string {
	n, relative, ok := schema.ParseNumber(text, "")
	if !ok || relative || n <= -1 || n >= 1 {
		return text
	}
	digits, err := strconv.ParseFloat(strconv.FormatFloat(n, 'f', -1, 64)+"e2", 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(digits, 'f', -1, 64) + "%"
}

// swapped is the pattern with day and month in the other order, or "".
func swapped(pattern string) string {
	day, month := strings.Index(pattern, "%d"), strings.Index(pattern, "%m")
	if day < 0 || month < 0 {
		return ""
	}
	return strings.NewReplacer("%d", "%m", "%m", "%d").Replace(pattern)
}

// likelier is the pattern, or the one with day and month exchanged where that fits
// as well and the answers come in better order by it: exports go by time.
func (p *profile) likelier(pattern string) string {
	other := swapped(pattern)
	if other == "" || !p.fits(other) || p.backward(other) >= p.backward(pattern) {
		return pattern
	}
	return other
}

func (p *profile) fits(pattern string) bool {
	return len(p.misfits(func(v string) bool { _, _, ok := schema.ParseDate(v, pattern); return ok })) == 0
}

// backward counts the answers that are earlier than the one before.
func (p *profile) backward(pattern string) (n int) {
	var before time.Time
	for _, v := range p.values.order {
		t, _, ok := schema.ParseDate(v, pattern)
		if ok && t.Before(before) {
			n++
		}
		before = t
	}
	return n
}

// dayOrMonth warns where day and month could be exchanged.
func (d *Draft) dayOrMonth(f *Field, p *profile) {
	other := swapped(f.Format)
	if other == "" || !p.fits(other) {
		return
	}
	d.warn("%s：日与月分不清（如 %s），先按 %s 读；不对就在字典里改 format = %q", "%s: day and month cannot be told apart (%s); read as %s for now; if that is wrong, write format = %q in the dictionary", f.Column, p.values.order[0], f.Format, other)
}
