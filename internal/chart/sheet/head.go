package sheet

// font is a stack of system faces, Latin and digits first; the names must also be right in a saved file.
const font = "system-ui,-apple-system,&quot;Segoe UI&quot;,Roboto,&quot;PingFang SC&quot;,&quot;HarmonyOS Sans SC&quot;,&quot;Microsoft YaHei&quot;,&quot;Noto Sans CJK SC&quot;,&quot;Source Han Sans SC&quot;,sans-serif"

// Head is what stands around the marks.
type Head struct {
	Title, Desc string // the name and the description for readers who do not see
	Class       string // of the svg element
	Alone       bool   // a file of its own: XML namespace, own ground
	Margin      float64
}

// Finish puts the marks into one svg element of the given height.
func (s *Sheet) Finish(height float64, h Head) []byte {
	out := make([]byte, 0, len(s.body)+len(h.Title)+len(h.Desc)+1<<10)
	out = append(out, "<svg"...)
	if h.Alone {
		out = append(out, ` xmlns="http://www.w3.org/2000/svg" xml:lang="zh-CN"`...)
	}
	out = append(out, ` class="`+h.Class+`" role="img" aria-labelledby="`+s.ID+`-title `+s.ID+`-desc" viewBox="`...)
	width, height := s.Width+2*h.Margin, height+2*h.Margin
	for i, v := range []float64{-h.Margin, -h.Margin, width, height} {
		if i > 0 {
			out = append(out, ' ')
		}
		out = appendNumber(out, v)
	}
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
		out = append(out, `<rect x="-50%" y="-50%" width="200%" height="200%" fill="`+Paper.Light+`"/>`...)
	}
	return append(append(out, s.body...), "</svg>"...)
}

// pattern is the hatching, when a mark uses it.
func (s *Sheet) pattern() string {
	if !s.hatch {
		return ""
	}
	return `<pattern id="` + s.ID + `-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
		`<rect width="6" height="6"` + paintOf(Track, Role{}) + `/><path d="M0 0V6"` + paintOf(Role{}, Axis) + ` stroke-width="1.5"/></pattern>`
}
