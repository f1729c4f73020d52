package build

import (
	"bytes"
	"sync"

	"benchbook/internal/diag"
	"benchbook/internal/document"
	"benchbook/internal/leak"
	"benchbook/internal/page"
	"benchbook/internal/theme"
)

// again makes single pages of a finished build anew: see Result.Again.
type again struct {
	mu          sync.Mutex
	theme       *theme.Theme
	composition *page.Composition
	secrets     *leak.Scanner
}

// page makes the page of a text (content/x.md) from new bytes. ok is false where
// the change can reach further than that page, or where the text has findings:
// then the whole site has to be built.
func (a *again) page(file string, src []byte) (name string, html []byte, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	l := &diag.List{}
	d := document.Parse(file, src, l)
	if l.HasErrors() {
		return "", nil, false
	}
	p, ok := a.composition.Redo(d, l)
	if !ok {
		return "", nil, false
	}
	var b bytes.Buffer
	if err := a.theme.Execute(&b, p.Layout, p.Model()); err != nil || l.HasErrors() {
		return "", nil, false
	}
	if len(a.secrets.Scan(p.Path, b.Bytes())) > 0 {
		return "", nil, false // the whole build says what was found
	}
	return p.Path, b.Bytes(), true
}
