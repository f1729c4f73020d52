// Package book makes one document out of finished pages: the print edition.
//
// In: the HTML of pages as readers get them, in the order of the book. Out: for
// each its text alone (no menus, no links to downloads), one level of headings
// lower, with ids that no other part uses and with links that stay inside the
// book where what they lead to is in it. Working on finished pages keeps the
// book equal to the site, whatever templates a project uses.
//
// It knows the markup of figures and the classes of the built-in parts. It
// refuses to make any text of its own but pointers: a figure is shown once and
// pointed to after that, and a folded data table becomes a pointer to the
// appendix that holds it.
package book

import (
	"bytes"
	"html/template"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// Page is a finished page, or a piece of HTML made for the book alone.
type Page struct {
	ID   string // prefix of its ids in the book, and the id of the part itself
	Path string // in the site; "" = it stands nowhere else
	HTML []byte
}

// Heading is an entry of the contents.
type Heading struct{ ID, Text string }

// Part is a page's text as it stands in the book.
type Part struct {
	ID       string
	Body     template.HTML
	Contents []Heading
}

// Book is the bound parts.
type Book struct {
	Parts   []Part
	Figures map[string]string // id of a figure on its page → id in the book
}

// binder holds what is known of the whole book while links are rewritten.
type binder struct {
	at      string // path of the book in the site
	parts   []*part
	byPath  map[string]*part
	figures map[string]*part // where each figure is shown
}

type part struct {
	Page
	root *html.Node
	ids  map[string]bool
}

// Bind makes the book that will stand at a path of the site.
func Bind(at string, pages []Page) (Book, error) {
	b := &binder{at: at, byPath: map[string]*part{}, figures: map[string]*part{}}
	for _, p := range pages {
		if err := b.take(p); err != nil {
			return Book{}, err
		}
	}
	out := Book{Figures: map[string]string{}}
	for _, p := range b.parts {
		made, err := b.bind(p)
		if err != nil {
			return Book{}, err
		}
		out.Parts = append(out.Parts, made)
	}
	for id, p := range b.figures {
		out.Figures[id] = p.id(id)
	}
	return out, nil
}

// take parses a page, cuts it down to its text and learns its ids.
func (b *binder) take(page Page) error {
	doc, err := html.Parse(bytes.NewReader(page.HTML))
	if err != nil {
		return err
	}
	p := &part{Page: page, root: textOf(doc), ids: map[string]bool{}}
	b.parts = append(b.parts, p)
	if page.Path != "" {
		b.byPath[page.Path] = p
	}
	for n := range p.root.Descendants() {
		id := attr(n, "id")
		if id == "" {
			continue
		}
		p.ids[id] = true
		if isFigure(n) && b.figures[id] == nil {
			b.figures[id] = p
		}
	}
	return nil
}

func (b *binder) bind(p *part) (Part, error) {
	b.shorten(p)
	out := Part{ID: p.ID, Contents: p.contents()}
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode {
			b.rewrite(p, n)
		}
	}
	var body bytes.Buffer
	for c := p.root.FirstChild; c != nil; c = c.NextSibling {
		if err := html.Render(&body, c); err != nil {
			return out, err
		}
	}
	out.Body = template.HTML(bytes.TrimSpace(body.Bytes()))
	return out, nil
}

// id is an id of the part as it stands in the book.
func (p *part) id(id string) string { return p.ID + "-" + id }

// contents lists the highest headings of a part; entries of terms, facts
// and data are too many to be listed.
func (p *part) contents() []Heading {
	var out []Heading
	for n := range p.root.Descendants() {
		if n.Data != "h2" || attr(n, "id") == "" || inside(n, "key-points") || inside(n, "entry") || inside(n, "data") {
			continue
		}
		out = append(out, Heading{p.id(attr(n, "id")), strings.Join(strings.Fields(plain(n)), " ")})
	}
	return out
}

// target is where an address of a page leads: a place in the book where that is
// in it, else the page of the site as the book links to it.
func (b *binder) target(p *part, address string) string {
	if outside(address) {
		return address
	}
	where, fragment, _ := strings.Cut(address, "#")
	fragment = unescape(fragment)
	page := p.Path
	if where != "" {
		page = path.Join(path.Dir(p.Path), unescape(where))
	}
	if first := b.figures[fragment]; first != nil {
		return "#" + first.id(fragment)
	}
	if to := b.byPath[page]; to != nil {
		if to.ids[fragment] {
			return "#" + to.id(fragment)
		}
		return "#" + to.ID
	}
	return b.fromHere(p, where, fragment)
}

// fromHere is a link out of the book to another page of the site.
func (b *binder) fromHere(p *part, where, fragment string) string {
	if where == "" {
		return "#" + p.ID
	}
	out := strings.Repeat("../", strings.Count(b.at, "/")) + escape(path.Join(path.Dir(p.Path), unescape(where)))
	if fragment != "" {
		out += "#" + escape(fragment)
	}
	return out
}
