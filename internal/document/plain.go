package document

import (
	"strings"
	"unicode/utf8"

	"benchbook/internal/hanzi"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// plain is the text of a node's inline content as a reader sees it.
func (t *tree) plain(n ast.Node) string {
	var b strings.Builder
	t.writePlain(&b, n)
	return b.String()
}

func (t *tree) writePlain(b *strings.Builder, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		b.WriteString(resolved(n, n.Segment.Value(t.text)))
		if n.HardLineBreak() || n.SoftLineBreak() {
			b.WriteByte('\n')
		}
	case *ast.String:
		b.Write(n.Value)
	case *ast.AutoLink:
		b.Write(n.Label(t.text))
	case *raw:
		b.WriteString(n.text())
	case *extast.FootnoteLink, *extast.FootnoteBacklink:
	default:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			t.writePlain(b, c)
		}
	}
}

// resolved gives a text's characters, with escapes and entities resolved except in code.
func resolved(n *ast.Text, value []byte) string {
	code := n.IsRaw() || n.Parent() != nil && n.Parent().Kind() == ast.KindCodeSpan
	text := string(value)
	if !code {
		text = unescape(value)
	}
	return strings.ReplaceAll(text, "\x00", "\ufffd")
}

// blocks calls each on every block that holds inline content or code, in order.
func (t *tree) blocks(each func(ast.Node)) {
	_ = ast.Walk(t.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() == ast.TypeDocument {
			return ast.WalkContinue, nil
		}
		first := n.FirstChild()
		switch {
		case n.Type() == ast.TypeInline || isCode(n):
			each(n)
			return ast.WalkSkipChildren, nil
		case first != nil && first.Type() == ast.TypeInline:
			each(n)
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

func isCode(n ast.Node) bool {
	return n.Kind() == ast.KindCodeBlock || n.Kind() == ast.KindFencedCodeBlock
}

// lead gathers the beginning of the running text: paragraphs first, then list
// items where there are none.
type lead struct{ paragraphs, rest strings.Builder }

func (l *lead) take(t *tree, n ast.Node) {
	into := &l.rest
	switch {
	case n.Kind() == ast.KindParagraph && n.Parent().Kind() == ast.KindDocument:
		into = &l.paragraphs
	case n.Kind() != ast.KindTextBlock && n.Kind() != ast.KindParagraph:
		return
	}
	if into.Len() <= longestExcerpt*utf8.UTFMax {
		t.writePlain(into, n)
		into.WriteByte('\n')
	}
}

// text is the beginning, one character longer than the longest excerpt of it, so
// that an excerpt knows that there is more.
func (l *lead) text() string {
	text := l.paragraphs.String()
	if strings.TrimSpace(text) == "" {
		text = l.rest.String()
	}
	text = hanzi.Fields(text)
	n := 0
	for i := range text {
		if n++; n > longestExcerpt+1 {
			return strings.Clone(text[:i])
		}
	}
	return text
}

// endRune gives the last (or first) character that a node shows, 0 = unknown.
func (t *tree) endRune(n ast.Node, last bool) rune {
	if n == nil {
		return 0
	}
	text := t.plain(n)
	r, _ := utf8.DecodeRuneInString(text)
	if last {
		r, _ = utf8.DecodeLastRuneInString(strings.TrimRight(text, "\n"))
	}
	return r
}
