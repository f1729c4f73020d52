package client

import "sort"

// in are the entries of a period that were known by the end of a day.
func (g *Ledger) in(p Period, known Day) []entry {
	from := sort.Search(len(g.entries), func(i int) bool { return g.entries[i].day >= p.Start })
	to := sort.Search(len(g.entries), func(i int) bool { return g.entries[i].day > p.End })
	var out []entry
	for _, e := range g.entries[from:to] {
		if e.known <= known && e.day <= known {
			out = append(out, e)
		}
	}
	return out
}

// Span is the first and last day that has rows known by a day; ok is false without any.
func (g *Ledger) Span(known Day) (from, to Day, ok bool) {
	for _, e := range g.entries {
		if e.known > known || e.day > known {
			continue
		}
		if !ok {
			from, ok = e.day, true
		}
		to = e.day
	}
	return from, to, ok
}

// Missing counts the days (or months, where rows are months) of a period that
// have no row known by a day. A period that is not over misses those to come.
func (g *Ledger) Missing(p Period, known Day) int {
	want := p.Days()
	if g.Monthly {
		want = len(p.months())
	}
	seen := map[Day]bool{}
	for _, e := range g.in(p, known) {
		seen[e.day] = true
	}
	return want - len(seen)
}

// Roll brings a KPI from days to a period, as it was known by the end of a day:
// flows are added; a stock is its last day's; of a ratio numerator and
// denominator are rolled up each by its own rule and then divided; people
// counted once a day are not added up at all.
func (g *Ledger) Roll(k *KPI, p Period, known Day) Value {
	entries := g.in(p, known)
	switch {
	case k.Numerator != "":
		return quotient(g.field(k.Numerator, entries), g.field(k.Denominator, entries))
	case k.Over != "":
		sums := k.stored()
		return quotient(g.field(sums[0], entries), g.field(sums[1], entries))
	}
	return g.field(k.Field, entries)
}

// Traffic is what the client brought of what it promised.
func (g *Ledger) Traffic(k *KPI, p Period, known Day) Value {
	return g.field(k.Traffic, g.in(p, known))
}

func quotient(num, den Value) Value {
	switch {
	case !num.Known:
		return num
	case !den.Known:
		return den
	case den.Num <= 0:
		return Value{Why: "分母为零"}
	}
	return Value{Num: num.Num, Den: den.Num, Known: true}
}

// field rolls up one field.
func (g *Ledger) field(name string, entries []entry) Value {
	at := g.fields[name]
	var total cell
	days, last := 0, Day(-1<<31)
	for _, e := range entries {
		c := e.sums[at]
		if c.rows == 0 {
			continue
		}
		if e.day != last {
			days++
			if g.rules[at] == "stock" {
				total = cell{}
			}
		}
		last = e.day
		total.sum += c.sum
		total.rows += c.rows
	}
	switch {
	case total.rows == 0:
		return Value{Why: "没有数据"}
	case g.rules[at] == "distinct" && days > 1:
		return Value{Why: "去重人数按天不能相加"}
	case g.rules[at] == "ratio" && total.rows > 1:
		return Value{Why: "比率要有分母才能合并"}
	}
	return Value{Num: total.sum, Den: one, Known: true}
}
