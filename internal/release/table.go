package release

import (
	"math"
	"slices"

	"benchbook/internal/benchmark"
)

// Dataset is what is printed about the data behind a table.
type Dataset = benchmark.Dataset

// Option is an answer, bin or band: its value in references, its printed label.
type Option struct{ Value, Label string }

// Column is a field that a table is cut by.
type Column struct {
	Field, Title string
	Ordered      bool // the values have an order of their own
	Overlapping  bool // a contributor may be in several rows
}

// Band is a named stretch of the indicator's values; nil is open. Bounds of a
// percentage are fractions of 1.
type Band struct {
	Name                 string
	From, To             *float64
	FromClosed, ToClosed bool
	Gap                  bool // left unnamed by the source
}

// Row is one group of a table: its segment values and its cells.
type Row struct {
	Values, Labels []string // by Table.By
	Cells          []*Cell  // as Table.Layout says
	Curve          *Curve   // payback, where there is one to publish
}

// Table is one indicator cut in one way, as it may be published.
type Table struct {
	ID                  string // DATASET/INDICATOR or DATASET/INDICATOR?by=industry
	Dataset             Dataset
	Indicator, Kind     string
	Title, Unit         string
	Definition, Formula string
	Base                string // of shares: answered, asked, all
	Weight              string // field, "" = unweighted
	Percent             bool
	Ordered             bool // the options have an order of their own
	Additive            bool // the options are parts of a whole
	Implied             bool // made from a field, not written in the catalogue
	By                  []Column
	Options             []Option // answers or bins, then bands
	Bands               []Band
	Horizon             []float64
	Rows                []Row
	NRows               int // rows of data that were read; 0 where too few

	compared map[[2]*Cell]Comparison
	pairs    [][2]*Cell // of the one share that the table is about, in order
	adjusted string
	pace     string
}

// Cell finds a row's cell by statistic and option value ("" = none).
func (r Row) Cell(stat, option string) (*Cell, bool) {
	for _, c := range r.Cells {
		if c.stat == stat && (c.option[0] == option || option != "" && c.option[1] == option) {
			return c, true
		}
	}
	return nil, false
}

// Label is the row's name: its segment labels, or 总体.
func (r Row) Label() string {
	if len(r.Labels) == 0 {
		return "总体"
	}
	out := r.Labels[0]
	for _, l := range r.Labels[1:] {
		out += " · " + l
	}
	return out
}

// Stats lists the statistics of a table in order.
func (t *Table) Stats() []string {
	var out []string
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			if !slices.Contains(out, c.stat) {
				out = append(out, c.stat)
			}
		}
	}
	return out
}

// Notes are the distinct caveats of a table's cells, in the order of their list.
func (t *Table) Notes() []Warning {
	var out []Warning
	for _, known := range benchmark.WarningTitles {
		for _, r := range t.Rows {
			for _, c := range r.Cells {
				for _, w := range c.warnings {
					if w.Code == known.Code && !slices.Contains(out, w) {
						out = append(out, w)
					}
				}
			}
		}
	}
	return out
}

// Methods are the distinct methods of a table's cells, in the order of first use.
func (t *Table) Methods() []Method {
	var out []Method
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			if c.method != (Method{}) && !slices.Contains(out, c.method) {
				out = append(out, c.method)
			}
		}
	}
	return out
}

// Suppressed counts the cells that are withheld.
func (t *Table) Suppressed() (n int) {
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			if c.Suppressed() {
				n++
			}
		}
	}
	return n
}

// BaseText is the printed base of the whole table: "n=412", or for rows of
// different bases "n=38–120"; "" when nothing is published.
func (t *Table) BaseText() string {
	lo, hi := 0, 0
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			if c.Suppressed() || c.base == 0 || c.stat == "naive_mean" {
				continue
			}
			if lo == 0 || c.base < lo {
				lo = c.base
			}
			hi = max(hi, c.base)
		}
	}
	switch {
	case hi == 0:
		return ""
	case lo == hi:
		return "n=" + countText(hi)
	}
	return "n=" + countText(lo) + "–" + countText(hi)
}

// EffectiveText is Kish's effective sample size of a weighted table, the total's
// or from the smallest to the largest group's: "Kish 有效样本量 286"; "" where
// nothing is weighted or published.
func (t *Table) EffectiveText() string {
	lo, hi := math.Inf(1), 0.0
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			if c.nEff > 0 {
				lo, hi = math.Min(lo, c.nEff), math.Max(hi, c.nEff)
			}
		}
	}
	from, to := fixed(lo, 0), fixed(hi, 0)
	switch {
	case hi == 0:
		return ""
	case from == to:
		return "Kish 有效样本量 " + to
	}
	return "Kish 有效样本量 " + from + "–" + to
}
