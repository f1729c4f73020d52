package intake

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"benchbook/internal/hanzi"
	"benchbook/internal/schema"
	"benchbook/internal/stat"
)

// tally counts what was written into one clean column: the answers that a
// released share will rest on.
type tally struct {
	base   int // answers
	counts map[string]int
}

// count takes one clean cell.
func (c *outColumn) count(text string) {
	if text == "" || len(c.field.Categories) == 0 || slices.Contains(c.nothing, text) {
		return
	}
	if c.tally.counts == nil {
		c.tally.counts = map[string]int{}
	}
	items := []string{text}
	switch c.field.Type {
	case schema.List:
		items = splitItems(text, c.field.Separator)
	case schema.Boolean:
		items[0] = strings.ToLower(text)
	}
	some := false
	for _, item := range items {
		if !slices.Contains(c.nothing, item) {
			c.tally.counts[item]++
			some = true
		}
	}
	if some {
		c.tally.base++
	}
}

// finding is what a question's answers say beyond chance.
type finding struct {
	field string
	title string  // Markdown: a checked number and the option
	lead  float64 // gap between the leading option's interval and the next one's
}

// The level of the intervals, and the fewest answers that a finding may rest on.
const (
	findingLevel   = 0.95
	findingAnswers = 30
)

// find names the leading option when its 95 % interval lies above those of all
// others; ok is false when the data do not say so much. Options below the
// number that may be released say nothing.
func (d *Draft) find(f *Field, t tally) (finding, bool) {
	if t.base < findingAnswers || d.contributor() != "" || f.Shape == "matrix" || f.Question != "" || f.Shape == "rank" {
		return finding{}, false
	}
	type share struct {
		value, label string
		n            int
	}
	var shares []share
	for _, c := range f.categoriesOf() {
		shares = append(shares, share{c.Value, c.Printed(), t.counts[c.Value]})
	}
	slices.SortStableFunc(shares, func(a, b share) int { return cmp.Compare(b.n, a.n) })
	if len(shares) < 2 || isOther(shares[0].value) == 1 {
		return finding{}, false
	}
	first := stat.Wilson(float64(shares[0].n), float64(t.base), findingLevel)
	next := stat.Wilson(float64(max(shares[1].n, t.counts[f.Other])), float64(t.base), findingLevel)
	if !(first.Lo > next.Hi) {
		return finding{}, false
	}
	verb := "选择"
	if f.Type == schema.List {
		verb = "选了"
	}
	title := fmt.Sprintf("[%s](stat:%s/%s?is=%s) %s「%s」", percent(shares[0].n, t.base), d.Dataset, f.Name, reference(shares[0].value), verb, escape(shortTitle(shares[0].label)))
	return finding{f.Name, title, first.Lo - next.Hi}, true
}

// categoriesOf are the options, those of a boolean as the dictionary has them.
func (f *Field) categoriesOf() []schema.Category {
	if f.Type == schema.Boolean && len(f.Categories) == 0 {
		return []schema.Category{{Value: "true", Label: "是"}, {Value: "false", Label: "否"}}
	}
	return f.Categories
}

// percent writes a share as figures print it: whole below a base of 1,000.
func percent(n, base int) string {
	if base < 1000 {
		return fmt.Sprintf("%.0f%%", math.Floor(float64(n)*100/float64(base)+0.5))
	}
	return fmt.Sprintf("%.1f%%", math.Floor(float64(n)*1000/float64(base)+0.5)/10)
}

// reference writes a value so that it can stand in a link.
func reference(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x80 || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == '_' || c == '.' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// strongest are the findings, those furthest beyond chance first.
func (d *Draft) strongest(most int) []finding {
	list := make([]finding, 0, len(d.findings))
	for i := range d.Fields {
		if x, ok := d.findings[d.Fields[i].Name]; ok {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(a, b finding) int { return cmp.Compare(b.lead, a.lead) })
	return list[:min(most, len(list))]
}

// summary outlines the executive summary; "" = the data say too little for one.
func (d *Draft) summary(chapters []draftChapter) string {
	list := d.strongest(8)
	if len(list) < 2 {
		return ""
	}
	var b strings.Builder
	b.WriteString("+++\ntitle = \"执行摘要\"\n+++\n\n这是提纲：下面是各题里最突出的几项，按与其次一项的差距排列。请补上它们意味着什么、读者该做什么。\n\n")
	for i, x := range list {
		question := ""
		for k := range d.Fields {
			if d.Fields[k].Name == x.field {
				question = d.Fields[k].Title
			}
		}
		fmt.Fprintf(&b, "%d. **%s**：%s。见[%s](chapters/%s)。\n", i+1, escape(shortTitle(question)), x.title, "这一章", chapterOf(chapters, x.field))
	}
	return b.String()
}

// chapterOf is the file name of the chapter that a question stands in.
func chapterOf(chapters []draftChapter, field string) string {
	for _, c := range chapters {
		if slices.ContainsFunc(c.figures, func(f figure) bool { return f.field == field }) {
			return c.file
		}
	}
	return chapters[0].file
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
