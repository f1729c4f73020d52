package client

// workingDaysAfter is when reports of a month or quarter go out, counted from its end.
const workingDaysAfter = 3

// Due is the day on which the report of a period goes out: a daily one on its
// day, a weekly one on the Monday after, longer ones on the third working day
// after their end.
func (p Period) Due() Day {
	switch p.Cadence {
	case Daily:
		return p.End
	case Weekly:
		return p.End + 1
	}
	d := p.End
	for left := workingDaysAfter; left > 0; {
		if d++; d.works() {
			left--
		}
	}
	return d
}

// DueOn lists the periods whose reports go out on a day, the shortest cadence
// first. A report before the contract's start or after its end is not owed.
func (c *Client) DueOn(d Day) (out []Period) {
	for _, cadence := range c.Cadences {
		p := PeriodOf(cadence, d)
		if cadence != Daily {
			p = p.Previous()
		}
		if p.Due() == d && c.Owes(p) {
			out = append(out, p)
		}
	}
	return out
}

// Owes says whether the contract covers some of a period.
func (c *Client) Owes(p Period) bool {
	return p.End >= c.Contract.From && (c.Contract.Until == 0 || p.Start <= c.Contract.Until)
}

// Last is the period that a report of a day is about: the last one that was
// over when the day ended.
func Last(cadence Cadence, asOf Day) Period {
	p := PeriodOf(cadence, asOf)
	if p.End > asOf {
		return p.Previous()
	}
	return p
}
