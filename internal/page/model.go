// Package page composes the pages of the site: models for the templates,
// addresses, navigation, search entries, figures bound to released cells, and
// the checks that need the whole site (unknown references, dead links, two
// pages with one address).
//
// In: parsed documents, the registry of released cells, quoted facts, the
// site's settings. Out: page models, one struct a layout, and whole figures.
// It refuses raw rows, observations and estimates (it cannot import the rooms
// that hold them), templates and the disk.
package page

import (
	"html/template"
	"strings"

	"benchbook/internal/document"
)

// Link is a place in the site or outside it. Path is relative to the site's
// root ("2026/budget.html"); templates print Root + Path. An outside link has
// its scheme in Path and External set.
type Link struct {
	Title    string
	Path     string
	External bool
	Current  bool // this page, or the section it stands in
}

// Href is the link's address as seen from a page whose Root is given. A first
// segment with a colon would read as a scheme, hence the "./".
func (l Link) Href(root string) string {
	if l.External {
		return l.Path
	}
	first, _, _ := strings.Cut(l.Path, "/")
	if root == "" && (l.Path == "" || strings.Contains(first, ":")) {
		return "./" + l.Path
	}
	return root + l.Path
}

// Heading is an entry of 「本页目录」.
type Heading struct {
	Level int
	ID    string
	Text  string
}

// Site is what every page knows of the whole.
type Site struct {
	Title     string // 私域运营基准白皮书
	Subtitle  string
	Publisher string
	Edition   string // "2026"
	Language  string // zh-CN
	Licence   string
	Contact   string
	Logo      string // path from the root, "" = title as text
	Nav       []Link // sections that have content, in order
	Footer    []Link
	Search    string // path of the search page, "" = none
	Feed      string // path of the Atom feed, "" = none
	Generator string // "benchbook 0.1.0"; printed in the colophon
	BaseURL   string // "" when unknown
}

// Common is embedded in every model.
type Common struct {
	Site        *Site
	Kind        string // layout name: cover, article, chapter …
	Path        string // of this page, from the root
	Root        string // "" or "../" …: prefix that leads to the root
	Title       string // h1 and <title>
	Description string // 60–80 characters
	Language    string // of this page
	Canonical   string // absolute address, "" when BaseURL is unknown
	Breadcrumb  []Link // from home to the parent
	Contents    []Heading
	Prev, Next  *Link
	Versions    []Version     // the languages it can be read in, none where there is one
	Updated     string        // date of last change, "" = not stated
	Sample      bool          // page shows sample data: banner 「示例数据」
	Citation    string        // GB/T 7714
	Words       *Words        // what the page itself says
	Share       []ShareImage  // beside a link to the page, the wide picture first
	LinkedData  template.HTML // one <script type="application/ld+json"> element, or ""
	Math        bool
	Body        template.HTML // the document's own text, figures included

	body *document.Body // what Body was made from
}

// Cover is layout "cover" (index.html).
type Cover struct {
	Common
	Finding    template.HTML // the one-sentence main finding
	Period     string        // field period
	Base       string        // 「612 家企业」
	KeyFigures []KeyFigure
	Read       Link // 开始阅读
	Download   Link // 数据下载
	Chapters   []ChapterCard
	SOPs       []SOPCard // a few
	More       []Link    // 研究方法, 术语表, 图表目录 …
}

// KeyFigure is a card: never a bare percentage (design bar 1.3).
type KeyFigure struct {
	Value  string // "59.5%"
	Label  string // plain words
	Base   string // "n=412"
	Spread string // "P25–P75：18%–41%" or "95% 区间 55.5%–63.4%"
	Change string // since the last edition, or 「首次发布」
	Figure Link   // the figure it comes from; its Title is printed, 「图 2-3」
	Spoken string // read as one sentence: 「导流率中位数，31%，基数 412 家」
	Sample bool
	Quoted string // source and date where the number is quoted, else ""
}

// ChapterCard announces a chapter.
type ChapterCard struct {
	Link
	Number  string
	Summary string
	Figures int
}

// Article is layout "article": summary, about, handbook pages, plain pages.
type Article struct {
	Common
	Lead       string
	Worksheets []Worksheet // reckonings that stand before the text
	Vendor     *VendorCard // the fixed fields, where this is an entry of the vendor handbook
	Section    *SectionNav // sibling pages, nil = none
}

// SectionNav is the tree of a folder of documents.
type SectionNav struct {
	Title  string
	Groups []SectionGroup
}

// SectionGroup is one folder.
type SectionGroup struct {
	Title string
	Links []Link
}

// Chapter is layout "chapter".
type Chapter struct {
	Common
	Number    string          // 「第 1 章」
	KeyPoints []template.HTML // 本章要点, 3–5
	Figures   []FigureLink    // 数据与图表下载
	Method    template.HTML   // 方法与局限, generated from the datasets used
}

// FigureLink is a row of 图表目录 and of a chapter's downloads.
type FigureLink struct {
	Link             // to the figure's own page
	Number    string // 图 2-3
	Chapter   Link
	Downloads []Download
	Sample    bool
}

// Download names a file with format and size in its text: 「CSV，3 KB」.
type Download struct {
	Path, Label string
}

// Href is the file's address as seen from a page whose Root is given.
func (d Download) Href(root string) string { return root + d.Path }

// Figure is layout "figure": the figure's own page, figures/ID.html.
type Figure struct {
	Common
	Number     string
	Drawing    template.HTML // the whole <figure>, as on the reading page
	Option     template.JS   // ECharts option JSON, safe inside <script type="application/json">; "" = none
	Used       []Link        // pages that show it
	Downloads  []Download
	Provenance []Row // 「这个数字怎么来的」
	Embed      string
}

// Row is a labelled text of a definition list.
type Row struct {
	Label string
	Text  string
	Link  *Link
}

// FigureList is layout "figures": 图表目录.
type FigureList struct {
	Common
	Figures []FigureLink
}

// Methodology is layout "methodology": generated, with the author's words in Body.
type Methodology struct {
	Common
	Datasets    []DatasetNote
	Methods     []MethodNote
	Indicators  []IndicatorNote
	Disclosure  []Row // the rules in force
	Warnings    []Row // what each footnote mark means, and how many figures carry it
	Changes     []Row // against the last edition
	Corrections []Row // dated; may be empty, the list still stands
	Cite        []Row
}

// DatasetNote says who was asked and how.
type DatasetNote struct {
	ID, Title string
	Sample    bool
	Rows      []Row // source, period, unit, n, contributors, exclusions, weighting, disclosure, licence
	Segments  []Row // n by segment, already released
}

// MethodNote explains one computation in words for a reader.
type MethodNote struct {
	ID    string // of its heading
	Title string
	Text  string
	Used  int // indicators that use it
}

// IndicatorNote says what an indicator is and how it was computed.
type IndicatorNote struct {
	Title, Dataset      string
	Definition, Formula string
	Base                string   // with the weights: 「作答的记录；不加权」
	Methods             []string // titles of MethodNotes
	Correction          string   // of tests for being many; "" = nothing was tested
	Figure              Link     // the first that shows it; no title = none does
}

// Downloads is layout "downloads": 数据下载.
type Downloads struct {
	Common
	Whole      []Download // files that hold the whole report
	Print      Link       // the print edition; no title = there is none
	Figures    []FigureLink
	Datasets   []DatasetNote
	Dictionary []FieldNote
}

// FieldNote is a row of the data dictionary.
type FieldNote struct {
	Dataset, Name, Meaning, Type, Unit, Base string
}

// SOPLibrary is layout "sops".
type SOPLibrary struct {
	Common
	Groups []SOPGroup // by folder or stage
	Total  int
}

// SOPGroup is one part of the library.
type SOPGroup struct {
	Title string
	ID    string
	Cards []SOPCard
}

// SOPCard announces one procedure.
type SOPCard struct {
	Link
	Summary  string
	Time     string
	Roles    []string
	Stages   []string
	Reviewed string
	Overdue  bool // last review more than 12 months before the edition's date
}

// SOP is layout "sop".
type SOP struct {
	Common
	Purpose    string
	When       string
	WhenNot    string
	Trigger    string
	Roles      []string
	Inputs     []string
	Time       string
	Owner      string
	Version    string
	Reviewed   string
	Overdue    bool
	Benchmarks []SOPBenchmark
	Moves      []SOPBenchmark // the KPIs of the catalogue that name it, with their live number
	Section    *SectionNav    // siblings in the same folder
}

// SOPBenchmark is a linked indicator with its live number.
type SOPBenchmark struct {
	Label  string // 「本步骤对应导流率 P50」
	Value  string
	Base   string
	Figure Link
	Sample bool
}

// Glossary is layout "glossary".
type Glossary struct {
	Common
	Terms []Term
}

// Term is one entry.
type Term struct {
	ID, Name string
	Aliases  []string
	Body     template.HTML
	Figures  []Link
}

// FactList is layout "facts": quoted figures with their sources.
type FactList struct {
	Common
	Facts []FactNote
}

// FactNote is a quoted figure.
type FactNote struct {
	ID, Value, Statement, Source, Date, Base, Note string
}

// Search is layout "search".
type Search struct {
	Common
	Index string // path of the index file
	Pages []Link // without JavaScript: every page by title
}

// NotFound is layout "404"; its links are absolute from the site's root, since
// a host shows it at any depth.
type NotFound struct {
	Common
}

// Models maps each layout to its model; templates are type-checked against it.
func Models() map[string]any {
	return map[string]any{
		"cover": Cover{}, "article": Article{}, "chapter": Chapter{}, "figure": Figure{}, "figures": FigureList{},
		"methodology": Methodology{}, "downloads": Downloads{}, "sops": SOPLibrary{}, "sop": SOP{},
		"kpis": KPIList{}, "kpi": KPIPage{}, "profile": ProfilePage{}, "tools": Toolbox{}, "decision": Decision{},
		"glossary": Glossary{}, "facts": FactList{}, "search": Search{}, "404": NotFound{}, "print": Print{},
	}
}
