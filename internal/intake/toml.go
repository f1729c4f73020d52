package intake

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"benchbook/internal/schema"
)

// toml writes the drafted dictionary, with the ground of every decision as a
// comment, since this file is where people change them.
func (d *Draft) toml() string {
	var b strings.Builder
	b.WriteString("# 数据字典，由 benchbook import 起草。改这里：再次导入会保留它，只替换数据。\n")
	for _, e := range d.Evidence {
		comment(&b, e.In("zh"))
	}
	fmt.Fprintf(&b, "title = %s\n", quote(d.Title))
	b.WriteString("source = \"\"  # 谁收集的，印在图下\n")
	if d.Open {
		b.WriteString("disclosure = \"open\"  # 数据本已公开，不作隐藏\n")
	} else {
		b.WriteString("disclosure = \"protected\"  # 样本不足的格子不公布\n")
	}
	fmt.Fprintf(&b, "unit = %s  # 一行是什么，印在 n 后面\n", quote(d.unit()))
	for _, key := range []struct{ name, field string }{{"contributor", d.contributor()}, {"owner", d.owner()}, {"period", d.periodField()}} {
		if key.field != "" {
			fmt.Fprintf(&b, "%s = %s\n", key.name, quote(key.field))
		}
	}
	fmt.Fprintf(&b, "segments = %s  # 读者可以按它们切分\n", quoteList(d.segments()))
	if d.period.From != "" {
		fmt.Fprintf(&b, "collected = { from = %s, to = %s }\n", d.period.From, d.period.To)
	}
	fmt.Fprintf(&b, "missing = %s  # 未作答的写法\n", quoteList(d.missing))
	if len(d.skipped) > 0 {
		fmt.Fprintf(&b, "skipped = %s  # 跳过未问的写法\n", quoteList(d.skipped))
	}
	if len(d.refused) > 0 {
		fmt.Fprintf(&b, "refused = %s  # 拒绝回答的写法\n", quoteList(d.refused))
	}
	for _, c := range d.Dropped {
		comment(&b, fmt.Sprintf("没有导入：%s（%s）", c.Column, c.Reason.In("zh")))
	}
	b.WriteString("\n[[resource]]\npath = \"rows.csv\"\nformat = \"csv\"\nencoding = \"utf-8\"\ndelimiter = \",\"\n")
	d.qualityTOML(&b)
	for i := range d.Fields {
		d.Fields[i].toml(&b)
	}
	return b.String()
}

// invalid matches what platforms write into their flag for answers that do not count.
var invalid = regexp.MustCompile(`(?i)无效|作废|可疑|异常|invalid|spam|preview|test`)

// qualityTOML drafts the quality rules: what the platform flagged is counted
// and told, the others are there to be switched on.
func (d *Draft) qualityTOML(b *strings.Builder) {
	if d.plain {
		return
	}
	b.WriteString("\n# 质量规则。默认不剔除；剔除的行按原因计数，写在研究方法页。\n[quality]\n")
	b.WriteString("# minimum_seconds = 60  # 作答快于这么多秒的不计\n# straight = []  # 矩阵题 question 的名字，各行同选的不计\n# duplicate = []  # 这些字段都相同的只计第一份\n")
	for i := range d.Fields {
		f := &d.Fields[i]
		var bad []string
		for _, c := range f.Categories {
			if f.lead && invalid.MatchString(c.Value) {
				bad = append(bad, c.Value)
			}
		}
		if len(bad) > 0 {
			fmt.Fprintf(b, "\n[[quality.flag]]\nfield = %s\nis = %s\ndrop = false  # 改成 true 就不计入\n", quote(f.Name), quoteList(bad))
		}
	}
}

func (d *Draft) unit() string {
	switch {
	case d.contributor() != "":
		return "家"
	case d.plain && !d.survey():
		return "条记录"
	}
	return "份答卷"
}

// survey reports whether rows are answers that someone submitted at some time.
func (d *Draft) survey() bool {
	for _, f := range d.Fields {
		if f.Shape == "date" && submitted.MatchString(f.Column) {
			return true
		}
	}
	return !d.plain
}

func (f *Field) toml(b *strings.Builder) {
	b.WriteString("\n[[field]]\n")
	comment(b, f.Why.In("zh"))
	set := func(key, value string) {
		if value != "" {
			fmt.Fprintf(b, "%s = %s\n", key, quote(value))
		}
	}
	set("name", f.Name)
	if f.Column != f.Name {
		set("column", f.Column)
	}
	if title := shortTitle(f.Title); title != f.Column {
		set("title", title)
	}
	fmt.Fprintf(b, "type = %s\n", quote(string(f.Type)))
	set("role", f.Role)
	set("unit", f.Unit)
	set("measure", f.Measure)
	set("format", f.Format)
	set("separator", f.Separator)
	set("question", f.Question)
	set("row", f.Row)
	f.categories(b)
	if f.Ordered {
		b.WriteString("ordered = true\n")
	}
	set("other", f.Other)
	if len(f.Missing) > 0 {
		fmt.Fprintf(b, "missing = %s  # 不合类型，请核对\n", quoteList(f.Missing))
	}
}

func (f *Field) categories(b *strings.Builder) {
	if len(f.Categories) == 0 {
		return
	}
	b.WriteString("categories = [\n")
	for _, c := range f.Categories {
		if c.Label == "" {
			fmt.Fprintf(b, "  %s,\n", quote(c.Value))
		} else {
			fmt.Fprintf(b, "  { value = %s, label = %s },\n", quote(c.Value), quote(c.Label))
		}
	}
	b.WriteString("]\n")
}

// maxTitle keeps a hostile header from filling a page; the column name is kept whole.
const maxTitle = 300

func shortTitle(s string) string {
	if utf8.RuneCountInString(s) <= maxTitle {
		return s
	}
	return string([]rune(s)[:maxTitle]) + "…"
}

// comment writes a text as one comment line.
func comment(b *strings.Builder, text string) {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, shortTitle(schema.HidePersonal(text, hidden)))
	b.WriteString("# " + text + "\n")
}

// quote writes a TOML basic string.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r >= 0x7f && r < 0xa0:
			b.WriteString(`\u` + fmt.Sprintf("%04x", r))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func quoteList(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = quote(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
