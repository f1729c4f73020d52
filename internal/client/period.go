package client

import (
	"fmt"
	"time"
)

// Day is a calendar day: days since 1970-01-01. Periods are those of the
// calendar in the client's place, so no zone or hour is in it.
type Day int

// DayOf is the calendar day of a moment in its own zone.
func DayOf(t time.Time) Day {
	return Day(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads YYYY-MM-DD.
func ParseDay(text string) (Day, bool) {
	t, err := time.Parse(time.DateOnly, text)
	return DayOf(t), err == nil
}

func (d Day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is YYYY-MM-DD.
func (d Day) String() string { return d.time().Format(time.DateOnly) }

// Text is the day for a reader: 6 月 3 日.
func (d Day) Text() string {
	t := d.time()
	return fmt.Sprintf("%d 月 %d 日", t.Month(), t.Day())
}

// Cadence is how often a report is made.
type Cadence string

// The cadences.
const (
	Daily     Cadence = "day"
	Weekly    Cadence = "week"
	Monthly   Cadence = "month"
	Quarterly Cadence = "quarter"
)

// Cadences is every cadence, the shortest first.
var Cadences = []Cadence{Daily, Weekly, Monthly, Quarterly}

// Title is the report's name: 月报.
func (c Cadence) Title() string {
	return map[Cadence]string{Daily: "日报", Weekly: "周报", Monthly: "月报", Quarterly: "季报"}[c]
}

// Period is a stretch of whole days, both ends in it.
type Period struct {
	Cadence    Cadence
	Start, End Day
}

// PeriodOf is the period that a day stands in. Weeks are those of ISO 8601,
// Monday to Sunday.
func PeriodOf(c Cadence, d Day) Period {
	t := d.time()
	switch c {
	case Weekly:
		monday := d - Day((int(t.Weekday())+6)%7)
		return Period{c, monday, monday + 6}
	case Monthly:
		return months(c, t.Year(), t.Month(), 1)
	case Quarterly:
		return months(c, t.Year(), (t.Month()-1)/3*3+1, 3)
	}
	return Period{c, d, d}
}

func months(c Cadence, year int, month time.Month, n int) Period {
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	return Period{c, DayOf(first), DayOf(first.AddDate(0, n, 0)) - 1}
}

// Previous is the period before.
func (p Period) Previous() Period { return PeriodOf(p.Cadence, p.Start-1) }

// Next is the period after.
func (p Period) Next() Period { return PeriodOf(p.Cadence, p.End+1) }

// Days counts the days.
func (p Period) Days() int { return int(p.End-p.Start) + 1 }

// Label names the period in files and addresses: 2026-06-03, 2026-W23, 2026-06, 2026-Q2.
func (p Period) Label() string {
	t := p.Start.time()
	switch p.Cadence {
	case Weekly:
		year, week := t.ISOWeek()
		return fmt.Sprintf("%d-W%02d", year, week)
	case Monthly:
		return t.Format("2006-01")
	case Quarterly:
		return fmt.Sprintf("%d-Q%d", t.Year(), (t.Month()+2)/3)
	}
	return p.Start.String()
}

// Title names the period for a reader.
func (p Period) Title() string {
	t := p.Start.time()
	switch p.Cadence {
	case Weekly:
		year, week := t.ISOWeek()
		return fmt.Sprintf("%d 年第 %d 周（%s–%s）", year, week, p.Start.Text(), p.End.Text())
	case Monthly:
		return fmt.Sprintf("%d 年 %d 月", t.Year(), t.Month())
	case Quarterly:
		return fmt.Sprintf("%d 年第 %d 季度", t.Year(), (t.Month()+2)/3)
	}
	return fmt.Sprintf("%d 年 %s（星期%s）", t.Year(), p.Start.Text(), []string{"日", "一", "二", "三", "四", "五", "六"}[t.Weekday()])
}

// months are the calendar months of a period that is made of whole ones.
func (p Period) months() (out []Period) {
	for m := PeriodOf(Monthly, p.Start); m.End <= p.End; m = m.Next() {
		out = append(out, m)
	}
	return out
}
