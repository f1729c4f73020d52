package export

import (
	"bytes"
	"strings"

	"benchbook/internal/chart"

	"golang.org/x/net/html"
)

// figure writes a figure: a drawing as a picture that has title, base and source
// inside, laid out for a phone; a table as a table.
func (a *article) figure(n *html.Node) {
	id := strings.TrimPrefix(attr(n, "id"), "fig-")
	title := strings.TrimSpace(classText(n, "fig-no") + " " + classText(n, "fig-title"))
	alt := title
	if firstClass(n, "sample") != nil {
		title += "（示例数据）"
	}
	title += "\n" + classText(n, "fig-sub")
	if svg := a.site.drawing(id); svg != nil {
		a.place(picture{stem: id, alt: alt, title: title, foot: footOf(n), draw: svg, drawExt: ".svg", phone: true})
		a.dataOf(n)
		return
	}
	if table := first(n, func(c *html.Node) bool { return c.Data == "table" }); table != nil {
		a.table(table, strings.TrimSpace(title), footOf(n))
	}
}

// dataOf says in the plain text what the picture shows.
func (a *article) dataOf(n *html.Node) {
	if table := first(n, func(c *html.Node) bool { return c.Data == "table" }); table != nil {
		a.plainRows(cells(table))
	}
}

func (a *article) plainRows(grid [][]string) {
	for _, row := range grid {
		a.plain.WriteString(strings.Join(row, "\t") + "\n")
	}
	a.plain.WriteString("\n")
}

// drawing is a figure as it is drawn for a phone; nil for one that is a table.
func (s Site) drawing(id string) []byte {
	for _, f := range s.Shown {
		if f.ID != id || f.IsTable {
			continue
		}
		if svg, err := chart.SVG(f.Spec, chart.Narrow); err == nil {
			return alone(svg)
		}
	}
	return nil
}

// alone makes a drawing that stands in a page a file of its own.
func alone(svg []byte) []byte {
	start, _, _ := bytes.Cut(svg, []byte(">"))
	if bytes.Contains(start, []byte("xmlns=")) {
		return svg
	}
	return bytes.Replace(svg, []byte("<svg "), []byte(`<svg xmlns="http://www.w3.org/2000/svg" `), 1)
}

// footOf is what stands under a figure: notes, then base and source.
func footOf(n *html.Node) []string {
	var foot []string
	if notes := firstClass(n, "fig-notes"); notes != nil {
		for li := range notes.ChildNodes() {
			if li.Data == "li" {
				foot = append(foot, "注："+text(li))
			}
		}
	}
	return append(foot, classText(n, "fig-source"))
}

func classText(n *html.Node, class string) string {
	if found := firstClass(n, class); found != nil {
		return text(found)
	}
	return ""
}

// table writes a narrow table as one, and a wide one as a picture with the same
// in words. The first line of the title is what the table says.
func (a *article) table(n *html.Node, title string, foot []string) {
	grid := cells(n)
	if len(grid) == 0 {
		return
	}
	head, _, _ := strings.Cut(title, "\n")
	if len(grid[0]) > mostColumns {
		a.place(picture{stem: "table", alt: orElse(head, "表格："+strings.Join(grid[0], "、")), table: grid, title: title, foot: foot, heads: hasHead(n)})
		a.inWords(grid)
		return
	}
	if title != "" {
		a.block("p", headingStyles["h4"], strings.ReplaceAll(html.EscapeString(title), "\n", "<br>"), title)
	}
	a.out.WriteString(gridHTML(n, grid))
	a.plainRows(grid)
	for _, line := range foot {
		a.block("p", smallStyle, html.EscapeString(line), line)
	}
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// cells are the words of a table, row by row, all rows as long as the longest.
func cells(table *html.Node) [][]string {
	var grid [][]string
	columns := 0
	for tr := range table.Descendants() {
		if tr.Data != "tr" {
			continue
		}
		var row []string
		for c := range tr.ChildNodes() {
			if c.Data == "th" || c.Data == "td" {
				row = append(row, text(c))
			}
		}
		columns = max(columns, len(row))
		grid = append(grid, row)
	}
	for i := range grid {
		for len(grid[i]) < columns {
			grid[i] = append(grid[i], "")
		}
	}
	return grid
}

func hasHead(table *html.Node) bool {
	return first(table, func(c *html.Node) bool { return c.Data == "thead" }) != nil
}

// numeric are the columns that are aligned right.
func numeric(table *html.Node, columns int) []bool {
	out := make([]bool, columns)
	for tr := range table.Descendants() {
		if tr.Data != "tr" {
			continue
		}
		i := 0
		for c := range tr.ChildNodes() {
			if c.Data == "td" || c.Data == "th" {
				if i < columns && (hasClass(c, "num") || hasClass(c, "right")) {
					out[i] = true
				}
				i++
			}
		}
	}
	return out
}

func gridHTML(table *html.Node, grid [][]string) string {
	var b strings.Builder
	right := numeric(table, len(grid[0]))
	b.WriteString(`<table style="` + gridStyle + `"><tbody>` + "\n")
	for r, row := range grid {
		b.WriteString("<tr>")
		for i, cell := range row {
			style := bodyCell
			if r == 0 && hasHead(table) {
				style = headCell
			}
			if right[i] {
				style += "text-align:right;"
			}
			b.WriteString(`<td style="` + style + `">` + html.EscapeString(cell) + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table>\n")
	return b.String()
}

// inWords says a wide table in lines: the name of the row, then each column with
// its value.
func (a *article) inWords(grid [][]string) {
	for _, row := range grid[1:] {
		var parts []string
		for i, cell := range row[1:] {
			if cell != "" && cell != "—" {
				parts = append(parts, grid[0][i+1]+" "+cell)
			}
		}
		line := row[0] + "：" + strings.Join(parts, "；")
		a.block("p", smallStyle, html.EscapeString(line), line)
	}
}
