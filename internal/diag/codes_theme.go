package diag

var themeCodes = []Code{
	{"theme.syntax", T("模板文件无法解析", "a template file does not parse"),
		T("按提示的行号检查花括号、引号、end 和函数名；删掉 templates/ 里的这个文件就会用回内置模板",
			"check braces, quotes, end and function names at the line named; without the file in templates/ the built-in one is used")},
	{"theme.type", T("模板用到了页面没有的字段、函数或部件，或在无法安全转义的位置输出",
		"a template uses a field, function or part that its page does not have, or prints where nothing can be escaped safely"),
		T("对照手册里这种页面的字段表改名；字符串不要写进标签名、style 或 script 中",
			"compare with the table of fields of that page in the handbook; print no text into tag names, style or script")},
	{"theme.missing", T("缺少一种页面的版式文件", "the layout of a kind of page is missing"),
		T("内置模板含有全部版式；检查安装是否完整", "the built-in theme has every layout; check the installation")},
	{"theme.unused", T("templates/ 里有不会被读取的文件", "a file in templates/ is read by nothing"),
		T("版式放在 layouts/名称.html，部件放在 parts/名称.html，样式和脚本放在 assets/",
			"layouts are layouts/NAME.html, parts are parts/NAME.html, style sheets and scripts stand in assets/")},
}
