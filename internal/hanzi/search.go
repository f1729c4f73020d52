package hanzi

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold brings texts that a reader takes for the same to one form: width
// (ＡＢ１ → ab1), compatibility forms and case. It is NFKC and lower case, so that
// the browser can do the same to a query: s.normalize("NFKC").toLowerCase().
func Fold(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

// Grams cuts a folded text into the terms of a search index, in order of
// appearance and with repeats: of each run of CJK letters every n neighbours
// (the run itself where it is shorter), of other scripts each whole word.
// Marks and spaces separate and are not kept.
func Grams(s string, n int) []string {
	var terms []string
	var run []rune
	flush := func() {
		terms = append(terms, cut(run, n)...)
		run = run[:0]
	}
	for _, r := range Fold(s) {
		if !isTerm(r) {
			flush()
			continue
		}
		if len(run) > 0 && IsCJK(run[len(run)-1]) != IsCJK(r) {
			flush()
		}
		run = append(run, r)
	}
	flush()
	return terms
}

func isTerm(r rune) bool {
	return !IsMark(r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

func cut(run []rune, n int) []string {
	switch {
	case len(run) == 0:
		return nil
	case !IsCJK(run[0]) || len(run) <= n:
		return []string{string(run)}
	}
	terms := make([]string, 0, len(run)-n+1)
	for i := 0; i+n <= len(run); i++ {
		terms = append(terms, string(run[i:i+n]))
	}
	return terms
}
