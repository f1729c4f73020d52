package client

import (
	"math"

	"benchbook/internal/release"
)

// Position is where a value stands in the industry: between which of its
// quantiles it surely lies. It is never a rank: of a few peers a rank would tell
// who they are, and of many it would pretend to a precision that is not there.
type Position struct {
	Group    string          // 餐饮茶饮, or 总体 where the industry has too few
	Cells    []*release.Cell // the quantiles held against, lowest first
	Above    *release.Cell   // highest quantile that the value surely exceeds; nil = none
	Below    *release.Cell   // lowest quantile that it surely stays under; nil = none
	Median   *release.Cell
	Band     string        // the industry's band that the value lies in; "" = none
	BandCell *release.Cell // share of the peers in it; nil = not published
	Text     string
	Why      string // why there is no position
}

// quantiles that a position is read from.
var quantiles = []string{"p10", "p25", "p50", "p75", "p90"}

// names of the quantiles for readers.
var quantileNames = map[string]string{"p10": "下十分位", "p25": "下四分位", "p50": "中位数", "p75": "上四分位", "p90": "上十分位"}

// place reads a position from released cells alone.
func place(c *Client, k *KPI, v Value, peers Peers) *Position {
	if k.Benchmark[1] == "" || peers == nil {
		return nil
	}
	industry, ok := peers(k.Benchmark, c.Contributor)
	if !ok {
		return &Position{Why: "没有这项基准"}
	}
	table, row, ok := industry.group(k.Benchmark, c.Industry)
	if !ok {
		return &Position{Why: "除本企业外，同行不足以公布"}
	}
	out := &Position{Group: row.Label()}
	for _, stat := range quantiles {
		cell, found := row.Cell(stat, "")
		if _, shown := industry.valueOf(cell); !found || !shown {
			continue
		}
		out.Cells = append(out.Cells, cell)
		if stat == "p50" {
			out.Median = cell
		}
		out.hold(v.Float(), cell)
	}
	out.band(industry, table, row, k, v)
	out.Text = out.words(v)
	return out
}

// valueOf is a cell's number, if it may be told here and on the site.
func (in Industry) valueOf(cell *release.Cell) (float64, bool) {
	if cell == nil || cell.Suppressed() {
		return 0, false
	}
	if told, err := in.Told.Lookup(cell.ID()); err != nil || told.Suppressed() {
		return 0, false
	}
	return cell.Value()
}

// group finds the row of the client's industry, else the whole, that has a median.
func (in Industry) group(benchmark [2]string, industry string) (*release.Table, release.Row, bool) {
	for _, own := range []bool{true, false} {
		for _, t := range in.Cells.Tables() {
			if t.Dataset.Name != benchmark[0] || t.Indicator != benchmark[1] || own != (len(t.By) == 1) || len(t.By) > 1 {
				continue
			}
			for _, row := range t.Rows {
				cell, found := row.Cell("p50", "")
				_, shown := in.valueOf(cell)
				if found && shown && (!own || row.Values[0] == industry) {
					return t, row, true
				}
			}
		}
	}
	return nil, release.Row{}, false
}

// hold compares a value with a quantile and its interval: only what lies
// outside the interval is surely above or below.
func (p *Position) hold(x float64, cell *release.Cell) {
	value, _ := cell.Value()
	lo, hi, _ := cell.Interval()
	lo, hi = orElse(lo, value), orElse(hi, value)
	if x > hi {
		p.Above = cell
	}
	if x < lo && p.Below == nil {
		p.Below = cell
	}
}

func orElse(x, other float64) float64 {
	if math.IsNaN(x) {
		return other
	}
	return x
}

func (p *Position) words(v Value) string {
	name := func(c *release.Cell) string { return quantileNames[c.Stat()] + " " + c.Text() }
	switch {
	case !v.Known:
		return ""
	case p.Above != nil && p.Below != nil:
		return "高于" + name(p.Above) + "，低于" + name(p.Below)
	case p.Above != nil:
		return "高于" + name(p.Above)
	case p.Below != nil:
		return "低于" + name(p.Below)
	}
	return "与同行分不出高低"
}

// band is the industry's own stretch that the value lies in, with the share of
// the peers in it.
func (p *Position) band(in Industry, t *release.Table, row release.Row, k *KPI, v Value) {
	if !v.Known {
		return
	}
	x := v.Float()
	for _, b := range t.Bands {
		above := b.From == nil || x > *b.From || x == *b.From && b.FromClosed
		below := b.To == nil || x < *b.To || x == *b.To && b.ToClosed
		if !above || !below {
			continue
		}
		p.Band = b.Name
		if cell, found := row.Cell("share", b.Name); found {
			if _, shown := in.valueOf(cell); shown {
				p.BandCell = cell
			}
		}
	}
}

// surelyWorse says whether the value is surely on the wrong side of the median.
func (p *Position) surelyWorse(down bool) bool {
	if p == nil || p.Median == nil {
		return false
	}
	if down {
		return p.Above != nil && reaches(p.Above, p.Median)
	}
	return p.Below != nil && reaches(p.Median, p.Below)
}

// reaches says whether a quantile is at or beyond another.
func reaches(a, b *release.Cell) bool {
	x, _ := a.Value()
	y, _ := b.Value()
	return x >= y
}
