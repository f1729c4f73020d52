package page

import (
	"html/template"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"benchbook/internal/hanzi"
)

var (
	termHeading = regexp.MustCompile(`<h2 id="`)
	aliasLine   = regexp.MustCompile(`(?s)<p>别名：(.*?)</p>\n?`)
)

// readTerms learns the glossary's names: each second-level heading is a term.
// Aliases are read when the page is made; here the names in brackets after a
// heading count too: 「导流率（加微率）」.
func (c *composer) readTerms() {
	d := c.named("glossary.md")
	if d == nil {
		return
	}
	for _, h := range d.Body().Headings {
		if h.Level != 2 {
			continue
		}
		name, alias, _ := strings.Cut(strings.NewReplacer("(", "（", ")", "）").Replace(h.Text), "（")
		c.terms[hanzi.Fold(strings.TrimSpace(name))] = h.ID
		c.nameTerm(strings.TrimSpace(name), h.ID)
		if alias = strings.TrimSuffix(strings.TrimSpace(alias), "）"); alias != "" {
			c.terms[hanzi.Fold(alias)] = h.ID
			c.nameTerm(alias, h.ID)
		}
	}
	html := string(d.Render(c.renderer(d)))
	for _, t := range splitTerms(html) {
		for _, a := range t.Aliases {
			if _, taken := c.terms[hanzi.Fold(a)]; !taken {
				c.terms[hanzi.Fold(a)] = t.ID
				c.nameTerm(a, t.ID)
			}
		}
	}
}

// termNames lists what a term: reference may name.
func (c *composer) termNames() []string {
	var names []string
	for name := range c.terms {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (c *composer) glossaryPage(d *doc) Page {
	return c.ofDocument(d, "glossary", "glossary", func(m Common) any {
		html := string(m.Body)
		intro := html
		if at := termHeading.FindStringIndex(html); at != nil {
			intro = html[:at[0]]
		}
		m.Body, m.Contents = template.HTML(intro), nil
		out := Glossary{Common: m, Terms: splitTerms(html)}
		for i := range out.Terms {
			out.Terms[i].Figures = c.figuresWith(out.Terms[i])
		}
		out.LinkedData = c.termSet(out)
		return out
	})
}

// splitTerms cuts a rendered glossary at its second-level headings, which our
// own renderer writes, so their form is known.
func splitTerms(html string) []Term {
	starts := termHeading.FindAllStringIndex(html, -1)
	var out []Term
	for i, at := range starts {
		end := len(html)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		part := html[at[1]:end]
		id, rest, _ := strings.Cut(part, `"`)
		heading, body, _ := strings.Cut(rest, "</h2>")
		name, _, _ := strings.Cut(heading, `<a class="anchor"`)
		t := Term{ID: unescapeHTML(id), Name: strings.TrimSpace(text(template.HTML(name[strings.IndexByte(name, '>')+1:])))}
		if m := aliasLine.FindStringSubmatchIndex(body); m != nil {
			for alias := range strings.FieldsFuncSeq(text(template.HTML(body[m[2]:m[3]])), func(r rune) bool { return strings.ContainsRune("、，,；;。", r) }) {
				t.Aliases = append(t.Aliases, strings.TrimSpace(alias))
			}
			body = body[:m[0]] + body[m[1]:]
		}
		t.Body = template.HTML(strings.TrimSpace(body))
		out = append(out, t)
	}
	return out
}

// mostTermFigures is how many figures an entry of the glossary names.
const mostTermFigures = 6

// figuresWith are the first figures whose indicator or finding has the term in it.
func (c *composer) figuresWith(t Term) []Link {
	var out []Link
	for _, f := range c.ordered {
		words := f.table().Title + "\n" + f.Spec.Finding + "\n" + f.Spec.Subtitle
		if len(out) < mostTermFigures && slices.ContainsFunc(append([]string{t.Name}, t.Aliases...), func(name string) bool {
			return utf8.RuneCountInString(name) > 1 && strings.Contains(words, name)
		}) {
			out = append(out, Link{Title: f.Spec.Number, Path: f.home() + "#fig-" + f.ID})
		}
	}
	return out
}
