package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"benchbook/internal/schema"
)

// coded matches column codes of surveys that number their sections: s2q5.
var coded = regexp.MustCompile(`^([A-Za-z]+\d+)[qQ]\d+`)

// figure is one question of a drafted chapter.
type figure struct {
	field   string
	section string
	text    string // Markdown
}

// draftChapter is one file of content/chapters.
type draftChapter struct {
	file, title string
	figures     []figure
	cuts        string // Markdown of the cross-tables
}

// maxFigures is how many figures make a chapter; a longer questionnaire becomes several.
const maxFigures = 15

// chapters drafts one figure a question, a matrix included: one chapter, or
// several, by the questionnaire's own sections where its column codes number them.
func (d *Draft) chapters() []draftChapter {
	figures := d.figures()
	title := shortTitle(d.Title)
	if len(figures) <= maxFigures {
		return []draftChapter{{d.Dataset + ".md", title, figures, d.crossTables()}}
	}
	sizes := map[string]int{}
	for _, f := range figures {
		sizes[f.section]++
	}
	var out []draftChapter
	for i, f := range figures {
		last := len(out) - 1
		if i == 0 || len(out[last].figures) == maxFigures || f.section != figures[i-1].section && len(out[last].figures)+sizes[f.section] > maxFigures {
			n := len(out) + 1
			out = append(out, draftChapter{file: fmt.Sprintf("%s-%02d.md", d.Dataset, n), title: fmt.Sprintf("%s：第 %d 部分", title, n)})
			last = n - 1
		}
		out[last].figures = append(out[last].figures, f)
	}
	if cuts := d.crossTables(); cuts != "" {
		out = append(out, draftChapter{file: fmt.Sprintf("%s-%02d.md", d.Dataset, len(out)+1), title: title + "：交叉分析", cuts: cuts})
	}
	return out
}

// figures are the questions in their order.
func (d *Draft) figures() (out []figure) {
	matrices, drawn := d.matrices(), map[string]bool{}
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Shape == "id" || f.Shape == "text" || f.Name == d.periodField() || f.Question != "" && drawn[f.Question] || f.lead && f.Name != scored.name {
			continue
		}
		name, title := f.Name, escape(shortTitle(f.Title))
		if len(matrices[f.Question]) > 1 {
			name, title = f.Question, escape(shortTitle(cmp.Or(f.group, f.Question)))
			drawn[f.Question] = true
		} else if x, ok := d.findings[f.Name]; ok {
			title = x.title
		}
		out = append(out, figure{f.Name, f.section(), fmt.Sprintf("![%s](chart:%s/%s)\n", title, d.Dataset, name)})
	}
	return out
}

// section is the part of a column code that numbers its section, "" without one.
func (f *Field) section() string {
	if m := coded.FindStringSubmatch(f.Column); m != nil {
		return m[1]
	}
	return ""
}

// Cross-tables: by how many questions, of how many, and how many answers a group needs.
const (
	maxCuts      = 2
	maxCutTables = 3
	groupAnswers = 30
)

// crossTables drafts the strongest findings by the first segmenting questions,
// where the groups are large enough to say something.
func (d *Draft) crossTables() string {
	var b strings.Builder
	cuts := 0
	for _, segment := range d.segments() {
		f := d.field(segment)
		if f == nil || cuts == maxCuts || d.tallies[segment].base < groupAnswers*len(f.Categories) {
			continue
		}
		tables := 0
		for _, x := range d.strongest(10) {
			q := d.field(x.field)
			if x.field == segment || q.Type == schema.Boolean || tables == maxCutTables {
				continue
			}
			if tables == 0 {
				fmt.Fprintf(&b, "\n## 按%s看\n", escape(shortTitle(f.Title)))
			}
			tables++
			fmt.Fprintf(&b, "\n![%s：按%s](chart:%s/%s?by=%s)\n", escape(shortTitle(q.Title)), escape(shortTitle(f.Title)), d.Dataset, x.field, segment)
		}
		cuts += min(tables, 1)
	}
	return b.String()
}

func (d *Draft) field(name string) *Field {
	for i := range d.Fields {
		if d.Fields[i].Name == name {
			return &d.Fields[i]
		}
	}
	return nil
}

// markdown is the chapter as a file, with a heading for each section of the column codes.
func (c *draftChapter) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %s\n+++\n\n", quote(c.title))
	b.WriteString("下面逐项列出结果，每项一图。样本量、来源与采集时间写在图下，数据可以下载。标题里写明了领先选项的，它的 95% 区间高于其余各项；没有写的，只能说看不出谁领先。\n")
	section, sections := "", map[string]int{}
	for _, f := range c.figures {
		if f.section != section {
			section = f.section
			fmt.Fprintf(&b, "\n## %s\n", sectionTitle(section, sections))
		}
		b.WriteString("\n" + f.text)
	}
	b.WriteString(c.cuts)
	return b.String()
}

// sectionTitle numbers the sections as they come.
func sectionTitle(section string, sections map[string]int) string {
	if section == "" {
		return "其他题目"
	}
	if sections[section] == 0 {
		sections[section] = len(sections) + 1
	}
	return fmt.Sprintf("第 %d 节", sections[section])
}
