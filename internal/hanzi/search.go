package hanzi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings texts that a reader takes for the same to one form: width
// (ＡＢ１ → ab1), compatibility forms and case. It is NFKC and lower case.
func Fold(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

// Compose gives every text its shortest canonical form (NFC), so that what is
// stored and what is typed are made of the same characters.
func Compose(s string) string { return norm.NFC.String(s) }

// Searchable is the form in which search compares a text and a query. As Fold,
// and simplified and traditional characters become one; what cannot be seen goes
// (controls, marks of direction, soft hyphens); a line end stays, as the wall
// between two blocks; other white space stays only between two letters of
// scripts that need it, as one space, for it is set by taste beside Han
// characters. The input is composed (Compose). The search page's script holds the same
// rules; each works on one character and its combining marks at a time.
func Searchable(s string) string {
	out := make([]byte, 0, len(s))
	last, space := '\n', false
	for len(s) > 0 {
		n := cluster(s)
		for _, r := range folded(s[:n]) {
			switch {
			case r == '\n':
				if last != '\n' {
					out = append(out, '\n')
				}
				last, space = '\n', false
			case isSpace(r):
				space = true
			case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r):
			default:
				if space && last != '\n' && !solid(last) && !solid(r) {
					out = append(out, ' ')
				}
				out = utf8.AppendRune(out, r)
				last, space = r, false
			}
		}
		s = s[n:]
	}
	return string(out)
}

// cluster is the length of the first character and the combining marks on it.
func cluster(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	for n < len(s) && s[n] >= utf8.RuneSelf {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsMark(r) {
			break
		}
		n += size
	}
	return n
}

// folded is one cluster in lower case and in the characters that stand for it.
func folded(c string) string {
	if len(c) == 1 {
		if 'A' <= c[0] && c[0] <= 'Z' {
			return string(rune(c[0]) + 'a' - 'A')
		}
		return c
	}
	if r, n := utf8.DecodeRuneInString(c); n == len(c) && 0x4e00 <= r && r <= 0x9fff {
		if to, ok := variants()[r]; ok {
			return string(to)
		}
		return c
	}
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		if to, ok := variants()[r]; ok {
			return to
		}
		return r
	}, norm.NFKC.String(c))
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\v' || r == '\f' || r == '\r' || r == 0x85 || r >= 0xa0 && unicode.IsSpace(r)
}

// solid reports whether a character is set without spaces: CJK characters, their
// marks and kana. The bounds are plain so that the script can have the same.
func solid(r rune) bool {
	return r >= 0x2e80 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe4f || r >= 0x20000 && r <= 0x3ffff
}

// Gram is a term of the search index: one to three neighbouring characters of a
// Searchable text, the last in the lowest 21 bits.
type Gram uint64

const gramBits = 21

func (g Gram) String() string {
	var text []rune
	for shift := 2 * gramBits; shift >= 0; shift -= gramBits {
		if r := rune(g >> shift & (1<<gramBits - 1)); r != 0 {
			text = append(text, r)
		}
	}
	return string(text)
}

// Hash spreads grams over shards; the search page's script computes the same.
func (g Gram) Hash() uint32 {
	h := uint32(2166136261)
	for shift := 2 * gramBits; shift >= 0; shift -= gramBits {
		if r := uint32(g >> shift & (1<<gramBits - 1)); r != 0 {
			h = (h ^ r) * 16777619
		}
	}
	return h ^ h>>15
}

// Grams calls each with the terms of a Searchable text, repeats included, such
// that every substring can be found by terms of its own: each character, each
// two neighbours, and of scripts with few letters each three, the middle one
// possibly a space, since two letters of those tell little.
func Grams(text string, each func(Gram)) {
	var a, b rune // the two characters before
	for _, c := range text {
		if c == '\n' {
			a, b = 0, 0
			continue
		}
		if c != ' ' {
			each(Gram(c))
			if b != 0 && b != ' ' {
				each(Gram(b)<<gramBits | Gram(c))
			}
			if a != 0 && a != ' ' && !solid(a) && !solid(b) && !solid(c) {
				each(Gram(a)<<(2*gramBits) | Gram(b)<<gramBits | Gram(c))
			}
		}
		a, b = b, c
	}
}

// Threes calls each with the three neighbours that Grams leaves out, where both
// of their pairs are frequent: two characters that stand on many pages say little
// of which page has them side by side with a third.
func Threes(text string, frequent func(Gram) bool, each func(Gram)) {
	var a, b rune
	before := false // the pair a b is frequent
	for _, c := range text {
		if c == '\n' || c == ' ' {
			a, b, before = 0, 0, false
			continue
		}
		now := b != 0 && frequent(Gram(b)<<gramBits|Gram(c))
		if before && now && (solid(a) || solid(b) || solid(c)) {
			each(Gram(a)<<(2*gramBits) | Gram(b)<<gramBits | Gram(c))
		}
		a, b, before = b, c, now
	}
}
