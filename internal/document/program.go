package document

import (
	"html/template"
	"strconv"
	"strings"

	"benchbook/internal/hanzi"
)

// Program is what a text becomes once, whatever page shows it: HTML, and between
// its pieces the steps at which the page has to answer. Converting is the costly
// half of the work and is done when the file is read; running a program copies.
// Its fields are plain data, so that it can be stored and read back.
type Program struct {
	HTML     string
	Steps    []Step
	Links    []LinkStep
	Pictures []PictureStep
	Refs     []Ref
}

// Step is one thing to be asked; HTML before At comes first.
type Step struct {
	At  int
	Do  Action
	Arg int // in the list that belongs to the action
	End int // of a reference: the step that ends its content
}

// Action is the kind of a step.
type Action uint8

// The actions. A reference's content lies between it and its end.
const (
	OpenLink Action = iota
	CloseLink
	AuthorLink // a start tag of the author's; its end tag is HTML
	Picture
	Reference
	EndReference
)

// LinkStep is a link and its title.
type LinkStep struct {
	Link  Link
	Title string
}

// PictureStep is a picture, its title, and the size that the author gave, if any.
type PictureStep struct {
	Image                Image
	Title, Width, Height string
}

// run answers every step.
func (g *Program) run(r *Renderer) []byte {
	p := player{Program: g, r: r, out: make([]byte, 0, len(g.HTML)+len(g.HTML)/8+64*len(g.Steps))}
	p.play(0, len(g.Steps), 0, len(g.HTML))
	return p.out
}

// player is a program on its way.
type player struct {
	*Program
	r    *Renderer
	out  []byte
	open []bool // the links around this place: do they lead anywhere
}

// play does the steps from i on, up to end, and copies the HTML from at to stop.
func (p *player) play(i, end, at, stop int) {
	for ; i < end; i++ {
		s := p.Steps[i]
		p.put(p.HTML[at:s.At])
		at = s.At
		switch s.Do {
		case OpenLink:
			start := p.anchor(p.Links[s.Arg])
			p.open = append(p.open, start != "")
			p.put(start)
		case CloseLink:
			last := len(p.open) - 1
			if p.open[last] {
				p.put("</a>")
			}
			p.open = p.open[:last]
		case AuthorLink:
			if start := p.anchor(p.Links[s.Arg]); start != "" {
				p.put(start)
			} else {
				p.put("<a>")
			}
		case Picture:
			p.put(p.picture(p.Pictures[s.Arg]))
		case Reference:
			p.reference(i, s)
			i, at = s.End, p.Steps[s.End].At
		}
	}
	p.put(p.HTML[at:stop])
}

func (p *player) put(s string) { p.out = append(p.out, s...) }

// content is the HTML between a reference and its end.
func (p *player) content(i int, s Step) template.HTML {
	mark := len(p.out)
	p.play(i+1, s.End, s.At, p.Steps[s.End].At)
	made := template.HTML(p.out[mark:])
	p.out = p.out[:mark]
	return made
}

// reference asks the page for a reference.
func (p *player) reference(i int, s Step) {
	ref := p.Refs[s.Arg]
	if ref.Kind == Stat && p.r.Stat != nil {
		p.put(string(p.r.Stat(ref)))
		return
	}
	var ask func(Ref, template.HTML) template.HTML
	switch ref.Kind {
	case Fact:
		ask = p.r.Fact
	case Term:
		ask = p.r.Term
	case Chart:
		ask = p.r.Figure
	case Table:
		ask = p.r.Table
	}
	switch content := p.content(i, s); {
	case ask != nil:
		p.put(string(ask(ref, content)))
	case !ref.Image:
		p.put(string(content))
	}
}

// anchor gives the start tag of a link, "" when it leads nowhere.
func (p *player) anchor(l LinkStep) string {
	address, outside, ok := l.Link.Dest, l.Link.External, true
	if p.r.Link != nil {
		address, outside, ok = p.r.Link(l.Link)
	}
	to := href(address)
	if !ok || to == "" && address != "" {
		return ""
	}
	start := `<a href="` + to + `"`
	if outside {
		start += ` class="external" rel="noopener"`
	}
	if l.Title != "" {
		start += ` title="` + escape(l.Title) + `"`
	}
	return start + ">"
}

// picture keeps the size that the author gave where the page knows none.
func (p *player) picture(s PictureStep) string {
	src, width, height, ok := s.Image.Dest, 0, 0, true
	if p.r.Image != nil {
		src, width, height, ok = p.r.Image(s.Image)
	}
	address := href(src)
	if !ok || address == "" {
		if s.Image.Alt == "" {
			return missing(s.Image.Dest)
		}
		return missing(s.Image.Alt)
	}
	tag := `<img src="` + address + `" alt="` + escape(s.Image.Alt) + `"`
	known := width > 0 && height > 0
	if known {
		tag += ` width="` + strconv.Itoa(width) + `" height="` + strconv.Itoa(height) + `"`
	}
	if s.Title != "" {
		tag += ` title="` + escape(s.Title) + `"`
	}
	tag += ` loading="lazy" decoding="async"`
	for _, side := range []struct{ name, size string }{{"width", s.Width}, {"height", s.Height}} {
		if !known && side.size != "" {
			tag += " " + side.name + `="` + escape(side.size) + `"`
		}
	}
	return tag + ">"
}

func missing(what string) string {
	return `<span class="missing">〔图片缺失：` + escape(hanzi.Fields(what)) + `〕</span>`
}

// trimmed is the program without white space around its HTML.
func (g *Program) trimmed() *Program {
	lead := len(g.HTML) - len(strings.TrimLeft(g.HTML, " \t\r\n"))
	if len(g.Steps) > 0 {
		lead = min(lead, g.Steps[0].At)
	}
	g.HTML = g.HTML[lead:]
	last := 0
	for i := range g.Steps {
		g.Steps[i].At -= lead
		last = g.Steps[i].At
	}
	g.HTML = g.HTML[:max(last, len(strings.TrimRight(g.HTML, " \t\r\n")))]
	return g
}
