package dataset

import (
	"unicode/utf8"
)

// validPrefix accepts UTF-8, also when the end of a full sample cuts the last character.
func validPrefix(b []byte) bool {
	cuts := 1
	if len(b) == encodingBlock {
		cuts = utf8.UTFMax
	}
	for cut := range cuts {
		if utf8.Valid(b[:len(b)-cut]) {
			return true
		}
	}
	return false
}

// utf8Runs counts the characters of several bytes that are valid UTF-8, and the
// bytes that are not: a damaged file is still what most of it is.
func utf8Runs(b []byte) (whole, broken int) {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			whole++
		}
		b = b[size:]
	}
	return whole, broken
}

// big5Pairs counts double bytes, those that are everyday characters or marks of
// Big5 (first byte A1 to C6), and those whose second byte is ASCII, which
// simplified Chinese in GB never has. Western text has its accented letters above C6.
func big5Pairs(b []byte) (frequent, low, all int) {
	for i := 0; i+1 < len(b); i++ {
		c, next := b[i], b[i+1]
		if c < 0x80 {
			continue
		}
		all++
		if c >= 0xa1 && c <= 0xc6 && (next >= 0x40 && next <= 0x7e || next >= 0xa1 && next != 0xff) {
			frequent++
			if next < 0x7f && c >= 0xa4 {
				low++
			}
		}
		i++
	}
	return frequent, low, all
}

// gbPairs counts double bytes that are everyday Chinese (GB2312: level-1 and
// level-2 characters and full-width marks, both bytes high) against those whose second byte is
// ASCII or that lie in the extension areas, which Western text makes of an
// accented letter and its neighbour ("é" + "e").
func gbPairs(b []byte) (common, odd, invalid int) {
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case c < 0x80:
			i++
		case i+1 >= len(b):
			i++ // cut by the sample's end, or a lone last byte
			if len(b) < encodingBlock {
				invalid++
			}
		case c == 0x80 || c == 0xff:
			invalid++
			i++
		case c >= 0xb0 && c <= 0xf7 && b[i+1] >= 0xa1 && b[i+1] != 0xff, c >= 0xa1 && c <= 0xa3 && b[i+1] >= 0xa1 && b[i+1] != 0xff:
			common++
			i += 2
		case i+3 < len(b) && b[i+1] >= 0x30 && b[i+1] <= 0x39 && b[i+2] >= 0x81 && b[i+2] != 0xff && b[i+3] >= 0x30 && b[i+3] <= 0x39:
			odd++
			i += 4
		case b[i+1] >= 0x40 && b[i+1] != 0x7f && b[i+1] != 0xff:
			odd++
			i += 2
		default:
			invalid++
			i++
		}
	}
	return common, odd, invalid
}
