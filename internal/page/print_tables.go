package page

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"benchbook/internal/chart"
)

// Data is the figure's table: whatever the drawing shows, as it is printed.
func (f *Bound) Data() chart.DataTable { return f.drawn.table }

// Drawing is the drawing that a reader saves, with title, base and source
// inside; nil for what is only a table.
func (f *Bound) Drawing() []byte {
	for _, file := range f.files {
		if strings.HasSuffix(file.Path, ".svg") {
			return file.Bytes
		}
	}
	return nil
}

// acrossFrom is the fewest columns of a table that is laid across the page.
const acrossFrom = 9

// printTables is the data appendix: the table of every drawing, in order; those
// laid across come last, so that the reader turns the book once.
func (c *composer) printTables() template.HTML {
	var upright, across strings.Builder
	for _, f := range c.ordered {
		if f.IsTable {
			continue // stands whole in its chapter
		}
		t := withIntervals(f.drawn.table)
		b, class := &upright, "data"
		if len(t.Columns) >= acrossFrom {
			b, class = &across, "data wide"
		}
		fmt.Fprintf(b, `<section class="%s"><h2 class="data-title" id="table-%s"><span class="fig-no">%s</span> %s</h2>`, class, f.ID,
			html.EscapeString(f.Spec.Number), html.EscapeString(f.Spec.Finding))
		f.writeData(b, t)
		f.writeNotes(b)
		b.WriteString("</section>")
	}
	return template.HTML(upright.String() + across.String())
}

const lowTitle, highTitle = "区间下限", "区间上限"

// withIntervals is a table with each interval in the cell of its value, since
// paper has no room for columns of limits.
func withIntervals(t chart.DataTable) chart.DataTable {
	out := chart.DataTable{Caption: t.Caption}
	var from []int
	for i, c := range t.Columns {
		if i > 0 && i+1 < len(t.Columns) && isLow(c.Title) && strings.HasSuffix(t.Columns[i+1].Title, highTitle) || i > 1 && isLow(t.Columns[i-1].Title) {
			continue
		}
		from = append(from, i)
		out.Columns = append(out.Columns, c)
	}
	for _, row := range t.Rows {
		var cells []string
		for _, i := range from {
			cells = append(cells, withInterval(t, row, i))
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func isLow(title string) bool { return strings.HasSuffix(title, lowTitle) }

func withInterval(t chart.DataTable, row []string, i int) string {
	if i == 0 || i+2 >= len(row) || !isLow(t.Columns[i+1].Title) || row[i+1] == "—" && row[i+2] == "—" {
		return row[i]
	}
	return row[i] + "（" + row[i+1] + "–" + row[i+2] + "）"
}
