package client

import (
	"fmt"
	"regexp"
	"strconv"

	"benchbook/internal/chart/sheet"
	"benchbook/internal/diag"
)

// Brand is the one colour of a client, made fit for both grounds.
type Brand struct{ Light, Dark Palette }

// Palette is what the accent and its tint are on one ground, as #rrggbb.
type Palette struct{ Accent, Tint, OnAccent string }

// least is the contrast that WCAG 2.2 asks of text (1.4.3).
const least = 4.5

// The grounds of the built-in theme that an accent is read on.
var (
	lightPanel = "#f5f6f7"
	darkPanel  = "#1c2126"
)

// defaultAccent is the theme's own.
const defaultAccent = "#0f665a"

var colourForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// NewBrand computes both palettes of an accent written as #rrggbb. dark "" lets
// the accent of dark pages be computed: the accent mixed with white until it can
// be read. The problem names the measured ratio where one cannot be.
func NewBrand(accent, dark string) (Brand, diag.Text, bool) {
	for _, c := range []string{accent, dark} {
		if c != "" && !colourForm.MatchString(c) {
			return Brand{}, diag.T("颜色 %q 不是 #rrggbb 形式（小写）", "colour %q is not #rrggbb in lower case", c), false
		}
	}
	light := Palette{accent, mix(accent, sheet.LightPage, 0.09), sheet.LightPage}
	if dark == "" {
		dark = readable(accent)
	}
	b := Brand{light, Palette{dark, mix(dark, sheet.DarkPage, 0.12), "#0d1513"}}
	if ratio := b.Light.worst(sheet.LightPage, lightPanel); ratio < least {
		return Brand{}, diag.T("颜色 %s 在浅色页面上对比度只有 %s:1，要到 4.5:1", "colour %s has a contrast of %s:1 on light pages, 4.5:1 is needed", accent, short(ratio)), false
	}
	if ratio := b.Dark.worst(sheet.DarkPage, darkPanel); ratio < least {
		return Brand{}, diag.T("颜色 %s 在深色页面上对比度只有 %s:1，要到 4.5:1", "colour %s has a contrast of %s:1 on dark pages, 4.5:1 is needed", dark, short(ratio)), false
	}
	return b, diag.Text{}, true
}

// short cuts, and does not round up to what is asked.
func short(ratio float64) string {
	return strconv.FormatFloat(float64(int(ratio*100))/100, 'f', 2, 64)
}

// readable lightens an accent in steps until it can be read on dark grounds.
func readable(accent string) string {
	for share := 1.0; share > 0; share -= 0.05 {
		c := mix(accent, "#ffffff", share)
		if (Palette{c, mix(c, sheet.DarkPage, 0.12), "#0d1513"}).worst(sheet.DarkPage, darkPanel) >= least+1 {
			return c
		}
	}
	return "#ffffff"
}

// worst is the least contrast that a reader meets: the accent on the page, on
// panels and on its own tint, and text on the accent.
func (p Palette) worst(page, panel string) float64 {
	return min(sheet.Contrast(p.Accent, page), sheet.Contrast(p.Accent, panel), sheet.Contrast(p.Accent, p.Tint), sheet.Contrast(p.OnAccent, p.Accent))
}

// mix is a share of one colour and the rest of another.
func mix(a, b string, share float64) string {
	x, y := channels(a), channels(b)
	var out [3]int
	for i := range out {
		out[i] = int(float64(x[i])*share + float64(y[i])*(1-share) + 0.5)
	}
	return fmt.Sprintf("#%02x%02x%02x", out[0], out[1], out[2])
}

func channels(colour string) [3]int {
	v, _ := strconv.ParseUint(colour[1:], 16, 32)
	return [3]int{int(v >> 16), int(v >> 8 & 255), int(v & 255)}
}

// Sheet is the style sheet that gives a report its colours.
func (b Brand) Sheet() []byte {
	set := func(p Palette) string {
		return fmt.Sprintf(":root{--accent:%s;--tint:%s;--on-accent:%s}", p.Accent, p.Tint, p.OnAccent)
	}
	return []byte(set(b.Light) + "@media screen and (prefers-color-scheme:dark){" + set(b.Dark) + "}\n")
}
