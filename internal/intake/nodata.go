package intake

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"benchbook/internal/diag"
)

// Rows that are no data, by the reason.
const (
	rowOfTotals = iota
	rowOfNames  // the header, again
	rowOfUnits
	rowOfNotes // below the table
	reasons
)

// leftRows are the rows that were left out for one reason.
type leftRows struct {
	n      int
	places []string // the first of them
}

// maxLines is how many rows a warning names.
const maxLines = 50

// pass notes a row that is no data, by its line and with several files by its file.
func (s *source) pass(reason, file, line int) {
	left := &s.left[reason]
	left.n++
	place := strconv.Itoa(line)
	if len(s.paths) > 1 {
		place = filepath.Base(s.paths[file]) + ":" + place
	}
	if len(left.places) < maxLines {
		left.places = append(left.places, place)
	}
}

// noData tells why a row is no data; -1 = it is.
func (s *source) noData(values []string) int {
	switch {
	case s.totals.has(values):
		return rowOfTotals
	case s.names(values):
		return rowOfNames
	case s.units != nil && slices.Equal(s.units, cleaned(values)):
		return rowOfUnits
	}
	return -1
}

// names reports the header once more, as it stands between tables that were put
// one below the other and on every printed page.
func (s *source) names(values []string) bool {
	same := 0
	for k, v := range values {
		if v = strings.Join(strings.Fields(clean(v)), " "); v == "" {
			continue
		}
		if v != s.cells[k][len(s.cells[k])-1] {
			return false
		}
		same++
	}
	return same >= 2
}

func cleaned(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = clean(v)
	}
	return out
}

// bracketedUnit matches a cell that holds nothing but a unit: 元, （万元）, 单位：人.
var bracketedUnit = regexp.MustCompile(`^(?:单位[:：])?[（(]?([^（()）]{1,6})[)）]?$`)

// unitRow gives the cells of the first row where they are all units; nil = they are not.
func unitRow(rows [][]string, width int) []string {
	if len(rows) < 2 {
		return nil
	}
	some := 0
	for _, v := range rows[0] {
		if v = clean(v); v == "" || v == "-" || v == "/" {
			continue
		}
		if m := bracketedUnit.FindStringSubmatch(v); m == nil || !slices.Contains(units, m[1]) {
			return nil
		}
		some++
	}
	if some == 0 || some*2 < width-1 {
		return nil
	}
	return cleaned(rows[0])
}

// unit is the unit of a column that stands in the row of units, or "".
func (s *source) unit(columns []int) string {
	if s.units == nil || len(columns) != 1 {
		return ""
	}
	if m := bracketedUnit.FindStringSubmatch(s.units[columns[0]]); m != nil && slices.Contains(units, m[1]) {
		return m[1]
	}
	return ""
}

// footer holds back rows that may stand below the table: who made it, where the
// figures come from. They are data when others follow, or when nothing in them
// reads like a note.
type footer struct {
	s     *source
	file  int
	visit func([]string, int) error
	held  []heldRow
}

type heldRow struct {
	values []string
	line   int
}

// maxHeld is how many rows can stand below a table.
const maxHeld = 30

// noteWords begin notes below a table, and name people.
var noteWords = regexp.MustCompile(`(?i)^[\s*＊※•·—\-]*[（(\[【]?(?:注|备注|附注|说明|数据来源|资料来源|来源|制表|填表|填报|审核|复核|审批|经办|负责|编制|统计|更新|导出|打印|截至|截止|联系|声明|版权|口径|更多|共\s*\d+|第\s*\d+\s*页|source|notes?\b|prepared|generated|exported|printed|copyright|page\s*\d|rows?\s*:|total rows)`)

// take passes a row on, or holds it back.
func (f *footer) take(values []string, line int) error {
	if f.s.totals.roles != nil && len(f.held) < maxHeld && f.s.mayBeNote(values) {
		f.held = append(f.held, heldRow{slices.Clone(values), line})
		return nil
	}
	for _, h := range f.held {
		if err := f.visit(h.values, h.line); err != nil {
			return err
		}
	}
	f.held = f.held[:0]
	return f.visit(values, line)
}

// mayBeNote reports a row in which one cell is filled, or whose cells all begin like notes.
func (s *source) mayBeNote(values []string) bool {
	filled, notes, long := 0, 0, false
	for _, v := range values {
		v = clean(v)
		if v == "" {
			continue
		}
		filled++
		if noteWords.MatchString(v) {
			notes++
		}
		long = long || strings.ContainsAny(v, ":：") || utf8.RuneCountInString(v) >= 12
	}
	return filled > 0 && filled < len(values) && (filled == notes || filled == 1 && len(values) >= 3 && long)
}

// end leaves out what was held back to the end.
func (f *footer) end() {
	for _, h := range f.held {
		f.s.pass(rowOfNotes, f.file, h.line)
	}
}

// leftWarnings say which rows were left out and why.
func (d *Draft) leftWarnings() {
	for reason, left := range d.source.left {
		if left.n == 0 {
			continue
		}
		places := strings.Join(left.places, ", ")
		if left.n > maxLines {
			places += ", …"
		}
		text := [reasons]diag.Text{
			rowOfTotals: diag.T("丢弃 %d 行合计、小计或平均（第 %s 行）：和别的行一起算就重复了", "dropped %d rows of totals, subtotals or averages (rows %s): they would count the other rows again", left.n, places),
			rowOfNames:  diag.T("丢弃 %d 行重复的表头（第 %s 行）", "dropped %d rows that repeat the header (rows %s)", left.n, places),
			rowOfUnits:  diag.T("丢弃 %d 行单位（第 %s 行），已并入各列", "dropped %d rows of units (rows %s), which went to their columns", left.n, places),
			rowOfNotes:  diag.T("丢弃表格下面的 %d 行附注（第 %s 行）", "dropped %d rows of notes below the table (rows %s)", left.n, places),
		}[reason]
		d.Warnings = append(d.Warnings, text)
	}
}
