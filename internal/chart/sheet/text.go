package sheet

// Sizes of text in pixels, the same in both widths.
const (
	Size      = 13.0 // everything
	LabelSize = 14.0 // names of categories in the wide drawing
	Leading   = 1.3  // height of a line, in sizes
	Rise      = 0.88 // from the baseline to the top of a Han character, in sizes
	Drop      = 0.14 // from the baseline to its foot
)

// Anchor is the part of a line of text that stands at its x.
type Anchor string

// The three anchors.
const (
	Start  Anchor = ""
	Middle Anchor = "middle"
	End    Anchor = "end"
)

// Text is how a line of text is set. The zero value is ink, Size, regular, anchored at its start.
type Text struct {
	Size   float64
	Anchor Anchor
	Role   Role
	Bold   bool
	Halo   bool // an outline in the colour of the page, for text over lines
	Datum  bool // the text is a value (class v): figures of equal width
}

// Width is the width of a string set like this.
func (t Text) Width(s string) float64 { return TextWidth(s, t.FontSize(), t.Bold) }

// Leading is the distance of two lines.
func (t Text) Leading() float64 { return t.FontSize() * Leading }

// FontSize is the size in pixels.
func (t Text) FontSize() float64 {
	if t.Size == 0 {
		return Size
	}
	return t.Size
}

// Text writes one line with its baseline at y. The string is escaped here; it must have been cleaned.
func (s *Sheet) Text(x, y float64, str string, t Text) {
	if str == "" {
		return
	}
	s.body = append(s.body, "<text"...)
	s.attr("x", x)
	s.attr("y", y)
	if t.FontSize() != Size {
		s.attr("font-size", t.FontSize())
	}
	if t.Anchor != Start {
		s.body = append(s.body, ` text-anchor="`+string(t.Anchor)+`"`...)
	}
	if t.Bold {
		s.body = append(s.body, ` font-weight="600"`...)
	}
	s.body = append(s.body, textPaint(t)...)
	s.body = append(s.body, '>')
	s.body = appendEscaped(s.body, str)
	s.body = append(s.body, "</text>"...)
}

// textPaint is the class and colours of a text; the root of the drawing has ink already.
func textPaint(t Text) string {
	class, attrs := "", ""
	if t.Role.Name != "" && t.Role != Ink {
		class, attrs = " f-"+t.Role.Name, ` fill="`+t.Role.Light+`"`
	}
	if t.Datum {
		class += " v"
	}
	if t.Halo {
		class += " s-paper"
		attrs += ` stroke="` + Paper.Light + `" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`
	}
	if class == "" {
		return ""
	}
	return ` class="` + class[1:] + `"` + attrs
}

// Block writes lines below each other, the middle of the block at y.
func (s *Sheet) Block(x, y float64, lines []string, t Text) {
	for i, line := range lines {
		middle := y + (float64(i)-float64(len(lines)-1)/2)*t.Leading()
		s.Text(x, middle+Baseline(t), line, t)
	}
}

// Baseline is how far below the middle of a line its baseline is.
func Baseline(t Text) float64 { return t.FontSize() * (Rise - Drop) / 2 }

// appendEscaped writes a string as XML text or attribute value.
func appendEscaped(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '"':
			b = append(b, "&quot;"...)
		case '\'':
			b = append(b, "&#39;"...)
		default:
			b = append(b, c)
		}
	}
	return b
}
