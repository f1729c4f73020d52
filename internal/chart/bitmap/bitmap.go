// Package bitmap makes PNG pictures of the SVG that this program draws, without
// a browser and without the machine's fonts: figures to be downloaded, and the
// pictures that stand beside a link in a chat.
//
// In: an SVG document in the dialect that chart/sheet writes (rect, line,
// circle, path of straight lines, text, one hatching pattern, presentation
// attributes), and the width in pixels. Out: a PNG with a palette, the same
// bytes on every run. Text is set in two weights of Noto Sans SC that are part
// of the program; a character that they lack is drawn as the face's empty box.
// It refuses an element or path that it does not know, since half a picture
// would be worse than none.
package bitmap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/vector"
)

// PNG draws an SVG document width pixels wide, as high as its viewBox asks for.
func PNG(svg []byte, width int) ([]byte, error) {
	img, err := Draw(svg, width)
	if err != nil {
		return nil, err
	}
	return encode(img)
}

// Draw is PNG before it is encoded.
func Draw(svg []byte, width int) (*image.RGBA, error) {
	d := &drawing{width: width, styles: []style{initial}}
	dec := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = d.token(token)
		}
		if err != nil {
			return nil, fmt.Errorf("bitmap: %w", err)
		}
	}
	if d.img == nil {
		return nil, errors.New("bitmap: no svg element")
	}
	return d.img, nil
}

// drawing is a picture in the making: where the reader of the document is, and
// the pixels so far.
type drawing struct {
	width  int
	img    *image.RGBA
	scale  float64 // pixels a unit
	x, y   float64 // of the viewBox
	styles []style // of the open elements
	text   *strings.Builder
	at     point // of the open text
	silent int   // open elements that are not drawn: title, desc, pattern
	raster vector.Rasterizer
}

type point struct{ x, y float64 }

func (d *drawing) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return d.start(t)
	case xml.EndElement:
		d.end(t.Name.Local)
	case xml.CharData:
		if d.text != nil && d.silent == 0 {
			d.text.Write(t)
		}
	}
	return nil
}

func (d *drawing) start(e xml.StartElement) error {
	a := attributes(e.Attr)
	s, err := d.top().with(a)
	if err != nil {
		return err
	}
	d.styles = append(d.styles, s)
	if d.silent > 0 || silent(e.Name.Local) {
		d.silent++
		return nil
	}
	if d.img == nil && e.Name.Local != "svg" {
		return fmt.Errorf("<%s> is no svg", e.Name.Local)
	}
	return d.element(e.Name.Local, a)
}

// silent tells the elements that say or define something and draw nothing.
func silent(name string) bool { return name == "title" || name == "desc" || name == "pattern" }

func (d *drawing) element(name string, a attrs) error {
	switch name {
	case "svg":
		return d.open(a)
	case "g":
	case "rect":
		d.shape(rect(a.number("x"), a.number("y"), a.number("width"), a.number("height"), a.number("rx")), true)
	case "line":
		d.shape([]line{{points: []point{{a.number("x1"), a.number("y1")}, {a.number("x2"), a.number("y2")}}}}, false)
	case "circle":
		d.shape([]line{circle(point{a.number("cx"), a.number("cy")}, a.number("r"))}, true)
	case "path":
		lines, err := parsePath(a["d"])
		if err != nil {
			return err
		}
		d.shape(lines, true)
	case "text":
		d.text, d.at = &strings.Builder{}, point{a.number("x"), a.number("y")}
	default:
		return fmt.Errorf("<%s> is not drawn", name)
	}
	return nil
}

func (d *drawing) end(name string) {
	if d.silent > 0 {
		d.silent--
	} else if name == "text" && d.text != nil {
		d.write(d.text.String())
		d.text = nil
	}
	d.styles = d.styles[:len(d.styles)-1]
}

func (d *drawing) top() style { return d.styles[len(d.styles)-1] }

// mostPixels keeps a mistake in a size from eating the machine.
const mostPixels = 64 << 20

// open reads the viewBox and makes the paper.
func (d *drawing) open(a attrs) error {
	if d.img != nil {
		return errors.New("an svg inside an svg")
	}
	box := strings.Fields(a["viewBox"])
	if len(box) != 4 {
		return fmt.Errorf("viewBox %q", a["viewBox"])
	}
	var v [4]float64
	for i, s := range box {
		v[i], _ = strconv.ParseFloat(s, 64)
	}
	if v[2] <= 0 || v[3] <= 0 || d.width <= 0 {
		return fmt.Errorf("viewBox %q at %d pixels", a["viewBox"], d.width)
	}
	d.x, d.y, d.scale = v[0], v[1], float64(d.width)/v[2]
	height := int(v[3]*d.scale + 0.999)
	if height*d.width > mostPixels {
		return fmt.Errorf("%d × %d pixels are too many", d.width, height)
	}
	d.img = image.NewRGBA(image.Rect(0, 0, d.width, height))
	draw.Draw(d.img, d.img.Bounds(), image.White, image.Point{}, draw.Src)
	return nil
}

// place is a point of the document in pixels; what lies absurdly far away is
// brought near enough to be counted with.
func (d *drawing) place(p point) point {
	return point{within((p.x - d.x) * d.scale), within((p.y - d.y) * d.scale)}
}

func within(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return math.Max(-1e5, math.Min(1e5, v))
}

// shape fills and strokes lines; solid ones can be filled.
func (d *drawing) shape(lines []line, solid bool) {
	for i := range lines {
		for j, p := range lines[i].points {
			lines[i].points[j] = d.place(p)
		}
	}
	s := d.top()
	switch {
	case !solid:
	case s.fill.kind == plain && len(lines) == 1 && upright(lines[0]):
		a, b := lines[0].points[0], lines[0].points[2]
		d.box(a.x, a.y, b.x, b.y, s.fill.colour)
	default:
		d.fill(lines, s.fill)
	}
	if s.stroke.kind != none && s.width > 0 {
		d.fill(s.outline(lines, d.scale), s.stroke)
	}
}

// fill covers the inside of lines, joined, with a paint.
func (d *drawing) fill(lines []line, p paint) {
	if p.kind == none || len(lines) == 0 {
		return
	}
	box, ok := bounds(lines, d.img.Bounds())
	if !ok {
		return
	}
	d.raster.Reset(box.Dx(), box.Dy())
	for _, l := range lines {
		for i, q := range l.points {
			x, y := float32(q.x-float64(box.Min.X)), float32(q.y-float64(box.Min.Y))
			if i == 0 {
				d.raster.MoveTo(x, y)
			} else {
				d.raster.LineTo(x, y)
			}
		}
		d.raster.ClosePath()
	}
	var source image.Image = image.NewUniform(p.colour)
	if p.kind == hatched {
		source = hatching{d.scale}
	}
	d.raster.Draw(d.img, box, source, box.Min)
}

// hatching is the sign for what is not shown, as chart/sheet defines it: lines
// of 1.5 units, 6 units apart, falling to the left, on a pale ground.
type hatching struct{ scale float64 }

var (
	hatchGround = color.RGBA{0xee, 0xf0, 0xf2, 0xff}
	hatchLine   = color.RGBA{0x7d, 0x85, 0x8f, 0xff}
)

func (hatching) ColorModel() color.Model { return color.RGBAModel }
func (hatching) Bounds() image.Rectangle { return image.Rect(-1e9, -1e9, 1e9, 1e9) }
func (h hatching) At(x, y int) color.Color {
	const half, root2 = 0.75, 1.4142135623730951
	across := (float64(x) + float64(y) + 1) / root2 / h.scale
	across -= 6 * float64(int(across/6))
	near := min(across, 6-across)
	cover := min(max((half-near)*h.scale+0.5, 0), 1)
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*cover + 0.5) }
	return color.RGBA{mix(hatchGround.R, hatchLine.R), mix(hatchGround.G, hatchLine.G), mix(hatchGround.B, hatchLine.B), 0xff}
}
