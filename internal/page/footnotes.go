package page

import (
	"fmt"
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/document"
	"benchbook/internal/release"
)

// caveatsOf are the caveats of the numbers in a document's sentences, each once,
// in the order of the text. A mark after the number leads to them at its end.
func (c *composer) caveatsOf(d *doc) (out []string) {
	for _, r := range d.Refs {
		if r.Kind != document.Stat {
			continue
		}
		cell, err := c.Registry.Lookup(r.Address("show"))
		if err != nil {
			continue
		}
		for _, w := range cell.Warnings() {
			if !slices.Contains(out, w.Text) {
				out = append(out, w.Text)
			}
		}
	}
	return out
}

// caveatMarks lead from a number to its footnotes; "" where it has none.
func caveatMarks(caveats []string, cell *release.Cell) string {
	var b strings.Builder
	for _, w := range cell.Warnings() {
		if n := slices.Index(caveats, w.Text) + 1; n > 0 {
			fmt.Fprintf(&b, `<sup class="caveat"><a href="#caveat-%d" role="doc-noteref" aria-label="注%d：%s">注%d</a></sup>`, n, n, html.EscapeString(w.Text), n)
		}
	}
	return b.String()
}

// marks are the places of footnotes in a piece of text.
var marks = regexp.MustCompile(`<sup class="caveat">.*?</sup>`)

// unmarked is a figure's title without its marks: its caveats stand right below it.
func unmarked(title template.HTML) template.HTML {
	return template.HTML(marks.ReplaceAllString(string(title), ""))
}

// caveatList is the footnotes of a document's numbers at the end of its text. Its name has the document's title in it: the
// print edition holds many.
func caveatList(title string, caveats []string) template.HTML {
	if len(caveats) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<section class="notes caveats" role="doc-endnotes" aria-label="数字附注：%s"><ul>`, html.EscapeString(title))
	for i, text := range caveats {
		fmt.Fprintf(&b, `<li id="caveat-%d"><span class="caveat">注%d</span> %s</li>`, i+1, i+1, html.EscapeString(text))
	}
	b.WriteString("</ul></section>\n")
	return template.HTML(b.String())
}
