package schema

import "benchbook/internal/diag"

// maxFindings is how many findings one file may make of one kind: a million
// broken cells must not fill the memory, and one broken column must not hide another kind.
const maxFindings = 1000

// limited passes findings on until there are too many of a kind.
type limited struct {
	list   *diag.List
	file   string
	counts map[string]int
}

// Add takes a finding about a cell.
func (l *limited) Add(d diag.Diagnostic) {
	if l.counts == nil {
		l.counts = map[string]int{}
	}
	l.counts[d.Code]++
	switch n := l.counts[d.Code]; {
	case n <= maxFindings:
		l.list.Add(d)
	case n == maxFindings+1:
		l.list.Add(diag.Diagnostic{Code: "schema.too_many", Pos: diag.Pos{File: l.file},
			Message: diag.T("[%s] 超过 %d 处，其余不再列出", "more than %[2]d of [%[1]s]; the rest are not listed", d.Code, maxFindings)})
	}
}
