package dataset

import (
	"regexp"
	"slices"
	"strings"
)

// headsData reports whether a record with one filled cell is no title but the
// header itself, whose other names were left blank: the record below it holds
// data. It then gets as many cells as that one. In text a title has no cells
// beside it; in a sheet blank ones at the end are not there, so that cannot tell.
func (r *Reader) headsData(at int) bool {
	top, below := r.pending[at], r.pending[at+1]
	if top.sheet == "" && len(top.values) < len(below.values) || slices.ContainsFunc(top.values, looksNumeric) || !r.isData(at+1) {
		return false
	}
	for len(top.values) < len(below.values) {
		top.values = append(top.values, "")
	}
	return true
}

// isData reports whether a record is no header: it holds figures that name no
// period, or a text that comes again below in its column, as names of columns do
// not unless the whole header is repeated. The next record does not count: names
// merged downwards over two rows of header come again there.
func (r *Reader) isData(at int) bool {
	row := r.pending[at].values
	if slices.ContainsFunc(row, looksNumeric) {
		return !namesPeriods(row)
	}
	return slices.ContainsFunc(r.pending[min(at+2, len(r.pending)):], func(later *record) bool {
		again := 0
		for col, value := range later.values {
			if col < len(row) && strings.TrimSpace(value) != "" && value == row[col] {
				again++
			}
		}
		return again > 0 && again < countFilled(row)
	})
}

// namesPeriods reports a record whose numbers are years, months or days, or
// count up by one, as they do in a header: 2023, 2024; 1月, 2月; 1, 2, 3.
func namesPeriods(row []string) bool {
	var numbers []string
	for _, value := range row {
		if value = strings.TrimSpace(value); looksNumeric(value) {
			numbers = append(numbers, value)
		}
	}
	if !slices.ContainsFunc(numbers, func(s string) bool { return !period.MatchString(s) }) {
		return len(slices.Compact(slices.Clone(numbers))) == len(numbers)
	}
	for i, s := range numbers {
		if s != itoa(i+1) {
			return false
		}
	}
	return len(numbers) > 1
}

// period matches years, months and days as they stand in headers.
var period = regexp.MustCompile(`^(?:(?:19|20)\d\d(?:[-/.]?\d{1,2}){0,2}|[\d/.-]*\d+[年月日][\d年月日]*)$`)
