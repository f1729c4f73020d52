package page

import (
	"cmp"
	"slices"
	"strings"

	"benchbook/internal/document"
)

// ShareImage is the picture that stands beside a link to a page in a chat.
type ShareImage struct {
	Path          string
	Width, Height int
}

// ShareCard is what such pictures say: the words of one page, without pictures yet.
type ShareCard struct {
	Path    string // of the page
	Number  string // 「第 3 章」, "" = the cover
	Title   string
	Finding string // one sentence with its number
	Base    string // 「608 家企业」
	Period  string
	Sample  bool
}

// Cards are the pages that get pictures of their own, the cover first; all
// others show the cover's.
func (c *Composition) Cards() []ShareCard {
	k := c.composer
	base, period := k.basis()
	cover := ShareCard{Path: "index.html", Title: k.Settings.Title, Finding: cmp.Or(k.Settings.Subtitle, k.Settings.Description), Base: base, Period: period}
	cover.Sample = slices.ContainsFunc(k.Datasets, func(d DatasetInfo) bool { return d.Sample })
	if d := k.named("index.md"); d != nil && d.Finding != nil {
		cover.Finding = strings.TrimSpace(text(d.Finding.Render(k.renderer(d))))
	}
	cards := []ShareCard{cover}
	for _, d := range k.chapters {
		card := ShareCard{Path: d.path, Number: chapterNumber(d), Title: d.Title, Finding: k.mainFinding(d)}
		card.Sample = slices.ContainsFunc(d.Refs, func(r document.Ref) bool { ds := k.dataset(r); return ds != nil && ds.Sample })
		cards = append(cards, card)
	}
	return cards
}

// mainFinding is the first key point of a chapter, or the finding of its first
// figure, or what the chapter is about.
func (c *composer) mainFinding(d *doc) string {
	if len(d.KeyPoints) > 0 {
		return strings.TrimSpace(text(d.KeyPoints[0].Render(c.renderer(d))))
	}
	for _, f := range c.ordered {
		if f.homeDoc == d && f.Spec.Finding != "" {
			return f.Spec.Finding
		}
	}
	return d.Excerpt(60)
}

// Share publishes the pictures of a page, the wide one first. It is called
// before any model is made.
func (c *Composition) Share(pagePath string, pictures []ShareImage, files []File) {
	c.composer.shares[pagePath] = pictures
	c.Files = append(c.Files, files...)
}

// shared are the pictures of a page, or the cover's.
func (c *composer) shared(pagePath string) []ShareImage {
	if s, ok := c.shares[pagePath]; ok {
		return s
	}
	return c.shares["index.html"]
}

// Whole is the picture's absolute address, or the relative one as seen from a
// page whose Root is given while the site's address is unknown.
func (s ShareImage) Whole(base, root string) string {
	if base == "" {
		return root + s.Path
	}
	return base + "/" + encodePath(s.Path)
}
