package page

import (
	"cmp"
	"html"
	"path"
	"slices"
	"strings"

	"benchbook/internal/hanzi"
)

func unescapeHTML(s string) string { return html.UnescapeString(s) }

// section is an entry of the main menu.
type section struct {
	id   string
	link Link
}

// planSections lists the sections that have content: an empty one is left out
// of every menu.
func (c *composer) planSections() {
	add := func(id, title, path string, has bool) {
		if has {
			c.sections = append(c.sections, section{id, Link{Title: title, Path: path}})
		}
	}
	summary := c.named("summary.md")
	if summary != nil {
		add("summary", "执行摘要", summary.path, true)
	}
	if len(c.chapters) > 0 {
		add("chapters", "章节", "index.html#chapters", true)
	}
	add("figures", "图表目录", c.edition("figures.html"), len(c.ordered) > 0)
	add("methodology", "研究方法", c.edition("methodology.html"), true)
	add("downloads", "数据下载", c.edition("downloads.html"), len(c.ordered) > 0)
	add("sops", "SOP 库", "sop/index.html", len(c.sops) > 0)
	add("glossary", "术语表", "glossary.html", c.named("glossary.md") != nil)
	add("facts", "引用数据", "facts.html", len(c.Facts.Facts) > 0)
	add("kpis", "指标目录", kpiListPath, len(c.Trade.KPIs.KPIs()) > 0)
	add("tools", "测算与选型", toolsPath, c.Trade.Tools.any())
	for _, folder := range c.folders() {
		add("folder:"+folder.name, folder.title, folder.path, true)
	}
	if about := c.named("about.md"); about != nil {
		add("about", "关于与引用", about.path, true)
	}
}

// mainMenu is how many sections stand in the header, and menuWidth how wide their titles may be together, in characters;
// the rest stand in the footer with them.
const mainMenu, menuWidth = 7, 38

// ems is about how wide a title is set, in Han characters.
func ems(title string) float64 {
	w := 0.0
	for _, r := range title {
		if hanzi.IsCJK(r) {
			w++
		} else {
			w += 0.55
		}
	}
	return w
}

// hasMethodology holds for a site that has something to account for: data, chapters, corrections, or the author's own
// words. Without, only the foot of the page leads there.
func (c *composer) hasMethodology() bool {
	return len(c.Datasets) > 0 || len(c.chapters) > 0 || len(c.Settings.Changes) > 0 || len(c.Settings.Corrections) > 0 || c.named("methodology.md") != nil
}

func (c *composer) edition(name string) string { return c.Settings.Edition + "/" + name }

type folder struct{ name, title, path string }

// folders are the folders of plain pages directly under content/, each with the page that opens it.
func (c *composer) folders() []folder {
	var out []folder
	for _, d := range c.docs {
		dir := path.Dir(trimContent(d.File))
		if d.layout != "article" || isEnglish(d.written()) || dir == "." || path.Dir(dir) != "." || strings.HasPrefix(dir, ".") {
			continue
		}
		i := slices.IndexFunc(out, func(f folder) bool { return f.name == dir })
		if i < 0 {
			out = append(out, folder{dir, d.Title, d.path})
		} else if base := path.Base(d.File); base == "index.md" || base == "README.md" {
			out[i].title, out[i].path = cmp.Or(d.Front.Short, d.Title), d.path
		}
	}
	return out
}

// siteFor is the site with one section marked current.
func (c *composer) siteFor(current string) *Site {
	if s, ok := c.sites[current]; ok {
		return s
	}
	return c.makeSite(current)
}

// makeSites prepares a Site for every section, so that pages share them.
func (c *composer) makeSites() {
	c.sites[""] = c.makeSite("")
	for _, s := range c.sections {
		c.sites[s.id] = c.makeSite(s.id)
	}
}

func (c *composer) makeSite(current string) *Site {
	s := c.Settings
	out := &Site{Title: s.Title, Subtitle: s.Subtitle, Publisher: s.Publisher, Edition: s.Edition, Language: s.Language,
		Licence: s.Licence, Contact: s.Contact, Generator: c.Generator, BaseURL: s.BaseURL, Search: "search.html"}
	if s.Date != "" {
		out.Feed = "feed.xml"
	}
	if s.Logo != "" {
		out.Logo = c.media.publish("content/"+s.Logo, s.Pos)
	}
	room := float64(menuWidth)
	for i, sec := range c.sections {
		link := sec.link
		link.Current = sec.id == current
		if room -= ems(link.Title) + 1; i < mainMenu && room >= 0 && (sec.id != "methodology" || c.hasMethodology()) {
			out.Nav = append(out.Nav, link)
		}
		out.Footer = append(out.Footer, link)
	}
	if c.printed() {
		out.Footer = append(out.Footer, Link{Title: "打印版", Path: c.printPath()})
	}
	return out
}

// sectionNav is the list of the pages that stand in one folder with this one.
func (c *composer) sectionNav(d *doc) *SectionNav { return c.siblings[groupOf(d)] }

// makeSiblings prepares the lists of every folder once, for all its pages.
func (c *composer) makeSiblings() {
	for _, d := range c.docs {
		dir := groupOf(d)
		if d.layout != "sop" && d.layout != "article" || dir == "content" {
			continue
		}
		if c.siblings[dir] == nil {
			c.siblings[dir] = &SectionNav{Title: chineseWords.Group, Groups: []SectionGroup{{}}}
			if isEnglish(d.written()) {
				c.siblings[dir].Title = englishWords.Group
			}
		}
		group := &c.siblings[dir].Groups[0]
		group.Links = append(group.Links, d.link())
		c.groups[dir] = append(c.groups[dir], d)
	}
}

func trimContent(file string) string { return file[len("content/"):] }

// neighbours are the pages before and after the i-th of a list.
func neighbours(list []*doc, i int) (prev, next *Link) {
	if i > 0 {
		l := list[i-1].link()
		prev = &l
	}
	if i+1 < len(list) {
		l := list[i+1].link()
		next = &l
	}
	return prev, next
}
