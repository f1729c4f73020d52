package document

import (
	"bytes"
	"html/template"
	"sync"

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
func (d *Document) Render(r Renderer) []byte { return d.Body().Render(r) }

// Render gives the HTML of the body.
func (b *Body) Render(r Renderer) []byte { return b.Program.run(&r) }

// Render gives its HTML without any block around it.
func (in *Inline) Render(r Renderer) template.HTML { return template.HTML(in.Program.run(&r)) }

// printer converts one tree into a program.
type printer struct {
	t      *tree
	g      *Program
	b      buffer
	out    renderer.Renderer
	inline bool  // paragraphs are not marked
	open   []int // references around this place
}

// buffer is what the renderer library writes to without a buffer of its own.
type buffer struct{ bytes.Buffer }

func (b *buffer) Buffered() int { return 0 }
func (b *buffer) Flush() error  { return nil }

// printers are kept, for the library's renderer is costly to make and a site has
// many texts.
var printers = sync.Pool{New: func() any {
	p := &printer{}
	p.out = renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(p, 100), util.Prioritized(html.NewRenderer(), 1000)))
	return p
}}

// convert makes the program of a tree. It cannot fail: the buffer takes
// everything and no node renderer errs.
func convert(t *tree, inline bool) *Program {
	p, _ := printers.Get().(*printer)
	p.t, p.g, p.inline = t, &Program{}, inline
	p.b.Reset()
	_ = p.out.Render(&p.b, t.text, t.root)
	g := p.g
	g.HTML = p.b.String()
	p.t, p.g = nil, nil
	printers.Put(p)
	return g
}

// step notes that the page is asked here.
func (p *printer) step(do Action, arg int) {
	p.g.Steps = append(p.g.Steps, Step{At: p.b.Len(), Do: do, Arg: arg})
}

func (p *printer) linkStep(do Action, l Link, title string) {
	p.g.Links = append(p.g.Links, LinkStep{l, title})
	p.step(do, len(p.g.Links)-1)
}

func (p *printer) pictureStep(s PictureStep) {
	p.g.Pictures = append(p.g.Pictures, s)
	p.step(Picture, len(p.g.Pictures)-1)
}

// refStep begins or ends a reference.
func (p *printer) refStep(ref Ref, entering bool) {
	if entering {
		p.g.Refs = append(p.g.Refs, ref)
		p.step(Reference, len(p.g.Refs)-1)
		p.open = append(p.open, len(p.g.Steps)-1)
		return
	}
	last := len(p.open) - 1
	p.step(EndReference, 0)
	p.g.Steps[p.open[last]].End = len(p.g.Steps) - 1
	p.open = p.open[:last]
}

func escape(s string) string { return template.HTMLEscapeString(s) }

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
