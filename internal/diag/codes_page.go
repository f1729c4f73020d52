package diag

var pageCodes = []Code{
	{"page.overdue", T("SOP 超过 12 个月没有复核", "a procedure has not been reviewed for 12 months"), T("请负责人复核，改前置信息里的 reviewed。", "Have its owner review it and change reviewed in the front matter.")},
	{"page.vendor", T("服务商条目缺少固定字段", "a vendor's entry lacks one of the fixed fields"), T("在前置信息的 vendor 表里补上。", "Add it to the vendor table of the front matter.")},
	{"chart.id", T("图的 id 不能用作文件名", "a chart's id cannot be a file name"), T("用小写字母开头，只用小写字母、数字、- 和 _。", "Start with a lower-case letter; use lower-case letters, digits, - and _.")},
	{"chart.indicator", T("图没有写明画哪个指标", "a chart does not say which indicator it draws"), T("写 indicator = \"数据集/指标\"。", "Write indicator = \"DATASET/INDICATOR\".")},
	{"chart.kind", T("没有这种图形", "there is no such kind of chart"), T("图形的名称见手册的图形一页。", "The handbook's page of charts lists the kinds.")},
	{"chart.duplicate", T("两张图用了同一个 id", "two charts have one id"), T("给其中一张换一个 id。", "Give one of them another id.")},
	{"chart.draw", T("这些数据画不成这种图", "the data cannot be drawn as this kind of chart"), T("换一种图形，或换一种分组。", "Choose another kind, or another cut.")},
	{"page.address", T("两个文件要占同一个地址", "two files want one address"), T("给其中一个改名，或在前置信息里写 slug。", "Rename one of them, or give it a slug in its front matter.")},
	{"schema.no_dictionary", T("数据文件旁没有数据字典，不会被读", "rows without a data dictionary are not read"), T("用 benchbook import 读入，或写一份 dataset.toml。", "Take them in with benchbook import, or write a dataset.toml.")},
	{"page.hidden", T("隐藏文件夹里的文件也会发布", "a file in a hidden folder is published"), T("移到 content/ 之外，或写 draft = true。", "Move it out of content/, or write draft = true.")},
	{"page.dead_link", T("链接指向的页面或文件不存在", "a link leads to a page or file that does not exist"), T("改正路径；站内链接写源文件的相对路径，例如 ../sop/first.md。", "Correct the path; links inside the site are relative paths of source files, as in ../sop/first.md.")},
	{"page.dead_anchor", T("链接指向的小节不存在", "a link leads to a section that does not exist"), T("小节的 id 由标题得来；看目标页上标题旁的链接。", "A section's id comes from its heading; see the link beside the heading on the target page.")},
	{"page.missing_image", T("图片不存在", "a picture does not exist"), T("把图片放到所写的位置，或删掉引用；页面上会显示「图片缺失」。", "Put the picture where the text says, or remove the reference; the page shows a note in its place.")},
	{"page.bad_image", T("图片不能发布", "a picture cannot be published"), T("用 png、jpg、gif、webp 或不含脚本的 svg。", "Use png, jpg, gif, webp, or an svg without scripts.")},
	{"page.file_type", T("这种文件不能作为下载发布", "a file of this type cannot be published as a download"), T("可以链接 pdf、docx、xlsx、pptx、csv、txt、zip 和图片。", "Links may lead to pdf, docx, xlsx, pptx, csv, txt, zip and pictures.")},
	{"page.term", T("data/terms.toml 里的词不能作为术语", "a word in data/terms.toml cannot be a term"), T("写简体术语，等号后写它在繁體版里的写法；空字符串表示只换字形。", "Write the simplified term and, after the equals sign, its traditional form; an empty string changes its letters alone.")},
	{"ref.unknown", T("引用的数据、图表、引用数据或术语不存在", "a reference names a number, figure, fact or term that does not exist"), T("改正名称；提示里有最接近的一个。", "Correct the name; the hint gives the nearest one.")},
	{"ref.value", T("正文里的数字与数据不符", "a number in the text disagrees with the data"), T("运行 benchbook check --fix 改写，或查明数据为什么变了。", "Run benchbook check --fix to rewrite it, or find out why the data changed.")},
	{"ref.suppressed", T("正文引用了因样本不足不公布的数", "the text refers to a number that is not released"), T("换一个更大的分组，或删去这句话。", "Use a larger group, or take the sentence out.")},
}
