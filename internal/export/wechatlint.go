package export

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// What WeChat's editor keeps. It is reported by several open formatters that it
// drops everything else; the list is short on purpose.
var (
	keptTags  = []string{"section", "p", "span", "br", "img", "table", "tbody", "tr", "td"}
	keptAttrs = []string{"style", "src", "alt"}
	keptStyle = []string{"max-width", "width", "margin", "margin-top", "padding", "padding-left", "color", "background-color", "font-family", "font-size",
		"font-weight", "line-height", "text-align", "text-indent", "text-decoration", "vertical-align", "border", "border-left", "border-top", "border-bottom",
		"border-collapse", "display", "word-break"}
)

// Lint names what an article holds that the editor would drop or change.
func Lint(fragment []byte) (problems []string) {
	z := html.NewTokenizer(bytes.NewReader(fragment))
	complain := func(format string, args ...any) {
		if p := fmt.Sprintf(format, args...); !slices.Contains(problems, p) {
			problems = append(problems, p)
		}
	}
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return problems
		case html.CommentToken, html.DoctypeToken:
			complain("%q", z.Token().String())
		case html.StartTagToken, html.SelfClosingTagToken:
			lintTag(z.Token(), complain)
		}
	}
}

func lintTag(t html.Token, complain func(string, ...any)) {
	if !slices.Contains(keptTags, t.Data) {
		complain("<%s>", t.Data)
	}
	styled := false
	for _, a := range t.Attr {
		if !slices.Contains(keptAttrs, a.Key) {
			complain("<%s %s>", t.Data, a.Key)
		}
		if a.Key == "src" && (t.Data != "img" || strings.ContainsAny(a.Val, ":/\\")) {
			complain("<%s src=%q> is no picture of the article", t.Data, a.Val)
		}
		if a.Key == "style" {
			styled = true
			lintStyle(t.Data, a.Val, complain)
		}
	}
	if !styled && !slices.Contains([]string{"br", "tbody", "tr"}, t.Data) {
		complain("<%s> without a style of its own", t.Data)
	}
}

func lintStyle(tag, style string, complain func(string, ...any)) {
	for declaration := range strings.SplitSeq(style, ";") {
		if strings.TrimSpace(declaration) == "" {
			continue
		}
		property, value, _ := strings.Cut(declaration, ":")
		property = strings.ToLower(strings.TrimSpace(property))
		if !slices.Contains(keptStyle, property) {
			complain("<%s style=%q>", tag, property)
		}
		if strings.ContainsAny(value, "@\\<{") || strings.Contains(value, "(") {
			complain("<%s style=%q>", tag, declaration)
		}
		if property == "display" && strings.TrimSpace(value) != "block" {
			complain("<%s style=%q>", tag, declaration)
		}
	}
}
