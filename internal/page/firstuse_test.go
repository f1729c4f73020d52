package page

import (
	"html/template"
	"testing"

	"benchbook/internal/document"
)

// TestFirstUse links terms where they first stand, once, whole, and not inside
// what is linked, a heading, a figure or code.
func TestFirstUse(t *testing.T) {
	c := &composer{terms: map[string]string{"导流": "a", "导流率": "b", "koc": "c", "r&d": "e"}}
	for name, id := range map[string]string{"导流": "a", "导流率": "b", "KOC": "c", "率": "d", "R&D": "e"} {
		c.nameTerm(name, id)
	}
	link := func(name, id string) string {
		return `<a class="term" href="../glossary.html#` + id + `">` + name + `</a>`
	}
	for in, want := range map[string]string{
		`<p>导流率与导流，导流率。</p>`:                         `<p>` + link("导流率", "b") + `与` + link("导流", "a") + `，导流率。</p>`,
		`<h2>导流</h2><p>导流</p>`:                       `<h2>导流</h2><p>` + link("导流", "a") + `</p>`,
		`<p><a href="x">见<b>导流</b></a>，导流</p>`:       `<p><a href="x">见<b>导流</b></a>，` + link("导流", "a") + `</p>`,
		`<figure><p>导流</p></figure><code>KOC</code>`: `<figure><p>导流</p></figure><code>KOC</code>`,
		`<p title="导流">KOCs 与KOC、KOC</p>`:            `<p title="导流">KOCs 与` + link("KOC", "c") + `、KOC</p>`,
		`<p>R&amp;D 的导<br>流</p>`:                     `<p>` + link("R&amp;D", "e") + ` 的导<br>流</p>`,
		`<p>率</p>`:                                   `<p>率</p>`,
		`<p>先有导流率。</p><p>再说导流。</p>`:                  `<p>先有` + link("导流率", "b") + `。</p><p>再说` + link("导流", "a") + `。</p>`,
	} {
		d := &doc{Document: &document.Document{}, place: place{path: "2026/x.html"}}
		if got := c.linkTerms(d, template.HTML(in)); string(got) != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
	d := &doc{Document: &document.Document{Refs: []document.Ref{{Kind: document.Term, Target: "导流"}}}, place: place{path: "2026/x.html"}}
	if got := c.linkTerms(d, "<p>导流</p>"); got != "<p>导流</p>" {
		t.Errorf("a term that the author links is linked again: %s", got)
	}
}
