package indicator

import (
	"cmp"
	"math"
	"regexp"
	"strconv"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

const paybackKindName = "payback"

// paybackKind is the time until money came back, where many have not got there
// yet (censored): from monthly revenue and cost, or from a time and an event.
var paybackKind = Kind{
	Name: paybackKindName, Title: diag.T("回本时间", "time to payback"),
	keys:  []string{"revenue", "cost", "month", "time", "event", "is", "horizon", "quantiles", "interval", "adjust", "compare", "paired"},
	check: func(c *checker) { c.payback() },
	reads: func(ind *Indicator) []string {
		if ind.Time != "" {
			return []string{ind.Time, ind.Event}
		}
		return []string{ind.Revenue, ind.Cost, ind.Month}
	},
	start: startPayback,
	pairs: func(ind *Indicator) []schema.Pair {
		if ind.Time != "" {
			return nil
		}
		return []schema.Pair{{A: ind.Revenue, B: ind.Cost, Signed: true}}
	},
}

func (c *checker) payback() {
	fromTime := c.raw.Time != "" || c.raw.Event != ""
	fromMoney := c.raw.Revenue != "" || c.raw.Cost != "" || c.raw.Month != ""
	switch {
	case fromTime == fromMoney:
		c.fail("indicator.payback", diag.T("回本要么由 revenue、cost、month 算，要么由 time、event 算", "payback comes either from revenue, cost and month, or from time and event"),
			diag.Text{}, "kind")
	case fromTime:
		c.durations()
	default:
		c.ledger()
	}
	c.ind.Unit = cmp.Or(c.ind.Unit, "个月")
	c.ind.Percent = false
	c.option("interval", c.raw.Interval, &c.ind.Interval, []string{"log-log", "log", "plain"})
	c.correction()
	c.horizon()
	c.quantiles()
	if c.raw.Quantiles == nil {
		c.ind.Quantiles = []float64{0.25, 0.5, 0.75}
	}
}

func (c *checker) durations() {
	time := c.field("time", c.raw.Time, isNumber, diag.T("数值", "a number"))
	event := c.field("event", c.raw.Event, isEvent, diag.T("是否、0/1 或单选", "yes/no, 0/1 or a single choice"))
	if time == nil || event == nil {
		return
	}
	c.ind.Time, c.ind.Event, c.ind.Unit = time.Name, event.Name, cmp.Or(c.ind.Unit, time.Unit)
	if len(event.Categories) > 0 && len(c.raw.Is) == 0 {
		c.fail("indicator.payback", diag.T("事件字段 %q 有多个选项，要用 is 写明哪些算已回本", "field %q has categories: say with is which of them mean that the event came", event.Name),
			diag.Text{}, "is")
		return
	}
	c.ind.Is = c.values(event, c.raw.Is)
}

func isEvent(f *schema.Field) bool {
	return f.Role == "" && (f.Type == schema.Boolean || f.Type == schema.Integer || isSingleChoice(f) && len(f.Categories) > 0)
}

func (c *checker) ledger() {
	number := diag.T("数值", "a number")
	revenue := c.field("revenue", c.raw.Revenue, isNumber, number)
	cost := c.field("cost", c.raw.Cost, isNumber, number)
	month := c.field("month", c.raw.Month, isMonth, diag.T("月份：第几个月，或 2026-03 这样的日期", "a month: its number, or a date such as 2026-03"))
	if revenue == nil || cost == nil || month == nil {
		return
	}
	c.ind.Revenue, c.ind.Cost, c.ind.Month = revenue.Name, cost.Name, month.Name
	if c.dict.Contributor == "" {
		c.fail("indicator.payback", diag.T("按月收支算回本需要知道每行属于谁", "payback from monthly money has to know whose row each is"),
			diag.T("在 data/%s/dataset.toml 里写 contributor = \"…\"", "write contributor = \"…\" in data/%s/dataset.toml", c.dict.Name), "kind")
	}
}

func isMonth(f *schema.Field) bool {
	return (f.Role == "" || f.Role == "period") && f.Type != schema.List && f.Type != schema.Boolean
}

// defaultHorizon are the months at which the trade asks who has paid back.
var defaultHorizon = []float64{3, 6, 8, 12}

func (c *checker) horizon() {
	c.ind.Horizon = defaultHorizon
	if c.raw.Horizon == nil {
		return
	}
	c.ind.Horizon = nil
	for i, t := range c.raw.Horizon {
		if !(t > 0) || math.IsInf(t, 0) || i > 0 && t <= c.raw.Horizon[i-1] {
			c.fail("indicator.horizon", diag.T("horizon 要由小到大、大于 0", "a horizon rises and is above 0"), diag.Text{}, "horizon", i)
			return
		}
		c.ind.Horizon = append(c.ind.Horizon, t)
	}
}

func startPayback(ind *Indicator, cols *columns) observer {
	if ind.Time != "" {
		return observer{fresh: (&Flows{}).empty, add: durationReader(ind, cols)}
	}
	revenue, _ := cols.of(ind.Revenue)
	cost, _ := cols.of(ind.Cost)
	at, f := cols.of(ind.Month)
	add := func(d Datum, rec *schema.Record, _ float64) {
		flows := d.(*Flows)
		flows.Rows++
		month, calendar, ok := monthOf(f, rec.Values[at])
		if !ok {
			flows.Missing++
			return
		}
		flows.Calendar = flows.Calendar || calendar
		flow := flows.month(month)
		in, out := rec.Values[revenue], rec.Values[cost]
		if in.State != schema.Present || out.State != schema.Present {
			flow.Missing++
			return
		}
		flow.Revenue.take(&in)
		flow.Cost.take(&out)
	}
	total := func(d Datum, rec *schema.Record, _ float64) bool {
		month, calendar, ok := monthOf(f, rec.Values[at])
		t := rec.Total(schema.Pair{A: ind.Revenue, B: ind.Cost, Signed: true})
		if !ok || t == nil {
			return false
		}
		flows := d.(*Flows)
		flows.Rows += t.Rows
		flows.Calendar = flows.Calendar || calendar
		flow := flows.month(month)
		flow.Missing += t.Missing
		return flow.Revenue.AddText(t.A) && flow.Cost.AddText(t.B)
	}
	return observer{fresh: (&Flows{}).empty, add: add, total: total}
}

func durationReader(ind *Indicator, cols *columns) func(Datum, *schema.Record, float64) {
	time, _ := cols.of(ind.Time)
	event, f := cols.of(ind.Event)
	return func(d Datum, rec *schema.Record, _ float64) {
		flows, t, e := d.(*Flows), rec.Values[time], rec.Values[event]
		flows.Rows++
		switch {
		case t.State != schema.Present || e.State != schema.Present:
			flows.Missing++
		case t.Number < 0:
			flows.Invalid++
		default:
			flows.Durations = append(flows.Durations, Duration{t.Number, happened(f, e, ind.Is)})
		}
	}
}

// happened says whether a value of the event field means that the event came:
// one of `is` where the field is a choice, else yes or 1.
func happened(f *schema.Field, v schema.Value, is []string) bool {
	if len(f.Categories) == 0 {
		return v.Number == 1
	}
	options := listed(f)
	for _, code := range v.Codes {
		for _, value := range is {
			if code < len(options) && options[code].Value == value {
				return true
			}
		}
	}
	return false
}

// calendarForm reads 2026-03, 2026/3, 2026年3月, 202603, 2026-03-01.
var calendarForm = regexp.MustCompile(`^(\d{4})(?:[-/.年](\d{1,2})|(\d{2}))(?:[-/.月].*|月)?$`)

// monthOf gives the number of a month: as counted by the source, or the
// calendar month since the year 0.
func monthOf(f *schema.Field, v schema.Value) (month int, calendar, ok bool) {
	if v.State != schema.Present {
		return 0, false, false
	}
	text := v.Text
	if len(f.Categories) > 0 && len(v.Codes) == 1 && v.Codes[0] < len(f.Categories) {
		text = f.Categories[v.Codes[0]].Value
	} else if f.Type == schema.Integer || f.Type == schema.Number {
		if v.Number != math.Trunc(v.Number) || math.Abs(v.Number) > 1e9 {
			return 0, false, false
		}
		if v.Number < 190001 {
			return int(v.Number), false, true
		}
		text = numberText(v.Number)
	}
	m := calendarForm.FindStringSubmatch(text)
	if m == nil {
		n, err := strconv.Atoi(text)
		return n, false, err == nil && n < 10000
	}
	year, _ := strconv.Atoi(m[1])
	in, _ := strconv.Atoi(cmp.Or(m[2], m[3]))
	return year*12 + in - 1, true, in >= 1 && in <= 12
}
