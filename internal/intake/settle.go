package intake

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"benchbook/internal/schema"
)

// collect gathers the texts that mean nothing over all columns that are kept.
func (d *Draft) collect() {
	d.missing = []string{""}
	for _, f := range d.Fields {
		for _, text := range f.nothing {
			switch nothingKind(text, d.platform.marks) {
			case isSkipped:
				d.skipped = appendNew(d.skipped, text)
			case isRefused:
				d.refused = appendNew(d.refused, text)
			default:
				d.missing = appendNew(d.missing, text)
			}
		}
	}
}

// alignRows gives the rows of a matrix one list of answers, also where nobody
// chose one of them in some row. Columns that share a number but hardly an
// answer are questions of their own.
func (d *Draft) alignRows() {
	for _, rows := range d.matrices() {
		var union []string
		widest := 0
		for _, f := range rows {
			widest = max(widest, len(f.Categories))
			for _, c := range f.Categories {
				union = appendNew(union, c.Value)
			}
		}
		alike := len(rows) > 1 && 2*len(union) <= 3*widest
		for _, f := range rows {
			if alike && f.Type == schema.String {
				f.setCategories(union)
			} else if !alike && f.Type == schema.String {
				f.Question, f.Row, f.Shape = "", "", "single"
			}
		}
	}
}

// matrices are the questions of several columns, all of which are choices of one kind.
func (d *Draft) matrices() map[string][]*Field {
	groups, mixed := map[string][]*Field{}, map[string]bool{}
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Question == "" {
			continue
		}
		groups[f.Question] = append(groups[f.Question], f)
		mixed[f.Question] = mixed[f.Question] || f.Shape != "matrix" && f.Shape != "boolean" || f.Type != groups[f.Question][0].Type || f.Other != ""
	}
	for question := range mixed {
		if mixed[question] {
			delete(groups, question)
		}
	}
	return groups
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// submitted names columns that say when an answer came in.
var submitted = regexp.MustCompile(`(?i)submit|finish|complet|end(?:ed)?_?at|提交|结束|填写时间|答题时间|timestamp`)

// findPeriod sets when the data were collected. In a survey it is the span of
// the times of submission, in other tables of their last date column.
func (d *Draft) findPeriod(profiles []*profile) {
	for _, f := range d.Fields {
		if f.Shape != "date" || f.Format != "" {
			continue
		}
		p := profiles[f.sources[0]]
		if d.period.From == "" || submitted.MatchString(f.Column) {
			d.period = schema.Period{From: p.first, To: p.last}
		}
	}
}

// nameFields gives every field a name that can stand in references and TOML
// keys, unlike all others.
func (d *Draft) nameFields() {
	taken := map[string]bool{}
	for i := range d.Fields {
		f := &d.Fields[i]
		wish := f.Name
		if wish == "" {
			wish = fieldName(f.Column)
		}
		if wish == "" {
			wish = "field"
		}
		name := wish
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s_%d", wish, n)
		}
		taken[name] = true
		f.Name = name
	}
}

// maxName keeps names short enough to be typed.
const maxName = 24

// fieldName keeps letters and digits of a column name and puts _ between them.
// A unit in brackets at the end is left out: it is a setting of its own.
func fieldName(column string) string {
	var b strings.Builder
	for _, r := range bracketed.ReplaceAllString(column, "") {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		case r == '-' || r == '_':
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	name := strings.Join(strings.Fields(b.String()), "_")
	for utf8.RuneCountInString(name) > maxName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return strings.Trim(name, "_-")
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// contributor finds the identifier whose values come again over periods, as a
// shop does in monthly figures; "" = each row is one.
func (d *Draft) contributor() string {
	if !d.plain {
		return ""
	}
	for _, wanted := range []*regexp.Regexp{shops, identifier} {
		for _, f := range d.Fields {
			if f.Shape == "id" && wanted.MatchString(f.Column) && !notContributor.MatchString(f.Column) {
				return f.Name
			}
		}
	}
	return ""
}

// Identifiers of those who contribute figures come before others; orders, goods
// and rows contribute nothing themselves.
var (
	shops          = regexp.MustCompile(`(?i)门店|店铺|网点|品牌|企业|公司|商家|商户|经销商|加盟商|店号|shop|store|brand|company|merchant`)
	notContributor = regexp.MustCompile(`(?i)^row|订单|单号|流水|商品|货品|sku|spu|物流|运单|快递|邮编|邮政|order`)
)

// owners names what several contributors can belong to.
var owners = regexp.MustCompile(`(?i)品牌|集团|企业|公司|商家|商户|所属|brand|group|company|owner`)

// owner finds an identifier that groups the contributors, as a brand does its
// shops: its name says so and it has fewer values.
func (d *Draft) owner() string {
	for _, f := range d.Fields {
		if f.Shape == "id" && f.Name != d.contributor() && owners.MatchString(f.Column) && d.contributor() != "" && f.distinct < d.distinct(d.contributor()) {
			return f.Name
		}
	}
	return ""
}

func (d *Draft) distinct(name string) int {
	for _, f := range d.Fields {
		if f.Name == name {
			return f.distinct
		}
	}
	return 0
}

// typedWarning says how much typed text was cut off.
func (d *Draft) typedWarning(profiles []*profile) {
	n := 0
	for _, p := range profiles {
		n += p.typed
	}
	if n > 0 {
		d.warn("%d 处选项后的补充文字（〖〗里的）没有导入", "%d texts typed behind options (in 〖〗) were left out", n)
	}
}

// periodField is the date by which rows of one contributor differ.
func (d *Draft) periodField() string {
	if !d.plain || d.contributor() == "" {
		return ""
	}
	for _, f := range d.Fields {
		if f.Shape == "date" && f.Type == schema.Date {
			return f.Name
		}
	}
	return ""
}

// cuts names the questions by which readers most often want to see the others.
var cuts = regexp.MustCompile(`(?i)行业|品类|类目|规模|营收|地区|区域|省份|城市|模式|阶段|岗位|职位|渠道|业态|industry|sector|company size|region|country|category|channel|segment`)

// segments are single choices of few options that such words name.
func (d *Draft) segments() (names []string) {
	for _, f := range d.Fields {
		if f.Shape == "single" && len(f.Categories) >= 2 && len(f.Categories) <= 15 && cuts.MatchString(f.Title) && len(names) < 4 {
			names = append(names, f.Name)
		}
	}
	return names
}
