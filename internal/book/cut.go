package book

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// What a page holds for a reader on a screen only. The notice of sample data is
// told once, at the front of the book, and is on every figure.
var (
	screenTags    = []string{"nav", "footer", "form", "script", "button", "h1", "style", "link"}
	screenClasses = []string{"anchor", "crumbs", "actions", "files", "notice", "copy", "siblings", "page-end"}
)

// textOf cuts a page down to its text: the article of its main, of a cover only
// the running text, of a bare fragment all of it.
func textOf(doc *html.Node) *html.Node {
	root := first(doc, func(n *html.Node) bool { return n.Data == "main" })
	if root == nil {
		root = first(doc, func(n *html.Node) bool { return n.Data == "body" })
	}
	if cover := first(root, func(n *html.Node) bool { return n.Data == "article" && hasClass(n, "cover") }); cover != nil {
		root = &html.Node{Type: html.ElementNode, Data: "div"}
		if prose := first(cover, func(n *html.Node) bool { return hasClass(n, "prose") }); prose != nil {
			prose.Parent.RemoveChild(prose)
			root.AppendChild(prose)
		}
	}
	if article := first(root, func(n *html.Node) bool { return n.Data == "article" }); article != nil {
		root = article
	}
	remove(root, func(n *html.Node) bool {
		return n.Type == html.CommentNode || slices.Contains(screenTags, n.Data) && n.Namespace == "" ||
			slices.ContainsFunc(screenClasses, func(class string) bool { return hasClass(n, class) })
	})
	return root
}

// remove takes out all nodes that a test names, with what is in them.
func remove(root *html.Node, unwanted func(*html.Node) bool) {
	for c := root.FirstChild; c != nil; {
		next := c.NextSibling
		if unwanted(c) {
			root.RemoveChild(c)
		} else {
			remove(c, unwanted)
		}
		c = next
	}
}

// first is the first node inside root that passes a test, or nil.
func first(root *html.Node, wanted func(*html.Node) bool) *html.Node {
	if root == nil {
		return nil
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && wanted(n) {
			return n
		}
	}
	return nil
}

func isFigure(n *html.Node) bool { return n.Data == "figure" && hasClass(n, "fig") }

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attr(n, "class")), class)
}

// inside reports whether a node stands in one of a class.
func inside(n *html.Node, class string) bool {
	for up := range n.Ancestors() {
		if hasClass(up, class) {
			return true
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func setAttr(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key && n.Attr[i].Namespace == "" {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// plain is the text in a node.
func plain(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// outside reports an address on another host or of another scheme.
func outside(address string) bool {
	u, err := url.Parse(address)
	return err != nil || u.Scheme != "" || u.Host != ""
}

func unescape(s string) string {
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	return s
}

// escape keeps a path an address: what would end it or change its meaning is encoded.
func escape(s string) string { return strings.TrimPrefix((&url.URL{Path: s}).String(), "./") }
