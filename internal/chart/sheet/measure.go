package sheet

import (
	"unicode"

	"golang.org/x/text/width"
)

// boldFactor is how much wider bold text is than regular text.
const boldFactor = 1.03

// asciiWidths gives the width of the characters from space to tilde in hundredths of an em: for each the wider of
// Arial's and Source Han Sans', the two designs that the usual faces of all systems follow; digits as wide as Apple's.
var asciiWidths = [95]uint8{
	28, 32, 47, 56, 56, 92, 68, 28, 34, 34, 47, 58, 28, 35, 28, 39, // space to slash
	62, 62, 62, 62, 62, 62, 62, 62, 62, 62, 28, 28, 58, 58, 58, 56, // 0 to ?
	102, 67, 67, 72, 72, 67, 61, 78, 73, 29, 53, 67, 56, 83, 72, 78, // @ to O
	67, 78, 72, 67, 61, 72, 67, 94, 67, 67, 61, 34, 39, 34, 55, 56, // P to _
	61, 56, 62, 51, 62, 56, 32, 61, 61, 27, 27, 55, 28, 93, 61, 61, // ` to o
	62, 62, 39, 50, 38, 61, 52, 80, 50, 52, 50, 34, 27, 34, 58, // p to ~
}

// TextWidth is the width of one line of text in pixels at a font size, as wide as the usual faces may draw it.
func TextWidth(s string, size float64, bold bool) float64 {
	em := 0.0
	for _, r := range s {
		em += runeWidth(r)
	}
	if bold {
		em *= boldFactor
	}
	return em * size
}

// runeWidth is the width of one character in em.
func runeWidth(r rune) float64 {
	switch {
	case r >= 0x20 && r < 0x7f:
		return float64(asciiWidths[r-0x20]) / 100
	case r >= 0x4e00 && r <= 0x9fff:
		return 1
	case r == 0x200c || r == 0x200d || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
		return 0
	case r >= 0x1f000 && r <= 0x1faff:
		return 1.4 // emoji faces differ: 1 to 1.37
	}
	return wideOrOther(r)
}

// wideOrOther measures what is neither ASCII nor a common Han character. Ambiguous characters (— … · “ ”) count as wide,
// because Chinese faces draw them so; letters of other scripts count by their class, rather too wide than too narrow.
func wideOrOther(r rune) float64 {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return 1
	case width.EastAsianHalfwidth:
		return 0.5
	}
	switch {
	case r < 0x250 && unicode.IsLower(r):
		return 0.62
	case r < 0x590 && r != 0x1c4:
		return 1
	case r == 0xfdfd || r >= 0x12000 && r <= 0x1254f:
		return 4 // signs that are whole phrases; a face that has them draws them very wide
	}
	return 1.1
}
