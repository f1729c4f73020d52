package page

import (
	"errors"
	"html/template"
	"slices"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/diag"
	"benchbook/internal/document"
	"benchbook/internal/release"
)

// Bound is a figure of the site: a released table bound to a drawing, with a
// number of its own, made once and shown wherever a text asks for it.
type Bound struct {
	ID        string
	IsTable   bool
	Spec      chart.Spec
	Downloads []Download
	Title     template.HTML // the finding, with its checked numbers

	tables  []*release.Table // one, the rows of a matrix question, or the indicators laid beside each other
	shown   []*release.Cell  // what the drawing or table prints
	drawn   drawn
	option  []byte
	files   []File
	more    []Download // on the figure's own page only
	pages   []string   // pages that show it, in order
	homeDoc *doc       // the first of them
}

// home is the page where a reader finds the figure in its context.
func (f *Bound) home() string {
	if f.homeDoc == nil {
		return f.page()
	}
	return f.homeDoc.path
}

// bindFigures numbers and draws every figure that a text shows: chapters first,
// in reading order, since their figures are numbered by chapter.
func (c *composer) bindFigures() {
	for _, d := range c.chapters {
		c.bindOf(d)
	}
	for _, d := range c.docs {
		if d.layout != "chapter" {
			c.bindOf(d)
		}
	}
}

func (c *composer) bindOf(d *doc) {
	titles := c.titles(d)
	counts := map[bool]int{}
	for i, r := range d.Refs {
		if !r.Image || r.Kind != document.Chart && r.Kind != document.Table {
			continue
		}
		def, err := c.Charts.resolve(r.Kind, r.Target, params(r))
		if err != nil {
			continue // reported with the demands
		}
		f, known := c.figures[def.ID]
		if !known {
			if f = c.bind(d, r, def, titles[i], counts); f == nil {
				continue
			}
		}
		if len(f.pages) == 0 || f.pages[len(f.pages)-1] != d.path {
			f.pages = append(f.pages, d.path)
		}
	}
}

// titles renders a document once to learn what the numbers inside its figures'
// titles come to; nothing is reported and nothing but titles is kept.
func (c *composer) titles(d *doc) map[int]template.HTML {
	out := map[int]template.HTML{}
	at := map[diag.Pos]int{}
	for i, r := range d.Refs {
		if r.Image {
			at[r.Pos] = i
		}
	}
	if len(at) == 0 {
		return out
	}
	keep := func(r document.Ref, title template.HTML) template.HTML {
		if i, ok := at[r.Pos]; ok && r.Image {
			out[i] = title
		}
		return ""
	}
	d.Render(document.Renderer{Figure: keep, Table: keep, Stat: func(r document.Ref) template.HTML {
		cell, err := c.Registry.Lookup(r.Address("show"))
		if err != nil {
			return template.HTML(template.HTMLEscapeString(r.Text))
		}
		shown, _ := cell.Show(r.Get("show"))
		switch { // as on the page: the author's text where it agrees
		case r.Text != "" && cell.AgreesAs(r.Get("show"), r.Text):
			shown = r.Text
		case r.Text != "":
			shown = cell.Rewrite(r.Get("show"), r.Text)
		}
		return template.HTML(template.HTMLEscapeString(shown))
	}})
	return out
}

// bind makes a figure, or reports why it cannot be drawn.
func (c *composer) bind(d *doc, r document.Ref, def Definition, title template.HTML, counts map[bool]int) *Bound {
	f := &Bound{ID: def.ID, IsTable: def.Kind == tableKind, homeDoc: d, Title: title}
	if !c.fill(f, def) {
		if c.l.HasErrorAt(r.Pos) || c.l.HasErrorAt(def.Pos) {
			return nil
		}
		c.l.Add(diag.Diagnostic{Code: "ref.unknown", Pos: r.Pos, Width: r.Width, Message: diag.T("没有 %s/%s 的数据", "there are no data of %s/%s", def.Dataset, def.Indicator)})
		return nil
	}
	f.Spec.Number = c.numberFor(d, f.IsTable, counts)
	if finding := strings.TrimSpace(text(title)); finding != "" {
		f.Spec.Finding = finding
	}
	if err := f.make(); err != nil {
		c.reportDrawing(r, def, err)
		return nil
	}
	c.register(f, def)
	return f
}

// fill binds the figure to its table, or to the tables of a matrix question.
func (c *composer) fill(f *Bound, def Definition) bool {
	if len(def.Several) > 0 {
		return c.fillSeveral(f, def)
	}
	if table, ok := c.Registry.Table(def.Dataset, def.Indicator, def.By); ok {
		f.tables = []*release.Table{table}
		f.Spec, f.shown = specOf(table, def, c.labels())
		return true
	}
	q, _ := question(c.Datasets, def.Dataset, def.Indicator)
	tables, labels := c.matrixTables(def, q)
	if len(tables) == 0 {
		return false
	}
	f.tables = tables
	f.Spec, f.shown = matrixSpec(tables, labels, q, def, c.labels())
	return true
}

// table is the first of the figure's tables, which says what all of them are about.
func (f *Bound) table() *release.Table { return f.tables[0] }

func (c *composer) register(f *Bound, def Definition) {
	c.figures[def.ID] = f
	c.ordered = append(c.ordered, f)
	key := def.Dataset + "/" + def.Indicator
	if c.shows[key] == nil {
		c.shows[key] = f
	}
	c.figureFiles(f)
}

func (c *composer) reportDrawing(r document.Ref, def Definition, err error) {
	message := diag.T("图 %s 画不出来：%v", "chart %s cannot be drawn: %v", def.ID, err)
	var p *chart.Problem
	if errors.As(err, &p) {
		message = diag.T("图 %[1]s 画不出来：%[2]s", "chart %[1]s cannot be drawn: %[3]s", def.ID, p.Chinese(), p.English())
	}
	finding := diag.Diagnostic{Code: "chart.draw", Pos: r.Pos, Width: r.Width, Message: message}
	if def.Pos.File != "" {
		finding.Notes = []diag.Note{{Pos: def.Pos, Text: diag.T("图在这里定义", "the chart is defined here")}}
	}
	c.l.Add(finding)
}

// numberFor gives the next number: 图 2-3 and 表 2-1 in chapters, 附图 1 elsewhere.
func (c *composer) numberFor(d *doc, isTable bool, counts map[bool]int) string {
	word := "图"
	if isTable {
		word = "表"
	}
	if d.layout == "chapter" {
		counts[isTable]++
		return word + " " + thousands(d.number) + "-" + thousands(counts[isTable])
	}
	c.appendix[isTable]++
	return "附" + word + " " + thousands(c.appendix[isTable])
}

// make draws the figure.
func (f *Bound) make() error {
	var err error
	if f.IsTable && len(f.tables) > 1 {
		f.drawn.table, err = matrixTable(f.Spec)
		return err
	}
	if f.IsTable {
		f.drawn.table = tableOf(f.table(), f.Spec)
		return nil
	}
	if f.drawn, err = draw(f.Spec); err != nil {
		return err
	}
	f.option, err = chart.Option(f.Spec)
	return err
}

// labels are the datasets by name, for the line of sources.
func (c *composer) labels() map[string]DatasetInfo {
	out := map[string]DatasetInfo{}
	for _, d := range c.Datasets {
		out[d.ID] = d
	}
	return out
}

// methods are the methods of the numbers that are shown, in the order of first use.
func (f *Bound) methods() []release.Method {
	var out []release.Method
	for _, cell := range f.shown {
		if m := cell.Method(); m != (release.Method{}) && !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// caveats are the caveats of the numbers that are shown.
func (f *Bound) caveats() []string {
	var out []string
	for _, cell := range f.shown {
		for _, w := range cell.Warnings() {
			if !slices.Contains(out, w.Text) {
				out = append(out, w.Text)
			}
		}
	}
	return out
}
