// Package stat is benchbook's room of estimators: numbers in, numbers and refusals out. It knows no files, columns,
// indicators or pages.
//
// It holds every quantity that a published benchmark may rest on: proportions with and without weights, raking and
// trimming of weights, quantiles, rates, payback times with censoring, grouped counts, changes between editions,
// percentile ranks, disclosure control of tables, percentages that add up, and contract forecasts. Each is a plain
// function with a typed result.
//
// One convention for "no number": in inputs, NaN is a missing value and its row is dropped; in results, NaN is a
// quantity that can't be estimated or a limit that is open. An empty input is therefore no error: counts are 0 and
// estimates NaN. What can't be answered at all is refused with a Refusal, an error with a stable code. Nothing panics on
// the values it is given; slices that belong to the same rows must have the same length, and a nil weight means that
// every row weighs 1.
//
// Counts that are shown are unweighted and are ints. Rows of weight 0 don't exist: they are dropped before anything is
// counted. Multiplying all weights by a positive constant changes nothing but the sums themselves. Sums are
// compensated and run in a fixed order, so the same input gives the same bytes on every run.
//
// Distribution functions are built on gonum where its accuracy suffices; the incomplete beta function and its
// inverse are our own, because limits are needed to ten digits for large and for fractional parameters (beta.go).
package stat

import "math"

// DefaultLevel is the confidence level used where an option struct leaves its Level at 0.
const DefaultLevel = 0.95

// Interval is a two-sided interval. A limit that is NaN is open or can't be estimated.
type Interval struct{ Lo, Hi float64 }

var noInterval = Interval{math.NaN(), math.NaN()}

// Refusal is the stable code of a question that stat declines to answer. It is an error; compare with errors.Is or by
// value.
type Refusal string

// Error returns the code with the package's name.
func (r Refusal) Error() string { return "stat: " + string(r) }

// The refusals, by the condition that causes them.
const (
	BadWeight         Refusal = "bad_weight"         // a weight is negative, missing or not finite
	ZeroWeightTotal   Refusal = "zero_weight_total"  // there are rows and all of their weights are 0
	UnknownCode       Refusal = "unknown_code"       // an answer outside the list of options
	ExclusiveConflict Refusal = "exclusive_conflict" // "none of these" together with another option
	MissingMargin     Refusal = "missing_margin"     // a row without a category of a margin
	UnknownCategory   Refusal = "unknown_category"   // a category without a target
	BadTarget         Refusal = "bad_target"         // a negative or missing target
	EmptyCategory     Refusal = "empty_category"     // a positive target without respondents
	TargetsDisagree   Refusal = "targets_disagree"   // margins whose totals differ
	NotConverged      Refusal = "not_converged"      // raking didn't settle
	TooFew            Refusal = "too_few"            // fewer rows than the model needs
	Degenerate        Refusal = "degenerate"         // the model has no finite estimate
	BandsOverlap      Refusal = "bands_overlap"      // a rate that falls into two bands
	BandsGap          Refusal = "bands_gap"          // a rate that falls into none
	NegativeTime      Refusal = "negative_time"      // a time before the start
	NegativeValue     Refusal = "negative_value"     // a negative amount
	DuplicateMonth    Refusal = "duplicate_month"    // a month that occurs twice
	MonthGap          Refusal = "month_gap"          // a month that is left out
	BadStart          Refusal = "bad_start"          // months that start at neither 0 nor 1
	BinsOverlap       Refusal = "bins_overlap"       // a bin that reaches into the next
	BinsGap           Refusal = "bins_gap"           // whole numbers between two bins
	OpenBinInside     Refusal = "open_bin_inside"    // an open bin that isn't the last
	BadCount          Refusal = "bad_count"          // a negative or missing count
	NotACount         Refusal = "not_a_count"        // a negative or fractional value where a count is needed
	CannotProtect     Refusal = "cannot_protect"     // no allowed suppression protects every primary cell
	CannotTrim        Refusal = "cannot_trim"        // a cap below the mean weight
)

// level95 returns the level of an option struct: DefaultLevel where none is set.
func level95(level float64) float64 {
	if level == 0 {
		return DefaultLevel
	}
	return level
}

// badLevel says whether a confidence level is outside (0, 1).
func badLevel(level float64) bool { return !(level > 0 && level < 1) }
