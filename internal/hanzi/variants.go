package hanzi

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/variants.txt
var variantsText string

// variants leads each character to the one that stands for all that a reader
// takes for it, simplified and traditional: 發 and 髮 to 发.
var variants = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for line := range strings.Lines(variantsText) {
		if group := []rune(strings.TrimSpace(line)); len(group) > 1 && group[0] != '#' {
			for _, r := range group[1:] {
				m[r] = group[0]
			}
		}
	}
	return m
})

// Variants gives the pairs of the search's folding as two texts of equal length,
// each character of the first standing under its representative in the second,
// in order of the data. Pairs whose representative keep refuses are left out: a
// page that lacks it can never match.
func Variants(keep func(rune) bool) (from, to string) {
	var a, b strings.Builder
	for line := range strings.Lines(variantsText) {
		group := []rune(strings.TrimSpace(line))
		if len(group) < 2 || group[0] == '#' || !keep(group[0]) {
			continue
		}
		for _, r := range group[1:] {
			a.WriteRune(r)
			b.WriteRune(group[0])
		}
	}
	return a.String(), b.String()
}
