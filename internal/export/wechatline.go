package export

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// line writes what stands within a line, as markup and as plain words.
func (a *article) line(nodes []*html.Node) (inner, plain string) {
	var in, out strings.Builder
	for _, n := range nodes {
		a.phrase(n, &in, &out)
	}
	return in.String(), out.String()
}

func (a *article) phrase(n *html.Node, in, out *strings.Builder) {
	switch {
	case n.Type == html.TextNode:
		words := spaces(n.Data)
		in.WriteString(html.EscapeString(words))
		out.WriteString(words)
	case n.Type != html.ElementNode || leftOut(n) || n.Data == "input" || n.Data == "img":
	case n.Data == "br":
		in.WriteString("<br>")
		out.WriteString("\n")
	case n.Data == "a":
		a.link(n, in, out)
	default:
		inner, words := a.line(slices.Collect(n.ChildNodes()))
		if style := phraseStyle(n); style != "" {
			inner = `<span style="` + style + `">` + inner + "</span>"
		}
		in.WriteString(inner)
		out.WriteString(words)
	}
}

// spaces folds white space, which HTML does not show, and keeps one at each end.
func spaces(s string) string {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		if s == "" {
			return ""
		}
		return " "
	}
	out := strings.Join(fields, " ")
	if strings.TrimLeft(s, " \t\r\n") != s {
		out = " " + out
	}
	if strings.TrimRight(s, " \t\r\n") != s {
		out += " "
	}
	return out
}

func phraseStyle(n *html.Node) string {
	switch {
	case n.Data == "strong" || n.Data == "b" || n.Data == "em" || n.Data == "i" || hasClass(n, "stat"):
		return boldStyle
	case n.Data == "code" || n.Data == "kbd":
		return "padding:0 4px;background-color:#f5f6f7;font-size:14px;"
	case n.Data == "del" || n.Data == "s":
		return "text-decoration:line-through;"
	case n.Data == "sup":
		return refStyle
	case n.Data == "sub":
		return "font-size:12px;vertical-align:sub;"
	case n.Data == "mark":
		return "background-color:#fff1c2;"
	case hasClass(n, "sample"):
		return "padding:0 6px;border:1px solid #8a4b08;color:#8a4b08;font-size:12px;"
	}
	return ""
}

// link keeps a link's words. An address outside, which the editor drops, and the
// source of a quoted number become references at the end; links inside go.
func (a *article) link(n *html.Node, in, out *strings.Builder) {
	inner, words := a.line(slices.Collect(n.ChildNodes()))
	if hasClass(n, "stat") {
		inner = `<span style="` + boldStyle + accent + `">` + inner + "</span>"
	}
	in.WriteString(inner)
	out.WriteString(words)
	if ref := a.reference(n, words); ref != "" {
		at := slices.Index(a.refs, ref)
		if at < 0 {
			a.refs = append(a.refs, ref)
			at = len(a.refs) - 1
		}
		fmt.Fprintf(in, `<span style="%s">[%d]</span>`, refStyle, at+1)
		fmt.Fprintf(out, "[%d]", at+1)
	}
}

func (a *article) reference(n *html.Node, words string) string {
	href := attr(n, "href")
	if hasClass(n, "fact") {
		return strings.TrimSpace(attr(n, "title"))
	}
	if u, err := url.Parse(href); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		if strings.TrimSpace(words) == href {
			return href
		}
		return strings.TrimSpace(words) + "：" + href
	}
	return ""
}

func unescapePath(s string) string {
	s, _, _ = strings.Cut(s, "#")
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	return s
}

func escapePath(s string) string { return strings.TrimPrefix((&url.URL{Path: s}).String(), "./") }
