package build

import (
	"bytes"
	"sync"

	"benchbook/internal/book"
	"benchbook/internal/page"
	"benchbook/internal/theme"
)

// pagesKept are the pages that the print edition is bound from, by path; they
// are rendered by many goroutines.
type pagesKept struct{ pages sync.Map }

// want names the pages to keep.
func (k *pagesKept) want(plan *page.PrintPlan) {
	if plan == nil {
		return
	}
	for _, p := range plan.Parts {
		k.pages.Store(p.Path, []byte(p.Body))
	}
}

// keep remembers a page if it is wanted.
func (k *pagesKept) keep(name string, data []byte) {
	if _, wanted := k.pages.Load(name); wanted {
		k.pages.Store(name, data)
	}
}

// wants reports whether the print edition is bound from a page.
func (k *pagesKept) wants(name string) bool {
	_, wanted := k.pages.Load(name)
	return wanted
}

func (k *pagesKept) page(name string) []byte {
	data, _ := k.pages.Load(name)
	made, _ := data.([]byte)
	return made
}

// renderPrint binds the finished pages into the print edition.
func (b *run) renderPrint(t *theme.Theme, c *page.Composition) error {
	if c.Print == nil {
		return nil
	}
	var pages []book.Page
	for _, p := range c.Print.Parts {
		source := []byte(p.Body)
		if p.Path != "" {
			source = b.kept.page(p.Path)
		}
		pages = append(pages, book.Page{ID: p.ID, Path: p.Path, HTML: source})
	}
	bound, err := book.Bind(c.Print.Path, pages)
	if err != nil {
		return err
	}
	parts := make([]page.PrintPart, len(bound.Parts))
	for i, p := range bound.Parts {
		parts[i] = c.Print.Parts[i]
		parts[i].Body = p.Body
		for _, h := range p.Contents {
			parts[i].Contents = append(parts[i].Contents, page.Heading{Level: 2, ID: h.ID, Text: h.Text})
		}
	}
	var buf bytes.Buffer
	if err := t.Execute(&buf, "print", c.Print.Model(parts, bound.Figures)); err != nil {
		return err
	}
	files := append(c.Print.Copies(buf.Bytes()), page.File{Path: c.Print.Path, Bytes: buf.Bytes(), Sources: c.Print.Sources})
	for _, f := range files {
		if err := b.write(f.Path, f.Bytes, f.Sources...); err != nil {
			return err
		}
	}
	return nil
}
