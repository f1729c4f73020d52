package schema

import (
	"sync"

	"benchbook/internal/diag"
)

// maxFindings is how many findings one file may make of one kind: a million
// broken cells must not fill the memory, and one broken column must not hide another kind.
const maxFindings = 1000

// limited passes findings on until there are too many of a kind.
type limited struct {
	list   *diag.List
	file   string
	counts map[string]int
	next   *limited          // where findings go in their turn; nil = to the list at once
	hold   []diag.Diagnostic // until then
	mu     sync.Mutex
}

// full says that one finding more of a kind would not be told.
func (l *limited) full(code string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.counts[code] > maxFindings || l.next != nil && l.next.full(code)
}

// take gives what was held and forgets it.
func (l *limited) take() []diag.Diagnostic {
	l.mu.Lock()
	defer l.mu.Unlock()
	held := l.hold
	l.hold, l.counts = nil, nil
	return held
}

func (l *limited) addAll(list []diag.Diagnostic) {
	for _, d := range list {
		l.Add(d)
	}
}

// Add takes a finding about a cell.
func (l *limited) Add(d diag.Diagnostic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.counts == nil {
		l.counts = map[string]int{}
	}
	l.counts[d.Code]++
	switch n := l.counts[d.Code]; {
	case l.next != nil && n <= maxFindings+1:
		l.hold = append(l.hold, d)
	case l.next != nil:
	case n <= maxFindings:
		l.list.Add(d)
	case n == maxFindings+1:
		l.list.Add(diag.Diagnostic{Code: "schema.too_many", Pos: diag.Pos{File: l.file},
			Message: diag.T("[%s] 超过 %d 处，其余不再列出", "more than %[2]d of [%[1]s]; the rest are not listed", d.Code, maxFindings)})
	}
}
