package page

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"
	"strings"

	"benchbook/internal/hanzi"
)

// searchFolder holds the search index. All its files are scripts that hand their
// data to the search page, since a page opened from disk may not fetch data:
//
//	index.js     how the rest is cut, and which characters count as one
//	grams/N.js   gram → pages, the shard N of all grams
//	texts/N.js   title, address and text of some neighbouring pages
//
// A search loads the index, the shards of its grams, and the texts of the pages
// that it is about to show, in which it looks the query up again: grams alone
// would also find pages that have its parts in other places.
const searchFolder = "search/"

const searchIndexPath = searchFolder + "index.js"

// textShard is the size in bytes at which a file of texts is full.
const textShard = 5 << 10

// sectionNames are printed beside search results.
var sectionNames = map[string]string{"chapter": "章节", "sop": "SOP", "glossary": "术语表", "cover": "封面", "methodology": "研究方法",
	"figure": "图表", "figures": "图表", "facts": "引用数据", "downloads": "数据下载", "sops": "SOP"}

// entry is one page in the index.
type entry struct {
	path, section string
	shown
	folded [2]string // title, text, in the form that grams are cut from
}

// newEntry reads a finished page; it may run for many pages at once.
func newEntry(p Page, html string) *entry {
	e := &entry{path: p.Path, section: cmp.Or(sectionNames[p.Layout], "页面"), shown: read(html)}
	e.title = cmp.Or(e.title, p.Path)
	e.folded = [2]string{hanzi.Searchable(e.title), hanzi.Searchable(e.text)}
	return e
}

// SearchFiles makes the search index of finished pages, in the order in which
// equal results are shown. folder is where the pages stand: "" or "zh-tw/".
func SearchFiles(folder string, pages []Page, made func(i int) []byte) []File {
	var entries []*entry
	for i, p := range pages {
		if searchable(p) {
			entries = append(entries, newEntry(p, string(made(i))))
		}
	}
	return searchFiles(folder, entries)
}

// searchable reports whether readers look for a page.
func searchable(p Page) bool { return p.Layout != "404" && p.Layout != "search" }

// searchFiles makes the index of pages that were read already.
func searchFiles(folder string, entries []*entry) []File {
	version := sha256.New()
	texts, groups := textFiles(entries)
	grams := gramFiles(cutGrams(entries), len(entries))
	for _, f := range append(texts, grams...) {
		version.Write(f.Bytes)
	}
	out := append([]File{indexFile(entries, groups, len(grams), version)}, append(grams, texts...)...)
	for i := range out {
		out[i].Path = folder + searchFolder + out[i].Path
	}
	return out
}

// indexFile is what every search loads first: v version of the index, n pages,
// s shards of grams, m pages that make a gram frequent, p first page of every file
// of texts, f and t the characters that are taken for another and that other.
func indexFile(entries []*entry, groups []int32, shards int, version hash.Hash) File {
	used := map[rune]bool{}
	for _, e := range entries {
		for _, text := range e.folded {
			for _, r := range text {
				used[r] = true
			}
		}
	}
	from, to := hanzi.Variants(func(r rune) bool { return used[r] })
	return script("index", struct {
		V string `json:"v"`
		N int    `json:"n"`
		S int    `json:"s"`
		M int32  `json:"m"`
		P string `json:"p"`
		F string `json:"f"`
		T string `json:"t"`
	}{fmt.Sprintf("%x", version.Sum(nil)[:5]), len(entries), shards, frequent(len(entries)), string(gaps(groups)), from, to})
}

// script is a file that hands data to the search page under the file's name.
func script(name string, data any) File {
	body, err := json.Marshal(data)
	if err != nil { // structs, maps and slices of strings and numbers always encode
		panic(err)
	}
	return File{Path: name + ".js", Bytes: fmt.Appendf(nil, "benchbookSearch(%q,%s);\n", name, body)}
}

// textEntry is a page in a file of texts: t title, u address, s section, x text,
// a places in the text that have an address, each as the distance from the one before and its id.
type textEntry struct {
	T string `json:"t"`
	U string `json:"u"`
	S string `json:"s"`
	X string `json:"x"`
	A []any  `json:"a,omitempty"`
}

// textFiles cuts the texts into files, and gives the first page of each.
func textFiles(entries []*entry) (files []File, firsts []int32) {
	var group []textEntry
	size := 0
	flush := func() {
		if len(group) > 0 {
			files = append(files, script(fmt.Sprintf("texts/%d", len(files)), group))
		}
		group, size = nil, 0
	}
	for i, e := range entries {
		if size > 0 && size+len(e.text) > textShard {
			flush()
		}
		if size == 0 {
			firsts = append(firsts, int32(i))
		}
		t := textEntry{T: e.title, U: e.path, S: e.section, X: strings.TrimSuffix(e.text, "\n")}
		last := 0
		for _, m := range e.marks {
			t.A = append(t.A, m.at-last, m.id)
			last = m.at
		}
		group = append(group, t)
		size += len(e.text) + 1
	}
	flush()
	return files, firsts
}
