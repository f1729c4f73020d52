package page

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
)

// generatedPages are the pages that no single document makes.
func (c *composer) generatedPages() []Page {
	out := []Page{c.methodologyPage(), c.searchPage(), c.notFoundPage()}
	if len(c.ordered) > 0 {
		out = append(out, c.figureListPage(), c.downloadsPage())
	}
	if len(c.sops) > 0 {
		out = append(out, c.sopLibraryPage())
	}
	if len(c.Facts.Facts) > 0 {
		out = append(out, c.factsPage())
	}
	return slices.Concat(out, c.kpiPages(), c.toolPages())
}

// generated makes a page without a document; an author's document of the same
// name adds its words.
func (c *composer) generatedPage(layout, pagePath, title, section string, d *doc, sources []string, model func(Common) any) Page {
	if d != nil {
		sources = append([]string{d.File}, sources...)
	}
	return Page{Layout: layout, Path: pagePath, Sources: sources, Model: func() any {
		m := c.common(layout, pagePath, title, section)
		if d != nil {
			c.described(&m, d)
			m.Contents = nil
		}
		return model(m)
	}}
}

func (c *composer) sopLibraryPage() Page {
	return c.generatedPage("sops", "sop/index.html", "SOP 库", "sops", c.named("sop/index.md"), nil, func(m Common) any {
		m.Description = "可以照着执行的操作手册，按准备、导流、运营、合作与复盘分组；每份写明用途、角色、用时、步骤与完成标志，并接上对应的行业基准。"
		return SOPLibrary{Common: m, Groups: c.sopGroups(), Total: len(c.sops)}
	})
}

func (c *composer) factsPage() Page {
	return c.generatedPage("facts", "facts.html", "引用数据", "facts", nil, []string{"data/facts.toml"}, func(m Common) any {
		m.Description = "正文引用的他人公开数据，逐条注明数值、原文出处、日期与样本量；没有给出样本量的写「n 未披露」。这些数字不是本报告计算的，也不与调查合并。"
		out := FactList{Common: m}
		for _, f := range c.Facts.Facts {
			out.Facts = append(out.Facts, FactNote{ID: f.ID, Value: f.Text(), Statement: f.Statement, Source: f.Source, Date: f.AsOf, Base: f.Base, Note: f.Note})
		}
		return out
	})
}

func (c *composer) figureListPage() Page {
	return c.generatedPage("figures", c.edition("figures.html"), "图表目录", "figures", nil, nil, func(m Common) any {
		m.Description = "本版全部图表的编号、结论式标题与所在章节，每一幅都可以单独打开，看方法与来源，并下载 CSV、JSON、SVG、PNG 等格式。"
		return FigureList{Common: m, Figures: c.figureLinks(c.ordered)}
	})
}

func (c *composer) downloadsPage() Page {
	return c.generatedPage("downloads", c.edition("downloads.html"), "数据下载", "downloads", c.named("downloads.md"), c.datasetFiles(), func(m Common) any {
		m.Description = "整本报告的工作簿与数据包，每幅图表的 CSV、JSON、SVG 与 PNG，附数据字典、数据集的来源与许可；样本不足的单元不给数字。"
		m.LinkedData = c.about
		out := Downloads{Common: m, Whole: c.whole, Figures: c.figureLinks(c.ordered), Datasets: c.datasetNotes()}
		if c.printed() {
			out.Print = Link{Title: "打印版：整本报告在一页里", Path: c.printPath()}
		}
		for _, d := range c.Datasets {
			out.Dictionary = append(out.Dictionary, d.Fields...)
			out.Sample = out.Sample || d.Sample
		}
		return out
	})
}

func (c *composer) datasetFiles() []string {
	var out []string
	for _, d := range c.Datasets {
		out = append(out, d.File)
	}
	return out
}

func (c *composer) searchPage() Page {
	return c.generatedPage("search", "search.html", "搜索", "search", nil, nil, func(m Common) any {
		m.Description = "在全部页面里按字查找：章节、图表、操作手册、术语与方法说明；简体与繁体、全角与半角、大小写都视为相同。"
		out := Search{Common: m, Index: searchIndexPath}
		for _, d := range c.docs {
			if d.layout != "cover" {
				out.Pages = append(out.Pages, d.link())
			}
		}
		return out
	})
}

// notFoundPage is shown by a host at any depth, so its links start at the root
// of the host or of the path that the site stands under.
func (c *composer) notFoundPage() Page {
	return c.generatedPage("404", "404.html", "没有这一页", "", nil, nil, func(m Common) any {
		m.Root = "/"
		if u, err := url.Parse(c.Settings.BaseURL); err == nil && u.Path != "" {
			m.Root = strings.TrimRight(u.Path, "/") + "/"
		}
		m.Canonical, m.Breadcrumb = "", nil
		return NotFound{Common: m}
	})
}

// files are the files of the site that are not pages.
func (c *composer) files(pages []Page) []File {
	var paths []string
	updated := map[string]string{}
	for _, p := range pages {
		if p.Layout != "404" && p.Layout != "search" {
			paths = append(paths, p.Path)
			if c.tw != nil && c.tw.pages[p.Path] {
				paths = append(paths, traditionalFolder+p.Path)
			}
			if c.Settings.Date != "" {
				updated[p.Path] = c.Settings.Date
			}
		}
	}
	for _, d := range c.docs {
		if d.Front.Updated != "" {
			updated[d.path] = string(d.Front.Updated)
		}
	}
	out := []File{
		{Path: "sitemap.xml", Bytes: sitemap(c.Settings.BaseURL, paths, updated)},
		{Path: "robots.txt", Bytes: robots(c.Settings.BaseURL), Sources: []string{"benchbook.toml"}},
		{Path: "_headers", Bytes: []byte(hostHeaders)},
	}
	if atom := feed(c.Settings, cmp.Or(c.Settings.Description, c.Settings.Subtitle)); atom != nil {
		out = append(out, File{Path: "feed.xml", Bytes: atom, Sources: []string{"benchbook.toml"}})
	}
	for _, f := range c.ordered {
		out = append(out, f.files...)
	}
	return append(out, c.profileForms()...)
}
