// Package document holds a Markdown file: its front matter, its text, its
// headings, links, pictures and references with the places where they stand,
// and how it becomes HTML.
//
// In: the bytes of one file. Out: a Document, every problem of the file in a
// diag.List, and, given a Renderer with the answers that only the page knows
// (where a link leads, what a figure looks like), the HTML of its body.
// It refuses to know where numbers come from and where pages go.
//
// # The language
//
// CommonMark with tables, task lists, footnotes, definition lists, ~~deletion~~
// (two tildes only: 10~20 元 is a range), bare addresses, heading ids ({#id}),
// and emphasis that works beside Chinese marks. A line break between Chinese
// characters is no space. Front matter is TOML between +++ or YAML between ---.
//
// # References
//
//	[59.5%](stat:DATASET/INDICATOR?is=…&show=value|n|interval)   a checked number
//	![finding](chart:ID)   ![title](table:DATASET/INDICATOR)     a figure, alone in its paragraph
//	[图](chart:ID)                                               a link to a figure
//	[27%](fact:ID)   [导流率](term:导流率)                         a quoted fact, a glossary term
//
// # Safety
//
// Author HTML is taken tag by tag through an allow-list (see policy.go) and
// balanced within the block that holds it, so that it can neither run nor break
// the page; what is made here or by the page never goes through that filter.
// Links lead to http, https, mailto, tel or into the site; nothing else is kept.
package document

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/hanzi"
)

// Document is one parsed Markdown file, converted as far as it can be without
// its page. It is not changed after Parse, so that several goroutines may render
// it at once. The tree that it was made from is gone: of ten thousand texts it
// would take a gigabyte.
type Document struct {
	File       string
	Front      Front
	Title      string    // front matter, else the first h1, else the file's name
	Refs       []Ref     // of the body, then of the front matter
	Finding    *Inline   // front matter "finding"; nil = none
	KeyPoints  []*Inline // front matter "key_points"
	KeyFigures []LabelledRef
	Benchmarks []LabelledRef
	SlugPos    diag.Pos          // of the slug in the front matter; else of the file
	Blank      bool              // the body says nothing
	Attached   bool              // it shows pictures or links to files that are no texts
	Lead       string            // the beginning of the running text
	Anchors    string            // ids of headings and tasks, each with a line end before and after it
	Typed      []diag.Diagnostic // percentages that are typed by hand

	body *Body
	load func() *Body // where the body is stored elsewhere
}

// Body is what only the document's own page asks for. Of a large site it need
// not stay in memory: see Detach.
type Body struct {
	Program  *Program
	Headings []Heading // without the title
	Links    []Link    `cache:"-"`
	Images   []Image   `cache:"-"`
	Tasks    []Task
}

// Body gives the document's body.
func (d *Document) Body() *Body {
	if d.body != nil {
		return d.body
	}
	return d.load()
}

// Detach takes the body away for storing; from now on load fetches it. A load
// that was not given leaves the document without one.
func (d *Document) Detach(load func() *Body) *Body {
	body := d.body
	d.body, d.load = nil, load
	return body
}

func (b *Body) attached() bool {
	return len(b.Images) > 0 || slices.ContainsFunc(b.Links, func(l Link) bool {
		file, _, _ := strings.Cut(l.Dest, "#")
		ext := strings.ToLower(path.Ext(file))
		return !l.External && ext != "" && ext != ".md" && ext != ".html"
	})
}

// HasAnchor reports whether a heading or task has an id.
func (d *Document) HasAnchor(id string) bool { return strings.Contains(d.Anchors, "\n"+id+"\n") }

// Heading of the body. Level is the printed one: 2 for the highest, without
// jumps, whatever levels the author used.
type Heading struct {
	Level int
	ID    string
	Text  string
	Pos   diag.Pos
}

// Link is an ordinary link of the text; references are Refs instead.
type Link struct {
	Dest     string // as written, entities resolved; never a scheme but http, https, mailto, tel
	Text     string
	External bool // on another host
	Pos      diag.Pos
	Width    int // characters for the caret
}

// Elsewhere holds for what is no place of the site: another host, a mailbox, a telephone.
func (l Link) Elsewhere() bool { return l.External || schemeOf(l.Dest) != "" }

// Image is an ordinary picture; figures are Refs instead.
type Image struct {
	Dest     string
	Alt      string
	External bool
	Pos      diag.Pos
	Width    int
}

// Task is an item of a task list.
type Task struct {
	ID      string
	Text    string
	Checked bool
	Pos     diag.Pos
}

// LabelledRef is a number of the front matter: a key figure or a linked benchmark.
type LabelledRef struct {
	Ref   Ref
	Label string
}

// Parse reads a Markdown file; file is its name relative to the site. The
// Document is never nil; whether the build may go on is for l to say. Src must
// not be changed afterwards.
func Parse(file string, src []byte, l *diag.List) *Document {
	d, _ := read(file, src, l)
	return d
}

// read parses a file and gives its tree too.
func read(file string, src []byte, l *diag.List) (*Document, *tree) {
	s := newSource(file, src, l)
	front := splitFront(s.text)
	d := &Document{File: file}
	fields := decodeFront(s, front, &d.Front, l)
	t := newTree(bodyParser(), s, front.body, l)
	d.Title = t.takeTitle(d.Front.Title, file)
	found := t.collect(l)
	d.body = &Body{Headings: found.headings, Links: found.links, Images: found.images, Tasks: found.tasks}
	d.Refs, d.Anchors = found.refs, found.ids()
	d.readFront(s, front, fields, l)
	seen := t.survey(l)
	d.Lead, d.Blank, d.Typed = seen.lead.text(), seen.blank, seen.handTyped
	d.body.Program = convert(t, false)
	d.Attached = d.body.attached()
	return d, t
}

// longestExcerpt bounds how much of the running text is kept for descriptions,
// in characters.
const longestExcerpt = 160

// Excerpt is a description of at most limit characters: the summary of the
// front matter, else the beginning of the running text. The limit is at most 160.
func (d *Document) Excerpt(limit int) string {
	if d.Front.Summary != "" {
		return hanzi.Excerpt(d.Front.Summary, limit)
	}
	return hanzi.Excerpt(d.Lead, limit)
}

// Edit replaces the bytes from Start to End of a file.
type Edit struct {
	Start, End int
	Text       string
}

// Apply makes edits, sorted by Start and not overlapping, to a file's bytes; an
// edit out of order or out of range is left out.
func Apply(src []byte, edits []Edit) []byte {
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		if e.Start < last || e.End < e.Start || e.End > len(src) {
			continue
		}
		out.Write(src[last:e.Start])
		out.WriteString(e.Text)
		last = e.End
	}
	out.Write(src[last:])
	return out.Bytes()
}
