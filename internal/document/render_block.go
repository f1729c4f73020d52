package document

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

func (p *printer) heading(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	h, ok := p.t.of[n].(Heading)
	if !ok {
		return ast.WalkSkipChildren
	}
	tag, id := "h"+strconv.Itoa(h.Level), escape(h.ID)
	if entering {
		put(w, "<", tag, ` id="`, id, `">`)
	} else {
		put(w, ` <a class="anchor" href="#`, id, `" aria-label="本节链接">#</a></`, tag, ">\n")
	}
	return ast.WalkContinue
}

// hasTask reports whether a block begins with a task's box.
func hasTask(block ast.Node) bool {
	return block != nil && block.FirstChild() != nil && block.FirstChild().Kind() == extast.KindTaskCheckBox
}

func (p *printer) paragraph(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	switch {
	case p.inline:
		if !entering {
			put(w, "\n")
		}
	case entering:
		put(w, "<p>")
	case hasTask(n):
		put(w, "</label></p>\n")
	default:
		put(w, "</p>\n")
	}
	return ast.WalkContinue
}

func (p *printer) textBlock(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		return ast.WalkContinue
	}
	if hasTask(n) {
		put(w, "</label>")
	}
	if n.NextSibling() != nil && n.FirstChild() != nil {
		put(w, "\n")
	}
	return ast.WalkContinue
}

func (p *printer) listItem(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	first := n.FirstChild()
	switch {
	case !entering:
		put(w, "</li>\n")
		return ast.WalkContinue
	case hasTask(first):
		put(w, `<li class="task">`)
	default:
		put(w, "<li>")
	}
	if first != nil && first.Kind() != ast.KindTextBlock {
		put(w, "\n")
	}
	return ast.WalkContinue
}

func (p *printer) task(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if t, ok := p.t.of[n].(Task); ok && entering {
		id, checked := escape(t.ID), ""
		if t.Checked {
			checked = " checked"
		}
		put(w, `<input type="checkbox" id="`, id, `"`, checked, `> <label for="`, id, `">`)
	}
	return ast.WalkContinue
}

// code writes a code block, or a box for words to be said (话术) that copies as
// plain text; anything after the word is the box's title.
func (p *printer) code(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	info := ""
	if fenced, ok := n.(*ast.FencedCodeBlock); ok && fenced.Info != nil {
		info = strings.TrimSpace(resolved(fenced.Info, fenced.Info.Segment.Value(p.t.text)))
	}
	language, title, _ := strings.Cut(info, " ")
	switch {
	case language == "话术" || language == "script":
		if title = strings.TrimSpace(title); title == "" {
			title = "话术"
		}
		put(w, `<div class="script"><p class="script-title">`, escape(title), "</p><pre>")
		p.lines(w, n)
		put(w, "</pre></div>\n")
	case language != "":
		put(w, `<pre tabindex="0"><code class="language-`, escape(language), `">`)
		p.lines(w, n)
		put(w, "</code></pre>\n")
	default:
		put(w, `<pre tabindex="0"><code>`)
		p.lines(w, n)
		put(w, "</code></pre>\n")
	}
	return ast.WalkSkipChildren
}

func (p *printer) lines(w util.BufWriter, n ast.Node) {
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		html.DefaultWriter.RawWrite(w, segment.Value(p.t.text))
	}
}

func (p *printer) figure(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	ref, ok := p.t.of[n.FirstChild()].(Ref)
	if !ok {
		return ast.WalkSkipChildren
	}
	if p.refStep(ref, entering); !entering {
		put(w, "\n")
	}
	return ast.WalkContinue
}

func (p *printer) table(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		label, _ := p.t.of[n].(string)
		put(w, `<section class="scroll" tabindex="0" aria-label="`, escape(label), `"><table>`, "\n", `<caption class="vh">`, escape(label), "</caption>\n")
	} else {
		put(w, "</table></section>\n")
	}
	return ast.WalkContinue
}

func (p *printer) tableHead(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		put(w, "<thead>\n<tr>\n")
		return ast.WalkContinue
	}
	put(w, "</tr>\n</thead>\n")
	if n.NextSibling() != nil {
		put(w, "<tbody>\n")
	}
	return ast.WalkContinue
}

func (p *printer) tableRow(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		put(w, "<tr>\n")
		return ast.WalkContinue
	}
	put(w, "</tr>\n")
	if n.NextSibling() == nil {
		put(w, "</tbody>\n")
	}
	return ast.WalkContinue
}

// tableCell aligns by class, since a style attribute is not allowed; an empty
// head is no head for a screen reader.
func (p *printer) tableCell(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	cell, _ := n.(*extast.TableCell)
	tag := "td"
	if n.Parent().Kind() == extast.KindTableHeader && n.HasChildren() {
		tag = "th"
	}
	if !entering {
		put(w, "</", tag, ">\n")
		return ast.WalkContinue
	}
	put(w, "<", tag)
	if tag == "th" {
		put(w, ` scope="col"`)
	}
	if cell.Alignment == extast.AlignRight || cell.Alignment == extast.AlignCenter {
		put(w, ` class="`, cell.Alignment.String(), `"`)
	}
	put(w, ">")
	return ast.WalkContinue
}
