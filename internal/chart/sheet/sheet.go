package sheet

import (
	"math"
	"strconv"
)

// Sheet is a drawing being written. Marks appear in the order they are written, later ones above.
type Sheet struct {
	Width float64
	ID    string // prefix of every id
	body  []byte
	hatch bool
}

// New starts a drawing of a width.
func New(id string, width float64) *Sheet {
	return &Sheet{ID: id, Width: width, body: make([]byte, 0, 8<<10)}
}

// Mark is how a shape is painted. A role with an empty name paints nothing.
type Mark struct {
	Fill, Stroke Role
	Width        float64 // of the stroke; 0 is 1
	Dash         string  // of the stroke: "5 3"
	Opacity      float64 // of the fill; 0 is 1
	Round        bool    // ends and corners of the stroke
	Tip          string  // a title that a pointer shows; the same words stand in the table
}

// Dashed is the stroke of estimates and forecasts, Dotted that of references.
const (
	Dashed = "6 4"
	Dotted = "2 3"
)

// Rect draws a rectangle; one without extent is left out.
func (s *Sheet) Rect(x, y, w, h float64, m Mark) {
	if w <= 0 || h <= 0 {
		return
	}
	s.body = append(s.body, "<rect"...)
	s.attr("x", x)
	s.attr("y", y)
	s.attr("width", w)
	s.attr("height", h)
	s.close(m, "rect")
}

// Line draws a straight line.
func (s *Sheet) Line(x1, y1, x2, y2 float64, m Mark) {
	s.body = append(s.body, "<line"...)
	s.attr("x1", x1)
	s.attr("y1", y1)
	s.attr("x2", x2)
	s.attr("y2", y2)
	s.close(m, "line")
}

// Circle draws a circle.
func (s *Sheet) Circle(x, y, r float64, m Mark) {
	s.body = append(s.body, "<circle"...)
	s.attr("cx", x)
	s.attr("cy", y)
	s.attr("r", r)
	s.close(m, "circle")
}

// Point is a place on the sheet.
type Point struct{ X, Y float64 }

// Lines draws a line through points, or the area inside them when closed.
func (s *Sheet) Lines(points []Point, closed bool, m Mark) {
	if len(points) < 2 {
		return
	}
	s.body = append(s.body, `<path d="`...)
	for i, p := range points {
		s.body = append(s.body, "ML"[min(i, 1)])
		s.body = appendNumber(s.body, p.X)
		s.body = append(s.body, ' ')
		s.body = appendNumber(s.body, p.Y)
	}
	if closed {
		s.body = append(s.body, 'Z')
	}
	s.body = append(s.body, '"')
	if !closed && m.Fill.Name == "" {
		s.body = append(s.body, ` fill="none"`...)
	}
	s.close(m, "path")
}

// Hatch draws a rectangle filled with diagonal lines: the sign for what is not shown.
func (s *Sheet) Hatch(x, y, w, h float64) {
	if w <= 0 || h <= 0 {
		return
	}
	s.hatch = true
	s.body = append(s.body, "<rect"...)
	s.attr("x", x)
	s.attr("y", y)
	s.attr("width", w)
	s.attr("height", h)
	s.body = append(s.body, ` fill="url(#`...)
	s.body = append(s.body, s.ID...)
	s.body = append(s.body, `-hatch)"/>`...)
}

// attr writes one attribute with a number.
func (s *Sheet) attr(name string, v float64) {
	s.body = append(s.body, ' ')
	s.body = append(s.body, name...)
	s.body = append(s.body, '=', '"')
	s.body = appendNumber(s.body, v)
	s.body = append(s.body, '"')
}

// close writes the paint of a shape and ends its element.
func (s *Sheet) close(m Mark, element string) {
	s.paint(m)
	if m.Tip == "" {
		s.body = append(s.body, "/>"...)
		return
	}
	s.body = append(s.body, "><title>"...)
	s.body = appendEscaped(s.body, m.Tip)
	s.body = append(s.body, "</title></"...)
	s.body = append(s.body, element...)
	s.body = append(s.body, '>')
}

// paint writes the classes and the light colours of a mark.
func (s *Sheet) paint(m Mark) {
	s.body = append(s.body, paintOf(m.Fill, m.Stroke)...)
	if m.Stroke.Name != "" && m.Width != 0 && m.Width != 1 {
		s.attr("stroke-width", m.Width)
	}
	if m.Dash != "" {
		s.body = append(s.body, ` stroke-dasharray="`+m.Dash+`"`...)
	}
	if m.Opacity != 0 && m.Opacity != 1 {
		s.attr("fill-opacity", m.Opacity)
	}
	if m.Round {
		s.body = append(s.body, ` stroke-linejoin="round" stroke-linecap="round"`...)
	}
}

// paintOf is the class and colour attributes of a fill and a stroke.
func paintOf(fill, stroke Role) string {
	switch {
	case fill.Name != "" && stroke.Name != "":
		return ` class="f-` + fill.Name + ` s-` + stroke.Name + `" fill="` + fill.Light + `" stroke="` + stroke.Light + `"`
	case fill.Name != "":
		return ` class="f-` + fill.Name + `" fill="` + fill.Light + `"`
	case stroke.Name != "":
		return ` class="s-` + stroke.Name + `" stroke="` + stroke.Light + `"`
	}
	return ""
}

// appendNumber writes a coordinate with at most two decimals; what is no number becomes 0.
func appendNumber(b []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	hundredths := math.Round(v * 100)
	if hundredths == 0 {
		hundredths = 0 // never −0
	}
	return strconv.AppendFloat(b, hundredths/100, 'f', -1, 64)
}
