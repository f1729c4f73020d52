package client

import "math"

// Card is the scorecard of one report.
type Card struct {
	Client   *Client
	AsOf     Day // what was known by the end of this day
	Period   Period
	Stage    Stage   // a draft until Settle
	Undone   *Stage  // the step that no longer holds, since the numbers have changed
	Missing  int     // days (months) of the period without a row
	Unit     string  // what Missing counts: 天, or 个月 where rows are months
	Complete bool    // no day is missing and the contract covers all of it
	Ongoing  *Period // the period that the day stands in, when it is not over
	First    Day     // first day with rows; 0 = there is none
	Scores   []Score
}

// Score is one KPI.
type Score struct {
	KPI         *KPI
	Now, Before Value
	Compared    bool  // both periods are complete and have a value
	Told        Value // the period before as it stood when its report went out
	Restated    bool  // late rows have changed it since
	Ongoing     Value
	Promise     *Promise
	Line        string
	Bonus       int64 // cents
	Position    *Position
	Trend       []Point
	Change      Change
	Weak        []string // why it wants attention
}

// Point is one period of a trend.
type Point struct {
	Period   Period
	Value    Value
	Complete bool
	Line     string
}

// trendLength is how many periods a trend shows, at most.
const trendLength = 13

// Score makes the card of the last period that was over on a day.
func (g *Ledger) Score(c *Client, cadence Cadence, asOf Day, peers Peers) *Card {
	p := Last(cadence, asOf)
	card := &Card{Client: c, AsOf: asOf, Period: p, Stage: Stage{Report: p.Label(), State: Draft}, Missing: g.Missing(p, asOf), Unit: "天"}
	if g.Monthly {
		card.Unit = "个月"
	}
	card.First, _, _ = g.Span(asOf)
	card.Complete = g.complete(c, p, asOf)
	if current := PeriodOf(cadence, asOf); current != p {
		card.Ongoing = &current
	}
	for i := range c.KPIs {
		card.Scores = append(card.Scores, g.score(card, &c.KPIs[i], peers))
	}
	return card
}

// Settle puts the card into the state that its numbers, known by their sum, have reached.
func (c *Card) Settle(sum string) { c.Stage, c.Undone = c.Client.StageOf(c.Period.Label(), sum) }

// complete says whether a period can be compared: over, inside the contract, and
// every day of it reported.
func (g *Ledger) complete(c *Client, p Period, known Day) bool {
	return p.End <= known && p.Start >= c.Contract.From && g.Missing(p, known) == 0
}

func (g *Ledger) score(card *Card, k *KPI, peers Peers) Score {
	c, p, asOf := card.Client, card.Period, card.AsOf
	before := p.Previous()
	s := Score{KPI: k, Now: g.Roll(k, p, asOf), Before: g.Roll(k, before, asOf), Told: g.Roll(k, before, before.Due())}
	s.Compared = card.Complete && g.complete(c, before, asOf) && s.Now.Known && s.Before.Known
	s.Restated = s.Told.Known && s.Told != s.Before
	if card.Ongoing != nil {
		s.Ongoing = g.Roll(k, *card.Ongoing, asOf)
	}
	if card.Complete {
		s.Promise = g.promise(c, k, p, asOf)
		s.Line = k.lineIn(s.Now, p)
		s.Bonus = k.bonus(s.Now, p)
	}
	if comparable := k.ratio() || p.Cadence == Monthly; comparable && card.Complete {
		s.Position = place(c, k, s.Now, peers)
	}
	s.Trend = g.trend(card, k)
	s.Change = s.change(g.promise(c, k, before, asOf), k.lineIn(s.Before, before))
	s.weigh()
	return s
}

// lineIn is the line of a value; counts are held against lines of a month, and
// so in a month alone.
func (k *KPI) lineIn(v Value, p Period) string {
	if !k.ratio() && p.Cadence != Monthly {
		return ""
	}
	return k.Line(v)
}

// trend goes back from the card's period to the first one with rows.
func (g *Ledger) trend(card *Card, k *KPI) []Point {
	if card.First == 0 {
		return nil
	}
	var back []Point
	for p := card.Period; len(back) < trendLength && p.End >= card.First; p = p.Previous() {
		v := g.Roll(k, p, card.AsOf)
		back = append(back, Point{p, v, g.complete(card.Client, p, card.AsOf), k.lineIn(v, p)})
	}
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}

// weigh says why a KPI wants attention.
func (s *Score) weigh() {
	if s.Promise != nil && s.Promise.Status == Missed {
		s.Weak = append(s.Weak, "未达预测下限")
	}
	if s.Line == lineFail {
		s.Weak = append(s.Weak, "落在"+lineFail)
	}
	if s.Position.surelyWorse(s.KPI.Down) {
		side := "低于"
		if s.KPI.Down {
			side = "高于"
		}
		s.Weak = append(s.Weak, side+"同行中位数")
	}
}

// Fails says whether a promise is missed or the lowest line not reached.
func (s *Score) Fails() bool {
	return s.Line == lineFail || s.Promise != nil && s.Promise.Status == Missed
}

// Bad counts the KPIs that want attention.
func (c *Card) Bad() (n int) {
	for _, s := range c.Scores {
		if len(s.Weak) > 0 {
			n++
		}
	}
	return n
}

// better says whether a difference is the good direction.
func (k *KPI) better(diff float64) bool { return !math.IsNaN(diff) && (diff > 0) != k.Down }
