package export

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// paper is a page made ready for printing: its links lead nowhere but to the
// published site and into itself, and its places for page numbers are known.
type paper struct {
	doc   *html.Node
	title string
	asks  bool // has places for page numbers
	ids   map[string]string
}

// newPaper makes a finished page ready. Links to other pages of the site need
// the site's address; without one their words stay and the link goes, since a
// link into a temporary folder helps nobody.
func newPaper(source []byte, baseURL, pagePath string) (*paper, error) {
	doc, err := html.Parse(bytes.NewReader(source))
	if err != nil {
		return nil, err
	}
	p := &paper{doc: doc, ids: map[string]string{}}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && attr(n, "id") != "" {
			p.ids[attr(n, "id")] = printableID(attr(n, "id"), len(p.ids))
		}
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			p.ready(n, baseURL, pagePath)
		}
	}
	if title := first(doc, func(n *html.Node) bool { return n.Data == "title" && n.Namespace == "" }); title != nil {
		p.title = text(title)
	}
	return p, nil
}

// plainID is an id that is a PDF name as it stands; names hold 127 bytes.
var plainID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,80}$`)

func printableID(id string, n int) string {
	if plainID.MatchString(id) {
		return id
	}
	return "place." + strconv.Itoa(n)
}

// idLists are the attributes that name ids.
var idLists = map[string]bool{"id": true, "for": true, "aria-labelledby": true, "aria-describedby": true, "data-page": true}

func (p *paper) ready(n *html.Node, baseURL, pagePath string) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		switch {
		case a.Key == "loading":
			continue
		case idLists[a.Key]:
			p.asks = p.asks || a.Key == "data-page"
			a.Val = p.rename(a.Val)
		case a.Key == "href" && n.Data == "a" && n.Namespace == "":
			to := p.leads(a.Val, baseURL, pagePath)
			if to == "" {
				continue
			}
			a.Val = to
		}
		kept = append(kept, a)
	}
	n.Attr = kept
}

func (p *paper) rename(ids string) string {
	fields := strings.Fields(ids)
	for i, id := range fields {
		if known, ok := p.ids[id]; ok {
			fields[i] = known
		}
	}
	return strings.Join(fields, " ")
}

// leads is where a link leads from paper; "" = nowhere.
func (p *paper) leads(href, baseURL, pagePath string) string {
	if id, ok := strings.CutPrefix(href, "#"); ok {
		if un, err := url.PathUnescape(id); err == nil {
			id = un
		}
		if known, ok := p.ids[id]; ok {
			return "#" + known
		}
		return ""
	}
	u, err := url.Parse(href)
	switch {
	case err != nil:
		return ""
	case u.Scheme != "" || u.Host != "":
		return href
	case baseURL == "":
		return ""
	}
	u.Path = path.Join(path.Dir(pagePath), u.Path)
	return baseURL + "/" + strings.TrimPrefix(u.String(), "./")
}

// numbered is the page with the numbers of a pass before filled in.
func (p *paper) numbered(numbers map[string]int) ([]byte, error) {
	for n := range p.doc.Descendants() {
		if n.Type != html.ElementNode || !hasClass(n, "page-no") {
			continue
		}
		for n.FirstChild != nil {
			n.RemoveChild(n.FirstChild)
		}
		shown := "000" // room for any number, until the first pass has told it
		if numbers != nil {
			number, ok := numbers[attr(n, "data-page")]
			if !ok {
				return nil, fmt.Errorf("the browser's PDF does not say on which page %q stands", attr(n, "data-page"))
			}
			shown = strconv.Itoa(number)
		}
		n.AppendChild(&html.Node{Type: html.TextNode, Data: shown})
	}
	var out bytes.Buffer
	err := html.Render(&out, p.doc)
	return out.Bytes(), err
}

// withoutNumbers takes the places for page numbers out.
func (p *paper) withoutNumbers() {
	var places []*html.Node
	for n := range p.doc.Descendants() {
		if hasClass(n, "page-no") {
			places = append(places, n)
		}
	}
	for _, n := range places {
		n.Parent.RemoveChild(n)
	}
	p.asks = false
}
