package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostMarks is how many combining marks may follow one character; more would climb over the lines above.
const mostMarks = 2

// Clean makes a label from any bytes fit for XML and for one line: runes that XML forbids, bidirectional controls,
// invisible formatting and bytes that are no UTF-8 go away, runs of white space become one space, and a letter keeps at
// most two combining marks. Clean(Clean(s)) is Clean(s).
func Clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	marks, space := 0, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case r == utf8.RuneError || invisible(r):
			continue
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
			if marks++; marks > mostMarks {
				continue
			}
		default:
			marks = 0
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// plain reports whether s needs no cleaning; nearly every label does not.
func plain(s string) bool {
	before := ' ' // a space at the start is not plain
	for _, r := range s {
		han := r >= 0x4e00 && r <= 0x9fff
		ascii := r >= 0x20 && r < 0x7f
		if !han && !ascii || r == ' ' && before == ' ' {
			return false
		}
		before = r
	}
	return s == "" || before != ' '
}

// invisible holds for controls, bidirectional and other format characters, surrogates, private use and unassigned code
// points. The joiners stay: scripts of India and families of emoji need them.
func invisible(r rune) bool {
	if r == 0x200c || r == 0x200d {
		return false
	}
	if r >= 0xfe00 && r <= 0xfe0f { // variation selectors choose the form of an emoji
		return false
	}
	return !unicode.IsGraphic(r)
}
