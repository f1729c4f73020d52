package page

import (
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"

	"benchbook/internal/chart"
)

// The markup of a figure is written here in Go and not in a template: it is the
// same on every page, and 「number, finding, drawing, note, n and source,
// downloads, data table」 is a promise to readers and not a matter of a brand.

// drawn is a figure's parts, made once and shown on several pages.
type drawn struct {
	wide, narrow []byte
	table        chart.DataTable
}

func draw(s chart.Spec) (drawn, error) {
	var d drawn
	var err error
	if d.table, err = chart.Table(s); err != nil {
		return d, err
	}
	if s.Kind == tableKind {
		return d, nil
	}
	if d.wide, err = chart.SVG(s, chart.Wide); err != nil {
		return d, err
	}
	d.narrow, err = chart.SVG(s, chart.Narrow)
	return d, err
}

// tableKind is the kind of a figure that is only a table.
const tableKind = "table"

// html is the whole <figure> as it stands on the page at path. Title is the
// finding, which may hold checked numbers.
func (f *Bound) html(path string, title template.HTML) template.HTML {
	var b strings.Builder
	class := "fig"
	if f.IsTable {
		class += " fig-table"
	}
	fmt.Fprintf(&b, `<figure class="%s" id="fig-%s"><figcaption>`, class, f.ID)
	fmt.Fprintf(&b, `<span class="fig-no">%s</span> <span class="fig-title">%s</span>`, html.EscapeString(f.Spec.Number), title)
	fmt.Fprintf(&b, ` <a class="anchor" href="#fig-%s" aria-label="%s的链接">#</a>`, f.ID, html.EscapeString(f.Spec.Number))
	if f.Spec.Sample {
		b.WriteString(` <span class="sample">示例数据</span>`)
	}
	if f.Spec.Subtitle != "" {
		fmt.Fprintf(&b, `<span class="fig-sub">%s</span>`, html.EscapeString(f.Spec.Subtitle))
	}
	b.WriteString("</figcaption>")
	if f.IsTable {
		f.writeTable(&b)
	} else {
		b.WriteString(`<div class="fig-draw">`)
		b.Write(mergeLines(f.drawn.wide))
		b.Write(withoutTips(mergeLines(f.drawn.narrow)))
		b.WriteString("</div>")
	}
	f.writeNotes(&b)
	f.writeLinks(&b, path)
	if !f.IsTable {
		b.WriteString(`<details class="fig-data"><summary>查看数据表</summary>`)
		f.writeTable(&b)
		b.WriteString("</details>")
	}
	b.WriteString("</figure>")
	return template.HTML(b.String())
}

func (f *Bound) writeNotes(b *strings.Builder) {
	if len(f.Spec.Notes) > 0 {
		b.WriteString(`<ul class="fig-notes">`)
		for _, n := range f.Spec.Notes {
			fmt.Fprintf(b, "<li>%s</li>", html.EscapeString(n))
		}
		b.WriteString("</ul>")
	}
	if m := f.methodLine(); m != "" {
		fmt.Fprintf(b, `<p class="fig-source fig-method">%s</p>`, html.EscapeString(m))
	}
	fmt.Fprintf(b, `<p class="fig-source">%s</p>`, html.EscapeString(f.sourceLine()))
}

// methodLine names the rules that the figure's numbers were made by: estimator,
// interval, weights, correction.
func (f *Bound) methodLine() string {
	var parts []string
	for _, m := range f.methods() {
		parts = append(parts, m.Title)
	}
	if len(parts) == 0 {
		return ""
	}
	for _, t := range f.tables {
		w := "不加权"
		if t.Weight != "" {
			w = "加权"
		}
		if !slices.Contains(parts, w) {
			parts = append(parts, w)
		}
	}
	return "算法：" + strings.Join(parts, "；")
}

// sourceLine is 「n=412；来源：…；数据截至…」, also inside the SVG that a reader saves.
func (f *Bound) sourceLine() string {
	var parts []string
	for _, p := range []string{f.Spec.Base, f.Spec.Source} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "；")
}

func (f *Bound) writeLinks(b *strings.Builder, path string) {
	root := rootFrom(path)
	b.WriteString(`<p class="fig-links">`)
	for i, d := range f.Downloads {
		if i > 0 {
			b.WriteString(" · ")
		}
		fmt.Fprintf(b, `<a href="%s%s" download>%s</a>`, root, d.Path, html.EscapeString(d.Label))
	}
	if f.page() != path {
		fmt.Fprintf(b, ` · <a href="%s%s">交互与数据</a>`, root, f.page())
	}
	b.WriteString("</p>")
}

// writeTable writes the figure's data with each interval in the cell of its
// value: as narrow as a phone wants it. The files keep columns of limits.
func (f *Bound) writeTable(b *strings.Builder) { f.writeData(b, withIntervals(f.drawn.table)) }

func (f *Bound) writeData(b *strings.Builder, t chart.DataTable) {
	fmt.Fprintf(b, `<section class="scroll" tabindex="0" aria-label="%s 数据表">`, html.EscapeString(f.Spec.Number))
	fmt.Fprintf(b, `<table><caption class="vh">%s</caption><thead><tr>`, html.EscapeString(t.Caption))
	for _, c := range t.Columns {
		fmt.Fprintf(b, `<th scope="col"%s>%s</th>`, numeric(c.Numeric), html.EscapeString(c.Title))
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for i, cell := range row {
			if i == 0 {
				fmt.Fprintf(b, `<th scope="row">%s</th>`, html.EscapeString(cell))
				continue
			}
			fmt.Fprintf(b, `<td%s>%s</td>`, numeric(t.Columns[i].Numeric), html.EscapeString(cell))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table></section>")
}

func numeric(yes bool) string {
	if yes {
		return ` class="num"`
	}
	return ""
}

// page is the address of the figure's own page.
func (f *Bound) page() string { return "figures/" + f.ID + ".html" }
