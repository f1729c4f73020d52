package intake

import (
	"strings"

	"benchbook/internal/diag"
)

// platform is a source of exports with columns and marks of its own.
type platform struct {
	name  string
	rows  int  // rows of the header; 0 = one
	marks bool // cells carry 问卷星's marks: 〖…〗 around typed text, -3 and -2 for no answer
	codes bool // options are written as their numbers
	yes   bool // in a column an option, Yes and No stand for chosen and not chosen
	utc   bool // times are UTC, and are moved to Beijing's clock
	bare  bool // headers are names: fields are called by them, and parts need more evidence
	split string
	is    func(header []string) bool
	lead  func(header string) (lead, bool)     // columns that are about the answer, not of it
	head  func(cells []string) (heading, bool) // what the header rows of one column say
}

// platforms in the order in which they are tried; plain takes every table.
var platforms = []platform{wjx, tencent, qualtrics, surveyMonkey, limeSurvey, typeform, googleForms, jinshuju, netease, wenjuan, plain}

// lead says what becomes of a column about the answer: a name for it, or why it
// is dropped.
type lead struct {
	name   string
	drop   diag.Text
	serial bool // a running number, which another batch begins anew
}

// heading is what the header says of a column. Columns of one key are one question.
type heading struct {
	key    string
	title  string // of the question; with an empty part, of question and part together
	part   string // option or row; "" = platform.split finds it, once the columns of the key are known
	header string // name of the clean column; "" = the raw one
	typed  bool   // texts that people typed beside an option
}

// explain puts the text of a codebook in the place of a code.
func (h *heading) explain(text string) {
	if h.part != "" {
		h.part = text
	} else {
		h.title = text
	}
}

func recognisePlatform(header []string) platform {
	for _, p := range platforms {
		if p.is(header) {
			return p
		}
	}
	return plain
}

// column is one column-to-be, before it is decided what it holds.
type column struct {
	header   string // of the raw column; the name in the clean rows
	title    string
	name     string // wish for the field's name; "" = from the header
	question string
	row      string
	group    string            // title of the question that the row belongs to
	kind     string            // single, multi, open; "" = not known
	drop     diag.Text         // why it is left out; zero = it is kept
	lead     bool              // about the answer
	labels   map[string]string // of its codes
	coded    bool              // its cells hold numbers of options
	sources  []int
	options  []string
}

// Reasons for which columns about the answer are left out.
var (
	runningNumber = lead{serial: true, drop: diag.T("平台的流水号，可由它找回原始答卷", "the platform's running number, which leads back to the raw answer")}
	userID        = lead{drop: diag.T("个人信息：平台的用户标识", "personal: the platform's user id")}
	nickname      = lead{drop: diag.T("个人信息：昵称或姓名", "personal: a nickname or name")}
	address       = lead{drop: diag.T("个人信息：IP 地址与所在地", "personal: IP address and place")}
	device        = lead{drop: diag.T("个人信息：设备与浏览器", "personal: device and browser")}
	referrer      = lead{drop: diag.T("个人信息：来源里可能有昵称、短信内容或链接参数", "personal: the referrer may hold nicknames, messages or link parameters")}
	bookkeeping   = lead{drop: diag.T("平台的内部记录", "the platform's own bookkeeping")}
	startedAt     = lead{name: "started"}
	submittedAt   = lead{name: "submitted"}
	tookTime      = lead{name: "duration"}
	cameBy        = lead{name: "channel"}
	scored        = lead{name: "score"}
	flagged       = lead{name: "platform_flag"}
)

// leads makes a look-up of headers, in lower case; several spellings are split by "|".
func leads(table map[string]lead) func(string) (lead, bool) {
	known := map[string]lead{}
	for names, l := range table {
		for name := range strings.SplitSeq(names, "|") {
			known[strings.ToLower(name)] = l
		}
	}
	return func(header string) (lead, bool) {
		l, ok := known[strings.ToLower(strings.TrimSpace(header))]
		return l, ok
	}
}

// has counts how many of the names (see leads) are in a header.
func has(header []string, names ...string) (n int) {
	for _, name := range names {
		for _, h := range header {
			if strings.EqualFold(strings.TrimSpace(h), name) {
				n++
				break
			}
		}
	}
	return n
}

// arrange reads the header: columns about the answer, and questions of one and
// of several columns.
func (p platform) arrange(names []string, cells [][]string, profiles []*profile, book codebook) []column {
	columns := make([]column, len(names))
	g := grouping{platform: p, columns: columns, profiles: profiles, parts: map[string][]part{}}
	for i, name := range names {
		columns[i] = column{header: name, title: name, sources: []int{i}}
		c := &columns[i]
		if l, ok := p.lead(cells[i][0]); ok {
			c.name, c.drop, c.lead = l.name, l.drop, true
			if p.rows > 1 {
				c.header, c.title = cells[i][0], cells[i][0]
			}
			continue
		}
		h, ok := p.head(cells[i])
		if !ok {
			continue
		}
		if h.header != "" {
			c.header = h.header
		}
		if e := book[cells[i][0]]; e.question != "" && !p.bare {
			h.explain(e.question)
		}
		g.put(i, h)
	}
	g.runs()
	g.settle()
	return g.kept()
}
