package document

import (
	"bytes"
	"html/template"
	"strconv"
	"strings"

	"benchbook/internal/hanzi"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	nethtml "golang.org/x/net/html"
)

// text writes characters; a wrapped Chinese line continues without a space.
func (p *printer) text(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	n, _ := node.(*ast.Text)
	if !entering {
		return ast.WalkContinue
	}
	value := n.Segment.Value(p.t.text)
	if n.HardLineBreak() || p.breaksNext(n) {
		value = bytes.TrimRight(value, " ")
	}
	if n.IsRaw() {
		html.DefaultWriter.RawWrite(w, value)
	} else {
		html.DefaultWriter.Write(w, value)
	}
	switch {
	case n.HardLineBreak():
		put(w, "<br>\n")
	case n.SoftLineBreak() && !p.joins(n):
		put(w, "\n")
	}
	return ast.WalkContinue
}

// breaksNext reports whether nothing but the spaces of a hard line break follow:
// the reader of bare addresses splits text at spaces.
func (p *printer) breaksNext(n *ast.Text) bool {
	next, ok := n.NextSibling().(*ast.Text)
	return ok && next.HardLineBreak() && len(bytes.TrimRight(next.Segment.Value(p.t.text), " ")) == 0
}

func (p *printer) joins(n *ast.Text) bool {
	var before ast.Node = n
	if n.Segment.Len() == 0 {
		before = n.PreviousSibling()
	}
	return hanzi.Joins(p.t.endRune(before, true), p.t.endRune(n.NextSibling(), false))
}

func (p *printer) deletion(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	return around("<del>", "</del>")(w, n, entering)
}

func (p *printer) link(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	n, _ := node.(*ast.Link)
	if !entering {
		return ast.WalkContinue
	}
	switch meaning := p.t.of[n].(type) {
	case Ref:
		put(w, string(p.refHTML(meaning, n)))
		return ast.WalkSkipChildren
	case Link:
		start, end := p.anchor(meaning, unescape(n.Title))
		put(w, start, string(p.content(n)), end)
		return ast.WalkSkipChildren
	}
	return ast.WalkContinue
}

// anchor gives the tags of a link, both "" when it leads nowhere.
func (p *printer) anchor(l Link, title string) (start, end string) {
	address, outside, ok := l.Dest, l.External, true
	if p.r.Link != nil {
		address, outside, ok = p.r.Link(l)
	}
	if strings.HasPrefix(address, "#") {
		address = "#" + p.r.Prefix + address[1:]
	}
	to := href(address)
	if !ok || to == "" && address != "" {
		return "", ""
	}
	start = `<a href="` + to + `"`
	if outside {
		start += ` class="external" rel="noopener"`
	}
	if title != "" {
		start += ` title="` + escape(title) + `"`
	}
	return start + ">", "</a>"
}

func (p *printer) autoLink(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	n, _ := node.(*ast.AutoLink)
	if !entering {
		return ast.WalkContinue
	}
	label, start, end := escape(string(n.Label(p.t.text))), "", ""
	if l, ok := p.t.of[n].(Link); ok {
		start, end = p.anchor(l, "")
	}
	put(w, start, label, end)
	return ast.WalkContinue
}

func (p *printer) image(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	n, _ := node.(*ast.Image)
	if entering {
		switch meaning := p.t.of[n].(type) {
		case Image:
			put(w, p.picture(meaning, unescape(n.Title)))
		case blocked:
			put(w, missing(p.t.plain(n)))
		}
	}
	return ast.WalkSkipChildren
}

func (p *printer) picture(image Image, title string) string {
	src, width, height, ok := image.Dest, 0, 0, true
	if p.r.Image != nil {
		src, width, height, ok = p.r.Image(image)
	}
	address := href(src)
	if !ok || address == "" {
		if image.Alt == "" {
			return missing(image.Dest)
		}
		return missing(image.Alt)
	}
	tag := `<img src="` + address + `" alt="` + escape(image.Alt) + `"`
	if width > 0 && height > 0 {
		tag += ` width="` + strconv.Itoa(width) + `" height="` + strconv.Itoa(height) + `"`
	}
	if title != "" {
		tag += ` title="` + escape(title) + `"`
	}
	return tag + ` loading="lazy" decoding="async">`
}

func missing(what string) string {
	return `<span class="missing">〔图片缺失：` + escape(hanzi.Fields(what)) + `〕</span>`
}

// refHTML asks the page for a reference.
func (p *printer) refHTML(ref Ref, n ast.Node) template.HTML {
	content := p.content(n)
	ask := map[string]func(Ref, template.HTML) template.HTML{
		Fact: p.r.Fact, Term: p.r.Term, Chart: p.r.Figure, Table: p.r.Table,
	}[ref.Kind]
	switch {
	case ref.Kind == Stat && p.r.Stat != nil:
		return p.r.Stat(ref)
	case ask != nil:
		return ask(ref, content)
	case ref.Image:
		return ""
	}
	return content
}

// raw writes filtered author HTML.
func (p *printer) raw(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	n, _ := node.(*raw)
	if !entering {
		return ast.WalkSkipChildren
	}
	for _, t := range n.tags {
		switch {
		case t.image != nil:
			put(w, p.rawPicture(t))
		case t.link != nil:
			put(w, p.rawLink(t))
		case t.Data == "img" && t.Type == nethtml.StartTagToken:
			put(w, missing(attribute(t.Token, "alt")))
		default:
			put(w, t.Token.String())
		}
	}
	return ast.WalkSkipChildren
}

// rawPicture keeps the size that the author gave where the page knows none.
func (p *printer) rawPicture(t tag) string {
	tag := p.picture(*t.image, attribute(t.Token, "title"))
	if strings.Contains(tag, " width=") || !strings.HasPrefix(tag, "<img") {
		return tag
	}
	for _, key := range []string{"width", "height"} {
		if v := attribute(t.Token, key); v != "" {
			tag = strings.TrimSuffix(tag, ">") + " " + key + `="` + escape(v) + `">`
		}
	}
	return tag
}

// rawLink writes a start tag; its end tag stands elsewhere, so that a link that
// leads nowhere still opens, without an address.
func (p *printer) rawLink(t tag) string {
	if start, _ := p.anchor(*t.link, attribute(t.Token, "title")); start != "" {
		return start
	}
	return "<a>"
}
