package templates_test

import (
	"errors"
	"fmt"
	"html"
	"html/template"
	"strings"

	"benchbook/internal/chart"
	"benchbook/internal/page"
)

// The example pages: one rich model a layout, with the awkward cases that real
// sites bring (long words, wide tables, marks that need escaping).

var exampleSite = &page.Site{
	Title: "私域运营基准白皮书", Subtitle: "预算、导流、回本与团队：612 家企业的公开基准",
	Publisher: "示例研究组", Edition: "2026", Language: "zh-CN", Licence: "CC BY 4.0", Contact: "data@example.org",
	Nav: []page.Link{
		{Title: "执行摘要", Path: "2026/summary.html"}, {Title: "章节", Path: "2026/index.html", Current: true},
		{Title: "研究方法", Path: "2026/methodology.html"}, {Title: "数据下载", Path: "2026/downloads.html"},
		{Title: "SOP 库", Path: "sop/index.html"}, {Title: "术语表", Path: "glossary.html"},
		{Title: "服务商手册", Path: "handbook/index.html"}, {Title: "关于与引用", Path: "about.html"},
	},
	Footer: []page.Link{{Title: "图表目录", Path: "2026/figures.html"}, {Title: "引用的公开数字", Path: "facts.html"}, {Title: "订阅更新", Path: "feed.xml"}},
	Search: "search.html", Feed: "feed.xml", Generator: "benchbook 0.1.0",
}

func common(kind, title string) page.Common {
	return page.Common{
		Words: page.Chinese(),
		Site:  exampleSite, Kind: kind, Path: "2026/" + kind + ".html", Root: "../", Title: title, Language: "zh-CN",
		Description: "私域运营基准白皮书 2026 版：" + title + "。样本、口径、区间与数据下载都写在页面上，每个数字都能追到它的来源。",
		Breadcrumb:  []page.Link{{Title: "首页", Path: "index.html"}, {Title: "2026 版", Path: "2026/index.html"}},
		Updated:     "2026-11-01",
		Citation:    "示例研究组. 私域运营基准白皮书[R/OL]. 2026 版. (2026-11-01)[2026-11-01]. " + title + ".",
		LinkedData:  `<script type="application/ld+json">{"@context":"https://schema.org","@type":"Report"}</script>`,
		Prev:        &page.Link{Title: "执行摘要", Path: "2026/summary.html"},
		Next:        &page.Link{Title: "第 2 章 导流率基准", Path: "2026/diversion.html"},
	}
}

const exampleTable = `<section class="scroll" tabindex="0" aria-label="各行业导流率"><table>
<caption>各行业导流率（%，按企业）</caption>
<thead><tr><th scope="col">行业</th><th scope="col" class="num">P10</th><th scope="col" class="num">P25</th><th scope="col" class="num">P50</th><th scope="col" class="num">P75</th><th scope="col" class="num">P90</th><th scope="col" class="num">n</th></tr></thead>
<tbody><tr><th scope="row">食品饮料</th><td class="num">12.0</td><td class="num">22.5</td><td class="num">38.0</td><td class="num">46.1</td><td class="num">55.0</td><td class="num">1,024</td></tr>
<tr><th scope="row">美妆个护</th><td class="num">8.0</td><td class="num">17.5</td><td class="num">29.0</td><td class="num">40.2</td><td class="num">51.7</td><td class="num">88</td></tr>
<tr><th scope="row">汽车后市场与服务</th><td class="num">—</td><td class="num">—</td><td class="num">样本不足(n&lt;5)</td><td class="num">—</td><td class="num">—</td><td class="num">—</td></tr></tbody></table></section>`

// exampleFigure has the markup that the page room writes round a drawing.
func exampleFigure(kind, id, number, finding string) string {
	wide, narrow, table := exampleChart(kind, id, finding)
	return fmt.Sprintf(`<figure class="fig" id="fig-%[1]s"><figcaption><span class="fig-no">%[2]s</span> <span class="fig-title">%[3]s</span> <a class="anchor" href="#fig-%[1]s" aria-label="%[2]s链接">#</a> <span class="sample">示例数据</span><span class="fig-sub">已组建私域团队的企业占比，按行业，2026 年 3 月至 4 月，单位：%%</span></figcaption>
<div class="fig-draw">%[4]s%[5]s</div>
<ul class="fig-notes"><li>误差线为 95%% Wilson 区间；空心标记表示 n&lt;30。</li></ul>
<p class="fig-source">n=412；来源：示例问卷；数据截至 2026-04-15</p>
<p class="fig-links"><a href="../figures/%[1]s.csv">CSV，3 KB</a> · <a href="../figures/%[1]s.json">JSON，5 KB</a> · <a href="../figures/%[1]s.svg">SVG，9 KB</a> · <a href="../figures/%[1]s.html">交互与数据</a></p>
<details class="fig-data"><summary>查看数据表</summary>%[6]s</details></figure>`, id, number, finding, wide, narrow, table)
}

// exampleChart draws the gallery's example of a kind.
func exampleChart(kind, id, finding string) (wide, narrow, table string) {
	for _, k := range chart.Kinds() {
		if k.Name != kind {
			continue
		}
		spec := k.Example()
		spec.ID, spec.Finding = id, finding
		w, err1 := chart.SVG(spec, chart.Wide)
		n, err2 := chart.SVG(spec, chart.Narrow)
		data, err3 := chart.Table(spec)
		if err := errors.Join(err1, err2, err3); err != nil {
			panic(err)
		}
		return string(w), string(n), exampleData(data)
	}
	panic("no chart kind " + kind)
}

// exampleOption is what the figure's own page hands to the interactive drawing.
func exampleOption(kind string) template.JS {
	for _, k := range chart.Kinds() {
		if k.Name == kind {
			option, err := chart.Option(k.Example())
			if err != nil {
				panic(err)
			}
			return template.JS(option)
		}
	}
	panic("no chart kind " + kind)
}

func exampleData(data chart.DataTable) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<section class="scroll" tabindex="0" aria-label="%s"><table><caption>%[1]s</caption><thead><tr>`, html.EscapeString(data.Caption))
	for _, c := range data.Columns {
		fmt.Fprintf(&b, `<th scope="col"%s>%s</th>`, map[bool]string{true: ` class="num"`}[c.Numeric], html.EscapeString(c.Title))
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range data.Rows {
		fmt.Fprintf(&b, `<tr><th scope="row">%s</th>`, html.EscapeString(row[0]))
		for i, cell := range row[1:] {
			fmt.Fprintf(&b, `<td%s>%s</td>`, map[bool]string{true: ` class="num"`}[data.Columns[i+1].Numeric], html.EscapeString(cell))
		}
		b.WriteString("</tr>")
	}
	return b.String() + "</tbody></table></section>"
}

const exampleText = `<p>过去一年，私域从「要不要做」变成「做到什么程度算合格」。本章把 612 家企业的回答放在一起看：<a class="stat" href="#fig-team">59.5%</a> 的企业已经组建专门团队，中位数人数为 4 人；另有 <a class="fact" href="../facts.html#plan" title="见实，2023-11">27%</a> 的企业计划外包（n 未披露）。<a class="term" href="../glossary.html#rate">导流率</a>的口径见术语表，全文只用这一种算法。</p>
<p>需要提醒的是，问卷来自愿意谈论私域的企业，它们比行业平均更重视私域，因此这些数字应当读作「认真做的企业做到了哪里」，而不是「全行业做到了哪里」。English words such as customer lifetime value (CLV) 与数字 3.5 倍夹在中文里，间距由样式表给出。</p>`

func exampleBody() template.HTML {
	var b strings.Builder
	b.WriteString(exampleText)
	for i, title := range []string{"六成企业已有团队，食品行业最高", "预算中位数 80 万元，前四分之一超过 300 万元", "导流率低于 17% 的企业多半没有专人"} {
		fmt.Fprintf(&b, `<h2 id="s%d">%s <a class="anchor" href="#s%d" aria-label="本节链接">#</a></h2>`, i, title, i)
		b.WriteString(exampleText)
		if i == 0 {
			b.WriteString(exampleFigure("bars", "team", "图 1-1", "六成企业已有私域团队，食品行业达 90%"))
			b.WriteString(`<h3 id="split">团队设在哪个部门决定了预算从哪里来以及一年之后还有没有人继续做 <a class="anchor" href="#split" aria-label="本节链接">#</a></h3><ul><li>市场部：<strong>41%</strong>，常与品牌共用预算；</li><li>电商部：33%；</li><li>独立部门：18%。</li></ul><blockquote><p>先有人，再有量。没有固定负责人的企业，三个月后仍在更新内容的不到一半。</p></blockquote>`)
		}
		if i == 1 {
			b.WriteString(`<figure class="fig fig-table" id="fig-rate"><figcaption><span class="fig-no">表 1-2</span> <span class="fig-title">食品行业导流率最高，中位数 38%</span> <a class="anchor" href="#fig-rate" aria-label="表 1-2 链接">#</a><span class="fig-sub">导流率分位数，按企业，单位：%</span></figcaption>` + exampleTable + `<p class="fig-source">n=1,112；来源：示例 KPI 数据；数据截至 2026-06-30</p></figure>`)
		}
		if i == 2 {
			b.WriteString(exampleFigure("quantiles", "spread", "图 1-3", "食品行业导流率最高，中位数 38%"))
			b.WriteString(exampleFigure("km", "payback", "图 1-4", "一年内收回投入的企业约六成"))
		}
		b.WriteString(exampleText)
	}
	b.WriteString(`<p>很长的地址 https://example.org/a/very/long/path/that/never/ends/and/never/breaks/by/itself?with=query&amp;and=more 不会撑破页面，<code>benchbook check --strict</code> 也不会。</p>`)
	return template.HTML(b.String())
}

var exampleContents = []page.Heading{
	{Level: 2, ID: "s0", Text: "六成企业已有团队，食品行业最高"}, {Level: 3, ID: "split", Text: "团队在哪个部门"},
	{Level: 2, ID: "s1", Text: "预算中位数 80 万元，前四分之一超过 300 万元"}, {Level: 2, ID: "s2", Text: "导流率低于 17% 的企业多半没有专人"},
}

var exampleFigures = []page.FigureLink{
	{Link: page.Link{Title: "六成企业已有私域团队，食品行业达 90%", Path: "figures/team.html"}, Number: "图 1-1", Sample: true,
		Chapter:   page.Link{Title: "现状与预算", Path: "2026/chapter.html"},
		Downloads: []page.Download{{Path: "figures/team.csv", Label: "CSV，3 KB"}, {Path: "figures/team.json", Label: "JSON，5 KB"}}},
	{Link: page.Link{Title: "食品行业导流率最高，中位数 38%", Path: "figures/rate.html"}, Number: "表 1-2",
		Chapter:   page.Link{Title: "现状与预算", Path: "2026/chapter.html"},
		Downloads: []page.Download{{Path: "figures/rate.csv", Label: "CSV，2 KB"}}},
}
