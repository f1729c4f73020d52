package templates_test

import (
	"fmt"
	"html/template"

	"benchbook/internal/page"
)

// examples gives a rich model for every layout.
func examples() map[string]any {
	return map[string]any{
		"cover": exampleCover(), "article": exampleArticle(), "chapter": exampleChapter(), "figure": exampleFigurePage(),
		"figures":     page.FigureList{Common: common("figures", "图表目录"), Figures: exampleFigures},
		"methodology": exampleMethodology(), "downloads": exampleDownloads(), "sops": exampleLibrary(), "sop": exampleSOP(),
		"glossary": exampleGlossary(), "facts": exampleFacts(), "kpis": exampleKPIs(), "kpi": exampleKPI(), "profile": exampleProfile(), "tools": exampleTools(), "decision": exampleDecision(),
		"search": page.Search{Common: common("search", "搜索"), Index: "search/index.js", Pages: exampleSite.Nav},
		"404":    page.NotFound{Common: common("404", "找不到这一页")},
		"print":  examplePrint(),
	}
}

func exampleCover() page.Cover {
	c := page.Cover{Common: common("cover", exampleSite.Title), Period: "2026-03-01 至 2026-04-15", Base: "612 家企业"}
	c.Breadcrumb, c.Prev, c.Next, c.Sample = nil, nil, nil, true
	c.Finding = `六成企业已有私域团队，但只有<a class="stat" href="chapter.html#fig-team">四分之一</a>的导流率超过 41%；差距主要来自有没有专人，而不是预算多少。`
	link := page.Link{Title: "图 1-1", Path: "2026/chapter.html#fig-team"}
	c.KeyFigures = []page.KeyFigure{
		{Value: "59.5%", Label: "已有私域团队", Base: "n=412", Spread: "95% 区间 55.5%–63.4%", Change: "首次发布", Figure: link, Sample: true, Spoken: "已有私域团队的企业，59.5%，基数 412 家"},
		{Value: "31%", Label: "导流率中位数", Base: "n=412", Spread: "P25–P75：18%–41%", Change: "较上版 +2 个百分点", Figure: link, Spoken: "导流率中位数，31%，基数 412 家"},
		{Value: "8 个月", Label: "回本时间中位数", Base: "n=198", Spread: "P25–P75：5–14", Change: "首次发布", Figure: link},
		{Value: "4 人", Label: "团队规模中位数", Base: "n=245", Spread: "P25–P75：2–9", Change: "首次发布", Figure: link},
		{Value: "80 万元", Label: "年度预算中位数", Base: "n=377", Spread: "P25–P75：30–300", Change: "口径变更，不可直接比较", Figure: link},
		{Value: "27%", Label: "计划外包运营", Base: "n 未披露", Quoted: "引自见实，2023-11", Figure: link},
	}
	c.Read, c.Download = page.Link{Title: "开始阅读", Path: "2026/summary.html"}, page.Link{Title: "下载数据", Path: "2026/downloads.html"}
	for i, title := range []string{"现状与预算", "导流率基准", "回本周期", "团队配置", "方法"} {
		c.Chapters = append(c.Chapters, page.ChapterCard{Link: page.Link{Title: title, Path: "2026/chapter.html"}, Number: fmt.Sprintf("第 %d 章", i+1),
			Summary: "谁在做、花多少钱、钱花在哪里；与去年相比，哪些变了，哪些没有变。", Figures: 6 - i})
	}
	c.SOPs = exampleCards()
	c.More = []page.Link{{Title: "研究方法", Path: "2026/methodology.html"}, {Title: "术语表", Path: "glossary.html"}, {Title: "图表目录", Path: "2026/figures.html"}}
	return c
}

func exampleCards() []page.SOPCard {
	return []page.SOPCard{
		{Link: page.Link{Title: "包裹卡导流", Path: "sop/card.html"}, Summary: "从设计包裹卡到加上企业微信的完整流程。", Time: "2 小时", Roles: []string{"运营", "客服"}, Stages: []string{"导流"}, Reviewed: "2026-09-01"},
		{Link: page.Link{Title: "新客七日培育", Path: "sop/nurture.html"}, Summary: "加好友后前七天说什么、何时说、谁来说。", Time: "30 分钟/天", Roles: []string{"运营"}, Stages: []string{"培育"}, Reviewed: "2025-08-01", Overdue: true},
		{Link: page.Link{Title: "社群开营", Path: "sop/group.html"}, Summary: "一次 200 人社群的开营清单。", Time: "半天", Roles: []string{"社群负责人"}, Stages: []string{"培育", "转化"}},
	}
}

func exampleArticle() page.Article {
	a := page.Article{Common: common("article", "执行摘要"), Lead: "一页读完：现状、基准、差距与下一步。"}
	a.Body, a.Contents = exampleBody(), exampleContents
	a.Section = &page.SectionNav{Title: "服务商手册", Groups: []page.SectionGroup{{Title: "第一部分", Links: exampleSite.Nav}}}
	return a
}

func exampleChapter() page.Chapter {
	c := page.Chapter{Common: common("chapter", "现状与预算：六成企业已有团队"), Number: "第 1 章", Figures: exampleFigures}
	c.Sample, c.Body, c.Contents = true, exampleBody(), exampleContents
	c.KeyPoints = []template.HTML{`<a class="stat" href="#fig-team">59.5%</a> 的企业已有私域团队，食品行业达 90%。`, `年度预算中位数 80 万元，前四分之一超过 300 万元。`, `没有专人的企业，导流率中位数只有 12%。`}
	c.Method = `<p>样本为 2026 年 3 月至 4 月回收的 612 份有效问卷，未加权；区间为 95% Wilson 区间。样本来自主动填写者，偏向重视私域的企业。</p>`
	return c
}

func exampleFigurePage() page.Figure {
	f := page.Figure{Common: common("figure", "六成企业已有私域团队，食品行业达 90%"), Number: "图 1-1", Used: exampleSite.Nav[:2]}
	f.Drawing = template.HTML(exampleFigure("line", "team", "图 1-1", "六成企业已有私域团队，食品行业达 90%"))
	f.Option = exampleOption("line")
	f.Downloads = exampleFigures[0].Downloads
	f.Provenance = []page.Row{{Label: "数据集", Text: "survey-2026（示例数据）", Link: &exampleSite.Nav[3]}, {Label: "算法", Text: "占比，Wilson 95% 区间"}, {Label: "基数", Text: "412 家回答了这一题的企业"}}
	f.Embed = `<iframe src="https://example.org/figures/team.html" width="720" height="420"></iframe>`
	return f
}

func exampleMethodology() page.Methodology {
	m := page.Methodology{Common: common("methodology", "研究方法")}
	m.Body, m.Contents = exampleBody(), exampleContents
	rows := []page.Row{{Label: "来源", Text: "由程序按公开分布生成"}, {Label: "时间", Text: "2026-03-01 至 2026-04-15"}, {Label: "样本", Text: "612 家企业"}, {Label: "加权", Text: "未加权"}}
	m.Datasets = []page.DatasetNote{{ID: "survey-2026", Title: "私域现状问卷 2026", Sample: true, Rows: rows, Segments: []page.Row{{Label: "食品饮料", Text: "102"}, {Label: "美妆个护", Text: "88"}}}}
	m.Methods = []page.MethodNote{{ID: "method-q", Title: "分位数", Text: "第 7 型线性插值（Hyndman 与 Fan，1996）。", Used: 4}, {ID: "method-i", Title: "区间", Text: "占比用 Wilson 区间，置信水平 95%。", Used: 9}}
	m.Disclosure = []page.Row{{Label: "最少企业数", Text: "5 家；不足时只写「样本不足」。"}}
	m.Warnings = []page.Row{{Label: "空心标记", Text: "n<30，3 幅图出现。"}}
	m.Changes = []page.Row{{Label: "预算", Text: "口径改为含人力成本。"}}
	m.Cite = []page.Row{{Label: "GB/T 7714", Text: m.Citation}}
	return m
}

func exampleDownloads() page.Downloads {
	d := page.Downloads{Common: common("downloads", "数据下载"), Figures: exampleFigures, Datasets: exampleMethodology().Datasets}
	d.Whole, d.Print = []page.Download{{Path: "2026/report-2026.xlsx", Label: "全部表格的工作簿（XLSX），213 KB"}}, page.Link{Title: "打印版", Path: "2026/print.html"}
	d.Dictionary = []page.FieldNote{{Dataset: "survey-2026", Name: "team_size", Meaning: "私域团队人数", Type: "整数", Unit: "人", Base: "已有团队的企业"}, {Dataset: "survey-2026", Name: "channels_with_a_rather_long_name", Meaning: "使用的渠道", Type: "多选"}}
	return d
}

func exampleLibrary() page.SOPLibrary {
	return page.SOPLibrary{Common: common("sops", "SOP 库"), Total: 6,
		Groups: []page.SOPGroup{{Title: "导流", ID: "lead", Cards: exampleCards()}, {Title: "培育", ID: "nurture", Cards: exampleCards()}}}
}

func exampleSOP() page.SOP {
	s := page.SOP{Common: common("sop", "包裹卡导流"), Purpose: "让收到包裹的顾客在三天内加上企业微信。", When: "有自发货包裹的店铺", WhenNot: "平台禁止夹带卡片的类目",
		Trigger: "单月包裹超过 3,000 件", Roles: []string{"运营", "客服", "仓库"}, Inputs: []string{"卡片设计稿", "渠道活码"}, Time: "2 小时", Owner: "运营负责人", Version: "1.2", Reviewed: "2025-09-01", Overdue: true}
	s.Benchmarks = []page.SOPBenchmark{{Label: "本步骤对应导流率 P50", Value: "31%", Base: "n=412", Figure: page.Link{Path: "2026/chapter.html#fig-team"}, Sample: true}}
	s.Body = `<h2 id="steps">步骤 <a class="anchor" href="#steps" aria-label="本节链接">#</a></h2><ol><li><p>设计卡片：只放一个二维码，一句利益点。完成标准：客服能在三秒内说清楚扫码有什么好处。</p></li><li><p>仓库放卡：每个包裹一张，放在商品上面。</p></li></ol>
<h2 id="check">检查清单 <a class="anchor" href="#check" aria-label="本节链接">#</a></h2><ul class="tasks"><li class="task"><input type="checkbox" id="task-1"> <label for="task-1">二维码在三种手机上扫过</label></li><li class="task"><input type="checkbox" id="task-2" checked> <label for="task-2">欢迎语已经设置，<strong>自动通过</strong>已经打开</label></li></ul>
<h2 id="words">话术 <a class="anchor" href="#words" aria-label="本节链接">#</a></h2><div class="script"><p class="script-title">话术</p><pre>您好，我是您的专属顾问小云。
收到包裹了吗？有任何问题直接回复我，24 小时内一定处理。</pre></div>` + exampleTable
	s.Contents = []page.Heading{{Level: 2, ID: "steps", Text: "步骤"}, {Level: 2, ID: "check", Text: "检查清单"}, {Level: 2, ID: "words", Text: "话术"}}
	s.Section = &page.SectionNav{Title: "导流", Groups: []page.SectionGroup{{Links: []page.Link{{Title: "包裹卡导流", Path: "sop/card.html", Current: true}, {Title: "短信召回", Path: "sop/sms.html"}}}}}
	return s
}

func exampleGlossary() page.Glossary {
	g := page.Glossary{Common: common("glossary", "术语表")}
	for i, name := range []string{"导流率", "回本月数", "私域", "企业微信", "客单价", "复购率", "分位数", "置信区间"} {
		g.Terms = append(g.Terms, page.Term{ID: fmt.Sprintf("t%d", i), Name: name, Aliases: []string{"加粉率", "引流率"},
			Body: `<p>加上企业微信的顾客数 ÷ 同期收到触达的顾客数，单位 %。退款订单计入分母，重复添加只算一次。</p>`, Figures: []page.Link{{Title: "图 1-1", Path: "figures/team.html"}}})
	}
	return g
}

func exampleFacts() page.FactList {
	f := page.FactList{Common: common("facts", "引用的公开数字")}
	f.Facts = []page.FactNote{
		{ID: "plan", Value: "27%", Statement: "的企业计划把私域运营外包", Source: "见实，《私域白皮书》", Date: "2023-11", Note: "原文未说明抽样方式。"},
		{ID: "x", Value: "1.6 万亿元", Statement: "私域市场规模", Source: "某咨询机构", Date: "2022", Base: "专家估计"},
	}
	return f
}

func examplePrint() page.Print {
	p := page.Print{Common: common("print", exampleSite.Title), Finding: "六成企业已有私域团队", Base: "612 家企业", Period: "2026-03-01 至 2026-04-15"}
	p.Imprint = []page.Row{{Label: "版次", Text: "2026 版"}, {Label: "许可", Text: "CC BY 4.0"}}
	p.Parts = []page.PrintPart{
		{ID: "p1", Title: "执行摘要", Body: "<p>要点。</p>"},
		{ID: "p2", Number: "第 1 章", Title: "现状与预算", Contents: []page.Heading{{Level: 2, ID: "p2-team", Text: "六成企业已有团队"}},
			Body: `<div class="prose"><h3 id="p2-team">六成企业已有团队</h3><p>正文。</p><figure class="fig" id="p2-fig-team"><figcaption>图 1-1</figcaption></figure></div>`},
	}
	p.Figures = []page.PrintFigure{{ID: "p2-fig-team", Number: "图 1-1", Title: "六成企业已有团队"}}
	return p
}
