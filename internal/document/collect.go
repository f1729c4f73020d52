package document

import (
	"strings"
	"unicode/utf8"

	"benchbook/internal/diag"
	"benchbook/internal/hanzi"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// collector walks a tree once, in reading order, and notes what its nodes mean.
type collector struct {
	t       *tree
	l       *diag.List
	anchors hanzi.Anchors
	levels  []int // source levels of the headings that enclose this place
	labels  hanzi.Anchors

	headings []Heading
	refs     []Ref
	links    []Link
	images   []Image
	tasks    []Task
}

// collect fills t.of and gives the lists. Ids that the layouts use are taken.
func (t *tree) collect(l *diag.List) *collector {
	c := &collector{t: t, l: l}
	c.anchors.Reserve("main", "top", "nav", "menu", "toc", "search", "contents", "footer", "header")
	if t.title != nil {
		if h, ok := t.title.(*ast.Heading); ok {
			t.takeID(h)
		}
		for n := t.title.FirstChild(); n != nil; n = n.NextSibling() {
			_ = ast.Walk(n, c.visit)
		}
	}
	_ = ast.Walk(t.root, c.visit)
	return c
}

// ids are the anchors, each between two line ends.
func (c *collector) ids() string {
	var b strings.Builder
	for _, h := range c.headings {
		b.WriteString("\n" + h.ID + "\n")
	}
	for _, t := range c.tasks {
		b.WriteString("\n" + t.ID + "\n")
	}
	return b.String()
}

func (c *collector) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Heading:
		c.heading(n)
	case *ast.Link:
		c.link(n)
	case *ast.Image:
		c.image(n)
	case *ast.AutoLink:
		c.autoLink(n)
	case *extast.TaskCheckBox:
		c.task(n)
	case *extast.Table:
		c.table(n)
	case *raw:
		c.raw(n)
	}
	return ast.WalkContinue, nil
}

// heading gives a heading its printed level: one deeper than the nearest
// heading before it that ranks above it, so that no level is ever skipped.
func (c *collector) heading(n *ast.Heading) {
	id := c.t.takeID(n)
	h := Heading{Text: hanzi.Fields(c.t.plain(n)), Pos: c.t.pos(c.t.start(n))}
	if h.Text == "" {
		c.l.Warnf("document.heading", h.Pos, diag.T("标题是空的，已略去", "the heading is empty and left out"))
		c.t.of[n] = blocked{}
		return
	}
	for len(c.levels) > 0 && c.levels[len(c.levels)-1] >= n.Level {
		c.levels = c.levels[:len(c.levels)-1]
	}
	c.levels = append(c.levels, n.Level)
	h.Level = min(len(c.levels)+1, 6)
	if id == "" {
		id = headingAnchor(h.Text)
	}
	h.ID = c.anchors.Unique(id)
	c.headings = append(c.headings, h)
	c.t.of[n] = h
}

// headingAnchor keeps headings out of the names that figures, notes and tasks use.
func headingAnchor(text string) string {
	id := hanzi.Anchor(text)
	for _, prefix := range []string{"fig-", "fn-", "fnref-", "task-"} {
		if strings.HasPrefix(id, prefix) {
			return "h-" + id
		}
	}
	return id
}

func (c *collector) link(n *ast.Link) {
	dest, pos, text := destination(n.Destination), c.t.pos(n.Pos()), hanzi.Fields(c.t.plain(n))
	width := utf8.RuneCountInString(text) + 2
	switch {
	case isRef(dest):
		c.ref(n, dest, false)
	case !allowed(dest):
		c.block(n, dest, pos, width)
	default:
		link := Link{Dest: dest, Text: text, External: external(dest), Pos: pos, Width: width}
		c.links = append(c.links, link)
		c.t.of[n] = link
	}
}

func (c *collector) image(n *ast.Image) {
	dest, pos, alt := destination(n.Destination), c.t.pos(n.Pos()), hanzi.Fields(c.t.plain(n))
	width := utf8.RuneCountInString(alt) + 3
	switch {
	case isRef(dest):
		c.ref(n, dest, true)
	case !allowed(dest):
		c.block(n, dest, pos, width)
	default:
		image := Image{Dest: dest, Alt: alt, External: external(dest), Pos: pos, Width: width}
		c.images = append(c.images, image)
		c.t.of[n] = image
	}
}

func (c *collector) autoLink(n *ast.AutoLink) {
	label := string(n.Label(c.t.text))
	dest := clean(string(n.URL(c.t.text)))
	if n.AutoLinkType == ast.AutoLinkEmail && schemeOf(dest) != "mailto" {
		dest = "mailto:" + dest
	}
	pos, width := c.t.pos(n.Pos()), utf8.RuneCountInString(label)
	if !allowed(dest) {
		c.block(n, dest, pos, width)
		return
	}
	link := Link{Dest: dest, Text: label, External: external(dest), Pos: pos, Width: width}
	c.links = append(c.links, link)
	c.t.of[n] = link
}

// block refuses a destination that could run something or leads nowhere, and
// helps where a reference was meant.
func (c *collector) block(n ast.Node, dest string, pos diag.Pos, width int) {
	c.t.of[n] = blocked{}
	scheme := schemeOf(dest)
	c.l.Add(diag.Diagnostic{Code: "document.link_scheme", Severity: diag.Warning, Pos: pos, Width: width,
		Message: diag.T("不认识的链接类型 %q，只保留文字", "unknown kind of link %q; only its text is kept", scheme+":"),
		Hint:    diag.DidYouMean(scheme, append([]string{"http", "https", "mailto", "tel"}, kinds...))})
}

func (c *collector) ref(n ast.Node, dest string, image bool) {
	r, wrong, hint := parseRef(dest)
	r.Image, r.Text, r.Pos = image, hanzi.Fields(c.t.plain(n)), c.t.pos(n.Pos())
	r.Width = utf8.RuneCountInString(r.Text) + 2
	r.Start, r.End = c.t.textRange(n)
	figure := r.Kind == Chart || r.Kind == Table
	switch {
	case !wrong.IsZero():
	case image && !figure:
		wrong = diag.T("%s: 不是图，不能写成 ![…](…)", "%s: is no figure and cannot be written as ![…](…)", r.Kind)
		hint = diag.T("去掉感叹号", "leave the exclamation mark out")
	case image && n.Parent().Kind() != kindFigure:
		wrong = diag.T("图表必须独占一段", "a figure must stand alone in its paragraph")
		hint = diag.T("在它前后各空一行", "put an empty line before and after it")
	default:
		c.refs = append(c.refs, r)
		c.t.of[n] = r
		return
	}
	c.t.of[n] = blocked{}
	c.l.Add(diag.Diagnostic{Code: "document.reference", Pos: r.Pos, Width: r.Width, Message: wrong, Hint: hint})
}

func (c *collector) task(n *extast.TaskCheckBox) {
	text := hanzi.Fields(c.t.plain(n.Parent()))
	short := []rune(hanzi.Anchor(text))
	id := c.anchors.Unique("task-" + string(short[:min(len(short), 40)]))
	task := Task{ID: id, Text: text, Checked: n.IsChecked, Pos: c.t.pos(n.Pos())}
	c.tasks = append(c.tasks, task)
	c.t.of[n] = task
}

// table names a table by its head, which a screen reader announces with the
// box it scrolls in; names are not repeated on a page.
func (c *collector) table(n *extast.Table) {
	var heads []string
	if head := n.FirstChild(); head != nil {
		for cell := head.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if text := hanzi.Fields(c.t.plain(cell)); text != "" {
				heads = append(heads, text)
			}
		}
	}
	name := "表格"
	if len(heads) > 0 {
		name += "：" + hanzi.Excerpt(strings.Join(heads, "、"), 40)
	}
	c.t.of[n] = c.labels.Unique(name)
}

func (c *collector) raw(n *raw) {
	for i := range n.tags {
		switch tag := &n.tags[i]; {
		case tag.link != nil:
			c.links = append(c.links, *tag.link)
		case tag.image != nil:
			c.images = append(c.images, *tag.image)
		}
	}
}

// textRange gives the bytes of the file that hold a link's text where it is one
// piece of source, perhaps within one emphasis; else -1, -1.
func (t *tree) textRange(n ast.Node) (start, end int) {
	if !n.HasChildren() {
		open := n.Pos() + 1
		if open < 1 || open >= len(t.text) || t.text[open-1] != '[' || t.text[open] != ']' {
			return -1, -1
		}
		return t.fileOffset(open), t.fileOffset(open)
	}
	for n.ChildCount() == 1 && (n.FirstChild().Kind() == ast.KindEmphasis || n.FirstChild().Kind() == extast.KindStrikethrough) {
		n = n.FirstChild()
	}
	start = -1
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		text, ok := c.(*ast.Text)
		if !ok || text.SoftLineBreak() || start >= 0 && text.Segment.Start != end {
			return -1, -1
		}
		if start < 0 {
			start = text.Segment.Start
		}
		end = text.Segment.Stop
	}
	return t.fileOffset(start), t.fileOffset(end)
}
