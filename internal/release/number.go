package release

import (
	"math"
	"strconv"
	"strings"
)

// fixed writes a number with a fixed number of decimals and commas between
// thousands, rounded half away from zero. What was 14.5 before it became
// binary (14.499999999999998) rounds as 14.5 does: half a unit within 1e-12.
func fixed(x float64, decimals int) string {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return missingText
	}
	unit := math.Pow10(decimals)
	if scaled := math.Abs(x) * unit; scaled < 1<<52 {
		x = math.Copysign(math.Floor(float64(scaled*(1+1e-12))+0.5)/unit, x)
	}
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	sign := ""
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		text = rest
		if strings.Trim(text, "0.") != "" {
			sign = "-"
		}
	}
	whole, fraction, _ := strings.Cut(text, ".")
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + grouped(whole) + fraction
}

func grouped(digits string) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// countText writes a count: 1,152.
func countText(n int) string { return fixed(float64(n), 0) }

// decimalsFor is how many decimals show two to three digits of a number as
// large as top: 5.3, 41.2, 950, 0.042.
func decimalsFor(top float64) int {
	switch {
	case top >= 100 || top == 0 || math.IsNaN(top):
		return 0
	case top >= 1:
		return 1
	}
	return min(1-int(math.Floor(math.Log10(top))), 6)
}
