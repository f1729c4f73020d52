package page

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"benchbook/internal/diag"
)

// pages plans every page of the site. The order does not matter to readers but
// is fixed, so that everything derived from it is.
func (c *composer) pages() []Page {
	c.makeSites()
	c.makeSiblings()
	out := []Page{c.coverPage()}
	for i, d := range c.chapters {
		out = append(out, c.chapterPage(i, d))
	}
	for i, d := range c.sops {
		out = append(out, c.sopPage(i, d))
	}
	for _, d := range c.docs {
		if d.layout == "article" {
			out = append(out, c.articlePage(d))
		}
	}
	if d := c.named("glossary.md"); d != nil {
		out = append(out, c.glossaryPage(d))
	}
	out = append(out, c.generatedPages()...)
	for _, f := range c.ordered {
		out = append(out, c.figurePage(f))
	}
	return out
}

// ofDocument makes a page whose model starts from a document.
func (c *composer) ofDocument(d *doc, layout, section string, model func(Common) any) Page {
	return Page{Layout: layout, Path: d.path, Document: d.Document, Sources: []string{d.File}, Model: func() any {
		m := c.common(layout, d.path, d.Title, section)
		c.described(&m, d)
		if layout == "chapter" || layout == "sop" || d == c.named("summary.md") {
			m.Body = c.linkTerms(d, m.Body)
		}
		return model(m)
	}}
}

func (c *composer) coverPage() Page {
	d := c.named("index.md")
	p := Page{Layout: "cover", Path: "index.html"}
	if d != nil {
		p.Sources = []string{d.File}
	}
	p.Model = func() any {
		m := Cover{Common: c.common("cover", "index.html", c.Settings.Title, "")}
		m.Description = cmp.Or(c.Settings.Description, c.Settings.Subtitle, c.Settings.Title)
		if d != nil {
			description := m.Description
			c.described(&m.Common, d)
			m.Title, m.Contents = c.Settings.Title, nil
			m.Description = cmp.Or(c.Settings.Description, d.Front.Summary, description)
			if d.Finding != nil {
				m.Finding = d.Finding.Render(c.renderer(d))
			}
			for _, k := range d.KeyFigures {
				if card, ok := c.keyFigure(k); ok {
					m.KeyFigures = append(m.KeyFigures, card)
				}
			}
		}
		m.LinkedData = c.reportData(m.Common)
		c.fillCover(&m)
		return m
	}
	return p
}

func (c *composer) fillCover(m *Cover) {
	m.Base, m.Period = c.basis()
	if len(c.chapters) > 0 {
		m.Read = Link{Title: "开始阅读", Path: c.chapters[0].path}
	}
	if s := c.named("summary.md"); s != nil {
		m.Read = Link{Title: "读执行摘要", Path: s.path}
	}
	if len(c.ordered) > 0 {
		m.Download = Link{Title: "数据下载", Path: c.edition("downloads.html")}
	}
	for _, d := range c.chapters {
		m.Chapters = append(m.Chapters, ChapterCard{d.link(), chapterNumber(d), d.Excerpt(60), len(c.figuresOf(d))})
	}
	for _, d := range c.sops[:min(len(c.sops), 6)] {
		m.SOPs = append(m.SOPs, c.sopCard(d))
	}
	for _, s := range c.sections {
		if s.id != "chapters" && s.id != "summary" {
			m.More = append(m.More, s.link)
		}
	}
	m.More = append(m.More, c.loose()...)
	for _, ds := range c.Datasets {
		m.Sample = m.Sample || ds.Sample
	}
}

// mostLoose is how many pages outside folders the cover lists; the page of search lists all.
const mostLoose = 100

// loose are the pages that stand directly under content/, so that no section's menu leads to them.
func (c *composer) loose() []Link {
	var out []Link
	for _, d := range c.docs {
		if d.layout != "article" || path.Dir(d.File) != "content" || c.isSection(d.path) {
			continue
		}
		if len(out) == mostLoose {
			return append(out, Link{Title: "全部页面", Path: "search.html"})
		}
		out = append(out, d.link())
	}
	return out
}

func (c *composer) isSection(address string) bool {
	return slices.ContainsFunc(c.sections, func(s section) bool { return s.link.Path == address })
}

// basis is what the cover says of the data: how many answered, and when.
func (c *composer) basis() (base, period string) {
	if len(c.Datasets) == 0 {
		return "", ""
	}
	main := c.Datasets[0]
	for _, d := range c.Datasets {
		if d.Contributors > main.Contributors {
			main = d
		}
	}
	n := cmp.Or(main.Contributors, main.Rows)
	if n > 0 {
		base = fmt.Sprintf("%s %s", thousands(n), cmp.Or(main.Unit, "份"))
	}
	return base, span(main.From, main.To)
}

func span(from, to string) string {
	if from == "" || from == to {
		return to
	}
	if to == "" {
		return from + " 起"
	}
	return from + " 至 " + to
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func chapterNumber(d *doc) string { return fmt.Sprintf("第 %d 章", d.number) }

func (c *composer) chapterPage(i int, d *doc) Page {
	return c.ofDocument(d, "chapter", "chapters", func(m Common) any {
		out := Chapter{Common: m, Number: chapterNumber(d)}
		out.Prev, out.Next = neighbours(c.chapters, i)
		if s := c.named("summary.md"); i == 0 && s != nil {
			link := s.link()
			out.Prev = &link
		}
		for _, k := range d.KeyPoints {
			out.KeyPoints = append(out.KeyPoints, k.Render(c.renderer(d)))
		}
		out.Figures = c.figuresOf(d)
		out.Method = c.chapterMethod(d)
		out.LinkedData = c.chapterData(out)
		out.Breadcrumb = append(out.Breadcrumb, Link{Title: "章节", Path: "index.html#chapters"})
		for _, h := range d.HandTyped() {
			c.l.Add(h)
		}
		return out
	})
}

func (c *composer) articlePage(d *doc) Page {
	section := ""
	dir := path.Dir(trimContent(d.File))
	switch {
	case trimContent(d.File) == "summary.md":
		section = "summary"
	case trimContent(d.File) == "about.md":
		section = "about"
	case dir != ".":
		top, _, _ := strings.Cut(dir, "/")
		section = "folder:" + top
	}
	layout := "article"
	vendors := c.vendorsOf(d)
	if len(d.Front.Selectors)+len(vendors) > 0 {
		layout = "decision"
	}
	return c.ofDocument(d, layout, section, func(m Common) any {
		out := Article{Lead: d.Front.Summary, Section: c.sectionNav(d), Worksheets: c.worksheets(d, &m), Vendor: c.vendorCard(d, true)}
		chosen := c.selectorsOf(d, &m)
		out.Common = m
		out.Breadcrumb = append(out.Breadcrumb, c.opening(section, d)...)
		if out.Section != nil {
			group := c.groups[groupOf(d)]
			out.Prev, out.Next = neighbours(group, slices.Index(group, d))
		}
		if section == "summary" && len(c.chapters) > 0 {
			link := c.chapters[0].link()
			out.Next = &link
		}
		if len(vendors) > 0 {
			out.Contents = append([]Heading{{2, "vendors", "逐项对照"}}, out.Contents...)
		}
		if layout == "decision" {
			return Decision{out, chosen, vendors}
		}
		return out
	})
}

func (c *composer) sopPage(i int, d *doc) Page {
	return c.ofDocument(d, "sop", "sops", func(m Common) any {
		f := d.Front
		out := SOP{Common: m, Purpose: f.Purpose, When: f.When, WhenNot: f.WhenNot, Trigger: f.Trigger, Roles: f.Roles, Inputs: f.Inputs,
			Time: f.Time, Owner: f.Owner, Version: f.Version, Reviewed: string(f.Reviewed), Overdue: c.overdue(string(f.Reviewed)),
			Section: c.sectionNav(d)}
		out.Moves = c.movedBy(d)
		if out.Overdue {
			c.l.Add(diag.Diagnostic{Code: "page.overdue", Severity: diag.Warning, Pos: diag.At(d.File, 1, 1),
				Message: diag.T("这份 SOP 上次复核在 %s，到本版日期已超过 12 个月", "this procedure was last reviewed on %s, more than 12 months before this edition", string(f.Reviewed)),
				Hint:    diag.T("请负责人复核，改 reviewed；仍然适用的只改日期", "have its owner review it and change reviewed; if it still holds, the date alone")})
		}
		out.Prev, out.Next = neighbours(c.sops, i)
		out.LinkedData = c.howTo(out)
		out.Breadcrumb = append(out.Breadcrumb, Link{Title: "SOP 库", Path: "sop/index.html"})
		for _, b := range d.Benchmarks {
			if live, ok := c.benchmark(b); ok {
				out.Benchmarks = append(out.Benchmarks, live)
				out.Sample = out.Sample || live.Sample
			}
		}
		return out
	})
}

// overdue reports a last review more than 12 months before the date of publication.
func (c *composer) overdue(reviewed string) bool {
	last, err1 := time.Parse(time.DateOnly, reviewed)
	now, err2 := time.Parse(time.DateOnly, c.Settings.Date)
	return err1 == nil && err2 == nil && last.AddDate(1, 0, 0).Before(now)
}

func (c *composer) sopCard(d *doc) SOPCard {
	return SOPCard{Link: d.link(), Summary: cmp.Or(d.Front.Purpose, d.Excerpt(60)), Time: d.Front.Time, Roles: d.Front.Roles,
		Stages: d.Front.Stage, Reviewed: string(d.Front.Reviewed), Overdue: c.overdue(string(d.Front.Reviewed))}
}

// opening is the page that opens a folder, as a step of the way to one of its pages.
func (c *composer) opening(id string, d *doc) []Link {
	for _, s := range c.sections {
		if s.id == id && strings.HasPrefix(id, "folder:") && s.link.Path != d.path {
			return []Link{s.link}
		}
	}
	return nil
}

// groupOf is the folder that a page is listed under. A folder made only for one
// page and its pictures (红烧肉/红烧肉.md) counts as part of the folder above it.
func groupOf(d *doc) string {
	dir := path.Dir(d.File)
	if path.Base(dir) == strings.TrimSuffix(path.Base(d.File), path.Ext(d.File)) {
		return path.Dir(dir)
	}
	return dir
}

// sopGroups groups the procedures by their folder.
func (c *composer) sopGroups() []SOPGroup {
	var groups []SOPGroup
	at := map[string]int{}
	for _, d := range c.sops {
		dir := strings.TrimPrefix(strings.TrimPrefix(groupOf(d), "content/sop"), "/")
		i, ok := at[dir]
		if !ok {
			i = len(groups)
			at[dir] = i
			title := strings.ReplaceAll(dir, "/", " / ")
			groups = append(groups, SOPGroup{Title: cmp.Or(title, "通用"), ID: "group-" + segment(dir)})
		}
		groups[i].Cards = append(groups[i].Cards, c.sopCard(d))
	}
	return groups
}
