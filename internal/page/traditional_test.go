package page

import (
	"slices"
	"strings"
	"testing"

	"benchbook/internal/diag"
	"benchbook/internal/hanzi"
	"benchbook/internal/site"
)

func newTestEdition() *edition {
	return &edition{words: hanzi.NewTaiwan(nil), pages: map[string]bool{"index.html": true, "2026/a.html": true, "2026/中文.html": true}, baseURL: "https://x.cn/r"}
}

func TestTraditionalPage(t *testing.T) {
	e := newTestEdition()
	for source, want := range map[string]string{
		`<html lang="zh-CN"><p>导流率</p>`:                                              `<html lang="zh-TW"><p>導流率</p>`,
		`<p lang="en">国 <b>国</b></p>国`:                                               `<p lang="en">国 <b>国</b></p>國`,
		`<p lang="en">国<p>国</p></p>国`:                                                `<p lang="en">国<p>国</p></p>國`,
		`<code>国</code><pre>国</pre>`:                                                 `<code>国</code><pre>國</pre>`,
		`<a id="国" href="#国" title="国">国</a>`:                                        `<a id="国" href="#国" title="國">國</a>`,
		`<a href="../index.html?x=1#国">`:                                             `<a href="../index.html?x=1#国">`,
		`<a href="%E4%B8%AD%E6%96%87.html">`:                                         `<a href="%E4%B8%AD%E6%96%87.html">`,
		`<a href="print.html">`:                                                      `<a href="../print.html">`,
		`<img src="../media/国.png" alt="国">`:                                         `<img src="../../media/国.png" alt="國">`,
		`<img src="data:image/png;base64,xx">`:                                       `<img src="data:image/png;base64,xx">`,
		`<a href="https://a.b/国">`:                                                   `<a href="https://a.b/国">`,
		`<a href="/404">`:                                                            `<a href="/404">`,
		`<link rel="canonical" href="https://x.cn/r/2026/a.html">`:                   `<link rel="canonical" href="https://x.cn/r/zh-tw/2026/a.html">`,
		`<link hreflang="zh-CN" href="../2026/a.html">国`:                             `<link hreflang="zh-CN" href="../../2026/a.html">國`,
		`<a lang="zh-CN" hreflang="zh-CN" href="../2026/a.html">国</a>国`:              `<a lang="zh-CN" hreflang="zh-CN" href="../../2026/a.html">国</a>國`,
		`<script src="../assets/search.1.js" data-echarts="../assets/echarts/e.js">`: `<script src="../assets/search.1.js" data-echarts="../../assets/echarts/e.js">`,
		`<script>"国"</script><script type="application/ld+json">{"a":"国","inLanguage":"zh-CN"}</script>`: `<script>"国"</script><script type="application/ld+json">{"a":"國","inLanguage":"zh-TW"}</script>`,
		`<!-- 国 --><p title='国 > 国'>国 &lt;b&gt; &amp;国`:                                                  `<!-- 国 --><p title='國 > 國'>國 &lt;b&gt; &amp;國`,
		`<p title="国`: `<p title="國`,
		`<`:           `<`,
		`国<`:          `國<`,
	} {
		if got := e.page("2026/a.html", source); got != want {
			t.Errorf("%s:\n got %s\nwant %s", source, got, want)
		}
	}
}

// FuzzTraditionalPage: whatever the page, the copy has the same tags.
func FuzzTraditionalPage(f *testing.F) {
	for _, seed := range []string{`<p title='国'>国<!--`, `<script type=json>{</script`, `</a lang=en><a lang=en>国`, `<a href=x y`, "<\x00国"} {
		f.Add(seed)
	}
	e := newTestEdition()
	tags := func(s string) int { return strings.Count(s, "<") - strings.Count(s, "&lt;") }
	f.Fuzz(func(t *testing.T, source string) {
		if got := e.page("2026/a.html", source); tags(got) > tags(source) {
			t.Errorf("%q becomes %q", source, got)
		}
	})
}

func TestTermsKeepTheirLetters(t *testing.T) {
	var l diag.List
	c := &composer{Input: Input{Settings: site.Settings{Languages: []string{simplified, traditional}},
		Read: func(string) ([]byte, error) {
			return []byte("[terms]\n\"软件\" = \"\"\n\"网络\" = \"網絡（網路）\"\nabc = \"x\"\n\"引号\" = \"\\\"><script>\"\n"), nil
		}}, l: &l, terms: map[string]string{"硬盘": "硬盘"}}
	e := c.newEdition([]Page{{Layout: "cover", Path: "index.html"}, {Layout: "404", Path: "404.html"}})
	if got := e.words.Convert("软件网络硬盘引号鼠标"); got != "軟件網絡（網路）硬盤引號滑鼠" {
		t.Error(got)
	}
	if e.pages["404.html"] || !e.pages["index.html"] {
		t.Errorf("%v", e.pages)
	}
	var places []string
	for _, d := range l.Sorted() {
		places = append(places, d.Pos.String()+" "+d.Code)
	}
	if !slices.Equal(places, []string{"data/terms.toml:4:1 page.term", "data/terms.toml:5:1 page.term"}) {
		t.Errorf("%q", places)
	}
}

func TestVersionLeadsToBothEditions(t *testing.T) {
	v := Version{traditional, Link{Path: "zh-tw/2026/中.html"}}
	if got := v.Whole("", "../"); got != "../zh-tw/2026/中.html" {
		t.Error(got)
	}
	if got := v.Whole("https://x.cn", "../"); got != "https://x.cn/zh-tw/2026/%E4%B8%AD.html" {
		t.Error(got)
	}
}
