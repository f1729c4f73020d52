package build

import (
	"strings"
	"testing"
)

// TestEnglishPages: a page under content/en/ is the translation of the page at
// the same path; it speaks English around its text, and both lead to each other.
func TestEnglishPages(t *testing.T) {
	m := makeSite(t, newProject(t, map[string]string{
		"benchbook.toml":        "title = \"试\"\nedition = \"2026\"\ndate = 2026-11-01\nlicence = \"CC BY 4.0\"\nlanguages = [\"zh-CN\", \"zh-TW\"]\n",
		"content/index.md":      "# 封面\n\n[关于](about.md) [en](en/about.md) [组](guides/a.md)",
		"content/about.md":      "# 关于\n\n## 一\n\n## 二\n\n## 三",
		"content/guides/a.md":   "# 指南\n\n正文。",
		"content/en/about.md":   "# About\n\n## One\n\n## Two\n\n## Three\n\nSee [the Chinese page](../about.md).",
		"content/chapters/1.md": "# 章\n\n正文。",
	}))
	m.wantNoErrors(t)
	checkSite(t, m)
	about, english := m.text(t, "about.html"), m.text(t, "en/about.html")
	for _, want := range []string{`<html lang="en">`, "Skip to the text", "On this page", ">Menu<", ">Search<", "Last changed", "2026 edition", "Licence: CC BY 4.0", ">Home<", ">About<", ">Methods<",
		`hreflang="zh-CN" href="../about.html"`, `hreflang="en" href="../en/about.html"`, `content="en_GB"`, `lang="zh-CN" hreflang="zh-CN" href="../about.html">中文`} {
		if !strings.Contains(english, want) {
			t.Errorf("the English page has no %q", want)
		}
	}
	for _, chinese := range []string{"跳到正文", "本页目录", "最后修改", "搜索<", "首页", "许可"} {
		if strings.Contains(english, chinese) {
			t.Errorf("the English page says %q", chinese)
		}
	}
	for _, want := range []string{`lang="en" hreflang="en" href="en/about.html">English`, `hreflang="en" href="en/about.html"`, `>繁體<`, "跳到正文"} {
		if !strings.Contains(about, want) {
			t.Errorf("the Chinese page has no %q", want)
		}
	}
	if m.files["zh-tw/en/about.html"] != nil {
		t.Error("the English page has a copy in traditional characters")
	}
	if strings.Contains(m.text(t, "index.html"), `href="en/about.html">About</a></li>`) {
		t.Error("the folder of translations is a section of the menu")
	}
}
