package export

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// What an article leaves out: what is for a screen that can be clicked.
var (
	leftTags    = []string{"nav", "footer", "form", "script", "style", "button", "h1", "template"}
	leftClasses = []string{"anchor", "crumbs", "actions", "files", "copy", "siblings", "page-end", "fig-links", "fig-data", "vh"}
)

func leftOut(n *html.Node) bool {
	return slices.Contains(leftTags, n.Data) || slices.ContainsFunc(leftClasses, func(c string) bool { return hasClass(n, c) })
}

// mostColumns is how many columns of a table a phone shows; wider ones become
// pictures, with their words below.
const mostColumns = 4

// blocks writes the blocks in a node, text that stands between them too.
func (a *article) blocks(n *html.Node) {
	var run []*html.Node
	flush := func() {
		a.paragraph(run, textStyle)
		run = nil
	}
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && leftOut(c) {
			continue
		}
		if isInline(c) {
			run = append(run, c)
			continue
		}
		flush()
		a.one(c)
	}
	flush()
}

// phrasing are the elements that stand within a line.
var phrasing = []string{"a", "span", "strong", "b", "em", "i", "code", "br", "sup", "sub", "del", "mark", "time", "label", "input", "small", "kbd", "abbr", "cite", "q", "s", "u", "wbr", "dfn", "var", "samp", "ins", "ruby", "rt", "rp"}

func isInline(n *html.Node) bool {
	return n.Type == html.TextNode || n.Type == html.ElementNode && slices.Contains(phrasing, n.Data) && first(n, func(c *html.Node) bool { return c.Data == "img" }) == nil
}

// one writes one block element.
func (a *article) one(n *html.Node) {
	switch {
	case n.Type != html.ElementNode:
	case n.Data == "figure" && hasClass(n, "fig"):
		a.figure(n)
	case n.Data == "h2" || n.Data == "h3" || n.Data == "h4" || n.Data == "h5" || n.Data == "h6":
		inner, plain := a.line(slices.Collect(n.ChildNodes()))
		a.heading(n.Data, inner, plain)
	case n.Data == "ul" || n.Data == "ol":
		a.list(n, 0)
	case n.Data == "table":
		a.table(n, "", nil)
	case n.Data == "img":
		a.image(n)
	case n.Data == "pre":
		a.pre(n, codeStyle)
	case n.Data == "dl":
		a.pairs(n)
	case n.Data == "hr":
		a.block("p", "margin:24px 0;border-top:1px solid #d9dde1;font-size:0;line-height:0;", "<br>", "")
	case hasClass(n, "script"):
		a.boxed(n, boxStyle)
	case hasClass(n, "key-points") || hasClass(n, "notice"):
		a.boxed(n, boxStyle)
	case n.Data == "blockquote":
		a.boxed(n, quoteStyle)
	case n.Data == "p" && first(n, func(c *html.Node) bool { return c.Data == "img" }) == nil:
		style := textStyle
		if hasClass(n, "fine") || hasClass(n, "label") || hasClass(n, "script-title") {
			style = smallStyle
		}
		a.paragraph(slices.Collect(n.ChildNodes()), style)
	default:
		a.blocks(n)
	}
}

// paragraph writes a line of text, none where there are no words.
func (a *article) paragraph(nodes []*html.Node, style string) {
	if inner, plain := a.line(nodes); strings.TrimSpace(plain) != "" {
		a.block("p", style, strings.TrimSpace(inner), plain)
	}
}

func (a *article) boxed(n *html.Node, style string) {
	a.out.WriteString(`<section style="` + style + `">` + "\n")
	if n.Data == "p" {
		a.paragraph(slices.Collect(n.ChildNodes()), smallStyle)
	} else {
		a.blocks(n)
	}
	a.out.WriteString("</section>\n")
}

// pre writes lines as they stand; the editor keeps no runs of spaces.
func (a *article) pre(n *html.Node, style string) {
	if n.Parent != nil && hasClass(n.Parent, "script") {
		style = textStyle
	}
	raw := strings.Trim(rawText(n), "\n")
	inner := html.EscapeString(raw)
	inner = strings.ReplaceAll(strings.ReplaceAll(inner, "  ", "\u00a0 "), "\n", "<br>")
	a.block("p", style, inner, raw)
}

func rawText(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// list writes items as paragraphs with their marks: the editor's own lists lose
// their indents on phones.
func (a *article) list(n *html.Node, depth int) {
	number := 1
	if start, err := strconv.Atoi(attr(n, "start")); err == nil {
		number = start
	}
	for li := range n.ChildNodes() {
		if li.Data != "li" {
			continue
		}
		mark := "•"
		if n.Data == "ol" {
			mark = strconv.Itoa(number) + "."
			number++
		}
		if box := first(li, func(c *html.Node) bool { return c.Data == "input" }); box != nil {
			mark = "☐"
		}
		a.item(li, mark, depth)
	}
}

func (a *article) item(li *html.Node, mark string, depth int) {
	var line []*html.Node
	var below []*html.Node
	for c := range li.ChildNodes() {
		switch {
		case isInline(c) && below == nil:
			line = append(line, c)
		case c.Data == "p" && line == nil && below == nil || c.Data == "p" && strings.TrimSpace(textOf(line)) == "" && below == nil:
			line = slices.Collect(c.ChildNodes())
		default:
			below = append(below, c)
		}
	}
	inner, plain := a.line(line)
	indent := strings.Repeat("  ", depth)
	style := itemStyle + "padding-left:" + strconv.Itoa(22+depth*22) + "px;text-indent:-18px;"
	a.block("p", style, `<span style="`+accent+`">`+mark+"</span> "+strings.TrimSpace(inner), indent+mark+" "+strings.TrimSpace(plain))
	for _, c := range below {
		switch {
		case c.Data == "ul" || c.Data == "ol":
			a.list(c, depth+1)
		case c.Type == html.ElementNode:
			a.one(c)
		}
	}
}

func textOf(nodes []*html.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		b.WriteString(text(n))
	}
	return b.String()
}

// pairs writes a definition list: label, then text.
func (a *article) pairs(n *html.Node) {
	term := ""
	for c := range n.Descendants() {
		switch c.Data {
		case "dt":
			term = text(c)
		case "dd":
			inner, plain := a.line(slices.Collect(c.ChildNodes()))
			a.block("p", itemStyle, `<span style="`+boldStyle+accent+`">`+html.EscapeString(term)+"</span>　"+strings.TrimSpace(inner), term+"："+strings.TrimSpace(plain))
		}
	}
}

// image takes an author's picture along.
func (a *article) image(n *html.Node) {
	source := path.Join(path.Dir(a.path), unescapePath(attr(n, "src")))
	data, ok := a.site.Tree.File(source)
	if !ok {
		return
	}
	p := picture{alt: attr(n, "alt"), stem: strings.TrimSuffix(path.Base(source), path.Ext(source))}
	switch ext := strings.ToLower(path.Ext(source)); ext {
	case ".png", ".jpg", ".jpeg", ".gif":
		p.ready, p.ext = data, ext
	default: // the editor takes no other form
		p.draw, p.drawExt = data, ext
	}
	a.place(p)
}

// place gives a picture its number, and writes it.
func (a *article) place(p picture) {
	p.name = p.fileName(len(a.pictures) + 1)
	a.pictures = append(a.pictures, p)
	a.block("p", frameStyle, `<img src="`+html.EscapeString(p.name)+`" alt="`+html.EscapeString(p.alt)+`" style="`+imageStyle+`">`, "〔图："+p.alt+"〕")
}
