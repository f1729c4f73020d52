package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/hanzi"
)

// coded matches column codes of surveys that number their sections: s2q5.
var coded = regexp.MustCompile(`^([A-Za-z]+\d+)[qQ]\d+`)

// chapter drafts a chapter with one figure a question, a matrix included, under
// a heading for each section of the column codes.
func (d *Draft) chapter() string {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %s\n+++\n\n", quote(shortTitle(d.Title)))
	b.WriteString("下面逐项列出结果，每项一图。样本量、来源与采集时间写在图下，数据可以下载。\n")
	matrices, drawn := d.matrices(), map[string]bool{}
	section, sections := "", map[string]int{}
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Shape == "id" || f.Shape == "text" || f.Name == d.periodField() || f.Question != "" && drawn[f.Question] {
			continue
		}
		if s := f.section(); s != section {
			section = s
			fmt.Fprintf(&b, "\n## %s\n", sectionTitle(s, sections))
		}
		name, title := f.Name, f.Title
		if len(matrices[f.Question]) > 1 {
			name, title = f.Question, cmp.Or(f.group, f.Question)
			drawn[f.Question] = true
		}
		fmt.Fprintf(&b, "\n![%s](chart:%s/%s)\n", escape(shortTitle(title)), d.Dataset, name)
	}
	return b.String()
}

// section is the part of a column code that numbers its section, "" without one.
func (f *Field) section() string {
	if m := coded.FindStringSubmatch(f.Column); m != nil {
		return m[1]
	}
	return ""
}

// sectionTitle numbers the sections as they come.
func sectionTitle(section string, sections map[string]int) string {
	if section == "" {
		return "其他题目"
	}
	if sections[section] == 0 {
		sections[section] = len(sections) + 1
	}
	return fmt.Sprintf("第 %d 部分", sections[section])
}

// escape makes a title fit for Chinese prose (full-width marks beside Han
// characters) and keeps Markdown's marks in it from being read as such.
func escape(s string) string {
	var b strings.Builder
	s = strings.Join(strings.Fields(s), " ")
	for _, m := range slices.Backward(hanzi.Punctuation(s)) {
		s = s[:m.Offset] + string(m.Want) + s[m.Offset+1:]
	}
	for _, r := range s {
		if strings.ContainsRune("\\`*_[]<>&!$|~#\"", r) {
			b.WriteByte('\\')
		}
		if r >= ' ' && r != 0x7f {
			b.WriteRune(r)
		}
	}
	return b.String()
}
