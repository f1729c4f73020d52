// Package indicator knows what the trade measures: the catalogue of indicators
// (导流率, 回本月数, 团队规模 …) and how rows become observations of them.
//
// In: data/indicators.toml, the datasets' dictionaries, and records that stream
// by once. Out: a Set of observations a dataset: one for each contributor and
// combination of segments, with its counts, sums, values and cash flows. Memory
// depends on observations, not on rows: rows of one contributor are added up,
// and where every row is a contributor of its own and has no weight, rows of
// one combination of segments are added up too.
//
// It refuses statistics: nothing here is divided, ranked or given an interval;
// that is for package benchmark. A kind of computation is one file here and one
// line in kinds.
//
// Two rules that readers of the numbers should know. A row of a contributor who
// has several (months, shops) counts as a row; precision is reckoned by
// contributors all the same, and `per = "contributor"` counts each of them once.
// Money is added exactly, so neither the order of rows nor their spread over
// files changes a digit.
package indicator

import (
	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// Base says which rows a share is a share of.
type Base string

// The bases. Answered is the default.
const (
	Answered Base = "answered" // rows with an answer
	Asked    Base = "asked"    // rows that were not led past the question
	All      Base = "all"      // every row
	Answers  Base = "answers"  // several answers: all that were given, so that the shares add up to 100%
)

// Per says what counts once.
type Per string

// The units of counting. ByRow is the default.
const (
	ByRow         Per = "row"
	ByContributor Per = "contributor"
)

// Option is one of the answers, bins or bands that an indicator is broken down by.
type Option struct {
	Value string // as references and files write it
	Label string // as printed
}

// Band is a named stretch of values, such as 「及格线」 from 5% to 17%. Bounds are
// in the indicator's own unit (a percentage is a fraction of 1); nil is open.
type Band struct {
	Name                 string
	From, To             *float64
	FromClosed, ToClosed bool
	Gap                  bool // a stretch that the source leaves unnamed
}

// Bin is a range of whole numbers From … To; To nil: open.
type Bin struct {
	From float64
	To   *float64
}

// Indicator is one definition of the catalogue, or one that a field implies.
type Indicator struct {
	ID, Dataset            string
	Title, Unit            string
	Definition, Formula    string
	Kind                   string   // a name of Kinds
	Field                  string   // share, multi, quantile, binned
	Is                     []string // values of Field whose union is the one number; empty = all options
	Alone                  int      // index of the option that excludes the others; -1 = none
	Numerator, Denominator string   // ratio
	Revenue, Cost, Month   string   // payback from cash flows
	Time, Event            string   // payback from durations
	Base                   Base
	Per                    Per
	Weight                 string     // field, or RakedWeight; "" = unweighted
	Options                []Option   // answers in order; those of a date field come from the rows
	Ordered                bool       // the options have an order of their own
	Percent                bool       // values are fractions of 1, printed with a percent sign
	Decimals               int        // digits after the point; -1 = not said
	Quantiles              []float64  // probabilities
	Bins                   []Bin      // one an option
	Exact                  bool       // binned: the numbers themselves are known
	Bands                  []Band     // a partition of all values; empty = none
	Horizon                []float64  // times, in Unit
	Interval               string     // how limits are made; "" = the default of the kind
	Rule                   string     // quantiles: type1 … type8, school, math
	Adjust                 string     // of p-values, over a table: holm, BH, none
	Compare                *Indicator // the edition before; nil = none
	Paired                 bool       // the same contributors in both editions
	AddsUp                 bool       // shares are rounded so that they add up to 100%
	Together               bool       // bands: limits hold for all bands at once
	Shrink                 string     // ratio: beta-binomial model, mle or mom; "" = none
	Box                    string     // five numbers of a box plot, type7 or hinge; "" = none
	panel                  bool
	Implied                bool
	Pos                    diag.Pos
}

// Task is one table to compute: an indicator, cut by fields (none: the total).
type Task struct {
	Indicator *Indicator
	By        []string
}

// Condition keeps the rows whose field has a value. Conditions on one field are
// alternatives; conditions on different fields must all hold.
type Condition struct{ Field, Value string }

// Plan is everything that one pass over a dataset's rows has to observe.
type Plan struct {
	Dictionary *schema.Dictionary
	Tasks      []Task
	Where      []Condition
}

// RakedWeight stands in the place of a weight field where rows are weighted to
// known totals, as the data dictionary's [weighting] says.
const RakedWeight = "[weighting]"

// defaultWeight is what a dataset's indicators are weighted by; "" = nothing.
func defaultWeight(d *schema.Dictionary) string {
	if d.Weighting != nil {
		return RakedWeight
	}
	return d.Weight
}

// percentUnit is the unit that makes a ratio a percentage.
const percentUnit = "%"
