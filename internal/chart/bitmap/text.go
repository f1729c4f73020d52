package bitmap

import (
	_ "embed"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed fonts/NotoSansSC-Regular.otf
var regularFont []byte

//go:embed fonts/NotoSansSC-Bold.otf
var boldFont []byte

// face is a weight, and the glyphs of it that were read, for all pictures.
type face struct {
	font   *sfnt.Font
	glyphs sync.Map // rune → *glyph
}

// em is the size that glyphs are read at: the faces' own units.
const em = 1000

// glyph is the outline of a character in units of em, with straight pieces only.
type glyph struct {
	lines   []line
	advance float64
}

var faces = sync.OnceValue(func() [2]*face {
	var out [2]*face
	for i, data := range [][]byte{regularFont, boldFont} {
		f, err := sfnt.Parse(data)
		if err != nil {
			panic(err) // a file of ours; a test reads it
		}
		out[i] = &face{font: f}
	}
	return out
})

func faceOf(bold bool) *face {
	if bold {
		return faces()[1]
	}
	return faces()[0]
}

// Has reports whether the faces can draw a character.
func Has(r rune) bool {
	var b sfnt.Buffer
	i, err := faceOf(false).font.GlyphIndex(&b, r)
	return err == nil && i != 0
}

// Width is how wide a line of text is drawn at a font size.
func Width(s string, size float64, bold bool) float64 {
	f, w := faceOf(bold), 0.0
	for _, r := range s {
		w += f.glyph(r).advance
	}
	return w * size / em
}

// glyph reads a character once; one that the face lacks is its empty box.
func (f *face) glyph(r rune) *glyph {
	if g, ok := f.glyphs.Load(r); ok {
		return g.(*glyph)
	}
	g := f.read(r)
	f.glyphs.Store(r, g)
	return g
}

func (f *face) read(r rune) *glyph {
	var b sfnt.Buffer
	index, _ := f.font.GlyphIndex(&b, r) // 0, the empty box, where there is none
	ppem := fixed.I(em)
	g := &glyph{}
	if a, err := f.font.GlyphAdvance(&b, index, ppem, font.HintingNone); err == nil {
		g.advance = float64(a) / 64
	}
	segments, err := f.font.LoadGlyph(&b, index, ppem, nil)
	if err != nil {
		return g
	}
	for _, s := range segments {
		g.add(s)
	}
	return g
}

// add appends a piece of an outline; curves become straight pieces, fine enough
// for letters of a hundred pixels.
func (g *glyph) add(s sfnt.Segment) {
	p := func(i int) point { return point{float64(s.Args[i].X) / 64, float64(s.Args[i].Y) / 64} }
	if s.Op == sfnt.SegmentOpMoveTo {
		g.lines = append(g.lines, line{points: []point{p(0)}, closed: true})
		return
	}
	last := &g.lines[len(g.lines)-1]
	from := last.points[len(last.points)-1]
	const n = 6
	switch s.Op {
	case sfnt.SegmentOpLineTo:
		last.points = append(last.points, p(0))
	case sfnt.SegmentOpQuadTo:
		for i := 1.0; i <= n; i++ {
			t := i / n
			last.points = append(last.points, mix(mix(from, p(0), t), mix(p(0), p(1), t), t))
		}
	case sfnt.SegmentOpCubeTo:
		for i := 1.0; i <= n; i++ {
			t := i / n
			a, b, c := mix(from, p(0), t), mix(p(0), p(1), t), mix(p(1), p(2), t)
			last.points = append(last.points, mix(mix(a, b, t), mix(b, c, t), t))
		}
	}
}

func mix(a, b point, t float64) point { return point{a.x + (b.x-a.x)*t, a.y + (b.y-a.y)*t} }

// write sets the open text: its halo first, then the letters.
func (d *drawing) write(text string) {
	s := d.top()
	at := d.at
	switch s.anchor {
	case "end":
		at.x -= Width(text, s.size, s.bold)
	case "middle":
		at.x -= Width(text, s.size, s.bold) / 2
	}
	var lines []line
	f, k := faceOf(s.bold), s.size/em
	for _, r := range text {
		g := f.glyph(r)
		for _, l := range g.lines {
			placed := line{points: make([]point, len(l.points)), closed: true}
			for i, p := range l.points {
				placed.points[i] = d.place(point{at.x + p.x*k, at.y + p.y*k})
			}
			lines = append(lines, placed)
		}
		at.x += g.advance * k
	}
	if s.stroke.kind != none {
		d.fill(s.outline(lines, d.scale), s.stroke)
	}
	d.fill(lines, s.fill)
}
