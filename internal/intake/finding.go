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
	if text == "" || slices.Contains(c.nothing, text) {
		return
	}
	if len(c.field.Categories) == 0 && c.field.Type != schema.Boolean {
		c.tally.base++
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
	title string  // Markdown: the topic, an option and its checked number
	text  string  // Markdown: what comes next
	key   string  // reference of the number
	label string  // of the number, for the cover
	lead  float64 // gap between the leading options' intervals and the next one's; 0 = a median, which leads nothing
}

// The level of the intervals, and the fewest answers that a finding may rest on.
const (
	findingLevel   = 0.95
	findingAnswers = 30
)

// maxLeaders is how many options may lead together.
const maxLeaders = 3

// share is one option with its count and interval.
type share struct {
	value, label string
	n            int
	in           stat.Interval
}

// find names the option that leads, or the few that lead together: their 95 %
// intervals lie above those of all others. ok is false when the data do not say
// so much. Options below the number that may be released say nothing.
func (d *Draft) find(f *Field, t tally) (finding, bool) {
	if t.base < findingAnswers || d.contributor() != "" || f.Shape == "matrix" || f.Question != "" || f.Shape == "rank" {
		return finding{}, false
	}
	if f.Shape == "number" {
		return d.median(f), true
	}
	shares := f.shares(t)
	most := maxLeaders
	if hides := !d.Open && slices.ContainsFunc(shares, tooFew); hides && len(shares) < 4 {
		return finding{}, false
	} else if hides {
		most = 1
	}
	for lead := 1; lead <= most && lead < len(shares); lead++ {
		first, last, next := shares[0], shares[lead-1], shares[lead]
		if isOther(last.value) == 1 || last.value == f.Other || lead > 1 && first.in.Lo > last.in.Hi {
			return finding{}, false
		}
		if last.in.Lo > next.in.Hi {
			return d.leaders(f, t, shares[:lead], next), true
		}
	}
	return finding{}, false
}

// tooFew reports an option that protected data do not release; another is then
// hidden with it, which may be any but, among several, hardly the largest.
func tooFew(s share) bool { return s.n > 0 && s.n < minimum }

// shares are the options, the largest first.
func (f *Field) shares(t tally) (shares []share) {
	for _, c := range f.categoriesOf() {
		shares = append(shares, share{value: c.Value, label: c.Printed(), n: t.counts[c.Value]})
	}
	if f.Other != "" {
		shares = append(shares, share{value: f.Other, label: f.Other, n: t.counts[f.Other]})
	}
	for i := range shares {
		shares[i].in = stat.Wilson(float64(shares[i].n), float64(t.base), findingLevel)
	}
	slices.SortStableFunc(shares, func(a, b share) int { return cmp.Compare(b.n, a.n) })
	return shares
}

// leaders writes the finding about the options that lead.
func (d *Draft) leaders(f *Field, t tally, lead []share, next share) finding {
	numbers, names := make([]string, len(lead)), ""
	for i, s := range lead {
		numbers[i] = d.number(f, t, s)
		names += "「" + escape(shortTitle(s.label)) + "」"
	}
	x := finding{field: f.Name, lead: lead[len(lead)-1].in.Lo - next.in.Hi, key: d.key(f, lead[0].value), label: topic(f.Title) + "：" + shortTitle(lead[0].label)}
	about, last := escape(topic(f.Title)), len(numbers)-1
	switch {
	case len(lead) > 1:
		x.title = about + "：" + names + "居前，占" + strings.Join(numbers[:last], "、") + "与" + numbers[last]
	case len(f.categoriesOf()) == 2 && f.Other == "":
		x.title = about + "：" + names + "占" + numbers[0]
	case f.Type == schema.List:
		x.title = about + "：选" + names + "的最多，占" + numbers[0]
	case lead[0].in.Lo > 0.5:
		x.title = about + "：" + names + "过半，占" + numbers[0]
	default:
		x.title = about + "：" + names + "最多，占" + numbers[0]
	}
	if len(lead) == 1 && next.n > 0 && (d.Open || !slices.ContainsFunc(f.shares(t), tooFew)) && next.value != f.Other && len(f.categoriesOf()) > 2 {
		x.text = "其次是「" + escape(shortTitle(next.label)) + "」，占" + d.number(f, t, next) + "，两者的区间不相交。"
	}
	return x
}

func (d *Draft) key(f *Field, value string) string {
	return d.Dataset + "/" + f.Name + "?is=" + reference(value)
}

// number is a share as a checked reference.
func (d *Draft) number(f *Field, t tally, s share) string {
	return fmt.Sprintf("[%s](stat:%s)", percent(s.n, t.base), d.key(f, s.value))
}

// median states the median of a number, which the build fills in.
func (d *Draft) median(f *Field) finding {
	key := d.Dataset + "/" + f.Name + "?stat=p50"
	return finding{field: f.Name, key: key, title: escape(topic(f.Title)) + "：中位数[](stat:" + key + ")", label: topic(f.Title) + "：中位数"}
}

// findMatrix names the row of which most answers are at the top of the scale.
func (d *Draft) findMatrix(question string, rows []*Field) (finding, bool) {
	top := rows[0].Categories
	if len(top) < 3 || !rows[0].Ordered || d.contributor() != "" {
		return finding{}, false
	}
	best := top[len(top)-1]
	type row struct {
		f *Field
		share
	}
	var list []row
	for _, f := range rows {
		t := d.tallies[f.Name]
		if t.base < findingAnswers {
			return finding{}, false
		}
		list = append(list, row{f, share{value: best.Value, label: best.Printed(), n: t.counts[best.Value], in: stat.Wilson(float64(t.counts[best.Value]), float64(t.base), findingLevel)}})
	}
	slices.SortStableFunc(list, func(a, b row) int { return cmp.Compare(b.in.Lo, a.in.Lo) })
	if !(list[0].in.Lo > list[1].in.Hi) {
		return finding{}, false
	}
	f := list[0].f
	title := fmt.Sprintf("%s：「%s」的「%s」最多，占%s", escape(topic(cmp.Or(f.group, question))), escape(shortTitle(f.Row)), escape(shortTitle(best.Printed())), d.number(f, d.tallies[f.Name], list[0].share))
	return finding{field: question, title: title, key: d.key(f, best.Value), label: f.Row + "：" + best.Printed(), lead: list[0].in.Lo - list[1].in.Hi}, true
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

// ranked are the findings, those furthest beyond chance first and medians last;
// questions about who answers are none.
func (d *Draft) ranked() []finding {
	list, taken := make([]finding, 0, len(d.findings)), map[string]bool{}
	for i := range d.Fields {
		f := &d.Fields[i]
		for _, name := range []string{f.Name, f.Question} {
			if x, ok := d.findings[name]; ok && !taken[name] {
				list, taken[name] = append(list, x), true
			}
		}
	}
	slices.SortStableFunc(list, func(a, b finding) int { return cmp.Compare(b.lead, a.lead) })
	return list
}

// strongest are the findings that are news: no questions about who answers.
func (d *Draft) strongest(most int) []finding {
	list := slices.DeleteFunc(d.ranked(), func(x finding) bool {
		f := d.field(x.field)
		return f != nil && f.profile()
	})
	return list[:min(most, len(list))]
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
