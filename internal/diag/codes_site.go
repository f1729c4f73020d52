package diag

var siteCodes = []Code{
	{"site.title", T("benchbook.toml 没有标题", "benchbook.toml has no title"), T("加一行 title = \"…\"。", "Add a line title = \"…\".")},
	{"site.edition", T("版本号不能作为地址的一部分", "the edition cannot be part of an address"), T("只用字母、数字、点、连字符，例如 \"2026\"。", "Use letters, digits, dots and hyphens, as in \"2026\".")},
	{"site.language", T("语言标签不完整", "the language tag is incomplete"), T("写 \"zh-CN\" 或 \"zh-TW\"。", "Write \"zh-CN\" or \"zh-TW\".")},
	{"site.languages", T("不能出这种语言的版本", "there can be no edition in this language"), T("写 languages = [\"zh-CN\", \"zh-TW\"]，或只写一种。", "Write languages = [\"zh-CN\", \"zh-TW\"], or only one.")},
	{"site.base_url", T("站点地址不是 http(s) 地址", "the site's address is no http(s) address"), T("写完整地址，例如 \"https://example.cn/report\"。", "Write the whole address, as in \"https://example.cn/report\".")},
	{"site.minimum", T("最少贡献者数太小", "the minimum of contributors is too small"), T("至少为 2，建议 5；已公开的数据在数据字典里写 disclosure = \"open\"。", "At least 2, better 5; data that is already public says disclosure = \"open\" in its dictionary.")},
	{"fact.duplicate", T("两条引用数据用了同一个 id", "two quoted facts have one id"), T("给其中一条换一个 id。", "Give one of them another id.")},
	{"fact.incomplete", T("引用数据缺少 id、表述、数值或来源", "a quoted fact lacks its id, statement, value or source"), T("补齐 id、statement、value（或 from/to）和 source。", "Give id, statement, value (or from/to) and source.")},
	{"fact.order", T("引用数据的 from 大于 to", "a quoted fact's from is above its to"), T("把两个数对调。", "Swap the two numbers.")},
}
