package page

import (
	"html/template"
	"path"
	"strings"
)

// Offer publishes files that hold the whole report, under its edition, and lists
// them on the page of downloads with format and size: 「工作簿（XLSX），213 KB」.
// About is the JSON-LD that describes them, "" = none. It is called before any
// model is made.
func (c *Composition) Offer(files []File, about []byte) {
	for _, f := range files {
		f.Path = c.composer.edition(f.Path)
		f.Sources = c.composer.datasetFiles()
		c.Files = append(c.Files, f)
		c.composer.whole = append(c.composer.whole, Download{Path: f.Path, Label: formatName(f.Path) + "，" + size(len(f.Bytes))})
	}
	if len(about) > 0 && !strings.Contains(strings.ToLower(string(about)), "</script") {
		c.composer.about = template.HTML(`<script type="application/ld+json">` + string(about) + `</script>`)
	}
}

// OfferFigure publishes more files of a figure; those that are listed stand in
// its line of downloads on every page, the others only on the figure's own page.
// It is called before any model is made.
func (c *Composition) OfferFigure(f *Bound, listed bool, name string, file File) {
	file.Sources = []string{chartSource(f), "data/" + f.table().Dataset.Name + "/dataset.toml"}
	c.Files = append(c.Files, file)
	d := Download{Path: file.Path, Label: name + "，" + size(len(file.Bytes))}
	if listed {
		f.Downloads = append(f.Downloads, d)
	} else {
		f.more = append(f.more, d)
	}
}

// formatName names a whole-report file for a reader.
func formatName(file string) string {
	switch path.Ext(file) {
	case ".xlsx":
		return "全部表格的工作簿（XLSX）"
	case ".zip":
		return "数据包（ZIP，内有 CSV 与数据字典）"
	}
	return strings.ToUpper(strings.TrimPrefix(path.Ext(file), "."))
}
