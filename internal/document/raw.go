package document

import (
	"bytes"
	"slices"
	"strings"

	"benchbook/internal/diag"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// raw is author HTML after the filter: tags and text, balanced within its container.
type raw struct {
	ast.BaseInline
	tags []tag
}

type tag struct {
	html.Token
	link  *Link // of an <a href>
	image *Image
}

var kindRaw = ast.NewNodeKind("FilteredHTML")

func (*raw) Kind() ast.NodeKind              { return kindRaw }
func (n *raw) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func (n *raw) text() string {
	var b strings.Builder
	for _, t := range n.tags {
		if t.Type == html.TextToken {
			b.WriteString(t.Data)
		}
	}
	return b.String()
}

// cleaner replaces the HTML nodes of a tree. Tags are balanced within the node
// that contains them: an end tag without its start is dropped, and what is
// still open at the container's end is closed there. So no author can close a
// page's own element or leave one open over it.
type cleaner struct {
	t *tree
	l *diag.List
}

func (c *cleaner) container(n ast.Node) {
	var open []string
	for child, next := n.FirstChild(), ast.Node(nil); child != nil; child = next {
		next = child.NextSibling()
		var r *raw
		switch h := child.(type) {
		case *ast.HTMLBlock:
			r, open = c.clean(c.blockSource(h), slices.Concat(textElements, blockElements), open)
			r, open = endParagraph(r, open)
		case *ast.RawHTML:
			r, open = c.clean(c.inlineSource(h), textElements, open)
		default:
			c.container(child)
			continue
		}
		n.ReplaceChild(n, child, r)
	}
	if len(open) > 0 {
		n.AppendChild(n, &raw{tags: closing(open)})
	}
}

// endParagraph closes a <p> at the end of its piece of HTML: Markdown blocks
// follow, and a paragraph cannot hold them.
func endParagraph(r *raw, open []string) (*raw, []string) {
	if i := slices.Index(open, "p"); i >= 0 {
		r.tags = append(r.tags, closing(open[i:])...)
		open = open[:i]
	}
	return r, open
}

// closing gives end tags for open elements, the innermost first.
func closing(open []string) (tags []tag) {
	for _, name := range slices.Backward(open) {
		tags = append(tags, tag{Token: html.Token{Type: html.EndTagToken, Data: name}})
	}
	return tags
}

// htmlSource is a piece of HTML and where its lines stand in the text.
type htmlSource struct {
	bytes  []byte
	pieces running
}

func (c *cleaner) blockSource(n *ast.HTMLBlock) *htmlSource {
	h := &htmlSource{}
	for i := range n.Lines().Len() {
		h.add(c.t.text, n.Lines().At(i).Start, n.Lines().At(i).Stop)
	}
	if n.HasClosure() {
		h.add(c.t.text, n.ClosureLine.Start, n.ClosureLine.Stop)
	}
	return h
}

func (c *cleaner) inlineSource(n *ast.RawHTML) *htmlSource {
	h := &htmlSource{}
	for i := range n.Segments.Len() {
		h.add(c.t.text, n.Segments.At(i).Start, n.Segments.At(i).Stop)
	}
	return h
}

func (h *htmlSource) add(text []byte, start, stop int) {
	h.pieces.pieces = append(h.pieces.pieces, piece{len(h.bytes), start})
	h.bytes = append(h.bytes, text[start:stop]...)
}

// clean filters one piece of HTML, given what is open before it in its container.
func (c *cleaner) clean(h *htmlSource, allow []string, open []string) (*raw, []string) {
	p := pass{c: c, allow: allow, open: open, out: &raw{}}
	z := html.NewTokenizer(bytes.NewReader(h.bytes))
	offset := 0
	for z.Next() != html.ErrorToken {
		source := string(z.Raw())
		p.token(z.Token(), source, c.t.pos(h.pieces.at(offset)))
		offset += len(source)
	}
	if p.skip == "" { // a tag that never ends
		p.text(string(h.bytes[min(offset, len(h.bytes)):]))
	}
	return p.out, p.open
}

// pass is the state of filtering one piece.
type pass struct {
	c     *cleaner
	allow []string
	open  []string
	out   *raw
	skip  string // the dropped element whose contents are passing
}

func (p *pass) text(s string) {
	p.out.tags = append(p.out.tags, tag{Token: html.Token{Type: html.TextToken, Data: s}})
}

// token takes one token; what is no element of HTML at all, as <姓名> or
// <your-name>, is most likely meant to be read and stays as text.
func (p *pass) token(token html.Token, source string, pos diag.Pos) {
	isTag := token.Type == html.StartTagToken || token.Type == html.EndTagToken || token.Type == html.SelfClosingTagToken
	switch {
	case p.skip != "":
		if token.Type == html.EndTagToken && token.Data == p.skip {
			p.skip = ""
		}
	case token.Type == html.TextToken:
		p.text(token.Data)
	case isTag && atom.Lookup([]byte(token.Data)) == 0:
		p.c.l.Warnf("document.html", pos, diag.T("%s 不是 HTML 元素，按文字显示", "%s is no HTML element and shown as text", source))
		p.text(source)
	case token.Type == html.EndTagToken:
		var tags []tag
		tags, p.open = closeTag(token.Data, p.open)
		p.out.tags = append(p.out.tags, tags...)
	case isTag:
		p.start(token, pos)
	}
}

func (p *pass) start(token html.Token, pos diag.Pos) {
	selfClosing := token.Type == html.SelfClosingTagToken
	kept, ok := p.c.filter(token, p.allow, pos)
	switch {
	case !ok && slices.Contains(dropped, token.Data) && !selfClosing:
		p.skip = token.Data
	case ok:
		p.out.tags = append(p.out.tags, kept)
		if !slices.Contains(voidElements, token.Data) {
			p.open = append(p.open, token.Data)
		}
	}
}

// closeTag closes the innermost element of a name and what is open within it.
func closeTag(name string, open []string) ([]tag, []string) {
	for i := len(open) - 1; i >= 0; i-- {
		if open[i] == name {
			return closing(open[i:]), open[:i]
		}
	}
	return nil, open
}
