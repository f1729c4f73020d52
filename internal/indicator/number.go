package indicator

import "strconv"

// numberText is a number in its shortest exact form.
func numberText(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// wholeNumber reads a text of digits, as years and counts are.
func wholeNumber(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}

// roundTo takes the binary noise out of a decimal that was scaled by 100.
func roundTo(x float64, decimals int) float64 {
	out, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', decimals, 64), 64)
	if err != nil {
		return x
	}
	return out
}
