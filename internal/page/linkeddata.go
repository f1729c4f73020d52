package page

import (
	"encoding/json"
	"html/template"
	"maps"
	"path"
	"strings"

	"benchbook/internal/document"
)

// What search engines are told, in the terms of schema.org: the report, its
// chapters, a data set a figure, a how-to a procedure, a set of terms.

// thing is a description; what is empty is left out.
type thing map[string]any

// script is a description as the element that pages carry.
func (t thing) script() template.HTML {
	t["@context"] = "https://schema.org"
	out, err := json.Marshal(t.filled()) // escapes <, > and &, so that it cannot end the element
	if err != nil {
		return ""
	}
	return template.HTML(`<script type="application/ld+json">` + string(out) + `</script>`)
}

func (t thing) filled() thing {
	maps.DeleteFunc(t, func(_ string, v any) bool { return v == "" || v == nil })
	return t
}

// about is what every page says of itself.
func (c *composer) aboutPage(kind string, m Common) thing {
	t := thing{"@type": kind, "name": m.Title, "description": m.Description, "inLanguage": m.Language, "url": m.Canonical,
		"dateModified": m.Updated, "license": c.Settings.Licence, "isAccessibleForFree": true}
	if p := c.publisher(); p != nil {
		t["publisher"] = p
	}
	if len(m.Share) > 0 && c.Settings.BaseURL != "" {
		t["image"] = m.Share[0].Whole(c.Settings.BaseURL, "")
	}
	return t
}

func (c *composer) publisher() thing {
	if c.Settings.Publisher == "" {
		return nil
	}
	return thing{"@type": "Organization", "name": c.Settings.Publisher}
}

// reportThing is the report itself, as the cover has it and the other pages name it.
func (c *composer) reportThing() thing {
	s := c.Settings
	t := thing{"@type": "Report", "name": s.Title, "version": s.Edition, "inLanguage": s.Language, "datePublished": s.Date, "license": s.Licence, "url": s.BaseURL}
	if p := c.publisher(); p != nil {
		t["publisher"], t["author"] = p, p
	}
	return t.filled()
}

func (c *composer) reportData(m Common) template.HTML {
	t := c.reportThing()
	t["description"] = m.Description
	if len(m.Share) > 0 && c.Settings.BaseURL != "" {
		t["image"] = m.Share[0].Whole(c.Settings.BaseURL, "")
	}
	return t.script()
}

func (c *composer) chapterData(m Chapter) template.HTML {
	t := c.aboutPage("Article", m.Common)
	delete(t, "name")
	t["headline"], t["isPartOf"] = m.Title, c.reportThing()
	return t.script()
}

// figureData is the figure's table as a data set with its files.
func (c *composer) figureData(f *Bound, m Figure) template.HTML {
	t := c.aboutPage("Dataset", m.Common)
	d := f.table().Dataset
	t["temporalCoverage"] = isoSpan(d.From, d.To)
	t["variableMeasured"], t["measurementTechnique"] = f.table().Title, f.table().Formula
	t["isPartOf"] = c.reportThing()
	if d.Licence != "" {
		t["license"] = d.Licence
	}
	if p := c.publisher(); p != nil {
		t["creator"] = p
	}
	var files []thing
	for _, file := range m.Downloads {
		one := thing{"@type": "DataDownload", "name": file.Label, "encodingFormat": mediaTypes[path.Ext(file.Path)]}
		if c.Settings.BaseURL != "" {
			one["contentUrl"] = c.Settings.BaseURL + "/" + encodePath(file.Path)
		}
		files = append(files, one)
	}
	t["distribution"] = files
	return t.script()
}

var mediaTypes = map[string]string{".csv": "text/csv", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

// isoSpan is a stretch of days in ISO 8601; "" = not known.
func isoSpan(from, to string) string {
	if from == "" && to == "" {
		return ""
	}
	if from == "" {
		from = ".."
	}
	if to == "" {
		to = ".."
	}
	return from + "/" + to
}

// howTo is a procedure: its headings are the sections, the tasks the steps.
func (c *composer) howTo(m SOP) template.HTML {
	t := c.aboutPage("HowTo", m.Common)
	if m.Purpose != "" {
		t["description"] = m.Purpose
	}
	var steps, tools []thing
	for i, name := range stepNames(m.body) {
		steps = append(steps, thing{"@type": "HowToStep", "position": i + 1, "text": name})
	}
	for _, input := range m.Inputs {
		tools = append(tools, thing{"@type": "HowToSupply", "name": input})
	}
	if steps != nil {
		t["step"] = steps
	}
	if tools != nil {
		t["supply"] = tools
	}
	return t.script()
}

// stepNames are the numbered headings of a procedure, else its tasks, else all headings.
func stepNames(d *document.Body) []string {
	var numbered, all, tasks []string
	for _, h := range d.Headings {
		all = append(all, h.Text)
		if rest := strings.TrimLeft(h.Text, "0123456789"); rest != h.Text && strings.HasPrefix(rest, ".") {
			numbered = append(numbered, strings.TrimSpace(rest[1:]))
		}
	}
	for _, k := range d.Tasks {
		tasks = append(tasks, k.Text)
	}
	switch {
	case len(numbered) > 0:
		return numbered
	case len(tasks) > 0:
		return tasks
	}
	return all
}

// termSet is the glossary.
func (c *composer) termSet(m Glossary) template.HTML {
	t := c.aboutPage("DefinedTermSet", m.Common)
	var terms []thing
	for _, term := range m.Terms {
		one := thing{"@type": "DefinedTerm", "name": term.Name, "description": strings.Join(strings.Fields(text(term.Body)), " ")}
		if m.Canonical != "" {
			one["url"] = m.Canonical + "#" + encodePath(term.ID)
		}
		if len(term.Aliases) > 0 {
			one["alternateName"] = term.Aliases
		}
		terms = append(terms, one)
	}
	t["hasDefinedTerm"] = terms
	return t.script()
}
