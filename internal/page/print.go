package page

import (
	"cmp"
	"fmt"
	"html/template"
	"strings"
)

// Print is layout "print": the print edition, the whole report in one document.
type Print struct {
	Common
	Heads   string // path of the style sheet with the running heads
	Finding string
	Base    string
	Period  string
	Imprint []Row // the copyright page
	Parts   []PrintPart
	Figures []PrintFigure // the list of figures
}

// PrintPart is a chapter, or what stands before and after the chapters.
type PrintPart struct {
	ID       string // of the part in the document, and the prefix of all its ids
	Path     string // of its page in the site; "" = it has none
	Number   string // 「第 1 章」, "" = none
	Title    string
	Contents []Heading
	Body     template.HTML
}

// PrintFigure is a line of the list of figures.
type PrintFigure struct{ ID, Number, Title string }

// PrintPlan is the print edition before its pages are bound: which they are, in
// order. A part without a path has its body already.
type PrintPlan struct {
	Path    string
	Sources []string
	Parts   []PrintPart
	c       *composer
}

// printPlan is nil for a site that has nothing to print as a report.
func (c *composer) printPlan() *PrintPlan {
	if !c.printed() {
		return nil
	}
	p := &PrintPlan{Path: c.printPath(), c: c}
	add := func(number, title, path string) {
		p.Parts = append(p.Parts, PrintPart{ID: fmt.Sprintf("p%d", len(p.Parts)+1), Number: number, Title: title, Path: path})
	}
	if d := c.named("index.md"); d != nil && !d.Blank {
		add("", "写在前面", d.path)
	}
	if d := c.named("summary.md"); d != nil {
		add("", d.Title, d.path)
	}
	for _, d := range c.chapters {
		p.Sources = append(p.Sources, d.File)
		add(chapterNumber(d), d.Title, d.path)
	}
	add("", "研究方法", c.edition("methodology.html"))
	if body := c.printTables(); body != "" {
		add("附录", "数据表", "")
		p.Parts[len(p.Parts)-1].Body = body
	}
	if len(c.Facts.Facts) > 0 {
		add("", "引用数据", "facts.html")
	}
	if d := c.named("glossary.md"); d != nil {
		add("", d.Title, d.path)
	}
	return p
}

// printed reports whether there is a report to print: a library of procedures
// alone is none.
func (c *composer) printed() bool { return len(c.chapters) > 0 || c.named("summary.md") != nil }

func (c *composer) printPath() string { return c.edition("print.html") }

// printHeads is the path of the style sheet that names a page style for each part.
func (c *composer) printHeads() string { return c.edition("print-heads.css") }

// Model is the print edition with its bound parts; anchors leads from a
// figure's id on its page to its id in the document.
func (p *PrintPlan) Model(parts []PrintPart, anchors map[string]string) Print {
	c := p.c
	m := Print{Common: c.common("print", p.Path, c.Settings.Title, ""), Heads: c.printHeads(), Parts: parts, Imprint: c.imprint()}
	m.Base, m.Period = c.basis()
	m.Description = "整本报告的打印版，一份文档从头读到尾：封面、版权页、目录、图表目录、各章正文与图表、研究方法、数据附录、引用数据与术语表。"
	for _, ds := range c.Datasets {
		m.Sample = m.Sample || ds.Sample
	}
	if d := c.named("index.md"); d != nil && d.Finding != nil {
		m.Finding = text(d.Finding.Render(c.renderer(d)))
	}
	for _, f := range c.ordered {
		if id, ok := anchors["fig-"+f.ID]; ok {
			m.Figures = append(m.Figures, PrintFigure{id, f.Spec.Number, f.Spec.Finding})
		}
	}
	return m
}

// Copies are the print edition in other languages: the finished page, and its
// style sheet, which holds the running heads.
func (p *PrintPlan) Copies(html []byte) []File {
	tw := p.c.tw
	if tw == nil {
		return nil
	}
	return []File{
		{Path: TraditionalFolder + p.Path, Bytes: []byte(tw.page(p.Path, string(html))), Sources: p.Sources},
		{Path: TraditionalFolder + p.c.printHeads(), Bytes: []byte(tw.words.Convert(string(p.heads()))), Sources: []string{"benchbook.toml"}},
	}
}

// TraditionalFolder is where the copies of pages in traditional characters stand.
const TraditionalFolder = traditionalFolder

// imprint is the copyright page.
func (c *composer) imprint() []Row {
	s := c.Settings
	rows := []Row{{Label: "书名", Text: strings.TrimSpace(s.Title + " " + s.Subtitle)}, {Label: "编写", Text: s.Publisher}, {Label: "版次", Text: s.Edition + " 版"},
		{Label: "发布日期", Text: s.Date}, {Label: "网址", Text: s.BaseURL}, {Label: "许可", Text: s.Licence}, {Label: "联系与勘误", Text: s.Contact},
		{Label: "引用格式", Text: c.citation(s.Title, "index.html")}}
	var data []string
	for _, d := range c.Datasets {
		name := cmp.Or(d.Title, d.ID)
		if d.Sample {
			name += "（示例数据，由程序生成，不代表真实调查结果）"
		}
		data = append(data, name)
	}
	rows = append(rows, Row{Label: "数据", Text: strings.Join(data, "；")}, Row{Label: "制作", Text: c.Generator})
	out := rows[:0]
	for _, r := range rows {
		if r.Text != "" {
			out = append(out, r)
		}
	}
	return out
}

// heads are the running heads: the report's title on the left, the part's on the
// right. Engines know no running strings, so each part has a page style of its
// own, and a second one for tables laid across.
func (p *PrintPlan) heads() []byte {
	var b strings.Builder
	s := p.c.Settings
	for _, part := range p.Parts {
		left, right := cssString(s.Title+" "+s.Edition+" 版"), cssString(strings.TrimSpace(part.Number+" "+part.Title))
		fmt.Fprintf(&b, ".%[1]s{page:%[1]s}.%[1]s .wide{page:%[1]sw}\n", part.ID)
		for _, page := range []string{part.ID, part.ID + "w"} {
			size := ""
			if page != part.ID {
				size = "size:A4 landscape;"
			}
			fmt.Fprintf(&b, "@page %s{%s@top-left{content:%s}@top-right{content:%s}}\n", page, size, left, right)
		}
	}
	return []byte(b.String())
}

// cssString is a text as a style sheet's string, whatever is in it.
func cssString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r < 0x20 || r == 0x7f || r == '"' || r == '\\' || r == '<' || r == 0xfffd {
			fmt.Fprintf(&b, `\%x `, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String() + `"`
}
