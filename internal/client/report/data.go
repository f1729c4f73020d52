package report

import (
	"bytes"
	"encoding/json"
	"math"

	"benchbook/internal/client"
	"benchbook/internal/release"
)

// Data is the report as JSON: the numbers of the page and nothing else.
type Data struct {
	Name     string    `json:"name"`
	Report   string    `json:"report"` // day, week, month, quarter
	Period   string    `json:"period"`
	Title    string    `json:"title"`
	AsOf     string    `json:"as_of"`
	State    string    `json:"state"`
	Sum      string    `json:"sum"` // of the numbers, for who reviews them
	Complete bool      `json:"complete"`
	Missing  int       `json:"missing"`
	Unit     string    `json:"missing_unit"`
	Lead     string    `json:"lead"`
	Notices  []string  `json:"notices"`
	KPIs     []DataKPI `json:"kpis"`
}

// DataKPI is one KPI; numbers that are not known are null. Percentages are
// fractions of 1, money of the bonus is in cents.
type DataKPI struct {
	ID       string      `json:"id"`
	Title    string      `json:"title"`
	Unit     string      `json:"unit"`
	Value    *float64    `json:"value"`
	Text     string      `json:"text"`
	Before   *float64    `json:"before"`
	Restated bool        `json:"restated"`
	Change   *float64    `json:"change"`
	Counts   bool        `json:"counts"`
	Why      string      `json:"why"`
	Target   *float64    `json:"target"`
	Adjusted *float64    `json:"adjusted"`
	Floor    *float64    `json:"floor"`
	Factor   *float64    `json:"factor"`
	Status   string      `json:"status"`
	Reached  *float64    `json:"reached"` // share of the adjusted forecast
	Verdict  string      `json:"verdict"`
	Tone     string      `json:"tone"` // good, warn, bad or ""
	Weak     []string    `json:"weak"` // why it wants attention
	Line     string      `json:"line"`
	Bonus    int64       `json:"bonus"`
	Peers    []DataPeer  `json:"peers"`
	Position string      `json:"position"`
	Trend    []DataPoint `json:"trend"`
}

// DataPeer is one released quantile of the peers.
type DataPeer struct {
	Stat         string   `json:"stat"`
	Value        *float64 `json:"value"`
	Lo           *float64 `json:"lo"`
	Hi           *float64 `json:"hi"`
	Contributors int      `json:"contributors"`
}

// DataPoint is one period of the trend.
type DataPoint struct {
	Period   string   `json:"period"`
	Value    *float64 `json:"value"`
	Complete bool     `json:"complete"`
}

// Settle gives a card the state of its numbers.
func Settle(card *client.Card) error {
	sum, err := numbers(card)
	card.Settle(sum)
	return err
}

// numbers sums up what a reviewer looks at: the KPIs and what they were held
// against, not the day of the report nor the words around them.
func numbers(card *client.Card) (string, error) {
	var all []any
	for i := range card.Scores {
		d := dataOf(&card.Scores[i])
		d.Trend = nil // earlier periods have reports of their own
		all = append(all, d)
	}
	src, err := json.Marshal([]any{card.Client.Name, card.Period.Label(), card.Complete, card.Missing, all})
	return Sum(src)[:12], err
}

// JSON encodes a card.
func JSON(card *client.Card) ([]byte, error) {
	sum, err := numbers(card)
	if err != nil {
		return nil, err
	}
	d := Data{Name: card.Client.Name, Report: string(card.Period.Cadence), Period: card.Period.Label(), Title: card.Period.Cadence.Title() + " · " + card.Period.Title(),
		AsOf: card.AsOf.String(), State: string(card.Stage.State), Sum: sum, Complete: card.Complete, Missing: card.Missing, Unit: card.Unit, Lead: lead(card),
		Notices: append([]string{}, notices(card)...), KPIs: []DataKPI{}}
	for i := range card.Scores {
		d.KPIs = append(d.KPIs, dataOf(&card.Scores[i]))
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err = enc.Encode(d)
	return b.Bytes(), err
}

// Parse reads what JSON wrote.
func Parse(src []byte, d *Data) error { return json.Unmarshal(src, d) }

func dataOf(s *client.Score) DataKPI {
	k := DataKPI{ID: s.KPI.ID, Title: s.KPI.Title, Unit: s.KPI.Unit, Value: number(s.Now.Float()), Text: s.KPI.Text(s.Now), Before: number(s.Before.Float()), Restated: s.Restated,
		Change: number(s.Change.Diff), Counts: s.Change.Counts, Why: s.Change.Why, Line: s.Line, Bonus: s.Bonus, Reached: number(s.Reached()),
		Verdict: verdict(s), Tone: row(s).Tone, Weak: append([]string{}, s.Weak...), Peers: []DataPeer{}, Trend: []DataPoint{}}
	if p := s.Promise; p != nil {
		k.Target, k.Adjusted, k.Floor, k.Factor, k.Status = number(p.Target), number(p.Adjusted), number(p.Floor), number(p.Factor), string(p.Status)
	}
	if s.Position != nil {
		k.Position = s.Position.Text
		for _, c := range s.Position.Cells {
			k.Peers = append(k.Peers, peer(c))
		}
	}
	for _, p := range s.Trend {
		k.Trend = append(k.Trend, DataPoint{p.Period.Label(), number(p.Value.Float()), p.Complete})
	}
	return k
}

func peer(c *release.Cell) DataPeer {
	v, _ := c.Value()
	lo, hi, _ := c.Interval()
	return DataPeer{c.Stat(), number(v), number(lo), number(hi), c.Contributors()}
}

// number is null where there is none.
func number(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
