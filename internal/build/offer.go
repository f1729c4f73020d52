package build

import (
	"path"

	"benchbook/internal/export"
	"benchbook/internal/page"

	"golang.org/x/sync/errgroup"
)

// offer makes the files that hold the whole report, for the page of downloads:
// the workbook and the data package. Those that need a browser are left to the
// command of their own.
func (b *run) offer(c *page.Composition) error {
	if b.list.HasErrors() {
		return nil
	}
	s := export.Site{Composition: c}
	for _, sheet := range c.Sheets() {
		packed, err := s.PlanBook(sheet.Sheet)
		if err != nil {
			return err
		}
		c.OfferSheet(sheet, packed)
	}
	if len(c.Shown) == 0 {
		return nil
	}
	forms := []func(export.Site) ([]export.File, error){export.Workbook, export.DataPackage}
	made := make([]page.File, len(forms))
	var group errgroup.Group
	for i, form := range forms {
		group.Go(func() error {
			files, err := form(s)
			if err == nil {
				made[i] = page.File{Path: path.Base(files[0].Name), Bytes: files[0].Bytes}
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	c.Offer(made, export.Linked(s))
	return offerFigures(c, s)
}

// offerFigures makes the further forms of each figure.
func offerFigures(c *page.Composition, s export.Site) error {
	files, err := export.FigureFiles(s)
	for _, f := range files {
		c.OfferFigure(f.Figure, f.Listed, f.Format, page.File{Path: f.File.Name, Bytes: f.File.Bytes})
	}
	return err
}

// share makes the pictures that stand beside links to the site.
func (b *run) share(c *page.Composition) error {
	if b.list.HasErrors() {
		return nil
	}
	cards, made, err := export.SharePictures(export.Site{Composition: c}, b.accent())
	for i, files := range made {
		var pictures []page.ShareImage
		var published []page.File
		for k, f := range files {
			pictures = append(pictures, page.ShareImage{Path: f.Name, Width: export.ShareSizes[k].Width, Height: export.ShareSizes[k].Height})
			published = append(published, page.File{Path: f.Name, Bytes: f.Bytes, Sources: []string{"benchbook.toml"}})
		}
		c.Share(cards[i].Path, pictures, published)
	}
	return err
}
