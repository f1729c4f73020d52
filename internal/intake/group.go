package intake

import (
	"fmt"
	"slices"
	"strings"
)

// part is one column of a question.
type part struct {
	at int // index of the column
	heading
}

// grouping gathers the columns of each question.
type grouping struct {
	platform platform
	columns  []column
	profiles []*profile
	keys     []string // in the order of their first column
	parts    map[string][]part
	gone     []int // columns that were joined into others
}

func (g *grouping) put(at int, h heading) {
	if _, known := g.parts[h.key]; !known {
		g.keys = append(g.keys, h.key)
	}
	g.parts[h.key] = append(g.parts[h.key], part{at, h})
}

// settle decides for every question what its columns are.
func (g *grouping) settle() {
	for _, key := range g.keys {
		members := g.untyped(g.parts[key])
		switch {
		case len(members) == 0:
		case len(members) == 1:
			g.alone(members[0])
		case g.platform.bare && members[0].header != "" && len(members) < 3:
		default:
			g.splitParts(members)
			if !g.join(members) {
				g.matrix(members)
			}
		}
	}
}

// runs finds options side by side whose header is the option and whose cells
// repeat it, so that nothing but their neighbourhood says that they belong together.
func (g *grouping) runs() {
	var run []part
	flush := func(end int) {
		if len(run) > 1 {
			title := fmt.Sprintf("多选题（第 %d–%d 列）", run[0].at+1, end)
			for _, m := range run {
				m.key, m.title = fmt.Sprintf("multi%d", run[0].at+1), title
				g.put(m.at, m.heading)
			}
		}
		run = nil
	}
	grouped := map[int]bool{}
	for _, members := range g.parts {
		for _, m := range members {
			grouped[m.at] = true
		}
	}
	for i, c := range g.columns {
		p := g.profiles[i]
		if grouped[i] || c.lead || len(p.values.order) != 1 || p.values.order[0] != clean(c.header) {
			if len(run) == 0 || !otherLabel(c.header) || grouped[i] {
				flush(i)
				continue
			}
		}
		run = append(run, part{i, heading{part: c.header}})
	}
	flush(len(g.columns))
}

// untyped sets aside the columns of texts that were typed beside an option.
func (g *grouping) untyped(members []part) (rest []part) {
	for _, m := range members {
		if !m.typed {
			rest = append(rest, m)
			continue
		}
		c := &g.columns[m.at]
		c.kind, c.title = "open", strings.TrimSpace(m.title+" "+m.part)
	}
	return rest
}

// alone is a question of one column.
func (g *grouping) alone(m part) {
	c := &g.columns[m.at]
	if g.platform.bare {
		return
	}
	c.title = m.title
	if m.part != "" && m.part != m.title {
		c.title = m.title + "：" + m.part
	}
	c.name = wish(m.key)
}

// wish is the field name that a key makes: short keys that the platform gives,
// such as q12, are names; texts of questions are not.
func wish(key string) string {
	if len(key) > 12 || strings.ContainsFunc(key, func(r rune) bool { return r > 'z' || r < '0' || r > '9' && r < 'A' }) {
		return ""
	}
	return key
}

// questionID makes a key that references can hold.
func questionID(key string) string {
	if name := wish(key); name != "" {
		return name
	}
	return fieldName(key)
}

// splitParts takes the common question off the titles, where the header does
// not say what is question and what is part.
func (g *grouping) splitParts(members []part) {
	if members[0].part != "" {
		return
	}
	titles := make([]string, len(members))
	for i, m := range members {
		titles[i] = m.title
	}
	prefix := commonPrefix(titles)
	cut := strings.LastIndex(prefix, g.platform.split)
	for i := range members {
		m := &members[i]
		if cut > 0 && g.platform.split != "" {
			m.title, m.part = strings.TrimRight(prefix[:cut], g.platform.split), m.title[cut+len(g.platform.split):]
		} else if question, option, ok := bracketedPart(m.title); ok {
			m.title, m.part = question, option
		}
		if m.title == "" {
			m.title = "第" + strings.TrimPrefix(m.key, "q") + "题"
		}
	}
}

// matrix makes every column a row of the question.
func (g *grouping) matrix(members []part) {
	for i, m := range members {
		c := &g.columns[m.at]
		c.question, c.row, c.group = questionID(m.key), m.part, m.title
		if g.platform.bare && m.header != "" {
			continue
		}
		if name := wish(m.key); name != "" && !g.platform.bare {
			c.name = fmt.Sprintf("%s_%d", name, i+1)
		}
		if m.part == "" {
			c.title, c.row, c.group = m.title, m.title, ""
			continue
		}
		c.group, c.title = m.title, m.title+"："+m.part
	}
}

// join makes one list of columns that each stand for one option.
func (g *grouping) join(members []part) bool {
	var options []string
	var sources []int
	for _, m := range members {
		option, ok := g.option(m)
		if !ok || option == "" || slices.Contains(options, option) {
			return false
		}
		options, sources = append(options, option), append(sources, g.columns[m.at].sources[0])
	}
	first := &g.columns[members[0].at]
	first.title, first.kind, first.options, first.sources = members[0].title, "multi", options, sources
	first.header, first.name = members[0].title, wish(members[0].key)
	first.coded = slices.ContainsFunc(sources, g.numbers)
	for _, m := range members[1:] {
		g.gone = append(g.gone, m.at)
	}
	return true
}

// numbers reports whether the cells of a column are digits only: 1 and 0, or the option's number.
func (g *grouping) numbers(at int) bool {
	p := g.profiles[at]
	return p.numbers == p.filled && p.filled > 0 && (g.platform.marks || p.values.counts["1"] == 0)
}

// kept are the columns that were not joined into others, with headers of their own.
func (g *grouping) kept() []column {
	var out []column
	taken := map[string]bool{}
	for i := range g.columns {
		if slices.Contains(g.gone, i) {
			continue
		}
		c := g.columns[i]
		header := c.header
		for n := 2; taken[header]; n++ {
			header = fmt.Sprintf("%s (%d)", c.header, n)
		}
		c.header = header
		taken[header] = true
		out = append(out, c)
	}
	return out
}

func commonPrefix(texts []string) string {
	prefix := texts[0]
	for _, t := range texts[1:] {
		for !strings.HasPrefix(t, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	return strings.ToValidUTF8(prefix, "")
}
