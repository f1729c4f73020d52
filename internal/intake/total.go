package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"benchbook/internal/dataset"
	"benchbook/internal/schema"
)

// totals recognises the rows that sum up or average others, as reports hold them
// between and below their figures. Taken for a shop or a month, such a row would
// outweigh all that it sums up.
type totals struct {
	roles  []role // of the columns
	report bool   // a table of figures, no survey: all columns that name a row count
}

// role is what a column does for a row of totals.
type role int

const (
	measured role = iota // numbers, or the same total in most rows: does not say what a row is
	remark               // other words
	naming               // says what or when a row is: shop, brand, industry, month; and the first column
)

// sampled is how many rows show which columns hold figures.
const sampled = 5000

// totalKind is what a cell says of its row.
type totalKind int

const (
	noTotal    totalKind = iota
	totalWord            // 合计, Total: in any column of words
	totalNamed           // 甲牌小计, 北京 汇总: in a column that names the row
	totalMaybe           // 全部, 平均: can be an answer or a note; the rest of the row decides
)

var (
	wordOfTotal = regexp.MustCompile(`^(?:[本全上当各]?(?:年度?|季度?|月度?|周|日|期|部|体)?总?(?:合计|小计|总计|总和|汇总)(?:行|数|值|项)?|(?:grand |sub ?)?totals?)$`)
	nameOfTotal = regexp.MustCompile(`(?:合计|小计|总计|总和|平均|平均值|均值)(?:行|数|值|项)?[)）]?$`)
	// groupTotal is what spreadsheet programs write behind a group's name.
	groupTotal   = regexp.MustCompile(`\s(?:汇总|计数|(?:grand |sub-?)?total|average|mean)$`)
	maybeTotal   = regexp.MustCompile(`^(?:全部|全体|总体|平均|平均值|平均数|均值|总平均|averages?|mean|avg\.?|all)$`)
	behindTotals = regexp.MustCompile(`\s*(?:[（(][^（()）计]*[)）])?\s*[:：]?$`) // 合计（元）, 小计：
	// questions are headers of surveys, where such words are answers.
	questions = regexp.MustCompile(`(?i)您|你[们的所是会有在对认]|[？?]|请选|请问|^Q?\d+[、.．:：]|提交.{0,4}时间|填写时间|答题时间|答卷|^submit|^timestamp$|^时间戳`)
)

// kindOfTotal looks at the text of a cell.
func kindOfTotal(cell string) totalKind {
	text := strings.ToLower(clean(cell))
	if text == "" || utf8.RuneCountInString(text) > 30 {
		return noTotal
	}
	text = behindTotals.ReplaceAllString(text, "")
	joined := strings.Join(strings.Fields(strings.ReplaceAll(text, "-", " ")), " ")
	if strings.ContainsFunc(joined, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		joined = strings.ReplaceAll(joined, " ", "") // 合 计
	}
	switch {
	case wordOfTotal.MatchString(joined):
		return totalWord
	case maybeTotal.MatchString(joined):
		return totalMaybe
	case nameOfTotal.MatchString(joined), groupTotal.MatchString(text):
		return totalNamed
	}
	return noTotal
}

// newTotals judges the columns by their headers and by the first rows.
func newTotals(names []string, rows [][]string) totals {
	t := totals{roles: make([]role, len(names)), report: true}
	figures := 0
	for k, name := range names {
		filled, numbers, summed := 0, 0, 0
		for _, row := range rows {
			text := clean(row[k])
			if text == "" {
				continue
			}
			filled++
			if isFigure(text) {
				numbers++
			}
			if kindOfTotal(text) != noTotal {
				summed++
			}
		}
		name = strings.TrimSpace(name)
		numeric := numbers*2 > filled
		switch {
		case summed*2 > filled: // a report of all shops says so in every row
		case k == 0, identifier.MatchString(name), !numeric && (cuts.MatchString(name) || owners.MatchString(name) || dateHeader.MatchString(name)):
			t.roles[k] = naming
		case !numeric:
			t.roles[k] = remark
		default:
			figures++
		}
		t.report = t.report && !questions.MatchString(name)
	}
	t.report = t.report && figures > 0
	return t
}

func isFigure(text string) bool {
	_, _, ok := schema.ParseNumber(text, unitOfCell(text))
	return ok
}

// has reports a row of totals. In a survey it is one whose first filled cell says so.
func (t totals) has(values []string) bool {
	if t.roles == nil {
		return false
	}
	for k, v := range values {
		kind := kindOfTotal(v)
		switch {
		case !t.report && clean(v) != "":
			return kind == totalWord
		case !t.report || kind == noTotal || t.roles[k] == measured:
		case kind == totalWord, t.roles[k] == naming && (kind == totalNamed || t.mostlyFigures(values)):
			return true
		}
	}
	return false
}

// mostlyFigures reports a row that has more numbers than other words, apart from its names.
func (t totals) mostlyFigures(values []string) bool {
	balance := 0
	for k, v := range values {
		switch v = clean(v); {
		case v == "" || t.roles[k] == naming:
		case t.roles[k] == measured && isFigure(v):
			balance++
		case t.roles[k] == remark:
			balance--
		}
	}
	return balance > 0
}

// head reads the first rows, for newTotals.
func head(r *dataset.Reader) (rows [][]string) {
	for len(rows) < sampled {
		row, ok := r.Next()
		if !ok {
			break
		}
		rows = append(rows, slices.Clone(row.Values))
	}
	return rows
}
