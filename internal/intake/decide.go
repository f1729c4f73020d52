package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"benchbook/internal/diag"
	"benchbook/internal/schema"
)

// take decides about one column and keeps or drops it.
func (d *Draft) take(c column, profiles []*profile) {
	p := profiles[c.sources[0]]
	f := Field{sources: c.sources, options: c.options, distinct: len(p.values.order), group: c.group, lead: c.lead}
	f.Column, f.Title, f.Name, f.Question, f.Row = c.header, c.title, c.name, c.question, c.row
	if !c.drop.IsZero() {
		d.drop(c, c.drop)
		return
	}
	if len(c.options) > 0 {
		d.joined(&f)
	} else if reason, out := d.decide(&f, c, p); out {
		d.drop(c, reason)
		return
	}
	if f.lead {
		d.countFlags(&f, p)
	}
	d.Fields = append(d.Fields, f)
	if f.Shape == "rank" && len(f.Categories) > 1 {
		d.Fields = append(d.Fields, f.firstPlace())
	}
}

// firstPlace is what stands first in a ranking, as a single choice: of a ranking
// of everything every option is chosen by all.
func (f *Field) firstPlace() Field {
	first := *f
	first.first, first.Type, first.Shape, first.Separator = true, schema.String, "single", ""
	first.Column, first.Title = f.Column+"（排第一）", f.Title+"（排第一）"
	if f.Name != "" {
		first.Name = f.Name + "_1st"
	}
	first.Categories = slices.Clone(f.Categories)
	first.Why = diag.T("由上一题的排序得来：排在第一的那一项", "made of the ranking above: what stands first in it")
	return first
}

// countFlags says how many answers the platform itself holds for invalid.
func (d *Draft) countFlags(f *Field, p *profile) {
	n := 0
	for _, c := range f.Categories {
		if invalid.MatchString(c.Value) {
			n += p.values.counts[c.Value]
		}
	}
	if n > 0 {
		d.warn("平台把 %d 份答卷标为无效（%s）；没有剔除，要剔除就在字典的 [quality] 里写 drop = true", "the platform flagged %d answers as invalid (%s); they are kept unless [quality] in the dictionary says drop = true", n, f.Column)
	}
}

func (d *Draft) drop(c column, reason diag.Text) {
	d.Dropped = append(d.Dropped, Dropped{c.header, reason})
}

// joined is a list made of one column an option.
func (d *Draft) joined(f *Field) {
	f.Type, f.Separator, f.Shape = schema.List, "csv", "multi"
	for _, option := range f.options {
		f.Categories = append(f.Categories, schema.Category{Value: option})
	}
	f.Why = diag.T("多选：%d 列各是一个选项的 1/0，合成一列", "multiple choice: %d columns hold 1/0 for one option each; joined", len(f.options))
	f.nothing = []string{"", "(跳过)"}
	d.skipped = appendNew(d.skipped, "(跳过)")
}

// decide finds out what a column holds. The order matters: persons before
// anything else, choices before numbers, since options can be numbers.
func (d *Draft) decide(f *Field, c column, p *profile) (reason diag.Text, out bool) {
	if p.filled == 0 {
		return diag.T("没有一个答案", "holds no answer"), true
	}
	shape := p.choiceShape(c.kind)
	if f.labels = c.labels; p.labelled(c.labels) {
		shape = "single"
	} else if shape == "" && d.sequence && !d.plain && !c.lead && p.optionNumbers() {
		shape = "single"
		d.warn("%s：按序号导出，选项只有编号；请在字典的 label 里补上文字，或改用按文本导出", "%s: exported by number, so options have no text; add labels in the dictionary, or export by text", c.header)
	}
	if reason, out := personal(c.title, p, shape == "", d.Open); out {
		return reason, true
	}
	f.setUnit(c.title)
	if f.Unit == "" {
		f.Unit = d.source.unit(c.sources)
	}
	switch {
	case shape == "single" && !p.identifies(f, d.plain):
		d.single(f, p)
	case shape == "multi":
		d.multi(f, p)
	case c.kind != "open" && (f.Role == schema.RoleID || p.identifies(f, d.plain)):
	case c.kind != "open" && (p.dated(f) || p.serials(f)):
		d.dayOrMonth(f, p)
	case c.kind != "open" && (d.numeric(f, p) || d.decimalCommas(f, p)):
	default:
		f.freeText(p)
	}
	f.utc = d.platform.utc && f.Type == schema.DateTime && p.zoned()
	f.setNothing(p)
	d.setMeasure(f)
	return diag.Text{}, false
}

// labelled reports whether every answer is a code with a label, two or more of which are known.
func (p *profile) labelled(labels map[string]string) bool {
	for _, v := range p.values.order {
		if labels[v] == "" {
			return false
		}
	}
	return len(labels) > 1 && !p.values.full
}

// zoned reports whether the times say that they are UTC.
func (p *profile) zoned() bool {
	for _, v := range p.values.order {
		if !strings.HasSuffix(v, "Z") && !strings.HasSuffix(v, "UTC") {
			return false
		}
	}
	return len(p.values.order) > 0
}

// setNothing lists the texts that mean no answer, which are complete once the items of a list are known.
func (f *Field) setNothing(p *profile) {
	f.nothing = p.nothing.byCount()
	if p.blank > 0 {
		f.nothing = append([]string{""}, f.nothing...)
	}
}

// freeText makes a field of answers that are counted and never released.
func (f *Field) freeText(p *profile) {
	f.Type, f.Role, f.Shape, f.Separator = schema.String, schema.RoleOpen, "text", ""
	f.Why = diag.T("自由文本：%d 个答案几乎各不相同，最长 %d 字；只计数，不公布", "free text: %d answers hardly repeat, up to %d characters; counted, never released", p.filled, p.longest)
}

// identifier names columns that tell the contributors apart.
var identifier = regexp.MustCompile(`(?i)^(?:.*(?:门店|店铺|网点|品牌|企业|公司|商家|商户|经销商|加盟商|客户|项目|会员|店|集团)(?:编号|编码|代码|号|id|名称|名)?|.*(?:编号|编码|代码)|id|.*[_ -]id|uuid|(?:store|shop|brand|company|client|merchant|firm|project|account)(?:[_ ]?(?:id|name|code|no))?|row_?names?)$`)

// codeName names columns whose digits are a code, however few of them differ: shops
// come again every month.
var codeName = regexp.MustCompile(`(?i)^.{0,12}(?:编号|编码|代码|工号|账号|卡号|单号|邮编|门店号|店号|(?:^|[_ -])(?:id|code|no|sku|zip|zipcode))$`)

// identifies recognises codes and names of contributors, and running numbers.
func (p *profile) identifies(f *Field, plain bool) bool {
	many := p.values.full || len(p.values.order)*10 >= p.filled*9
	running := many && f.sources[0] == 0 && p.whole == p.filled && p.values.order[0] == "1" && len(p.values.order) > 2 && p.values.order[1] == "2" && p.values.order[2] == "3"
	switch {
	case codeName.MatchString(strings.TrimSpace(f.Title)) && p.longest <= 40 && len(p.values.order) > 1:
		f.Why = diag.T("标识：列名说它是编号；用来区分贡献者，不公布", "identifier: its name says that it is a code; tells contributors apart, never released")
	case identifier.MatchString(strings.TrimSpace(f.Title)) && utf8.RuneCountInString(f.Title) <= 16 && (p.numbers < p.filled || many) && (plain || p.longest <= 40):
		f.Why = diag.T("标识：由列名判断；用来区分贡献者，不公布", "identifier, by its name; tells contributors apart, never released")
	case running:
		f.Why = diag.T("标识：从 1 起的流水号；不公布", "identifier: a running number from 1; never released")
	case p.padded*2 > p.filled && many:
		f.Why = diag.T("标识：带前导零或超长的数字串；不公布", "identifier: digits with leading zeros or too long for a number; never released")
	default:
		return false
	}
	f.Type, f.Role, f.Shape = schema.String, schema.RoleID, "id"
	return true
}

// datePatterns are tried where the year does not come first.
var datePatterns = []string{"%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%d-%b-%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M",
	"%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%d-%m-%y", "%b %d, %Y", "%d %b %Y", "%B %d, %Y"}

// dated recognises dates. All answers must be dates, but for a tenth that the
// dictionary then lists as missing.
func (p *profile) dated(f *Field) bool {
	if p.dates*10 >= p.filled*9 && (p.numbers == 0 || p.numbers*2 < p.filled || dateHeader.MatchString(f.Title)) {
		f.Type, f.Shape = schema.Date, "date"
		if p.clocks > 0 {
			f.Type = schema.DateTime
		}
		f.Why = diag.T("日期：%d 个答案里 %d 个是日期", "date: of %d answers %d are dates", p.filled, p.dates)
		f.Missing = p.misfits(func(v string) bool { _, _, ok := schema.ParseDate(v, ""); return ok })
		return len(f.Missing) <= maxMisfits
	}
	pattern := p.datePattern()
	if pattern == "" {
		return false
	}
	f.Type, f.Shape, f.Format = schema.Date, "date", p.likelier(pattern)
	pattern = f.Format
	if strings.Contains(pattern, "%H") || strings.Contains(pattern, "%I") {
		f.Type = schema.DateTime
	}
	f.Why = diag.T("日期：每个答案都合 %s；日与月的先后请核对", "date: every answer fits %s; make sure of day and month", pattern)
	return true
}

// datePattern is the first pattern that every answer fits, or "".
func (p *profile) datePattern() string {
	for _, pattern := range datePatterns {
		if len(p.values.order) == 0 {
			break
		}
		if _, _, ok := schema.ParseDate(p.values.order[0], pattern); ok && p.fits(pattern) {
			return pattern
		}
	}
	return ""
}

var dateHeader = regexp.MustCompile(`(?i)日期|时间|月份|年月|date|time|month|day|period|期间`)

// maxMisfits is how many different texts of a number or date column may be listed as missing.
const maxMisfits = 20

// misfits lists the values that a test refuses.
func (p *profile) misfits(fits func(string) bool) (out []string) {
	for _, v := range p.values.order {
		if !fits(v) {
			out = append(out, v)
		}
	}
	return out
}

// numeric recognises numbers: four answers in five, the rest listed as missing.
func (d *Draft) numeric(f *Field, p *profile) bool {
	if p.numbers == 0 || p.numbers*5 < p.filled*4 || p.padded > 0 && p.padded*2 > p.filled {
		return false
	}
	misfits := p.misfits(func(v string) bool { _, _, ok := schema.ParseNumber(v, f.Unit); return ok })
	if len(misfits) > maxMisfits {
		return false
	}
	f.Type, f.Shape, f.Missing = schema.Number, "number", misfits
	if p.whole == p.filled && f.Unit != "%" && !strings.ContainsAny(f.Unit, "千万亿") {
		f.Type = schema.Integer
	}
	if f.Unit == "%" && p.relative < p.numbers {
		f.Format = "percent" // which takes 12 and 12% alike
	}
	if p.relative*2 > p.filled && f.Unit == "" {
		f.Unit = "%"
	}
	f.Why = diag.T("数字：%d 个答案里 %d 个是数字", "number: of %d answers %d are numbers", p.filled, p.numbers)
	d.bareShares(f, p)
	if len(misfits) > 0 {
		d.warn("%s：%q 不是数字，先按未填处理，请核对", "%s: %q are no numbers and count as missing for now; please check", f.Column, misfits)
	}
	return true
}

// bracketed matches the unit at the end of a column name: 成本(元), 毛利率（%）.
var bracketed = regexp.MustCompile(`[（(]\s*(?:单位[:：]\s*)?([^()（）\d]{1,6})[)）]\s*$`)

func (f *Field) setUnit(title string) {
	m := bracketed.FindStringSubmatch(title)
	if m != nil && (slices.Contains(units, m[1]) || strings.HasSuffix(m[1], "元")) {
		f.Unit = strings.ReplaceAll(m[1], "％", "%")
		f.Title = strings.TrimSpace(strings.TrimSuffix(f.Title, m[0])) // printed with the values
	} else if f.Name == "duration" {
		f.Unit = "秒"
	}
}

var units = []string{"%", "％", "元", "万元", "亿元", "人", "个", "家", "次", "天", "月", "年", "秒", "分钟", "小时", "条", "单", "件", "位", "平方米", "㎡", "倍", "分"}

// unitOfCell finds the unit that a single cell carries, so that 123秒 is seen as a number.
func unitOfCell(text string) string {
	for _, u := range []string{"秒", "分钟", "小时", "人", "天", "次"} {
		if strings.HasSuffix(text, u) {
			return u
		}
	}
	return ""
}
