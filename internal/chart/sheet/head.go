package sheet

// font is a stack of system faces, Latin and digits first, all about as wide as the table of widths says. The generic
// system-ui is not among them: on some desktops it is a face a sixth wider.
const font = "-apple-system,&quot;Segoe UI&quot;,Roboto,&quot;Helvetica Neue&quot;,Arial,&quot;PingFang SC&quot;,&quot;HarmonyOS Sans SC&quot;,&quot;Microsoft YaHei&quot;,&quot;Noto Sans CJK SC&quot;,&quot;Source Han Sans SC&quot;,sans-serif"

// Head is what stands around the marks.
type Head struct {
	Title, Desc string  // the name and the description for readers who do not see
	Class       string  // of the svg element
	Alone       bool    // a file of its own: XML namespace, own ground
	Margin      float64 // around the drawing
}

// Finish puts the marks into one svg element of the given height.
func (s *Sheet) Finish(height float64, h Head) []byte {
	width, height := s.Width+2*h.Margin, height+2*h.Margin
	out := make([]byte, 0, len(s.body)+len(h.Title)+len(h.Desc)+1<<10)
	out = append(out, "<svg"...)
	if h.Alone {
		out = append(out, ` xmlns="http://www.w3.org/2000/svg" xml:lang="zh-CN"`...)
	}
	out = append(out, ` class="`+h.Class+`" role="img" aria-labelledby="`+s.ID+`-title `+s.ID+`-desc" viewBox="`...)
	out = appendNumbers(out, -h.Margin, -h.Margin, width, height)
	out = append(out, `" width="`...)
	out = appendNumber(out, width)
	out = append(out, `" height="`...)
	out = appendNumber(out, height)
	out = append(out, `" font-family="`+font+`" font-size="13" fill="`+Ink.Light+`"><title id="`+s.ID+`-title">`...)
	out = appendEscaped(out, h.Title)
	out = append(out, `</title><desc id="`+s.ID+`-desc">`...)
	out = appendEscaped(out, h.Desc)
	out = append(out, "</desc>"...)
	out = append(out, s.pattern()...)
	if h.Alone {
		ground := New("", 0)
		ground.Rect(-h.Margin, -h.Margin, width, height, Mark{Fill: Paper})
		out = append(out, ground.body...)
	}
	return append(append(out, s.body...), "</svg>"...)
}

// appendNumbers writes coordinates with spaces between them.
func appendNumbers(b []byte, numbers ...float64) []byte {
	for i, v := range numbers {
		if i > 0 {
			b = append(b, ' ')
		}
		b = appendNumber(b, v)
	}
	return b
}

// pattern is the hatching, when a mark uses it.
func (s *Sheet) pattern() string {
	if !s.hatch {
		return ""
	}
	return `<pattern id="` + s.ID + `-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
		`<rect width="6" height="6"` + paintOf(Track, Role{}) + `/><path d="M0 0V6"` + paintOf(Role{}, Axis) + ` stroke-width="1.5"/></pattern>`
}
