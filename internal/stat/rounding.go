package stat

import (
	"math"
	"math/bits"
	"slices"
)

// RoundedPercent are percentages of counts in units of 10^-digits percent.
type RoundedPercent struct {
	Units       []int64 // adding up to exactly 100%: largest remainders
	Independent []int64 // each rounded half up on its own
}

// RoundPercent turns counts into percentages with 0 to 9 digits, in exact integers. Units floors every share and gives the
// units that are missing to the largest remainders, ties to the earlier item (Hamilton). Both are nil where all
// counts are 0. Refuses NotACount for a missing, negative, fractional or unreasonable (above 2^53) count and for other
// digits.
func RoundPercent(counts []float64, digits int) (RoundedPercent, error) {
	if digits < 0 || digits > 9 {
		return RoundedPercent{}, NotACount
	}
	var n uint64
	for _, c := range counts {
		if !isCount(c) || n > 1<<62 {
			return RoundedPercent{}, NotACount
		}
		n += uint64(c)
	}
	if n == 0 {
		return RoundedPercent{}, nil
	}
	unit := uint64(math.Pow10(digits + 2))
	out := RoundedPercent{make([]int64, len(counts)), make([]int64, len(counts))}
	rest, left := make([]uint64, len(counts)), int64(unit)
	for i, c := range counts {
		hi, lo := bits.Mul64(uint64(c), unit)
		q, r := bits.Div64(hi, lo, n)
		out.Units[i], rest[i] = int64(q), r
		left -= int64(q)
		out.Independent[i] = int64(q) + int64(count(r >= n-r))
	}
	for _, i := range byRemainder(rest)[:left] {
		out.Units[i]++
	}
	return out, nil
}

// isCount says whether a number is a count that float64 holds exactly.
func isCount(v float64) bool { return v >= 0 && v == math.Trunc(v) && v <= 1<<53 }

// byRemainder are the positions by descending remainder, ties in their order.
func byRemainder(rest []uint64) []int {
	at := make([]int, len(rest))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int {
		switch {
		case rest[a] > rest[b]:
			return -1
		case rest[a] < rest[b]:
			return 1
		}
		return 0
	})
	return at
}
