package diag

var releaseCodes = []Code{
	{"site.disclosure", T("[disclosure] 里的规则不成立", "a rule of [disclosure] does not hold"), T("写成 dominance = [{ n = 2, k = 85 }]、p_percent = 10；说明见手册「公布控制」。", "Write dominance = [{ n = 2, k = 85 }] and p_percent = 10; the handbook's page on disclosure explains them.")},
	{"release.exposed", T("隐去的数能由公布的数推算出来", "a withheld number can be worked out from what is published"), T("减少一种分组或合并小组；这也是程序的错，请报告。", "Drop a cut or merge small groups; it is a mistake of the program too, so please report it.")},
	{"release.reopened", T("以前的版本隐去的数，这一次会公布", "a number that an earlier edition withheld would be published now"), T("保持隐去：在数据或分组里改回去；确认可以公布时，从 data/released.toml 删去这一行并说明理由。", "Keep it withheld, or, if it may be published, remove its line from data/released.toml and say why.")},
	{"leak.personal", T("要写出的文件里有个人信息列的值", "a file to be written holds a value of a personal column"), T("从正文、图片或附件里删去它；确实可以公开的文本写进 [disclosure] allow。", "Take it out of the text, picture or attachment; a text that may be public goes into allow under [disclosure].")},
	{"leak.contributor", T("要写出的文件里有贡献者的名称或编号", "a file to be written holds the name or id of a contributor"), T("改掉名称；征得同意、可以写出的名称写进 [disclosure] allow。", "Change the name; one that may be named, with consent, goes into allow under [disclosure].")},
	{"leak.amount", T("要写出的文件里有某一个贡献者的数", "a file to be written holds the number of a single contributor"), T("删去这个数，或写成取整的、多家合计的数。", "Take the number out, or write one that is rounded or of several contributors.")},
	{"leak.withheld", T("要写出的文件里有隐去的数", "a file to be written holds a withheld number"), T("删去这个数；若不是手写的，请报告。", "Take the number out; if nobody typed it, please report it.")},
}
