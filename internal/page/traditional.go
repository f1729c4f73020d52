package page

import (
	"html"
	"path"
	"slices"
	"strings"

	"benchbook/internal/config"
	"benchbook/internal/diag"
	"benchbook/internal/hanzi"
)

// The traditional edition: a copy of the site in the letters and words of Taiwan,
// made from the finished pages, so that nothing of it can disagree with them.
const (
	simplified        = "zh-CN"
	traditional       = "zh-TW"
	traditionalFolder = "zh-tw/"
	termsFile         = "data/terms.toml"
)

// Version is a page in one of the languages of the site.
type Version struct {
	Language string // zh-CN
	Link            // titled as the language's readers write its name
}

// Whole is the version's absolute address, or the relative one as seen from a
// page whose Root is given while the site's address is unknown.
func (v Version) Whole(base, root string) string {
	if base == "" {
		return v.Href(root)
	}
	return base + "/" + encodePath(v.Path)
}

// edition is the traditional edition of the site.
type edition struct {
	words   *hanzi.Taiwan
	pages   map[string]bool // that it has, by their path in the simplified edition
	baseURL string
	search  *searcher
}

// newEdition is nil where the site has one language.
func (c *composer) newEdition(pages []Page) *edition {
	if !slices.Contains(c.Settings.Languages, traditional) {
		return nil
	}
	e := &edition{words: hanzi.NewTaiwan(c.protected()), pages: map[string]bool{}, baseURL: c.Settings.BaseURL}
	foreign := map[string]bool{}
	for _, d := range c.docs {
		foreign[d.path] = d.written() != "" && d.written() != simplified
	}
	for _, p := range pages {
		if p.Layout != "404" && !foreign[p.Path] {
			e.pages[p.Path] = true
		}
	}
	e.search = newSearcher(traditionalFolder, pages, func(p Page) bool { return e.pages[p.Path] })
	if c.printed() {
		e.pages[c.printPath()], e.pages[c.printHeads()] = true, true
	}
	return e
}

// protected are the terms that keep their own letters: the glossary's, and those
// of data/terms.toml, which may give another form: [terms] "视频号" = "視頻號".
func (c *composer) protected() map[string]string {
	terms := map[string]string{}
	for _, name := range c.termNames() {
		if hanzi.CountHan(name) > 1 {
			terms[name] = ""
		}
	}
	if c.Read == nil {
		return terms
	}
	src, err := c.Read(termsFile)
	if err != nil { // the file is optional
		return terms
	}
	var file struct {
		Terms map[string]string `toml:"terms"`
	}
	if from, ok := config.Decode(termsFile, src, &file, c.l); ok {
		for name, form := range file.Terms {
			if !strings.ContainsFunc(name, hanzi.IsHan) || strings.ContainsAny(name+form, "<>&\"'\\`$\n\r") {
				c.l.Errorf("page.term", from.Pos("terms", name), diag.T("%q = %q 不能作为术语：要有汉字，不能有引号和标记用的符号", "%q = %q cannot be a term: it needs a Chinese character, and no quotes or marks of markup", name, form))
				continue
			}
			terms[name] = form
		}
	}
	return terms
}

// versions are the languages that a page can be read in, none where it is only one.
func (c *composer) versions(pagePath string) []Version {
	if c.tw == nil || !c.tw.pages[pagePath] {
		return c.translated(pagePath, nil)
	}
	made := []Version{{simplified, Link{Title: "简体", Path: pagePath}}, {traditional, Link{Title: "繁體", Path: traditionalFolder + pagePath}}}
	return c.translated(pagePath, made)
}

// page is the copy of a finished page.
func (e *edition) page(p, source string) string {
	w := rewriter{edition: e, path: p, rest: source}
	w.out.Grow(len(source) + len(source)/16)
	for w.rest != "" {
		w.step()
	}
	return w.out.String()
}

// ownAsset reports whether a file is a script of our own, which may speak to readers.
func ownAsset(name string) bool { return path.Dir(name) == "assets" && path.Ext(name) == ".js" }

// address is a relative address of a page, as the copy of the page has it: the
// copy stands one folder deeper, and has its own pages but shares all other files.
func (e *edition) address(from, address string) string {
	address = html.UnescapeString(address)
	target, _, _ := strings.Cut(address, "#")
	target, _, _ = strings.Cut(target, "?")
	if target == "" || strings.HasPrefix(target, "/") || hasScheme(target) {
		return address
	}
	to := path.Join(path.Dir(from), unescapePath(target))
	if e.pages[to] || ownAsset(to) {
		return address
	}
	return "../" + address
}

// hasScheme reports whether an address begins with a scheme, as https: or data:.
func hasScheme(address string) bool {
	scheme, _, ok := strings.Cut(address, ":")
	return ok && !strings.ContainsAny(scheme, "/.?#")
}

// own is an absolute address of a page of the site in the traditional edition.
func (e *edition) own(address string) string {
	if p, ok := strings.CutPrefix(html.UnescapeString(address), e.baseURL+"/"); ok && e.baseURL != "" && e.pages[unescapePath(p)] {
		return e.baseURL + "/" + traditionalFolder + p
	}
	return html.UnescapeString(address)
}
