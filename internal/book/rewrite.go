package book

import (
	"strings"

	"golang.org/x/net/html"
)

// wideTable is the fewest columns that stand on a page of their own, laid across.
const wideTable = 9

// shorten replaces what a book shows in another place: figures that were shown
// before, and data tables that stand in the appendix.
func (b *binder) shorten(p *part) {
	var figures, links, folded, tables []*html.Node
	for n := range p.root.Descendants() {
		switch {
		case isFigure(n):
			figures = append(figures, n)
		case n.Data == "details" && hasClass(n, "fig-data"):
			folded = append(folded, n)
		case n.Data == "p" && hasClass(n, "fig-links"):
			links = append(links, n)
		case n.Data == "table":
			tables = append(tables, n)
		}
	}
	for _, n := range links {
		n.Parent.RemoveChild(n)
	}
	for _, n := range folded {
		b.fold(n)
	}
	for _, n := range tables {
		layAcross(n)
	}
	shown := map[string]bool{}
	for _, n := range figures {
		id := attr(n, "id")
		if b.figures[id] == p && !shown[id] {
			shown[id] = true
			continue
		}
		replace(n, pointer("fig-again", "见", caption(n), b.figures[id].id(id)))
	}
}

// fold replaces a folded data table with a pointer to the appendix; a book
// without one keeps the table, opened.
func (b *binder) fold(n *html.Node) {
	figure := n.Parent
	id := "table-" + strings.TrimPrefix(attr(figure, "id"), "fig-")
	for _, p := range b.parts {
		if p.ids[id] {
			replace(n, pointer("fig-links", "", "数据表见附录", p.id(id)))
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: "open"})
}

func replace(old, with *html.Node) {
	old.Parent.InsertBefore(with, old)
	old.Parent.RemoveChild(old)
}

// caption is what a figure is called: its number, else its title.
func caption(figure *html.Node) string {
	for _, class := range []string{"fig-no", "fig-title"} {
		if n := first(figure, func(n *html.Node) bool { return hasClass(n, class) }); n != nil && plain(n) != "" {
			return plain(n)
		}
	}
	return "上文"
}

// pointer is a paragraph that leads to another place of the book and has room
// for its page number. The address is final: rewrite leaves it alone.
func pointer(class, before, text, id string) *html.Node {
	p := element("p", "class", class)
	a := element("a", "href", "#"+id, bound, "")
	a.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	if before != "" {
		p.AppendChild(&html.Node{Type: html.TextNode, Data: before})
	}
	p.AppendChild(a)
	p.AppendChild(element("span", "class", "page-no", "data-page", id))
	return p
}

// bound marks a link that already leads to its place in the book.
const bound = "data-bound"

func element(tag string, attrs ...string) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: tag}
	for i := 0; i < len(attrs); i += 2 {
		n.Attr = append(n.Attr, html.Attribute{Key: attrs[i], Val: attrs[i+1]})
	}
	return n
}

// layAcross marks a table that is too wide for an upright page, with all that
// belongs to it. The appendix has put its own in order.
func layAcross(table *html.Node) {
	row := first(table, func(n *html.Node) bool { return n.Data == "tr" })
	columns := 0
	if row != nil {
		for c := range row.ChildNodes() {
			if c.Data == "th" || c.Data == "td" {
				columns++
			}
		}
	}
	if columns < wideTable || inside(table, "data") {
		return
	}
	whole := table
	for up := range table.Ancestors() {
		if hasClass(up, "scroll") || isFigure(up) {
			whole = up
		}
	}
	setAttr(whole, "class", strings.TrimSpace(attr(whole, "class")+" wide"))
}

// references are the attributes that name ids of the same page.
var references = map[string]bool{"for": true, "aria-labelledby": true, "aria-describedby": true, "aria-controls": true, "headers": true}

// rewrite gives an element its ids, links and level in the book.
func (b *binder) rewrite(p *part, n *html.Node) {
	if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] < '6' {
		n.Data = "h" + string(n.Data[1]+1)
		n.DataAtom = 0
	}
	kept := n.Attr[:0]
	final := false
	for _, a := range n.Attr {
		final = final || a.Key == bound
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == bound || a.Key == "loading": // a picture that waits for its reader never comes to paper
			continue
		case a.Key == "aria-labelledby" && n.Data == "section": // the parts are the book's landmarks, not the sections of each
			continue
		case a.Key == "id":
			a.Val = p.id(a.Val)
		case references[a.Key]:
			a.Val = p.all(a.Val)
		case a.Key == "href" && n.Namespace == "" && !final:
			a.Val = b.target(p, a.Val)
		case a.Key == "href" && n.Namespace != "" && strings.HasPrefix(a.Val, "#"):
			a.Val = "#" + p.id(a.Val[1:])
		case a.Key == "src":
			a.Val = b.target(p, a.Val)
		case strings.Contains(a.Val, "url(#"):
			a.Val = strings.ReplaceAll(a.Val, "url(#", "url(#"+p.ID+"-")
		}
		kept = append(kept, a)
	}
	n.Attr = kept
}

func (p *part) all(ids string) string {
	fields := strings.Fields(ids)
	for i := range fields {
		fields[i] = p.id(fields[i])
	}
	return strings.Join(fields, " ")
}
