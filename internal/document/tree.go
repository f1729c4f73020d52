package document

import (
	"bytes"
	"regexp"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/hanzi"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// tree is parsed Markdown with the places of its nodes and what they mean.
type tree struct {
	s     *source
	text  []byte   // what was parsed; node offsets count in it
	base  int      // where text begins in s.text; -1 = it does not stand there verbatim
	where diag.Pos // the place of everything when base is -1
	root  ast.Node
	title ast.Node         // the h1 that was taken out, or nil
	of    map[ast.Node]any // Heading, Ref, Link, Image, Task, blocked, or a table's label
}

// blocked marks a link or picture that must not be written; its text stays.
type blocked struct{}

// newTree parses the text of s from an offset on and brings it into order:
// figures out of paragraphs, author HTML through the filter.
func newTree(p parser.Parser, s *source, from int, l *diag.List) *tree {
	t := &tree{s: s, text: s.text[from:], base: from, of: map[ast.Node]any{}}
	if at := tooDeep(t.text); at >= 0 {
		l.Errorf("document.nesting", t.pos(at), diag.T("引用和列表套了 %d 层以上", "quotes and lists are nested more than %d deep", maxDepth))
		t.text = t.text[:at]
	}
	t.parse(p, l)
	return t
}

// maxDepth bounds the quotes and lists that one line may open: the parser's time
// grows with the square of the depth, and nobody reads so deep.
const maxDepth = 100

// tooDeep gives the offset of the first line that opens too many, -1 = none.
func tooDeep(text []byte) int {
	for at := 0; at < len(text); {
		line, next := cutLine(text, at)
		depth := 0
		for i := 0; i < len(line) && depth <= maxDepth; i++ {
			blank := i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t')
			switch c := line[i]; {
			case c == '>', blank && bytes.IndexByte([]byte("-+*.)"), c) >= 0:
				depth++
			case c != ' ' && c != '\t' && (c < '0' || c > '9'):
				i = len(line)
			}
		}
		if depth > maxDepth {
			return at
		}
		at = next
	}
	return -1
}

func (t *tree) parse(p parser.Parser, l *diag.List) {
	t.root = p.Parse(text.NewReader(t.text))
	var figures []ast.Node
	raw := false
	_ = ast.Walk(t.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			if entering && t.hasFigure(n) {
				figures = append(figures, n)
			}
		case *ast.HTMLBlock, *ast.RawHTML:
			raw = true
		}
		return ast.WalkContinue, nil
	})
	for _, p := range figures {
		t.liftFigures(p)
	}
	if raw {
		(&cleaner{t: t, l: l}).container(t.root)
	}
}

// pos is the place of an offset into the parsed text.
func (t *tree) pos(offset int) diag.Pos {
	if t.base < 0 {
		return t.where
	}
	return t.s.pos(t.base + max(offset, 0))
}

// start is where a heading's "#" stands; the library counts an expanded tab
// before it as several bytes.
func (t *tree) start(h *ast.Heading) int {
	if h.Lines().Len() == 0 {
		at := bytes.LastIndexByte(t.text[:min(h.Pos()+1, len(t.text))], '#')
		for at > 0 && t.text[at-1] == '#' {
			at--
		}
		return at
	}
	text := h.Lines().At(0).Start
	line := bytes.LastIndexByte(t.text[:text], '\n') + 1
	if i := bytes.IndexByte(t.text[line:text], '#'); i >= 0 {
		return line + i
	}
	return h.Pos()
}

// fileOffset is the byte of the file for an offset, -1 when there is none.
func (t *tree) fileOffset(offset int) int {
	if t.base < 0 || offset < 0 {
		return -1
	}
	return t.s.fileOffset(t.base + offset)
}

// figure is a chart or table in the place of its paragraph; its child is the image.
type figure struct{ ast.BaseBlock }

var kindFigure = ast.NewNodeKind("Figure")

func (*figure) Kind() ast.NodeKind              { return kindFigure }
func (f *figure) Dump(source []byte, level int) { ast.DumpHelper(f, source, level, nil, nil) }

func isFigure(n ast.Node) bool {
	image, ok := n.(*ast.Image)
	if !ok {
		return false
	}
	kind := schemeOf(destination(image.Destination))
	return kind == Chart || kind == Table
}

func (t *tree) hasFigure(p ast.Node) bool {
	for c := p.FirstChild(); c != nil; c = c.NextSibling() {
		if isFigure(c) {
			return true
		}
	}
	return false
}

// liftFigures puts the figures of a paragraph beside it, since a paragraph
// cannot hold one, and splits the text around them.
func (t *tree) liftFigures(p ast.Node) {
	parent := p.Parent()
	var rest ast.Node
	for c, next := p.FirstChild(), ast.Node(nil); c != nil; c = next {
		next = c.NextSibling()
		switch {
		case isFigure(c):
			f := &figure{}
			f.SetPos(c.Pos())
			parent.InsertBefore(parent, p, f)
			f.AppendChild(f, c)
			rest = nil
		case rest == nil && strings.TrimSpace(t.plain(c)) == "" && c.Kind() == ast.KindText:
		default:
			if rest == nil {
				rest = likeParagraph(p)
				parent.InsertBefore(parent, p, rest)
			}
			rest.AppendChild(rest, c)
		}
	}
	parent.RemoveChild(parent, p)
}

func likeParagraph(p ast.Node) ast.Node {
	var n ast.Node = ast.NewParagraph()
	if p.Kind() == ast.KindTextBlock {
		n = ast.NewTextBlock()
	}
	n.SetLines(p.Lines())
	return n
}

// takeTitle takes the first h1 out of the body when it is the title or becomes
// it, since the layout prints the title.
func (t *tree) takeTitle(front, file string) string {
	for n := t.root.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok || h.Level != 1 {
			continue
		}
		text := hanzi.Fields(t.plain(h))
		if text == "" || front != "" && hanzi.Fields(front) != text {
			break
		}
		t.root.RemoveChild(t.root, h)
		t.title = h
		return text
	}
	if front != "" {
		return front
	}
	if h := t.opening(); h != nil {
		t.root.RemoveChild(t.root, h)
		t.title = h
		return hanzi.Fields(t.plain(h))
	}
	return fileTitle(file)
}

// opening is the heading of a lower level that a text without a title begins with, when every other heading stands below
// it: it is the title in all but its number of marks.
func (t *tree) opening() *ast.Heading {
	first, ok := t.root.FirstChild().(*ast.Heading)
	if !ok {
		return nil
	}
	if text := t.plain(first); hanzi.Fields(text) == "" || headingID.MatchString(text) {
		return nil // one with an id of its own is linked to
	}
	for n := first.NextSibling(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level <= first.Level {
			return nil
		}
	}
	return first
}

var headingID = regexp.MustCompile(`\s+\{#([\pL\pN_-]+)\}\s*$`)

// takeID takes "{#id}" off the end of a heading.
func (t *tree) takeID(h *ast.Heading) string {
	last, ok := h.LastChild().(*ast.Text)
	if !ok {
		return ""
	}
	m := headingID.FindSubmatchIndex(last.Segment.Value(t.text))
	if m == nil {
		return ""
	}
	id := string(last.Segment.Value(t.text)[m[2]:m[3]])
	last.Segment = last.Segment.WithStop(last.Segment.Start + m[0])
	return id
}
