package dataset

import "benchbook/internal/diag"

// maxFindings is how many findings one file may make: a file of a billion
// broken rows must not fill the memory with complaints.
const maxFindings = 1000

// limited passes findings on until there are too many.
type limited struct {
	list  *diag.List
	file  string
	count int
	hold  *[]diag.Diagnostic // where they wait for their turn; nil = nowhere
}

// Add takes a finding about a row.
func (l *limited) Add(d diag.Diagnostic) {
	l.count++
	switch {
	case l.hold != nil && l.count <= maxFindings+1:
		*l.hold = append(*l.hold, d)
	case l.hold != nil:
	case l.count <= maxFindings:
		l.list.Add(d)
	case l.count == maxFindings+1:
		l.list.Add(diag.Diagnostic{Code: "dataset.too_many", Pos: diag.Pos{File: l.file},
			Message: diag.T("问题超过 %d 处，其余不再列出", "more than %d problems; the rest are not listed", maxFindings)})
	}
}
