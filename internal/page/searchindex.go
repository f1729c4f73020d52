package page

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"unicode/utf16"

	"benchbook/internal/hanzi"
)

// searchFolder holds the search index. All its files are scripts that hand their
// data to the search page, since a page opened from disk may not fetch data:
//
//	index.js     how the rest is cut, and which characters count as one
//	grams/N.js   gram → pages, the shard N of all grams
//	texts/N.js   title, address and text of some neighbouring pages, from page N on
//
// A search loads the index, the shards of its grams, and the texts of the pages
// that it is about to show, in which it looks the query up again: grams alone
// would also find pages that have its parts in other places.
const searchFolder = "search/"

const searchIndexPath = searchFolder + "index.js"

// blockPages is how many pages make a block. No file of texts goes beyond its
// block, so that one page's text never moves the pages of all files after it,
// and a block is written as soon as its pages are made.
const blockPages = 16

// textShard is the size in bytes at which a file of texts is full: on a large
// site there are fewer and larger ones.
func textShard(pages int) int { return min(max(5<<10, 2*pages), 10<<10) }

// sectionNames are printed beside search results.
var sectionNames = map[string]string{"chapter": "章节", "sop": "SOP", "glossary": "术语表", "cover": "封面", "methodology": "研究方法",
	"figure": "图表", "figures": "图表", "facts": "引用数据", "downloads": "数据下载", "sops": "SOP"}

// searcher makes the index of one edition of the site. Pages come in any order,
// by many goroutines; of each only its text as grams are cut from is kept.
type searcher struct {
	folder  string  // "" or "zh-tw/"
	numbers []int32 // by page of the site: its number in the index, -1 = not searched
	pages   []Page  // by number
	folded  []folded
	blocks  []block
	paths   [sha256.Size]byte
	shards  [][sha256.Size]byte // of the files of grams that were made
	parts   []grams

	before   *SearchState             // nil = all is made anew
	oldGrams func() []byte            // of the build before
	old      func(path string) []byte // a page of the site before
}

// folded is a page's title and text as grams are cut from them, in UTF-16.
type folded struct{ title, text []uint16 }

// block is some neighbouring pages of the index.
type block struct {
	entries [blockPages]*entry
	left    atomic.Int32 // pages still to come
	kept    atomic.Int32 // pages that came and are as they were
	firsts  []int32      // first page of each file of texts
	sums    [][sha256.Size]byte
}

// SearchFiles makes the whole index of finished pages, in the order in which equal
// results are shown. folder is where the pages stand: "" or "zh-tw/".
func SearchFiles(folder string, pages []Page, made func(i int) []byte) []File {
	s := newSearcher(folder, pages, func(Page) bool { return true })
	var files []File
	for i, p := range pages {
		files = append(files, s.take(i, p, string(made(i)))...)
	}
	return append(files, s.files()...)
}

// newSearcher numbers the pages that readers look for.
func newSearcher(folder string, pages []Page, has func(Page) bool) *searcher {
	s := &searcher{folder: folder, numbers: make([]int32, len(pages))}
	n, paths := int32(0), sha256.New()
	for i, p := range pages {
		s.numbers[i] = -1
		if searchable(p) && has(p) {
			s.numbers[i] = n
			s.pages = append(s.pages, p)
			fmt.Fprintf(paths, "%s\x00%s\x00", p.Path, p.Layout)
			n++
		}
	}
	s.paths = [sha256.Size]byte(paths.Sum(nil))
	s.folded = make([]folded, n)
	s.blocks = make([]block, (n+blockPages-1)/blockPages)
	for i := range s.blocks {
		s.blocks[i].left.Store(min(blockPages, n-int32(i)*blockPages))
	}
	return s
}

// searchable reports whether readers look for a page.
func searchable(p Page) bool { return p.Layout != "404" && p.Layout != "search" }

// entry is one page in the index.
type entry struct {
	path, section string
	shown
}

// newEntry reads a finished page; it may run for many pages at once.
func newEntry(p Page, html string) *entry {
	e := &entry{path: p.Path, section: cmp.Or(sectionNames[p.Layout], "页面"), shown: read(html)}
	e.title = cmp.Or(e.title, p.Path)
	return e
}

func fold(text string) []uint16 {
	searchable := hanzi.Searchable(text)
	out := make([]uint16, 0, len(searchable)/2)
	for _, r := range searchable {
		out = utf16.AppendRune(out, r)
	}
	return append(make([]uint16, 0, len(out)), out...)
}

// take notes the finished page i, and gives the files of texts that are whole with it.
func (s *searcher) take(i int, p Page, html string) []File {
	n := s.numbers[i]
	if n < 0 {
		return nil
	}
	return s.enter(n, newEntry(p, html))
}

func (s *searcher) enter(n int32, e *entry) []File {
	s.folded[n] = folded{fold(e.title), fold(e.text)}
	b := &s.blocks[n/blockPages]
	b.entries[n%blockPages] = e
	return s.finish(b, n)
}

// texts cuts the texts of a whole block into files; first is its first page.
func (s *searcher) texts(b *block, first int32) (files []File) {
	var group []textEntry
	size := 0
	flush := func() {
		if len(group) > 0 {
			files = append(files, s.script(textsName(b.firsts[len(b.firsts)-1]), group))
			b.sums = append(b.sums, sha256.Sum256(files[len(files)-1].Bytes))
		}
		group, size = nil, 0
	}
	for i, e := range b.entries {
		if e == nil {
			break
		}
		if size > 0 && size+len(e.text) > textShard(len(s.folded)) {
			flush()
		}
		if size == 0 {
			b.firsts = append(b.firsts, first+int32(i))
		}
		group = append(group, e.stored())
		size += len(e.text) + 1
	}
	flush()
	b.entries = [blockPages]*entry{}
	return files
}

// files makes the rest of the index, once every page was taken or kept.
func (s *searcher) files() []File {
	var dirty map[hanzi.Gram]bool
	patched := false
	if s.before != nil {
		var g grams
		if g, dirty, patched = s.patched(); patched {
			s.parts = []grams{g}
		} else {
			s.refold()
		}
	}
	if !patched {
		s.parts = cutGrams(s.folded)
	}
	grams := s.gramFiles(s.parts, dirty)
	var firsts []int32
	version := sha256.New()
	for i := range s.blocks {
		firsts = append(firsts, s.blocks[i].firsts...)
		for _, sum := range s.blocks[i].sums {
			version.Write(sum[:])
		}
	}
	for _, sum := range s.shards {
		version.Write(sum[:])
	}
	return append(grams, s.indexFile(s.parts, firsts, len(grams), version.Sum(nil)))
}

// refold folds the pages that were kept, where the grams before are of no use.
func (s *searcher) refold() {
	for n := range s.folded {
		if s.folded[n].title == nil {
			e := newEntry(s.pages[n], string(s.old(s.folder+s.pages[n].Path)))
			s.folded[n] = folded{fold(e.title), fold(e.text)}
		}
	}
}

// indexFile is what every search loads first: v version of the index, n pages,
// s shards of grams, m pages that make a gram frequent, p first page of every file
// of texts, f and t the characters that are taken for another and that other.
func (s *searcher) indexFile(parts []grams, groups []int32, shards int, version []byte) File {
	from, to := hanzi.Variants(func(r rune) bool { return parts[partOf(r, len(parts))].pages(hanzi.Gram(r)) > 0 })
	return s.script("index", struct {
		V string `json:"v"`
		N int    `json:"n"`
		S int    `json:"s"`
		M int32  `json:"m"`
		P string `json:"p"`
		F string `json:"f"`
		T string `json:"t"`
	}{fmt.Sprintf("%x", version[:5]), len(s.folded), shards, frequent(len(s.folded)), string(gaps(groups)), from, to})
}

// script is a file that hands data to the search page under the file's name.
func (s *searcher) script(name string, data any) File {
	body, err := json.Marshal(data)
	if err != nil { // structs, maps and slices of strings and numbers always encode
		panic(err)
	}
	return File{Path: s.scriptPath(name), Bytes: fmt.Appendf(nil, "benchbookSearch(%q,%s);\n", name, body)}
}

func (s *searcher) scriptPath(name string) string { return s.folder + searchFolder + name + ".js" }

func textsName(first int32) string { return fmt.Sprintf("texts/%d", first) }

// textEntry is a page in a file of texts: t title, u address, s section, x text,
// a places in the text that have an address, each as the distance from the one before and its id.
type textEntry struct {
	T string `json:"t"`
	U string `json:"u"`
	S string `json:"s"`
	X string `json:"x"`
	A []any  `json:"a,omitempty"`
}

func (e *entry) stored() textEntry {
	t := textEntry{T: e.title, U: e.path, S: e.section, X: strings.TrimSuffix(e.text, "\n")}
	last := 0
	for _, m := range e.marks {
		t.A = append(t.A, m.at-last, m.id)
		last = m.at
	}
	return t
}
