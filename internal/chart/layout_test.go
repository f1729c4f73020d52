package chart

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"benchbook/internal/chart/sheet"
)

// textBox is a line of text of a drawing, with the room it takes.
type textBox struct {
	text                     string
	class                    string
	left, top, right, bottom float64
}

// elements reads a drawing back: its texts with their boxes, the coordinates of all marks, and its size.
func elements(t *testing.T, svg []byte) (texts []textBox, marks []sheet.Point, view [4]float64) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	d.Strict = true
	for {
		token, err := d.Token()
		if err == io.EOF {
			return texts, marks, view
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		a := attrsOf(start)
		switch start.Name.Local {
		case "svg":
			for i, f := range strings.Fields(a["viewBox"]) {
				view[i] = num(t, f)
			}
		case "text":
			var content string
			if err := d.DecodeElement(&content, &start); err != nil {
				t.Fatal(err)
			}
			texts = append(texts, boxOf(t, a, content))
		case "pattern":
			if err := d.Skip(); err != nil {
				t.Fatal(err)
			}
		default:
			marks = append(marks, cornersOf(t, start.Name.Local, a)...)
		}
	}
}

func attrsOf(e xml.StartElement) map[string]string {
	out := map[string]string{}
	for _, a := range e.Attr {
		out[a.Name.Local] = a.Value
	}
	return out
}

func num(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatalf("coordinate %q", s)
	}
	return v
}

func boxOf(t *testing.T, a map[string]string, content string) textBox {
	x, y, size := num(t, a["x"]), num(t, a["y"]), sheet.Size
	if s := a["font-size"]; s != "" {
		size = num(t, s)
	}
	w := sheet.TextWidth(content, size, a["font-weight"] != "")
	switch a["text-anchor"] {
	case "middle":
		x -= w / 2
	case "end":
		x -= w
	}
	return textBox{content, a["class"], x, y - sheet.Rise*size, x + w, y + sheet.Drop*size}
}

func cornersOf(t *testing.T, element string, a map[string]string) []sheet.Point {
	get := func(name string) float64 { return num(t, a[name]) }
	switch element {
	case "rect":
		return []sheet.Point{{X: get("x"), Y: get("y")}, {X: get("x") + get("width"), Y: get("y") + get("height")}}
	case "line":
		return []sheet.Point{{X: get("x1"), Y: get("y1")}, {X: get("x2"), Y: get("y2")}}
	case "circle":
		return []sheet.Point{{X: get("cx") - get("r"), Y: get("cy") - get("r")}, {X: get("cx") + get("r"), Y: get("cy") + get("r")}}
	case "path":
		var out []sheet.Point
		for _, p := range strings.FieldsFunc(a["d"], func(r rune) bool { return r == 'M' || r == 'L' || r == 'Z' }) {
			x, y, _ := strings.Cut(p, " ")
			out = append(out, sheet.Point{X: num(t, x), Y: num(t, y)})
		}
		return out
	}
	return nil
}

// checkLayout asserts that no two texts overlap and that nothing is outside the drawing.
func checkLayout(t *testing.T, svg []byte) {
	t.Helper()
	texts, marks, view := elements(t, svg)
	right, bottom := view[0]+view[2], view[1]+view[3]
	for i, b := range texts {
		if b.left < view[0]-0.1 || b.right > right+0.1 || b.top < view[1]-0.1 || b.bottom > bottom+0.1 {
			t.Errorf("text %.40q at %.1f–%.1f × %.1f–%.1f leaves the drawing %v", b.text, b.left, b.right, b.top, b.bottom, view)
		}
		for _, c := range texts[:i] {
			if math.Min(b.right, c.right)-math.Max(b.left, c.left) > 0.1 && math.Min(b.bottom, c.bottom)-math.Max(b.top, c.top) > 0.1 {
				t.Errorf("texts %.40q %.0f and %.40q %.0f overlap", c.text, []float64{c.left, c.right, c.top, c.bottom}, b.text, []float64{b.left, b.right, b.top, b.bottom})
			}
		}
	}
	for _, p := range marks {
		if p.X < view[0]-0.1 || p.X > right+0.1 || p.Y < view[1]-0.1 || p.Y > bottom+0.1 {
			t.Errorf("a mark at %.1f, %.1f leaves the drawing %v", p.X, p.Y, view)
		}
	}
}

// Whatever the labels and values are: no text over another, nothing cut off, well-formed, the same bytes again.
func TestNothingOverlapsAndNothingIsCut(t *testing.T) {
	rounds := 20
	if testing.Short() {
		rounds = 5
	}
	for _, k := range Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			for seed := range rounds {
				s := randomSpec(rand.New(rand.NewPCG(uint64(seed), 7)), k)
				for _, w := range []Width{Wide, Narrow} {
					svg, err := SVG(s, w)
					if err != nil {
						t.Fatalf("seed %d: %v", seed, err)
					}
					again, _ := SVG(s, w)
					if !bytes.Equal(svg, again) {
						t.Fatalf("seed %d: two drawings differ", seed)
					}
					checkLayout(t, svg)
				}
				alone, err := Standalone(s)
				if err != nil {
					t.Fatal(err)
				}
				checkLayout(t, alone)
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
		})
	}
}

func TestGalleryLayout(t *testing.T) {
	for _, s := range slices.Concat(examples(), hardExamples()) {
		for _, w := range []Width{Wide, Narrow} {
			svg, err := SVG(s, w)
			if err != nil {
				t.Fatal(err)
			}
			checkLayout(t, svg)
		}
	}
}
