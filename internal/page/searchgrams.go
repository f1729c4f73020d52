package page

import (
	"fmt"
	"runtime"
	"strings"
	"sync"

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

// postings are the pages of one gram, as gaps.
type postings struct {
	code  []byte
	last  int32
	pages int32 // how many
}

func (l *postings) add(page int32) {
	if l.pages > 0 && l.last == page {
		return
	}
	l.code = appendGap(l.code, page-l.last)
	l.last = page
	l.pages++
}

// shortest is the list as gaps, or as one bit a page after "!" where that is shorter.
func (l *postings) shortest(pages int) string {
	size := (pages + 5) / 6
	if len(l.code) <= size+1 {
		return string(l.code)
	}
	bits := make([]byte, size)
	page, shift, gap := 0, 0, 0
	for _, c := range l.code {
		d := strings.IndexByte(digits, c)
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

// grams is the index of one part of all grams: where each occurs, and where in a title.
type grams struct {
	at     map[hanzi.Gram]int32 // into lists
	lists  []postings
	titles map[hanzi.Gram]*postings
}

// frequent is on how many pages a pair of characters stands at least for the
// index to have the threes that it is part of.
func frequent(pages int) int32 { return int32(4 + pages/64) }

// cutGrams cuts all texts into grams, on all cores: each takes the grams of its
// own part. What is frequent is known once all are cut.
func cutGrams(entries []*entry) []grams {
	parts := make([]grams, runtime.GOMAXPROCS(0))
	part := func(gram hanzi.Gram) int { return int(uint64(gram)*0x9e3779b97f4a7c15>>40) % len(parts) }
	for i := range parts {
		parts[i] = grams{at: map[hanzi.Gram]int32{}, titles: map[hanzi.Gram]*postings{}}
	}
	each(len(parts), func(i int) { parts[i].cut(entries, func(gram hanzi.Gram) bool { return part(gram) == i }, hanzi.Grams) })
	often := map[hanzi.Gram]bool{}
	for _, g := range parts {
		for gram, i := range g.at {
			if g.lists[i].pages >= frequent(len(entries)) {
				often[gram] = true
			}
		}
	}
	threes := func(text string, add func(hanzi.Gram)) {
		hanzi.Threes(text, func(g hanzi.Gram) bool { return often[g] }, add)
	}
	each(len(parts), func(i int) { parts[i].cut(entries, func(gram hanzi.Gram) bool { return part(gram) == i }, threes) })
	return parts
}

// each does n things at once.
func each(n int, do func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { do(i) })
	}
	group.Wait()
}

// cut adds those grams of all pages that are mine.
func (g *grams) cut(entries []*entry, mine func(hanzi.Gram) bool, grams func(string, func(hanzi.Gram))) {
	for i, e := range entries {
		page := int32(i)
		add := func(gram hanzi.Gram) {
			if mine(gram) {
				g.add(gram, page)
			}
		}
		grams(e.folded[0], add)
		grams(e.folded[1], add)
		grams(e.folded[0], func(gram hanzi.Gram) {
			if mine(gram) {
				g.addTitle(gram, page)
			}
		})
	}
}

func (g *grams) add(gram hanzi.Gram, page int32) {
	i, ok := g.at[gram]
	if !ok {
		i = int32(len(g.lists))
		g.at[gram] = i
		g.lists = append(g.lists, postings{})
	}
	g.lists[i].add(page)
}

func (g *grams) addTitle(gram hanzi.Gram, page int32) {
	if g.titles[gram] == nil {
		g.titles[gram] = &postings{}
	}
	g.titles[gram].add(page)
}

// gramFiles spreads the grams over files. A value is the pages that have the
// gram and, after "|", those that have it in their title. Which core cut a gram
// makes no difference to the bytes.
func gramFiles(parts []grams, pages int) []File {
	size := 0
	for _, g := range parts {
		for _, l := range g.lists {
			size += min(len(l.code), pages/6+2) + 11
		}
	}
	files := make([]File, size/(gramShard+size/5000)+1)
	each(len(parts), func(i int) {
		for i, shard := range shardsOf(parts, pages, len(files), i) {
			files[i] = script(fmt.Sprintf("grams/%d", i), shard)
		}
	})
	return files
}

// shardsOf collects every len(parts)-th of n shards, from the one given.
func shardsOf(parts []grams, pages, n, from int) map[int]map[string]string {
	shards := map[int]map[string]string{}
	for i := from; i < n; i += len(parts) {
		shards[i] = map[string]string{}
	}
	for _, g := range parts {
		for gram, i := range g.at {
			shard := shards[int(gram.Hash()%uint32(n))]
			if shard == nil {
				continue
			}
			code := g.lists[i].shortest(pages)
			if t := g.titles[gram]; t != nil {
				code += "|" + t.shortest(pages)
			}
			shard[gram.String()] = code
		}
	}
	return shards
}
