package document

import (
	"bytes"

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

func (p *printer) link(_ util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	n, _ := node.(*ast.Link)
	switch meaning := p.t.of[n].(type) {
	case Ref:
		p.refStep(meaning, entering)
	case Link:
		if entering {
			p.linkStep(OpenLink, meaning, unescape(n.Title))
		} else {
			p.step(CloseLink, 0)
		}
	}
	return ast.WalkContinue
}

func (p *printer) autoLink(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	n, _ := node.(*ast.AutoLink)
	if !entering {
		return ast.WalkContinue
	}
	l, ok := p.t.of[n].(Link)
	if ok {
		p.linkStep(OpenLink, l, "")
	}
	put(w, escape(string(n.Label(p.t.text))))
	if ok {
		p.step(CloseLink, 0)
	}
	return ast.WalkContinue
}

// image leaves a figure's image to its title, which are its children.
func (p *printer) image(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	n, _ := node.(*ast.Image)
	switch meaning := p.t.of[n].(type) {
	case Ref:
		return ast.WalkContinue
	case Image:
		if entering {
			p.pictureStep(PictureStep{Image: meaning, Title: unescape(n.Title)})
		}
	case blocked:
		if entering {
			put(w, missing(p.t.plain(n)))
		}
	}
	return ast.WalkSkipChildren
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
			p.pictureStep(PictureStep{*t.image, attribute(t.Token, "title"), attribute(t.Token, "width"), attribute(t.Token, "height")})
		case t.link != nil:
			p.linkStep(AuthorLink, *t.link, attribute(t.Token, "title"))
		case t.Data == "img" && t.Type == nethtml.StartTagToken:
			put(w, missing(attribute(t.Token, "alt")))
		default:
			put(w, t.Token.String())
		}
	}
	return ast.WalkSkipChildren
}
