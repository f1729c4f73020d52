package schema

import (
	"path"
	"regexp"
	"strings"

	"benchbook/internal/diag"
)

// personalForm is one kind of text that points at a person.
type personalForm struct {
	kind  string
	title diag.Text
	re    *regexp.Regexp
	digit bool // digits may stand neither before nor behind it
	holds func(match string) bool
}

// personalForms are looked for anywhere in a text.
var personalForms = []personalForm{
	{kind: "email", title: diag.T("邮箱", "e-mail addresses"), re: regexp.MustCompile(`[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}`)},
	{kind: "idcard", title: diag.T("身份证号", "identity card numbers"), digit: true, holds: identityCard,
		re: regexp.MustCompile(`[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]`)},
	{kind: "phone", title: diag.T("手机号", "phone numbers"), digit: true, re: regexp.MustCompile(`(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}`)},
	{kind: "landline", title: diag.T("固定电话", "landline numbers"), digit: true, re: regexp.MustCompile(`(?:\(0\d{2,3}\)|0\d{2,3}[- ])[2-8]\d{6,7}`)},
	{kind: "openid", title: diag.T("微信标识", "WeChat identifiers"), re: regexp.MustCompile(`\bwxid_\w{6,}|\bo[A-Za-z0-9_-]{27}\b`), holds: mixed},
	{kind: "agent", title: diag.T("浏览器标识", "browser identifiers"), re: regexp.MustCompile(`Mozilla/\d\.\d \(`)},
	{kind: "ip", title: diag.T("IP 地址", "IP addresses"), digit: true, holds: address4,
		re: regexp.MustCompile(`(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-fA-F]{1,4}:){5,7}[0-9a-fA-F]{1,4}`)},
	{kind: "address", title: diag.T("住址", "street addresses"),
		re: regexp.MustCompile(`[\p{Han}]{1,8}(?:市|区|县|镇)[\p{Han}\d]{1,20}(?:路|街|巷|弄|大道|小区|村)[\p{Han}\d]{0,12}?\d+(?:号|栋|幢|室|单元)`)},
}

// PersonalTitle is the kind in words.
func PersonalTitle(kind string) diag.Text {
	for i := range personalForms {
		if personalForms[i].kind == kind {
			return personalForms[i].title
		}
	}
	return diag.Text{}
}

// Personal finds the first text that points at a person: an address or number
// of the person, not a name, which nothing but its column can tell. Whole says
// that the text is nothing else.
func Personal(text string) (kind string, whole bool) {
	if !couldBePersonal(text) {
		return "", false
	}
	text = narrow(text)
	for i := range personalForms {
		f := &personalForms[i]
		if at := f.find(text); at != nil {
			return f.kind, len(text)-(at[1]-at[0]) <= 2 || f.kind == "ip" && at[0] == 0 && strings.HasPrefix(text[at[1]:], "(") || f.kind == "agent"
		}
	}
	return "", false
}

// HidePersonal replaces every such text by a mark.
func HidePersonal(text, mark string) string {
	if kind, _ := Personal(text); kind == "" {
		return text
	}
	for range 100 {
		hit := false
		narrowed := narrow(text)
		for i := range personalForms {
			if at := personalForms[i].find(narrowed); at != nil {
				text, hit = narrowed[:at[0]]+mark+narrowed[at[1]:], true
				break
			}
		}
		if !hit {
			return text
		}
	}
	return mark
}

func (f *personalForm) find(text string) []int {
	for _, at := range f.re.FindAllStringIndex(text, 20) {
		if f.digit && (at[0] > 0 && isDigit(text[at[0]-1]) || at[1] < len(text) && isDigit(text[at[1]])) {
			continue
		}
		if f.holds == nil || f.holds(text[at[0]:at[1]]) {
			return at
		}
	}
	return nil
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// couldBePersonal is the quick look at every cell: seven digits, an @, a village
// or street, or the words that the rest begin with.
func couldBePersonal(text string) bool {
	if len(text) < 6 {
		return false
	}
	digits, dots := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '@' || c == ':' && i > 0:
			return true
		case isDigit(c):
			if digits++; digits >= 7 {
				return true
			}
		case c == '.':
			if dots++; dots >= 3 {
				return true
			}
		case c == 0xef: // full-width forms
			return true
		}
	}
	return digits > 0 && strings.ContainsAny(text, "路街巷弄道村区") || strings.Contains(text, "wxid_") || strings.Contains(text, "Mozilla/") || len(text) >= 28 && strings.Contains(text, "o")
}

// identityCard checks the last digit (GB 11643, ISO 7064 MOD 11-2).
func identityCard(s string) bool {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11] == strings.ToUpper(s[17:])[0]
}

// mixed asks for capitals, small letters and digits, as random identifiers have them.
func mixed(s string) bool {
	return strings.HasPrefix(s, "wxid_") || strings.ContainsAny(s, "0123456789") && strings.ToLower(s) != s && strings.ToUpper(s) != s
}

// address4 wants no part above 255.
func address4(s string) bool {
	if strings.Contains(s, ":") {
		return true
	}
	for part := range strings.SplitSeq(s, ".") {
		n := 0
		for _, c := range part {
			n = n*10 + int(c-'0')
		}
		if n > 255 {
			return false
		}
	}
	return true
}

// personal reports a cell that points at a person, in columns that the dictionary
// does not name too: what stands in data/ is handed on with it.
func (dec *Decoder) personal(col int, text string) {
	kind, _ := Personal(text)
	f := dec.fieldAt(col)
	if kind == "" || f != nil && (f.numeric() || f.dated()) && kind != "email" {
		return
	}
	if dec.failed = true; dec.list.full("schema.personal") {
		return
	}
	d := diag.Diagnostic{Code: "schema.personal",
		Message: diag.T("列 %q 的这一格里有"+PersonalTitle(kind).In("zh"), "this cell of column %q holds "+PersonalTitle(kind).In("en"), dec.header[col]),
		Hint:    diag.T("从 %s 里删掉它；重新运行 benchbook import 会隐去这类内容", "remove it from %s; importing again with benchbook import hides such texts", path.Base(dec.list.file))}
	if dec.dictionary.Open() || kind == "ip" || kind == "address" {
		d.Severity = diag.Warning
	}
	dec.report(col, d)
}

// fieldAt is the field that is read from a column, or nil.
func (dec *Decoder) fieldAt(col int) *Field {
	for i := range dec.columns {
		if dec.columns[i].at == col {
			return &dec.dictionary.Fields[dec.columns[i].field]
		}
	}
	return nil
}

// personalNames reports names that point at a person: of columns in the file, and
// what the dictionary prints, which becomes part of pages and addresses.
func (d *Dictionary) personalNames(header []string, l *diag.List) {
	report := func(pos diag.Pos, what diag.Text, text string) {
		kind, _ := Personal(text)
		if kind == "" {
			return
		}
		finding := diag.Diagnostic{Code: "schema.personal", Pos: pos,
			Message: diag.T(what.In("zh")+"里有"+PersonalTitle(kind).In("zh"), what.In("en")+" holds "+PersonalTitle(kind).In("en")),
			Hint:    diag.T("从数据文件和字典里删掉它", "remove it from the data file and the dictionary")}
		if d.Open() || kind == "ip" || kind == "address" {
			finding.Severity = diag.Warning
		}
		l.Add(finding)
	}
	for k, name := range header {
		report(d.Pos, diag.T("第 %d 列的列名", "the name of column %d", k+1), name)
	}
	report(d.Pos, diag.T("标题、说明或来源", "title, description or source"), d.Title+" | "+d.Description+" | "+d.Source)
	for i := range d.Fields {
		f := &d.Fields[i]
		report(f.Pos, diag.T("字段的标题或行名", "the title or row of the field"), f.Title+" | "+f.Row)
		for _, c := range f.Categories {
			report(f.Pos, diag.T("字段的一个选项", "an option of the field"), c.Value+" | "+c.Label)
		}
	}
}
