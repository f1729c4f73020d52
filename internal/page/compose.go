package page

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"path"
	"slices"
	"strings"

	"benchbook/internal/diag"
	"benchbook/internal/document"
	"benchbook/internal/fact"
	"benchbook/internal/kpi"
	"benchbook/internal/release"
	"benchbook/internal/site"
)

// Input is everything that pages are made from.
type Input struct {
	Settings  site.Settings
	Generator string // name and version, for the colophon
	Documents []*document.Document
	Charts    *Charts
	Facts     *fact.List
	Registry  *release.Registry
	Datasets  []DatasetInfo
	Trade     Trade
	Read      func(name string) ([]byte, error) // a file of the project, for pictures
}

// DatasetInfo is what the methodology and downloads pages say of a dataset:
// metadata only, never rows.
type DatasetInfo struct {
	ID, Title, Description, Source, Licence, Unit string
	From, To                                      string
	Sample, Open, Weighted                        bool
	Rows                                          int
	Contributors                                  int
	Fields                                        []FieldNote
	Questions                                     []Question // of several columns
	Period                                        string     // field that holds the period, "" = none
	Hash                                          string     // of the dataset's files
	Excluded                                      []string   // why rows were not counted, and how many
	File                                          string     // dataset.toml, for the manifest
}

// Page is one page before its template: Model makes the model, and may be called
// by any goroutine, so that bodies are rendered in parallel and not all held at once.
type Page struct {
	Layout, Path string
	Document     *document.Document // whose own page it is, nil = of none
	Sources      []string
	Model        func() any
}

// Composition is the whole site, ready to be rendered.
type Composition struct {
	Pages   []Page
	Files   []File
	Figures int
	Print   *PrintPlan // nil = there is no report to print
	Input   Input      // what it was made from
	Shown   []*Bound   // the figures, in order of number
	fixes   *fixes
	media   *media
	search  *searcher
	tw      *edition // nil = simplified only

	composer *composer
}

// Fixes lists the numbers in the text that disagree with the data; complete
// once every model has been made.
func (c *Composition) Fixes() []Fix { return c.fixes.sorted() }

// doc is a document with its place in the site.
type doc struct {
	*document.Document
	place
	number int // of a chapter, from 1
}

// order sorts a document among its siblings: the one that opens their folder, then those with a weight, then the others.
func (d *doc) order() int {
	if d.Front.Weight == 0 && path.Base(d.path) == "index.html" {
		return math.MinInt
	}
	return cmp.Or(d.Front.Weight, math.MaxInt)
}

// link is the document as a link.
func (d *doc) link() Link { return Link{Title: cmp.Or(d.Front.Short, d.Title), Path: d.path} }

// composer holds what is known of the whole site while pages are made. It is
// not changed once pages are made.
type composer struct {
	Input
	l        *diag.List
	docs     []*doc
	byFile   map[string]*doc
	chapters []*doc
	sops     []*doc
	figures  map[string]*Bound // by id
	ordered  []*Bound          // in order of number
	shows    map[string]*Bound // DATASET/INDICATOR → the first figure that shows it
	terms    map[string]string // folded name → anchor
	forms    []termForm        // the names as they are written, longest first
	media    *media
	sites    map[string]*Site // by the section that is current
	fixes    *fixes
	sections []section
	appendix map[bool]int            // figures and tables outside chapters
	siblings map[string]*SectionNav  // by folder, for procedures and articles
	groups   map[string][]*doc       // by folder, likewise
	tw       *edition                // nil = simplified only
	sheets   map[string]string       // size of the spreadsheet under a path
	made     map[string]bool         // addresses of generated pages
	whole    []Download              // files that hold the whole report
	about    template.HTML           // what they hold, for search engines
	twins    map[string]*doc         // of translated pages, by path; both ways
	shares   map[string][]ShareImage // by page
}

// Compose plans every page and file of the site. Findings go to the list;
// those of a page's own text come when its model is made.
func Compose(in Input, l *diag.List) *Composition {
	c := &composer{Input: in, l: l, byFile: map[string]*doc{}, figures: map[string]*Bound{}, shows: map[string]*Bound{},
		terms: map[string]string{}, media: newMedia(in.Read, l), sites: map[string]*Site{}, fixes: &fixes{}, appendix: map[bool]int{}, siblings: map[string]*SectionNav{}, groups: map[string][]*doc{}, sheets: map[string]string{}, made: map[string]bool{}, shares: map[string][]ShareImage{}}
	if c.Trade.KPIs == nil {
		c.Trade.KPIs = &kpi.Catalogue{}
	}
	if c.Trade.Lines == nil {
		c.Trade.Lines = &kpi.Lines{}
	}
	for _, p := range c.generatedPaths() {
		c.made[p] = true
	}
	c.placeDocuments()
	c.pairPages()
	c.bindFigures()
	c.readTerms()
	c.planSections()
	pages := c.pages()
	c.tw = c.newEdition(pages)
	out := &Composition{Pages: pages, Figures: len(c.ordered), Print: c.printPlan(), Input: in, Shown: c.ordered, fixes: c.fixes, media: c.media, tw: c.tw, composer: c}
	out.search = newSearcher("", pages, func(Page) bool { return true })
	out.Files = c.files(pages)
	if out.Print != nil {
		out.Files = append(out.Files, File{Path: c.printHeads(), Bytes: out.Print.heads(), Sources: []string{"benchbook.toml"}})
	}
	return out
}

// placeDocuments gives every document its address and finds two that want one.
func (c *composer) placeDocuments() {
	taken := map[string]*doc{}
	files := map[string]bool{}
	for _, d := range c.Documents {
		files[d.File] = true
	}
	for _, d := range c.Documents {
		p := &doc{Document: d, place: placeOf(opens(d.File, files), d.Front.Slug, c.Settings.Edition)}
		folded := strings.ToLower(p.path)
		if other, ok := taken[folded]; ok {
			c.l.Add(diag.Diagnostic{Code: "page.address", Pos: d.SlugPos,
				Message: diag.T("这个文件和 %s 要占同一个地址 %s", "this file and %s want one address, %s", other.File, p.path),
				Hint:    diag.T("给其中一个改名，或在前置信息里写 slug", "rename one of them, or give it a slug in its front matter")})
			continue
		}
		taken[folded] = p
		c.docs = append(c.docs, p)
		c.byFile[d.File] = p
	}
	slices.SortFunc(c.docs, func(a, b *doc) int {
		return cmp.Or(cmp.Compare(path.Dir(a.File), path.Dir(b.File)), cmp.Compare(a.order(), b.order()), cmp.Compare(a.File, b.File))
	})
	for _, d := range c.docs {
		switch d.layout {
		case "chapter":
			c.chapters = append(c.chapters, d)
			d.number = len(c.chapters)
		case "sop":
			c.sops = append(c.sops, d)
		}
	}
}

// opens is the name by which a file is placed: the README of a folder opens it like an index, where there is none. The
// library of procedures has a page of its own to open it; a README there is a text among the others.
func opens(file string, files map[string]bool) string {
	dir, base := path.Split(file)
	if index := dir + "index.md"; base == "README.md" && !files[index] && dir != "content/sop/" {
		return index
	}
	return file
}

// named finds a document by its source path; a README stands in for the index of its folder.
func (c *composer) named(file string) *doc {
	if d := c.byFile["content/"+file]; d != nil || path.Base(file) != "index.md" {
		return d
	}
	if d := c.byFile["content/"+strings.TrimSuffix(file, "index.md")+"README.md"]; d != nil && path.Base(d.path) == "index.html" {
		return d
	}
	return nil
}

// common fills what every model has.
func (c *composer) common(layout, pagePath, title, section string) Common {
	m := Common{Site: c.siteFor(section), Kind: layout, Path: pagePath, Root: rootFrom(pagePath), Title: title,
		Language: c.Settings.Language, Updated: c.Settings.Date, Versions: c.versions(pagePath), Share: c.shared(pagePath), Words: chineseWords}
	if c.Settings.BaseURL != "" {
		m.Canonical = c.Settings.BaseURL + "/" + encodePath(pagePath)
	}
	if pagePath != "index.html" {
		m.Breadcrumb = []Link{{Title: "首页", Path: "index.html"}}
	}
	m.Citation = c.citation(title, pagePath)
	m.Description = title + "：" + c.Settings.Title
	return m
}

// citation is the GB/T 7714 form of an electronic report.
func (c *composer) citation(title, pagePath string) string {
	s := c.Settings
	var b strings.Builder
	fmt.Fprintf(&b, "%s. ", cmp.Or(s.Publisher, s.Title))
	if title != s.Title {
		fmt.Fprintf(&b, "%s//", title)
	}
	fmt.Fprintf(&b, "%s（%s 版）[R/OL].", s.Title, s.Edition)
	if s.Date != "" {
		fmt.Fprintf(&b, " (%s).", s.Date)
	}
	if s.BaseURL != "" {
		fmt.Fprintf(&b, " %s/%s.", s.BaseURL, encodePath(pagePath))
	}
	return b.String()
}

// described fills a model from its document: text, contents, language, dates.
func (c *composer) described(m *Common, d *doc) {
	m.Title = d.Title
	m.Description = cmp.Or(d.Excerpt(80), m.Description)
	m.Language = cmp.Or(d.written(), m.Language)
	if isEnglish(m.Language) {
		c.inEnglish(m)
	}
	if d.Front.Updated != "" {
		m.Updated = string(d.Front.Updated)
	}
	m.body = d.Body()
	m.Body = template.HTML(m.body.Render(c.renderer(d))) + caveatList(d.Title, c.caveatsOf(d))
	for _, h := range m.body.Headings {
		if h.Level == 2 || h.Level == 3 {
			m.Contents = append(m.Contents, Heading{h.Level, h.ID, h.Text})
		}
	}
	for _, r := range d.Refs {
		if ds := c.dataset(r); ds != nil && ds.Sample {
			m.Sample = true
		}
	}
}

// dataset is the dataset that a reference takes its number from, or nil.
func (c *composer) dataset(r document.Ref) *DatasetInfo {
	name, _, _ := strings.Cut(r.Target, "/")
	if r.Kind == document.Chart || r.Kind == document.Table {
		def, err := c.Charts.resolve(r.Kind, r.Target, params(r))
		if err != nil {
			return nil
		}
		name = def.Dataset
	} else if r.Kind != document.Stat {
		return nil
	}
	for i := range c.Datasets {
		if c.Datasets[i].ID == name {
			return &c.Datasets[i]
		}
	}
	return nil
}

func params(r document.Ref) map[string]string {
	out := map[string]string{}
	for _, p := range r.Query {
		out[p.Key] = p.Value
	}
	return out
}

// text strips the tags of a piece of HTML that we made.
func text(h template.HTML) string {
	var b strings.Builder
	inTag := false
	for _, r := range string(h) {
		switch {
		case r == '<':
			inTag = true
		case r == '>' && inTag:
			inTag = false
		case !inTag:
			b.WriteRune(r)
		}
	}
	return unescapeHTML(b.String())
}

// Finished takes note of what readers can read on the page i, for the search
// index, and gives the page's copies in other languages and the files of the
// index that are whole with it; every page is handed in, by any goroutine,
// before AllFiles.
func (c *Composition) Finished(i int, html []byte) []File {
	p := c.Pages[i]
	out := c.search.take(i, p, string(html))
	if c.tw == nil || !c.tw.pages[p.Path] {
		return out
	}
	copied := c.tw.page(p.Path, string(html))
	out = append(out, File{Path: traditionalFolder + p.Path, Bytes: []byte(copied), Sources: p.Sources, Copy: true})
	return append(out, c.tw.search.take(i, p, copied)...)
}

// Resume prepares to change the search index of the build before, of which old
// gives any page. states and grams are as SearchStates gave them.
func (c *Composition) Resume(states []SearchState, grams func(i int) []byte, old func(path string) []byte) {
	for i, s := range c.searchers() {
		if s.old = old; i < len(states) {
			s.resume(states[i], func() []byte { return grams(i) })
		}
	}
}

// Keep notes that the page i stands in the site before as it would be made, and
// gives the files of the search index that are whole with it.
func (c *Composition) Keep(i int) (files []File) {
	p := c.Pages[i]
	for _, s := range c.searchers() {
		if s.folder == "" || c.tw.pages[p.Path] {
			files = append(files, s.keep(i, p)...)
		}
	}
	return files
}

// SearchStates is what the index leaves for the next build: of each edition its
// state and its grams; complete after AllFiles.
func (c *Composition) SearchStates() (states []SearchState, grams [][]byte) {
	for _, s := range c.searchers() {
		states, grams = append(states, s.state()), append(grams, encodeGrams(s.parts))
	}
	return states, grams
}

func (c *Composition) searchers() []*searcher {
	if c.tw == nil {
		return []*searcher{c.search}
	}
	return []*searcher{c.search, c.tw.search}
}

// Asset gives the copies of a file of the theme in other languages.
func (c *Composition) Asset(name string, source []byte) []File {
	if c.tw != nil && ownAsset(name) {
		return []File{{Path: traditionalFolder + name, Bytes: []byte(c.tw.words.Convert(string(source))), Sources: []string{"templates"}}}
	}
	return nil
}

// AllFiles are the files that are no pages, with the pictures and downloads that
// the texts refer to, and the rest of the search index; complete once every page
// is finished.
func (c *Composition) AllFiles() []File {
	files := slices.Concat(c.Files, c.media.files(), c.search.files())
	if c.tw != nil {
		files = append(files, c.tw.search.files()...)
	}
	return files
}
