package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"benchbook/internal/diag"
)

// platform is a source of exports with columns and marks of its own.
type platform struct {
	name    string
	marks   bool // cells carry 问卷星's marks: 〖…〗 around typed text, -3 and -2 for no answer
	is      func(header []string) bool
	arrange func(names []string, profiles []*profile) []column
}

// platforms in the order in which they are tried; plain takes every table.
var platforms = []platform{
	{"wjx", true, isWJX, arrangeWJX},
	{"plain", false, func([]string) bool { return true }, arrangePlain},
}

func recognisePlatform(header []string) platform {
	for _, p := range platforms {
		if p.is(header) {
			return p
		}
	}
	return platforms[len(platforms)-1]
}

// column is one column-to-be, before it is decided what it holds.
type column struct {
	header   string // of the raw column; the name in the clean rows
	title    string
	name     string // wish for the field's name; "" = from the header
	question string
	row      string
	group    string    // title of the question that the row belongs to
	kind     string    // from the codebook: single, multi, open; "" = not known
	drop     diag.Text // why it is left out; zero = it is kept
	sources  []int
	options  []string
}

// numbered matches a column code that ends in a part's number: s2q5c12 is part
// c12 of s2q5, Q7_3 is part 3 of Q7.
var numbered = regexp.MustCompile(`^(.*?\d)[_.\-]?((?:c|r|a|o|opt|row)?_?\d+)$`)

// arrangePlain takes columns as they are, and joins runs of three and more that
// are numbered parts of one question.
func arrangePlain(names []string, profiles []*profile) []column {
	columns := make([]column, len(names))
	parts := map[string]int{}
	for i, name := range names {
		columns[i] = column{header: name, title: name, sources: []int{i}}
		if question, row, ok := splitCode(name); ok {
			columns[i].question, columns[i].row, columns[i].group = question, row, question
			parts[question]++
		}
	}
	for i := range columns {
		if parts[columns[i].question] < 3 {
			columns[i].question, columns[i].row = "", ""
		}
	}
	return columns
}

func splitCode(name string) (question, row string, ok bool) {
	m := numbered.FindStringSubmatch(name)
	if m == nil || len(m[1])+len(m[2]) == len(name) && !strings.ContainsAny(m[2][:1], "cra") && !strings.HasPrefix(m[2], "o") {
		return "", "", false
	}
	return m[1], m[2], true
}

// wjxLeading are the columns that 问卷星 puts before the questions, and what becomes of them.
var wjxLeading = map[string]struct {
	name string
	drop diag.Text
}{
	"序号":     {drop: diag.T("平台的流水号，可由它找回原始答卷", "the platform's running number, which leads back to the raw answer")},
	"用户ID":   {drop: diag.T("个人信息：平台的用户标识", "personal: the platform's user id")},
	"提交答卷时间": {name: "submitted"},
	"所用时间":   {name: "duration"},
	"来源":     {name: "channel"},
	"来源详情":   {drop: diag.T("个人信息：可能含昵称或短信内容", "personal: may hold nicknames or messages")},
	"来自IP":   {drop: diag.T("个人信息：IP 地址与所在地", "personal: IP address and place")},
	"总分":     {name: "score"},
}

// isWJX asks for three of the leading columns, the time of submission among them.
func isWJX(header []string) bool {
	known := 0
	for _, h := range header[:min(len(header), 10)] {
		if _, ok := wjxLeading[h]; ok {
			known++
		}
	}
	return known >= 3 && slices.Contains(header, "提交答卷时间")
}

// wjxQuestion matches 「12、题干」, also with a full stop, comma or colon; wjxOlder matches 「第8题(行标题)」.
var (
	wjxQuestion = regexp.MustCompile(`^(\d{1,4})\s*[、．.,，:：]\s*(.*)$`)
	wjxOlder    = regexp.MustCompile(`^第(\d{1,4})题\s*(.*)$`)
	wjxOption   = regexp.MustCompile(`^(.*?)[（(](.+)[)）]$`)
)

// arrangeWJX reads the question headers. Columns that share a number are one
// question: rows of a matrix (「题干—行标题」), several blanks, or, in exports by
// number, one column an option, which are joined into one list.
func arrangeWJX(names []string, profiles []*profile) []column {
	var columns []column
	groups := map[string][]int{}
	for i, name := range names {
		c := column{header: name, title: name, sources: []int{i}}
		if lead, ok := wjxLeading[name]; ok {
			c.name, c.drop = lead.name, lead.drop
		} else if number, text, ok := wjxNumber(name); ok {
			c.question, c.title, c.name = "q"+number, text, "q"+number
			groups[c.question] = append(groups[c.question], len(columns))
		}
		columns = append(columns, c)
	}
	var joined []int
	for _, question := range sortedKeys(groups) {
		members := groups[question]
		if len(members) == 1 {
			columns[members[0]].question = ""
			continue
		}
		if joinOptions(columns, members, profiles) {
			joined = append(joined, members[1:]...)
			continue
		}
		splitMatrix(columns, members)
	}
	kept := columns[:0]
	for i := range columns {
		if !slices.Contains(joined, i) {
			kept = append(kept, columns[i])
		}
	}
	return kept
}

func wjxNumber(header string) (number, text string, ok bool) {
	m := wjxQuestion.FindStringSubmatch(header)
	if m == nil {
		m = wjxOlder.FindStringSubmatch(header)
	}
	if m == nil {
		return "", "", false
	}
	if m[2] == "" {
		m[2] = header
	}
	return m[1], m[2], true
}

// splitMatrix takes the common question off the titles of a matrix's rows.
func splitMatrix(columns []column, members []int) {
	titles := make([]string, len(members))
	for i, m := range members {
		titles[i] = columns[m].title
	}
	prefix := commonPrefix(titles)
	cut := strings.LastIndex(prefix, "—")
	for i, m := range members {
		c := &columns[m]
		c.name = fmt.Sprintf("%s_%d", c.question, i+1)
		c.row = c.title
		if cut > 0 {
			c.row, c.group = c.title[cut+len("—"):], strings.TrimRight(prefix[:cut], "—")
			c.title = c.group + "：" + c.row
		} else if option := wjxOption.FindStringSubmatch(c.title); option != nil {
			if c.row = option[2]; option[1] == "" {
				option[1] = "第" + strings.TrimPrefix(c.question, "q") + "题"
			}
			c.group, c.title = option[1], option[1]+"："+c.row
		}
	}
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

// joinOptions makes one list of columns that hold 1 and 0 for one option each.
func joinOptions(columns []column, members []int, profiles []*profile) bool {
	var options []string
	var sources []int
	for _, m := range members {
		option := wjxOption.FindStringSubmatch(columns[m].title)
		if option == nil || !flags(profiles[columns[m].sources[0]]) {
			return false
		}
		options = append(options, option[2])
		sources = append(sources, columns[m].sources[0])
	}
	first := &columns[members[0]]
	title := wjxOption.FindStringSubmatch(first.title)[1]
	if title == "" {
		title = "第" + strings.TrimPrefix(first.question, "q") + "题"
	}
	first.title, first.header, first.kind = title, title, "multi"
	first.question, first.options, first.sources = "", options, sources
	return true
}

// flags reports whether a column holds only 1 and 0, and the marks for no answer.
func flags(p *profile) bool {
	for _, v := range p.values.order {
		if v != "0" && v != "1" && v != "-2" && v != "-3" {
			return false
		}
	}
	return !p.values.full
}
