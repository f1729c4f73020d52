package bitmap_test

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"benchbook/internal/chart"
	"benchbook/internal/chart/bitmap"
)

// TestEveryKindIsDrawn draws the saved file of every kind of figure, twice.
func TestEveryKindIsDrawn(t *testing.T) {
	for _, k := range chart.Kinds() {
		svg, err := chart.Standalone(k.Example())
		if err != nil {
			t.Fatalf("%s: %v", k.Name, err)
		}
		out, err := bitmap.PNG(svg, 1080)
		if err != nil {
			t.Errorf("%s: %v", k.Name, err)
			continue
		}
		again, _ := bitmap.PNG(svg, 1080)
		if !bytes.Equal(out, again) {
			t.Errorf("%s: two drawings differ", k.Name)
		}
		img, err := png.Decode(bytes.NewReader(out))
		if err != nil || img.Bounds().Dx() != 1080 || img.Bounds().Dy() < 300 {
			t.Errorf("%s: %v, %v", k.Name, img.Bounds(), err)
		}
	}
}

func draw(t *testing.T, marks string) func(x, y int) color.RGBA {
	t.Helper()
	img, err := bitmap.Draw([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 0 100 50" fill="#1b1f24">`+marks+`</svg>`), 200)
	if err != nil {
		t.Fatal(err)
	}
	return img.RGBAAt
}

// TestMarksStandWhereTheyAreSaid looks at single pixels: units are two pixels, x begins at −10.
func TestMarksStandWhereTheyAreSaid(t *testing.T) {
	red, white := color.RGBA{255, 0, 0, 255}, color.RGBA{255, 255, 255, 255}
	for _, c := range []struct {
		marks string
		in    [][2]int
		out   [][2]int
	}{
		{`<rect x="0" y="10" width="20" height="10" fill="#ff0000"/>`, [][2]int{{20, 20}, {59, 39}}, [][2]int{{19, 20}, {60, 20}, {20, 19}, {20, 40}}},
		{`<line x1="0" y1="20" x2="20" y2="20" stroke="#ff0000" stroke-width="4"/>`, [][2]int{{20, 36}, {59, 43}}, [][2]int{{20, 35}, {20, 44}, {61, 40}}},
		{`<line x1="0" y1="20" x2="60" y2="20" stroke="#ff0000" stroke-width="4" stroke-dasharray="6 4"/>`, [][2]int{{21, 40}, {42, 40}}, [][2]int{{34, 40}}},
		{`<circle cx="20" cy="20" r="10" fill="#ff0000"/>`, [][2]int{{60, 40}, {60, 22}, {78, 40}}, [][2]int{{43, 23}, {60, 18}}},
		{`<path d="M0 0L20 0L20 20Z" fill="#ff0000"/>`, [][2]int{{50, 10}}, [][2]int{{22, 30}}},
		{`<path d="M0 0H20V20" fill="none" stroke="#ff0000" stroke-width="4"/>`, [][2]int{{30, 1}, {58, 30}}, [][2]int{{40, 20}}},
		{`<rect x="0" y="0" width="20" height="20" fill="none"/><rect width="0" height="5" fill="#ff0000"/>`, nil, [][2]int{{30, 20}}},
	} {
		at := draw(t, c.marks)
		for _, p := range c.in {
			if at(p[0], p[1]) != red {
				t.Errorf("%s: %v is %v", c.marks, p, at(p[0], p[1]))
			}
		}
		for _, p := range c.out {
			if at(p[0], p[1]) != white {
				t.Errorf("%s: %v is %v", c.marks, p, at(p[0], p[1]))
			}
		}
	}
	half := draw(t, `<rect x="0" y="0" width="20" height="20" fill="#000000" fill-opacity="0.5"/>`)(30, 10)
	if half.R < 126 || half.R > 129 {
		t.Errorf("half of black on white is %v", half)
	}
	hatched := draw(t, `<pattern id="h"><rect/></pattern><rect x="0" y="0" width="60" height="20" fill="url(#h)"/>`)
	shades := map[color.RGBA]bool{}
	for x := 30; x < 60; x++ {
		shades[hatched(x, 20)] = true
	}
	if !shades[color.RGBA{0xee, 0xf0, 0xf2, 255}] || !shades[color.RGBA{0x7d, 0x85, 0x8f, 255}] {
		t.Errorf("hatching has the shades %v", shades)
	}
}

// ink counts the dark pixels of columns.
func ink(at func(x, y int) color.RGBA, from, to int) (n int) {
	for x := from; x < to; x++ {
		for y := range 100 {
			if at(x, y).G < 128 {
				n++
			}
		}
	}
	return n
}

func TestTextIsAnchored(t *testing.T) {
	const text = `<text x="40" y="30" font-size="20"%s>私域</text>`
	for anchor, where := range map[string][2]int{"": {100, 180}, "end": {20, 100}, "middle": {60, 140}} {
		at := draw(t, fmt.Sprintf(text, ` text-anchor="`+anchor+`"`))
		if all, there := ink(at, 0, 200), ink(at, where[0], where[1]); all < 300 || all != there {
			t.Errorf("%q: %d of %d dark pixels between %v", anchor, there, all, where)
		}
	}
	if thin, bold := ink(draw(t, fmt.Sprintf(text, "")), 0, 200), ink(draw(t, fmt.Sprintf(text, ` font-weight="600"`)), 0, 200); bold < thin*5/4 {
		t.Errorf("bold has %d dark pixels, regular %d", bold, thin)
	}
	if w := bitmap.Width("私域", 20, false); w != 40 {
		t.Errorf("two characters of 20 pixels are %v wide", w)
	}
}

// TestFacesHaveWhatReportsNeed looks for the signs of figures and both scripts.
func TestFacesHaveWhatReportsNeed(t *testing.T) {
	for _, r := range "私域运营導流率團隊預算企業微信％—…·～「」《》①≥≤≈±×÷→↑↓−–°€￥ABCxyzäéü0123456789，。；：？！（）＋＝" {
		if !bitmap.Has(r) {
			t.Errorf("no %c", r)
		}
	}
	if bitmap.Has('🙂') {
		t.Error("a face cannot be told from a hole")
	}
	if ink(draw(t, `<text x="0" y="40" font-size="30">🙂</text>`), 0, 200) == 0 {
		t.Error("what is lacking leaves no trace")
	}
}

func TestRefusals(t *testing.T) {
	for svg, want := range map[string]string{
		``:     "no svg",
		`<p/>`: "no svg",
		`<svg viewBox="0 0 10 10"><image/></svg>`:                     "<image>",
		`<svg viewBox="0 0 10 10"><path d="M0 0C1 1 2 2 3 3"/></svg>`: "command",
		`<svg viewBox="0 0 10"/>`:                                     "viewBox",
		`<svg viewBox="0 0 1 1000000"/>`:                              "pixels",
		`<svg viewBox="0 0 10 10"><rect fill="red"/></svg>`:           "paint",
		`<svg viewBox="0 0 10 10"><rect`:                              "EOF",
	} {
		if _, err := bitmap.PNG([]byte(svg), 100); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", svg, err, want)
		}
	}
}

func FuzzPNG(f *testing.F) {
	f.Add(`<rect x="1e300" y="-5" width="9" height="NaN" fill="#123456" stroke="#000000" stroke-dasharray="1 1"/>`)
	f.Add(`<path d="M0 0L1-1Z"/><text x="-1e9" y="0" font-size="1e6">字</text>`)
	f.Fuzz(func(t *testing.T, marks string) {
		_, _ = bitmap.PNG([]byte(`<svg viewBox="0 0 20 10">`+marks+`</svg>`), 40) // must not panic or hang
	})
}

func BenchmarkPNG(b *testing.B) {
	svg, err := chart.Standalone(chart.Kinds()[0].Example())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := bitmap.PNG(svg, 1080); err != nil {
			b.Fatal(err)
		}
	}
}
