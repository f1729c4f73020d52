package release

import (
	"math"
	"slices"
	"strings"

	"benchbook/internal/benchmark"
)

// oneDecimalBase is the base from which a percentage has one decimal.
const oneDecimalBase = 1000

// scale is how the values of an indicator are written: the largest published
// number of each statistic's unit decides for all its tables.
type scale struct {
	top      float64
	rowsTell bool // the number of rows itself is of too few contributors
}

func (f family) scale() scale {
	var out scale
	for _, s := range f {
		out.rowsTell = out.rowsTell || len(s.table.By) == 0 && slices.Contains(s.hidden, true)
		for i, e := range s.table.Estimates {
			if s.verdict[i] == published && !s.rest(&e) && !s.percent(&e) && !counting(e.Stat) && !math.IsNaN(e.Value) {
				out.top = math.Max(out.top, math.Abs(e.Value))
			}
		}
	}
	return out
}

// rest says that an estimate is of rows without an answer to a segment, which no table shows.
func (s *screen) rest(e *benchmark.Estimate) bool { return s.table.Groups[e.Group].Rest }

// percent says whether an estimate is a fraction of 1. A binned indicator's
// median and a payback's times are not, though its shares are.
func (s *screen) percent(e *benchmark.Estimate) bool {
	if e.Share {
		return true
	}
	kind := s.table.Indicator.Kind
	return s.table.Indicator.Percent && kind != "binned" && kind != "payback" && !counting(e.Stat)
}

// counting says that a statistic counts something, whatever the indicator's unit.
func counting(stat string) bool { return stat == "k_eff" || stat == "outliers" }

// release makes the table of cells that the verdicts let through.
func (s *screen) release(scale scale) *Table {
	t, ind := s.table, s.table.Indicator
	out := &Table{ID: ind.Dataset + "/" + benchmark.Escape(ind.ID), Dataset: t.Dataset, Indicator: ind.ID, Kind: ind.Kind, Title: ind.Title, Unit: ind.Unit,
		Definition: ind.Definition, Formula: ind.Formula, Base: string(ind.Base), Weight: ind.Weight, Percent: ind.Percent,
		Ordered: ind.Ordered, Additive: t.Additive, Implied: ind.Implied, Horizon: ind.Horizon, NRows: t.Rows}
	var by []string
	for _, segment := range t.By {
		out.By = append(out.By, Column{segment.Field, segment.Title, segment.Ordered, segment.Overlapping})
		by = append(by, benchmark.Escape(segment.Field))
	}
	if len(by) > 0 {
		out.ID += "?by=" + strings.Join(by, ",")
	}
	for _, o := range t.Options {
		out.Options = append(out.Options, Option(o))
	}
	for _, b := range ind.Bands {
		out.Bands = append(out.Bands, Band(b))
	}
	if scale.rowsTell || s.later {
		out.NRows = 0
	}
	decimals := s.percentDecimals()
	for g, group := range t.Groups {
		if !group.Rest {
			out.Rows = append(out.Rows, s.row(g, scale, decimals))
		}
	}
	return out
}

// percentDecimals is 0 where some published base is below 1,000, else 1: one
// number of decimals a table. Rates of sums rest on many, whatever the base.
func (s *screen) percentDecimals() int {
	smallest := math.MaxInt
	for i, e := range s.table.Estimates {
		if s.verdict[i] == published && !s.rest(&e) && e.Base > 0 {
			smallest = min(smallest, e.Base)
		}
	}
	if smallest >= oneDecimalBase {
		return 1
	}
	return 0
}

func (s *screen) row(g int, scale scale, percentDecimals int) Row {
	group := s.table.Groups[g]
	row := Row{Values: group.Values, Labels: group.Labels}
	keys := s.keys(g)
	for _, i := range s.cells[g] {
		row.Cells = append(row.Cells, s.cell(i, keys, scale, percentDecimals))
	}
	s.addUp(g, row.Cells)
	for _, c := range s.table.Curves {
		if c.Group == g && !s.hidden[g] {
			row.Curve = s.curve(c)
		}
	}
	return row
}

// keys are the segment values of a group.
func (s *screen) keys(g int) (keys []Key) {
	group := s.table.Groups[g]
	for i, segment := range s.table.By {
		keys = append(keys, Key{segment.Field, segment.Title, group.Values[i], group.Labels[i]})
	}
	return keys
}

// id is the reference of the cell that an estimate becomes.
func (s *screen) id(i int) string {
	e, ind := &s.table.Estimates[i], s.table.Indicator
	c := &Cell{dataset: ind.Dataset, indicator: ind.ID, stat: e.Stat, keys: s.keys(e.Group)}
	if e.Option >= 0 {
		c.option[0] = s.table.Options[e.Option].Value
	}
	return cellID(c)
}

// cell makes one cell. A suppressed one gets its name, unit and reason only.
func (s *screen) cell(i int, keys []Key, scale scale, percentDecimals int) *Cell {
	e, ind, nan := &s.table.Estimates[i], s.table.Indicator, math.NaN()
	c := &Cell{dataset: ind.Dataset, indicator: ind.ID, title: ind.Title, stat: e.Stat, observed: s.table.Dataset.Unit, keys: keys,
		value: nan, lo: nan, hi: nan, above: nan, p: nan, percent: s.percent(e), verdict: s.verdict[i], sample: s.table.Dataset.Sample}
	if e.Option >= 0 {
		o := s.table.Options[e.Option]
		c.option = [2]string{o.Value, o.Label}
	}
	c.id = cellID(c)
	c.unit, c.decimals = s.writing(e, scale, percentDecimals)
	switch c.verdict {
	case embargoed:
	case withheld, concealed, unbinned:
		c.floor = s.rules.minimum()
	case tooFar:
		c.floor = quantileFloor(e.Stat)
	default:
		c.value, c.lo, c.hi, c.above, c.unreached = finite(e.Value), finite(e.Lo), finite(e.Hi), e.Above, e.Unreached
		c.n, c.base, c.contributors, c.method, c.warnings = e.Count, e.Base, e.Contributors, e.Method, e.Warnings
		c.nEff = e.NEff
		s.blur(c, e)
		s.coarsen(c, e)
	}
	return c
}

// finite makes no number of an overflow.
func finite(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

// blur takes limits away that are single contributors' numbers: those of few
// contributors, the smallest and the largest.
func (s *screen) blur(c *Cell, e *benchmark.Estimate) {
	if s.open || quantileFloor(e.Stat) == 0 || s.table.Indicator.Kind == "payback" {
		return
	}
	if few := e.BaseContributors < intervalFloor; few || e.LoEdge {
		c.lo = math.NaN()
	}
	if few := e.BaseContributors < intervalFloor; few || e.HiEdge {
		c.hi = math.NaN()
	}
}

// writing is the unit and the decimals of an estimate.
func (s *screen) writing(e *benchmark.Estimate, scale scale, percentDecimals int) (unit string, decimals int) {
	ind, percent := s.table.Indicator, s.percent(e)
	switch {
	case e.Stat == "k_eff":
		return "", 1
	case e.Stat == "outliers":
		return "个", 0
	case percent:
		unit, decimals = "%", percentDecimals
		if !e.Share {
			decimals = 1
		}
	default:
		unit, decimals = ind.Unit, decimalsFor(scale.top)
	}
	if ind.Decimals >= 0 && percent == ind.Percent {
		decimals = ind.Decimals
	}
	return unit, decimals
}

// cellID is the canonical reference of a cell.
func cellID(c *Cell) string {
	var parts []string
	for _, k := range c.keys {
		parts = append(parts, benchmark.Escape(k.Field)+"="+benchmark.Escape(k.Value))
	}
	if c.option[0] != "" {
		parts = append(parts, "is="+benchmark.Escape(c.option[0]))
	}
	parts = append(parts, "stat="+c.stat)
	return c.dataset + "/" + benchmark.Escape(c.indicator) + "?" + strings.Join(parts, "&")
}
