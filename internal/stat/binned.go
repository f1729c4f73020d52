package stat

import (
	"math"
	"slices"
	"strconv"
)

// Bin is a range of whole numbers Lo … Hi with a count; Hi NaN: open ("11 and more").
type Bin struct{ Lo, Hi, Count float64 }

// label is "lo-hi" or "lo+".
func (b Bin) label() string {
	lo := strconv.FormatFloat(b.Lo, 'f', -1, 64)
	if math.IsNaN(b.Hi) {
		return lo + "+"
	}
	return lo + "-" + strconv.FormatFloat(b.Hi, 'f', -1, 64)
}

// BinnedValue is a quantile from bins and the bin that it lies in. Value is NaN in the open bin: all that is known there
// is "at least". Bin is "" without counts.
type BinnedValue struct {
	Value float64
	Bin   string
}

// BinShare is the share of one bin with its Wilson interval.
type BinShare struct {
	Count, Share float64
	Interval
}

// Binned is a grouped distribution of whole numbers, in ascending order of bins. Make it with NewBinned.
type Binned struct {
	N    float64
	Bins []Bin
}

// NewBinned sorts bins and checks them: BinsOverlap, OpenBinInside, BinsGap, BadCount are refused, in this order.
func NewBinned(bins []Bin) (Binned, error) {
	bins = slices.Clone(bins)
	slices.SortStableFunc(bins, func(a, b Bin) int { return compare(a.Lo, b.Lo) })
	inside := bins[:max(0, len(bins)-1)]
	for i, b := range inside {
		if b.Hi >= bins[i+1].Lo {
			return Binned{}, BinsOverlap
		}
	}
	if slices.ContainsFunc(inside, func(b Bin) bool { return math.IsNaN(b.Hi) }) {
		return Binned{}, OpenBinInside
	}
	for i, b := range inside {
		if bins[i+1].Lo-b.Hi > 1+1e-9 {
			return Binned{}, BinsGap
		}
	}
	if slices.ContainsFunc(bins, func(b Bin) bool { return !(b.Count >= 0) || math.IsInf(b.Count, 0) }) {
		return Binned{}, BadCount
	}
	return Binned{sum(len(bins), func(i int) float64 { return bins[i].Count }), bins}, nil
}

// BinnedQuantile is NewBinned followed by Quantile.
func BinnedQuantile(bins []Bin, q float64) (BinnedValue, error) {
	b, err := NewBinned(bins)
	if err != nil {
		return BinnedValue{Value: math.NaN()}, err
	}
	return b.Quantile(q), nil
}

// Quantile interpolates within a bin between its real limits lo - ½ and hi + ½ (grouped data).
func (b Binned) Quantile(q float64) BinnedValue {
	out := BinnedValue{Value: math.NaN()}
	target, below := q*b.N, 0.0
	for _, bin := range b.Bins {
		if bin.Count <= 0 {
			continue
		}
		lo, hi := bin.Lo-0.5, bin.Hi+0.5
		out = BinnedValue{lo + (target-below)/bin.Count*(hi-lo), bin.label()}
		below += bin.Count
		if below >= target-1e-9 {
			break
		}
	}
	return out
}

// Shares returns the share of every bin.
func (b Binned) Shares(level float64) []BinShare {
	out := make([]BinShare, len(b.Bins))
	for i, bin := range b.Bins {
		out[i] = BinShare{bin.Count, ratioOf(bin.Count, b.N), Wilson(bin.Count, b.N, level)}
	}
	return out
}

// BinCounts are exact values put into bins.
type BinCounts struct {
	N          int
	BelowFirst int // values below the first bin
	Counts     []int
	Median     float64 // of the values themselves
}

// BinExact counts whole numbers (NaN: missing) into bins given by their first values: x belongs to the last bin whose
// first value is at most x. Refuses NotACount for a negative or fractional value.
func BinExact(x, lower []float64) (BinCounts, error) {
	values := Sorted(x)
	starts := Sorted(lower)
	out := BinCounts{N: len(values), Counts: make([]int, len(starts)), Median: Quantile(values, 0.5)}
	for _, v := range values {
		if v < 0 || v != math.Floor(v) || math.IsInf(v, 0) {
			return BinCounts{}, NotACount
		}
		k, found := slices.BinarySearch(starts, v)
		switch {
		case found:
			out.Counts[k]++
		case k == 0:
			out.BelowFirst++
		default:
			out.Counts[k-1]++
		}
	}
	return out, nil
}
