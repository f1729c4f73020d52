package client

import "fmt"

// Holiday is a run of days off.
type Holiday struct {
	Name       string
	Start, End Day
}

// The days off and the working weekends that the State Council announced
// (国务院办公厅关于部分节假日安排的通知, for 2025 and 2026). A year that is not
// here has weekends alone, and a report of it says so.
var holidayTable = [][3]string{
	{"元旦", "2025-01-01", "2025-01-01"}, {"春节", "2025-01-28", "2025-02-04"}, {"清明节", "2025-04-04", "2025-04-06"},
	{"劳动节", "2025-05-01", "2025-05-05"}, {"端午节", "2025-05-31", "2025-06-02"}, {"国庆节、中秋节", "2025-10-01", "2025-10-08"},
	{"元旦", "2026-01-01", "2026-01-03"}, {"春节", "2026-02-15", "2026-02-23"}, {"清明节", "2026-04-04", "2026-04-06"},
	{"劳动节", "2026-05-01", "2026-05-05"}, {"端午节", "2026-06-19", "2026-06-21"}, {"中秋节", "2026-09-25", "2026-09-27"},
	{"国庆节", "2026-10-01", "2026-10-07"},
}

var workingWeekends = []string{"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
	"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"}

// calendar is the table, read once.
var calendar = readCalendar()

type calendarTable struct {
	holidays []Holiday
	worked   map[Day]bool
}

func readCalendar() calendarTable {
	c := calendarTable{worked: map[Day]bool{}}
	for _, h := range holidayTable {
		from, _ := ParseDay(h[1])
		to, _ := ParseDay(h[2])
		c.holidays = append(c.holidays, Holiday{h[0], from, to})
	}
	for _, text := range workingWeekends {
		d, _ := ParseDay(text)
		c.worked[d] = true
	}
	return c
}

// Holidays are the days off in a period, cut to it.
func (p Period) Holidays() (out []Holiday) {
	for _, h := range calendar.holidays {
		if h.Start <= p.End && h.End >= p.Start {
			out = append(out, Holiday{h.Name, max(h.Start, p.Start), min(h.End, p.End)})
		}
	}
	return out
}

// Text names a holiday with its days.
func (h Holiday) Text() string {
	if h.Start == h.End {
		return fmt.Sprintf("%s（%s）", h.Name, h.Start.Text())
	}
	return fmt.Sprintf("%s（%s–%s）", h.Name, h.Start.Text(), h.End.Text())
}

// Charted says whether the holidays of the period's year are known.
func (p Period) Charted() bool {
	first, last := calendar.holidays[0], calendar.holidays[len(calendar.holidays)-1]
	return p.Start.time().Year() >= first.Start.time().Year() && p.End.time().Year() <= last.End.time().Year()
}

// works says whether offices are open.
func (d Day) works() bool {
	if calendar.worked[d] {
		return true
	}
	for _, h := range calendar.holidays {
		if d >= h.Start && d <= h.End {
			return false
		}
	}
	weekday := d.time().Weekday()
	return weekday != 0 && weekday != 6
}
