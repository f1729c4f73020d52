package book

import (
	"strings"
	"testing"
)

const chapterOne = `<!doctype html><html><head><title>一</title></head><body><header class="site">站</header>
<main id="main"><article class="page"><header class="page-head"><nav class="crumbs">首页</nav><h1>一</h1><p class="notice">示例</p></header>
<section class="key-points" aria-labelledby="key-points"><h2 id="key-points">本章要点</h2><ol><li>要点</li></ol></section>
<div class="prose"><h2 id="甲">甲 <a class="anchor" href="#甲">#</a></h2>
<p>见<a href="#fig-f">图</a>、<a href="two.html#fig-f">那里的图</a>、<a href="two.html#%E4%B9%99">乙</a>、<a href="two.html#gone">没有的</a>、<a href="../figures/f.html">自己的页</a>、
<a href="https://example.org/a#b">外</a>、<a href="../sop/x.html#y">手册</a></p>
<figure class="fig" id="fig-f"><figcaption><span class="fig-no">图 1-1</span></figcaption><div class="fig-draw"><svg aria-labelledby="f-t"><title id="f-t">图</title><rect fill="url(#f-hatch)"></rect></svg></div>
<p class="fig-links"><a href="../figures/f.csv">CSV</a></p><details class="fig-data"><summary>查看数据表</summary><table><tr><td>1</td></tr></table></details></figure>
<label for="t1">做</label><input id="t1" type="checkbox"><img src="../media/a.png" alt="" loading="lazy">
<section class="files"><h2 id="files">下载</h2></section></div><footer class="page-end">完</footer></article></main></body></html>`

const chapterTwo = `<html><body><main><article class="page"><h1>二</h1><div class="prose"><h2 id="乙">乙</h2>
<figure class="fig" id="fig-f"><figcaption><span class="fig-no">图 1-1</span></figcaption></figure>
<h3 id="丙">丙</h3><div class="scroll"><table><tr><th>1</th><th>2</th><th>3</th><th>4</th><th>5</th><th>6</th><th>7</th><th>8</th><th>9</th></tr></table></div>
<script>alert(1)</script></div></article></main></body></html>`

const cover = `<html><body><main><article class="cover"><h1>书</h1><p class="finding">发现</p><section class="band prose"><p>前言</p></section></article></main></body></html>`

func bind(t *testing.T, pages ...Page) Book {
	t.Helper()
	b, err := Bind("2026/print.html", pages)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func report(t *testing.T) Book {
	return bind(t, Page{"p1", "index.html", []byte(cover)}, Page{"p2", "2026/one.html", []byte(chapterOne)}, Page{"p3", "2026/two.html", []byte(chapterTwo)},
		Page{"p4", "", []byte(`<section class="data"><h2 id="table-f">图 1-1</h2></section>`)})
}

func TestOnlyTheTextIsBound(t *testing.T) {
	b := report(t)
	if got := string(b.Parts[0].Body); !strings.Contains(got, "前言") || strings.Contains(got, "发现") {
		t.Errorf("cover: %s", got)
	}
	got := string(b.Parts[1].Body) + string(b.Parts[2].Body)
	for _, gone := range []string{"<h1", "crumbs", "notice", "anchor", "下载", "完", "script", "alert", "查看数据表", "CSV", "loading"} {
		if strings.Contains(got, gone) {
			t.Errorf("%q is in the book", gone)
		}
	}
}

func TestLinksStayInside(t *testing.T) {
	got := string(report(t).Parts[1].Body)
	for _, want := range []string{
		`<a href="#p2-fig-f">图</a>`, `<a href="#p2-fig-f">那里的图</a>`, `<a href="#p3-乙">乙</a>`, `<a href="#p3">没有的</a>`,
		`<a href="../figures/f.html">自己的页</a>`, `<a href="https://example.org/a#b">外</a>`, `<a href="../sop/x.html#y">手册</a>`,
		`aria-labelledby="p2-f-t"`, `id="p2-f-t"`, `url(#p2-f-hatch)`, `for="p2-t1"`, `id="p2-t1"`, `src="../media/a.png"`,
		`<a href="#p4-table-f">数据表见附录</a><span class="page-no" data-page="p4-table-f"></span>`,
		`<h3 id="p2-key-points">本章要点</h3>`, `<h3 id="p2-甲">`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

// TestFigureIsShownOnce and pointed to after that, so that no id stands twice.
func TestFigureIsShownOnce(t *testing.T) {
	b := report(t)
	got := string(b.Parts[2].Body)
	if strings.Contains(got, "<figure") || !strings.Contains(got, `<p class="fig-again">见<a href="#p2-fig-f">图 1-1</a>`) {
		t.Error(got)
	}
	if b.Figures["fig-f"] != "p2-fig-f" {
		t.Errorf("figures %v", b.Figures)
	}
	if !strings.Contains(got, `class="scroll wide"`) {
		t.Error("a table of nine columns is not laid across")
	}
}

func TestContents(t *testing.T) {
	b := report(t)
	if got := b.Parts[1].Contents; len(got) != 1 || got[0] != (Heading{"p2-甲", "甲"}) {
		t.Errorf("%v", got)
	}
	if got := b.Parts[3].Contents; len(got) != 0 {
		t.Errorf("the appendix lists %v", got)
	}
}

// TestWithoutAppendix keeps the data where they are, opened.
func TestWithoutAppendix(t *testing.T) {
	got := string(bind(t, Page{"p1", "2026/one.html", []byte(chapterOne)}).Parts[0].Body)
	if !strings.Contains(got, `<details class="fig-data" open="">`) {
		t.Error(got)
	}
}
