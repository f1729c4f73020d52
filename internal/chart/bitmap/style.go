package bitmap

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"
)

type attrs map[string]string

func attributes(list []xml.Attr) attrs {
	a := make(attrs, len(list))
	for _, x := range list {
		a[x.Name.Local] = x.Value
	}
	return a
}

// number is an attribute as a number; what is missing, broken or absurd is 0.
func (a attrs) number(name string) float64 {
	v, _ := strconv.ParseFloat(a[name], 64)
	if math.IsNaN(v) || math.Abs(v) > 1e6 {
		return 0
	}
	return v
}

type kind int

const (
	none kind = iota
	plain
	hatched
)

// paint is what a fill or stroke is made of.
type paint struct {
	kind   kind
	colour color.NRGBA
}

// style is what elements inherit.
type style struct {
	fill, stroke paint
	opacity      float64 // of the fill
	width        float64 // of the stroke, in units
	dash         []float64
	round        bool // ends and corners of the stroke
	size         float64
	bold         bool
	anchor       string
}

var initial = style{fill: paint{plain, color.NRGBA{A: 255}}, opacity: 1, width: 1, size: 16}

// with is a style with the attributes of an element in it.
func (s style) with(a attrs) (style, error) {
	var err error
	s.opacity = 1
	for name, v := range a {
		switch name {
		case "fill":
			s.fill, err = parsePaint(v)
		case "stroke":
			s.stroke, err = parsePaint(v)
		case "fill-opacity":
			s.opacity = a.number(name)
		case "stroke-width":
			s.width = a.number(name)
		case "stroke-dasharray":
			s.dash = numbers(v)
		case "stroke-linejoin":
			s.round = v == "round"
		case "font-size":
			s.size = a.number(name)
		case "font-weight":
			s.bold = v == "bold" || a.number(name) >= 600
		case "text-anchor":
			s.anchor = v
		}
		if err != nil {
			return s, err
		}
	}
	if _, own := a["fill-opacity"]; own {
		s.fill.colour.A = uint8(s.opacity*255 + 0.5)
	}
	return s, nil
}

func parsePaint(v string) (paint, error) {
	switch {
	case v == "none":
		return paint{}, nil
	case strings.HasPrefix(v, "url("):
		return paint{kind: hatched}, nil
	case len(v) == 7 && v[0] == '#':
		n, err := strconv.ParseUint(v[1:], 16, 32)
		return paint{plain, color.NRGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}}, err
	}
	return paint{}, fmt.Errorf("no paint %q", v)
}

func numbers(v string) []float64 {
	var out []float64
	for _, f := range strings.FieldsFunc(v, func(r rune) bool { return r == ' ' || r == ',' }) {
		if n, err := strconv.ParseFloat(f, 64); err == nil && n >= 0.1 {
			out = append(out, n)
		}
	}
	return out
}
