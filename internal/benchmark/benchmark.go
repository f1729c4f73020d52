// Package benchmark turns observations into estimates: for every indicator and
// every way it is cut, n, shares, quantiles, rates, bands and payback curves,
// each with its interval, the method that made it, and its caveats.
//
// In: one indicator.Set a dataset. Out: Tables of Estimates, in an order that
// depends on the definitions alone. It refuses HTML, files and disclosure: an
// Estimate may tell of one contributor, so nothing but package release may look
// at it. All arithmetic that a statistician would ask about is in package stat;
// here it is only decided which estimator a definition means.
//
// Precision is reckoned by contributors. A contributor with several rows is one
// cluster, whose rows are summed up before an interval is made, so that twelve
// months of one brand do not pass for twelve brands.
// Rows that the dictionary weights to known totals get their weights here, when
// all of them are known.
//
// Each method is the one that the definition names, and every Estimate carries
// it. Tests (between groups, since the edition before) are kept apart from the
// estimates: which of them may be told, and so what they are corrected for, is
// known only after disclosure control.
package benchmark

import (
	"benchbook/internal/indicator"
)

// level is the confidence level of all intervals.
const level = 0.95

// Table is one indicator cut in one way.
type Table struct {
	Indicator *indicator.Indicator
	Dataset   Dataset
	By        []*indicator.Segment
	Groups    []Group // those with rows; one without keys when By is empty
	Options   []indicator.Option
	Estimates []Estimate // by group, then as the indicator lists options and statistics
	Curves    []Curve    // payback: one a group
	Additive  bool       // options are parts of a whole: their counts add up to the base
	Rows      int        // rows that the filter keeps
	Excluded  int        // distinct contributors that the filter leaves out
	Filtered  bool
	Nests     []Nest   // of the dataset's fields
	Changes   []Change // since the edition before; see Changes
	Apart     bool     // groups are independent: no contributor and no cluster is in two of them
	Pace      Pace     // payback: whether groups pay back at the same pace

	clustered, stratified bool
	calibration           *calibration
	panel                 []map[string]memory
}

// Dataset is what is printed about where the numbers come from.
type Dataset struct {
	Name, Title, Source, Licence, Unit string
	From, To                           string // of collection
	Open, Sample                       bool
	Embargo                            string // day before which nothing is published; "" = none
	Contributor                        string // field title, "" = each row is one
	Weighting                          string // how rows were weighted to known totals; "" = they were not
}

// Group is one combination of segment values.
type Group struct {
	Keys         []int    // by Table.By: index into its Values, -1 = no answer
	Values       []string // as references write them
	Labels       []string // as printed
	Rest         bool     // rows without an answer to a segment: never printed, but part of the total
	Contributors int      // distinct owners of its rows
}

// Estimate is one number about one group. NaN is no number; an interval's NaN side is open.
type Estimate struct {
	Group, Option    int    // Option: index into Table.Options, -1 = none
	Stat             string // a name of Stats
	Share            bool   // Value is a fraction of 1 and prints as a percentage
	Value, Lo, Hi    float64
	Above            float64     // where Value is NaN: it is known to be above this; else NaN
	Unreached        bool        // Value is NaN because too few had the event in the time observed
	Count            int         // rows that gave the answer or the number
	Base             int         // rows that the share is a share of, or the number rests on
	Contributors     int         // distinct owners behind Count
	BaseContributors int         // distinct owners behind Base
	RestContributors int         // of a share: distinct owners with a row that is in Base and not in Count
	LoEdge, HiEdge   bool        // the limit is the smallest or largest value observed
	Magnitudes       []Magnitude // of sums that Value is made of; nil where it is no amount
	SE               float64     // of a share that rests on weights or clusters; else 0
	NEff             float64     // Kish's effective number of contributors; 0 where nothing is weighted
	Units            int         // independent units behind a share: contributors
	Counted          bool        // a share of independent rows, each counted once
	Method           Method
	Warnings         []Warning
	evidence         evidence
}

// Curve is the share that has paid back by each time, for one group.
type Curve struct {
	Group        int
	Contributors int
	Points       []Point
	Watched      []Watch // at whole times from 0 on
	Last         float64 // largest time observed
}

// Watch is how many are under observation at a time: they neither had the event
// nor went out of sight before it. Events and Gone are those who did since the
// whole time before.
type Watch struct {
	Time         float64
	N, Owners    int
	Events, Gone int
}

// Point is a curve's value from Time on. Lo and Hi are NaN where the share is 0 or 1.
type Point struct {
	Time          float64
	Share, Lo, Hi float64
	AtRisk        int // with a time at or after Time
	AtRiskOwners  int
	Events        int // at Time
}

// Ref names a number: DATASET/INDICATOR?FIELD=VALUE&is=…&stat=…. It is package
// indicator's; rooms above know it by this name.
type Ref = indicator.Ref

// ParseRef reads a reference; see indicator.ParseRef.
func ParseRef(text string) (Ref, bool) { return indicator.ParseRef(text) }

// Escape writes a name or value for a reference; see indicator.Escape.
func Escape(s string) string { return indicator.Escape(s) }
