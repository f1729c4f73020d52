package dataset

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// dateLike matches what date formats show: parts joined by - / . or 年月日, or month names.
var dateLike = regexp.MustCompile(`[年月日]|\d[-/.]\d+[-/.]\d|\d{1,4}[-/]\d|[A-Za-z]{3,9}[-/ ,.]+\d|\d[-/ ]+[A-Za-z]{3}`)

// fraction matches "1/2" and "3 1/2", which a fraction format shows.
var fraction = regexp.MustCompile(`^-?(\d+ )?\d+/\d+$`)

// The serial numbers that can be dates: from 1901 to 9999.
const firstSerial, lastSerial = 366, 2958465

// cellText makes one text of a cell as stored and as shown: dates in ISO form,
// percentages exact and with their sign, other numbers without their format,
// everything else as stored.
func cellText(stored, shown string, date1904 bool) string {
	if stored == "" || shown == "" {
		return stored + shown
	}
	number, err := strconv.ParseFloat(stored, 64)
	if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
		return stored
	}
	switch {
	case stored == shown:
		return fifteenDigits(stored, number)
	case shown == "TRUE" || shown == "FALSE":
		return shown
	case strings.HasSuffix(shown, "%"):
		return shiftPoint(fifteenDigits(stored, number)) + "%"
	case number >= firstSerial && number <= lastSerial && dateLike.MatchString(shown) && !fraction.MatchString(shown):
		return serialDate(number, date1904)
	case strings.ContainsAny(shown, ":时") && number < firstSerial:
		return shown // a time of day or a duration
	}
	return fifteenDigits(stored, number)
}

// fifteenDigits drops the digits beyond those that a spreadsheet keeps, where
// binary arithmetic has left noise (0.30000000000000004).
func fifteenDigits(stored string, number float64) string {
	if !strings.ContainsAny(stored, "eE") && (len(stored) <= 16 || !strings.Contains(stored, ".")) {
		return stored // long whole numbers are identifiers
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64)
	if err != nil {
		return stored
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// shiftPoint multiplies a decimal by 100 in its digits, so that 0.07 is 7 and not 7.000000000000001.
func shiftPoint(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, frac, _ := strings.Cut(s, ".")
	for len(frac) < 2 {
		frac += "0"
	}
	whole, frac = strings.TrimLeft(whole+frac[:2], "0"), strings.TrimRight(frac[2:], "0")
	if whole == "" {
		whole = "0"
	}
	if frac != "" {
		frac = "." + frac
	}
	return sign + whole + frac
}

// serialDate turns a spreadsheet's day number into ISO form, to the second.
func serialDate(number float64, date1904 bool) string {
	t, err := excelize.ExcelDateToTime(number, date1904)
	if err != nil {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	t = t.Round(time.Second)
	if t.Equal(t.Truncate(24 * time.Hour)) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}
