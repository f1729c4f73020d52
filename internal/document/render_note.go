package document

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

func (p *printer) noteLink(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	if n, ok := node.(*extast.FootnoteLink); ok && entering {
		number := strconv.Itoa(n.Index)
		put(w, `<sup id="`, noteRef(n.Index, n.RefIndex), `"><a class="note" href="#fn-`, number,
			`" role="doc-noteref" aria-label="注 `, number, `">`, number, "</a></sup>")
	}
	return ast.WalkContinue
}

// noteRef is the id of a place that refers to a note; one note may have several.
func noteRef(note, nth int) string {
	id := "fnref-" + strconv.Itoa(note)
	if nth > 0 {
		id += "-" + strconv.Itoa(nth+1)
	}
	return id
}

func (p *printer) noteBack(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	if n, ok := node.(*extast.FootnoteBacklink); ok && entering {
		put(w, ` <a class="note-back" href="#`, noteRef(n.Index, n.RefIndex),
			`" role="doc-backlink" aria-label="回到注 `, strconv.Itoa(n.Index), ` 所在的正文">↩</a>`)
	}
	return ast.WalkContinue
}

func (p *printer) notes(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	return around("<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"脚注\">\n<ol>\n", "</ol>\n</section>\n")(w, n, entering)
}

func (p *printer) note(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	if n, ok := node.(*extast.Footnote); ok && entering {
		put(w, `<li id="`, "fn-"+strconv.Itoa(n.Index), "\">\n")
	} else if !entering {
		put(w, "</li>\n")
	}
	return ast.WalkContinue
}
