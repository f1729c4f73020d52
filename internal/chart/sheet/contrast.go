package sheet

import (
	"math"
	"strconv"
)

// Contrast is the contrast ratio of two sRGB colours such as #1d8071, from 1 to 21, as WCAG 2.2 defines it.
func Contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(hex string) float64 {
	r, g, b := linearRGB(hex)
	return 0.2126*r + 0.7152*g + 0.0722*b
}

// linearRGB decodes the sRGB transfer curve (IEC 61966-2-1) of a #rrggbb colour.
func linearRGB(hex string) (r, g, b float64) {
	v, _ := strconv.ParseUint(hex[1:], 16, 32) // the palette is ours; a test parses every entry
	return decode(v >> 16 & 255), decode(v >> 8 & 255), decode(v & 255)
}

func decode(c uint64) float64 {
	u := float64(c) / 255
	if u <= 0.04045 {
		return u / 12.92
	}
	return math.Pow((u+0.055)/1.055, 2.4)
}
