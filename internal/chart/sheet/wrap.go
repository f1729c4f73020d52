package sheet

import (
	"strings"
	"unicode"
)

// Ellipsis ends a label that was cut; the full text stands in the data table.
const Ellipsis = "…"

// neverFirst are marks that may not stand at the start of a line, neverLast those that may not end one.
const (
	neverFirst = "，。、；：？！）》」』】〕％%,.;:?!)]}…—·～"
	neverLast  = "（《「『【〔([{￥$#＃"
)

// Wrap breaks text into at most most lines that are no wider than limit pixels, and ends the last one with an ellipsis
// when text is left over. Han text breaks between characters, other text at spaces, and within a word only when the word
// alone is wider than the line. There is always at least one line. Text must have been cleaned.
func Wrap(s string, limit, size float64, bold bool, most int) []string {
	var lines []string
	rest := []rune(s)
	for len(lines) < most-1 && TextWidth(string(rest[:min(len(rest), 200)]), size, bold) > limit {
		n := breakAt(rest, limit, size, bold)
		line := Fit(strings.TrimSpace(string(rest[:n])), limit, size, bold) // one character can be wider than the line
		lines = append(lines, line)
		rest = []rune(strings.TrimSpace(string(rest[n:])))
	}
	return append(lines, Fit(string(rest), limit, size, bold))
}

// Fit cuts a line to a width and marks the cut by an ellipsis.
func Fit(s string, limit, size float64, bold bool) string {
	whole := []rune(s)
	n := fitting(whole, limit, size, bold)
	if n == len(whole) {
		return s
	}
	n = fitting(whole, limit-TextWidth(Ellipsis, size, bold), size, bold)
	if n == 0 {
		return Ellipsis
	}
	return strings.TrimSpace(string(whole[:n])) + Ellipsis
}

// fitting is how many characters from the start fit into limit.
func fitting(s []rune, limit, size float64, bold bool) int {
	em := limit / size
	if bold {
		em /= boldFactor
	}
	for i, r := range s {
		if em -= runeWidth(r); em < -1e-9 {
			return wholeCluster(s, i)
		}
	}
	return len(s)
}

// wholeCluster moves a cut back so that it does not part a letter from its marks or an emoji from what it joins.
func wholeCluster(s []rune, i int) int {
	for i > 0 && i < len(s) && (runeWidth(s[i]) == 0 || s[i-1] == 0x200d) {
		i--
	}
	return i
}

// breakAt is the number of characters of the first line: the last allowed break that fits, else what fits, at least one.
func breakAt(s []rune, limit, size float64, bold bool) int {
	fit := fitting(s, limit, size, bold)
	for n := fit; n >= max(1, fit/2); n-- {
		if mayBreak(s, n) {
			return n
		}
	}
	return max(1, fit)
}

// mayBreak reports whether a line may end before s[n].
func mayBreak(s []rune, n int) bool {
	if n >= len(s) {
		return true
	}
	before, after := s[n-1], s[n]
	switch {
	case strings.ContainsRune(neverFirst, after) || strings.ContainsRune(neverLast, before):
		return false
	case before == '-' && unicode.IsDigit(after): // a date, a telephone number
		return false
	case before == ' ' || after == ' ' || before == '/' || before == '-':
		return true
	}
	return unicode.Is(unicode.Han, before) || unicode.Is(unicode.Han, after)
}
