package page

import (
	"crypto/sha256"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"benchbook/internal/hanzi"
)

// gramShard is the least size in bytes for which a file of grams is planned; with
// the size of the index the files grow too, so that there are not too many.
const gramShard = 5 << 10

// digits are those of base 64, of which both encodings of page numbers are made.
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// gaps writes rising numbers as distances (the first from 0), each in base 32
// with the lowest digit first; a digit that has another after it is 32 higher.
func gaps(numbers []int32) []byte {
	var out []byte
	last := int32(0)
	for _, n := range numbers {
		out = appendGap(out, n-last)
		last = n
	}
	return out
}

func appendGap(out []byte, d int32) []byte {
	for ; d >= 32; d >>= 5 {
		out = append(out, digits[d&31|32])
	}
	return append(out, digits[d])
}

// postings are the pages of one gram, as gaps. The first page needs none: most
// grams stand on one page only.
type postings struct {
	code        []byte // of the pages after the first
	first, last int32
	pages       int32 // how many
}

func (l *postings) add(page int32) {
	switch {
	case l.pages == 0:
		l.first = page
	case l.last == page:
		return
	default:
		l.code = appendGap(l.code, page-l.last)
	}
	l.last = page
	l.pages++
}

// gaps is the whole list.
func (l *postings) gaps() []byte {
	if l.pages == 0 {
		return nil
	}
	var room [8]byte
	return append(appendGap(room[:0], l.first), l.code...)
}

// shortest is the list as gaps, or as one bit a page after "!" where that is shorter.
func (l *postings) shortest(pages int) string {
	code, size := l.gaps(), (pages+5)/6
	if len(code) <= size+1 {
		return string(code)
	}
	bits := make([]byte, size)
	page, shift, gap := 0, 0, 0
	for _, c := range code {
		d := int(digitOf[c])
		gap |= d & 31 << shift
		shift += 5
		if d < 32 {
			page += gap
			bits[page/6] |= 1 << (page % 6)
			shift, gap = 0, 0
		}
	}
	for i, b := range bits {
		bits[i] = digits[b]
	}
	return "!" + string(bits)
}

// digitOf is what a digit stands for.
var digitOf = func() (of [256]byte) {
	for i, c := range []byte(digits) {
		of[c] = byte(i)
	}
	return of
}()

// grams is the index of one part of all grams: where each occurs, and where in a
// title. The table is open and hashed: it is asked for every character of the
// site several times over, which is what an index costs.
type grams struct {
	slots  []slot // a power of two of them
	lists  []postings
	titles map[hanzi.Gram]*postings
}

type slot struct {
	gram hanzi.Gram // 0 = empty
	list int32
}

func newGrams() grams {
	return grams{slots: make([]slot, 1<<10), titles: map[hanzi.Gram]*postings{}}
}

// find gives the slot of a gram, or the empty one where it belongs.
func (g *grams) find(gram hanzi.Gram) *slot {
	mask := uint64(len(g.slots) - 1)
	h := uint64(gram) * 0x9e3779b97f4a7c15
	for i := (h ^ h>>29) & mask; ; i = (i + 1) & mask {
		if s := &g.slots[i]; s.gram == gram || s.gram == 0 {
			return s
		}
	}
}

func (g *grams) add(gram hanzi.Gram, page int32) { g.list(gram).add(page) }

// list is the list of a gram, made where there is none.
func (g *grams) list(gram hanzi.Gram) *postings {
	s := g.find(gram)
	if s.gram == 0 {
		if 3*len(g.lists) > 2*len(g.slots) {
			g.grow()
			s = g.find(gram)
		}
		*s = slot{gram, int32(len(g.lists))}
		g.lists = append(g.lists, postings{})
	}
	return &g.lists[s.list]
}

func (g *grams) grow() {
	old := g.slots
	g.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.gram != 0 {
			*g.find(s.gram) = s
		}
	}
}

// pages is on how many pages a gram stands.
func (g *grams) pages(gram hanzi.Gram) int32 {
	if s := g.find(gram); s.gram != 0 {
		return g.lists[s.list].pages
	}
	return 0
}

func (g *grams) addTitle(gram hanzi.Gram, page int32) { g.titleList(gram).add(page) }

func (g *grams) titleList(gram hanzi.Gram) *postings {
	if g.titles[gram] == nil {
		g.titles[gram] = &postings{}
	}
	return g.titles[gram]
}

// frequent is on how many pages a pair of characters stands at least for the
// index to have the threes that it is part of.
func frequent(pages int) int32 { return int32(4 + pages/64) }

// partOf is the part that the grams beginning with a character belong to.
func partOf(r rune, parts int) int { return int(uint32(r)*0x9e3779b1>>20) % parts }

// cutGrams cuts all texts into grams, on all cores: each takes the grams of its
// own part. What is frequent is known once all are cut.
func cutGrams(texts []folded) []grams {
	parts := make([]grams, runtime.GOMAXPROCS(0))
	for i := range parts {
		parts[i] = newGrams()
	}
	each(len(parts), func(i int) {
		parts[i].cut(texts, func(text []uint16, add func(hanzi.Gram)) {
			hanzi.Grams(text, func(r rune) bool { return partOf(r, len(parts)) == i }, add)
		})
	})
	many := frequent(len(texts))
	often := make([]bitset, len(parts))
	each(len(parts), func(i int) { often[i] = parts[i].frequent(many) })
	isFrequent := func(a, b rune) bool { return often[partOf(a, len(parts))].has(hanzi.Pair(a, b)) }
	each(len(parts), func(i int) {
		parts[i].cut(texts, func(text []uint16, add func(hanzi.Gram)) {
			hanzi.Threes(text, isFrequent, func(r rune) bool { return partOf(r, len(parts)) == i }, add)
		})
	})
	return parts
}

// bitset is a set of grams that is only asked.
type bitset struct {
	slots []hanzi.Gram
}

// frequent are the pairs that stand on many pages.
func (g *grams) frequent(many int32) bitset {
	n := 0
	for i := range g.lists {
		if g.lists[i].pages >= many {
			n++
		}
	}
	size := 16
	for size < 3*n {
		size *= 2
	}
	set := bitset{make([]hanzi.Gram, size)}
	for _, s := range g.slots {
		if s.gram != 0 && g.lists[s.list].pages >= many {
			*set.find(s.gram) = s.gram
		}
	}
	return set
}

func (b bitset) find(gram hanzi.Gram) *hanzi.Gram {
	mask := uint64(len(b.slots) - 1)
	h := uint64(gram) * 0x9e3779b97f4a7c15
	for i := (h ^ h>>29) & mask; ; i = (i + 1) & mask {
		if s := &b.slots[i]; *s == gram || *s == 0 {
			return s
		}
	}
}

func (b bitset) has(gram hanzi.Gram) bool { return *b.find(gram) != 0 }

// each does n things at once.
func each(n int, do func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { do(i) })
	}
	group.Wait()
}

// cut adds the grams of all pages that a cutter gives.
func (g *grams) cut(texts []folded, grams func([]uint16, func(hanzi.Gram))) {
	page := int32(0)
	add := func(gram hanzi.Gram) { g.add(gram, page) }
	addTitle := func(gram hanzi.Gram) {
		g.add(gram, page)
		g.addTitle(gram, page)
	}
	for i := range texts {
		page = int32(i)
		grams(texts[i].title, addTitle)
		grams(texts[i].text, add)
	}
}

// gramFiles spreads the grams over files. A value is the pages that have the
// gram and, after "|", those that have it in their title. Which core cut a gram
// makes no difference to the bytes. With dirty, only files that have such a gram
// are made, if there are as many files as before.
func (s *searcher) gramFiles(parts []grams, dirty map[hanzi.Gram]bool) []File {
	pages, size := len(s.pages), 0
	for _, g := range parts {
		for i := range g.lists {
			if l := &g.lists[i]; l.pages > 0 {
				size += min(len(l.gaps()), pages/6+2) + 11
			}
		}
	}
	files := make([]File, shardCount(size))
	wanted := func(uint32) bool { return true }
	if dirty != nil && len(files) == len(s.before.Shards) {
		moved := make([]bool, len(files))
		for gram := range dirty {
			moved[gram.Hash()%uint32(len(files))] = true
		}
		wanted = func(n uint32) bool { return moved[n] }
	}
	shards := make([][]gramAt, len(files))
	for p, g := range parts {
		for _, at := range g.slots {
			if at.gram == 0 || g.lists[at.list].pages == 0 {
				continue
			}
			if n := at.gram.Hash() % uint32(len(files)); wanted(n) {
				shards[n] = append(shards[n], gramAt{at, int32(p)})
			}
		}
	}
	s.shards = make([][sha256.Size]byte, len(files))
	workers := runtime.GOMAXPROCS(0)
	each(workers, func(from int) {
		for i := from; i < len(files); i += workers {
			if !wanted(uint32(i)) {
				files[i], s.shards[i] = File{Path: s.scriptPath(fmt.Sprintf("grams/%d", i)), Kept: true}, s.before.Shards[i]
				continue
			}
			files[i] = s.shard(i, shards[i], parts, pages)
			s.shards[i] = sha256.Sum256(files[i].Bytes)
		}
	})
	return files
}

// shardCount is a power of two, so that a page more or less seldom moves all
// grams to other files.
func shardCount(size int) int {
	n := 1
	for n*(gramShard+size/5000) < size {
		n *= 2
	}
	return n
}

// gramAt is a gram and where its lists are.
type gramAt struct {
	slot
	part int32
}

// shard writes one file of grams, in the order of their texts.
func (s *searcher) shard(n int, grams []gramAt, parts []grams, pages int) File {
	type line struct{ key, code string }
	lines := make([]line, len(grams))
	for i, at := range grams {
		g := &parts[at.part]
		lines[i] = line{at.gram.String(), g.lists[at.list].shortest(pages)}
		if t := g.titles[at.gram]; t != nil && t.pages > 0 {
			lines[i].code += "|" + t.shortest(pages)
		}
	}
	slices.SortFunc(lines, func(a, b line) int { return strings.Compare(a.key, b.key) })
	out := fmt.Appendf(nil, "benchbookSearch(\"grams/%d\",{", n)
	for i, l := range lines {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(appendKey(append(out, '"'), l.key), `":"`...)
		out = append(append(out, l.code...), '"')
	}
	return File{Path: s.scriptPath(fmt.Sprintf("grams/%d", n)), Bytes: append(out, "});\n"...)}
}

// appendKey writes a string inside quotes, escaped as encoding/json does.
func appendKey(out []byte, key string) []byte {
	for _, r := range key {
		switch {
		case r == '"' || r == '\\':
			out = append(out, '\\', byte(r))
		case r < ' ' || r == '<' || r == '>' || r == '&' || r == 0x7f || r == 0x2028 || r == 0x2029 || r == utf8.RuneError:
			out = fmt.Appendf(out, `\u%04x`, r)
		default:
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}
