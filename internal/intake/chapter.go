package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/schema"
)

// coded matches column codes of surveys that number their sections: s2q5.
var coded = regexp.MustCompile(`^([A-Za-z]+\d+)[qQ]\d+`)

// figure is one question of a drafted chapter.
type figure struct {
	field   string
	topic   string
	section string
	profile bool   // about who answers
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
// several, by the sections that the questions themselves name. Questions about who
// answers make the first, where there are two and more.
func (d *Draft) chapters() []draftChapter {
	figures := d.figures()
	title := shortTitle(d.Title)
	if len(figures) <= maxFigures {
		return []draftChapter{{d.Dataset + ".md", title, figures, d.basketText() + d.crossTables()}}
	}
	who, rest := aboutWho(figures)
	var out []draftChapter
	if len(who) > 0 {
		out = append(out, draftChapter{title: "样本构成", figures: who})
	}
	for _, part := range cutFigures(rest) {
		out = append(out, draftChapter{title: partTitle(part, len(out)+1), figures: part})
	}
	if cuts := d.crossTables(); cuts != "" {
		out = append(out, draftChapter{title: "交叉分析", cuts: cuts})
	}
	for i := range out {
		out[i].file = fmt.Sprintf("%s-%02d.md", d.Dataset, i+1)
	}
	return out
}

// aboutWho takes out the questions about who answers, which stand together at the
// beginning or at the end of a questionnaire. Sections that it names itself come first.
func aboutWho(figures []figure) (who, rest []figure) {
	for i, f := range figures {
		if f.profile && f.section == "" && (i < 8 || i >= len(figures)-8) {
			who = append(who, f)
		} else {
			rest = append(rest, f)
		}
	}
	if len(who) < 2 {
		return nil, figures
	}
	return who, rest
}

// cutFigures cuts a long list where a section ends and before it gets too long.
func cutFigures(figures []figure) (parts [][]figure) {
	sizes := map[string]int{}
	for _, f := range figures {
		sizes[f.section]++
	}
	for i, f := range figures {
		last := len(parts) - 1
		named := i > 0 && f.section != figures[i-1].section
		if i == 0 || len(parts[last]) == maxFigures || named && (len(parts[last])+sizes[f.section] > maxFigures || sizes[f.section] >= 3 && len(parts[last]) >= 3 && !coded.MatchString(f.section+"q1")) {
			parts, last = append(parts, nil), last+1
		}
		parts[last] = append(parts[last], f)
	}
	return parts
}

// questionNames matches the names of fields that are numbers of questions.
var questionNames = regexp.MustCompile(`^[qQ](\d{1,4})(?:_\d+)?$`)

// partTitle names a chapter by its section, or by the numbers of its questions.
func partTitle(figures []figure, n int) string {
	first, last := figures[0], figures[len(figures)-1]
	if first.section != "" && first.section == last.section && hasHan(first.section) {
		return first.section
	}
	from, to := questionNames.FindStringSubmatch(first.field), questionNames.FindStringSubmatch(last.field)
	if from != nil && to != nil && from[1] != to[1] {
		return fmt.Sprintf("第 %s–%s 题：%s等", from[1], to[1], first.topic)
	}
	return fmt.Sprintf("第 %d 部分：%s等", n, first.topic)
}

// figures are the questions in their order.
func (d *Draft) figures() (out []figure) {
	matrices, drawn := d.matrices(), map[string]bool{}
	for i := range d.Fields {
		f := &d.Fields[i]
		if !d.drawn(f) || f.Question != "" && drawn[f.Question] {
			continue
		}
		name, about := f.Name, topic(f.Title)
		title := escape(about)
		if len(matrices[f.Question]) > 1 {
			name, about = f.Question, topic(cmp.Or(f.group, f.Question))
			title, drawn[f.Question] = escape(about), true
		}
		text := ""
		if x, ok := d.findings[name]; ok {
			title, text = x.title, x.text
		}
		figure := figure{field: name, topic: about, section: f.section(), profile: f.profile(), text: fmt.Sprintf("![%s](chart:%s/%s)\n", title, d.Dataset, name)}
		if text != "" {
			figure.text += "\n" + text + "\n"
		}
		out = append(out, figure)
	}
	return out
}

// drawn reports a field that gets a figure: no code, no free text, nothing about
// the answer but its score, and of a ranking what stands first.
func (d *Draft) drawn(f *Field) bool {
	switch {
	case f.Shape == "id", f.Shape == "text", f.Shape == "rank", f.Name == d.periodField(), f.lead && f.Name != scored.name:
		return false
	case f.Shape == "date" && d.plain && submitted.MatchString(f.Column):
		return d.Open // when answers came in is in the methodology; public surveys publish it
	}
	return true
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
			if q == nil || x.field == segment || q.Type == schema.Boolean || tables == maxCutTables {
				continue
			}
			if tables == 0 {
				fmt.Fprintf(&b, "\n## 按%s看\n", escape(topic(f.Title)))
			}
			tables++
			fmt.Fprintf(&b, "\n![%s：按%s](chart:%s/%s?by=%s)\n", escape(topic(q.Title)), escape(topic(f.Title)), d.Dataset, x.field, segment)
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

// figuresOnly reports a table of business figures, where nobody was asked anything.
func (d *Draft) figuresOnly() bool {
	return d.plain && (d.contributor() != "" || slices.ContainsFunc(d.Fields, func(f Field) bool { return f.Measure != "" }))
}

// maxPoints is how many findings open a chapter.
const maxPoints = 4

// markdown is the chapter as a file, with its strongest findings in front and a
// heading for each section.
func (d *Draft) markdown(c *draftChapter) string {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %s\nsummary = %s\n", quote(c.title), quote(c.summary(!d.figuresOnly())))
	if points := d.points(c); len(points) > 1 {
		b.WriteString("key_points = [\n")
		for _, x := range points {
			fmt.Fprintf(&b, "  %s,\n", quote(x.title+"。"))
		}
		b.WriteString("]\n")
	}
	b.WriteString("+++\n\n")
	switch {
	case len(c.figures) > 0 && d.figuresOnly():
		b.WriteString("本章一项指标一图，画的是各家之间的分布。样本量、来源与时间在图下。截至当天的数不跨天相加，比率也不相加。\n")
	case len(c.figures) > 0:
		b.WriteString("本章一题一图。标题写出领先选项的，它的区间整个高于其余各项；写几项“居前”的，它们高于其余，彼此分不出先后；只写题目的，看不出谁领先。样本量、来源与采集时间在图下。\n")
	default:
		b.WriteString("下面按样本构成的几道题，把差别最明显的几题分开看。各组样本量在图下，样本不足的组不写数字。组与组的区间相交时，图上的高低不必当真。\n")
	}
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

// summary says in a sentence what a chapter holds.
func (c *draftChapter) summary(survey bool) string {
	what := "题"
	if !survey {
		what = "项"
	}
	var topics []string
	for _, f := range c.figures {
		if len(topics) < 3 && len([]rune(f.topic)) <= 18 {
			topics = append(topics, f.topic)
		}
	}
	switch {
	case len(c.figures) == 0:
		return "几道最有看头的题，按样本构成分组对照，每组都写明样本量与区间。"
	case len(topics) == 0:
		return fmt.Sprintf("%d %s的结果，每%[2]s一图，写明样本量、区间与来源。", len(c.figures), what)
	case len(topics) == len(c.figures):
		return fmt.Sprintf("%s：每%s一图，写明样本量、区间与来源。", strings.Join(topics, "、"), what)
	}
	return fmt.Sprintf("%s等 %d %s的结果，每%[3]s一图，写明样本量、区间与来源。", strings.Join(topics, "、"), len(c.figures), what)
}

// points are the strongest findings of a chapter.
func (d *Draft) points(c *draftChapter) (out []finding) {
	here := map[string]bool{}
	for _, f := range c.figures {
		here[f.field] = true
	}
	for _, x := range d.ranked() {
		if here[x.field] && len(out) < maxPoints {
			out = append(out, x)
		}
	}
	return out
}

// sectionTitle is the name of a section, or its number as they come.
func sectionTitle(section string, sections map[string]int) string {
	if section == "" {
		return "其他题目"
	}
	if hasHan(section) {
		return escape(section)
	}
	if sections[section] == 0 {
		sections[section] = len(sections) + 1
	}
	return fmt.Sprintf("第 %d 节", sections[section])
}
