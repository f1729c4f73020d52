package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Findings of the summary: those that lead, and medians.
const (
	maxFindings = 6
	maxMedians  = 3
)

// headlines are the findings of the summary and of the cover.
func (d *Draft) headlines() (out []finding) {
	leads, medians := 0, 0
	for _, x := range d.strongest(len(d.findings)) {
		switch {
		case x.lead > 0 && leads < maxFindings:
			leads++
			out = append(out, x)
		case x.lead == 0 && medians < maxMedians && x.field != scored.name:
			medians++
			out = append(out, x)
		}
	}
	return out
}

// summary outlines the executive summary; "" = the data say too little for one.
func (d *Draft) summary(chapters []draftChapter) string {
	list := d.headlines()
	if len(list) < 2 {
		return ""
	}
	var b strings.Builder
	b.WriteString("+++\ntitle = \"执行摘要\"\n+++\n\n")
	b.WriteString("这是提纲，由数据起草：领先幅度最大的在前，中位数在后。请补上每一条意味着什么、读者该做什么，然后删去这句话。\n\n")
	for i, x := range list {
		c := chapterOf(chapters, x.field)
		fmt.Fprintf(&b, "%d. %s。见[%s](chapters/%s)。\n", i+1, x.title, escape(c.title), c.file)
	}
	return b.String()
}

// chapterOf is the chapter that a question stands in.
func chapterOf(chapters []draftChapter, field string) *draftChapter {
	for i := range chapters {
		if slices.ContainsFunc(chapters[i].figures, func(f figure) bool { return f.field == field }) {
			return &chapters[i]
		}
	}
	return &chapters[0]
}

// untouched is the sentence by which a cover is known that nobody has written yet.
const untouched = "把这段话换成报告的前言"

// cover puts the strongest finding and key figures on a cover that is still as
// `new` made it. It reports whether it did.
func (d *Draft) cover(site string) (bool, error) {
	const file = "content/index.md"
	src, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(file)))
	list := d.headlines()
	if err != nil || len(list) < 2 {
		return false, nil // there is no cover to fill
	}
	text := string(src)
	head, body, ok := strings.Cut(strings.TrimPrefix(text, "+++\n"), "\n+++\n")
	if !ok || !strings.HasPrefix(text, "+++\n") || strings.Contains(head, "finding") || strings.Contains(head, "key_figures") || !strings.Contains(body, untouched) {
		return false, nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "+++\n%s\nfinding = %s\nkey_figures = [\n", head, quote(list[0].title+"。"))
	for _, x := range list[:min(len(list), 6)] {
		fmt.Fprintf(&b, "  { ref = %s, label = %s },\n", quote(x.key), quote(x.label))
	}
	b.WriteString("]\n+++\n" + body)
	return true, writeFile(site, file, b.String())
}
