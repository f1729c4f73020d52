package diag

var clientCodes = []Code{
	{"client.name", T("客户没有名字", "a client has no name"), T("在 client.toml 里加一行 name = \"…\"。", "Add a line name = \"…\" to client.toml.")},
	{"client.slug", T("客户文件夹的名字不能作为地址，或与 slug 不同", "a client's folder name cannot be an address, or is not its slug"), T("用小写字母、数字和连字符命名文件夹；slug 可以不写。", "Name the folder with lower-case letters, digits and hyphens; slug may be left out.")},
	{"client.link", T("客户文件夹或其中的文件是链接", "a client's folder, or a file in it, is a link"), T("把文件放进客户自己的文件夹，不用链接。", "Put the files into the client's own folder instead of links.")},
	{"client.data", T("客户缺少 dataset.toml，或其中没有 period", "a client has no dataset.toml, or it names no period"), T("在客户文件夹里写 dataset.toml，写明 period 是哪个日期字段。", "Write dataset.toml in the client's folder and name the date field in period.")},
	{"client.rows", T("客户的数据行不能用", "a client's rows cannot be used"), T("按消息改正那一行：日期都写到日或都写到月，数不超过一千亿。", "Mend the row: days or months throughout, and no number beyond 100 billion.")},
	{"client.logo", T("客户的标志文件不能用", "a client's logo cannot be used"), T("放一个 svg、png 或 jpg 文件在客户文件夹里，logo 只写文件名；svg 里不能有脚本和外部链接。", "Put an svg, png or jpg into the client's folder and name the file alone; an svg has no scripts and no outside links.")},
	{"client.accent", T("品牌色读不清", "a brand colour cannot be read"), T("浅色页面上对比度要到 4.5:1：用深一些的颜色；深色页面可以另写 accent_dark。", "A contrast of 4.5:1 is needed on light pages: use a darker colour; dark pages may have accent_dark.")},
	{"client.cadence", T("没有这种报表周期，或数据只到月", "there is no such cadence, or the rows are months"), T("用 day、week、month、quarter；按月的数据只出月报和季报。", "Use day, week, month, quarter; monthly rows give monthly and quarterly reports alone.")},
	{"client.floor", T("下限不是 1 到 100 的百分数", "the floor is no percentage from 1 to 100"), T("例如 floor = 80。", "For example floor = 80.")},
	{"client.basis", T("合同没有写明按月还是累计考核", "the contract does not say whether months or the whole are judged"), T("写 basis = \"monthly\" 或 \"cumulative\"。", "Write basis = \"monthly\" or \"cumulative\".")},
	{"client.contract", T("合同的起止日期不对", "the contract's days are wrong"), T("until 不早于 from。", "until is not before from.")},
	{"client.kpi", T("KPI 的定义不完整", "a KPI's definition is incomplete"), T("写 id，再写 field，或 numerator 与 denominator。", "Give an id, then a field, or a numerator and a denominator.")},
	{"client.field", T("KPI 用到的字段不存在，或不是数字", "a KPI's field is not there, or is no number"), T("对照 dataset.toml 的字段名改正。", "Compare with the names in dataset.toml.")},
	{"client.target", T("目标或预测表不能用", "a target or forecast cannot be used"), T("目标大于零，至多两位小数；预测表每月一行，写承诺与率。", "A target is above zero with two digits at most; a forecast has a line a month with committed and rate.")},
	{"client.lines", T("四条线没有依次变好", "the four lines do not get better one after the other"), T("pass、pass_to、good、over 依次上升；越低越好的指标依次下降。", "pass, pass_to, good, over climb; where lower is better they fall.")},
	{"client.bonus", T("奖金的写法不能用", "a bonus cannot be used"), T("写 bonus = { per = 6, cap = 20000 }，只用于可数的指标。", "Write bonus = { per = 6, cap = 20000 }, for counted KPIs alone.")},
	{"client.stage", T("报表的审阅状态不能这样变", "a report's state cannot change like this"), T("先 reviewed 再 released，写明 by 与 on，日期不倒退。", "First reviewed, then released, with by and on, and no day goes back.")},
	{"client.benchmark", T("KPI 要比的基准不存在", "the benchmark of a KPI is not there"), T("对照 data/indicators.toml 改正，写成 数据集/指标。", "Compare with data/indicators.toml; write DATASET/INDICATOR.")},
	{"client.contributor", T("客户在基准数据里的名字找不到", "a client is not found in the benchmark's data"), T("按基准数据的写法改正 contributor；不在其中就删掉这一行。", "Write contributor as the benchmark's data do; drop the line if the client is not in them.")},
	{"client.lost", T("另一个客户的名字出现在这份报表里", "the name of another client stands in this report"), T("查这个客户的 client.toml、数据字典与标志，删去别家的名字。", "Look for it in the client's client.toml, dictionary and logo, and remove it.")},
}
