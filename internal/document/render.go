package document

import (
	"bytes"
	"html/template"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// Renderer holds the answers that only a page can give. What the functions
// return as HTML is written as it is. A nil function leaves the author's text
// (of a figure, nothing) and takes links and pictures as they are written.
type Renderer struct {
	// Prefix goes before every id and every link to one on this page, so that
	// several documents can stand on one page.
	Prefix string
	// Stat writes a released number, Text being what the author wrote.
	Stat func(ref Ref) template.HTML
	// Fact and Term write a link with the given content.
	Fact func(ref Ref, text template.HTML) template.HTML
	Term func(ref Ref, text template.HTML) template.HTML
	// Figure and Table write a block: a whole figure, whose title is given with
	// its numbers filled in. For a link to a figure (ref.Image false) they write
	// text-level HTML with the given content.
	Figure func(ref Ref, title template.HTML) template.HTML
	Table  func(ref Ref, title template.HTML) template.HTML
	// Link says where a link leads; not ok leaves its text alone.
	Link func(link Link) (href string, external, ok bool)
	// Image says what to load, with its size in pixels (0 = unknown); not ok
	// writes 〔图片缺失：alt〕. Reporting is the page's business.
	Image func(image Image) (src string, width, height int, ok bool)
}

// Render gives the HTML of the body: without the title, with anchors, scroll
// boxes, task boxes, script boxes and everything that r answers.
func (d *Document) Render(r Renderer) []byte { return newPrinter(d.tree, &r).render(d.tree.root) }

// Render gives its HTML without any block around it.
func (in *Inline) Render(r Renderer) template.HTML {
	p := newPrinter(in.tree, &r)
	p.inline = true
	return template.HTML(bytes.TrimSpace(p.render(in.tree.root)))
}

// printer writes one tree for one Renderer.
type printer struct {
	t      *tree
	r      *Renderer
	out    renderer.Renderer
	inline bool // paragraphs are not marked
}

// buffer is what the renderer library writes to without a buffer of its own.
type buffer struct{ bytes.Buffer }

func (b *buffer) Buffered() int { return 0 }
func (b *buffer) Flush() error  { return nil }

func newPrinter(t *tree, r *Renderer) *printer {
	p := &printer{t: t, r: r}
	p.out = renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(p, 100), util.Prioritized(html.NewRenderer(), 1000)))
	return p
}

// render cannot fail: the buffer takes everything and no node renderer errs.
func (p *printer) render(n ast.Node) []byte {
	var b buffer
	b.Grow(len(p.t.text) * 3 / 2)
	_ = p.out.Render(&b, p.t.text, n)
	return b.Bytes()
}

// content is the HTML of a node's children.
func (p *printer) content(n ast.Node) template.HTML {
	var b buffer
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		_ = p.out.Render(&b, p.t.text, c)
	}
	return template.HTML(b.String())
}

func escape(s string) string { return template.HTMLEscapeString(s) }

// id is an id of this page.
func (p *printer) id(id string) string { return escape(p.r.Prefix + id) }

// write is what a node renderer does here: it writes the start or the end and
// says whether the children follow.
type write func(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus

// RegisterFuncs tells the renderer library which nodes are written here; block
// quotes, lists, emphasis, code spans and rules are left to the library.
func (p *printer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	for kind, f := range map[ast.NodeKind]write{
		ast.KindHeading: p.heading, ast.KindParagraph: p.paragraph, ast.KindTextBlock: p.textBlock, ast.KindListItem: p.listItem,
		ast.KindCodeBlock: p.code, ast.KindFencedCodeBlock: p.code, kindFigure: p.figure, kindRaw: p.raw,
		ast.KindText: p.text, ast.KindLink: p.link, ast.KindAutoLink: p.autoLink, ast.KindImage: p.image,
		extast.KindStrikethrough: p.deletion, extast.KindTaskCheckBox: p.task,
		extast.KindTable: p.table, extast.KindTableHeader: p.tableHead, extast.KindTableRow: p.tableRow, extast.KindTableCell: p.tableCell,
		extast.KindDefinitionList: around("<dl>\n", "</dl>\n"), extast.KindDefinitionTerm: around("<dt>", "</dt>\n"),
		extast.KindDefinitionDescription: around("<dd>", "</dd>\n"),
		extast.KindFootnoteList:          p.notes, extast.KindFootnote: p.note,
		extast.KindFootnoteLink: p.noteLink, extast.KindFootnoteBacklink: p.noteBack,
	} {
		reg.Register(kind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			return f(w, n, entering), nil
		})
	}
}

// around writes fixed HTML before and after the children.
func around(start, end string) write {
	return func(w util.BufWriter, _ ast.Node, entering bool) ast.WalkStatus {
		if entering {
			put(w, start)
		} else {
			put(w, end)
		}
		return ast.WalkContinue
	}
}

// put writes strings; the buffer cannot fail.
func put(w util.BufWriter, parts ...string) {
	for _, s := range parts {
		_, _ = w.WriteString(s)
	}
}
