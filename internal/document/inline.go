package document

import (
	"bytes"
	"strings"

	"benchbook/internal/diag"

	"github.com/yuin/goldmark/ast"
)

// Inline is one run of inline Markdown that stands outside a body: a key point,
// a finding, a note in a TOML file.
type Inline struct {
	Source  string
	Refs    []Ref
	Program *Program

	links  []Link
	images []Image
}

// ParseInline reads inline Markdown that was found at a place, as a value in a
// TOML file is. All positions in it are that place, and its references cannot
// be mended. Block syntax means nothing: "1. 预算" is text.
func ParseInline(markdown string, at diag.Pos, l *diag.List) *Inline {
	return newInline(&tree{text: []byte(markdown), base: -1, where: at}, l)
}

func newInline(t *tree, l *diag.List) *Inline {
	in := &Inline{Source: string(t.text)}
	t.of = map[ast.Node]any{}
	t.parse(inlineParser(), l)
	found := t.collect(l)
	in.Refs, in.links, in.images = found.refs, found.links, found.images
	t.survey(l)
	in.Program = convert(t, true).trimmed()
	return in
}

// inlineReader reads the front matter's Markdown and references, looking each
// up in the file's text so that it has its true place and can be mended.
type inlineReader struct {
	s  *source
	f  frontMatter
	at places
	l  *diag.List
	d  *Document
}

func (r *inlineReader) markdown(text string, path ...any) *Inline {
	t := &tree{s: r.s, text: []byte(text), base: r.find(text, path...), where: r.at(path...)}
	in := newInline(t, r.l)
	r.d.Refs = append(r.d.Refs, in.Refs...)
	r.d.body.Links = append(r.d.body.Links, in.links...)
	r.d.body.Images = append(r.d.body.Images, in.images...)
	return in
}

// labelled reads key figures and benchmarks, whose values are bare references.
func (r *inlineReader) labelled(list []FrontRef, key string) []LabelledRef {
	var out []LabelledRef
	for i, item := range list {
		dest := strings.TrimSpace(item.Ref)
		if !isRef(dest) {
			dest = Stat + ":" + dest
		}
		ref, wrong, hint := parseRef(dest)
		ref.Pos, ref.Start, ref.End = r.at(key, i, "ref"), -1, -1
		if base := r.find(item.Ref, key, i, "ref"); base >= 0 {
			ref.Pos = r.s.pos(base)
		}
		ref.Width = len([]rune(item.Ref))
		if wrong.IsZero() && ref.Kind != Stat && ref.Kind != Fact {
			wrong = diag.T("这里只能引用 stat: 或 fact:", "only stat: or fact: can be used here")
		}
		if !wrong.IsZero() {
			r.l.Add(diag.Diagnostic{Code: "document.reference", Pos: ref.Pos, Width: ref.Width, Message: wrong, Hint: hint})
			continue
		}
		r.d.Refs = append(r.d.Refs, ref)
		out = append(out, LabelledRef{Ref: ref, Label: item.Label})
	}
	return out
}

// find gives the offset in the text where a value is written verbatim at or
// after its place, -1 when it is written otherwise (escaped, folded).
func (r *inlineReader) find(value string, path ...any) int {
	at := r.at(path...)
	if value == "" || at.Line < 1 || at.Line > len(r.s.lines) {
		return -1
	}
	from := max(r.s.lines[at.Line-1].text, r.f.start)
	if from > r.f.end {
		return -1
	}
	i := bytes.Index(r.s.text[from:r.f.end], []byte(value))
	if i < 0 {
		return -1
	}
	return from + i
}
