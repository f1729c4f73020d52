package schema

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"benchbook/internal/diag"
)

// directives are the date parts of Frictionless patterns, as Go layouts.
var directives = map[string]string{
	"Y": "2006", "y": "06", "m": "1", "d": "2", "H": "15", "M": "4", "S": "5", "I": "3", "p": "PM",
	"b": "Jan", "B": "January", "a": "Mon", "A": "Monday", "f": "999999", "z": "-0700", "%": "%",
}

// badDirective gives the first part of a pattern that is not known, or "".
func badDirective(pattern string) string {
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '%' {
			continue
		}
		if i+1 == len(pattern) {
			return "%"
		}
		if directives[pattern[i+1:i+2]] == "" {
			return pattern[i : i+2]
		}
		i++
	}
	return ""
}

// dateFormat is how a field's dates are written; layout "" is any way in which
// the year comes first. A column holds few different dates, so they are kept.
type dateFormat struct {
	layout string
	known  map[string]parsed
}

type parsed struct {
	t              time.Time
	day, clock, ok bool
}

// maxKnown bounds the dates that are kept.
const maxKnown = 4096

func (f *dateFormat) recall(text string) parsed {
	p, hit := f.known[text]
	if !hit {
		p.t, p.day, p.clock, p.ok = f.parse(text)
		if len(f.known) < maxKnown && len(text) < 64 {
			f.known[text] = p
		}
	}
	return p
}

func newDateFormat(pattern string) *dateFormat {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		if pattern[i] == '%' && i+1 < len(pattern) {
			i++
			b.WriteString(directives[pattern[i:i+1]])
			continue
		}
		b.WriteByte(pattern[i])
	}
	return &dateFormat{b.String(), map[string]parsed{}}
}

// plainDate matches the ways in which the year comes first, so that no day can
// be taken for a month: 2024-01-05, 2024/1/5, 2024.1.5, 2024年1月5日, 20240105, 2024-01,
// each with an optional day of the week, time, half of the day and zone.
var plainDate = regexp.MustCompile(`^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?[月日]?|(\d{2})(\d{2}))(?:\s*(?:星期|周)[一二三四五六日天])?(?:[T\s]*(` + halves + `)?\s*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?)?[分秒]?\s*(` + halves + `)?\s*(?:Z|(?:UTC|GMT)(?:[-+]\d{1,2})?|[-+]\d{2}:?\d{2})?)?$`)

// halves are the halves of the day, with which hours count to twelve.
const halves = `凌晨|早上|上午|中午|下午|晚上|[AaPp]\.?[Mm]\.?`

// parse gives the time as written on the wall (zones are dropped: a benchmark's
// day is the respondent's day) and whether it had a day and a time of day.
func (f *dateFormat) parse(text string) (t time.Time, day, clock, ok bool) {
	if f.layout != "" {
		t, err := time.Parse(f.layout, text)
		hours := strings.Contains(f.layout, "15") || strings.Contains(f.layout, "PM")
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC),
			strings.Contains(strings.ReplaceAll(f.layout, "2006", ""), "2"), hours, err == nil
	}
	m := plainDate.FindStringSubmatch(narrow(text))
	if m == nil {
		return t, false, false, false
	}
	if m[4] != "" {
		m[2], m[3] = m[4], m[5]
	}
	part := func(i int) int { n, _ := strconv.Atoi(m[i]); return n }
	day, clock = m[3] != "", m[7] != ""
	hour, valid := hourOfDay(part(7), m[6]+m[10])
	d := 1
	if day {
		d = part(3)
	}
	t = time.Date(part(1), time.Month(part(2)), d, hour, part(8), part(9), 0, time.UTC)
	// time.Date rolls over; a date that came out different does not exist.
	ok = valid && t.Year() == part(1) && int(t.Month()) == part(2) && t.Day() == d && t.Hour() == hour && t.Minute() == part(8)
	return t, day, clock, ok && (day || !clock)
}

// hourOfDay counts an hour of a half of the day to twenty-four; 下午 13 is 13.
func hourOfDay(hour int, half string) (int, bool) {
	switch half = strings.ToLower(strings.ReplaceAll(half, ".", "")); {
	case half == "":
		return hour, true
	case hour > 12:
		return hour, half != "am" && half != "上午"
	case (half == "pm" || half == "下午" || half == "晚上" || half == "中午") && hour < 12 && (half != "中午" || hour < 3):
		return hour + 12, true
	case (half == "am" || half == "上午" || half == "凌晨") && hour == 12:
		return 0, true
	}
	return hour, true
}

// ParseDate reads a date as a field with this format does ("" = any way in which
// the year comes first); clock says whether it had a time of day.
func ParseDate(text, format string) (t time.Time, clock, ok bool) {
	t, _, clock, ok = newDateFormat(format).parse(clean(text))
	return t, clock, ok
}

// date decodes dates. A datetime field without a time of day is taken as midnight.
func (c cell) date(v *Value, text string) {
	p := c.column.format.recall(text)
	if !p.ok {
		c.fail("schema.type", diag.T("%s：%q 不是日期", "%s: %q is no date", c.field.Title, shorten(text)),
			diag.T("写成 2026-03-01，或在字段里写明 format，如 %d/%m/%Y", "write it as 2026-03-01, or give the field a format such as %d/%m/%Y"), "")
		v.State = Invalid
		return
	}
	v.Number = float64(p.t.Unix()) / 86400
	switch {
	case !p.day:
		v.Text = p.t.Format("2006-01")
	case c.field.Type == DateTime:
		v.Text = p.t.Format("2006-01-02T15:04:05")
	default:
		v.Text = p.t.Format(time.DateOnly)
		if p.clock {
			v.Number = float64(p.t.Truncate(24*time.Hour).Unix()) / 86400
		}
	}
}

// WriteTime writes a time in the field's format, as a file would.
func (f *Field) WriteTime(t time.Time) string { return t.Format(newDateFormat(f.Format).layout) }
