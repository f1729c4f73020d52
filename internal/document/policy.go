package document

import (
	"slices"
	"strings"

	"benchbook/internal/diag"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// The allow-list for HTML that an author writes. Text-level elements may stand
// anywhere; block elements only where a block of HTML may. No class, id, style,
// event or data attributes; addresses as in allowed. The contents of an element
// in dropped go with it; of every other refused element the contents stay.
var (
	textElements = []string{"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q",
		"rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
	blockElements = []string{"blockquote", "caption", "col", "colgroup", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h2", "h3",
		"h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
	voidElements = []string{"br", "col", "hr", "img", "wbr"}
	dropped      = []string{"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "textarea", "title", "select", "xmp",
		"noembed", "noframes", "plaintext", "audio", "video", "canvas", "head"}
)

var policy = newPolicy()

func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(textElements...)
	p.AllowElements(blockElements...)
	p.AllowNoAttrs().OnElements("a", "span", "img")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src", "alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(bluemonday.Integer).OnElements("img")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	p.AllowAttrs("scope").Matching(bluemonday.Paragraph).OnElements("th")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("datetime").Matching(bluemonday.ISO8601).OnElements("time", "del", "ins")
	p.AllowAttrs("open").OnElements("details")
	p.AllowAttrs("lang", "title").Globally()
	p.AllowAttrs("dir").Matching(bluemonday.Direction).Globally()
	return p
}

// filter passes one start tag through the policy and says what was lost.
func (c *cleaner) filter(token html.Token, allow []string, pos diag.Pos) (tag, bool) {
	token.Type = html.StartTagToken // <div/> opens a div in HTML
	z := html.NewTokenizer(strings.NewReader(policy.Sanitize(token.String())))
	if z.Next() != html.StartTagToken || !slices.Contains(allow, token.Data) {
		c.l.Warnf("document.html", pos, diag.T("不允许的 HTML 元素 <%s> 被去掉", "the HTML element <%s> is not allowed and left out", token.Data))
		return tag{}, false
	}
	kept := tag{Token: z.Token()}
	for _, a := range token.Attr {
		if !slices.ContainsFunc(kept.Attr, func(k html.Attribute) bool { return k.Key == a.Key }) {
			c.l.Warnf("document.html", pos, diag.T("<%s> 的属性 %s 不允许，已去掉", "the attribute <%s %s> is not allowed and left out", token.Data, a.Key))
		}
	}
	c.resolve(&kept, pos)
	return kept, true
}

// resolve notes the link or picture of a tag, so that the page answers for it
// like for one written in Markdown.
func (c *cleaner) resolve(t *tag, pos diag.Pos) {
	for _, a := range t.Attr {
		dest := clean(a.Val)
		switch {
		case t.Data == "a" && a.Key == "href" && allowed(dest):
			t.link = &Link{Dest: dest, External: external(dest), Pos: pos}
		case t.Data == "img" && a.Key == "src" && allowed(dest):
			t.image = &Image{Dest: dest, Alt: attribute(t.Token, "alt"), External: external(dest), Pos: pos}
		}
	}
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
