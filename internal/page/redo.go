package page

import (
	"reflect"
	"slices"

	"benchbook/internal/diag"
	"benchbook/internal/document"
)

// Redo gives the page of a document whose running text has changed, with all
// else as it was composed: for a preview, which shows it at once and composes the
// whole site after. ok is false where more than that page can have changed: the
// front matter, the title, what is referred to, or a document that has
// no page of its own. Findings of its text go to the list. Nothing else may use
// the composition meanwhile.
func (c *Composition) Redo(d *document.Document, l *diag.List) (Page, bool) {
	old := c.composer.byFile[d.File]
	if old == nil || !alike(old.Document, d) {
		return Page{}, false
	}
	i := slices.IndexFunc(c.Pages, func(p Page) bool { return p.Path == old.path && slices.Contains(p.Sources, d.File) })
	if i < 0 {
		return Page{}, false
	}
	old.Document, c.composer.l = d, l
	return c.Pages[i], true
}

// alike says whether two states of a document differ in their running text alone.
func alike(a, b *document.Document) bool {
	sameRef := func(x, y document.Ref) bool {
		return x.Kind == y.Kind && x.Target == y.Target && x.Image == y.Image && slices.Equal(x.Query, y.Query)
	}
	return a.Title == b.Title && reflect.DeepEqual(a.Front, b.Front) && slices.EqualFunc(a.Refs, b.Refs, sameRef)
}
