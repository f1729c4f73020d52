package hanzi

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
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
	f := folder{out: make([]byte, 0, len(s)), last: '\n'}
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if n == len(s) || !mayBeMark(s[n:]) {
			if to := single(r); to != 0 {
				f.put(to)
				s = s[n:]
				continue
			}
		}
		n = cluster(s)
		for _, r := range folded(s[:n]) {
			f.put(r)
		}
		s = s[n:]
	}
	return string(f.out)
}

// folder writes a searchable text.
type folder struct {
	out   []byte
	last  rune
	space bool // white space was seen since the last character
}

func (f *folder) put(r rune) {
	switch {
	case r == '\n':
		if f.last != '\n' {
			f.out = append(f.out, '\n')
		}
		f.last, f.space = '\n', false
	case isSpace(r):
		f.space = true
	case r < ' ' || r >= 0x7f && r < firstHan && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r)) || r > lastHan && unicode.Is(unicode.Cf, r):
	default:
		if f.space && f.last != '\n' && !solid(f.last) && !solid(r) {
			f.out = append(f.out, ' ')
		}
		f.out = utf8.AppendRune(f.out, r)
		f.last, f.space = r, false
	}
}

// The characters that nearly all Chinese text is made of.
const firstHan, lastHan = 0x4e00, 0x9fff

// mayBeMark reports whether a text may begin with a combining mark. Neither
// ASCII nor the frequent Han characters nor the Chinese comma and its like are,
// and their first bytes tell.
func mayBeMark(s string) bool {
	switch {
	case s[0] < 0xc2 || s[0] >= 0xe4 && s[0] <= 0xe9 || len(s) < 3:
		return s[0] >= 0xc2 && len(s) < 3
	case s[0] == 0xe3:
		return s[1] != 0x80 || s[2] >= 0xaa // beyond U+3029
	case s[0] == 0xef:
		return s[1] != 0xbc // not U+FF00 to U+FF3F
	}
	return true
}

// single is what a character alone becomes, 0 = ask folded.
func single(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r < utf8.RuneSelf:
		return r
	case firstHan <= r && r <= lastHan:
		return hanVariants()[r-firstHan]
	case 0xff01 <= r && r <= 0xff3f: // the full-width forms of ASCII
		return single(r - 0xff01 + '!')
	case r == '。' || r == '、':
		return r
	}
	return 0
}

// hanVariants is variants as a table of the frequent characters.
var hanVariants = sync.OnceValue(func() []rune {
	table := make([]rune, lastHan-firstHan+1)
	for i := range table {
		table[i] = firstHan + rune(i)
	}
	for from, to := range variants() {
		if firstHan <= from && from <= lastHan {
			table[from-firstHan] = to
		}
	}
	return table
})

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

// Pair is the gram of two neighbours.
func Pair(a, b rune) Gram { return Gram(a)<<gramBits | Gram(b) }

// IsPair reports whether a gram is of two characters.
func (g Gram) IsPair() bool { return g>>gramBits != 0 && g>>(2*gramBits) == 0 }

// next gives the character at i of a text in UTF-16 and the place after it.
func next(text []uint16, i int) (rune, int) {
	r := rune(text[i])
	if utf16.IsSurrogate(r) && i+1 < len(text) {
		return utf16.DecodeRune(r, rune(text[i+1])), i + 2
	}
	return r, i + 1
}

// Grams calls each with the terms of a Searchable text in UTF-16, repeats
// included, such that every substring can be found by terms of its own: each
// character, each two neighbours, and of scripts with few letters each three, the
// middle one possibly a space, since two letters of those tell little. Terms
// whose first character mine refuses are left out.
func Grams(text []uint16, mine func(rune) bool, each func(Gram)) {
	var a, b, c rune       // the two characters before, and this one
	var ofA, ofB, ofC bool // are the terms that begin with it wanted
	for i := 0; i < len(text); {
		c, i = next(text, i)
		if c == '\n' {
			a, b, ofA, ofB = 0, 0, false, false
			continue
		}
		ofC = c != ' ' && mine(c)
		if c != ' ' {
			if ofC {
				each(Gram(c))
			}
			if ofB {
				each(Pair(b, c))
			}
			if ofA && !solid(a) && !solid(b) && !solid(c) {
				each(Gram(a)<<(2*gramBits) | Pair(b, c))
			}
		}
		a, b, ofA, ofB = b, c, ofB, ofC
	}
}

// Threes calls each with the three neighbours that Grams leaves out, where both
// of their pairs are frequent: two characters that stand on many pages say little
// of which page has them side by side with a third.
func Threes(text []uint16, frequent func(a, b rune) bool, mine func(rune) bool, each func(Gram)) {
	var a, b, c rune
	before := false // the pair a b is frequent
	for i := 0; i < len(text); {
		c, i = next(text, i)
		if c == '\n' || c == ' ' {
			a, b, before = 0, 0, false
			continue
		}
		now := b != 0 && frequent(b, c)
		if before && now && (solid(a) || solid(b) || solid(c)) && mine(a) {
			each(Gram(a)<<(2*gramBits) | Pair(b, c))
		}
		a, b, before = b, c, now
	}
}
