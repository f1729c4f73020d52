package page

import "strings"

// Words are what the pages themselves say, around the author's text: in Chinese,
// and in English on pages that are written in English. Those stand under
// content/en/, each at the path of the page that it translates.
type Words struct {
	Skip, Menu, MainNav, Search, Contents   string
	Updated, Edition, Cite                  string
	Turn, Previous, Next                    string
	FooterNav, Licence, Contact, Made, Stop string
	Home, Group, Sample, SampleNotice       string
	Locale                                  string
}

var chineseWords = &Words{Skip: "跳到正文", Menu: "菜单", MainNav: "主导航", Search: "搜索", Contents: "本页目录",
	Updated: "最后修改", Edition: "版", Cite: "引用格式", Turn: "上一页与下一页", Previous: "上一页", Next: "下一页",
	FooterNav: "页脚导航", Licence: "许可：", Contact: "联系与勘误：", Made: "制作：", Stop: "。", Home: "首页", Group: "同组页面",
	Sample: "示例数据", SampleNotice: "本页部分或全部数字由程序生成，用来演示版式与计算，不代表真实调查结果。", Locale: "zh_CN"}

var englishWords = &Words{Skip: "Skip to the text", Menu: "Menu", MainNav: "Main", Search: "Search", Contents: "On this page",
	Updated: "Last changed", Edition: "edition", Cite: "Cite as", Turn: "Previous and next page", Previous: "Previous", Next: "Next",
	FooterNav: "Footer", Licence: "Licence: ", Contact: "Contact and corrections: ", Made: "Made with ", Stop: ". ", Home: "Home", Group: "In this section",
	Sample: "Sample data", SampleNotice: "Some or all numbers on this page are made by a program to show layout and reckoning; they are no real survey.", Locale: "en_GB"}

// englishTitles are the sections' names in English; a folder keeps its own.
var englishTitles = map[string]string{"执行摘要": "Summary", "章节": "Chapters", "图表目录": "Figures", "研究方法": "Methods", "数据下载": "Data",
	"SOP 库": "Procedures", "术语表": "Glossary", "引用数据": "Quoted figures", "关于与引用": "About", "打印版": "Print edition", "历年版本": "Editions"}

// Chinese are the words of Chinese pages.
func Chinese() *Words { return chineseWords }

const (
	english       = "en"
	englishFolder = "content/en/"
)

// isEnglish reports a language tag of English.
func isEnglish(language string) bool {
	return language == english || strings.HasPrefix(language, english+"-")
}

// written is the language of a document, "" = the site's.
func (d *doc) written() string {
	if d.Front.Lang == "" && strings.HasPrefix(d.File, englishFolder) {
		return english
	}
	return d.Front.Lang
}

// inEnglish turns what a page says of itself into English.
func (c *composer) inEnglish(m *Common) {
	m.Words = englishWords
	s := *m.Site
	s.Nav, s.Footer = c.englishLinks(s.Nav), c.englishLinks(s.Footer)
	m.Site = &s
	for i := range m.Breadcrumb {
		if m.Breadcrumb[i].Title == chineseWords.Home {
			m.Breadcrumb[i].Title = englishWords.Home
		}
	}
}

// englishLinks are links with English titles, to English pages where there are some.
func (c *composer) englishLinks(links []Link) []Link {
	out := make([]Link, len(links))
	for i, l := range links {
		if title, ok := englishTitles[l.Title]; ok {
			l.Title = title
		}
		if twin, ok := c.twins[l.Path]; ok {
			l.Path, l.Title = twin.path, twin.link().Title
		}
		out[i] = l
	}
	return out
}

// pairPages learns which pages are translations of each other.
func (c *composer) pairPages() {
	c.twins = map[string]*doc{}
	for _, d := range c.docs {
		rest, ok := strings.CutPrefix(d.File, englishFolder)
		if !ok || !isEnglish(d.written()) {
			continue
		}
		if original := c.byFile["content/"+rest]; original != nil {
			c.twins[original.path], c.twins[d.path] = d, original
		}
	}
}

// translated are the versions of a page that an author translated, beside those
// that are made.
func (c *composer) translated(pagePath string, made []Version) []Version {
	twin, ok := c.twins[pagePath]
	if !ok {
		return made
	}
	if isEnglish(twin.written()) {
		if made == nil {
			made = []Version{{simplified, Link{Title: "中文", Path: pagePath}}}
		}
		return append(made, Version{twin.written(), Link{Title: "English", Path: twin.path}})
	}
	own := english
	for _, d := range c.docs {
		if d.path == pagePath {
			own = d.written()
		}
	}
	return []Version{{simplified, Link{Title: "中文", Path: twin.path}}, {own, Link{Title: "English", Path: pagePath}}}
}
