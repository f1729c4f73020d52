package templates_test

import (
	"html/template"

	"benchbook/internal/page"
)

var exampleKPIRow = page.KPIRow{Link: page.Link{Title: "导流率", Path: "kpi/diversion_rate.html"}, Formula: "新增好友数 ÷ 曝光触达用户数", Unit: "%", Better: "越高越好",
	Measure: "比率", Owner: "引流负责人", Benchmark: "中位数 14.1%", Sample: true}

func exampleKPIs() page.KPIList {
	return page.KPIList{Common: common("kpis", "指标目录"),
		Frameworks: []page.FrameworkNote{{Title: "导流、服务、结果三个家族", Source: "公开访谈", Summary: "甲乙双方一起定的指标。", Quote: "大概9个指标", Count: 10,
			Families: []page.FamilyNote{{ID: "family-diversion", Title: "导流", Summary: "看到入口的人怎样变成好友。", Rows: []page.KPIRow{exampleKPIRow, exampleKPIRow}}}}},
		Profiles: []page.ProfileGroup{{Axis: "按目的", Cards: []page.ProfileCard{{Link: page.Link{Title: "销售型", Path: "kpi/profile-sales.html"}, When: "目的是成交。", Count: 4}}}}}
}

func exampleKPI() page.KPIPage {
	return page.KPIPage{Common: common("kpi", "导流率"), Family: "导流", Lead: "看到加好友入口的用户里，最后成为好友的比例。",
		Facts:  []page.Row{{Label: "公式", Text: "新增好友数 ÷ 曝光触达用户数"}, {Label: "方向", Text: "越高越好"}},
		Counts: []string{"去重后的曝光用户"}, Excludes: []string{"曝光次数"}, Mistakes: []string{"把几家店的比率取平均"},
		Notes:   []page.KPINote{{Text: "每个动作都要求立刻成交，会伤品牌", By: "某服务商"}},
		History: []page.Row{{Label: "2026-01-01 起", Text: "新口径"}, {Label: "此前", Text: "旧口径"}},
		Related: []page.Row{{Label: "互补", Text: "相加为 100%", Link: &page.Link{Title: "流失率", Path: "kpi/churn.html"}}},
		Benchmark: &page.KPIBenchmark{Title: "导流率", Note: "2026 年数据", Columns: []string{"行业", "n", "中位数", "落在"}, Figure: &page.Link{Title: "图 3-1", Path: "2026/chapter.html"},
			Rows: [][]string{{"总体", "159", "14.1%", "正常线"}, {"宠物用品", "—", "贡献者不足 5 个，或公布它会推算出这样的数字", "—"}}},
		Drawing: template.HTML(exampleFigure("quantiles", "kpi-rate", "图 3-1", "餐饮茶饮导流率最高")),
		Scales: []page.ScaleNote{{Who: "全行业", Rows: []page.ScaleRow{{Name: "正常线", Range: "5% 至 17%，两端都含", Level: "全行业"}, {Name: "及格与优良之间", Range: "17% 至 20%，两端都不含", Level: "没有归属", Gap: true}},
			Unset: []string{"超额线"}, Source: []string{"公开访谈"}}},
		ScaleNotes: []string{"「及格线」是「正常线」的别名。"}, SOPs: exampleCards(), Profiles: []page.Link{{Title: "销售型", Path: "kpi/profile-sales.html"}}}
}

func exampleProfile() page.ProfilePage {
	return page.ProfilePage{Common: common("profile", "销售型"), Lead: "目的是成交。", Source: "公开圆桌", Rule: "首单按六四分。", ByMonth: true,
		Stages: []page.StageNote{{Title: "过程", Months: "第 1 到 2 个月", Owner: "运营部门", Rows: []page.KPIRow{exampleKPIRow}}, {Title: "销售", Months: "第 3 个月起", Leave: "三项连续四周稳定", Rows: []page.KPIRow{exampleKPIRow}}},
		Form:   page.Download{Path: "kpi/profile-sales.csv", Label: "空白表，CSV，1 KB"}}
}

func exampleWorksheet() page.Worksheet {
	wide, narrow, _ := exampleChart("forecast", "half-year", "累计完成 85.46%")
	return page.Worksheet{ID: "forecast-half-year", Title: "半年导流预测表", Summary: "甲方承诺每月的曝光。", Source: "示例合同", Sample: true,
		Rows:    []page.Row{{Label: "判定", Text: "累计考核：达标，落在正常线"}},
		Columns: []page.WorksheetColumn{{Title: "月份"}, {Title: "判定"}, {Title: "承诺曝光", Numeric: true}},
		Lines:   [][]string{{"2026-01", "未达标", "20,000"}, {"累计", "达标", "191,000"}},
		Drawing: template.HTML(`<figure class="fig" id="fig-half-year"><figcaption><span class="fig-title">累计完成 85.46%</span></figcaption><div class="fig-draw">` + wide + narrow + `</div></figure>`),
		Notes:   []string{"完成率向下截到 0.01%。"}, Download: page.Download{Path: "forecasts/half-year.xlsx", Label: "带公式的电子表格，XLSX，9 KB"}}
}

func exampleDecision() page.Decision {
	target := page.SelectorTarget{ID: "modes-expert", Title: "知识专家"}
	none := page.SelectorTarget{ID: "modes-none", Title: "无匹配", None: true}
	d := page.Decision{Article: page.Article{Common: common("decision", "四种运营模式"), Lead: "三问选出模式。", Worksheets: []page.Worksheet{exampleWorksheet()}}}
	d.Contents = nil
	d.Selectors = []page.Selector{{ID: "modes", Title: "三问选出运营模式", Source: "公开访谈", Summary: "多久买一次。", Note: "高低的界线是编辑部的建议。",
		Questions: []page.SelectorQuestion{{ID: "freq", Text: "老客多久买一次", Help: "按一年算。", Options: []page.SelectorOption{{ID: "high", Text: "三次以上"}, {ID: "low", Text: "更少"}}}},
		Rules:     []page.SelectorRule{{When: "freq=high", Words: []string{"三次以上"}, Result: target, Note: "原文"}, {When: "freq=low", Words: []string{"更少"}, Result: none}},
		Results: []page.SelectorResult{{SelectorTarget: target, Text: "像懂行的老师。", Links: []page.Link{{Title: "欢迎与培育 SOP", Path: "sop/welcome.html"}},
			Figures: []page.SOPBenchmark{{Label: "月互动率中位数", Value: "14.1%", Base: "n=23", Figure: page.Link{Path: "2026/chapter.html"}, Sample: true}}}, {SelectorTarget: none, Text: "留一个售后入口就好。"}}}}
	card := page.VendorCard{Link: page.Link{Title: "SaaS 加代运营", Path: "vendors/saas.html"}, Origin: "先有软件", Rows: []page.Row{{Label: "擅长", Text: "系统与数据"}}, Fills: []string{"系统与数据"}, Companies: []string{"示例公司"}, Sponsored: true}
	d.Vendors, d.Vendor = []page.VendorCard{card}, &card
	return d
}

func exampleTools() page.Toolbox {
	return page.Toolbox{Common: common("tools", "测算与选型"), Groups: []page.ToolGroup{{Title: "选型", Cards: []page.ToolCard{{Link: page.Link{Title: "三问选出运营模式", Path: "models/modes.html"}, Summary: "多久买一次。"}}}, {Title: "回本"}}}
}
