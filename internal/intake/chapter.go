package intake

import (
	"fmt"
	"regexp"
	"strings"
)

// maxParts is how many parts of one question get a figure each in the draft.
const maxParts = 30

// coded matches column codes of surveys that number their sections: s2q5.
var coded = regexp.MustCompile(`^([A-Za-z]+\d+)[qQ]\d+`)

// chapter drafts a chapter with one figure a question, under a heading for each
// group of questions: a section of the codes, or a matrix.
func (d *Draft) chapter() string {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %s\n+++\n\n", quote(shortTitle(d.Title)))
	b.WriteString("下面逐项列出结果，每项一图。样本量、来源与采集时间写在图下，数据可以下载。\n")
	parts, said := map[string]int{}, map[string]bool{}
	for _, f := range d.Fields {
		if f.Question != "" {
			parts[f.Question]++
		}
	}
	group, sections := "", map[string]string{}
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Shape == "id" || f.Shape == "text" || f.Name == d.periodField() {
			continue
		}
		if heading := f.heading(sections); heading != group {
			if group = heading; heading == "" {
				heading = "其他题目"
			}
			fmt.Fprintf(&b, "\n## %s\n", heading)
		}
		if f.Question != "" && parts[f.Question] > maxParts {
			if !said[f.Question] {
				fmt.Fprintf(&b, "\n「%s」分为 %d 个小项，逐项的结果见数据下载。\n", escape(f.Question), parts[f.Question])
			}
			said[f.Question] = true
			continue
		}
		fmt.Fprintf(&b, "\n![%s](chart:%s/%s)\n", escape(shortTitle(f.Title)), d.Dataset, f.Name)
	}
	return b.String()
}

// heading is the title of the group that a field stands in, "" for none.
// Sections of column codes are numbered as they come.
func (f *Field) heading(sections map[string]string) string {
	if m := coded.FindStringSubmatch(f.Column); m != nil {
		if sections[m[1]] == "" {
			sections[m[1]] = fmt.Sprintf("第 %d 部分", len(sections)+1)
		}
		return sections[m[1]]
	}
	if f.Shape == "matrix" && f.Row != "" {
		if title, cut := strings.CutSuffix(f.Title, "："+f.Row); cut {
			return escape(title)
		}
	}
	return ""
}

// escape keeps Markdown's marks in a title from being read as such.
func escape(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if strings.ContainsRune("\\`*_[]<>&!$|~#\"", r) {
			b.WriteByte('\\')
		}
		if r >= ' ' && r != 0x7f {
			b.WriteRune(r)
		}
	}
	return b.String()
}
