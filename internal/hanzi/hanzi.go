// Package hanzi holds what Chinese text asks of a program that knows nothing of
// pages: anchors and addresses made from Chinese headings, counts, excerpts,
// folding and n-grams for search, traditional Chinese out of simplified, the
// joining of wrapped lines, and a lint for half-width marks in Chinese sentences.
//
// In: strings. Out: strings, counts and byte offsets. It refuses HTML, files
// and languages other than those written with Han characters and what is mixed
// into them. Search knows no words, because a dictionary of words goes stale and
// n-grams find every substring without one; only the conversion has phrases, for
// a character has several traditional forms and its neighbours tell which.
package hanzi

import "unicode"

// IsHan reports whether r is a Chinese character (not a mark or a digit).
func IsHan(r rune) bool {
	return r >= 0x3007 && unicode.Is(unicode.Han, r)
}

// IsMark reports whether r is a full-width or otherwise Chinese punctuation
// mark. Curly quotes count: Chinese sentences have no others.
func IsMark(r rune) bool {
	switch {
	case r >= 0x3001 && r <= 0x3003, r >= 0x3008 && r <= 0x3011, r >= 0x3014 && r <= 0x301f:
		return true
	case r >= 0xff01 && r <= 0xff0f, r >= 0xff1a && r <= 0xff20, r >= 0xff3b && r <= 0xff40, r >= 0xff5b && r <= 0xff65:
		return true
	}
	return r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—' || r == '·'
}

// isCJK reports whether r is set solid, without spaces between words.
func isCJK(r rune) bool {
	return IsHan(r) || IsMark(r) || r == 0x3000 || unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo)
}

// IsCJK reports whether r is a character or mark of a script that is written
// without spaces: Han, kana, bopomofo and their punctuation.
func IsCJK(r rune) bool { return r >= 0x2014 && isCJK(r) || r == '·' }

// Joins reports whether a line ending in before and one beginning with after
// continue without a space: a wrapped Chinese line does, an English one does not.
func Joins(before, after rune) bool { return IsCJK(before) && IsCJK(after) }

// Count gives the length of a text as Chinese editors count it (字数): each Han
// character and each run of other letters or digits is one; marks and spaces
// are none.
func Count(s string) (n int) {
	word := false
	for _, r := range s {
		switch {
		case IsHan(r):
			n, word = n+1, false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !word {
				n++
			}
			word = true
		case unicode.IsMark(r) || (word && isInner(r)):
		default:
			word = false
		}
	}
	return n
}

// isInner reports whether r may stand inside one word or number: 59.5, it's.
func isInner(r rune) bool { return r == '.' || r == '\'' || r == '-' || r == '_' || r == ',' }

// CountHan counts the Han characters alone.
func CountHan(s string) (n int) {
	for _, r := range s {
		if IsHan(r) {
			n++
		}
	}
	return n
}
